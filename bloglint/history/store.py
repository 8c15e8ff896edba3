"""The history of reports: one SQLite file, with one report per blog and day.

A finding is stored once, however many reports contain it. Each report is one transaction, so a
crash loses it entirely or not at all, and two processes that write wait for each other.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from bloglint.history.records import (
    Stored,
    body_in,
    finding_in,
    is_same,
    packed_body,
    packed_finding,
)
from bloglint.model import GRADES, BloglintError, Text, Verdict, translate
from bloglint.web.addresses import plain

#: How long to wait for another process that is writing, in seconds.
PATIENCE = 60.0
#: The statements that create the tables, version by version; older files are migrated.
MIGRATIONS: Sequence[str] = (
    """
    create table blogs (id integer primary key, name text not null, since text not null);
    create table reports (
        blog integer not null references blogs (id) on delete cascade,
        day text not null, as_of text not null, score real, grade text, body blob not null,
        primary key (blog, day)) without rowid;
    create table findings (id integer primary key, body blob not null);
    create table found (
        blog integer not null, day text not null, place integer not null, finding integer not null,
        primary key (blog, day, place),
        foreign key (blog, day) references reports (blog, day) on delete cascade) without rowid;
    create index found_findings on found (finding);
    """,
    """
    create table addresses (
        address text primary key, blog integer not null references blogs (id) on delete cascade)
        without rowid;
    """,
)


class HistoryError(BloglintError):
    """The history cannot be read or written (exit code 4). Says why, where, and what to do."""


class BrokenHistoryError(HistoryError):
    """The history is damaged."""


class Entry(msgspec.Struct, frozen=True):
    """One report in the list of what is stored."""

    blog: int
    name: str
    addresses: tuple[str, ...]
    day: str
    score: float | None
    grade: str | None
    findings: int


_GRADES = frozenset(name for name, _ in GRADES)


def history_file() -> Path:
    """Return the history in the platform's data folder, or the one ``BLOGLINT_HISTORY`` names."""
    from platformdirs import user_data_path

    named = os.environ.get("BLOGLINT_HISTORY")
    return Path(named) if named else user_data_path("bloglint") / "history.sqlite"


def _text(value: Any) -> str:
    """Return what was read as a text; SQLite's columns take anything.

    Raises:
        ValueError: it is none. So do the functions below.
    """
    if not isinstance(value, str):
        raise ValueError(value)
    return value


def _day(value: Any) -> str:
    """Return what was read as a day, written as we write it."""
    if date.fromisoformat(_text(value)).isoformat() != value:
        raise ValueError(value)
    return str(value)


def _score(value: Any) -> float | None:
    """Return what was read as a score, from 0 to 100."""
    if value is not None and not (isinstance(value, int | float) and 0 <= value <= 100):
        raise ValueError(value)
    return value


def _grade(value: Any) -> str | None:
    """Return what was read as a grade."""
    if value is not None and value not in _GRADES:
        raise ValueError(value)
    return None if value is None else str(value)


