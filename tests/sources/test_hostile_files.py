"""Files made to hang, to blow up or to break: one message, and what can be read is judged."""

import importlib.util
import struct
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bloglint.model import Blog, SourceError
from bloglint.sources import ReadContext, read_blog
from bloglint.sources.folders.frontmatter import split_front_matter
from bloglint.sources.online.wordpress import _TAG
from bloglint.sources.read_limit import ReadLimit

PAGE = """<article><h1 class="p-name">The pump</h1><section data-field="body"><p>We took the pump
apart on Monday.</p></section><footer><a class="p-author">Ada</a>
<time class="dt-published" datetime="2026-06-01T10:00:00Z"></time></footer></article>"""
#: What costs a pass for each mark, where something looks for its end again and again.
MARKS = (
    "<", "<!--", "<form", "<form>", '<div class="', "<div class='subscribe'>", "<h1",
    '<h1 class="p-name">', "<a ", '<section data-field="body">', "</section>", "&", "&#", "[", "](",
    "![", "`", "*", "_", "\n \n", " ", "\t", "\\", "=", "-", "a-", "Pump-", "a.", "a@", "“", '"',
    "'s ", "{{", "{%", "|", "> ", "- ", "# ", ".. x: ", "Ab: x\n", ";;;", "...", "§", "1.", "ß",
)  # fmt: skip


def medium(tmp_path: Path, *pages: str, method: int = zipfile.ZIP_DEFLATED) -> Path:
    path = tmp_path / "medium.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        for n, page in enumerate(pages):
            archive.writestr(f"posts/2026-06-0{n + 1}_p.html", page)
    return path


