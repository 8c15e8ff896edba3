"""JSON Feed, laid out as jsonfeed.org shows it."""

import json

import pytest

from bloglint.model import SourceError
from bloglint.sources.feeds.feed import read_feed

FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Pumpenwerk",
    "home_page_url": "https://brunn.example/",
    "feed_url": "https://brunn.example/feed.json",
    "language": "de",
    "authors": [{"name": "Redaktion"}],
    "items": [
        {
            "id": "2",
            "url": "https://brunn.example/zwei",
            "title": "Grüße vom Fluss",
            "content_html": "<p>Die Pumpe läuft.</p>",
            "date_published": "2026-06-02T10:00:00+02:00",
            "date_modified": "2026-06-03T10:00:00+02:00",
            "authors": [{"name": "Anna Brunn"}, {"name": "Bob Marsh"}],
            "tags": ["Pumpen"],
        },
        {"id": 1, "content_text": "Nur Text.", "date_published": "2026-06-01T10:00:00Z"},
        {"id": "3", "summary": "Ein Anriss.", "author": {"name": "Carl"}},
        "kaputt",
        {"id": "2", "content_text": "noch einmal"},
    ],
}


def test_every_field_is_read_and_broken_items_are_counted() -> None:
    blog = read_feed(json.dumps(FEED).encode(), "feed.json")
    assert (blog.title, blog.url, blog.language) == ("Pumpenwerk", "https://brunn.example/", "de")
    first, second = blog.posts
    assert (first.title, first.authors, first.tags) == (
        "Grüße vom Fluss", ("Anna Brunn", "Bob Marsh"), ("Pumpen",)
    )  # fmt: skip
    assert first.published and first.published.isoformat() == "2026-06-02T10:00:00+02:00"
    assert first.updated and first.updated.day == 3
    assert (second.id, second.markup, second.authors) == ("1", "text", ("Redaktion",))
    [undated] = blog.undated
    assert not undated.complete and undated.authors == ("Carl",)
    assert blog.left_out == {"unreadable": 1, "duplicate": 1}


@pytest.mark.parametrize(
    "version", ["https://jsonfeed.org/version/1", "https:\\/\\/jsonfeed.org\\/version\\/1"]
)
def test_version_1_and_escaped_slashes_are_known(version: str) -> None:
    content = f'\ufeff{{"version": "{version}", "title": "t", "items": []}}'
    assert read_feed(content.encode(), "feed.json").title == "t"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"version": "https://jsonfeed.org/version/1.1", "items": [', "broken"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": {}}', "no list of items"),
        ('{"items": []}', "not an RSS, Atom or JSON feed"),
    ],
)
def test_what_is_no_json_feed_is_told(content: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        read_feed(content.encode(), "feed.json")


def test_the_next_page_of_a_feed_is_among_its_links() -> None:
    page = {**FEED, "next_url": "https://brunn.example/feed.json?page=2"}
    blog = read_feed(json.dumps(page).encode(), "feed.json")
    assert blog.links == {"next": "https://brunn.example/feed.json?page=2"}
