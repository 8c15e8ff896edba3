"""What a reader sees first: state, steps, order, and the decision on a draft."""

import json
import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import bloglint
from bloglint.engine.linter import lint_blog
from bloglint.engine.rule_run import RuleRun
from bloglint.engine.steps import steps_of
from bloglint.model import SEVERITIES, Blog, Post, Report, Step, Verdict, replace, say
from bloglint.press.index import Newsroom
from bloglint.reporters.decision import decision_of, quiet_line
from bloglint.reporters.terminal import write_terminal
from bloglint.reporters.words import summary, whole
from bloglint.rules import load_rules

ROOT = Path(__file__).parent.parent
RULES = load_rules()
AS_OF = datetime.fromisoformat("2026-06-30T23:59:59+00:00")
FAILING = {
    code: bloglint.check(
        ROOT / f"examples/failing-{code}/posts",
        press=[ROOT / f"examples/failing-{code}/newsroom"],
        as_of="2026-06-30",
    ).blogs[0]
    for code in ("en", "de")
}
RELEASE = (
    "The town of Melldorf has ordered {n} pumps for its new waterworks at the river. They will be "
    "delivered in October, and the work is to last until the spring of next year. The contract is "
    "worth {n} million euros. It is the largest order that the manufacturer ever won in the north."
)


def blog_of(texts: list[str], days: int = 7) -> Blog:
    posts = [
        Post(f"p{n}", f"Post {n}", text, published=AS_OF - timedelta(days=days * n), language="en")
        for n, text in enumerate(texts)
    ]
    return Blog("x", title="Pumps", posts=tuple(posts))


def of_days(days: list[date]) -> Verdict:
    posts = tuple(
        Post(f"{d}", f"On {d}", f"We mended pump {d:%j} and noted how. " * 12, language="en",
             published=datetime(d.year, d.month, d.day, 9, tzinfo=AS_OF.tzinfo))
        for d in sorted(days, reverse=True)
    )  # fmt: skip
    return lint_blog(Blog("x", title="Pumps", posts=posts), RULES, as_of=AS_OF)


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_step_is_worth_what_the_blog_scores_once_it_is_done(language: str) -> None:
    verdict = FAILING[language]
    first, second, *_ = verdict.steps
    assert (first.kind, second.kind) == ("publish", "copies") and verdict.score is not None
    assert all(verdict.score + 2 <= step.after <= 100 for step in verdict.steps)
    marked = verdict.reasons["recycling"].measures["recycling_posts"]
    assert len(second.posts) == marked


def test_publishing_brings_what_the_step_promised() -> None:
    texts = [f"On day {n} we took pump {n} apart and wrote down what we saw. " * 8
             for n in range(10)]  # fmt: skip
    blog = blog_of(texts, days=9)
    late = AS_OF + timedelta(days=40)
    before = lint_blog(blog, RULES, as_of=late)
    (step, *_) = before.steps
    assert step.kind == "publish" and before.state == "silent"
    text = "How do we find a leak in the dark? We listen, then we look, then we measure. " * 8
    new = Post("new", "How to find a leak", text, published=late, language="en")
    after = lint_blog(replace(blog, posts=(new, *blog.posts)), RULES, as_of=late)
    assert after.score is not None and abs(after.score - step.after) < 2


def test_a_blog_that_has_recovered_is_told_to_keep_its_pace() -> None:
    old = [date(2025, 1, 1) + timedelta(days=60 * n) for n in range(7)]
    new = [date(2026, 4, 6) + timedelta(days=n) for n in (0, 4, 7, 23, 30, 41, 60, 70, 79)]
    verdict = of_days([*old, *new])
    assert verdict.reasons["frequency"].measures["steady_days"] == 85
    assert summary(verdict, "en").startswith("9 posts in the last 13 weeks, but on ")
    assert summary(verdict, "de").startswith("9 Beiträge in den letzten 13 Wochen; aber an ")
    assert say(verdict.steps[0].text, "en") == "Keep the pace of the last 13 weeks"


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("reprints", "This post was originally published on the blog of a friend. ",
         "Write more of your own: 3 of the last 10 posts appeared elsewhere first"),
        ("more", "", "Say more: 3 of the last 10 posts have under 100 words of their own"),
    ],
)  # fmt: skip
def test_what_an_editor_would_do_is_told_though_it_costs_no_points(
    kind: str, text: str, said: str
) -> None:
    tale = "On day {n} we took pump {n} apart and wrote down what was in it. "
    texts = [tale.format(n=n) * 12 for n in range(10)]
    for n in range(3):
        texts[n] = text + tale.format(n=n) * (12 if text else 2)
    (step,) = (one for one in lint_blog(blog_of(texts), RULES, as_of=AS_OF).steps
               if one.kind == kind)  # fmt: skip
    assert say(step.text, "en") == said and step.posts == ("p0", "p1", "p2")


