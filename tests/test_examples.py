"""The two example companies, as folders and as feeds: the README's promise."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

import bloglint
from bloglint.model import WEIGHTS, Verdict
from bloglint.rules import load_rules

EXAMPLES = Path(__file__).parent.parent / "examples"
AS_OF = "2026-06-30"
LANGUAGES = ("en", "de")


def judged(name: str, *, press: bool = False, feed: bool = False) -> Verdict:
    folder = EXAMPLES / name
    source = folder / ("feed.xml" if feed else "posts")
    newsroom = [folder / ("newsroom.xml" if feed else "newsroom")] if press else []
    report = bloglint.check(source, press=newsroom, as_of=AS_OF)
    assert not report.errors
    return report.blogs[0]


@pytest.mark.parametrize("feed", [False, True], ids=["folder", "feed"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_healthy_blog_is_healthy(language: str, feed: bool) -> None:
    verdict = judged(f"healthy-{language}", feed=feed)
    assert verdict.score is not None and verdict.score >= 85
    assert verdict.languages == (language,)
    assert [f.rule for f in verdict.findings if f.severity != "info"] == []


@pytest.mark.parametrize("feed", [False, True], ids=["folder", "feed"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_failing_blog_fails_for_every_reason(language: str, feed: bool) -> None:
    verdict = judged(f"failing-{language}", press=True, feed=feed)
    assert verdict.score is not None and verdict.score <= 40
    assert verdict.grade == "F"
    weighted = {rule.id for rule in load_rules().values() if WEIGHTS[rule.reason]}
    # No post of the examples is without any text, or says that it is a reprint.
    silent = weighted - {finding.rule for finding in verdict.findings}
    assert silent == {"bloat-empty", "recycling-reprint"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_folder_and_feed_give_the_same_score(language: str) -> None:
    one = judged(f"failing-{language}", press=True)
    other = judged(f"failing-{language}", press=True, feed=True)
    assert one.score is not None and other.score is not None
    assert abs(one.score - other.score) < 0.5
    assert one.posts_judged == other.posts_judged


def test_every_finding_carries_its_evidence() -> None:
    for language in LANGUAGES:
        for finding in judged(f"failing-{language}", press=True).findings:
            assert finding.value is not None and finding.limit is not None
            assert str(finding.message) and str(finding.advice)
            if finding.post:
                assert finding.quote or finding.place or finding.rule.startswith("bloat-length")


@pytest.mark.parametrize("name", ["healthy-en", "healthy-de", "failing-en", "failing-de"])
def test_an_example_has_the_posts_of_a_real_blog(name: str) -> None:
    verdict = judged(name)
    assert verdict.posts_judged >= 12
    first, last = verdict.first, verdict.last
    assert first and last and last - first > timedelta(days=100)
    assert last <= datetime.fromisoformat(AS_OF).date()


@pytest.mark.parametrize("feed", [False, True], ids=["folder", "feed"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_eight_of_the_last_ten_were_cut_from_a_release_each(language: str, feed: bool) -> None:
    verdict = judged(f"failing-{language}", press=True, feed=feed)
    assert sum(verdict.reasons["recycling"].measures["recycling_marks"]) == 8
    last = {post.id for post in verdict.posts[:10]}
    found = [f for f in verdict.findings if f.rule == "recycling-press" and f.post in last]
    found = [f for f in found if f.severity == "error"]
    assert len({f.evidence["title"] for f in found}) == len(found) == 8
    assert all(0 <= f.evidence["days_between"] <= 1 for f in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_healthy_blog_is_recycled(language: str) -> None:
    newsroom = EXAMPLES / f"failing-{language}" / "newsroom"
    report = bloglint.check(
        EXAMPLES / f"healthy-{language}" / "posts", press=[newsroom], as_of=AS_OF
    )
    [verdict] = report.blogs
    assert sum(verdict.reasons["recycling"].measures["recycling_marks"]) == 0
    assert not [f for f in verdict.findings if f.reason == "recycling"]
