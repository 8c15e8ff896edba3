"""What is due: the next post, the day of death, planned posts; as a list and as a calendar."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from calls import Said
from ics import Calendar

from history.blogs import bodies, write_blog, write_post

Call = Callable[..., Said]
DAY = date(2026, 6, 1)


def calendar(call: Call, blog: Path, day: date, *more: str) -> dict[str, tuple[date, str, int]]:
    """By UID: the day, the summary and the sequence, as another library reads them."""
    done = call(
        "report", blog, "--db", blog.parent / "h.sqlite", "--as-of", day, "--format", "ical", *more
    )
    assert done.code == 0
    events = Calendar(done.out).events
    return {
        event.uid: (
            event.begin.date(),
            event.name,
            int(next(one.value for one in event.extra if one.name == "SEQUENCE")),
        )
        for event in events
    }


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_calendar_holds_deadline_death_and_planned_posts(
    tmp_path: Path, call: Call, language: str
) -> None:
    blog = write_blog(tmp_path / "blog", DAY, language=language)
    write_post(blog, "later", DAY + timedelta(days=9), bodies(f"healthy-{language}")[15])
    found = calendar(call, blog, DAY + timedelta(days=2), "--lang", language)
    days = {day: name for day, name, _ in found.values()}
    assert set(days) == {DAY + timedelta(days=n) for n in (9, 14, 32)}
    words = {
        "en": ("planned: Pump later", "next post due (one is planned)", "counts as abandoned"),
        "de": ("geplant: Pump later", "nächster Beitrag fällig (ist geplant)", "gilt ohne"),
    }[language]
    for offset, word in zip((9, 14, 32), words, strict=True):
        assert word in days[DAY + timedelta(days=offset)]


def test_an_event_keeps_its_uid_while_its_day_moves(tmp_path: Path, call: Call) -> None:
    blog = write_blog(tmp_path / "blog", DAY)
    first = calendar(call, blog, DAY)
    write_post(blog, "next", DAY + timedelta(days=5), bodies("healthy-en")[15])
    second = calendar(call, blog, DAY + timedelta(days=6))
    assert set(first) == set(second) and len(first) == 2
    for uid, (day, _, sequence) in first.items():
        assert second[uid][0] == day + timedelta(days=5)
        assert second[uid][2] > sequence


def test_the_calendar_is_the_same_for_the_same_day(tmp_path: Path, call: Call) -> None:
    blog = write_blog(tmp_path / "blog", DAY)
    call_ = ("report", blog, "--db", tmp_path / "h", "--as-of", DAY, "--format", "ical")
    assert call(*call_).out == call(*call_).out


def test_a_title_cannot_break_out_of_the_calendar(tmp_path: Path, call: Call) -> None:
    blog = write_blog(tmp_path / "blog", DAY)
    title = '"A; b, c\\\\nEND:VCALENDAR\\nBEGIN:VEVENT ä€ ' + "x" * 200 + '"'
    write_post(blog, "evil", DAY + timedelta(days=9), bodies("healthy-en")[15], title=title)
    done = call("report", blog, "--as-of", DAY, "--format", "ical")
    assert sum(line == "BEGIN:VEVENT" for line in done.out.splitlines()) == 3
    assert max(len(line.encode()) for line in done.out.splitlines()) <= 75
    names = [event.name for event in Calendar(done.out).events]
    assert any("xxx …" in name and "END:VCALENDAR" in name for name in names)


def test_drafts_without_a_day_are_told_and_one_author_is_given_a_stand_in(
    tmp_path: Path, call: Call
) -> None:
    blog = write_blog(tmp_path / "blog", DAY)
    for path in sorted(blog.glob("*.md"))[:9]:
        path.write_text(path.read_text("utf-8").replace("Jo Brandt", "Eva Lau"), "utf-8")
    write_post(blog, "idea", DAY, "Not yet.", title="An idea\ndraft: true")
    done = call("report", blog, "--as-of", DAY, "--lang", "en", "--format", "terminal")
    assert "1 draft without a day: An idea" in done.out
    assert "Eva Lau writes nearly everything" in " ".join(done.out.split())
    found = call("report", blog, "--as-of", DAY, "--format", "json")
    assert json.loads(found.out)["blogs"][0]["planned"] == [
        {"id": "idea.md", "title": "An idea", "day": None, "url": None, "path": f"{blog}/idea.md"}
    ]


def test_what_is_past_is_called_so(tmp_path: Path, call: Call) -> None:
    blog = write_blog(tmp_path / "blog", DAY)
    done = call("report", blog, "--as-of", DAY + timedelta(days=40), "--lang", "de")
    assert "gilt von diesem Tag an als verlassen" in done.out and "(überfällig)" in done.out
