"""What fuzzing found, made small: each once raised, or took minutes."""

from __future__ import annotations

from pathlib import Path

import pytest

import bloglint
from bloglint.model import BloglintError
from bloglint.sources import read_blog
from bloglint.sources.feeds.feed import read_feed
from bloglint.sources.online.discover import linked_feeds
from bloglint.text.document import Document
from bloglint.text.shingles import read_past_markup

HEAD = "---\ntitle: {}\ndate: 2026-06-01\nlang: en\n---\n\nWe took the pump apart.\n\n{}\n"
ALIASES = "[&a [x,x], " + ", ".join(f"&{n} [{','.join(['*' + o] * 9)}]" for o, n in
                                    zip("abcdefgh", "bcdefghi", strict=True)) + "]"  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", HEAD.format(ALIASES, "")),
        ("a.md", HEAD.format(f"x\ndraft: {ALIASES}\nauthors: {ALIASES}", "")),
        ("a.md", '{"a": ' + "[" * 20_000),
        ("a.md", "+++\ntitle = 'x'\ndate = 2026-06-01\nweight = " + "9" * 5000 + "\n+++\nText.\n"),
        ("a.md", HEAD.format("x\nweight: 0000-0-0 0:0:0", "")),
        ("a.md", HEAD.format("x", "{" * 100_000)),
        ("a.mdx", HEAD.format("x", "{/*" * 30_000)),
        ("a.md", HEAD.format("x", "`" * 100_000)),
        ("a.md", HEAD.format("x", "<x:y" * 40_000)),
        ("a.md", HEAD.format("x", "👩" * 40_000)),
        ("a.md", HEAD.format("x", "&#" + "9" * 5000 + "; more")),
        ("a.md", HEAD.format("x", "<!-- open " * 8000)),
        ("a.md", HEAD.format("x", " \r\n" * 50_000)),
        ("a.rst", "Title\n=====\n\n" + "9" * 5000 + ". a list\n"),
        ("a.md", "---\na: !!bool x\n---\nText.\n"),
        ("a.md", "---\na: !!int ''\n---\nText.\n"),
        ("a.md", "---\na: !!timestamp x\n---\nText.\n"),
        ("a.md", "---\na: 1" + ":0" * 200 + ".0\n---\nText.\n"),
        ("a.md", "+++\na=" + "[" * 500 + "\n+++\nText.\n"),
        ("a.md", HEAD.format(f"x\nbloglint: {{disable: {ALIASES}}}", "")),
        ("a.md", HEAD.format("x", "(Aaaaa. Baaaa.) " * 10_000)),
        ("a.html", "<p>Text.</p><img alt='&#" + "9" * 4301 + ";'>"),
        ("a.html", "<p>a </p>" * 10_000),
        ("a.html", "<a " * 7500),
        ("a.html", "<!--" * 30_000),
        ("a.html", "<body><title>&#" + "9" * 5000 + ";</title>Text."),
        ("a.html", "<body><![---\ntitle: x> Text."),
        ("a.html", "<body>" + "<a " * 100_000),
        ("a.html", "<body>" + "<script type='application/ld+json'>[</script>" * 3000),
        ("a.rst", "Text.\n\n" + "`a <b>`_\n" * 1000),
        ("a.adoc", "Text.\n\n" + "link:" * 10_000),
        ("a.adoc", "Text.\n\n" + "http://a" * 10_000),
        ("a.adoc", "Text.\n\n" + "<<" * 25_000),
        ("a.adoc", "Text.\n\n" + "footnote:[" * 20_000),
        ("a.adoc", "Text.\n\nimage::a.png" + "[The pump" * 10_000),
        ("a.adoc", "Text.\n\n" + "kbd:[" * 20_000),
        ("a.textile", "Text.\n\n" + "a_" * 30_000),
        ("a.textile", "Text.\n\n" + "[#\n" * 5_000),
        ("a.textile", "Text.\n\n" + "<pre>\n\n" * 4_000),
        ("a.json", '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 1000),
        ("a.json", '{"db":[{"data":{"posts":[{"author_id":[],"status":[],"page":[]}]}}]}'),
        (
            "a.json",
            '{"db":[{"data":{"posts":[{"id":1}],"users":[{"id":[]}],'
            '"settings":[{"key":[]}],"posts_tags":[{"post_id":1,"tag_id":[]}]}}]}',
        ),
        (
            "a.xml",
            "<?xml version='1.0' encoding='x-none'?>"
            "<rss xmlns:wp='http://wordpress.org/export/1.2/'/>",
        ),
        (
            "a.xml",
            "<?xml version='1.0' encoding='x-none'?>"
            "<feed xmlns='http://schemas.google.com/g/2005#kind'/>",
        ),
        (
            "a.xml",
            "<rss version='2.0'><channel><item><description>&amp;#"
            + "9" * 4301
            + ";</description></item></channel></rss>",
        ),
        ("a.rst", "Title\n=====\n\n" + "".join(" " * n + "* a\n\n" for n in range(150))),
    ],
)
def test_a_file_that_broke_the_reader_is_read_or_refused(
    tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8", newline="")
    try:
        blog = read_blog(str(tmp_path / name))
    except BloglintError:
        return
    for post in blog.posts:
        document = Document(post)
        assert document.words == sum(s.words for s in document.sentences) <= len(post.source)
        assert len(read_past_markup(post.source)) <= len(post.source) + 1
    assert bloglint.check(tmp_path / name, as_of="2026-06-20").blogs


ITEM = "<rss version='2.0'><channel><item><title>T{}</title><guid>1</guid></item></channel></rss>"


@pytest.mark.parametrize(
    "content",
    [
        b"<?xml version='1.0' encoding='undefined'?>" + ITEM.format("\xfc").encode("latin-1"),
        b"<?xml version='1.0' encoding='punycode'?>" + ITEM.format("\xfc").encode("latin-1"),
        ITEM.format("&#xd800;&#55296;&#0;&#x110000;").encode(),
        ITEM.format("</title><slash:comments>" + "9" * 5000 + "</slash:comments><title>").encode(),
        b"<rss>" + b"\n" * 100_000 + ITEM.format("").encode(),
        ITEM.format("<ul><li>" * 20_000).encode(),
        ITEM.format("<!DOCTYPE" * 5000).encode(),
        b"<rss <rss <rss",
        b"<channel<item<link</item</link<",
        b"<rss><l xmlns:content='\xed\xa0/' s=''><content:d>",
        b"<?xml version='1.0' encoding='utf-8\0" * 1000 + b"<rss>",
    ],
)
def test_a_feed_that_broke_the_reader_is_read_or_refused(content: bytes) -> None:
    try:
        blog = read_feed(content, "x")
    except BloglintError:
        return
    assert len(blog.posts) + len(blog.undated) <= 1


@pytest.mark.parametrize("content", [b"\n" * 100_000 + b"> a", b"x" * 100_000, b"<" * 100_000])
def test_what_is_no_feed_is_refused_quickly(content: bytes) -> None:
    with pytest.raises(BloglintError):
        read_feed(content, "x")


@pytest.mark.parametrize("content", [b"<a " * 300_000, b"<![x", b"<link href='&#" + b"9" * 5000])
def test_a_page_that_is_no_page_names_no_feed(content: bytes) -> None:
    assert linked_feeds(b"<html>" + content, "https://blog.example/") == ([], [], [])
