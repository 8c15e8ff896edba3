"use strict";
(() => {
  const table = document.getElementById("portfolio");
  const bodies = [...table.tBodies];
  const rows = [...table.querySelectorAll(".blog-row")];
  const tools = document.getElementById("tools");
  const filter = document.getElementById("filter");
  const shown = document.getElementById("shown");

  const count = () => {
    const visible = rows.filter((row) => !row.hidden).length;
    shown.textContent = shown.dataset.said.replace("{count}", visible);
  };
  filter?.addEventListener("input", () => {
    const wanted = filter.value.toLowerCase().split(/\s+/);
    for (const row of rows) {
      row.hidden = !wanted.every((word) => row.dataset.words.includes(word));
    }
    for (const body of bodies) body.hidden = !body.querySelector(".blog-row:not([hidden])");
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
      const falling = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      for (const body of bodies) {
        const own = [...body.querySelectorAll(".blog-row")];
        body.append(...own.sort(compare(head.dataset.key, falling)));
      }
    });
  }
  const open = () => {
    const one = location.hash && document.getElementById(location.hash.slice(1));
    if (one && one.tagName === "DETAILS") one.open = true;
  };
  addEventListener("hashchange", open);
  open();
})();
