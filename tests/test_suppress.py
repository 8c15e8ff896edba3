"""What an author switches off in a post leaves the findings and the score."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import bloglint
from bloglint.config import Config
from bloglint.engine.linter import lint_blog
from bloglint.model import Blog, Post, Report, Verdict, say
from bloglint.reporters.terminal import write_terminal
from bloglint.rules import load_rules

RULES = load_rules()
AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)


#: Phrases are reported in adverts; here, anywhere.
EVEN_IN_PLAIN_POSTS = Config(options={"advertorial-superlative": {"least": 0.0}})


def judged(
    source: str, disabled: tuple[tuple[str, str], ...] = (), config: Config | None = None
) -> Verdict:
    post = Post(id="p", title="t", source=source, path="p.md", disabled=disabled, published=AS_OF)
    return lint_blog(Blog("x", posts=(post,)), RULES, as_of=AS_OF, config=config)


def rules_of(verdict: Verdict) -> list[str]:
    return [f.rule for f in verdict.findings if f.rule in ("bloat-unedited", "unused-suppression")]


def test_a_comment_covers_what_stands_between_it_and_its_end() -> None:
    text = "It is the the pump.\n\n{}\n\nWe took the the pump.\n\n{}\n\nWe saw saw a pump.\n"
    open_ = text.format("", "")
    closed = text.format(
        "<!-- bloglint-disable bloat-unedited a quotation -->", "<!-- bloglint-enable -->"
    )
    assert rules_of(judged(open_)) == ["bloat-unedited"] * 3
    verdict = judged(closed)
    assert rules_of(verdict) == ["bloat-unedited"] * 2
    assert verdict.suppressed == 1


def test_next_line_covers_one_line_only() -> None:
    text = (
        "<!-- bloglint-disable-next-line bloat -->\n\nWe took the the pump.\n\nWe saw saw a pump.\n"
    )
    assert rules_of(judged(text)) == ["bloat-unedited"]


def test_front_matter_covers_the_post_and_the_score() -> None:
    text = "We took the the pump and and left.\n"
    bloat = judged(text).reasons["bloat"].score
    verdict = judged(text, (("bloat-unedited", "a poem"),))
    assert rules_of(verdict) == []
    assert (verdict.suppressed, verdict.reasons["bloat"].score) == (2, 100.0)
    assert [finding.suppressed for finding in verdict.suppressed_findings] == ["a poem"] * 2
    assert bloat is not None and bloat < 100


def test_a_suppression_without_effect_is_reported() -> None:
    text = "<!-- bloglint-disable bloat-unedited -->\n\nWe took the pump.\n"
    verdict = judged(text)
    assert rules_of(verdict) == ["unused-suppression"]
    unused = next(f for f in verdict.findings if f.rule == "unused-suppression")
    assert unused.severity == "info" and unused.place and unused.place.line == 1


DOUBLED = "We took the the pump."


NEXT = "bloglint-disable-next-line bloat-unedited a quotation"
PAIR = "bloglint-disable bloat a quotation"
FRONT = "---\nbloglint: {{disable: {}}}\n---\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.md", f"<!-- {NEXT} -->\n{DOUBLED}\n"),
        ("x.md", f"<!-- {PAIR} -->\n\n{DOUBLED}\n\n<!-- bloglint-enable -->\n"),
        ("x.mdx", f"{{/* {NEXT} */}}\n{DOUBLED}\n"),
        ("x.mdx", f"{{/* {PAIR} */}}\n\n{DOUBLED}\n"),
        ("x.html", f"<!-- {NEXT} -->\n<p>{DOUBLED}</p>\n"),
        ("x.md", FRONT.format("[bloat-unedited], reason: a quotation") + DOUBLED),
        ("x.md", FRONT.format("{bloat-unedited: a quotation}") + DOUBLED),
        ("x.html", FRONT.format("{bloat: a quotation}") + f"<p>{DOUBLED}</p>\n"),
    ],
)
def test_every_markup_has_its_comment_and_the_reason_is_kept(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    verdict = bloglint.check(tmp_path / name, as_of="2026-06-30").blogs[0]
    assert rules_of(verdict) == []
    assert [(f.rule, f.suppressed) for f in verdict.suppressed_findings] == [
        ("bloat-unedited", "a quotation")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<!-- bloglint-disable bloat-unedit -->\n\nWe took the pump.\n",
        "<!-- bloglint-disable bloat-unedit, bloat-unedited -->\n\nWe took the the pump.\n",
    ],
)
def test_a_suppression_of_a_rule_that_there_is_not_is_told(text: str) -> None:
    (unknown,) = [f for f in judged(text).findings if f.rule == "unknown-suppression"]
    assert (unknown.severity, unknown.line) == ("info", 1)
    assert "bloat-unedited" in str(unknown.advice) and "bloat-unedited" in say(unknown.advice, "de")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Suppressed in the posts"), ("de", "In den Beiträgen unterdrückt")],
)
def test_suppressed_findings_are_listed_where_that_is_wanted(language: str, said: str) -> None:
    text = "<!-- bloglint-disable bloat-unedited a quotation -->\n\nWe took the the pump.\n"
    report = Report(AS_OF, (judged(text),))
    assert said not in write_terminal(report, language)
    listed = write_terminal(report, language, suppressed=True)
    assert said in listed and "bloat-unedited  p.md:3:9: a quotation" in listed


@pytest.mark.parametrize(
    ("one", "other", "rest"),
    [
        (
            "We make the best pump in the world.",
            "Nobody has a better one: our pump is the best choice.",
            "We took the pump apart on the bench. ",
        ),
        (
            "Wir bauen die beste Pumpe aller Zeiten.",
            "Unsere hat das beste Rad der Welt.",
            "Wir haben die Pumpe auf der Bank zerlegt. ",
        ),
    ],
)
def test_what_is_switched_off_does_not_use_up_what_is_fine(one: str, other: str, rest: str) -> None:
    def superlatives(text: str) -> tuple[int, int]:
        verdict = judged(text, config=EVEN_IN_PLAIN_POSTS)
        rule = "advertorial-superlative"
        suppressed = [f for f in verdict.suppressed_findings if f.rule == rule]
        return sum(f.rule == rule for f in verdict.findings), len(suppressed)

    off = "<!-- bloglint-disable-next-line advertorial-superlative a quotation -->\n"
    filler = rest * 20
    assert superlatives(f"{one}\n\n{other}\n\n{filler}\n") == (2, 0)
    assert superlatives(f"{off}{one}\n\n{other}\n\n{filler}\n") == (0, 1)


@pytest.mark.parametrize("above", ["", "---\ndate: 2026-05-01\n---\n"])
@pytest.mark.parametrize("what", ["disable-next-line", "disable"])
def test_a_comment_above_the_title_leaves_it_the_title(
    tmp_path: Path, above: str, what: str
) -> None:
    body = "We took the pump apart in the yard on a day in May, and its seal had a tear.\n"
    (tmp_path / "bloglint.yml").write_text("terms: {web site: website}\n", "utf-8")
    file = tmp_path / "a.md"
    for comment, found, off in (
        ("", 1, 0),
        (f"<!-- bloglint-{what} craft-terms it is a name -->\n\n", 0, 1),
    ):
        file.write_text(f"{above}{comment}# Our web site is new\n\n{body}", "utf-8")
        verdict = bloglint.check(file, as_of="2026-06-30").blogs[0]
        assert [post.title for post in verdict.posts] == ["Our web site is new"]
        assert sum(one.rule == "craft-terms" for one in verdict.findings) == found
        assert [one.suppressed for one in verdict.suppressed_findings] == ["it is a name"] * off


def test_a_comment_covers_what_is_said_of_the_whole_post() -> None:
    text = (
        "We took the pump apart in the hall and wrote down what was in it, sand and screws. " * 400
    )
    found = {one.rule for one in judged(text).findings}
    assert "bloat-length" in found
    off = judged(f"<!-- bloglint-disable bloat-length a record -->\n\n{text}")
    assert not {one.rule for one in off.findings} & {"bloat-length", "unused-suppression"}
    line = judged(f"{text}\n\nThe end. <!-- bloglint-disable-line bloat-length no -->")
    assert {"bloat-length", "unused-suppression"} <= {one.rule for one in line.findings}


def test_a_title_below_a_comment_is_read_in_every_spelling(tmp_path: Path) -> None:
    body = "We took the pump apart in the yard on a day in May, and its seal had a tear."
    for name, head in (
        ("a.md", "<!-- x -->\r\n# The title\r\n"),
        ("b.mdx", "{/* x */}\n# The title\n"),
        ("c.md", "<!-- x --> <!-- y -->\n# The title\n"),
    ):
        file = tmp_path / name
        file.write_bytes(f"{head}\n{body}\n".encode())
        post = bloglint.check(file, as_of="2026-06-30").blogs[0].posts[0]
        assert post.title == ("The title" if name != "c.md" else "c"), name
    file = tmp_path / "other" / "d.md"
    file.parent.mkdir()
    file.write_text(f"<!-- toc --> Words before. <!-- /toc -->\n\n# The title\n\n{body}\n", "utf-8")
    assert bloglint.check(file, as_of="2026-06-30").blogs[0].posts[0].words > 17
