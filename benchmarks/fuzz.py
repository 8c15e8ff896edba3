"""Whether anything but a BloglintError comes out of the readers and parsers, whatever goes in.

Run it from the checkout: ``python benchmarks/fuzz.py [--cases N] [--seeds FOLDER]``. Feeds and
posts are broken at random, read and parsed, one in 50 is judged as a whole; with ``--state``,
settings, own rules, portfolios, baselines, histories, caches and indexes. Case 1234 is always
the same for a ``--seed`` and a ``--seeds``: ``--first 1234 --cases 1`` makes it again.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import re
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from string import Template
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import bloglint
from bloglint.model import BloglintError
from bloglint.sources import ReadContext, published_by, read_blog
from bloglint.sources.opml import listed_blogs
from bloglint.text.document import Document

AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)
#: Seconds that a case may take, bytes that it and that its reader may take.
LIMIT, LONGEST, MEMORY = 5.0, 200_000, 4 << 30
#: docutils and Textile's library read some 30,000 bytes a second.
LONGEST_SLOW, SLOW = 50_000, (".rst", ".textile")
#: One case in so many goes through `bloglint.check`.
WHOLE = 50
PACKAGE = Path(bloglint.__file__).parent

WORDS = {
    "en": {
        "lang": "en",
        "title": "The pump's third life",
        "lead": "We took the pump apart on Monday. It had run for 9,131 hours – and then stopped.",
        "more": "“Nobody had looked at the seal since spring,” says Joan Miller, who found it.",
        "name": "Joan Miller",
    },
    "de": {
        "lang": "de",
        "title": "Das dritte Leben der Kühlpumpe",
        "lead": "Am Montag zerlegten wir die Pumpe. Sie lief 9.131 Stunden – z. B. auch nachts.",
        "more": "„Nach der Dichtung hat seit dem Frühjahr keiner gesehen“, sagt Jörg Müßig dazu.",
        "name": "Jörg Müßig",
    },
}
MARKDOWN = """
## $title

