"""What changed since the last report: found, mended, lapsed, and told in a sentence."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from calls import Said

from bloglint.history.changes import developed
from bloglint.history.records import KnownReason, Stored
from bloglint.model import WEIGHTS, ReasonVerdict, Verdict
from history.blogs import adverts, bodies, write_blog, write_post

Call = Callable[..., Said]
DAY = date(2026, 6, 1)


@pytest.fixture(params=["en", "de"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def report(call: Call, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """``report(blog, day)``: the blog of the JSON of a report on that day."""

    def reported(blog: Path, day: date, *more: str) -> dict[str, Any]:
        place = ("--db", tmp_path / "h.sqlite", "--as-of", day, "--format", "json")
        done = call("report", blog, *place, *more)
        assert done.code == 0, done.err
        found: dict[str, Any] = json.loads(done.out)["blogs"][0]
        return found

    return reported


def by_change(blog: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"new": [], "open": [], "fixed": []}
    for finding in blog["findings"]:
        found[finding["change"]].append(finding["rule"])
    return found


def test_the_first_report_says_that_there_is_nothing_to_compare_with(
    tmp_path: Path, report: Callable[..., dict[str, Any]], language: str
) -> None:
    blog = report(write_blog(tmp_path / "b", DAY, language=language), DAY, "--lang", language)
    assert blog["previous"] is None
    (said,) = blog["changes"]["why"]
    assert ("nothing to compare" if language == "en" else "nichts zum Vergleichen") in said
    assert set(by_change(blog)["open"] + by_change(blog)["fixed"]) == set()


def test_silence_is_the_why(
    tmp_path: Path, report: Callable[..., dict[str, Any]], language: str
) -> None:
    folder = write_blog(tmp_path / "b", DAY, language=language)
    report(folder, DAY)
    blog = report(folder, DAY + timedelta(days=26), "--lang", language)
    first = blog["changes"]["why"][0]
    assert first.startswith("−")
    assert ("silence of 26 days" if language == "en" else "26 Tage Schweigen") in first
    assert by_change(blog)["new"] == ["frequency-silence"]
    assert blog["previous"]["score"] > blog["score"]


def test_adverts_are_the_why_and_their_end_is_too(
    tmp_path: Path, report: Callable[..., dict[str, Any]], language: str
) -> None:
    folder = write_blog(tmp_path / "b", DAY, posts=11, language=language)
    report(folder, DAY)
    for n in range(5):
        day = DAY + timedelta(days=1 + n)
        write_post(folder, f"ad{n}", day, adverts(language)[n])
    blog = report(folder, DAY + timedelta(days=7), "--lang", language)
    why = blog["changes"]["why"][0]
    assert ("advertising posts" if language == "en" else "werbende Beiträge") in why
    assert "advertorial-share" in by_change(blog)["new"]
    assert sorted(blog["changes"]["posts_since"]) == [f"ad{n}.md" for n in range(5)]
    for n, text in enumerate(bodies(f"healthy-{language}")[11:16]):
        write_post(folder, f"ad{n}", DAY + timedelta(days=1 + n), text)
    mended = report(folder, DAY + timedelta(days=14), "--lang", language)
    assert mended["changes"]["why"][0].startswith("+")
    assert "advertorial-share" in by_change(mended)["fixed"]
    assert "advertorial-tone" in by_change(mended)["fixed"]  # their posts were changed
    assert not any(rule.startswith("advertorial") for rule in by_change(mended)["open"])


def test_the_counts_add_up(tmp_path: Path, report: Callable[..., dict[str, Any]]) -> None:
    folder = write_blog(tmp_path / "b", DAY)
    before = None
    for week in range(8):
        day = DAY + timedelta(days=7 * week)
        if week in (1, 4):
            write_post(folder, f"ad{week}", day, adverts("en")[week])
        if week == 5:
            (folder / "ad1.md").unlink()
        blog = report(folder, day)
        changes, found = blog["changes"], by_change(blog)
        if before is not None:
            still = len(found["open"]) - changes["returned"]
            assert still + len(found["fixed"]) + changes["lapsed"] == before
            change = blog["score"] - blog["previous"]["score"]
            assert changes["course"][-1]["score"] - changes["course"][-2]["score"] == change
        before = len(found["new"]) + len(found["open"])


def test_an_edited_passage_is_the_same_finding_and_a_removed_post_is_fixed(
    tmp_path: Path, report: Callable[..., dict[str, Any]]
) -> None:
    folder = write_blog(tmp_path / "b", DAY)
    write_post(folder, "ad", DAY, "The the seal of pump nine was worn, Eva says. " * 9)
    first = report(folder, DAY)
    assert "bloat-unedited" in by_change(first)["new"]
    write_post(folder, "ad", DAY, "The the wheel of pump nine was worn, Eva says. " * 9)
    edited = report(folder, DAY + timedelta(days=7))
    assert "bloat-unedited" in by_change(edited)["open"]
    assert not [rule for rule in by_change(edited)["fixed"] if rule.startswith("bloat")]
    (folder / "ad.md").unlink()
    gone = report(folder, DAY + timedelta(days=8))
    assert "bloat-unedited" in by_change(gone)["fixed"] and gone["changes"]["lapsed"] == 0


def test_what_ends_with_old_age_is_not_called_fixed(
    tmp_path: Path, report: Callable[..., dict[str, Any]]
) -> None:
    folder = write_blog(tmp_path / "b", DAY, posts=14)
    old = DAY - timedelta(days=360)
    write_post(folder, "old", old, "The the seal was worn, said Eva on Monday. " * 12)
    first = report(folder, DAY)
    assert "bloat-unedited" in by_change(first)["new"]
    write_post(folder, "new", DAY + timedelta(days=9), bodies("healthy-en")[15])
    later = report(folder, DAY + timedelta(days=10))
    assert "bloat-unedited" not in by_change(later)["fixed"]
    assert later["changes"]["lapsed"] >= 1


def test_what_lapsed_and_comes_back_is_open(
    tmp_path: Path, report: Callable[..., dict[str, Any]]
) -> None:
    """A post's finding that only the measure of the day tells from none does not flap."""
    folder = write_blog(tmp_path / "b", DAY)
    long = "\n\n".join(text.replace("#", "") for text in bodies("failing-en"))
    write_post(folder, "long", DAY, long)
    rules = {f["rule"] for f in report(folder, DAY)["findings"] if f["post"] == "long.md"}
    assert any(rule.startswith("bloat") for rule in rules)
    lapsed = report(folder, DAY + timedelta(days=7), "--ignore", "bloat")
    assert lapsed["changes"]["lapsed"] >= len(rules)
    back = report(folder, DAY + timedelta(days=8))
    own = [f for f in back["findings"] if f["post"] == "long.md" and f["reason"] == "bloat"]
    assert own and {f["change"] for f in own} == {"open"}
    assert back["changes"]["returned"] >= len(own)


