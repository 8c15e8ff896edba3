"""Whether any two marks, repeated in turn, cost a reader more than their length.

Run it from the checkout: ``python benchmarks/marks.py [--readers NAME …]``. Each mark
that means something in some format, and each pair of them, is repeated up to ``--small``
characters, put where each reader expects a text, read, and parsed as a document; posts in Markdown
are judged too. What takes more than ``--share`` seconds of the processor is tried again with 40,000
characters, and ends the run with 1 if it then takes more than two seconds. docutils and textile,
whose own work grows with the square of a text, are told apart.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import TimeoutError
from contextlib import suppress
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from pebble import ProcessPool

from bloglint.engine.linter import lint_blog
from bloglint.model import BloglintError
from bloglint.rules import load_rules
from bloglint.sources import read_blog, restored
from bloglint.text.document import Document

#: What costs a pass for each mark, where something looks for its end again and again.
MARKS = (
    "<", "<!--", "-->", "<form>", '<div class="', "<h1", '<h1 class="p-name">', "<a ", "<p>", ">",
    '<section data-field="body">', "</section>", "&", "&#", "[", "](", "![", "]", "`", "```\n", "*",
    "_", "\n", "\n \n", " ", "\t", "\\", "=", "-", "---\n", "a-", "Pump-", "a.", "a@", "“", "„",
    '"', "'", "'s ", "{{", "{%", "{/*", "|", "> ", "- ", "# ", ".. x: ", ":: ", "Ab: x\n", ";;;",
    "...", "§", "1.", "2026-", "ß", "(", ")", "A", "http://a", "\u00ad", "\u0301", "\0",
    "import x\n",
)  # fmt: skip
LONG, LIMIT, PATIENCE = 40_000, 2.0, 60.0
#: Formats whose own parsers are slow for such texts; what they need is told, and not held to LIMIT.
SLOW = ("rst", "textile", "asciidoc")
AS_OF = datetime(2026, 6, 30, tzinfo=UTC)
HEAD = "---\ntitle: The pump\ndate: 2026-06-01\n---\n"


def _file(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, "utf-8", errors="replace")
    return path


def _zip(folder: Path, files: dict[str, str]) -> Path:
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for inner, content in files.items():
            archive.writestr(inner, content)
    return path


def _feed(text: str, title: str = "The pump") -> str:
    return (
        '<rss version="2.0"><channel><title>x</title><item><guid>1</guid>'
        f"<title>{escape(title)}</title><pubDate>Mon, 01 Jun 2026 10:00:00 +0000</pubDate>"
        f"<description>{escape(text)}</description></item></channel></rss>"
    )


def _wordpress(text: str) -> str:
    return (
        '<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content='
        '"http://purl.org/rss/1.0/modules/content/"><channel><title>x</title><item><title>The pump'
        "</title><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>"
        "<wp:post_date_gmt>2026-06-01 10:00:00</wp:post_date_gmt>"
        f"<content:encoded>{escape(text)}</content:encoded></item></channel></rss>"
    )


def _ghost(text: str) -> str:
    post = {"id": "1", "title": "The pump", "html": text, "status": "published",
            "published_at": "2026-06-01T10:00:00.000Z"}  # fmt: skip
    return json.dumps({"db": [{"meta": {"version": "5.0"}, "data": {"posts": [post]}}]})


def _json_feed(text: str) -> str:
    item = {"id": "1", "title": "The pump", "content_html": text,
            "date_published": "2026-06-01T10:00:00Z"}  # fmt: skip
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [item]}
    )


MEDIUM = (
    '<article><h1 class="p-name">The pump</h1><section data-field="body"><p>{}</p></section>'
    '<footer><a class="p-author">Ada</a><time class="dt-published" datetime="2026-06-01T10:00:00Z">'
    "</time></footer></article>"
)
SUBSTACK = (
    "post_id,title,post_date,is_published,type\n1.pump,The pump,2026-06-01T10:00:00Z,true,post\n"
)
READERS: dict[str, Callable[[Path, str], Path]] = {
    "markdown": lambda at, text: _file(at, "a.md", HEAD + text),
    "mdx": lambda at, text: _file(at, "a.mdx", HEAD + text),
    "html": lambda at, text: _file(at, "a.html", f"<html><body><p>{text}</body></html>"),
    "rst": lambda at, text: _file(at, "a.rst", f"The pump\n========\n\n{text}"),
    "textile": lambda at, text: _file(at, "a.textile", HEAD + text),
    "asciidoc": lambda at, text: _file(at, "a.adoc", f"= The pump\n\n{text}"),
    "front matter": lambda at, text: _file(at, "a.md", f"---\ntitle: {text}\n---\nA text."),
    "bare head": lambda at, text: _file(at, "a.md", text),
    "feed": lambda at, text: _file(at, "a.xml", _feed(text)),
    "feed title": lambda at, text: _file(at, "a.xml", _feed("A text.", text)),
    "broken feed": lambda at, text: _file(at, "a.xml", f"<rss><channel><item>{text}"),
    "json feed": lambda at, text: _file(at, "a.json", _json_feed(text)),
    "wordpress": lambda at, text: _file(at, "a.xml", _wordpress(text)),
    "ghost": lambda at, text: _file(at, "a.json", _ghost(text)),
    "medium": lambda at, text: _zip(at, {"posts/2026-06-01_p.html": MEDIUM.format(text)}),
    "substack": lambda at, text: _zip(at, {"posts.csv": SUBSTACK, "posts/1.pump.html": text}),
}  # fmt: skip


def seconds(reader: str, unit: str, length: int) -> float:
    """Return the seconds of the processor that one text takes a reader, a parse and a verdict."""
    text = unit * max(1, length // len(unit))
    with TemporaryDirectory() as folder:
        path = READERS[reader](Path(folder), text)
        begun = time.process_time()
        with suppress(BloglintError):
            blog = read_blog(str(path))
            for post in (*blog.posts, *blog.undated, *blog.planned):
                document = Document(restored(post), blog.language)
                _ = document.words, document.links, document.images, document.comments
            if reader == "markdown":
                lint_blog(blog, load_rules(), as_of=AS_OF)
        return time.process_time() - begun


def tried(case: tuple[str, str], small: int, share: float) -> tuple[int, list[tuple[str, float]]]:
    """Try one mark of one reader alone and with every other; return those that took too long."""
    reader, first = case
    slow = []
    units = [first, *(first + second for second in MARKS if second != first)]
    for unit in units:
        if seconds(reader, unit, small) > share:
            taken = seconds(reader, unit, LONG)
            if taken > LIMIT:
                slow.append((unit, taken))
    return len(units), slow


def main() -> int:
    """Try them all, and print what takes too long."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--small", type=int, default=5_000, help="characters to begin with")
    parser.add_argument("--share", type=float, default=0.25, help="seconds that they may take")
    parser.add_argument("--readers", nargs="*", default=list(READERS))
    options = parser.parse_args()
    cases = list(product(options.readers, MARKS))
    total, found, begun = 0, 0, time.monotonic()
    with ProcessPool(max_workers=2) as pool:
        started = [(case, pool.schedule(tried, args=[case, options.small, options.share],
                                        timeout=PATIENCE * 10)) for case in cases]  # fmt: skip
        for case, future in started:
            try:
                count, slow = future.result()
            except TimeoutError:
                count, slow = 0, [(case[1], PATIENCE * 10)]
            total += count
            for unit, taken in slow:
                kind = "slow parser" if case[0] in SLOW else "TOO SLOW"
                found += case[0] not in SLOW
                print(
                    f"{kind}: {case[0]}: {unit!r} × {LONG // len(unit)}: {taken:.1f} s", flush=True
                )
    took = time.monotonic() - begun
    print(f"{total} texts in {len(options.readers)} readers, {took:.0f} s, {found} too slow")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
