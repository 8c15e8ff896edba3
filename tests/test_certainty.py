"""What could not be read never makes a verdict better, nor more certain."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from calls import Said

from bloglint.engine.linter import lint_blog
from bloglint.model import Blog, Post, Verdict, say
from bloglint.reporters.terminal import write_terminal
from bloglint.rules import load_rules

Call = Callable[..., Said]
AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)
RULES = load_rules()
TEXTS = {
    "en": "On Monday {n} of us took pump {n} apart. It had run for years and then it stopped. "
    "A wipe had got round the wheel, which nobody had seen for {n} weeks. We cleaned it, put it "
    "together again and let it run until the evening. What would you have done? Write to us.",
    "de": "Am Montag haben {n} von uns die Pumpe {n} zerlegt. Sie lief jahrelang, dann stand sie. "
    "Ein Tuch hatte sich um das Rad gewickelt, was {n} Wochen lang keiner sah. Wir haben sie "
    "gereinigt und bis zum Abend laufen lassen. Was hättet ihr getan? Schreibt uns.",
}


def blog(count: int, *, dated: bool = True, text: str | None = None, every: int = 7) -> Blog:
    posts = tuple(
        Post(
            id=f"p{n}.md",
            title=f"Pump {n}",
            source=TEXTS["en"].format(n=n + 2) if text is None else text,
            published=AS_OF - timedelta(days=2 + every * n) if dated else None,
            language="en",
        )
        for n in range(count)
    )
    return Blog("x", title="Pumps", posts=posts)


def judged(one: Blog, as_of: datetime = AS_OF) -> Verdict:
    return lint_blog(one, RULES, as_of=as_of)


def test_a_grade_needs_six_posts_with_a_text() -> None:
    six, five = judged(blog(6)), judged(blog(5))
    assert six.grade and not six.provisional and six.ungraded is None
    assert five.grade is None and five.provisional and "fewer than 6" in str(five.ungraded)
    assert judged(blog(12, text="")).grade is None


def test_a_grade_needs_dates() -> None:
    verdict = judged(blog(10, dated=False))
    assert verdict.score is not None and verdict.grade is None
    assert say(verdict.ungraded or "", "de") == "kein Beitrag hat ein lesbares Datum"


def test_a_dead_blog_is_dead_however_little_is_known_of_it() -> None:
    verdict = judged(blog(2), AS_OF + timedelta(days=60))
    assert verdict.grade == "F" and verdict.provisional


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_header_says_on_how_much_the_verdict_rests(
    tmp_path: Path, call: Call, language: str
) -> None:
    for n in range(15):
        (tmp_path / f"p{n}.md").write_text(f"---\ntitle: P{n}\n---\n{TEXTS[language]}\n")
    out = " ".join(call("check", tmp_path, "--as-of=2026-06-30", "--lang", language).out.split())
    assert {
        "en": "10 of 15 posts judged, the first in the order of their names",
        "de": "10 von 15 Beiträgen beurteilt, die ersten nach Namen",
    }[language] in out
    assert {"en": "No grade", "de": "Keine Bewertung"}[language] in out


def test_links_and_summaries_are_counted_in_the_header(tmp_path: Path, call: Call) -> None:
    head = "---\ntitle: L{n}\ndate: 2026-06-{n:02}\nexternalUrl: https://o.example/{n}\n---\n"
    for n in range(1, 22):
        (tmp_path / f"l{n}.md").write_text(head.format(n=n))
    (tmp_path / "own.md").write_text(f"---\ntitle: Own\ndate: 2026-06-25\n---\n{TEXTS['en']}")
    done = call("check", tmp_path, "--as-of=2026-06-30", "--format=json", "--fail-on=never")
    found = json.loads(done.out)["blogs"][0]
    assert (found["posts_read"], found["posts_judged"], found["posts_with_text"]) == (22, 22, 1)
    assert found["grade"] is None and "fewer than 6" in found["ungraded"]
    assert not [one for one in found["findings"] if one["rule"] == "bloat-empty"]
    out = " ".join(call("check", tmp_path, "--as-of=2026-06-30").out.split())
    assert "Of 21 only a link, a summary or a heading stands" in out


def test_an_empty_post_is_a_finding_and_ends_no_silence() -> None:
    one = blog(6, every=10)
    empty = Post("e.md", "Fest", "## Fest\n", published=AS_OF - timedelta(days=1), language="en")
    late = [p for p in one.posts if p.published and p.published < AS_OF - timedelta(days=20)]
    verdict = judged(Blog("x", title="Pumps", posts=(empty, *late)))
    assert [f.post for f in verdict.findings if f.rule == "bloat-empty"] == ["e.md"]
    (silence,) = (f for f in verdict.findings if f.rule == "frequency-silence")
    assert "Not counted: “Fest” of 29 June 2026 (without any text)." in str(silence.message)
    assert verdict.reasons["frequency"].measures["empty_posts"] == 1


@pytest.mark.parametrize(
    "source", ["![The pump](a.png)", "<iframe src='x'></iframe>", "{{< youtube a >}}", "> Said."]
)
def test_a_post_that_shows_something_is_not_empty(source: str) -> None:
    post = Post("a.md", "A", source, published=AS_OF, language="en")
    verdict = judged(Blog("x", posts=(post, *blog(6).posts)))
    assert "bloat-empty" not in {f.rule for f in verdict.findings}


def test_empty_posts_do_not_make_the_others_better() -> None:
    bad = " ".join(["word"] * 200) + "."
    alone = judged(blog(10, text=bad)).reasons["bloat"].score
    posts = (*blog(10, text=bad).posts, *blog(10, text="").posts)
    ids = tuple(Post(f"{n}", p.title, p.source, published=p.published, language="en")
                for n, p in enumerate(posts))  # fmt: skip
    assert judged(Blog("x", posts=ids)).reasons["bloat"].score == alone


def test_a_misspelt_newsroom_is_refused_before_anything_is_judged(
    tmp_path: Path, call: Call
) -> None:
    (tmp_path / "a.md").write_text(f"---\ndate: 2026-06-01\n---\n{TEXTS['en']}")
    done = call("check", tmp_path, "--press", tmp_path / "newsrom", "--as-of=2026-06-30")
    assert done.code == 2 and not done.out and "newsrom" in done.err


@pytest.mark.parametrize("text", ["GrÃ¼ÃŸe aus dem Werk.", "We donâ€™t know.", "Es kostet 5â‚¬."])
def test_a_wrong_encoding_is_one_finding(text: str) -> None:
    one = blog(1, text=f"{text} {text}\n\n{text}\n")
    (finding,) = (f for f in judged(one).findings if f.rule == "bloat-unedited")
    assert "another encoding" in str(finding.message)


@pytest.mark.parametrize("text", ["Às armas! NÃO é isso.", "Â façade “â” Ça va.", "50 °C – ½ m³"])
def test_letters_with_marks_are_no_wrong_encoding(text: str) -> None:
    assert not [f for f in judged(blog(1, text=text)).findings if f.rule == "bloat-unedited"]


def gap(*posts: tuple[str, str, str]) -> str:
    """The findings on gaps and silence of posts (day, title, text), as one text."""
    made = [
        Post(f"{day}-x.md", title, text, published=datetime.fromisoformat(day).replace(tzinfo=UTC))
        for day, title, text in posts
    ]
    ordered = tuple(sorted(made, key=lambda p: str(p.published), reverse=True))
    verdict = judged(Blog("x", language="en", posts=ordered))
    return write_terminal_of(verdict)


def write_terminal_of(verdict: Verdict) -> str:
    from bloglint.model import Report

    return " ".join(write_terminal(Report(AS_OF, (verdict,)), "en", width=200).split())


CALL = (
    "The society calls for papers. Talks of twenty minutes and workshops of two hours are wanted. "
    "Write one paragraph and a title. The jury reads all of them without names, and decides in {}. "
    "The society pays for the journey, and for the meals as well. Send it to the office by mail."
)


def test_next_years_call_is_a_new_post() -> None:
    out = gap(
        ("2025-08-01", "Call for papers 2025", CALL.format("December")),
        ("2026-06-20", "Call for papers 2026", CALL.format("November")),
    )
    assert "repeating" not in out and "last post 10 days ago" in out


def test_release_notes_that_name_a_third_are_two_posts() -> None:
    text = "The scanner counts pallets now. The old menu goes away on 1 August 2026. Number {}."
    out = gap(
        ("2026-06-05", "Scanner release notes: June 5, 2026", text.format(1)),
        ("2026-06-20", "Scanner release notes: June 20, 2026", text.format(2)),
    )
    assert "second time" not in out and "last post 10 days ago" in out


def test_the_year_of_a_folder_may_be_a_slip() -> None:
    post = Post("2025-06-25-a/index.md", "A", TEXTS["en"], published=AS_OF - timedelta(days=5))
    verdict = judged(Blog("x", language="en", posts=(post, *blog(6).posts)))
    assert "republished_posts" not in verdict.reasons["frequency"].measures
    old = Post("2025-02-03-a.md", "A", TEXTS["en"], published=AS_OF - timedelta(days=5))
    verdict = judged(Blog("x", language="en", posts=(old, *blog(6).posts)))
    assert verdict.reasons["frequency"].measures["republished_posts"] == 1


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("de", "Tagung 2026 - Frühbucherrabatt noch bis 20.07.2026",
         "Die Anmeldung ist offen. Bis zum 20.07.2026 gilt der Rabatt. Beiträge sind willkommen."),
        ("de", "Erinnerung: Mitgliedsbeitrag",
         "Bitte überweist den Beitrag bis spätestens zum 20. Juli 2026. Infos gibt es hier."),
        ("en", "Early-bird tickets until 20 July 2026",
         "Registration is open. The discount ends on 20 July 2026. No posters this time."),
        ("en", "Update on 1 August",
         "The old version will stop working on 1 August 2026. Read this post again before then."),
        ("en", "Hero of the month",
         "Thank you for voting. Join our next community meeting on Thursday, July 23 at 9 am."),
    ],
)  # fmt: skip
def test_a_deadline_is_no_pause_of_the_blog(language: str, title: str, text: str) -> None:
    day = date(2026, 5, 20)
    post = Post("a.md", title, text, published=datetime(2026, 5, 20, 9, tzinfo=UTC))
    verdict = judged(Blog("x", language=language, posts=(post,)))
    measures = verdict.reasons["frequency"].measures
    assert "paused_until" not in measures
    assert measures["next_post_due"] == (day + timedelta(days=14)).isoformat()