def test_a_moved_blog_keeps_its_open_findings(
    tmp_path: Path, report: Callable[..., dict[str, Any]]
) -> None:
    folder = write_blog(tmp_path / "b", DAY)
    write_post(folder, "ad", DAY, "The the seal of pump nine was worn, Eva says. " * 9)
    report(folder, DAY)
    moved = folder.rename(tmp_path / "moved")
    for path in list(moved.glob("*.md")):
        path.rename(path.with_name(f"new-{path.name}"))
    blog = report(moved, DAY + timedelta(days=7))
    assert blog["previous"] is not None
    assert "bloat-unedited" in by_change(blog)["open"]
    assert blog["changes"]["posts_since"] == []


def test_a_reason_that_becomes_measurable_is_told(
    tmp_path: Path, report: Callable[..., dict[str, Any]]
) -> None:
    folder = tmp_path / "b"
    write_post(folder, "one", DAY, bodies("healthy-en")[15])
    report(folder, DAY)
    write_blog(folder, DAY - timedelta(days=3))
    why = " ".join(report(folder, DAY + timedelta(days=7))["changes"]["why"])
    assert "can be measured now" in why.lower()


def test_a_new_gap_is_new_beside_older_ones(
    tmp_path: Path, report: Callable[..., dict[str, Any]]
) -> None:
    folder = tmp_path / "b"
    texts = bodies("healthy-en")
    for n, days in enumerate((150, 110, 100, 90, 80, 45, 30, 20, 10)):
        write_post(folder, f"p{n}", DAY - timedelta(days=days), texts[n])
    first = report(folder, DAY)
    gaps = {f["message"] for f in first["findings"] if f["rule"] == "frequency-gap"}
    write_post(folder, "late", DAY + timedelta(days=15), texts[10])
    later = report(folder, DAY + timedelta(days=16))
    new = [f for f in later["findings"] if f["rule"] == "frequency-gap" and f["change"] == "new"]
    assert len(gaps) > 1 and len(new) == 1
    assert new[0]["message"] not in gaps and "25" in new[0]["message"]


