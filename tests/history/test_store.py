"""What reports found is kept: by day, whole or not at all, through moves, versions and crashes."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from calls import Said
from pytest_httpserver import HTTPServer

import bloglint
from bloglint.history import store as histories
from bloglint.history.store import History, HistoryError, set_aside
from bloglint.model import BlogEntry, Verdict, replace, say
from bloglint.model.messages import plain
from history.blogs import write_blog, write_post

Call = Callable[..., Said]
DAY = date(2026, 6, 1)


def verdict_of(blog: Path, as_of: str = "2026-06-05") -> Verdict:
    return bloglint.check(blog, as_of=as_of).blogs[0]


def at(day: int) -> datetime:
    return datetime(2026, 6, day, 12, tzinfo=UTC)


@pytest.fixture
def verdict(tmp_path: Path) -> Verdict:
    return verdict_of(write_blog(tmp_path / "blog", DAY))


def test_a_report_comes_back_as_it_was(tmp_path: Path, verdict: Verdict) -> None:
    with History(tmp_path / "h.sqlite") as base:
        number = base.write(verdict, at(5), None)
        stored = base.before(number, date(2026, 6, 6))
    assert stored is not None and stored.day == date(2026, 6, 5) and stored.as_of == verdict.as_of
    assert (stored.score, stored.grade) == (verdict.score, verdict.grade)
    assert [str(f.message) for f in stored.findings] == [str(f.message) for f in verdict.findings]
    assert [say(f.message, "de") for f in stored.findings] == [
        say(f.message, "de") for f in verdict.findings
    ]
    assert [f.place for f in stored.findings] == [f.place for f in verdict.findings]
    assert stored.reasons["frequency"].score == verdict.reasons["frequency"].score
    assert [post.id for post in stored.posts] == [post.id for post in verdict.posts]


def test_the_same_day_replaces_and_an_earlier_one_stays(tmp_path: Path, verdict: Verdict) -> None:
    with History(tmp_path / "h.sqlite") as base:
        number = base.write(verdict, at(5), None)
        base.write(replace(verdict, score=1.0), at(12), number)
        base.write(replace(verdict, score=2.0, findings=()), at(12), number)
        assert base.course(number, date(2026, 6, 30)) == [
            (date(2026, 6, 5), verdict.score),
            (date(2026, 6, 12), 2.0),
        ]
        before = base.before(number, date(2026, 6, 12))
        assert before is not None and before.score == verdict.score
        assert [one.findings for one in base.entries()] == [len(verdict.findings), 0]


def test_a_blog_is_recognised_after_its_feed_moved(tmp_path: Path) -> None:
    old, new = write_blog(tmp_path / "old", DAY), write_blog(tmp_path / "new", DAY)
    write_post(new, "p99", date(2026, 6, 8), "Something else came since then. " * 20)
    other = tmp_path / "other"
    for n in range(5):
        write_post(other, f"o{n}", date(2026, 5, 1 + n), "Another blog. " * 40, title=f"Other {n}")
    with History(tmp_path / "h.sqlite") as base:
        number = base.write(verdict_of(old), at(5), None)
        moved = verdict_of(new, "2026-06-10")
        assert base.blog_of(moved) == (number, str(old))
        # While the old one is still reported on, the new one is a copy, not a move.
        assert base.blog_of(moved, [str(old), str(new)]) == (None, "")
        assert base.blog_of(verdict_of(other)) == (None, "")
        listed = replace(verdict_of(other), listing=BlogEntry(str(old)))
        assert base.blog_of(listed) == (number, "")  # the list's own address decides


def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "h.sqlite"
    code = (
        "import sys; from datetime import *; from pathlib import Path; import bloglint\n"
        "from bloglint.model import replace\nfrom bloglint.history.store import History\n"
        "v = bloglint.check(sys.argv[1], as_of='2026-06-05').blogs[0]\n"
        "for n in range(20):\n"
        "    with History(Path(sys.argv[2])) as base:\n"
        "        day = datetime(2026, 6, 1 + n, tzinfo=UTC)\n"
        "        base.write(v, day, base.blog_of(v)[0])\n"
    )
    blogs = []
    for n in range(2):
        for k in range(4):
            text = f"Text {n} {k} of its own. " * 30
            write_post(tmp_path / f"b{n}", f"x{n}{k}", date(2026, 5, 1 + k), text)
        blogs.append(tmp_path / f"b{n}")
    with ThreadPoolExecutor() as pool:
        calls = [[sys.executable, "-c", code, str(blog), str(file)] for blog in blogs]
        done = list(pool.map(lambda call: subprocess.run(call, capture_output=True), calls))
    assert [one.stderr for one in done] == [b"", b""]
    with History(file) as base:
        assert len(base.entries()) == 40 and len({one.blog for one in base.entries()}) == 2


def test_a_crash_in_the_middle_leaves_the_last_report(
    tmp_path: Path, verdict: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    with History(tmp_path / "h.sqlite") as base:
        number = base.write(verdict, at(5), None)
        entries = base.entries()
        monkeypatch.setattr(histories, "_addresses", lambda verdict: iter([1 / 0]))
        with pytest.raises(ZeroDivisionError):
            base.write(replace(verdict, score=0.0), at(5), number)
        assert base.entries() == entries


def test_an_earlier_schema_is_brought_up_to_date(
    tmp_path: Path, verdict: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "h.sqlite"
    with monkeypatch.context() as patch, sqlite3.connect(file) as base:
        patch.setattr(histories, "MIGRATIONS", histories.MIGRATIONS[:1])
        for statement in histories.MIGRATIONS[0].split(";"):
            base.execute(statement)
        base.execute("insert into blogs values (7, 'Old', '2020-01-01')")
        base.execute("pragma user_version = 1")
    with History(file) as base:
        assert base.write(verdict, at(5), 7) == 7
        assert base.blog_of(verdict) == (7, "")


def test_a_later_schema_is_refused_and_stays(tmp_path: Path, call: Call) -> None:
    file, blog = tmp_path / "h.sqlite", write_blog(tmp_path / "blog", DAY)
    with History(file):
        pass
    with sqlite3.connect(file) as base:
        base.execute("pragma user_version = 99")
    with pytest.raises(HistoryError, match=r"version 99.*knows 2.*Update"):
        History(file)
    done = call("report", blog, "--db", file, "--as-of", "2026-06-05", "--lang", "en")
    assert done.code == 4 and "version 99" in done.err
    assert (
        "could not be read" in done.out and "of 100" in done.out
    )  # the report is made all the same
    with sqlite3.connect(file) as base:
        assert base.execute("pragma user_version").fetchone() == (99,)


def test_a_broken_history_is_named_and_put_aside_only_when_asked(
    tmp_path: Path, call: Call
) -> None:
    file, blog = tmp_path / "h.sqlite", write_blog(tmp_path / "blog", DAY)
    file.write_bytes(b"this was a history once " * 400)
    before = file.read_bytes()
    for language, word in (("en", "broken"), ("de", "kaputt")):
        done = call("report", blog, "--db", file, "--as-of", "2026-06-05", "--lang", language)
        assert done.code == 4 and word in done.err and str(file) in done.err
        assert "set-aside" in done.err and file.read_bytes() == before
    listed = call("history", "--db", file, "--lang", "en")
    assert listed.code == 4 and "broken" in listed.err
    aside = call("history", "set-aside", "--db", file, "--lang", "en")
    assert aside.code == 0 and not file.exists()
    assert (tmp_path / "h.sqlite.broken-1").read_bytes() == before
    assert call("report", blog, "--db", file, "--as-of", "2026-06-05").code == 0
    fine = call("history", "set-aside", "--db", file, "--lang", "en")
    assert fine.code == 0 and "stays" in fine.out and file.exists()


def test_putting_aside_overwrites_nothing(tmp_path: Path) -> None:
    file = tmp_path / "h.sqlite"
    for content in ("one", "two"):
        file.write_text(content)
        set_aside(file)
    assert (tmp_path / "h.sqlite.broken-1").read_text() == "one"
    assert (tmp_path / "h.sqlite.broken-2").read_text() == "two"


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite"
    with sqlite3.connect(file) as base:
        base.execute("create table notes (text)")
    with pytest.raises(HistoryError, match="no history of bloglint"):
        History(file)
    with sqlite3.connect(file) as base:
        assert base.execute("select name from sqlite_master").fetchall() == [("notes",)]


def test_a_place_that_cannot_be_written_costs_only_the_history(tmp_path: Path, call: Call) -> None:
    blog = write_blog(tmp_path / "blog", DAY)
    (tmp_path / "file").write_text("")
    done = call("report", blog, "--db", tmp_path / "file" / "h.sqlite", "--as-of", "2026-06-05")
    assert done.code == 4 and "of 100" in done.out and "h.sqlite" in done.err


def test_a_full_disk_costs_only_the_history(tmp_path: Path, call: Call) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("needs /dev/full")
    blog = write_blog(tmp_path / "blog", DAY)
    done = call(
        "report", blog, "--as-of", "2026-06-05", "--format", f"html={full}", "--format", "terminal"
    )
    assert done.code == 4 and "No space left" in done.err and "of 100" in done.out


def test_a_full_disk_in_the_middle_keeps_what_was_there(tmp_path: Path, verdict: Verdict) -> None:
    with History(tmp_path / "h.sqlite") as base:
        number = base.write(verdict, at(5), None)
        entries = base.entries()
        (pages,) = base._base.execute("pragma page_count").fetchone()
        base._base.execute(f"pragma max_page_count = {pages}")
        many = enumerate(verdict.findings * 40)
        findings = (replace(f, message=plain(f"{n} {f.message}" * 50)) for n, f in many)
        long = replace(verdict, findings=tuple(findings))
        with pytest.raises(HistoryError, match=r"disk is full.*Make room"):
            base.write(long, at(12), number)
        assert base.entries() == entries


def test_a_clock_that_went_back_is_told(tmp_path: Path, call: Call) -> None:
    blog = write_blog(tmp_path / "blog", DAY)
    file = tmp_path / "h.sqlite"
    for day in ("2026-06-05", "2026-06-12"):
        assert call("report", blog, "--db", file, "--as-of", day).code == 0
    done = call("report", blog, "--db", file, "--as-of", "2026-06-08", "--format", "json")
    (found,) = json.loads(done.out)["blogs"]
    assert any("2026-06-12" in note and "went back" in note for note in found["notes"])
    assert found["previous"]["as_of"].startswith("2026-06-05")


def test_history_lists_exports_and_prunes(tmp_path: Path, call: Call) -> None:
    blog, file = write_blog(tmp_path / "blog", DAY), tmp_path / "h.sqlite"
    for day in ("2026-03-02", "2026-06-05", "2026-06-12"):
        call("report", blog, "--db", file, "--as-of", day)
    listed = call("history", "--db", file, "--lang", "de")
    assert "3 Berichte, 2026-03-02 bis 2026-06-12" in listed.out and str(blog) in listed.out
    rows = call("history", "export", "--db", file).out.splitlines()
    assert rows[0].startswith("blog,address,day,score,grade,frequency") and len(rows) == 4
    whole = json.loads(call("history", "export", "--db", file, "--format", "json").out)
    assert [one["as_of"][:10] for one in whole] == ["2026-03-02", "2026-06-05", "2026-06-12"]
    assert whole[0]["reasons"]["frequency"]["measures"]["dead_on"]
    pruned = call("history", "prune", "--db", file, "--older-than", "30d", "--as-of", "2026-06-12")
    assert pruned.code == 0 and "1" in pruned.out
    assert len(call("history", "export", "--db", file).out.splitlines()) == 3
    # The newest stays however old it is: the next report has something to compare with.
    call("history", "prune", "--db", file, "--older-than", "2027-01-01", "--as-of", "2027-01-01")
    assert len(call("history", "export", "--db", file).out.splitlines()) == 2
    with sqlite3.connect(file) as base:
        (orphans,) = base.execute(
            "select count(*) from findings where id not in (select finding from found)"
        ).fetchone()
    assert orphans == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("prune",), "how old is too old"),
        (("prune", "--older-than", "yesterday"), "no age or date"),
        (("list", "--blog", "nobody"), "no blog is called"),
    ],
)
def test_wrong_calls_say_what_to_do(
    tmp_path: Path, call: Call, arguments: tuple[str, ...], said: str
) -> None:
    blog, file = write_blog(tmp_path / "blog", DAY), tmp_path / "h.sqlite"
    call("report", blog, "--db", file, "--as-of", "2026-06-05")
    done = call("history", *arguments, "--db", file)
    assert done.code == 2 and said in done.err


def test_check_saves_what_report_compares_with(tmp_path: Path, call: Call) -> None:
    blog, file = write_blog(tmp_path / "blog", DAY), tmp_path / "h.sqlite"
    call("check", blog, "--save", "--db", file, "--as-of", "2026-06-05")
    done = call("report", blog, "--db", file, "--as-of", "2026-06-12", "--format", "json")
    assert json.loads(done.out)["blogs"][0]["previous"]["as_of"].startswith("2026-06-05")
    wrong = call("check", blog, "--db", file)
    assert wrong.code == 2 and "--save" in wrong.err


def test_a_part_of_a_blog_is_not_that_blog(tmp_path: Path, call: Call) -> None:
    """A feed of one category holds posts of the whole, and is a blog of its own."""
    whole = write_blog(tmp_path / "whole", DAY)
    call("report", whole, "--as-of", "2026-06-05")
    for n, path in enumerate(sorted(whole.glob("*.md"))):
        if n % 3 == 0:
            (tmp_path / "part").mkdir(exist_ok=True)
            (tmp_path / "part" / path.name).write_text(path.read_text("utf-8"), "utf-8")
    done = call("report", tmp_path / "part", "--as-of", "2026-06-12", "--format", "json")
    assert json.loads(done.out)["blogs"][0]["previous"] is None


def test_a_blog_that_moved_is_told_so(tmp_path: Path, call: Call) -> None:
    folder = write_blog(tmp_path / "old", DAY)
    call("report", folder, "--as-of", "2026-06-05")
    folder.rename(tmp_path / "new")
    done = call("report", tmp_path / "new", "--as-of", "2026-06-12", "--format", "json")
    (blog,) = json.loads(done.out)["blogs"]
    assert blog["previous"] and any("which moved" in note for note in blog["notes"])


def test_neither_another_programs_file_nor_a_later_one_is_put_aside(
    tmp_path: Path, call: Call
) -> None:
    other, later = tmp_path / "other.db", tmp_path / "later.db"
    with sqlite3.connect(other) as base:
        base.execute("create table notes (text)")
    with History(later):
        pass
    with sqlite3.connect(later) as base:
        base.execute("pragma user_version = 99")
    for file in (other, later):
        before = file.read_bytes()
        assert call("history", "set-aside", "--db", file).code == 4
        assert call("history", "list", "--db", file).code == 4
        assert file.read_bytes() == before
    assert not list(tmp_path.glob("*.broken*"))


def test_one_damaged_report_costs_only_its_comparison(tmp_path: Path, call: Call) -> None:
    file = tmp_path / "h.sqlite"
    blogs = [write_blog(tmp_path / name, DAY, 9 + n) for n, name in enumerate(("one", "two"))]
    call("report", *blogs, "--db", file, "--as-of", "2026-06-05")
    with sqlite3.connect(file) as base:
        base.execute("update reports set body = x'00' where blog = 1")
    done = call("report", *blogs, "--db", file, "--as-of", "2026-06-12", "--format", "json")
    found = json.loads(done.out)["blogs"]
    assert done.code == 4 and "broken" in done.err and len(found) == 2
    assert [one["previous"] is None for one in found] == [True, False]


def test_no_password_or_token_is_kept_or_shown(
    tmp_path: Path, call: Call, httpserver: HTTPServer
) -> None:
    feed = Path(__file__).parents[2] / "examples" / "healthy-en" / "feed.xml"
    httpserver.expect_request("/feed").respond_with_data(feed.read_bytes())
    host = httpserver.url_for("").removeprefix("http://")
    place = f"http://ada:hunter2@{host}/feed?token=sesame"
    (tmp_path / "p.yml").write_text(
        f"blogs: [{{name: A, feed: '{place}'}}, {{name: B, feed: '{place}&x=1'}}, {{feed: gone}}]"
    )
    file, said = tmp_path / "h.sqlite", ""
    for kind in ("terminal", "json", "csv", "html", "markdown", "ical"):
        for more in ((), ("--max-runtime", "1h")):
            done = call(
                "report", tmp_path / "p.yml", "--db", file, "--as-of", "2026-06-30", "--format",
                kind, *more,
            )  # fmt: skip
            said += done.out + done.err
    for action in ("list", "export"):
        said += call("history", action, "--db", file).out
    assert "127.0.0.1" in said or "localhost" in said
    assert "hunter2" not in said and "sesame" not in said
    assert b"hunter2" not in file.read_bytes() and b"sesame" not in file.read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="names of files that are no Unicode")
def test_a_file_whose_name_is_no_unicode_costs_nothing(tmp_path: Path, call: Call) -> None:
    blog = write_blog(tmp_path / "blog", DAY)
    (blog / "p00.md").rename(os.fsdecode(os.fsencode(blog) + b"/p\xff.md"))
    assert call("report", blog, "--as-of", "2026-06-05").code == 0
    assert call("report", blog, "--as-of", "2026-06-12").code == 0
