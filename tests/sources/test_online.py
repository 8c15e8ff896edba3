"""A blog on the web as a whole: its feed found, its archive read on, its articles fetched."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from feedgen.feed import FeedGenerator
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from bloglint.model import Blog, ConfigError, SourceError
from bloglint.running.options import RunOptions
from bloglint.sources import ReadContext, ReadLimit, read_blog
from bloglint.web import Web

AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)
PARAGRAPH = (
    "Die Pumpe im Keller lief seit dem Frühjahr unruhig, und am Montag haben wir sie zerlegt. "
    "Der Ring war hart geworden, die Welle hatte eine Riefe, und das Lager roch verbrannt. "
)
ARTICLE = f"<p>{PARAGRAPH * 3}</p>"


def made(
    numbers: range, *, kind: str = "rss", link: dict[str, str] | None = None, generator: str = "x",
    summary: bool = False,
) -> bytes:  # fmt: skip
    """A feed by another library; post n is n weeks old."""
    feed = FeedGenerator()
    feed.id("https://blog.example/")
    feed.title("Werkblog")
    feed.link(href="https://blog.example/")
    feed.description("d")
    feed.generator(generator)
    for relation, href in (link or {}).items():
        feed.link(href=href, rel=relation)
    for number in numbers:
        entry = feed.add_entry(order="append")
        entry.id(f"p{number}")
        entry.title(f"Post {number}")
        entry.link(href=f"https://blog.example/blog/post-{number}")
        entry.author(name="Eva Muster", email="eva@blog.example")
        entry.published(AS_OF - timedelta(weeks=number))
        entry.updated(AS_OF - timedelta(weeks=number))
        if summary:
            entry.description("Die Pumpe im Keller lief unruhig …")
        else:
            entry.content(ARTICLE, type="html")
    return bytes(feed.atom_str() if kind == "atom" else feed.rss_str())


def read(address: str, **wanted: Any) -> Blog:
    web = Web(sleep=lambda wait: None)
    return read_blog(address, ReadContext(web=web, limit=ReadLimit(as_of=AS_OF, **wanted)))


def titles(blog: Blog) -> list[str]:
    return [post.title for post in blog.posts]


def newest(count: int) -> list[str]:
    return [f"Post {number}" for number in range(count)]


@pytest.mark.parametrize("relation", ["next", "prev-archive"])
def test_the_archive_that_a_feed_links_is_read_on(httpserver: HTTPServer, relation: str) -> None:
    for page in range(5):
        older = {relation: httpserver.url_for(f"/{page + 1}")} if page < 4 else None
        numbers = range(page * 12, page * 12 + 13)  # one of each page is on the next one as well
        httpserver.expect_request(f"/{page}").respond_with_data(
            made(numbers, kind="atom", link=older)
        )
    blog = read(httpserver.url_for("/0"))
    assert titles(blog) == newest(61)  # enough to judge: twelve months, here five pages
    assert any("48 older ones were read" in note for note in blog.notes)
    assert len(read(httpserver.url_for("/0"), limit=20).posts) == 25
    assert len(read(httpserver.url_for("/0"), limit="all").posts) == 61


def test_a_feed_that_holds_enough_is_not_read_on(httpserver: HTTPServer) -> None:
    link = {"next": httpserver.url_for("/never")}
    httpserver.expect_request("/").respond_with_data(made(range(60), kind="atom", link=link))
    blog = read(httpserver.url_for("/"))
    assert len(blog.posts) == 60 and not blog.notes


def test_wordpress_is_read_page_by_page(httpserver: HTTPServer) -> None:
    def page(request: Request) -> Response:
        number = int(request.args.get("paged", "1")) - 1
        if number > 4:
            return Response(status=404)
        feed = made(range(number * 10, number * 10 + 10), generator="https://wordpress.org/?v=6.7")
        return Response(feed, content_type="application/rss+xml")

    httpserver.expect_request("/feed/").respond_with_handler(page)
    blog = read(httpserver.url_for("/feed/"))
    assert titles(blog) == newest(50)
    assert any("40 older ones" in note for note in blog.notes)


def test_wordpress_that_gives_no_pages_is_asked_by_its_interface(httpserver: HTTPServer) -> None:
    api = httpserver.url_for("/wp-json/")

    def rest(request: Request) -> Response:
        if request.args["page"] != "1":
            return Response(status=400)
        items = [
            {
                "id": number,
                "date_gmt": (AS_OF - timedelta(weeks=number)).strftime("%Y-%m-%dT%H:%M:%S"),
                "guid": {"rendered": f"p{number}"},
                "link": f"https://blog.example/blog/post-{number}",
                "title": {"rendered": f"Post {number}"},
                "content": {"rendered": ARTICLE, "protected": False},
                "comment_status": "open",
                "_embedded": {
                    "author": [{"name": "Eva M&uuml;ller"}],
                    "wp:term": [[{"name": "Pumpen"}]],
                },
            }
            for number in range(30)
        ]
        return Response(json.dumps(items), content_type="application/json")

    httpserver.expect_request("/feed").respond_with_data(
        made(range(10)), headers={"Link": f'<{api}>; rel="https://api.w.org/"'}
    )
    httpserver.expect_request("/wp-json/wp/v2/posts").respond_with_handler(rest)
    httpserver.expect_request("/robots.txt").respond_with_data(status=404)
    blog = read(httpserver.url_for("/feed"))
    assert titles(blog) == newest(30)
    oldest = blog.posts[-1]
    assert (oldest.authors, oldest.tags, oldest.complete) == (("Eva Müller",), ("Pumpen",), True)


def sitemap(httpserver: HTTPServer, numbers: range, first: str = "") -> None:
    entries = "".join(
        f"<url><loc>{httpserver.url_for(f'/blog/post-{n}')}</loc>"
        f"<lastmod>{(AS_OF - timedelta(weeks=n)).date()}</lastmod></url>"
        for n in numbers
    )
    more = f"<url><loc>{httpserver.url_for('/about')}</loc></url>"
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    httpserver.expect_request("/robots.txt").respond_with_data(
        f"User-agent: *\nDisallow: /blog/post-12\nSitemap: {httpserver.url_for('/map.xml')}"
    )
    httpserver.expect_request("/map.xml").respond_with_data(
        f"<sitemapindex {space}><sitemap><loc>{httpserver.url_for('/post-sitemap.xml')}</loc>"
        "</sitemap></sitemapindex>"
    )
    httpserver.expect_request("/post-sitemap.xml").respond_with_data(
        f"<urlset {space}>{first}{entries}{more}</urlset>"
    )


def test_the_sitemap_is_the_last_resort_and_full_text_fetches_its_articles(
    httpserver: HTTPServer,
) -> None:
    feed = made(range(10), summary=True).replace(
        b"https://blog.example/", httpserver.url_for("/").encode()
    )
    httpserver.expect_request("/feed").respond_with_data(feed)
    sitemap(httpserver, range(14))

    def article(request: Request) -> Response:
        number = request.path.rpartition("-")[2]
        if number == "5":
            return Response(status=500)
        return Response(
            f"<!doctype html><html><head><title>Post {number} – Werkblog</title></head><body>"
            '<nav><a href="/">Start</a></nav><article>'
            f"<h1>Post {number}</h1>{ARTICLE}<h2>Was half</h2><ul><li>Ein neuer Ring aus Gummi "
            "half sofort.</li><li>Ein neues Lager half auf Dauer.</li></ul><blockquote>Das war "
            'höchste Zeit, sagt der Meister.</blockquote><img src="/ring.jpg" alt="Der Ring">'
            f'<p>Mehr dazu <a href="/blog/post-1">im anderen Beitrag</a>. {PARAGRAPH}</p></article>'
            "<footer>Impressum</footer></body></html>",
            content_type="text/html; charset=utf-8",
        )

    httpserver.expect_request(__import__("re").compile(r"^/blog/post-\d+$")).respond_with_handler(
        article
    )
    plain = read(httpserver.url_for("/feed"))
    assert len(plain.posts) == 14 and not any(post.complete for post in plain.posts)
    assert any("only summaries" in note for note in plain.notes)

    pytest.importorskip("trafilatura")
    blog = read(httpserver.url_for("/feed"), full_text=True)
    whole = [post for post in blog.posts if post.complete]
    assert len(whole) == 12  # one page is broken, one is forbidden
    first = whole[0].source
    for kept in ("<h2>Was half", "<li>", "<blockquote>", 'alt="Der Ring"', "/blog/post-1"):
        assert kept in first, kept
    assert "Impressum" not in first and "<h1>" not in first
    assert any("pages of 2 posts could not be read" in note for note in blog.notes)


def test_full_text_without_its_package_says_how_to_get_it(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "trafilatura", None)
    httpserver.expect_request("/feed").respond_with_data(made(range(3), summary=True))
    with pytest.raises(ConfigError, match=r"pip install 'bloglint\[web\]'"):
        read(httpserver.url_for("/feed"), full_text=True)


def test_an_archive_that_breaks_off_leaves_what_was_read(httpserver: HTTPServer) -> None:
    link = {"next": httpserver.url_for("/2")}
    httpserver.expect_request("/").respond_with_data(made(range(10), kind="atom", link=link))
    httpserver.expect_request("/2").respond_with_data(status=500)
    blog = read(httpserver.url_for("/"))
    assert titles(blog) == newest(10)
    assert any("only in part" in note and "500" in note for note in blog.notes)
    assert any("no older posts were found" in note for note in blog.notes)


def test_a_feed_is_found_at_a_usual_address(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/blog/").respond_with_data("<html><body>Hi</body></html>")
    httpserver.expect_request("/blog/feed.xml").respond_with_data(made(range(60)))
    blog = read(httpserver.url_for("/blog/"))
    assert len(blog.posts) == 60
    assert any("declares no feed" in note for note in blog.notes)


def test_a_site_without_a_feed_gets_an_explanation(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("<html><body>Hi</body></html>")
    with pytest.raises(SourceError, match="links no feed") as caught:
        read(httpserver.url_for("/"))
    assert "rel=" in str(caught.value.advice) and "Leseprogramm" in caught.value.in_language("de")


def test_relative_links_and_a_base_lead_to_the_feed(httpserver: HTTPServer) -> None:
    page = (
        '<!doctype html><html><head><base href="/news/"><link rel="alternate" href="atom.xml" '
        'type="application/atom+xml; charset=utf-8"></head><body></body></html>'
    )
    httpserver.expect_request("/").respond_with_data(page)
    httpserver.expect_request("/news/atom.xml").respond_with_data(made(range(60), kind="atom"))
    assert len(read(httpserver.url_for("/")).posts) == 60


def test_what_a_feed_withholds_is_told(httpserver: HTTPServer) -> None:
    feed = made(range(3), summary=True)
    for tag in (b"author", b"pubDate"):
        start, end = b"<" + tag + b">", b"</" + tag + b">"
        while start in feed:
            feed = feed[: feed.index(start)] + feed[feed.index(end) + len(end) :]
    big = feed.replace(b"<description>d<", b"<description>d" + b" x" * 2_600_000 + b"<")
    httpserver.expect_request("/").respond_with_data(big)
    told = read(httpserver.url_for("/")).notes
    for said in ("only 3 posts", "names no author", "no dates", "only summaries", "5.2 MB"):
        assert any(said in note for note in told), (said, told)


def test_summaries_are_judged_by_date_and_author_only(httpserver: HTTPServer) -> None:
    import bloglint

    httpserver.expect_request("/").respond_with_data(made(range(60), summary=True))
    blog = bloglint.check(httpserver.url_for("/"), as_of="2026-06-30").blogs[0]
    assert blog.reasons["frequency"].score is not None
    assert {blog.reasons[name].score for name in ("advertorial", "bloat", "topic", "craft")} == {
        None
    }
    assert any("only a summary" in note for note in blog.notes)
    assert not any(post.complete for post in blog.posts)


def test_many_blogs_are_read_side_by_side_and_told_in_order(httpserver: HTTPServer) -> None:
    from bloglint.api import check_sources
    from bloglint.config import Config, Settings

    for n in range(12):
        httpserver.expect_request(f"/{n}").respond_with_data(made(range(20)))
    sources = [httpserver.url_for(f"/{n}") for n in range(12)]
    report = check_sources(
        [*sources, httpserver.url_for("/x")], Settings(Config()), RunOptions(as_of=AS_OF)
    )
    assert [blog.source for blog in report.blogs] == sources
    assert len(report.errors) == 1


def test_ids_that_change_between_two_readings_are_told(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    def notes(feed: bytes) -> list[str]:
        httpserver.clear_all_handlers()
        httpserver.expect_request("/").respond_with_data(feed)
        web = Web(tmp_path, refresh=True)
        blog = read_blog(
            httpserver.url_for("/"), ReadContext(web=web, limit=ReadLimit(as_of=AS_OF))
        )
        web.close()
        return [note for note in blog.notes if "other ids" in note]

    feed = made(range(60))
    assert not notes(feed) and not notes(feed)
    assert str(notes(feed.replace(b">p1<", b">q1<").replace(b">p2<", b">q2<"))[0]).startswith("2 ")


def test_a_list_of_blogs_is_read_as_the_blogs_in_it(httpserver: HTTPServer, tmp_path: Path) -> None:
    from bloglint.api import check_sources
    from bloglint.config import Config, Settings

    httpserver.expect_request("/a").respond_with_data(made(range(60)))
    address = httpserver.url_for("/a")
    (tmp_path / "blogs.opml").write_text(
        f'<opml version="2.0"><body><outline text="G"><outline xmlUrl="{address}"/>'
        f'<outline xmlUrl="{address}" text="again"/><outline text="none"/></outline>'
        f'<outline htmlUrl="{httpserver.url_for("/gone")}"/></body></opml>'
    )
    (tmp_path / "broken.xml").write_text("<?xml version='1.0'?><opml><body>")
    sources = [str(tmp_path / name) for name in ("blogs.opml", "broken.xml")]
    report = check_sources(sources, Settings(Config()), RunOptions(as_of=AS_OF))
    assert [blog.source for blog in report.blogs] == [address]
    assert [error.source for error in report.errors] == [httpserver.url_for("/gone"), sources[1]]


def test_a_list_on_the_web_names_no_private_host(httpserver: HTTPServer) -> None:
    from bloglint.api import check_sources
    from bloglint.config import Config, Settings

    httpserver.expect_request("/a").respond_with_data(made(range(60)))
    address = httpserver.url_for("/a")
    inside = address.replace("localhost", "127.0.0.1")
    lines = "".join(f'<outline xmlUrl="{one}"/>' for one in (address, inside))
    httpserver.expect_request("/blogs.opml").respond_with_data(
        f'<opml version="2.0"><body>{lines}</body></opml>'
    )
    list_of_blogs = httpserver.url_for("/blogs.opml?token=geheim")
    report = check_sources([list_of_blogs], Settings(Config()), RunOptions(as_of=AS_OF))
    assert [blog.source for blog in report.blogs] == [address]  # the host of the list was named
    assert [error.source for error in report.errors] == [inside]
    assert "private" in str(report.errors[0].message)
    missing = httpserver.url_for("/gone.opml?token=geheim")
    report = check_sources([missing], Settings(Config()), RunOptions(as_of=AS_OF))
    assert [error.source for error in report.errors] == [missing.replace("geheim", "***")]


WALL = (
    "<!doctype html><html><head><title>Cookies</title></head><body><article><h1>Ihre Wahl</h1>"
    f"{ARTICLE}</article></body></html>"
)


def test_one_text_behind_many_addresses_is_nobodys_article(httpserver: HTTPServer) -> None:
    pytest.importorskip("trafilatura")
    feed = made(range(10), summary=True)
    feed = feed.replace(b"https://blog.example/", httpserver.url_for("/").encode())
    httpserver.expect_request("/feed").respond_with_data(feed)
    pages = __import__("re").compile(r"^/blog/post-\d+$")
    home = httpserver.url_for("/")

    def answer(request: Request) -> Response:
        if request.path.endswith("-3"):
            return Response(status=302, headers={"Location": home})
        return Response(WALL, content_type="text/html")

    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/").respond_with_data(WALL, content_type="text/html")
    httpserver.expect_request(pages).respond_with_handler(answer)
    blog = read(httpserver.url_for("/feed"), full_text=True)
    assert not any(post.complete for post in blog.posts)
    assert any("9 posts all show the same text" in note for note in blog.notes), blog.notes
    assert any("leads to the home page" in note for note in blog.notes), blog.notes


@pytest.mark.parametrize(
    ("links", "taken"),
    [
        ([("/gone", "Posts"), ("/second", "Posts")], "/second"),
        ([("/c", "Kommentare")], "/feed"),
        ([("/c", "Comments"), ("/jobs", "Kategorie: Jobs"), ("/second", "Blog")], "/second"),
        ([("/page", "Posts")], "/feed"),
    ],
)
def test_the_feed_of_the_posts_is_taken(
    httpserver: HTTPServer, links: list[tuple[str, str]], taken: str
) -> None:
    page = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{href}">'
        for href, title in links
    )
    page = f"<!doctype html><html><head>{page}</head><body>x</body></html>"
    for place in ("/", "/page"):
        httpserver.expect_request(place).respond_with_data(page, content_type="text/html")
    for place in ("/second", "/feed", "/c", "/jobs"):
        httpserver.expect_request(place).respond_with_data(made(range(60)))
    notes = read(httpserver.url_for("/")).notes
    told = next(note for note in notes if "feed that the page links" in note or "found at" in note)
    assert httpserver.url_for(taken) in str(told).partition("(not")[0]


def test_a_feed_that_became_a_page_is_told_as_such(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/feed.xml").respond_with_data(
        "<!doctype html><html><body>Fatal error</body></html>", content_type="application/rss+xml"
    )
    with pytest.raises(SourceError, match="answers with an HTML page"):
        read(httpserver.url_for("/feed.xml"))


def test_a_sitemap_that_is_not_well_formed_loses_nothing(httpserver: HTTPServer) -> None:
    feed = made(range(4)).replace(b"https://blog.example/", httpserver.url_for("/").encode())
    httpserver.expect_request("/feed").respond_with_data(feed)
    sitemap(httpserver, range(8), "<!-- \x0b --><url><loc>https://x.example/?a=1&b=2</loc></url>")
    blog = read(httpserver.url_for("/feed"))
    assert len(blog.posts) == 8
    assert sum("is not well-formed" in str(note) for note in blog.notes) == 1


def test_days_from_a_sitemap_are_told(httpserver: HTTPServer) -> None:
    feed = made(range(4)).replace(b"https://blog.example/", httpserver.url_for("/").encode())
    httpserver.expect_request("/feed").respond_with_data(feed)
    sitemap(httpserver, range(8))
    notes = read(httpserver.url_for("/feed")).notes
    assert any("4 of them stand only in the sitemap" in note for note in notes)


def test_entries_of_a_list_that_lead_nowhere_are_told(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    from bloglint.api import check_sources
    from bloglint.config import Config, Settings

    httpserver.expect_request("/a").respond_with_data(made(range(60)))
    address = httpserver.url_for("/a")
    lines = (
        f'<outline text="Group"><outline xmlUrl="{address}"/></outline><outline xmlUrl="/b"/>'
        '<outline xmlUrl="blog.example/feed"/><outline type="rss" text="Lost"/>'
        '<outline text="a remark"/>'
    )
    written = f'<opml version="2.0"><body>{lines}</body></opml>'
    (tmp_path / "blogs.opml").write_text(written)
    report = check_sources(
        [str(tmp_path / "blogs.opml")], Settings(Config()), RunOptions(as_of=AS_OF)
    )
    assert [blog.source for blog in report.blogs] == [address]
    assert [error.source for error in report.errors] == ["/b", "blog.example/feed", "Lost"]
    httpserver.expect_request("/list.opml").respond_with_data(written)
    there = httpserver.url_for("/list.opml")
    report = check_sources([there], Settings(Config()), RunOptions(as_of=AS_OF))
    assert httpserver.url_for("/b") in [error.source for error in report.errors]


def test_of_very_many_declared_feeds_few_are_asked(httpserver: HTTPServer) -> None:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="/f{n}.xml">' for n in range(500)
    )
    httpserver.expect_request("/").respond_with_data(f"<html>{links}</html>", mimetype="text/html")
    with pytest.raises(SourceError, match="500 feeds"):
        read(httpserver.url_for("/"))
    assert len(httpserver.log) < 30


def test_guessed_addresses_are_not_asked_again(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("<html>Hello</html>", mimetype="text/html")
    httpserver.expect_request(re.compile("/.+")).respond_with_data("busy", status=503)
    with pytest.raises(SourceError, match="no feed"):
        read(httpserver.url_for("/"))
    paths = [request.path for request, _ in httpserver.log]
    assert len(paths) == len(set(paths)) > 5


def test_a_slow_archive_is_left_with_a_note(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bloglint.sources.online.archive.MAX_SECONDS", -1.0)
    for page in range(4):
        older = {"next": httpserver.url_for(f"/{page + 1}")}
        numbers = range(page * 5, page * 5 + 5)
        httpserver.expect_request(f"/{page}").respond_with_data(
            made(numbers, kind="atom", link=older)
        )
    blog = read(httpserver.url_for("/0"))
    assert titles(blog) == newest(10)
    assert any("was stopped after" in str(note) for note in blog.notes)