$lead[^1] $more See [the *plan*](https://example.com/a?b=1&c=2 "x") and <https://example.org>.

![A pump](pump.png) &amp; `code` **strong** ~~old~~ <br> x&#8203;y
<!-- bloglint-disable readability -->

> $more
> - $lead

1. $lead
   * [ ] $more

| a | b |
|---|:-:|
| 1 | $name |

```python
print("$title")
```

{{< figure src="a.png" >}} {% raw %}{{ x }}{% endraw %}

<div class="box"><p>$lead</p></div>

[^1]: $more
"""
HTML = (
    "<h2>$title</h2><p>$lead <a href='https://example.com/?a=1&amp;b=2'>$name</a></p>"
    "<blockquote><p>$more</p></blockquote><ul><li><p>$lead</li></ul>"
    "<figure><img src='a.png' alt='$title' width=600><figcaption>Foto: $name</figcaption></figure>"
    "<pre><code>x &lt; 1</code></pre><!-- bloglint-disable readability --><script>x()</script>"
    "<table><tr><td>$lead&nbsp;&#8222;x&#8220;</td></tr></table>"
)
REST = """$lead *$more* `a link <https://example.com>`_ and ``code`` |x|.

.. image:: a.png
   :alt: $title

- $lead

  $more

Next
----

    $more

.. bloglint-disable readability

::

    code()

=====  =====
a      b
=====  =====
1      $name
=====  =====

.. |x| replace:: y
.. [1] $lead
"""
ASCIIDOC = """$lead *$more* https://example.com[$name] `code` _x_ {author} footnote:[$more]

== $title

image::a.png[$title]
// bloglint-disable readability

* $lead
** $more

[quote, $name]
____
$more
____

----
code()
----

|===
|a |b
|1 |$name
|===
"""
TEXTILE = """h2. $title

$lead *$more* "$name":https://example.com @code@ !a.png($title)! x[1]

bq. $more

# $lead
#* $more

|_. a |_. b |
| 1 | $name |

<pre><code>x()</code></pre>

fn1. $more
"""
#: Small seeds of every format, by the suffix that its file gets.
TEMPLATES = (
    (".xml", "<?xml version='1.0' encoding='utf-8'?>\n<rss version='2.0' "
     "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
     "xmlns:slash='http://purl.org/rss/1.0/modules/slash/' "
     "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>$title</title>"
     "<link>https://example.com</link><language>$lang</language><item><title>$title</title>"
     "<guid>1</guid><link>https://example.com/2026/06/01/a</link><category>x</category>"
     "<dc:creator>$name</dc:creator><pubDate>Mon, 01 Jun 2026 10:00:00 +0200</pubDate>"
     "<slash:comments>3</slash:comments><description>$lead [...]</description>"
     f"<content:encoded><![CDATA[{HTML}]]></content:encoded></item><item><guid>2</guid>"
     "<description>&lt;p&gt;$more&lt;/p&gt;</description></item></channel></rss>"),
    (".xml", "<?xml version='1.0' encoding='utf-8'?>\n<feed xmlns='http://www.w3.org/2005/Atom' "
     "xml:lang='$lang'><title>$title</title><updated>2026-06-02T10:00:00Z</updated><entry>"
     "<id>tag:example.com,2026:1</id><title type='html'>$title</title><link href='/a'/>"
     "<published>2026-06-01T10:00:00.5+02:00</published><updated>2026-06-02T10:00:00Z</updated>"
     "<author><name>$name</name></author><category term='x'/><content type='xhtml'>"
     "<div xmlns='http://www.w3.org/1999/xhtml'><p>$lead</p><p>$more</p></div></content></entry>"
     "<entry><id>2</id><summary>$more</summary></entry></feed>"),
    (".xml", "<!DOCTYPE rdf:RDF [\n<!ENTITY a \"ha\">\n<!ENTITY b \"&a;&a;\">\n]>\n"
     "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
     "xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>"
     "<title>$title</title></channel><item rdf:about='1'><title>$title</title>"
     "<dc:date>2026-06-01</dc:date><description>$lead &b;</description></item></rdf:RDF>"),
    (".json", '{"version": "https://jsonfeed.org/version/1.1", "title": "$title", '
     '"language": "$lang", "authors": [{"name": "$name"}], "items": [{"id": 1, '
     '"title": "$title", "url": "https://example.com/a", "date_published": '
     '"2026-06-01T10:00:00+02:00", "tags": ["x", "y"], "content_html": '
     '"<p>$lead</p><blockquote>$more</blockquote>"}, {"id": "2", "author": {"name": "$name"}, '
     '"content_text": "$lead\\n\\n$more", "summary": "\\u00fc"}]}'),
    (".md", "---\ntitle: \"$title\"\ndate: 2026-06-01 10:00:00 +0200\nlang: $lang\nauthors:\n"
     "  - name: $name\n  - x\ntags: [a, b]\ndraft: false\nbloglint:\n  disable: [readability]\n"
     f"---\n{MARKDOWN}"),
    (".markdown", "+++\ntitle = \"$title\"\ndate = 2026-06-01T10:00:00+02:00\n"
     f"authors = [\"$name\"]\n[extra]\nweight = 1.5\n+++\n{MARKDOWN}"),
    (".md", '{"title": "$title", "date": "2026-06-01", "tags": ["a"], "draft": false}\n'
     f"{MARKDOWN}"),
    (".txt", f"Title: $title\nDate: 1. Juni 2026\nAuthor: $name, x\nLang: $lang\n\n{MARKDOWN}"),
    (".mdx", "---\ntitle: $title\npubDate: 2026-06-01\n---\nimport A from './a'\n\nexport const b "
     f"= {{c: 1}}\n\n<A x={{1}} y={{{{z: 2}}}}>\n\n$lead {{b.c}}\n\n</A>\n\n{{/* $more */}}\n"
     f"{MARKDOWN}"),
    (".html", "---\ntitle: $title\ndate: 2026-06-01\n---\n<!doctype html><html lang='$lang'><head>"
     f"<title>$title</title></head><body><nav>x</nav><article>{HTML}</article></body></html>"),
    (".rst", "$title\n==============================\n\n:date: 2026-06-01 10:00\n:author: $name\n"
     f":lang: $lang\n\n{REST}"),
    (".xml", "<?xml version='1.0'?><rss version='2.0' xmlns:wp='http://wordpress.org/export/1.2/' "
     "xmlns:dc='http://purl.org/dc/elements/1.1/' "
     "xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>$title</title>"
     "<link>https://example.com</link><language>$lang</language><wp:author><wp:author_login>a"
     "</wp:author_login><wp:author_display_name>$name</wp:author_display_name></wp:author><item>"
     "<title>$title</title><link>https://example.com/a</link><dc:creator>a</dc:creator>"
     "<pubDate>Mon, 01 Jun 2026 10:00:00 +0000</pubDate><content:encoded><![CDATA[<!-- wp:x "
     f'{{"a":1}} -->{HTML}<!-- /wp:x -->[gallery ids="1,2"]]]></content:encoded>'
     "<wp:post_id>1</wp:post_id><wp:post_date>2026-06-01 12:00:00</wp:post_date><wp:post_date_gmt>"
     "2026-06-01 10:00:00</wp:post_date_gmt><wp:comment_status>open</wp:comment_status><wp:status>"
     "publish</wp:status><wp:post_type>post</wp:post_type><category domain='post_tag' nicename='x'>"
     "x</category><wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_approved>1"
     "</wp:comment_approved></wp:comment></item></channel></rss>"),
    (".xml", "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom' "
     "xmlns:thr='http://purl.org/syndication/thread/1.0'><title>$title</title><entry><id>1</id>"
     "<category scheme='http://schemas.google.com/g/2005#kind' "
     "term='http://schemas.google.com/blogger/2008/kind#post'/><title>$title</title><published>"
     "2026-06-01T10:00:00.000+02:00</published><content type='html'>&lt;p>$lead $more&lt;/p>"
     "</content><link rel='alternate' href='https://example.com/a'/><author><name>$name</name>"
     "</author></entry><entry><id>2</id><thr:in-reply-to ref='1'/></entry></feed>"),
    (".json", '{"db": [{"meta": {"version": "5.0"}, "data": {"posts": [{"id": "1", "title": '
     '"$title", "html": "<p>$lead</p><p>$more</p>", "lexical": null, "status": "published", '
     '"published_at": "2026-06-01T10:00:00.000Z", "type": "post"}, {"id": "2", "lexical": '
     '"{\\"root\\": {\\"children\\": [{\\"text\\": \\"$lead\\"}]}}"}], "users": '
     '[{"id": "1", "name": "$name"}], "posts_authors": [{"post_id": "1", "author_id": "1"}], '
     '"tags": [{"id": "1", "name": "x"}], "posts_tags": [{"post_id": "1", "tag_id": "1"}], '
     '"settings": [{"key": "title", "value": "$title"}]}}]}'),
    (".adoc", f"= $title\n$name <a@example.com>\n2026-06-01\n:lang: $lang\n\n{ASCIIDOC}"),
    (".adoc", f"---\ntitle: $title\ndate: 2026-06-01\n---\n{ASCIIDOC}"),
    (".textile", f"---\ntitle: $title\ndate: 2026-06-01\n---\n{TEXTILE}"),
    (".rst", f".. title: $title\n.. date: 2026-06-01 10:00:00 UTC+02:00\n.. tags: a, b\n\n{REST}"),
)  # fmt: skip
#: Exports and lists of six posts each: suffix, head, one record, what joins them, tail. Of those in
#: XML, a reader must account for every record that a lenient parser sees.
EXPORTS = (
    (".xml", "<?xml version='1.0' encoding='UTF-8'?>\n<rss version='2.0' "
     "xmlns:wp='http://wordpress.org/export/1.2/' xmlns:dc='http://purl.org/dc/elements/1.1/' "
     "xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>$title</title>"
     "<link>https://example.com</link><language>$lang</language>",
     "<item><title>$title {n}</title><link>https://example.com/{n}</link><dc:creator>a</dc:creator>"
     "<guid>{n}</guid><content:encoded><![CDATA[<p>$lead &amp; $more {n}</p>]]></content:encoded>"
     "<wp:post_id>{n}</wp:post_id><wp:post_date_gmt>2026-06-0{n} 10:00:00</wp:post_date_gmt>"
     "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\n", "",
     "</channel></rss>"),
    (".xml", "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' "
     "xmlns:blogger='http://schemas.google.com/blogger/2018'><title>$title</title>",
     "<entry><id>{n}</id><blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status>"
     "<title>$title {n}</title><published>2026-06-0{n}T10:00:00Z</published><content type='html'>"
     "&lt;p>$lead $more {n}&lt;/p></content><author><name>$name</name></author></entry>\n", "",
     "</feed>"),
    (".opml", "<?xml version='1.0' encoding='UTF-8'?><opml version='2.0'><head><title>$title"
     "</title></head><body><outline text='x'>",
     "<outline text='$title {n}' type='rss' xmlUrl='https://example.com/{n}?a=1&amp;b=2'/>\n", "",
     "</outline></body></opml>"),
    (".json", '{"db": [{"meta": {}, "data": {"posts": [',
     '{"id": "{n}", "title": "$title", "html": "<p>$lead $more</p>", "status": "published", '
     '"published_at": "2026-06-0{n}T10:00:00.000Z", "type": "post"}', ", ",
     '], "users": [{"id": "1", "name": "$name"}]}}]}'),
    (".json", '{"version": "https://jsonfeed.org/version/1.1", "title": "$title", "items": [',
     '{"id": "{n}", "title": "$title {n}", "date_published": "2026-06-0{n}T10:00:00Z", '
     '"content_html": "<p>$lead $more {n}</p>"}', ", ", "]}"),
    (".zip", "<html><body><article class='h-entry'><h1 class=\"p-name\">$title</h1>"
     "<section data-field=\"body\" class=\"e-content\"><h3 class='graf--title'>$title</h3>",
     "<p class='graf'>$lead $more {n}</p>", "",
     "</section><footer><a class=\"p-author\" href='/a'>$name</a><time class=\"dt-published\" "
     "datetime=\"2026-06-01T10:00:00Z\">x</time></footer></article></body></html>"),
)  # fmt: skip
#: Names of files, some of them dated, translated or both.
NAMES = ("case", "index.de", "2026-06-01-case", "2026-99-99", "0000-0-0-x", "٢٠٢٦-٠٦-٠١-x.en")

DELIMITERS = [
    part.encode()
    for part in "< > & ] [ ( ) { } \" ' ` ``` ~~~ {{ }} {% %} {/* */} --- +++ ... === ___ *** * ** "
    "_ ~ ~~ | |-|\n # > - 1. : :: :a: .. ``x ![ ]( [^1]: $ $$ \\ / = % ; ! @ ^ \t \n \r \r\n \n\n "
    "&# &#x &#0; &#xD800; &#1114112; &amp &a; <! <!-- --> <!DOCTYPE <![ <![CDATA[ ]]> ]]]]> <? ?> "
    "<a <a> </a> <p> </p> <br/> </ /> <img <script> </script> <textarea> <pre> <svg> <title> "
    "<item> <entry> </item> <x:y xmlns:x=''> xmlns= xml:base='http://[' import\x20 export\x20 .._: "
    ".. |a| .. [a] `a`_ a_ __ |a|_ .. include:: ../x\n .. raw:: html\n .. image::\n "
    ".. csv-table:: a\n .. role:: x\n".split(" ")
    if part
]
#: What opens, what closes, and what stands between: to be nested.
NESTS = [
    (a.encode(), b.encode(), c.encode())
    for a, b, c in (
        ("[", "]", "x"), ("![", "](x)", "y"), ("(", ")", ""), ("{", "}", ""), ("{{", "}}", "x"),
        ("*", "*", "a"), ("_a ", " a_", "b"), ("**x ", "**", ""), ("`", "`", "x"), (">", "", " x"),
        ("> ", "", "x\n"), ("- ", "", "x"), ("1. ", "", "x"), ("* a\n\n ", "", "x"), ("„", "“", ""),
        ("<div>", "</div>", "x"), ("<blockquote>", "</blockquote>", "x"), ("<a href=x>", "", "x"),
        ("<ul><li>", "</li></ul>", "x"), ("<b>", "", "x"), ("<p", "", ""), ("<svg>", "</svg>", "x"),
        ("<!--", "-->", "x"), ("<![CDATA[", "]]>", "x"), ("&lt;", "&gt;", ""), ('{"a":', "}", "1"),
        ("[", "]", "1"), ('"', '"', "a"), ("a: {", "}", "b"), ("- - ", "", "x"), ("a.", "", "b=1"),
        ("\n.. note::\n\n ", "", "x"), ("\n:a: ", "", "x"), ("<item>", "</item>", "x"),
    )
]  # fmt: skip
#: Control characters, marks, joiners, surrogates, and what is no UTF-8 at all.
STRANGE = [
    *(bytes([n]) for n in (0, 1, 7, 8, 11, 12, 27, 28, 127, 0x80, 0x85, 0xA0, 0xC3, 0xFF)),
    *(c.encode() for c in "\x85\xa0\xad\u0301\u034f\u200b\u200d\u2028\u202e\u2060\ufeff\ufffe"),
    *(c.encode() for c in "\uffff\U000e0001\U0010ffffİßŉﬃ²٣①一👩‍👩‍👧"),
    b"\xc0\x80", b"\xed\xa0\x80", b"\xed\xb0\x80", b"\xf4\x90\x80\x80", b"\xf5", b"\xe2\x82",
    b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00\xd8", b"\x00\x00\xfe\xff", b"\x1b$B",
]  # fmt: skip
NUMBERS = [
    b"0", b"-1", b"-0", b"00", b"1_0", b"0x1F", b"1e999", b"-1e-999", b"NaN", b".inf", b"\xc2\xb2",
    b"4294967296", b"9223372036854775808", b"18446744073709551616", "٣".encode(), b"1:30:00",
    b"9" * 400, b"9" * 5000, b"1." + b"0" * 5000, b"1" + b"0" * 30 + b"e5",
]  # fmt: skip
DATES = [
    b"0000-00-00", b"0001-01-01T00:00:00+23:59", b"9999-12-31T23:59:59-23:59", b"1994-01-01",
    b"1994-01-01T00:00:00+23:59", b"9990-12-31T23:59:60Z", b"2026-02-30", b"2026-06-01T24:00:00Z",
    b"2026-06-01 10:00 +99:99", b"2026-06-01T10:00:00+00:00:00.000001", b"2026-W53-7", b"20260601",
    b"Mon, 01 Jun 99999 10:00:00 +0200", b"Mon, 00 Foo 2026 25:61:61 +9999", b"31 Feb 26 1:1 EST",
    b"Mon, 01 Jun 2026 10:00:00 -99999999999999", b"1. Smarch 2026", b"31. Februar 2026", b"now",
    "٢٠٢٦-٠٦-٠١".encode(), b"1. \xc2\xb2. 2026", b"1780308000", b"2026/06/01", b"-2026-06-01", b"",
]  # fmt: skip
BOMB = "&{0} [*{1},*{1},*{1},*{1},*{1},*{1},*{1},*{1},*{1},*{1}]"
#: Values that no field of a front matter or a JSON feed expects.
VALUES = [
    b"null", b"true", b"[]", b"{}", b"[[], {}, null, 1.5]", b"{name: [1, {a: b}]}", b'{"name": 1}',
    b"&a [*a]", b"&a {name: *a}", b"*a", b"!!binary aGk=", b"!!set {a, b}", b"!!omap [a: 1]", b"~",
    b"!!python/object:os.system x", b"!!timestamp x", b"!!int x", b"!!float x", b"? [a]\n: b",
    b"<<: *x", b"|\n  a", b'"\\ud800"', b'"\\u0000"', b"[1979-05-27]", b"07:32:00", b"'", b"@x",
    ("[&b0 [x," + ",".join(BOMB.format(f"b{n + 1}", f"b{n}") for n in range(9)) + "]]").encode(),
]  # fmt: skip
ENCODINGS = (
    "utf-8 utf-16 utf-16-le utf-32 utf-7 iso-8859-1 windows-1252 cp037 us-ascii shift_jis big5 "
    "gb18030 iso-2022-jp idna punycode unicode_escape raw_unicode_escape hex zlib base64 rot13 "
    "undefined mbcs x-none utf-8\x00 ''"
).split(" ")
_NUMBER = re.compile(rb"\d+(?:\.\d+)?")
_DATE = re.compile(rb"\d{4}-\d\d-\d\d(?:[T ][\d:.+Z-]*)?|\w{3}, \d\d? \w{3} \d{4} [\d:]+ [+-]?\w+")
_VALUE = re.compile(rb"(?<=[:=] )[^\n<>]{1,80}?(?=[,}\]]? *\n|, \")")
_ENCODING = re.compile(rb"(encoding=['\"])[^'\"]*")


@dataclass(frozen=True, slots=True)
class Case:
    """A file by its name and content."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Find:
    """What came out that should not: its kind, the project's innermost line, the last words."""

    kind: str
    place: str
    words: str = ""


def literals() -> list[Case]:
    """A seed of every format in English and German."""
    return [
        Case(f"case{suffix}", Template(text).safe_substitute(words).encode())
        for suffix, text in TEMPLATES
        for words in WORDS.values()
    ]


def exports() -> list[Case]:
    """An export or list of every kind in English and German, with six posts."""
    return [
        Case(
            f"case{suffix}",
            Template(
                head + joined.join(one.replace("{n}", str(n)) for n in range(1, 7)) + tail
            ).safe_substitute(words).encode(),
        )
        for suffix, head, one, joined, tail in EXPORTS
        for words in WORDS.values()
    ]  # fmt: skip


#: What an item or entry holds, if it is one.
_OWN = frozenset({"title", "link", "guid", "id", "published", "content", "encoded", "type"})


def records(case: Case) -> int:
    """How many records of an export or list in XML a lenient parser sees: those with a field."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False)
    try:
        root = etree.fromstring(case.content, parser)
    except etree.XMLSyntaxError:
        return 0
    count = 0
    for element in root.iter() if root is not None else ():
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if case.name.endswith(".opml"):
            count += name == "outline" and bool(element.get("xmlUrl", "").strip())
        else:
            own = {str(child.tag).rpartition("}")[2] for child in element}
            count += name in {"item", "entry"} and not own.isdisjoint(_OWN)
    return count


def lost(case: Case, file: Path) -> str:
    """What was lost of an export or list in XML that a lenient parser sees; empty if nothing."""
    seen = records(case)
    if not seen:
        return ""
    try:
        if case.name.endswith(".opml"):
            accounted = len(listed_blogs(str(file), ReadContext()))
        else:
            blog = read_blog(str(file))
            accounted = len(blog.posts) + len(blog.planned) + len(blog.undated)
            accounted += sum(blog.left_out.values()) - blog.left_out.get("draft", 0)
    except BloglintError as error:
        return f"all {seen} records ({error.message})"
    return f"{seen - accounted} of {seen} records" if accounted < seen else ""


def _span(random: Random, content: bytes) -> tuple[int, int]:
    """A run of bytes: mostly short, sometimes any."""
    start = random.randrange(len(content) + 1)
    most = len(content) if random.random() < 0.2 else 40
    return start, min(len(content), start + random.randint(1, max(1, most)))


def _many(random: Random, part: bytes) -> bytes:
    """``part`` once, or thousands of times."""
    times = random.choice((1, 1, 1, 1, 3, 3, 100, 100, 3000, 50_000))
    return part * min(times, LONGEST // max(1, len(part)))


def _insert(random: Random, content: bytes, part: bytes) -> bytes:
    at = random.choice((0, len(content), random.randrange(len(content) + 1)))
    return content[:at] + part + content[at:]


def _replace(random: Random, content: bytes, what: re.Pattern[bytes], by: bytes) -> bytes:
    """One place, or all, where ``what`` matches."""
    found = list(what.finditer(content))
    if not found:
        return _insert(random, content, by)
    if random.random() < 0.2:
        return what.sub(lambda _: by, content)
    start, end = random.choice(found).span()
    return content[:start] + by + content[end:]


def flip(random: Random, content: bytes, other: bytes) -> bytes:
    """Some bits turned over."""
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 4, 30)) if changed else 0):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def cut(random: Random, content: bytes, other: bytes) -> bytes:
    """A run of bytes left out, or the end."""
    start, end = _span(random, content)
    return content[:start] + (b"" if random.random() < 0.2 else content[end:])


def double(random: Random, content: bytes, other: bytes) -> bytes:
    """A run of bytes repeated."""
    start, end = _span(random, content)
    return content[:start] + _many(random, content[start:end]) + content[start:]


def swap(random: Random, content: bytes, other: bytes) -> bytes:
    """Two neighbouring runs of bytes changed about."""
    (a, b), c = _span(random, content), random.randrange(len(content) + 1)
    return content[:a] + content[b : max(b, c)] + content[a:b] + content[max(b, c) :]


def splice(random: Random, content: bytes, other: bytes) -> bytes:
    """A run of another seed put in."""
    start, end = _span(random, other)
    return _insert(random, content, other[start:end])


def delimit(random: Random, content: bytes, other: bytes) -> bytes:
    """A delimiter put in, once or thousands of times, alone or with what follows it."""
    part = random.choice(DELIMITERS)
    if random.random() < 0.3:
        part += random.choice((b"a", b" ", b"\n", b"=", random.choice(DELIMITERS)))
    return _insert(random, content, _many(random, part))


def undelimit(random: Random, content: bytes, other: bytes) -> bytes:
    """A delimiter left out, once or everywhere."""
    part = random.choice([part for part in DELIMITERS if part in content] or [b" "])
    return content.replace(part, b"", random.choice((1, 2, -1)))


def nest(random: Random, content: bytes, other: bytes) -> bytes:
    """What is nested, as deep as it gets; sometimes never closed."""
    opening, closing, inner = random.choice(NESTS)
    deep = min(
        random.choice((3, 3, 30, 30, 300, 300, 3000, 60_000)), LONGEST // len(opening + closing)
    )
    closed = deep if random.random() < 0.7 else random.choice((0, deep // 2))
    nested = opening * deep + inner + closing * closed
    return nested if random.random() < 0.2 else _insert(random, content, nested)


def indent(random: Random, content: bytes, other: bytes) -> bytes:
    """A list or a definition deeper by one step on each line."""
    mark, step = random.choice((b"- a", b"1. a", b"> a", b"a", b"a:")), random.choice((1, 2, 4))
    deep = random.choice((5, 50, 200))
    lines = (b" " * (step * n) + mark for n in range(deep))
    return _insert(random, content, b"\n" + b"\n".join(lines) + b"\n")


def strange(random: Random, content: bytes, other: bytes) -> bytes:
    """Characters that are rarely or never seen."""
    return _insert(random, content, _many(random, random.choice(STRANGE)))


def renumber(random: Random, content: bytes, other: bytes) -> bytes:
    """Numbers replaced."""
    return _replace(random, content, _NUMBER, random.choice(NUMBERS))


def redate(random: Random, content: bytes, other: bytes) -> bytes:
    """Dates replaced."""
    return _replace(random, content, _DATE, random.choice(DATES))


def revalue(random: Random, content: bytes, other: bytes) -> bytes:
    """Values of a front matter or a JSON feed replaced."""
    return _replace(random, content, _VALUE, random.choice(VALUES))


def declare(random: Random, content: bytes, other: bytes) -> bytes:
    """Another encoding declared than the one that is used."""
    name = random.choice(ENCODINGS).encode()
    if _ENCODING.search(content):
        return _ENCODING.sub(lambda found: found[1] + name, content, count=1)
    return b"<?xml version='1.0' encoding='" + name + b"'?>" + content


def encode(random: Random, content: bytes, other: bytes) -> bytes:
    """Another encoding used than the one that is declared, sometimes cut inside a character."""
    name = random.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "utf-8-sig"))
    return content.decode("utf-8", "replace").encode(name, "replace")[
        : -random.randrange(4) or None
    ]


MUTATIONS: tuple[Callable[[Random, bytes, bytes], bytes], ...] = (
    flip, cut, double, swap, splice, delimit, delimit, undelimit, nest, nest, indent, strange,
    strange, renumber, redate, revalue, revalue, declare, encode,
)  # fmt: skip


def make_case(seed: int, number: int, seeds: Sequence[Case]) -> Case:
    """Case ``number`` of a run; the first ones are the seeds themselves."""
    if number < len(seeds):
        return seeds[number]
    random = Random(f"{seed} {number}")
    chosen, other = random.choice(seeds), random.choice(seeds)
    content = chosen.content
    longest = LONGEST_SLOW if chosen.name.endswith(SLOW) else LONGEST
    for _ in range(random.choice((1, 1, 2, 2, 3, 4, 7))):
        content = random.choice(MUTATIONS)(random, content, other.content)[:longest]
    return Case(random.choice(NAMES) + Path(chosen.name).suffix, content)


def parse(document: Document) -> None:
    """Everything that a post's markup is parsed into, and the way back to its source."""
    assert document.words >= 0
    spans = [(one.start, one.end) for one in document.blocks]
    spans += [(one.start, one.end) for one in document.sentences]
    for start, end in spans:
        assert 0 <= start <= end <= len(document.text), (start, end)
        place = document.place(start, end)
        if place and place.column is not None:
            document.cut(place)
    for start, end in document.quotations:
        document.source_start(start, end)


def read(case: Case, folder: Path, *, whole: bool) -> None:
    """Read a case as a file and as a folder, and parse its posts; if ``whole``, judge it."""
    file = folder / case.name
    file.write_bytes(case.content)
    if file.suffix == ".zip":
        with ZipFile(file, "w") as archive:
            archive.writestr("posts/2026-06-01_case.html", case.content)
    if file.suffix in {".xml", ".opml"} and (what := lost(case, file)):
        raise LookupError(f"lost: {what}")
    for source in (folder, file):
        with contextlib.suppress(BloglintError):
            blog = published_by(read_blog(str(source)), AS_OF)
            posts = (*blog.posts, *blog.planned, *blog.undated) if source is file else ()
            for post in {post.id: post for post in posts}.values():
                parse(Document(post, blog.language))
    if whole and file.suffix != ".opml":  # whose blogs lie elsewhere
        with contextlib.suppress(BloglintError):
            bloglint.check(file, as_of=AS_OF)


@dataclass(frozen=True)
class Target:
    """What is tried: case N, and how it is used in an empty folder."""

    make: Callable[[int], Case]
    use: Callable[[Case, Path, int], None]


def find(target: Target, number: int) -> Find | None:
    """What comes out of a case, if it should not."""
    try:
        with TemporaryDirectory() as folder:
            target.use(target.make(number), Path(folder), number)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return told_by(error)
    return None


def told_by(error: BaseException) -> Find:
    """What an exception tells of itself."""
    frames = traceback.extract_tb(error.__traceback__)
    own, inner = _places([(frame.filename, frame.lineno or 0) for frame in reversed(frames)])
    words = traceback.format_exception_only(error)[-1].strip()
    return Find(type(error).__name__, own if own == inner else f"{own} in {inner}", words)


def _places(lines: Sequence[tuple[str, str | int]]) -> tuple[str, str]:
    """The project's innermost line and the innermost of all, from a traceback, innermost first."""
    places = [
        (f"{path.relative_to(PACKAGE.parent).as_posix() if own else path.name}:{line}", own)
        for path, line, own in ((Path(f), n, PACKAGE in Path(f).parents) for f, n in lines)
    ] or [("?", True)]
    return next((place for place, own in places if own), "?"), places[0][0]


def _death(told: str) -> Find:
    """What ended a process, by the traceback that `faulthandler` wrote, innermost line first."""
    place, inner = _places(re.findall(r'File "(.+)", line (\d+) in', told))
    return Find("hang" if "Timeout" in told else "crash", place, f"in {inner}")


def work(pipe: Connection, trace: Path, target: Target, numbers: Iterable[int]) -> None:
    """Tell of every case, in its own process, what came out and how long it took.

    A case over the limit ends the process, wherever it hangs.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with trace.open("w") as file:
        faulthandler.enable(file)
        for number in numbers:
            faulthandler.dump_traceback_later(LIMIT, exit=True, file=file)
            begun = time.perf_counter()
            found = find(target, number)
            faulthandler.cancel_dump_traceback_later()
            pipe.send((number, found, time.perf_counter() - begun))
    pipe.close()


def results(target: Target, numbers: range) -> Iterator[tuple[int, Find | None, float]]:
    """What came out of every case, and after how many seconds; a dead process is replaced."""
    with TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        while numbers:
            ours, theirs = Pipe(duplex=False)
            worker = Process(target=work, args=(theirs, trace, target, numbers))
            worker.start()
            theirs.close()
            try:
                while numbers:
                    number, numbers = numbers[0], numbers[1:]
                    yield ours.recv()
            except EOFError:
                worker.join()
                yield number, _death(trace.read_text("utf-8", "replace")), LIMIT
            finally:
                worker.kill()
                worker.join()


def run(target: Target, numbers: range, finds: Path, minutes: float) -> Counter[Find]:
    """All finds, without their words; the smallest case of each is kept in ``finds``."""
    begun = time.monotonic()
    counts: Counter[Find] = Counter()
    smallest: dict[Find, int] = {}
    slowest: list[tuple[float, int]] = []
    done = 0
    for number, found, seconds in results(target, numbers):
        done += 1
        slowest = sorted([*slowest, (seconds, number)], reverse=True)[:5]
        if found:
            print(f"{number}: {found.kind} at {found.place}: {found.words[:200]}", flush=True)
            distinct, case = replace(found, words=""), target.make(number)
            counts[distinct] += 1
            if len(case.content) < smallest.get(distinct, LONGEST + 1):
                smallest[distinct] = len(case.content)
                _keep(case, distinct, finds)
        if time.monotonic() - begun > minutes * 60:
            break
    print(f"{done} cases, {time.monotonic() - begun:.0f} s, {counts.total()} finds")
    print("slowest:", ", ".join(f"{number} ({seconds:.1f} s)" for seconds, number in slowest))
    return counts


def _keep(case: Case, found: Find, finds: Path) -> None:
    """Keep the smallest case of each find, by the name that it had."""
    folder = finds / re.sub(r"\W+", "-", f"{found.kind}-{found.place}")
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    (folder / case.name).write_bytes(case.content)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is found; 1 if anything is."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cases", type=int, default=20_000, help="how many (default: 20000)")
    parser.add_argument("--first", type=int, default=0, help="the first one's number (default: 0)")
    parser.add_argument("--seed", type=int, default=1, help="other cases (default: 1)")
    parser.add_argument("--exports", action="store_true", help="break exports and lists only")
    parser.add_argument("--state", action="store_true", help="break settings and stores only")
    parser.add_argument("--seeds", type=Path, help="a folder of more feeds and posts to break")
    parser.add_argument("--minutes", type=float, default=60, help="stop then (default: 60)")
    parser.add_argument("--finds", type=Path, default=Path("finds"), help="where they are kept")
    options = parser.parse_args(arguments)
    if options.state:
        from fuzz_state import state

        target, seen = state(options.seed)
    else:
        seeds = exports() if options.exports else literals()
        seen = len(seeds)
        if options.seeds:
            files = sorted(path for path in options.seeds.rglob("*") if path.is_file())
            seeds += [Case(path.name, path.read_bytes()[:LONGEST]) for path in files]
        target = Target(
            lambda number: make_case(options.seed, number, seeds),
            lambda case, folder, number: read(case, folder, whole=number % WHOLE == 0),
        )
    for number in range(seen):  # what is loaded late is loaded before the clock runs
        find(target, number)
    numbers = range(options.first, options.first + options.cases)
    counts = run(target, numbers, options.finds, options.minutes)
    for found, count in counts.most_common():
        print(f"{count:>6} {found.kind} at {found.place}")
    return 1 if counts else 0


if __name__ == "__main__":
    sys.exit(main())
