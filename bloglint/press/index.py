"""A company's press releases, indexed on disk so that a post finds its source among many.

Each source has one SQLite file, updated by content hash. A look-up reads only the postings of the
post's shingles: its time grows with how often these occur in the newsroom, not with the size of
the newsroom.
"""

from __future__ import annotations

import math
import sqlite3
import zlib
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property, lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from bloglint.cache.store import remove_database
from bloglint.model import Post, SourceError, replace, translate
from bloglint.text.document import WORD
from bloglint.text.language import detect_language
from bloglint.text.shingles import (
    COMPARED,
    FEWEST_WORDS,
    read_past_markup,
    shingles,
    telling_words,
)

#: A shingle found in more releases is ignored, unless a post has no rarer one.
MOST_HOLDERS = 600
#: How many of the best candidates are filtered by language and date.
RANKED = 500
#: How many of the rarest shingles are used if all are frequent.
FEW = 10
#: How long to wait for another process that is writing, in seconds.
PATIENCE = 120.0
#: Releases written in one transaction; a crash loses no more than these.
BATCH = 500
#: Of how many releases the post, and what is related to it, is kept; how many counts are.
_KEPT_OPEN, _KEPT_RELATED, _KEPT_COUNTS = 256, 1000, 500_000
_TABLES = """
create table if not exists parts (name text primary key, digest blob);
create table if not exists releases (
    id integer primary key, part text, digest blob, same blob, language text, words integer,
    published real, body blob);
create index if not exists releases_of_part on releases (part);
create table if not exists shingles (
    shingle integer, release integer, primary key (shingle, release)) without rowid;
"""


@lru_cache(maxsize=1)
def version() -> int:
    """Return the version of an index, a hash of the code that makes tables, words and shingles.

    An index of another version is rebuilt.
    """
    import Stemmer

    made = zlib.crc32(f"{Stemmer.version()}".encode())
    folder = Path(__file__).parents[1]
    for name in ("press/index.py", "text/shingles.py", "text/stems.py", "text/language.py"):
        made = zlib.crc32((folder / name).read_bytes(), made)
    return made % 2**31 or 1


