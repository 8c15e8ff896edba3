"""Stores that were damaged: refused by name with what to do, or made anew; never a traceback."""

import random
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bloglint.config import Config, Settings
from bloglint.history.periodic import report_on
from bloglint.history.store import History, HistoryError
from bloglint.model import SourceError
from bloglint.model.blog import Post
from bloglint.press.index import Index, Newsroom, Part
from bloglint.running.options import RunOptions
from bloglint.text.shingles import shingles, telling_words

VALUES: list[Any] = [None, b"\xff\x00", "text", -5, 3.7, 10**12, "026-06-172", b"x\x9c", ""]
COLUMNS = [
    ("reports", "day"), ("reports", "as_of"), ("reports", "score"), ("reports", "grade"),
    ("reports", "body"), ("findings", "body"), ("blogs", "name"), ("addresses", "address"),
    ("addresses", "blog"), ("found", "place"), ("found", "finding"),
]  # fmt: skip


@pytest.fixture(scope="module")
def posts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small blog, which is judged in no time."""
    folder = tmp_path_factory.mktemp("posts")
    for n in range(1, 8):
        head = f"---\ntitle: Pump {n}\ndate: 2026-06-{n:02}\n---\n\n"
        text = f"{head}We took the the pump {n} apart.\n"
        (folder / f"p{n}.md").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory, posts: Path) -> bytes:
    path = tmp_path_factory.mktemp("history") / "h.sqlite"
    for day in ("2026-06-20", "2026-06-27"):
        options = RunOptions(as_of=day)
        assert not report_on([str(posts)], Settings(Config()), options, history=path).problems
    return path.read_bytes()


def used(path: Path) -> None:
    """Read everything; an error is one that a user understands."""
    try:
        with History(path) as history:
            for entry in history.entries():
                assert date.fromisoformat(entry.day).isoformat() == entry.day
                assert entry.score is None or 0 <= entry.score <= 100
            list(history.reports())
    except HistoryError:
        pass


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_values_of_another_type_or_out_of_range(
    tmp_path: Path, good: bytes, table: str, column: str
) -> None:
    for value in VALUES:
        path = tmp_path / "h.sqlite"
        path.write_bytes(good)
        base = sqlite3.connect(path)
        try:
            base.execute(f"update {table} set {column} = ?", (value,))
            base.commit()
        except sqlite3.Error:
            continue  # SQLite itself refuses it
        finally:
            base.close()
        used(path)


def test_bits_that_were_flipped(tmp_path: Path, good: bytes) -> None:
    chance = random.Random(34)
    for _ in range(20):
        data = bytearray(good)
        for _ in range(chance.choice([1, 3, 30])):
            data[chance.randrange(100, len(data))] ^= 1 << chance.randrange(8)
        path = tmp_path / "h.sqlite"
        path.write_bytes(data)
        used(path)


def test_a_newsroom_that_is_damaged_is_read_anew_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "room.sqlite"
    text = "We took the pump apart because it had stopped in the night and nobody knew why. " * 3
    posts = (Post("a", "A", text, language="en"),)
    parts = [Part("a", b"1", lambda: posts)]
    index = Index(path)
    index.update(lambda: parts)
    index.close()
    base = sqlite3.connect(path)
    base.execute("update releases set body = ?", (b"x\x9cnothing",))
    base.commit()
    base.close()
    index = Index(path)
    wanted = shingles(telling_words(text.split(), "en"))
    (release,) = Newsroom([index]).nearest(wanted, "en", None)
    with pytest.raises(SourceError, match="damaged"):
        _ = release.post
    assert not path.exists()


@pytest.mark.parametrize(
    "damage", ["alter table releases drop column published", "drop table shingles"]
)
def test_a_newsroom_of_another_layout_is_made_anew(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "room.sqlite"
    posts = (Post("a", "A", "We took the pump apart.", language="en"),)
    parts = [Part("a", b"1", lambda: posts)]
    index = Index(path)
    index.update(lambda: parts)
    index.close()
    with closing(sqlite3.connect(path)) as base:
        for name in [row[0] for row in base.execute("select name from sqlite_master")]:
            if name.startswith("by_") or "published" in name:
                base.execute(f"drop index {name}")
        base.execute(damage)
        base.commit()
    index = Index(path)
    assert index.update(lambda: parts) == [] and index.counts().total() == 1


def test_a_newsroom_that_breaks_while_it_is_asked_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "room.sqlite"
    index = Index(path)
    index.update(lambda: [])
    index._base.execute("drop table shingles")
    with pytest.raises(SourceError, match="damaged"):
        Newsroom([index]).nearest({1, 2}, "en", None)
    assert not path.exists()
