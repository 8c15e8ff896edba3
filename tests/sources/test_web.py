"""Fetching over loopback: redirects, limits, and servers that misbehave."""

import time
from datetime import UTC, datetime

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from bloglint.model import Blog, SourceError
from bloglint.sources import published_by, read_blog
from bloglint.sources.web import fetch

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
    assert note.endswith(f"/feed (not: {httpserver.url_for('/comments')})")


def test_endless_redirects_end(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/loop").respond_with_data(
        status=302, headers={"Location": httpserver.url_for("/loop")}
    )
    with pytest.raises(SourceError, match="redirects more than 10 times"):
        fetch(httpserver.url_for("/loop"))


def test_an_answer_that_is_too_big_is_cut_off(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/big").respond_with_data(b"x" * 5000)
    with pytest.raises(SourceError, match="over 1,000 bytes"):
        fetch(httpserver.url_for("/big"), max_bytes=1000)


def test_a_server_that_sleeps_is_left(httpserver: HTTPServer) -> None:
    def late(request: Request) -> Response:
        time.sleep(1)
        return Response("late")

    httpserver.expect_request("/slow").respond_with_handler(late)
    with pytest.raises(SourceError, match=r"no answer within 0\.2 seconds"):
        fetch(httpserver.url_for("/slow"), timeout=0.2)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://blog.example/feed", "only http and https"),
        ("http://127.0.0.1:1/feed", "cannot be fetched"),
        ("http://[::bad/feed", "cannot be fetched"),
    ],
)
def test_an_address_that_cannot_be_fetched_is_named(url: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        fetch(url)
