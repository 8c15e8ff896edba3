"""The index of a newsroom: up to date by content, safe against crashes and neighbours."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from releases import CUT, OTHER, RELEASE, release

from bloglint.model import Post, SourceError
from bloglint.press.index import Index, Newsroom, Part, version
from bloglint.text.document import WORD
from bloglint.text.shingles import shingles, telling_words

LANGUAGES = ("en", "de")


def parts(texts: dict[str, str], language: str, read: list[str]) -> list[Part]:
    def reading(name: str, text: str) -> Sequence[Post]:
        read.append(name)
        return (release(language, name=name, text=text),)

    return [
        Part(name, text.encode()[:8], partial(reading, name, text)) for name, text in texts.items()
    ]


def names(index: Index, text: str, language: str) -> list[str]:
    wanted = shingles(telling_words(WORD.findall(text), language))
    return [found.post.id for found in Newsroom([index]).nearest(wanted, language, None)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_changed_is_read_again(language: str, tmp_path: Path) -> None:
    path, read = tmp_path / "index.sqlite", []
    texts = {"a": RELEASE[language], "b": OTHER[language]}
    index = Index(path)
    index.update(lambda: parts(texts, language, read))
    assert sorted(read) == ["a", "b"] and names(index, CUT[language], language) == ["a"]
    index.close()

    index = Index(path)
    index.update(lambda: parts(texts, language, read))
    assert sorted(read) == ["a", "b"]  # nothing anew
    texts["b"] = f"2026. {CUT[language]}"
    del texts["a"]
    index.update(lambda: parts(texts, language, read))
    assert sorted(read) == ["a", "b", "b"]
    assert names(index, CUT[language], language) == ["b"]
    assert not names(index, OTHER[language], language)  # its shingles went with it
    assert index.counts() == {language: 1}


def test_what_cannot_be_read_is_told_each_time_and_takes_nothing_down(tmp_path: Path) -> None:
    def fail() -> Sequence[Post]:
        raise SourceError("broken", "Mend it.", "b.md")

    index = Index(tmp_path / "index.sqlite")
    good = parts({"a": RELEASE["de"]}, "de", [])
    for _ in range(2):
        [failure] = index.update(lambda: [Part("b", b"1", fail), *good])
        assert failure.where == "b.md"
    assert names(index, CUT["de"], "de") == ["a"]


@pytest.mark.parametrize("kind", ["another version", "no database", "cut off"])
def test_a_file_that_is_no_good_is_made_anew(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    index = Index(path)
    many = {str(n): f"{n} {RELEASE['en']} {n}" for n in range(40)}
    index.update(lambda: parts(many, "en", []))
    index.close()
    if kind == "another version":
        with sqlite3.connect(path) as base:
            base.execute(f"pragma user_version = {version() - 1}")
        base.close()
    elif kind == "no database":
        path.write_bytes(b"nonsense" * 1000)
    else:
        path.write_bytes(path.read_bytes()[:40_000])
    index = Index(path)
    index.update(lambda: parts({"a": RELEASE["en"]}, "en", []))
    assert names(index, CUT["en"], "en") == ["a"]
    index.close()
    assert sqlite3.connect(path).execute("pragma integrity_check").fetchone() == ("ok",)


def test_where_nothing_can_be_written_it_is_kept_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    index = Index(tmp_path / "file" / "index.sqlite")
    index.update(lambda: parts({"a": RELEASE["en"]}, "en", []))
    assert names(index, CUT["en"], "en") == ["a"]


BUILD = """
import sys, time
from pathlib import Path
sys.path.insert(0, {tests!r})
from releases import RELEASE, release
from bloglint.press.index import Index, Part
def parts():
    for n in range(1500):
        if n == {slow}: print("half", flush=True); time.sleep({sleep})
        text = f"{{n}} {{RELEASE['de']}} {{n}}"
        yield Part(str(n), b"1", lambda n=n, text=text: (release("de", name=str(n), text=text),))
index = Index(Path({path!r}))
index.update(parts)
print(sum(index.counts().values()), flush=True)
"""


def builder(path: Path, slow: int = -1, sleep: int = 0) -> "subprocess.Popen[str]":
    tests = str(Path(__file__).parent)
    code = BUILD.format(tests=tests, path=str(path), slow=slow, sleep=sleep)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


def test_a_process_that_dies_loses_no_more_than_a_batch(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    with builder(path, slow=1200, sleep=60) as dying:
        assert dying.stdout is not None and dying.stdout.readline() == "half\n"
        time.sleep(0.05)
        os.kill(dying.pid, signal.SIGKILL)
    with sqlite3.connect(path) as base:
        assert base.execute("select count(*) from releases").fetchone() == (1000,)
        assert base.execute("pragma integrity_check").fetchone() == ("ok",)
    base.close()
    with builder(path) as again:
        assert again.communicate()[0] == "1500\n"


def test_two_processes_at_once_build_one_index(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    builders = [builder(path) for _ in range(2)]
    assert [one.communicate()[0] for one in builders] == ["1500\n", "1500\n"]
    with sqlite3.connect(path) as base:
        assert base.execute("select count(*) from releases").fetchone() == (1500,)
        held = base.execute("select count(*) from shingles where release not in "
                            "(select id from releases)").fetchone()  # fmt: skip
    base.close()
    assert held == (0,)


def test_the_cache_is_used_by_a_check_and_told_nothing_of_the_source(
    tmp_path: Path, _own_cache: Path
) -> None:
    import bloglint

    for folder, text in (("news-secret", RELEASE["en"]), ("posts", CUT["en"])):
        (tmp_path / folder).mkdir()
        head = "---\ntitle: t\ndate: 2026-06-04\n---\n"
        (tmp_path / folder / "one.md").write_text(head + text, encoding="utf-8")
    values = [
        bloglint.check(tmp_path / "posts", press=[tmp_path / "news-secret"], as_of="2026-06-30")
        for _ in range(2)
    ]
    assert values[0] == values[1]
    [file] = [one for one in (_own_cache / "newsrooms").iterdir() if one.suffix == ".sqlite"]
    assert "secret" not in file.name