class History:
    """The history file at ``path``, created or migrated on opening; a context manager closes it.

    Raises:
        HistoryError: the file cannot be created or read, is broken, or is of a later version; it
            is left unchanged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._moved: dict[int, tuple[datetime, list[tuple[str, str]]]] | None = None
        with self._translated_errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)  # what it says of blogs is its user's business
            self._base = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
            try:
                self._base.execute("pragma foreign_keys = on")
                self._base.execute("pragma synchronous = full")
                if self._version() < len(MIGRATIONS):
                    self._migrate()
            except BaseException:
                self._base.close()
                raise

    def __enter__(self) -> History:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def _version(self) -> int:
        """The version of the file's tables; 0 for an empty file.

        Raises:
            HistoryError: the version is too new, or the file belongs to another program.
        """
        # The tables first: another process may create them, with the version, in between.
        tables = {name for (name,) in self._base.execute("select name from sqlite_master")}
        (version,) = self._base.execute("pragma user_version").fetchone()
        if tables and (not version or "reports" not in tables):
            raise HistoryError(_NO_HISTORY, _OTHER_FILE, str(self.path))
        if version > len(MIGRATIONS):
            raise HistoryError(
                translate(
                    "this history is of version {version}, and this bloglint knows {known}",
                    version=version,
                    known=len(MIGRATIONS),
                ),
                translate("Update bloglint."),
                str(self.path),
            )
        return int(version)

    def _migrate(self) -> None:
        with self._writing():
            for script in MIGRATIONS[self._version() :]:
                for statement in script.split(";"):
                    self._base.execute(statement)
            self._base.execute(f"pragma user_version = {len(MIGRATIONS)}")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Run the block as one transaction, all or nothing."""
        self._base.execute("begin immediate")
        try:
            yield
        except BaseException:
            if self._base.in_transaction:  # with a full disk, SQLite rolls back by itself
                self._base.execute("rollback")
            raise
        self._base.execute("commit")

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        """Errors of the file as errors for a user."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise BrokenHistoryError(_BROKEN, _ASIDE, str(self.path)) from None
            raise HistoryError(_unwritten(str(error)), _WRITABLE, str(self.path)) from None
        except OSError as error:
            said = error.strerror or str(error)
            raise HistoryError(_unwritten(said), _WRITABLE, str(self.path)) from None
        except (zlib.error, msgspec.MsgspecError, ValueError, KeyError, TypeError, AttributeError):
            raise BrokenHistoryError(_BROKEN, _ASIDE, str(self.path)) from None

    def blog_of(self, verdict: Verdict, others: Collection[str] = ()) -> tuple[int | None, str]:
        """Return the number of a known blog, found by its address or, if it moved, its posts.

        With it comes the blog's previous address, empty if it has not moved; an unknown blog yields
        None and an empty string. A blog whose address is among ``others``, the sources of the same
        run, has not moved.
        """
        with self._translated_errors():
            known = dict(self._base.execute("select address, blog from addresses"))
            for address in _addresses(verdict):
                if address in known:
                    return int(known[address]), ""
            here = {known[a] for a in map(_place, others) if a in known}
            for blog, (then, names) in sorted(self._newest_posts().items()):
                if blog not in here and is_same(verdict, then, names):
                    places = (address for address, one in known.items() if one == blog)
                    return blog, next(places, "?")
        return None, ""

    def _newest_posts(self) -> dict[int, tuple[datetime, list[tuple[str, str]]]]:
        """Every blog's last report: its moment, and its posts by title and day."""
        if self._moved is None:
            query = (
                "select blog, as_of, body from reports r where day = "
                "(select max(day) from reports n where n.blog = r.blog)"
            )
            self._moved = {
                blog: (datetime.fromisoformat(as_of), [p.name for p in body_in(packed).posts])
                for blog, as_of, packed in self._base.execute(query)
            }
        return self._moved

    def before(self, blog: int, day: date) -> Stored | None:
        """Return the last report on a blog before a day, if any."""
        query = (
            "select day, as_of, score, grade, body from reports where blog = ? and day < ? "
            "order by day desc limit 1"
        )
        with self._translated_errors():
            row = self._base.execute(query, (blog, day.isoformat())).fetchone()
            return self._stored(blog, row) if row else None

    def is_ahead(self, day: date) -> str | None:
        """Return the newest day in the file if it is later than ``day``, else None."""
        with self._translated_errors():
            (newest,) = self._base.execute("select max(day) from reports").fetchone()
            newest = newest if newest is None else _day(newest)
        return newest if newest and newest > day.isoformat() else None

    def _stored(self, blog: int, row: Sequence[Any]) -> Stored:
        day, as_of, score, grade, packed = row
        body = body_in(packed)
        rows = self._base.execute(
            "select body from found join findings on id = finding where blog = ? and day = ? "
            "order by place",
            (blog, day),
        )
        return Stored(
            date.fromisoformat(_day(day)),
            datetime.fromisoformat(as_of),
            _score(score),
            _grade(grade),
            body.title,
            body.reasons,
            tuple(body.posts),
            tuple(finding_in(packed) for (packed,) in rows),
            body.terms,
        )

    def lapsed(self, blog: int, since: date, until: date) -> set[tuple[str, str | None]]:
        """Return the rule and post of every finding that has lapsed and not returned.

        Counts reports from the day ``since`` up to, but not including, ``until``.
        """
        query = "select body from reports where blog = ? and day >= ? and day < ? order by day"
        found: set[tuple[str, str | None]] = set()
        with self._translated_errors():
            rows = self._base.execute(query, (blog, since.isoformat(), until.isoformat()))
            for (packed,) in rows:
                body = body_in(packed)
                found -= set(body.returned)
                found |= set(body.lapsed)
        return found

    def course(self, blog: int, until: date, most: int = 60) -> list[tuple[date, float | None]]:
        """Return the days and scores of a blog's last reports up to a day, oldest first.

        At most the ``most`` latest ones.
        """
        query = (
            "select day, score from reports where blog = ? and day <= ? order by day desc limit ?"
        )
        with self._translated_errors():
            rows = self._base.execute(query, (blog, until.isoformat(), most)).fetchall()
            return [(date.fromisoformat(_day(day)), _score(score)) for day, score in reversed(rows)]

    def write(self, verdict: Verdict, as_of: datetime, blog: int | None) -> int:
        """Store a report, replacing one of the same day, and return the blog's number.

        Raises:
            HistoryError: it cannot be written; nothing of it was stored.
        """
        day = as_of.date().isoformat()
        packed = packed_body(verdict)
        findings = [packed_finding(finding) for finding in verdict.findings]
        with self._translated_errors(), self._writing():
            run = self._base.execute
            if blog is None:
                run("insert into blogs (name, since) values (?, ?)", (_plain(verdict.name), day))
                (blog,) = run("select last_insert_rowid()").fetchone()
            run("update blogs set name = ? where id = ?", (_plain(verdict.name), blog))
            for address in _addresses(verdict):
                run("insert or replace into addresses values (?, ?)", (address, blog))
            run("delete from reports where blog = ? and day = ?", (blog, day))
            moment = verdict.as_of or as_of
            row = (blog, day, moment.isoformat(), verdict.score, verdict.grade, packed)
            run("insert into reports values (?, ?, ?, ?, ?, ?)", row)
            for number, content in findings:
                run("insert or ignore into findings values (?, ?)", (number, content))
            self._base.executemany(
                "insert into found values (?, ?, ?, ?)",
                [(blog, day, place, number) for place, (number, _) in enumerate(findings)],
            )
        assert blog is not None
        return blog

    def entries(self) -> list[Entry]:
        """Return an entry for every stored report, by blog and day."""
        query = (
            "select b.id, b.name, r.day, r.score, r.grade, (select count(*) from found f "
            "where f.blog = r.blog and f.day = r.day) from reports r join blogs b on b.id = r.blog "
            "order by b.name, b.id, r.day"
        )
        with self._translated_errors():
            addresses: dict[int, list[str]] = {}
            for address, blog in self._base.execute("select address, blog from addresses"):
                addresses.setdefault(blog, []).append(_text(address))
            return [
                Entry(
                    blog,
                    _text(name),
                    tuple(sorted(addresses.get(blog, ()))),
                    _day(day),
                    _score(score),
                    _grade(grade),
                    int(count),
                )
                for blog, name, day, score, grade, count in self._base.execute(query)
            ]

    def reports(self) -> Iterator[tuple[Entry, Stored]]:
        """Yield every stored report in full, by blog and day."""
        query = "select day, as_of, score, grade, body from reports where blog = ? and day = ?"
        for entry in self.entries():
            with self._translated_errors():
                row = self._base.execute(query, (entry.blog, entry.day)).fetchone()
                stored = self._stored(entry.blog, row)
            yield entry, stored

    def prune(self, before: date, blog: int | None = None) -> int:
        """Remove reports from before a day, of one blog or all, and findings only they held.

        The newest report on each blog stays, so that there is something to compare with. Returns
        the number of reports removed.
        """
        older = "day < ? and day < (select max(day) from reports n where n.blog = reports.blog)"
        where, values = older, [before.isoformat()]
        if blog is not None:
            where, values = f"{older} and blog = ?", [*values, blog]  # type: ignore[list-item]
        with self._translated_errors():
            with self._writing():
                count = self._base.execute(f"delete from reports where {where}", values).rowcount
                self._base.execute(
                    "delete from findings where id not in (select finding from found)"
                )
            self._base.execute("vacuum")
        return int(count)


