"""What is kept from one run to the next is never wrong, and never in the way."""

import json
import os
import re
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from threading import Thread

import msgspec
import pytest
from calls import Said

import bloglint
from bloglint.api import check_sources
from bloglint.cache import store
from bloglint.cache.store import BatchCache, Cache
from bloglint.checks import registry, reuse
from bloglint.cli import app
from bloglint.config import Config, Settings
from bloglint.engine import cached_linter
from bloglint.engine.linter import Linter
from bloglint.model import Post, Report, Text, replace, say
from bloglint.reporters.json import write_json
from bloglint.rules import load_rules
from bloglint.running.options import RunOptions
from bloglint.sources.folders import frontmatter
from bloglint.text.document import Document

POST = "---\ntitle: {}\ndate: 2026-06-{:02}\nlang: en\n---\n\nWe took pump {} apart. {}\n"
WORDS = "Nobody had looked at the seal since spring, and so it was worn when we found it. " * 8


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    blog = tmp_path / "blog"
    blog.mkdir()
    for n in range(1, 8):
        (blog / f"p{n}.md").write_text(POST.format(f"Pump {n}", n * 3, n, WORDS), "utf-8")
    return blog


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources of the blogs that were judged and not taken from what was kept."""
    found: list[str] = []
    original = Linter.lint

    def counting(self, snapshot):  # type: ignore[no-untyped-def]
        found.append(snapshot.source)
        return original(self, snapshot)

    monkeypatch.setattr(Linter, "lint", counting)
    return found


def check(folder: Path, cache: Path, *, as_of: str = "2026-06-30", **config: object) -> Report:
    settings = Settings(msgspec.convert(config, Config))
    return check_sources([str(folder)], settings, RunOptions(as_of=as_of, cache=cache))


def test_an_unchanged_blog_is_judged_once(folder: Path, tmp_path: Path, judged: list[str]) -> None:
    first = check(folder, tmp_path / "cache")
    assert check(folder, tmp_path / "cache") == first
    assert len(judged) == 1
    notes = first.blogs[0].reasons["recycling"].note
    again = check(folder, tmp_path / "cache").blogs[0].reasons["recycling"].note
    assert (
        isinstance(notes, Text) and isinstance(again, Text) and say(again, "de") == say(notes, "de")
    )


@pytest.mark.parametrize("change", ["word", "title", "date", "name", "gone", "draft", "other day"])
def test_whatever_changes_in_a_blog_is_judged_anew(
    folder: Path, tmp_path: Path, judged: list[str], change: str
) -> None:
    check(folder, tmp_path / "cache")
    post, text = folder / "p1.md", (folder / "p1.md").read_text("utf-8")
    if change == "word":
        post.write_text(text.replace("worn", "torn", 1), "utf-8")
    elif change == "title":
        post.write_text(text.replace("title: Pump", "title: The pump"), "utf-8")
    elif change == "date":
        post.write_text(text.replace("2026-06-03", "2026-06-04"), "utf-8")
    elif change == "name":
        post.rename(folder / "p0.md")
    elif change == "gone":
        post.unlink()
    elif change == "draft":
        post.write_text(text.replace("lang: en", "lang: en\ndraft: true"), "utf-8")
    as_of = "2026-06-29" if change == "other day" else "2026-06-30"
    again = check(folder, tmp_path / "cache", as_of=as_of)
    assert len(judged) == 2
    assert again == check(folder, tmp_path / "fresh", as_of=as_of)
    assert write_json(again) == write_json(check(folder, tmp_path / "fresh", as_of=as_of))


@pytest.mark.parametrize(
    "config",
    [
        {"profile": "strict"},
        {"ignore": ["bloat"]},
        {"options": {"bloat-length": {"max_words": 10}}},
        {"weights": {"bloat": 9.0}},
        {"names": ["Brunn"]},
        {"words": {"add": {"advertorial-superlative": ["worn"]}}},
        {"words": {"allow": ["worn"]}},
        {"title": "Another"},
        {"language": "en"},
        {"timezone": "Asia/Tokyo"},
        {"pauses": [{"from": date(2026, 6, 1), "to": date(2026, 6, 2)}]},
    ],
)
def test_whatever_changes_in_the_configuration_is_judged_anew(
    folder: Path, tmp_path: Path, judged: list[str], config: dict[str, object]
) -> None:
    check(folder, tmp_path / "cache")
    again = check(folder, tmp_path / "cache", **config)
    assert len(judged) == 2
    assert again == check(folder, tmp_path / "fresh", **config)


def test_a_rule_a_release_or_a_version_that_changes_is_judged_anew(
    folder: Path, tmp_path: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own, room, cache = tmp_path / "own", tmp_path / "room", tmp_path / "cache"
    for one in (own, room):
        one.mkdir()
    superlative = load_rules()["advertorial-superlative"]
    words = {
        "name": "own",
        "of": superlative.id,
        "about": {},
        "why": {},
        "phrases": {"en": ["x y"]},
    }
    check(folder, cache, rules=[str(own)])
    (own / "lists").mkdir()
    (own / "lists" / "own.yml").write_text(json.dumps(words), "utf-8")
    check(folder, cache, rules=[str(own)])
    (own / "lists" / "own.yml").write_text(json.dumps(words).replace("x y", "x z"), "utf-8")
    check(folder, cache, rules=[str(own)])
    (room / "one.md").write_text(POST.format("Release", 1, 1, WORDS), "utf-8")
    check(folder, cache, press=[str(room)])
    (room / "two.md").write_text(POST.format("Other", 1, 2, WORDS[::-1]), "utf-8")
    check(folder, cache, press=[str(room)])
    assert len(judged) == 5
    check(folder, cache, press=[str(room)])
    assert len(judged) == 5
    monkeypatch.setattr(cached_linter, "code_version", lambda: b"another version")
    check(folder, cache, press=[str(room)])
    assert len(judged) == 6


def test_a_check_of_a_package_is_judged_anew_when_its_code_changes(
    folder: Path, tmp_path: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = {"gap": "first"}
    monkeypatch.setattr(registry, "is_built_in", lambda check: check != "gap")
    monkeypatch.setattr(registry, "code_of", lambda check: code[check])
    for _ in range(2):
        check(folder, tmp_path / "cache")
    assert len(judged) == 1
    code["gap"] = "second"
    check(folder, tmp_path / "cache")
    assert len(judged) == 2
    code["gap"] = None  # type: ignore[assignment]
    for _ in range(2):  # nothing tells whether it has changed
        check(folder, tmp_path / "cache")
    assert len(judged) == 4


@pytest.mark.parametrize("field", ["source", "title", "url", "language", "markup", "body_start"])
def test_what_a_text_is_worked_out_from_is_in_its_fingerprint(field: str) -> None:
    post = Post("p", "Title", "Some words.", url="https://a.example/p", language="en")
    other = {"markup": "text", "body_start": 3}.get(field, "de")
    changed = replace(post, **{field: other})
    assert Document(post).fingerprint != Document(changed).fingerprint
    bare = replace(post, language=None)
    assert Document(bare, "de").fingerprint != Document(bare, "en").fingerprint
    assert Document(post).fingerprint == Document(replace(post, id="q")).fingerprint


def test_without_a_cache_nothing_is_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, judged: list[str]
) -> None:
    monkeypatch.setenv("BLOGLINT_CACHE", str(tmp_path / "cache"))
    for _ in range(2):
        monkeypatch.setattr(
            "sys.argv", ["bloglint", "check", str(folder), "--no-cache", "--as-of", "2026-06-30"]
        )
        with pytest.raises(SystemExit):
            app.run()
    assert len(judged) == 2 and not (tmp_path / "cache").exists()


@pytest.mark.parametrize("broken", [b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_broken_file_is_made_anew(
    folder: Path, tmp_path: Path, judged: list[str], broken: bytes
) -> None:
    (tmp_path / store.NAME).write_bytes(broken)
    for _ in range(2):
        check(folder, tmp_path)
    assert len(judged) == 1


def test_a_file_that_broke_inside_is_made_anew(tmp_path: Path) -> None:
    random = Random(1)

    def read() -> list[int]:
        cache = Cache(tmp_path)
        found = [n for n in range(200) if cache.get_data(b"%03d" % n, bytes) is not None]
        cache.close()
        return found

    def fill() -> None:
        cache = Cache(tmp_path)
        for n in range(200):
            cache.put_data(b"%03d" % n, random.randbytes(2000))
        cache.close()

    fill()
    whole = (tmp_path / store.NAME).read_bytes()
    half = len(whole) // 2
    (tmp_path / store.NAME).write_bytes(whole[:half] + b"x" * half)
    assert 0 < len(read()) < 200  # what can be read is used, then the file is given up
    assert read() == []
    fill()
    assert read() == list(range(200))


def test_a_broken_entry_is_worked_out_again(
    folder: Path, tmp_path: Path, judged: list[str]
) -> None:
    check(folder, tmp_path)
    with sqlite3.connect(tmp_path / store.NAME) as base:
        base.execute("update cache set value = ?", (b"broken",))
    assert check(folder, tmp_path).blogs and check(folder, tmp_path).blogs
    assert len(judged) == 2


@pytest.mark.parametrize(
    "value",
    [
        b"\x80\x05c_io\nopen\n.",  # a pickle that would open a file
        b'{"source": 1}',
        b'{"source":"x","title":"x","languages":"en"}',
        b"\x93\x01\x02\x03",
        b"null",
    ],
)
def test_what_is_read_back_is_data_of_its_type_or_nothing(
    folder: Path, tmp_path: Path, judged: list[str], value: bytes
) -> None:
    first = check(folder, tmp_path)
    with sqlite3.connect(tmp_path / store.NAME) as base:
        base.execute("update cache set value = ?", (zlib.compress(value),))
    assert check(folder, tmp_path) == first
    assert len(judged) == 2


def test_nothing_of_the_package_unpickles() -> None:
    package = Path(bloglint.__file__).parent
    code = {path: path.read_text("utf-8") for path in package.rglob("*.py")}
    assert [
        str(path) for path, text in code.items() if re.search(r"pickle|marshal|eval\(", text)
    ] == []


def test_front_matter_is_parsed_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    original = frontmatter._yaml

    def counting(block: str, where: str, fence: int) -> dict[str, object]:
        parsed.append(Path(where).stem)
        return original(block, where, fence)

    monkeypatch.setattr(frontmatter, "_yaml", counting)
    (folder / "p7.md").write_text((folder / "p7.md").read_text("utf-8").replace("lang", "{"))
    first = check(folder, tmp_path)
    assert "p7.md:5" in str(first.blogs[0].notes)
    assert parsed == [f"p{n}" for n in range(1, 8)]
    assert check(folder, tmp_path) == first
    assert parsed[7:] == ["p7"]  # what is broken is told each time
    (folder / "p1.md").write_text(POST.format("Pump 1 again", 3, 1, WORDS), "utf-8")
    titles = {post.title for post in check(folder, tmp_path).blogs[0].posts}
    assert parsed[8:] == ["p1", "p7"] and "Pump 1 again" in titles


def test_what_is_kept_together_is_written_when_enough_is_new(tmp_path: Path) -> None:
    made: list[int] = []

    def ask(numbers: Iterable[int], name: str = "squares") -> list[int]:
        made.clear()
        cache = Cache(tmp_path)
        batch = BatchCache(cache, name, int)

        def make(n: int) -> int:
            made.append(n)
            return n * n

        found = [batch.get(partial(bytes, (n,)), partial(make, n)) for n in numbers]
        batch.save()
        cache.close()
        return found

    assert ask(range(40)) == ask(range(40)) == [n * n for n in range(40)] and not made
    for _ in range(2):  # one in forty is made each time, and the others are not
        assert ask([*range(39), 77])[-1] == 77 * 77 and made == [77]
    for _ in range(2):  # two in forty are just not enough
        assert ask([*range(38), 77, 78])[-1] == 78 * 78 and made == [77, 78]
    ask([*range(37), 77, 78, 79])
    ask([*range(37), 77, 78, 79])
    assert not made
    ask(range(40))
    assert made == [37, 38, 39]  # what nobody asked for was dropped
    assert ask([5], "cubes") == [25] and made == [5]


def test_what_is_too_deep_is_not_kept(tmp_path: Path) -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    cache = Cache(tmp_path)
    cache.put_data(b"deep", deep)
    assert cache.get_data(b"deep", list) is None
    cache.close()


def test_one_block_in_two_kinds_of_fence_is_two_heads(folder: Path, tmp_path: Path) -> None:
    block = "date = 2026-06-28"
    for name, fence in (("a", "+++"), ("b", "---")):
        (folder / f"{name}.md").write_text(f"{fence}\n{block}\n{fence}\n\n{WORDS}", "utf-8")
    first = check(folder, tmp_path)
    dated = {post.path: post.published for post in first.blogs[0].posts if post.path}
    assert str(folder / "a.md") in dated and str(folder / "b.md") not in dated
    assert check(folder, tmp_path) == first


def test_two_blogs_in_folders_of_one_name_do_not_disturb_each_other(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    original = reuse._shingles

    def counting(context, post):  # type: ignore[no-untyped-def]
        made.append(post.id)
        return original(context, post)

    monkeypatch.setattr(reuse, "_shingles", counting)
    other = tmp_path / "other" / "blog"
    shutil.copytree(folder, other)
    for post in other.glob("*.md"):
        post.write_text(post.read_text("utf-8").replace("seal", "wheel"), "utf-8")
    for n in range(2):
        for blog in (folder, other):
            monkeypatch.chdir(blog.parent)
            new = POST.format(f"Pump {n}", 20 + n, n, WORDS)
            (blog / "p9.md").write_text(new.replace("pump", "engine"), "utf-8")
            check(Path("blog"), tmp_path / "cache")
    assert len(made) == 8 + 8 + 1 + 1


def test_where_nothing_can_be_written_nothing_is_kept(
    folder: Path, tmp_path: Path, judged: list[str]
) -> None:
    (tmp_path / "file").write_text("no folder")
    for _ in range(2):
        assert check(folder, tmp_path / "file" / "cache").blogs
    assert len(judged) == 2


def test_what_was_not_used_for_longest_makes_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = iter(range(0, 10_000_000, 10_000))
    monkeypatch.setattr(store, "_now", lambda: next(now))
    random = Random(1)
    cache = Cache(tmp_path, max_bytes=100_000)
    for n in range(12):
        cache.put_data(b"%d" % n, random.randbytes(10_000))
        assert cache.get_data(b"0", bytes) is not None  # used each time, so that it stays
    cache.close()
    cache = Cache(tmp_path, max_bytes=100_000)
    found = [n for n in range(12) if cache.get_data(b"%d" % n, bytes) is not None]
    assert found[0] == 0 and found[-1] == 11 and 8 <= len(found) <= 10
    cache.put_data(b"huge", random.randbytes(1_000_000))
    assert cache.get_data(b"huge", bytes) is None and cache.get_data(b"11", bytes) is not None
    cache.close()


def test_two_at_once_do_no_harm(tmp_path: Path) -> None:
    failures: list[BaseException] = []

    def use(first: int) -> None:
        try:
            cache = Cache(tmp_path)
            for n in range(first, first + 40):
                cache.put_data(b"%d" % (n % 50), n % 50)
                assert cache.get_data(b"%d" % (n % 50), int) in (None, n % 50)
            cache.close()
        except BaseException as error:
            failures.append(error)

    threads = [Thread(target=use, args=(first,)) for first in (0, 10, 20, 30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    cache = Cache(tmp_path)
    assert [cache.get_data(b"%d" % n, int) for n in range(50)] == list(range(50))
    cache.close()


@pytest.mark.parametrize(("language", "said"), [("en", "cleared"), ("de", "geleert")])
def test_the_cache_is_shown_and_cleared(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    said: str,
) -> None:
    monkeypatch.setenv("BLOGLINT_CACHE", str(tmp_path / "cache"))
    check(folder, tmp_path / "cache")

    def run(*arguments: str) -> str:
        monkeypatch.setattr("sys.argv", ["bloglint", "cache", *arguments, "--lang", language])
        with pytest.raises(SystemExit) as stopped:
            app.run()
        assert stopped.value.code == 0
        return capsys.readouterr().out

    assert "kB" in run() and str(tmp_path / "cache") in run("info")
    assert said in run("clear")
    assert ("nothing is kept" if language == "en" else "nichts ist aufbewahrt") in run()


@pytest.mark.skipif(os.name != "posix", reason="rights of this kind are POSIX's")
def test_a_cache_that_others_may_write_into_is_not_used(
    tmp_path: Path, call: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, post = tmp_path / "cache", tmp_path / "a.md"
    folder.mkdir()
    folder.chmod(0o777)
    post.write_text("---\ntitle: A\ndate: 2026-06-01\n---\nPumps run.\n", "utf-8")
    monkeypatch.setenv("BLOGLINT_CACHE", str(folder))
    said = call("check", post, "--as-of", "2026-06-30", "--isolated")
    assert said.err.count("others may write here") == 1 and not list(folder.iterdir())
    folder.chmod(0o700)
    assert "others may write" not in call("check", post, "--isolated").err and list(
        folder.iterdir()
    )
