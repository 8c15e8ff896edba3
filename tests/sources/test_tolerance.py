"""Sources as programs and people really write them: nothing is lost, nothing is guessed."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bloglint.model import Blog, SourceError
from bloglint.sources import ReadContext, published_by, read_blog
from bloglint.sources.dates import DateOrder, parse_date
from bloglint.sources.fields import author_names, title_text
from bloglint.sources.opml import listed_blogs
from bloglint.text.document import Document

AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)
TEXT = "<p>We took pump {n} apart on Monday. It had run for years.</p>"


def read(path: Path) -> Blog:
    return published_by(read_blog(str(path)), AS_OF)


def days(blog: Blog) -> list[str]:
    return [f"{post.published:%m-%d}" if post.published else "" for post in blog.posts]


def wxr(*posts: str) -> bytes:
    head = (
        "<?xml version='1.0' encoding='UTF-8'?>\n<rss version='2.0' "
        "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
        "xmlns:excerpt='http://wordpress.org/export/1.2/excerpt/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/' "
        "xmlns:wp='http://wordpress.org/export/1.2/'><channel><title>B</title>\n"
    )
    return f"{head}{''.join(posts)}</channel></rss>".encode()


def wxr_post(n: int, title: str = "Pumps") -> str:
    return (
        f"<item><title>{title} {n}</title><link>https://b.example/{n}</link>"
        f"<dc:creator>ada</dc:creator><guid>{n}</guid>"
        f"<content:encoded><![CDATA[{TEXT.format(n=n)}]]></content:encoded>"
        "<excerpt:encoded><![CDATA[short]]></excerpt:encoded>"
        f"<wp:post_date_gmt>2026-06-0{n} 10:00:00</wp:post_date_gmt><wp:status>publish</wp:status>"
        "<wp:post_type>post</wp:post_type></item>\n"
    )


def blogger(*_: str) -> bytes:
    entries = "".join(
        f"<entry><id>{n}</id><blogger:type>POST</blogger:type><title>Pumps {n}</title>"
        f"<published>2026-06-0{n}T10:00:00Z</published>"
        f"<content type='html'>{TEXT.format(n=n).replace('<', '&lt;')}</content></entry>\n"
        for n in range(1, 7)
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' "
        f"xmlns:blogger='http://schemas.google.com/blogger/2018'><title>B</title>{entries}</feed>"
    ).encode()


def opml(*_: str) -> bytes:
    outlines = "".join(
        f"<outline text='Pumps {n}' type='rss' xmlUrl='https://b.example/{n}'/>\n"
        for n in range(1, 7)
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><opml version='2.0'><head><title>B</title></head>"
        f"<body>{outlines}</body></opml>"
    ).encode()


DOCUMENTS = {"wxr": wxr(*map(wxr_post, range(1, 7))), "blogger": blogger(), "opml": opml()}
#: What is done to the third post, or to the document, and whether it is worth a note.
FAULTS: dict[str, tuple[Callable[[bytes], bytes], bool]] = {
    "control character": (lambda c: c.replace(b"Pumps 3", b"Pumps\x10 3"), True),
    "NUL": (lambda c: c.replace(b"Pumps 3", b"Pumps\0 3"), True),
    "reference to one": (lambda c: c.replace(b"Pumps 3", b"Pumps&#x1c; 3"), True),
    "ampersand": (lambda c: c.replace(b"Pumps 3", b"Pumps & 3"), True),
    "ampersand before a word": (lambda c: c.replace(b"Pumps 3", b"Pumps&Co 3"), True),
    "entity of HTML": (lambda c: c.replace(b"Pumps 3", b"Pumps&nbsp;3"), True),
    "angle bracket": (lambda c: c.replace(b"Pumps 3", b"Pumps < 3"), True),
    "byte of another encoding": (lambda c: c.replace(b"Pumps 3", b"Pumps \xe9 3"), True),
    "blank lines first": (lambda c: b"\n\r\n  " + c, False),
    "byte order mark": (lambda c: b"\xef\xbb\xbf" + c, False),
    "warning of PHP first": (lambda c: b"<br />\n<b>Warning</b>: x in y.php\n" + c, True),
    "a document type": (
        lambda c: c.replace(b"?>", b"?><!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;'>]>", 1),
        False,
    ),
    "UTF-16": (lambda c: c.decode().replace("UTF-8", "UTF-16").encode("utf-16"), False),
}


def titles_and_notes(kind: str, path: Path) -> tuple[list[str], int]:
    if kind == "opml":
        listed = listed_blogs(str(path), ReadContext())
        return [one.name for one, _ in listed], sum(len(one.notes) for one, _ in listed)
    blog = read(path)
    return [post.title for post in reversed(blog.posts)], len(blog.notes)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_fault_in_one_place_costs_nothing_elsewhere(
    tmp_path: Path, kind: str, fault: str
) -> None:
    path = tmp_path / ("list.opml" if kind == "opml" else "export.xml")
    mutate, is_noted = FAULTS[fault]
    path.write_bytes(mutate(DOCUMENTS[kind]))
    titles, notes = titles_and_notes(kind, path)
    assert [titles[n] for n in (0, 1, 3, 4, 5)] == [f"Pumps {n}" for n in (1, 2, 4, 5, 6)]
    assert titles[2].startswith("Pumps") and titles[2].endswith("3")
    assert notes == int(is_noted)


@pytest.mark.parametrize("kind", ["wxr", "blogger"])
def test_a_post_that_is_never_closed_takes_no_other_with_it(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "export.xml"
    closing = b"</item>" if kind == "wxr" else b"</entry>"
    path.write_bytes(DOCUMENTS[kind].replace(closing, b"", 2))
    assert len(read(path).posts) == 6


def test_an_export_is_read_piece_by_piece(tmp_path: Path) -> None:
    """Whatever is split between two pieces is put together again."""
    path = tmp_path / "export.xml"
    for size in range(0, 120, 7):
        filler = "<!-- " + "x" * (1 << 16) + "y" * size + " -->"
        posts = [wxr_post(n).replace("<item>", f"{filler}<item>") for n in range(1, 7)]
        path.write_bytes(wxr(*posts).replace(b"Pumps 3", b"Pumps &nbsp; & &amp; 3"))
        blog = read(path)
        assert [post.title for post in blog.posts] == [
            "Pumps 6", "Pumps 5", "Pumps 4", "Pumps & & 3", "Pumps 2", "Pumps 1",
        ]  # fmt: skip


def test_titles_are_those_that_readers_see(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_bytes(wxr(wxr_post(1, "<![CDATA[AT&amp;T &#8211; <em>Pumps</em>]]>")))
    assert read(path).posts[0].title == "AT&T – Pumps 1"
    assert title_text("Pressure < 3 bar and flow > 4") == "Pressure < 3 bar and flow > 4"
    assert title_text("How to use the <template> element") == "How to use the <template> element"


def items(**changes: Any) -> list[dict[str, Any]]:
    return [
        {
            "id": str(n),
            "url": f"https://b.example/{n}",
            "title": f"Pumps {n}",
            "content_html": TEXT.format(n=n),
            "date_published": f"2026-06-0{n}T10:00:00Z",
            **changes,
        }
        for n in range(1, 4)
    ]


VERSION = "https://jsonfeed.org/version/1.1"


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"items": items(), "title": "B", "version": VERSION}),
        json.dumps({"description": "x" * 5000, "version": VERSION, "items": items()}),
        json.dumps({"items": items()}),  # names no version, but its items are those of a feed
        json.dumps({"version": VERSION, "items": items()})[:-2] + ",]}",
        json.dumps({"version": VERSION, "items": items()}).replace("Pumps 2", "Pumps\x02 2"),
    ],
)
def test_a_json_feed_is_known_by_what_it_holds(tmp_path: Path, content: str) -> None:
    path = tmp_path / "feed.json"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path.write_bytes(content.encode(encoding))
        assert days(read(path)) == ["06-03", "06-02", "06-01"]


@pytest.mark.parametrize(
    ("field", "value", "authors"),
    [
        ("authors", {"name": "Ada Muster"}, ["Ada Muster"]),
        ("authors", ["Ada Muster", {"name": "Bo Beispiel"}], ["Ada Muster", "Bo Beispiel"]),
        ("author", "Ada Muster", ["Ada Muster"]),
        ("authors", "Ada Muster, Bo Beispiel", ["Ada Muster", "Bo Beispiel"]),
        ("authors", {"ada": {"name": "Ada Muster"}}, ["Ada Muster"]),
        ("authors", [None, 3, {"url": "x"}], ["3"]),
    ],
)
def test_authors_of_a_json_feed_have_any_shape(
    tmp_path: Path, field: str, value: object, authors: list[str]
) -> None:
    path = tmp_path / "feed.json"
    for feed in ({"items": items(**{field: value})}, {"items": items(), field: value}):
        path.write_text(json.dumps({"version": VERSION, **feed}))
        assert [*read(path).posts[0].authors] == authors


@pytest.mark.parametrize("moment", [1780394400, 1780394400000, "1780394400", 1780394400.5])
def test_a_date_may_be_a_number(tmp_path: Path, moment: object) -> None:
    path = tmp_path / "feed.json"
    path.write_text(json.dumps({"version": VERSION, "items": items(date_published=moment)}))
    assert days(read(path))[0] == "06-02"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Tue,02 Jun 2026 10:00:00 GMT", "2026-06-02"),
        ("13-05-2026 10:00", "2026-05-13"),
        ("5/26/2026 9:00:00 AM", "2026-05-26"),
        ("02-06-2026", None),
        ("6/2/2026", None),
        ("6/6/2026", "2026-06-06"),
        ("13.08.2025", "2025-08-13"),
        ("2. Juni 2026, 10:15 Uhr", "2026-06-02"),
        ("mar, 02 giu 2026 10:00:00 +0200", "2026-06-02"),
        ("mardi 2 juin 2026 à 10:00", "2026-06-02"),
        ("1er août 2026", "2026-08-01"),
        ("martes, 2 de junio de 2026", "2026-06-02"),
        ("dinsdag 2 juni 2026", "2026-06-02"),
        ("Tue, 02 Jun 2026 10:00:00 IST", "2026-06-02"),
        ("32.13.2026", None),
        ("1.2.3", None),
        ("June 2026", None),
    ],
)
def test_a_date_is_read_where_it_means_one_day(written: str, day: str | None) -> None:
    moment = parse_date(written)
    assert (f"{moment:%Y-%m-%d}" if moment else None) == day


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (["26-05-2026", "02-06-2026"], "2026-06-02"),
        (["5/26/2026", "6/2/2026"], "2026-06-02"),
        (["26/05/2026", "5/26/2026", "6/2/2026"], None),
        (["3/5/2026", "6/2/2026"], None),
    ],
)
def test_other_dates_of_a_source_show_its_order(written: list[str], read_as: str | None) -> None:
    moment = DateOrder(written).parse(written[-1])
    assert (f"{moment:%Y-%m-%d}" if moment else None) == read_as


RSS = (
    "<?xml version='1.0'?><rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/' "
    "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' "
    "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
    "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>B</title>{}</channel></rss>"
)


def rss(path: Path, *entries: str) -> Path:
    path.write_text(RSS.format("".join(f"<item>{entry}</item>" for entry in entries)))
    return path


def test_no_date_of_a_feed_is_guessed(tmp_path: Path) -> None:
    dates = ("26-05-2026", "19-05-2026", "02-06-2026", "31-05-2026", "19-13-2026", "soon")
    blog = read(rss(tmp_path / "f.xml", *(
        f"<link>https://b.example/{n}</link><pubDate>{day}</pubDate><title>Post {n}</title>"
        for n, day in enumerate(dates)
    )))  # fmt: skip
    assert days(blog) == ["06-02", "05-31", "05-26", "05-19"] and len(blog.undated) == 2


ARTICLE = "<content:encoded><![CDATA[<p>The article is short.</p>]]></content:encoded>"
LONGER = "A much longer text that tells everything about the picture and more. " * 5


@pytest.mark.parametrize(
    "beside",
    [
        f"<description>{LONGER}</description>",
        f"<media:content><media:description>{LONGER}</media:description></media:content>",
        f"<media:group><media:description type='html'>{LONGER}</media:description></media:group>",
        f"<itunes:summary>{LONGER}</itunes:summary>",
    ],
)
def test_the_article_is_what_is_called_the_content(tmp_path: Path, beside: str) -> None:
    for n, entry in enumerate((ARTICLE + beside, beside + ARTICLE)):
        blog = read(rss(tmp_path / f"{n}.xml", f"<pubDate>2 Jun 2026</pubDate>{entry}"))
        assert Document(blog.posts[0]).text.strip() == "The article is short."
        assert blog.posts[0].complete


def twin(day: int, guid: str, link: str, title: str, text: str) -> str:
    return (
        f"<guid isPermaLink='false'>{guid}</guid><link>{link}</link><title>{title}</title>"
        f"<pubDate>0{day} Jun 2026 10:00:00 GMT</pubDate><description>{text}</description>"
    )


HOME, PAGE = "https://b.example/", "https://b.example/a"


@pytest.mark.parametrize(
    ("second", "count"),
    [
        (twin(1, "2", PAGE, "One", "The same words."), 1),
        (twin(3, "2", PAGE, "One", "The same words."), 1),
        (twin(3, "2", PAGE, "One, updated", "The same words."), 1),
        (twin(1, "2", "http://www.b.example/a/?utm_source=rss#x", "One", "The same words."), 1),
        (twin(3, "2", PAGE, "One", "Something else was written then."), 2),
        (twin(3, "1", PAGE, "One", "Something else was written then."), 2),
        (twin(1, "2", PAGE, "Two", "Something else was written then."), 2),
        (twin(1, "2", "https://b.example/b", "One", "The same words."), 2),
    ],
)
def test_one_post_is_read_once_and_two_posts_twice(tmp_path: Path, second: str, count: int) -> None:
    first = twin(2, "1", PAGE, "One", "The same words.")
    blog = read(rss(tmp_path / "f.xml", first, second))
    assert len(blog.posts) == len({post.id for post in blog.posts}) == count
    assert blog.left_out.get("duplicate", 0) == 2 - count


def test_the_address_of_the_blog_is_that_of_no_post(tmp_path: Path) -> None:
    both = (twin(n, str(n), HOME, f"Title {n}", "The same words.") for n in (1, 2))
    assert len(read(rss(tmp_path / "f.xml", *both)).posts) == 2


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ada Muster, Bo Beispiel", ["Ada Muster", "Bo Beispiel"]),
        ("Ada Muster, PhD", ["Ada Muster"]),
        ("Ada Muster, Head of Pumps", ["Ada Muster"]),
        ("Ada Muster, Leiterin Technik, Bo Beispiel", ["Ada Muster", "Bo Beispiel"]),
        ("Ada Muster und Bo Beispiel", ["Ada Muster", "Bo Beispiel"]),
        ("Müller & Sohn", ["Müller & Sohn"]),
        ('<a href="/u/0">Ada Muster</a>', ["Ada Muster"]),
        ("Ada &amp; Co", ["Ada & Co"]),
        ("ada@b.example (Ada Muster)", ["Ada Muster"]),
        ("Ada Muster <ada@b.example>", ["Ada Muster"]),
        ("rita-example", ["Rita Example"]),
        ("rita_example", ["Rita Example"]),
        ("bo7", ["bo7"]),
        ("Muster, Ada; Beispiel, Bo", ["Muster, Ada", "Beispiel, Bo"]),
        ("", []),
    ],
)
def test_a_byline_is_read_as_the_people_in_it(written: str, names: list[str]) -> None:
    assert [*author_names(written)] == names


GHOST = {
    "id": "1",
    "title": "Pumps &amp; more",
    "html": "<p>We took it apart.</p>",
    "status": "published",
    "published_at": "2026-06-01T10:00:00.000Z",
}
LEXICAL = {
    "root": {
        "children": [
            {
                "type": "paragraph",
                "children": [
                    {"type": "extended-text", "text": "We took the "},
                    {"type": "link", "url": "/p", "children": [{"type": "text", "text": "pump"}]},
                ],
            },
            {"type": "callout", "calloutText": "Mind the step."},
            {"type": "image", "src": "a.png", "alt": "The pump"},
            {"type": "html", "html": "<p>A widget</p>"},
            {"type": "list", "children": [
                {"type": "listitem", "children": [{"type": "text", "text": "One thing"}]}
            ]},
        ]
    }
}  # fmt: skip
MOBILEDOC = {
    "version": "0.3.1",
    "cards": [["image", {"src": "a.png", "alt": "The pump"}], ["markdown", {"markdown": "*Hi.*"}]],
    "sections": [
        [1, "p", [[0, [], 0, "We took the "], [0, [0], 1, "pump"]]],
        [10, 0],
        [10, 1],
        [3, "ul", [[[0, [], 0, "One thing"]]]],
    ],
}


@pytest.mark.parametrize("around", ["db", "data", "bare", "mark"])
def test_a_ghost_export_comes_in_several_wrappings(tmp_path: Path, around: str) -> None:
    data = {"posts": [GHOST]}
    whole = {"db": [{"meta": {}, "data": data}]} if around in {"db", "mark"} else (
        {"meta": {}, "data": data} if around == "data" else data
    )  # fmt: skip
    path = tmp_path / "g.json"
    path.write_bytes(b"\xef\xbb\xbf" * (around == "mark") + json.dumps(whole).encode())
    blog = read(path)
    assert days(blog) == ["06-01"] and blog.posts[0].title == "Pumps & more"


@pytest.mark.parametrize(
    ("field", "state", "text"),
    [
        ("lexical", LEXICAL, "We took the pump\n\nMind the step.\n\nOne thing"),
        ("mobiledoc", MOBILEDOC, "We took the pump\n\nHi.\n\nOne thing"),
    ],
)
def test_the_state_of_ghosts_editors_is_read(
    tmp_path: Path, field: str, state: object, text: str
) -> None:
    path = tmp_path / "g.json"
    post = {**GHOST, "html": None, field: json.dumps(state)}
    path.write_text(json.dumps({"db": [{"data": {"posts": [post]}}]}))
    document = Document(read(path).posts[0])
    assert document.text.strip() == text
    assert [image.alt for image in document.images] == ["The pump"]


def test_what_ghost_only_mailed_is_no_post(tmp_path: Path) -> None:
    posts = [
        GHOST,
        {**GHOST, "id": "2", "status": "sent"},
        {**GHOST, "id": "3"},
        {**GHOST, "id": "4", "published_at": "2026-06-02 10:00:00"},
        {**GHOST, "id": "5", "published_at": 1780480800000},
        {**GHOST, "id": "6", "page": True},
    ]
    path = tmp_path / "g.json"
    data = {"posts": posts, "posts_meta": [{"post_id": "3", "email_only": 1}]}
    path.write_text(json.dumps({"db": [{"data": data}]}))
    blog = read(path)
    assert days(blog) == ["06-03", "06-02", "06-01"]
    assert blog.left_out == {"mail only": 2, "not a post": 1}


def test_responses_on_medium_are_no_posts(tmp_path: Path) -> None:
    def page(title: str, body: str) -> str:
        return (
            f'<article class="h-entry"><h1 class="p-name">{title}</h1>'
            f'<section data-field="body" class="e-content">{body}</section><footer>'
            '<time class="dt-published" datetime="2026-06-01T10:00:00Z">x</time></footer></article>'
        )

    with zipfile.ZipFile(tmp_path / "m.zip", "w") as archive:
        head = '<h3 class="graf--title">The pump</h3>'
        archive.writestr("posts/a.html", page("The pump", f"{head}<p>We took it apart.</p>"))
        said = "Thanks for this, I agree with you on pumps."
        archive.writestr("posts/b.html", page("Thanks for this, I agree…", f"<p>{said}</p>"))
    blog = read(tmp_path / "m.zip")
    assert [post.title for post in blog.posts] == ["The pump"] and blog.left_out == {"comment": 1}


def test_a_list_of_no_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "l.opml").write_text("nothing at all")
    with pytest.raises(SourceError, match="broken"):
        listed_blogs(str(tmp_path / "l.opml"), ReadContext())