def _layout(base: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return the tables and indexes of a database, with how they were made."""
    return base.execute("select name, sql from sqlite_master order by name").fetchall()


@cache
def _own_layout() -> list[tuple[str, str]]:
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(_TABLES)
        return _layout(base)


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a newsroom: its name there, the hash of its bytes, and how to read its releases.

    ``read`` may raise `SourceError`; the other parts are read all the same.
    """

    name: str
    digest: bytes
    read: Callable[[], Sequence[Post]]


@dataclass(frozen=True, slots=True)
class Release:
    """A release that shares shingles with a post: where it is stored, and how much it shares."""

    index: Index
    number: int
    same: bytes
    weight: float

    @property
    def post(self) -> Post:
        """The text of the release and its metadata."""
        return self.index.post(self.number)


class Index:
    """The releases of one source, in the file ``path`` or in memory.

    ``folder`` is the folder whose files the releases are, None if they have no files.
    """

    def __init__(self, path: Path | None = None, folder: Path | None = None) -> None:
        self.folder = folder
        self._posts: OrderedDict[int, Post] = OrderedDict()
        #: Of releases: their telling shingles, listed for a query, and the versions of them.
        self._related: dict[int, tuple[str, frozenset[int]]] = {}
        #: How many releases hold each shingle that was asked for.
        self._counted: dict[int, int] = {}
        self._total: int | None = None
        self.path = path
        self._base = self._open_or_anew(path)

    def _open_or_anew(self, path: Path | None, broken: bool = False) -> sqlite3.Connection:
        """Open the file; recreate it if it is broken, and use memory if it is not writable."""
        for attempt in (path, path, None):
            try:
                if broken and attempt is not None:
                    remove_database(attempt)
                base = self._open(attempt)
            except (sqlite3.Error, OSError):
                broken = True
            else:
                self.path = attempt
                return base
        raise AssertionError("a database in memory always opens")

    def _open(self, path: Path | None) -> sqlite3.Connection:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)  # drafts of releases are their author's business
        base = sqlite3.connect(path or ":memory:", timeout=PATIENCE, isolation_level=None)
        with suppress(sqlite3.OperationalError):
            base.execute("pragma page_size = 16384")
            base.execute("pragma journal_mode = wal")
        base.execute("pragma synchronous = normal")
        base.execute("pragma cache_size = -64000")
        made_by = base.execute("pragma user_version").fetchone()[0]
        if made_by not in (0, version()):
            base.close()
            raise sqlite3.DatabaseError("another version")
        if not made_by:
            made = f"begin immediate; {_TABLES} pragma user_version = {version()}; commit;"
            base.executescript(made)
        if _layout(base) != _own_layout():
            base.close()
            raise sqlite3.DatabaseError("another layout")
        return base

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def update(
        self,
        parts: Callable[[], Iterable[Part]],
        on_progress: Callable[[int], None] = lambda count: None,
    ) -> list[SourceError]:
        """Take in what is new, changed or gone, and return what could not be read.

        ``on_progress`` is called with the number of parts processed so far. Two processes may
        update an index at the same time.
        """
        try:
            return self._update(parts, on_progress)
        except sqlite3.DatabaseError:  # corrupt in the middle: rebuild it
            self._base.close()
            self._base = self._open_or_anew(self.path, broken=True)
            self._posts.clear()
            return self._update(parts, on_progress)

    def _update(
        self, parts: Callable[[], Iterable[Part]], on_progress: Callable[[int], None]
    ) -> list[SourceError]:
        base, failures = self._base, []
        known: dict[str, bytes] = dict(base.execute("select name, digest from parts"))
        self._related.clear()
        self._counted.clear()
        self._total = None
        seen: set[str] = set()
        before = base.total_changes
        written = 0
        try:
            for count, part in enumerate(parts(), 1):
                seen.add(part.name)
                if count % 100 == 0:
                    on_progress(count)
                if known.get(part.name) == part.digest:
                    continue
                try:
                    posts = part.read()
                except SourceError as error:  # retried the next time
                    failures.append(error)
                    posts, part = (), Part(part.name, b"", part.read)
                if not base.in_transaction:
                    base.execute("begin immediate")
                written += self._replace(part, posts)
                if written >= BATCH:
                    base.execute("commit")
                    written = 0
            for name in known.keys() - seen:
                if not base.in_transaction:
                    base.execute("begin immediate")
                self._replace(Part(name, b"", tuple), ())
                base.execute("delete from parts where name = ?", (name,))
            if base.in_transaction:
                base.execute("commit")
        finally:
            if base.in_transaction:
                base.execute("rollback")
        if base.total_changes - before > 100_000:
            with suppress(sqlite3.OperationalError):  # another process is reading: next time
                base.execute("vacuum")
        if base.total_changes > before:
            base.execute("pragma wal_checkpoint(truncate)")
        return failures

    def _replace(self, part: Part, posts: Sequence[Post]) -> int:
        """Replace the releases of one part by ``posts``; return how many were added."""
        base = self._base
        held = base.execute("select digest, id from releases where part = ?", (part.name,))
        old: dict[bytes, int] = dict(held.fetchall())
        new = {}
        for post in posts:
            body = msgspec.msgpack.encode(replace(post, path=None, translations=()))
            new[blake2b(body, digest_size=16).digest()] = (post, body)
        for digest in old.keys() - new.keys():
            self._delete(old[digest])
        added = new.keys() - old.keys()
        for digest, (post, body) in new.items():
            if digest in added:
                self._insert(part.name, digest, post, body)
        base.execute("insert or replace into parts values (?, ?)", (part.name, part.digest))
        return len(added)

    def _insert(self, part: str, digest: bytes, post: Post, body: bytes) -> None:
        text = read_past_markup(post.body)
        found = WORD.findall(text)
        spoken = detect_language(text, post.language, found) or ""
        words = telling_words(found, spoken)
        published = post.published.timestamp() if post.published else None
        same = blake2b(" ".join(words).encode(), digest_size=8).digest()
        row = (part, digest, same, spoken, len(text.split()), published)
        number = self._base.execute(
            "insert into releases values (null, ?, ?, ?, ?, ?, ?, ?)",
            (*row, zlib.compress(body, 9)),
        ).lastrowid
        if len(text.split()) >= FEWEST_WORDS:
            rows = [(shingle, number) for shingle in sorted(shingles(words))]
            self._base.executemany("insert or ignore into shingles values (?, ?)", rows)

    def _delete(self, number: int) -> None:
        found = [(shingle, number) for shingle in self._shingles(number)]
        self._base.executemany("delete from shingles where shingle = ? and release = ?", found)
        self._base.execute("delete from releases where id = ?", (number,))
        self._posts.pop(number, None)

    def _shingles(self, number: int) -> set[int]:
        query = "select language from releases where id = ?"
        language = self._one(query, (number,))
        return shingles(
            telling_words(WORD.findall(read_past_markup(self.post(number).body)), language)
        )

    def post(self, number: int) -> Post:
        """Return the release with this number."""
        if number not in self._posts:
            query = "select part, body from releases where id = ?"
            try:
                part, body = self._base.execute(query, (number,)).fetchone()
                post = msgspec.msgpack.decode(zlib.decompress(body), type=Post)
            except (sqlite3.Error, zlib.error, msgspec.MsgspecError, TypeError, ValueError):
                raise self._damaged() from None
            path = str(self.folder / part) if self.folder else None
            self._posts[number] = replace(post, path=path)
            if len(self._posts) > _KEPT_OPEN:
                self._posts.popitem(last=False)
        return self._posts[number]

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return the rows that a query finds.

        Raises:
            SourceError: the file is damaged.
        """
        try:
            return self._base.execute(query, values).fetchall()
        except sqlite3.DatabaseError:
            raise self._damaged() from None

    def _one(self, query: str, values: Sequence[Any] = ()) -> Any:
        """Return the one value that a query finds.

        Raises:
            SourceError: the file is damaged.
        """
        rows = self._rows(query, values)
        if not rows:
            raise self._damaged()
        return rows[0][0]

    def _damaged(self) -> SourceError:
        """Return the error for a file that is damaged, which the next run makes anew."""
        if self.path:
            remove_database(self.path)
        return SourceError(
            translate("what was kept of the newsroom is damaged"),
            translate("Run it again: the newsroom is read anew."),
        )

    def counts(self) -> Counter[str]:
        """Count the releases in each language; ``empty`` counts those without enough text."""
        query = (
            "select case when words < ? then 'empty' else language end, count(*) "
            "from releases group by 1"
        )
        return Counter(dict(self._rows(query, (FEWEST_WORDS,))))

    def fingerprint(self, as_of: datetime) -> bytes:
        """Return a hash of what the index holds, and how much had appeared by ``as_of``."""
        state = blake2b(digest_size=16)
        for name, digest in self._rows("select name, digest from parts order by name"):
            state.update(f"{name} {digest!r}\n".encode("utf-8", "replace"))
        query = "select count(*) from releases where published is null or published <= ?"
        count = self._one(query, (as_of.timestamp(),))
        state.update(f"{self.folder} {count}".encode("utf-8", "replace"))
        return state.digest()

    def _telling(self, query_shingles: Iterable[int]) -> dict[int, float]:
        """Return the weights of shingles, higher for rarer ones, without those too frequent."""
        asked = set(query_shingles)
        if len(self._counted) > _KEPT_COUNTS:
            self._counted.clear()
        new = asked - self._counted.keys()
        if new:
            query = f"""
                select shingle, count(*) from shingles
                where shingle in ({_listed(new)}) group by shingle"""
            self._counted.update(dict.fromkeys(new, 0))
            self._counted.update(self._rows(query))
        if self._total is None:
            self._total = self._one("select count(*) from releases")
        total = self._total or 0
        counted = ((shingle, self._counted[shingle]) for shingle in asked)
        held = sorted((one for one in counted if one[1]), key=lambda one: (one[1], one[0]))
        rare = [row for row in held if row[1] <= MOST_HOLDERS] or held[:FEW]
        return {shingle: math.log((total + 1) / count) + 1 for shingle, count in rare}

    def holders(self, query_shingles: Iterable[int], least: float) -> list[int]:
        """Return the releases that hold at least ``least`` of these shingles."""
        query = f"""
            select release from shingles
            where shingle in ({_listed(self._telling(query_shingles))})
            group by release having count(*) >= ? order by release"""
        return [number for (number,) in self._rows(query, (least,))]

    def nearest(
        self, query_shingles: Iterable[int], language: str, as_of: datetime | None
    ) -> list[Release]:
        """Return the releases in a language that share the most with a text of these shingles.

        Of releases with the same words, the first is returned; those after ``as_of`` are not yet
        there.
        """
        telling = self._telling(query_shingles)
        if not telling:
            return []
        values = ", ".join(f"({shingle}, {weight!r})" for shingle, weight in telling.items())
        query = f"""
            with query (shingle, weight) as (values {values}),
            best as (
                select release, sum(weight) as weight from query join shingles using (shingle)
                group by release order by weight desc, release limit {RANKED})
            select release, same, weight from best join releases on id = release
            where language = ? and (published is null or published <= ?)
            order by weight desc, release"""
        moment = as_of.timestamp() if as_of else math.inf
        found: dict[bytes, Release] = {}
        for number, same, weight in self._rows(query, (language, moment)):
            found.setdefault(same, Release(self, number, same, weight))
            if len(found) == COMPARED:
                break
        return list(found.values())

    def others(
        self, number: int, query_shingles: Collection[int], *, held: float, alike: float
    ) -> Iterator[int]:
        """Yield the otherwise different releases that hold a passage of this release.

        Args:
            number: the release.
            query_shingles: those of the passage.
            held: the share of these that a release must hold.
            alike: the share of a release's shingles from which another one is a version of it.
        """
        if number not in self._related:
            own = self._shingles(number)
            alikes = frozenset(self.holders(own, alike * len(own)))
            if len(self._related) >= _KEPT_RELATED:
                self._related.pop(next(iter(self._related)))
            self._related[number] = _listed(self._telling(own)), alikes | {number}
        listed, alikes = self._related[number]
        query = f"select 1 from shingles where release = ? and shingle in ({listed}) limit 1"
        for other in self.holders(query_shingles, held * len(query_shingles)):
            if other not in alikes and self._rows(query, (other,)):
                yield other


class Newsroom:
    """All press sources of a run; ``failures`` are the releases that could not be read."""

    def __init__(self, indexes: Sequence[Index] = (), failures: Sequence[SourceError] = ()) -> None:
        self.indexes, self.failures = tuple(indexes), tuple(failures)

    @classmethod
    def of(cls, posts: Iterable[Post]) -> Newsroom:
        """Return a newsroom of these releases, in memory."""
        index = Index()
        parts = [Part(str(n), b"-", partial(tuple, (post,))) for n, post in enumerate(posts)]
        index.update(lambda: parts)
        return cls([index])

    @cached_property
    def counts(self) -> Counter[str]:
        """The number of releases per language; ``empty`` counts those without enough text."""
        return sum((index.counts() for index in self.indexes), Counter())

    @property
    def places(self) -> tuple[tuple[Path, Path | None], ...]:
        """The index files with the folders of their releases, to be opened in another process."""
        return tuple((index.path, index.folder) for index in self.indexes if index.path)

    def fingerprint(self, as_of: datetime) -> bytes:
        """Return a hash of what a verdict as of a moment may find here."""
        failed = "\n".join(map(str, self.failures)).encode("utf-8", "replace")
        return b"".join(index.fingerprint(as_of) for index in self.indexes) + failed

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages of the releases."""
        return frozenset(self.counts) - {"empty", ""}

    def nearest(
        self, query_shingles: Iterable[int], language: str, as_of: datetime | None
    ) -> list[Release]:
        """Return the releases of all sources that share the most with a text, each text once."""
        numbers = set(query_shingles)
        found: dict[bytes, Release] = {}
        for index in self.indexes:
            for release in index.nearest(numbers, language, as_of):
                found.setdefault(release.same, release)
        return sorted(found.values(), key=lambda release: -release.weight)[:COMPARED]


def _listed(numbers: Iterable[int]) -> str:
    """Format numbers of our own for a query, in a fixed order."""
    return ", ".join(map(str, sorted(numbers)))


def index_file(folder: Path, source: str) -> Path:
    """Return the path of a source's index in a cache folder.

    The file name does not reveal the source.
    """
    return folder / "newsrooms" / f"{blake2b(source.encode(), digest_size=16).hexdigest()}.sqlite"