def test_other_settings_are_told_instead_of_a_reason(
    tmp_path: Path, report: Callable[..., dict[str, Any]], language: str
) -> None:
    folder = write_blog(tmp_path / "b", DAY, language=language)
    report(folder, DAY)
    blog = report(folder, DAY + timedelta(days=1), "--profile", "strict", "--lang", language)
    (said,) = blog["changes"]["why"][:1]
    assert ("other settings" if language == "en" else "anderen Einstellungen") in said


def test_removed_and_backdated_posts_are_told(
    tmp_path: Path, report: Callable[..., dict[str, Any]]
) -> None:
    folder = write_blog(tmp_path / "b", DAY, posts=13)
    report(folder, DAY)
    (folder / "p12.md").unlink()
    write_post(folder, "back", DAY - timedelta(days=5), bodies("healthy-en")[14])
    blog = report(folder, DAY + timedelta(days=1))
    assert blog["changes"]["posts_since"] == ["back.md"]
    assert blog["changes"]["posts_removed"] == ["Pump p12"]
    assert "1 post is gone." in blog["changes"]["why"]


def verdict(scores: dict[str, float]) -> Verdict:
    """A verdict of these scores, each reason with its usual weight."""
    reasons = {name: ReasonVerdict(score, WEIGHTS[name]) for name, score in scores.items()}
    total = sum(WEIGHTS[name] for name in scores)
    mean = sum(WEIGHTS[name] * score for name, score in scores.items()) / total
    return Verdict("x", "x", ("en",), 10, round(mean, 1), "C", False, reasons, (), (), (),
                   as_of=datetime(2026, 6, 8, tzinfo=UTC))  # fmt: skip


def stored(scores: dict[str, float]) -> Stored:
    earlier = verdict(scores)
    reasons = {name: KnownReason(r.score, r.weight) for name, r in earlier.reasons.items()}
    return Stored(date(2026, 6, 1), datetime(2026, 6, 1, tzinfo=UTC), earlier.score, "C", "x",
                  reasons, ())  # fmt: skip


@pytest.mark.parametrize(
    ("topic", "named"),
    [(74.0, True), (76.0, False)],  # 2.2 of 10.5 points and 2.0 of 10.3: over and under a fifth
)
def test_only_reasons_that_moved_a_fifth_of_the_change_are_named(topic: float, named: bool) -> None:
    before = {"frequency": 100.0, "recycling": 100.0, "bloat": 100.0, "topic": 100.0}
    now = {"frequency": 80.0, "recycling": 100.0, "bloat": 100.0, "topic": topic}
    why = str(developed(verdict(now), stored(before), ()).development.said[0])  # type: ignore[union-attr]
    assert "frequency 100 → 80" in why
    assert (f"topic 100 → {topic:.0f}" in why) is named


def test_at_most_three_reasons_are_named() -> None:
    names = ("frequency", "recycling", "advertising", "length")
    before = dict.fromkeys(("frequency", "recycling", "advertorial", "bloat"), 100.0)
    now = {"frequency": 80.0, "recycling": 75.0, "advertorial": 67.0, "bloat": 50.0}
    why = str(developed(verdict(now), stored(before), ()).development.said[0])  # type: ignore[union-attr]
    assert sum(name in why for name in names) == 3
