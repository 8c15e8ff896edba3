"use strict";
(() => {
  const table = document.getElementById("portfolio");
  const bodies = [...table.tBodies];
  const members = new Map(bodies.map((body) => [body, [...body.querySelectorAll(".blog-row")]]));
  const rows = [...members.values()].flat();
  const tools = document.getElementById("tools");
  let isSorted = false; // over all sections, whose heads are hidden then
  const filter = document.getElementById("filter");
  const shown = document.getElementById("shown");

  const count = () => {
    const visible = rows.filter((row) => !row.hidden).length;
    const said = visible ? shown?.dataset.said.replace("{count}", visible) : shown?.dataset.none;
    if (shown) shown.textContent = said;
    for (const [body, own] of members) {
      const found = own.filter((row) => !row.hidden).length;
      body.querySelector(".section").hidden = isSorted || !found;
      body.querySelector(".count").textContent = found;
    }
  };
  filter?.addEventListener("input", () => {
    const wanted = filter.value.toLowerCase().split(/\s+/);
    for (const row of rows) {
      row.hidden = !wanted.every((word) => row.dataset.words.includes(word));
    }
    count();
  });
  if (tools) {
    tools.hidden = false;
    count();
  }

  const compare = (key, falling) => (one, other) => {
    const [a, b] = [one.dataset[key], other.dataset[key]];
    if (a === "" || b === "") return (a === "") - (b === "");
    const isNumber = !Number.isNaN(Number(a)) && !Number.isNaN(Number(b));
    const order = isNumber ? a - b : a.localeCompare(b, document.documentElement.lang, { numeric: true });
    return falling ? -order : order;
  };
  const heads = [...table.tHead.rows[0].cells].filter((head) => head.dataset.key);
  const isTable = matchMedia("(min-width: 56.25rem)").matches; // else it is cards, without heads
  for (const head of isTable ? heads : []) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.title = table.dataset.sort.replace("{column}", head.textContent);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const before = head.getAttribute("aria-sort");
      for (const other of heads) other.removeAttribute("aria-sort");
      isSorted = before !== "descending"; // the third click brings the sections back
      if (isSorted) {
        head.setAttribute("aria-sort", before ? "descending" : "ascending");
        bodies[0].append(...rows.toSorted(compare(head.dataset.key, Boolean(before))));
      } else {
        for (const [body, own] of members) body.append(...own);
      }
      count();
    });
  }
  const open = () => {
    const one = location.hash && document.getElementById(location.hash.slice(1));
    if (one && one.tagName === "DETAILS") one.open = true;
  };
  addEventListener("hashchange", open);
  open();
})();
