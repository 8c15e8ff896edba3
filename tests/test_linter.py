"""A blog passes through the rules: examples of the rules, reference points of the score."""

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import bloglint
from bloglint.config import Config
from bloglint.engine.examples import findings_in
from bloglint.engine.linter import lint_blog
from bloglint.model import Blog, Post, Verdict, replace, say
from bloglint.model.window import scored_posts
from bloglint.rules import Example, load_rules

RULES = load_rules()
AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)


def blog_of(dates: list[datetime], text: str = "One short post.") -> Blog:
    posts = [Post(id=f"p{n}", title="t", source=text, published=d) for n, d in enumerate(dates)]
    return Blog(source="x", posts=tuple(sorted(posts, key=lambda p: str(p.published))[::-1]))


def every(days: int, last_ago: int = 0, count: int = 30) -> Verdict:
    dates = [AS_OF - timedelta(days=last_ago + days * n, hours=1) for n in range(count)]
    return lint_blog(blog_of(dates), RULES, as_of=AS_OF)


@pytest.mark.parametrize(
    ("rule", "example"),
    [(rule.id, example) for rule in RULES.values() for example in rule.examples],
)
def test_a_rule_fires_on_its_bad_examples_and_not_on_its_good_ones(
    rule: str, example: Example
) -> None:
    fired = findings_in(RULES[rule], example, RULES)
    assert bool(fired) == (example.verdict == "bad")
    assert all("{" not in str(finding.message) + say(finding.message, "de") for finding in fired)


def frequency(verdict: Verdict) -> float:
    score = verdict.reasons["frequency"].score
    assert score is not None
    return score


def test_reference_points_of_frequency() -> None:
    assert frequency(every(14, last_ago=14)) >= 95
    assert 35 <= frequency(every(14, last_ago=31)) <= 60
    assert frequency(every(14, last_ago=100)) <= 10
    for ago in range(0, 31):
        assert 40 <= frequency(every(30, last_ago=ago)) <= 70


def test_one_more_day_costs_at_most_five_points() -> None:
    scores = [frequency(every(10, last_ago=ago)) for ago in range(0, 200)]
    assert all(0 <= before - after <= 5 for before, after in itertools.pairwise(scores))


def test_the_day_of_death_is_the_first_after_31_days() -> None:
    assert every(10, last_ago=31).grade != "F"
    dead = every(10, last_ago=32)
    assert dead.grade == "F"
    assert dead.findings[0].severity == "error"


def bloat(texts: list[str]) -> float:
    posts = tuple(
        Post(id=str(n), title="t", source=t, published=AS_OF - timedelta(days=n))
        for n, t in enumerate(texts)
    )
    score = lint_blog(Blog(source="x", posts=posts), RULES, as_of=AS_OF).reasons["bloat"].score
    assert score is not None
    return score


SENTENCE = "The pump on the left stood still because a wet wipe had blocked the impeller. "
LONG = ("word " * 40 + "end. ") * 98
EDITED = ("## Part\n\n" + SENTENCE * 15 + "\n\n") * 19


def test_reference_points_of_bloat() -> None:
    readable = [(SENTENCE * 5 + "\n\n") * 10] * 10
    assert bloat(readable) >= 95
    assert bloat(readable[:7] + [LONG] * 3) <= 60
    assert bloat([*readable[:9], EDITED]) >= 85


def test_the_window_is_a_year_topped_up_to_ten_and_cut_to_sixty() -> None:
    old = blog_of([AS_OF - timedelta(days=400 + n) for n in range(20)])
    busy = blog_of([AS_OF - timedelta(days=n) for n in range(100)])
    assert len(scored_posts(old.posts, AS_OF)) == 10
    assert len(scored_posts(busy.posts, AS_OF)) == 60


def test_a_post_without_words_is_no_good_post(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: x\ndate: 2026-06-01\n---\n")
    verdict = bloglint.check(tmp_path / "a.md", as_of="2026-06-20").blogs[0]
    assert verdict.reasons["bloat"].score is None
    assert "no post holds any words" in str(verdict.reasons["bloat"].note)


def test_an_undated_file_is_told_to_count_as_of_today(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Words without a date.\n")
    verdict = bloglint.check(tmp_path / "a.md", as_of="2026-06-20").blogs[0]
    assert any("names no date: it counts as published on 20 June 2026" in n for n in verdict.notes)


@pytest.mark.parametrize("count", [13, 14, 20])
def test_one_text_under_many_titles_is_a_repeat(tmp_path: Path, count: int) -> None:
    words = " ".join(f"word{n} of a text that stands here" for n in range(20))
    for n in range(count):
        day = (datetime(2026, 6, 20) - timedelta(days=10 * n)).date()
        (tmp_path / f"{n}.md").write_text(
            f"---\ntitle: T{n}\ndate: {day}\nlang: en\n---\n\n{words}.\n"
        )
    verdict = bloglint.check(tmp_path, as_of="2026-06-20").blogs[0]
    assert verdict.reasons["recycling"].measures["recycling_posts"] == 10


def test_two_rules_of_one_kind_find_each_their_own() -> None:
    rules = {**RULES, "bloat-house": replace(RULES["bloat-unedited"], id="bloat-house")}
    text = "TODO: say more. We took the ZZZHOUSE pump apart on Monday, and nobody had asked us."
    blog = blog_of([AS_OF - timedelta(days=1)], text)
    own = {"bloat-house": {"placeholders": ["ZZZHOUSE"]}}
    found = lint_blog(blog, rules, as_of=AS_OF, config=Config(options=own)).findings
    told = {one.rule: one.quote for one in found if one.rule in ("bloat-unedited", "bloat-house")}
    assert told == {"bloat-unedited": "TODO", "bloat-house": "ZZZHOUSE"}