@pytest.mark.parametrize(
    ("titles", "count"),
    [
        ([f"Release notes {n} March 2026" for n in range(1, 5)], 4),
        ([f"Versionshinweise v1.{n}.0" for n in range(5)], 5),
        (["Release notes 1", "Release notes 2", "Release notes 3"], None),
        (["May the pump be with you", "The pump is with you", "With you", "You"], None),
    ],
)
def test_titles_that_differ_only_by_number_are_a_step(titles: list[str], count: int | None) -> None:
    tale = "On day {n} we took pump {n} apart and wrote down what was in it. "
    blog = blog_of([tale.format(n=n) * 12 for n in range(10)])
    named = [
        replace(post, title=titles[n] if n < len(titles) else f"Tale {'abcdefghij'[n]}")
        for n, post in enumerate(blog.posts)
    ]
    steps = lint_blog(replace(blog, posts=tuple(named)), RULES, as_of=AS_OF).steps
    said = [say(one.text, "en") for one in steps if one.kind == "titles"]
    of = f"{count} of the last 10 differ only by date or number"
    assert said == ([f"Give each post a title of its own: {of}"] if count else [])


def test_a_blog_that_sells_a_little_everywhere_is_told_to_sell_less(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tale = "On day {n} we took pump {n} apart and wrote down what was in it. "
    seen: list[tuple[RuleRun, Verdict]] = []

    def kept(run: RuleRun, verdict: Verdict) -> tuple[Step, ...]:
        seen.append((run, verdict))
        return ()

    monkeypatch.setattr("bloglint.engine.linter.steps_of", kept)
    lint_blog(blog_of([tale.format(n=n) * 12 for n in range(10)]), RULES, as_of=AS_OF)
    ((run, verdict),) = seen
    found: dict[float, list[Step]] = {}
    for likely in (0.25, 0.4):
        for measures in run.context.measures:
            measures["advertorial"] = likely
        found[likely] = [step for step in steps_of(run, verdict) if step.kind == "sell"]
    assert found[0.25] == []
    (sell,) = found[0.4]
    assert say(sell.text, "en").startswith(
        "Sell less: an estimated 4 of the last 10 posts promote your own, above all “"
    )
    assert len(sell.posts) == 4


def test_a_healthy_blog_has_nothing_to_do_first() -> None:
    verdict = bloglint.check(ROOT / "examples/healthy-en/posts", as_of="2026-06-30").blogs[0]
    assert verdict.steps == () and verdict.state is None
    assert summary(verdict, "en") == "A healthy blog: nothing serious was found."


@pytest.mark.parametrize("language", ["en", "de"])
def test_findings_are_ordered_by_severity_and_cost(language: str) -> None:
    findings = FAILING[language].findings
    keys = [(-SEVERITIES.index(one.severity), -round(one.cost, 1)) for one in findings]
    assert keys == sorted(keys)
    assert findings[0].rule == "frequency-silence" and findings[0].cost > 20
    assert sum(one.cost for one in findings if one.rule == "recycling-press") > 10


def test_a_blog_of_copies_cannot_pass() -> None:
    texts = [RELEASE.format(n=n) for n in range(3, 13)]
    releases = [Post(f"r{n}", f"Order {n}", text, published=AS_OF - timedelta(days=100),
                     language="en") for n, text in enumerate(texts)]  # fmt: skip
    for count, grade in ((1, None), (3, None), (10, {"D", "F"})):
        verdict = lint_blog(blog_of(texts[:count]), RULES, as_of=AS_OF, press=Newsroom.of(releases))
        assert verdict.grade is None if grade is None else verdict.grade in grade
        assert verdict.reasons["recycling"].score == 0
        assert verdict.releases == 10
    assert verdict.state == "copied" and "copied" in quiet_line(verdict, "en")


def test_a_monthly_column_is_told_its_pace_once() -> None:
    months = [date(2025 + m // 12, m % 12 + 1, 3) for m in range(5, 18)]
    gaps = [one for one in of_days(months).findings if one.rule == "frequency-gap"]
    assert [one.severity for one in gaps] == ["info"]
    assert "A new post every 31 days" in str(gaps[0].message)
    broken = [day for day in months if day.month not in (12, 1)]
    gaps = [one for one in of_days(broken).findings if one.rule == "frequency-gap"]
    assert sorted(one.severity for one in gaps) == ["info", "warning"]


@pytest.mark.parametrize(
    ("score", "shown"), [(89.6, 89), (90.0, 90), (27.8, 28), (69.97, 69), (99.6, 99), (100.0, 100)]
)
def test_a_rounded_score_reaches_no_better_grade(score: float, shown: int) -> None:
    assert whole(score) == shown


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("release", "Do not publish: press release (100 %)"),
        ("short", "Too short to judge: 4 words"),
    ],
)
def test_a_draft_is_decided_on_first(tmp_path: Path, name: str, said: str) -> None:
    folder = ROOT / "examples" / "failing-en"
    release = next(iter(sorted((folder / "newsroom").glob("*.md")))).read_text("utf-8")
    draft = tmp_path / "draft.md"
    text = (
        release
        if name == "release"
        else "---\ntitle: Pump\ndate: 2026-06-29\n---\nFour bad words here.\n"
    )
    draft.write_text(text, encoding="utf-8")
    report = bloglint.check(
        draft, blog=folder / "posts", press=[folder / "newsroom"], as_of="2026-06-30"
    )
    assert say(decision_of(report.blogs[0]).text, "en") == said
    lines = write_terminal(report, "en").splitlines()
    assert lines[2] == said and "rises" not in " ".join(lines)
    assert "would go" in quiet_line(report.blogs[0], "en")


def test_proof_and_guess_look_different() -> None:
    text = write_terminal(Report(AS_OF, (FAILING["en"],)), "en", width=100)
    recycling = next(line for line in text.splitlines() if line.startswith(" Recycling"))
    advertising = next(line for line in text.splitlines() if line.startswith(" Advertising"))
    assert "■" in recycling and "□" not in recycling
    assert "□" in advertising and "■" not in advertising


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("check", "--fix"), "bloglint changes no post"),
        (("check", "x", "--mail-to", "a@b.example"), "belongs to bloglint report"),
        (("check", "x", "--fial-on", "error"), "Did you mean --fail-on?"),
        (("check", "x", "--fail-on", "bad", "--lang", "de"), "Möglich sind error, warning"),
        (("rule", "recycling"), "recycling-press, recycling-reprint"),
        (("frob",), "there is no command frob"),
        (("check", "x", "--all", "--show", "3"), "contradict each other"),
    ],
)
def test_a_wrong_call_says_what_to_write(args: tuple[str, ...], said: str) -> None:
    done = _run(*args)
    assert done.returncode == 2 and said in done.stderr and not done.stdout
    assert "Traceback" not in done.stderr


def test_the_help_speaks_the_readers_language() -> None:
    for args, said in (
        (("check", "--help", "--lang", "de"), ("Quellen", "Pressemitteilungen zum Vergleich")),
        (("check", "-h"), ("Sources", "Exit codes: 0 fine")),
        ((), ("Usage", "check")),
    ):
        text = " ".join(_run(*args).stdout.split())
        assert all(words in text for words in said), text


def test_the_rules_are_listed_for_programs() -> None:
    found = json.loads(_run("rules", "--format", "json").stdout)
    assert {one["id"] for one in found} == set(RULES)
    assert all(one["title"] and one["severity"] and "options" in one for one in found)


def _run(*args: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "bloglint", *args]
    environment = {**os.environ, "COLUMNS": "200"}
    return subprocess.run(call, capture_output=True, text=True, cwd=ROOT, env=environment)