def substack(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "substack.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        head = "post_id,title,post_date,is_published,type\n"
        archive.writestr("posts.csv", f"{head}1.pump,The pump,2026-06-01T10:00:00Z,true,post\n")
        archive.writestr("posts/1.pump.html", body)
    return path


def seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    with suppress(SourceError):
        work()
    return time.process_time() - begun


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("read", ["medium", "substack", "head", "title"])
def test_no_mark_that_is_repeated_costs_more_than_its_length(
    tmp_path: Path, read: str, mark: str
) -> None:
    """Growth, not speed: 40,000 marks within two seconds, where a pass for each takes minutes."""
    many = mark * 40_000
    if read == "medium":
        # What cannot be unpacked is not looked at; random bytes keep the ratio that of text.
        page = PAGE.replace("We took", f"{many} We took").replace("The pump", f"The {mark} pump")
        path = medium(tmp_path, page, PAGE + many, method=zipfile.ZIP_STORED)
        assert seconds(lambda: read_blog(str(path))) < 2
    elif read == "substack":
        assert seconds(lambda: read_blog(str(substack(tmp_path, f"<p>{many}</p>")))) < 2
    elif read == "head":
        for start in ("", "<!--\n", "Title: a\n", "---\ntitle: a\n", "{", '"a": '):
            assert seconds(lambda text=start + many: split_front_matter(text)) < 2  # type: ignore[misc]
    else:
        assert seconds(lambda: _TAG.sub("", many)) < 2


@pytest.mark.parametrize("unit", ["A", "a.", " ", "?", "img ", "{ ", "x-", "-a-"])
@pytest.mark.parametrize("place", ["title", "author", "date", "body"])
def test_a_long_field_costs_no_more_than_its_length(tmp_path: Path, place: str, unit: str) -> None:
    """In a post and in a feed, read and judged."""
    from bloglint.engine.linter import lint_blog
    from bloglint.rules import load_rules

    fields = {"title": "A", "author": "E", "date": "2026-06-01", "body": "We took it apart."}
    fields[place] = unit * (40_000 // len(unit))
    head = "".join(f'{name}: "{fields[name]}"\n' for name in ("title", "author", "date"))
    (tmp_path / "a.md").write_text(f"---\n{head}---\n{fields['body']}\n", "utf-8")
    feed = tmp_path / "feed.xml"
    feed.write_text(
        f"<rss version='2.0'><channel><title>x</title><item><title>{fields['title']}</title>"
        f"<author>{fields['author']}</author><pubDate>{fields['date']}</pubDate>"
        f"<description>{fields['body']}</description></item></channel></rss>",
        "utf-8",
    )
    rules, as_of = load_rules(), datetime(2026, 6, 30, tzinfo=UTC)
    for source in (tmp_path / "a.md", feed):
        assert seconds(lambda s=source: lint_blog(read_blog(str(s)), rules, as_of=as_of)) < 4  # type: ignore[misc]


def _benchmark() -> Any:
    """The benchmark that tries all pairs of marks in all readers."""
    file = Path(__file__).parents[2] / "benchmarks" / "marks.py"
    spec = importlib.util.spec_from_file_location("marks", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MARKS_OF_ALL = _benchmark()


@pytest.mark.parametrize("reader", sorted(MARKS_OF_ALL.READERS.keys() - set(MARKS_OF_ALL.SLOW)))
def test_a_sample_of_pairs_of_marks_costs_no_more_than_its_length(reader: str) -> None:
    random = Random(reader)
    for pair in ("-a-", *("".join(random.sample(MARKS_OF_ALL.MARKS, 2)) for _ in range(3))):
        assert MARKS_OF_ALL.seconds(reader, pair, MARKS_OF_ALL.LONG) < MARKS_OF_ALL.LIMIT, pair


def test_pelican_metadata_that_never_ends_is_read_line_by_line() -> None:
    assert split_front_matter("Title: a\n" + "Ab: x  \n" * 40 + "end")[0] == {}
    assert split_front_matter("Title: a\nDate: 2026-06-01\n\nText.")[0] == {
        "title": "a", "date": "2026-06-01",
    }  # fmt: skip
    assert split_front_matter("Title: a\r\nBy: x\r\n\r\nText.") == ({"title": "a", "by": "x"}, 17)
    assert split_front_matter("Title: a\nText without a blank line")[0] == {}
    assert split_front_matter("Date: b\n\nText.") == ({}, 0)


def test_nikola_metadata_may_hold_blank_lines() -> None:
    values, end = split_front_matter("<!--\n\n.. title: a\n \n.. date: b\n-->\n\nText.")
    assert values == {"title": "a", "date": "b"} and end == 35
    assert split_front_matter("<!--\n" + " \n" * 50_000)[0] == {}


def bomb(tmp_path: Path, posts: int = 3) -> Path:
    return medium(tmp_path, PAGE, *[PAGE + " " * 30_000_000 for _ in range(posts)])


def test_a_bomb_is_not_unpacked_and_the_rest_is_judged(tmp_path: Path) -> None:
    blog = read_blog(str(bomb(tmp_path)))
    assert [post.title for post in blog.posts] == ["The pump"]
    assert "could not be read: 3" in str(blog.notes[0]) and "packed too tightly" in str(
        blog.notes[0]
    )


def _broken(path: Path, change: Callable[[bytearray, int], None]) -> Path:
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        last = archive.infolist()[-1]
    change(data, last.header_offset)
    path.write_bytes(data)
    return path


def test_no_more_of_an_archive_is_unpacked_than_is_allowed(tmp_path: Path) -> None:
    pages = [PAGE.replace("pump", f"pump {n}") + "<!-- x -->" * 2_000 for n in range(6)]
    archive = medium(tmp_path, *pages, method=zipfile.ZIP_STORED)
    assert len(read_blog(str(archive)).posts) == 6
    part = read_blog(str(archive), ReadContext(limit=ReadLimit(archive_mb=0.05)))
    assert len(part.posts) == 2
    assert "4 (the first: posts/2026-06-03_p.html, the archive holds more than 0.05 MB)" in str(
        part.notes[0]
    )
    with pytest.raises(SourceError, match=r"holds more than 0\.01 MB") as none:
        read_blog(str(archive), ReadContext(limit=ReadLimit(archive_mb=0.01)))
    assert "max_archive_mb" in str(none.value.advice)


def _garble(data: bytearray, at: int) -> None:
    start = at + 30 + struct.unpack_from("<H", data, at + 26)[0]
    data[start : start + 40] = b"\xff" * 40


def _method(data: bytearray, at: int) -> None:
    struct.pack_into("<H", data, at + 8, 99)
    struct.pack_into("<H", data, data.rindex(b"PK\x01\x02") + 10, 99)


def _encrypted(data: bytearray, at: int) -> None:
    data[at + 6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1


@pytest.mark.parametrize("change", [_garble, _method, _encrypted])
def test_a_member_that_cannot_be_read_costs_only_itself(
    tmp_path: Path, change: Callable[[bytearray, int], None]
) -> None:
    path = _broken(medium(tmp_path, PAGE, PAGE.replace("pump", "valve")), change)
    blog = read_blog(str(path))
    assert [post.title for post in blog.posts] == ["The pump"] and len(blog.notes) == 1
    only = _broken(medium(tmp_path, PAGE), change)
    with pytest.raises(SourceError, match="could not be read: 1"):
        read_blog(str(only))


def test_exports_are_read_as_before(tmp_path: Path) -> None:
    card = '<div class="graf--mixtapeEmbed">card</div>'
    blog: Blog = read_blog(str(medium(tmp_path, PAGE.replace("<p>", f"{card}<p>"))))
    (post,) = blog.posts
    assert post.authors == ("Ada",) and "card" not in post.source and "took the pump" in post.source
    widget = '<div class="subscription-widget-wrap"><div>Subscribe</div>\n</div>'
    body = f"<p>Before.</p>{widget}<form action='x'>mail</form><p>After.</p>"
    (post,) = read_blog(str(substack(tmp_path, body))).posts
    assert post.source == "<p>Before.</p><p>After.</p>"
