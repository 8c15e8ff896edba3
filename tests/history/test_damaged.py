"""Stores that were damaged: refused by name with what to do, or made anew; never a traceback."""

import random
import sqlite3
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
