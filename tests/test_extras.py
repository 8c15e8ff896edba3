"""Rules beyond the five reasons: leftovers, habits, what has passed, dead links, contradictions."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from calls import Said

import bloglint
from bloglint.config import Config
from bloglint.engine.linter import lint_blog
from bloglint.model import Blog, Finding, Post, say
from bloglint.rules import load_rules

RULES = load_rules()
AS_OF = datetime(2026, 6, 30, 12, tzinfo=UTC)
TALE = "On day {n} we took pump {n} apart in the hall and wrote down what was in it. "


def found_in(rule: str, *posts: Post) -> list[Finding]:
    verdict = lint_blog(Blog("x", posts=posts), RULES, as_of=AS_OF, config=Config(preview=True))
    return [one for one in verdict.findings if one.rule == rule]


def post(text: str, title: str = "Pumps", age: int = 10, language: str = "en", n: int = 0) -> Post:
    published = AS_OF - timedelta(days=age)
    return Post(f"p{n}", title, text, language=language, published=published)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sure! Here's a short post about pumps:\n\nPumps move water."),
        ("en", "Pumps move water.\n\nLet me know if you'd like me to adjust the tone."),
        ("en", "As of my last update in 2023, pumps move water."),
        ("en", "Pumps move water【12†source】 and more."),
        ("en", "Pumps move water, says [Insert expert name here]."),
        ("en", "Pumps [move](https://a.example/b?x=1&utm_source=chatgpt.com) water."),
        ("en", "Pumps move water.\n\n**Word count:** 450"),
        ("de", "Natürlich! Hier ist ein Beitrag über Pumpen:\n\nPumpen fördern Wasser."),
        ("de", "Pumpen fördern Wasser.\n\nSoll ich den Text noch kürzen?"),
        ("de", "Mein Wissensstand reicht bis April 2024. Pumpen fördern Wasser."),
        ("de", "Pumpen fördern Wasser, sagt [Name des Geschäftsführers]."),
        ("de", "Pumpen fördern Wasser.\n\n**Fokus-Keyword:** Pumpe"),
    ],
)
def test_what_a_chat_leaves_is_an_error(language: str, text: str) -> None:
    (one,) = found_in("slop-leftovers", post(text, language=language))
    assert one.severity == "error" and one.quote


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Certainly, here is where the water comes in. Pumps move it."),
        ("en", "> As an AI language model, I cannot see pumps.\n\nThat is what it said."),
        ("en", "Pumps move water.\n\nWould you like to see one? Write to us."),
        (
            "en",
            "Write `[Your Name]` into the form. See [the docs][date].\n\n[date]: https://x.example",
        ),
        ("en", "Let me know if you have a pump like that."),
        ("de", "Natürlich, hier ist der Zulauf. Pumpen fördern Wasser."),
        ("de", "Pumpen fördern Wasser.\n\nMöchten Sie eine sehen? Kommen Sie vorbei."),
        ("de", "Ein Chatbot sagte: „Als KI kann ich keine Pumpe sehen.“"),
    ],
)
def test_what_people_write_is_none(language: str, text: str) -> None:
    assert found_in("slop-leftovers", post(text, language=language)) == []


def test_a_suppressed_leftover_is_not_reported() -> None:
    text = (
        "<!-- bloglint-disable slop-leftovers: it is quoted -->\n\nAs an AI language model, I wait."
    )
    assert found_in("slop-leftovers", post(text)) == []


WORN = (
    "In today's fast-paced world, pumps play a crucial role.\n\n"
    "- **Speed:** They save time, money, and power.\n"
    "- **Trust:** They are tested, certified, and safe.\n"
    "- **Value:** Whether you're a farmer, a town, or a factory, they pay.\n\n"
) * 12


def test_worn_patterns_are_a_hint_with_what_stands_out() -> None:
    (one,) = found_in("slop-habits", post(WORN))
    assert one.severity == "info" and one.value > one.limit
    assert "bold lead-ins" in say(one.message, "en")
    assert one.evidence["per_1000_words"]["bold"] > 10


def test_a_list_with_labels_alone_is_no_worn_text() -> None:
    listed = "\n".join(f"- **Part {n}:** It is made of {n} wheels that turn." for n in range(60))
    assert found_in("slop-habits", post(f"The set has these parts.\n\n{listed}")) == []


def test_a_blog_that_always_wrote_so_is_its_own_measure() -> None:
    old = [post(WORN.replace("pump", f"pump{n}"), age=2000 + n, n=n + 1) for n in range(12)]
    assert found_in("slop-habits", post(WORN), *old) == []
    assert found_in("slop-habits", post(WORN), *old[:5])


@pytest.mark.parametrize(
    ("title", "heads", "said"),
    [
        ("Seven tips for pumps", [f"## {n}. Tip" for n in range(1, 7)], "promises 7"),
        (
            "7 tips for pumps",
            [f"## {c}" for c in ("Oil", "Heat", "Ice", "Rust", "Air")],
            "7",
        ),
        ("Six tips for pumps", [f"## {n}. Tip" for n in range(1, 7)], ""),
        ("How it took 7 days", [f"## {n}. Day" for n in range(1, 7)], ""),
        ("Snowpump 85 released", [f"## {n}. Part" for n in range(1, 7)], ""),
    ],
)
def test_a_title_keeps_its_promise(title: str, heads: list[str], said: str) -> None:
    text = "\n\n".join(f"{head}\n\nA word on it." for head in heads)
    found = [one for one in found_in("craft-consistency", post(text, title)) if said]
    assert bool(found) == bool(said)
    assert said == "" or said in say(found[0].message, "en")


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "We start on Monday, 29 June 2026.", None),
        ("en", "We start on Tuesday, 29 June 2026.", "Monday"),
        ("en", "We start on Friday, June 29.", "Monday"),
        ("de", "Wir beginnen am Dienstag, den 29. Juni 2026.", "Montag"),
        ("de", "Wir beginnen am Sonnabend, dem 27. Juni 2026.", None),
    ],
)
def test_a_weekday_fits_its_date(language: str, text: str, day: str | None) -> None:
    found = found_in("craft-consistency", post(text, language=language))
    assert [str(day) in say(one.message, language) for one in found] == ([True] if day else [])


def test_a_name_is_spelled_one_way() -> None:
    usual = [post(f"PumpHub knows {n} pumps. Ask PumpHub. " + TALE.format(n=n), age=20 + n, n=n + 1)
             for n in range(6)]  # fmt: skip
    (one,) = found_in("craft-consistency", post("Pumphub knows it."), *usual)
    assert "PumpHub" in say(one.message, "en") and one.quote == "Pumphub"
    assert found_in("craft-consistency", post("The `Pumphub` class. PUMPHUB!"), *usual) == []


def test_the_title_need_not_stand_twice() -> None:
    assert found_in("craft-consistency", post("# Pumps\n\nThey move water.", "Pumps"))
    assert not found_in("craft-consistency", post("Pumps move water.", "Pumps"))


def site(folder: Path, text: str, **files: str) -> Path:
    posts = folder / "_posts"
    posts.mkdir(parents=True)
    (folder / "_config.yml").write_text("title: Pumps\n", "utf-8")
    (folder / "images").mkdir()
    (folder / "images/seal.png").write_bytes(b"\x89PNG")
    (posts / "2026-06-20-how-to-seal-a-pump.md").write_text(
        f"---\ntitle: How to seal a pump\n---\n![A seal](/images/seal.png)\n\n{text}\n", "utf-8"
    )
    for name, content in files.items():
        (posts / f"2026-06-1{len(name) % 10}-{name}.md").write_text(content, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("![A lid](/images/lid.png)", "no such file"),
        ("![A seal](../images/seal.png)", None),
        ("![A lid]({{ site.baseurl }}/images/lid.png)", "no such file"),
        ("![A lid](https://x.example/images/lid.png)", None),
        ("See [the end](#the-end).\n\n## The end\n\nDone.", None),
        ("See [the end](#teh-end).\n\n## The end\n\nDone.", "no heading"),
        ("See [the end](#last).\n\n## The end {#last}\n\nDone.", None),
        ("See [it](#fn:1) and [it](#).", None),
        ("See [the other](opening-a-pump.md).", "no such file"),
    ],
)
def test_links_of_a_site(tmp_path: Path, text: str, said: str | None) -> None:
    folder = site(tmp_path / "site", text)
    report = bloglint.check(folder / "_posts", as_of="2026-06-30", isolated=True, cache=False,
                            select=["links"])  # fmt: skip
    found = [say(one.message, "en") for one in report.blogs[0].findings]
    assert len(found) == (said is not None) and all(str(said) in one for one in found)


def test_a_picture_that_is_added_ends_the_finding_in_spite_of_the_cache(
    tmp_path: Path, call: Callable[..., Said]
) -> None:
    folder = site(tmp_path / "site", "![A lid](/images/lid.png)")
    asked = ["check", folder / "_posts", "--as-of", "2026-06-30", "--isolated", "--select",
             "links", "--format", "concise"]  # fmt: skip
    assert "no such file" in call(*asked).out
    assert "no such file" in call(*asked).out
    (folder / "images/lid.png").write_bytes(b"\x89PNG")
    assert "no such file" not in call(*asked).out


def test_links_called_here_are_counted() -> None:
    text = " ".join(f"See [here](https://x.example/{n})." for n in range(4))
    (one,) = found_in("links-dead", post(text))
    assert one.severity == "info" and one.value == 4


def test_what_lychee_found_is_told(tmp_path: Path) -> None:
    file = tmp_path / "lychee.json"
    file.write_text(
        '{"error_map": {"a.md": [{"url": "https://gone.example/x", '
        '"status": {"text": "404 Not Found", "code": 404}}]}}',
        "utf-8",
    )
    folder = site(tmp_path / "site", "See [the norm](https://gone.example/x).")
    report = bloglint.check(
        folder / "_posts", as_of="2026-06-30", isolated=True, cache=False, select=["links"],
        options={"links-dead": {"lychee": str(file)}},
    )  # fmt: skip
    (one,) = report.blogs[0].findings
    assert "404 Not Found" in say(one.message, "en")


@pytest.mark.parametrize(
    ("language", "text", "age", "case"),
    [
        ("en", "You need two keys. We will show a new seal next Tuesday.", 900, True),
        ("en", "You need two keys. We will show a new seal next Tuesday.", 20, False),
        ("en", "We are happy to announce a new seal next Tuesday.", 900, False),
        ("en", "> Update: this post is outdated.\n\nThe seals come next Tuesday.", 900, False),
        ("en", "Order by 3 May 2024 and save ten per cent.", 800, True),
        ("en", "The current price of the set is 49 euros.", 900, True),
        ("en", "Two halls have already booked it for later this year.", 900, False),
        ("de", "**Aktuell: Der Ort ist festgelegt.**\n\nAb morgen gibt es Karten.", 900, False),
        ("de", "Man braucht zwei Schlüssel. Ab morgen gibt es neue Dichtungen.", 900, True),
        ("de", "Wer sich bis zum 3. Mai 2024 anmeldet, zahlt nichts.", 800, True),
    ],
)
def test_claims_that_have_passed(language: str, text: str, age: int, case: bool) -> None:
    title = "A new seal" if "announce" in text else "How to seal"  # what lasts is no news
    found = found_in("freshness-claims", post(text, title, age, language))
    assert bool(found) is case


def test_reviews_are_due_in_the_calendar(tmp_path: Path, call: Callable[..., Said]) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: How to seal\ndate: 2024-01-05\nauthor: Ann\nreviewed: 2024-02-01\n---\nSo.\n",
        "utf-8",
    )
    (tmp_path / "b.md").write_text(
        "---\ntitle: How to open\ndate: 2024-02-05\nreview_by: 2026-12-24\nreviewer: Bob\n---\nA\n",
        "utf-8",
    )
    report = bloglint.check(tmp_path, as_of="2026-06-30", isolated=True, cache=False)
    (one,) = (f for f in report.blogs[0].findings if f.rule == "freshness-review")
    assert "How to seal" in say(one.message, "en") and "Ann 1" in say(one.message, "de")
    file = tmp_path / "due.ics"
    call("report", tmp_path, "--as-of", "2026-06-30", "--isolated", "--db", tmp_path / "h.sqlite",
         "--format", f"ical={file}")  # fmt: skip
    text = file.read_text("utf-8").replace("\r\n ", "")
    assert "review: How to open" in text and "20261224" in text and "responsible: Bob" in text
