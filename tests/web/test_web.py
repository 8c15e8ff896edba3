"""Fetching over loopback: redirects, limits, and servers that misbehave."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from bloglint.model import Blog, SourceError
from bloglint.running.options import RunOptions
from bloglint.sources import published_by, read_blog
from bloglint.web import Web

AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)
FEED = (
    "<?xml version='1.0' encoding='iso-8859-1'?><rss version='2.0'><channel><title>Blog</title>"
    "<item><title>Grüße</title><guid>1</guid><pubDate>Mon, 01 Jun 2026 10:00:00 +0200</pubDate>"
    "<description>Die Pumpe läuft.</description></item></channel></rss>"
)


def read(source: str) -> Blog:
    return published_by(read_blog(source), AS_OF)


def test_a_feed_is_read_through_redirects_in_its_encoding(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/old").respond_with_data(
        status=301, headers={"Location": httpserver.url_for("/feed")}
    )
    httpserver.expect_request("/feed").respond_with_data(
        FEED.encode("latin-1"), content_type="application/rss+xml; charset=iso-8859-1"
    )
    blog = read(httpserver.url_for("/old"))
    assert [post.title for post in blog.posts] == ["Grüße"]


def test_a_page_leads_to_its_feed_and_that_is_told(httpserver: HTTPServer) -> None:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{href}">'
        for title, href in (("Kommentare", "/comments"), ("Beiträge", "/feed"))
    )
    page = f"<!DOCTYPE html><html><head>{links}</head><body></body></html>"
    httpserver.expect_request("/").respond_with_data(page, content_type="text/html; charset=utf-8")
    httpserver.expect_request("/feed").respond_with_data(
        FEED.encode("latin-1"), content_type="application/rss+xml; charset=iso-8859-1"
    )
    blog = read(httpserver.url_for("/"))
    assert [post.title for post in blog.posts] == ["Grüße"]
    [note] = [one for one in blog.notes if "page links" in one]
    assert str(note).endswith(f"/feed (not: {httpserver.url_for('/comments')})")


def test_a_server_that_sleeps_is_left(httpserver: HTTPServer) -> None:
    def late(request: Request) -> Response:
        time.sleep(1)
        return Response("late")

    httpserver.expect_request("/slow").respond_with_handler(late)
    web = Web(seconds=0.2)
    with pytest.raises(SourceError, match=r"no whole answer within 0\.2 seconds"):
        web.get(web.trust(httpserver.url_for("/slow")))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://blog.example/feed", "only http and https"),
        ("http://127.0.0.1:1/feed", "cannot be fetched"),
        ("http://[::bad/feed", "is no address"),
        ("http://x.example:port/feed", "is no address"),
        ("http:///feed", "only http and https"),
        ("http://" + "a" * 70 + ".example/feed", "cannot be fetched|is no address"),
        ("http://x..example/feed", "cannot be fetched|is no address"),
    ],
)
def test_an_address_that_cannot_be_fetched_is_named(url: str, said: str) -> None:
    web = Web(sleep=lambda wait: None)
    with pytest.raises(SourceError, match=said):
        web.get(web.trust(url))


def test_a_feed_that_moved_for_good_is_told(httpserver: HTTPServer) -> None:
    for status, path, to in ((301, "/a", "/b"), (308, "/b", "/c"), (302, "/c", "/feed")):
        httpserver.expect_request(path).respond_with_data(status=status, headers={"Location": to})
    httpserver.expect_request("/feed").respond_with_data(FEED.encode("latin-1"))
    [note] = [one for one in read(httpserver.url_for("/a")).notes if "moved for good" in one]
    assert f"to {httpserver.url_for('/c')}:" in note  # only the part that is permanent


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "user:password@host"),
        (403, "ask who runs the site"),
        (404, "Open the address in a browser"),
        (410, "removed for good"),
        (429, r"come back in 3600 s"),
        (503, r"come back in 3600 s"),
    ],
)
def test_a_server_that_refuses_is_told_with_what_to_do(
    httpserver: HTTPServer, status: int, said: str
) -> None:
    httpserver.expect_request("/feed").respond_with_data(
        status=status, headers={"Retry-After": "3600"}
    )
    web = Web(sleep=lambda wait: pytest.fail("an hour is not waited for"))
    with pytest.raises(SourceError, match=said) as caught:
        web.get(web.trust(httpserver.url_for("/feed")))
    assert str(status) in str(caught.value.message) and str(status) in caught.value.in_language(
        "de"
    )


def test_what_passes_is_asked_again_as_the_server_says(httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/feed").respond_with_data(
        status=503, headers={"Retry-After": "7"}
    )
    httpserver.expect_ordered_request("/feed").respond_with_data(status=500)
    httpserver.expect_ordered_request("/feed").respond_with_data("whole")
    waited: list[float] = []
    web = Web(sleep=waited.append)
    assert web.get(web.trust(httpserver.url_for("/feed"))).content == b"whole"
    assert [round(wait) for wait in waited] == [7, 1] and waited[0] >= 7


def counting(httpserver: HTTPServer, **headers: str) -> list[str | None]:
    """A feed with an ETag; what each request for it named as known."""
    asked: list[str | None] = []

    def answer(request: Request) -> Response:
        asked.append(request.headers.get("If-None-Match"))
        if asked[-1] == '"1"':
            return Response(status=304)
        body = FEED.encode("latin-1")
        return Response(body, headers={"ETag": '"1"', "Last-Modified": "x", **headers})

    httpserver.expect_request("/feed").respond_with_handler(answer)
    return asked


def test_what_is_kept_is_not_loaded_again(httpserver: HTTPServer, tmp_path: Path) -> None:
    asked = counting(httpserver, **{"Cache-Control": "no-cache"})
    for _ in range(2):
        web = Web(tmp_path)
        answer = web.get(web.trust(httpserver.url_for("/feed")))
        assert answer.content == FEED.encode("latin-1")
        web.close()
    assert asked == [None, '"1"'] and answer.cached
    httpserver.clear_all_handlers()
    offline = Web(tmp_path, offline=True)
    kept = offline.get(offline.trust(httpserver.url_for("/feed")))
    assert kept.content == answer.content
    with pytest.raises(SourceError, match="nothing of it is kept"):
        offline.get(httpserver.url_for("/other"))


def test_what_is_fresh_is_not_asked_for_but_on_refresh(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    asked = counting(httpserver, **{"Cache-Control": "max-age=3600"})
    for refresh in (False, False, True):
        web = Web(tmp_path, refresh=refresh)
        web.get(web.trust(httpserver.url_for("/feed")))
        web.close()
    assert asked == [None, '"1"']


@pytest.mark.parametrize("broken", [b"no database", b"SQLite format 3\0" + bytes(4000)])
def test_a_broken_cache_is_made_anew(httpserver: HTTPServer, tmp_path: Path, broken: bytes) -> None:
    asked = counting(httpserver)
    (tmp_path / "web.sqlite").write_bytes(broken)
    for _ in range(2):
        web = Web(tmp_path)
        assert web.get(web.trust(httpserver.url_for("/feed"))).content
        web.close()
    assert asked == [None, '"1"']


def test_passwords_and_tokens_are_sent_and_never_shown_or_kept(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    import json

    from bloglint.api import check_sources
    from bloglint.config import Config, Settings
    from bloglint.reporters.json import write_json

    def answer(request: Request) -> Response:
        user = request.authorization
        known = user and (user.username, user.password) == ("eva", "geh:eim")
        if not known or request.args.get("token") != "s3cr3t":
            return Response(status=401)
        body = FEED.replace("<item>", "<item><link>https://x.example/a?key=priv4te</link>")
        return Response(body.encode("latin-1"), headers={"ETag": "1"})

    httpserver.expect_request("/feed").respond_with_handler(answer)
    whole = httpserver.url_for("/feed?token=s3cr3t").replace("//", "//eva:geh%3Aeim@")
    report = check_sources(
        [whole, whole.replace("/feed", "/none")],
        Settings(Config()),
        RunOptions(as_of=AS_OF, cache=tmp_path),
    )
    assert len(report.blogs) == len(report.errors) == 1
    for text in (write_json(report, "en"), str(report)):
        assert (
            "s3cr3t" not in text
            and "priv4te" not in text
            and "eim" not in text
            and "eva" not in text
        )
        assert "token=***" in text
    assert json.loads(write_json(report, "en"))["blogs"]
    for path in tmp_path.rglob("*"):
        kept = path.read_bytes() if path.is_file() else b""
        assert b"s3cr3t" not in kept and b"geh" not in kept and b"ZXZhO" not in kept


def test_a_password_is_not_sent_to_another_host(httpserver: HTTPServer) -> None:
    seen: list[str | None] = []

    def answer(request: Request) -> Response:
        seen.append(request.headers.get("Authorization"))
        if request.path == "/feed":
            return Response(status=302, headers={"Location": to})
        return Response("whole")

    httpserver.expect_request("/feed").respond_with_handler(answer)
    httpserver.expect_request("/other").respond_with_handler(answer)
    to = httpserver.url_for("/other").replace("localhost", "127.0.0.1")
    web = Web()
    web.trust(to)  # so that it may be followed
    web.get(web.trust(httpserver.url_for("/feed").replace("//", "//eva:x@")))
    assert seen[0] and seen[1] is None


def test_robots_txt_is_asked_for_pages_only(httpserver: HTTPServer) -> None:
    rules = "User-agent: *\nDisallow: /private/\nCrawl-delay: 2\nSitemap: https://x.example/s.xml"
    httpserver.expect_request("/robots.txt").respond_with_data(rules)
    httpserver.expect_request("/private/feed").respond_with_data("feed")
    httpserver.expect_request("/a").respond_with_data("a", headers={"Cache-Control": "no-store"})
    waited: list[float] = []
    web = Web(sleep=waited.append)
    named = web.trust(httpserver.url_for("/private/feed"))
    assert web.get(named).content == b"feed"
    with pytest.raises(SourceError, match=r"robots\.txt forbids"):
        web.page(named)
    web.page(httpserver.url_for("/a"))
    web.page(httpserver.url_for("/a"))
    assert waited and max(waited) > 1.5
    assert web.sitemaps(named) == ["https://x.example/s.xml"]


def test_a_proxy_of_the_environment_is_used_and_names_are_judged(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(request: Request) -> Response:
        if request.url.endswith("/away"):
            return Response(status=302, headers={"Location": "http://10.0.0.1/feed"})
        return Response(f"through the proxy: {request.host}")

    for path in ("/feed", "/away"):
        httpserver.expect_request(path).respond_with_handler(answer)
    monkeypatch.setenv("http_proxy", httpserver.url_for("/"))
    monkeypatch.setenv("no_proxy", "")
    web = Web()
    assert web.blind
    found = web.get(web.trust("http://blog.example/feed")).content
    assert found == b"through the proxy: blog.example"
    with pytest.raises(SourceError, match="private network"):
        web.get("http://blog.example/away")


@pytest.mark.parametrize(
    "address",
    [
        "eva:geheim@host.example/feed",
        "//eva:geheim@host.example/feed",
        "http:/eva:geheim@host.example/feed",
        "https//eva:geheim@host.example/feed",
        "http://eva:ge heim@host.example/feed",
        "http://eva:geheim#x@host.example/feed",
        "http://eva:gehe/im?@host.example/feed",
        "https://host.example/feed?rss_key=geheim",
        "https://host.example/feed?hash=geheim",
    ],
)
def test_no_password_is_shown_however_it_is_written(address: str) -> None:
    import bloglint

    told = str(bloglint.check(address, as_of="2026-06-30").errors)
    assert "geheim" not in told and "ge heim" not in told and "gehe/im" not in told
    assert "host.example" in told


@pytest.mark.parametrize(
    "address",
    ["http://blog.example:8080/a?mail=a@b.example", "https://medium.com/@eva:blau", "posts/a@b.md"],
)
def test_an_address_without_a_secret_is_shown_as_it_is(address: str) -> None:
    from bloglint.web import shown

    assert shown(address) == address


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://x.example/f?tok%65n=geheim&a=1", "https://x.example/f?tok%65n=***&a=1"),
        ("https://x.example/f?%2574oken=geheim", "https://x.example/f?%2574oken=***"),
        (
            "https://x.example/f?u=https%3A%2F%2Fann%3Ageheim%40h.example%2F",
            "https://x.example/f?u=***",
        ),
        ("https://x.example/f?access=geheim", "https://x.example/f?access=***"),
        ("https://x.example/f?private=geheim;page=2", "https://x.example/f?private=***;page=2"),
        ("https://x.example/f?author=ann&page=2", "https://x.example/f?author=ann&page=2"),
    ],
)
def test_secrets_are_known_after_decoding(address: str, said: str) -> None:
    from bloglint.web import shown

    assert shown(address) == said


def test_a_kept_copy_is_told_with_its_day(httpserver: HTTPServer, tmp_path: Path) -> None:
    from bloglint.sources import ReadContext

    headers = {"Date": "Fri, 05 Jun 2026 10:00:00 GMT", "Cache-Control": "max-age=60"}
    httpserver.expect_request("/feed").respond_with_data(FEED, headers=headers)
    address = httpserver.url_for("/feed")
    read_blog(address, ReadContext(web=Web(tmp_path)))
    blog = read_blog(address, ReadContext(web=Web(tmp_path, offline=True)))
    assert any("kept copy" in note for note in blog.notes)


def test_feed_schemes_and_refused_users(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/feed").respond_with_data(FEED)
    httpserver.expect_request("/closed").respond_with_data("", status=401)
    httpserver.expect_request("/nowhere").respond_with_data("", status=301)
    address = httpserver.url_for("/feed")
    for written in (f"feed:{address}", address.replace("http:", "feed:")):
        assert read(written).posts
    closed = httpserver.url_for("/closed")
    with pytest.raises(SourceError, match="Put user and password"):
        read(closed)
    with pytest.raises(SourceError, match="does not accept the user"):
        read(closed.replace("//", "//eva:falsch@"))
    with pytest.raises(SourceError, match="redirects to nowhere"):
        read(httpserver.url_for("/nowhere"))