def set_aside(path: Path) -> Path:
    """Rename a broken history out of the way, and return its new path; nothing is deleted.

    Raises:
        OSError: it cannot be renamed.
    """
    number = 1
    while (aside := path.with_name(f"{path.name}.broken-{number}")).exists():
        number += 1
    path.rename(aside)
    journal = path.with_name(f"{path.name}-journal")  # left by an interrupted report
    if journal.exists():
        journal.rename(aside.with_name(f"{aside.name}-journal"))
    return aside


def _place(source: str) -> str:
    """A blog's address, or its absolute file path, as stored: never a password or token."""
    return plain(source) if "://" in source else _plain(str(Path(source).resolve()))


def _plain(text: str) -> str:
    """``text`` in a form that can be stored: file names may not be valid Unicode."""
    return text.encode("utf-8", "backslashreplace").decode()


def _addresses(verdict: Verdict) -> list[str]:
    """A blog's addresses: as named by a list or user, and as read."""
    named = [verdict.listing.source if verdict.listing else "", verdict.source]
    return list(dict.fromkeys(_place(one) for one in named if one and one != "-"))


_BROKEN = translate("this history is broken")
_ASIDE = translate(
    "Put it aside with `bloglint history set-aside` and begin anew, or restore a copy."
)
_NO_HISTORY = translate("this file is no history of bloglint")
_OTHER_FILE = translate("Name another one with --db.")
_WRITABLE = translate("Make room or the folder writable, or name another file with --db.")


def _unwritten(reason: str) -> Text:
    return translate("the history cannot be read or written ({reason})", reason=reason)
