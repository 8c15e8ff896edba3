"""Where press releases are read from: feeds, their pages, folders and single files."""

from pathlib import Path

import pytest
from feedgen.feed import FeedGenerator
from pytest_httpserver import HTTPServer

from bloglint.model import SourceError
from bloglint.press.reading import find_press
from bloglint.sources import ReadContext

TEXT = "<p>The town of Melldorf has ordered four pumps for its new waterworks at the river.</p>"


def feed(count: int = 2) -> bytes:
    """A feed by another library."""
    made = FeedGenerator()
    made.title("Newsroom")
    made.link(href="https://brunn.example/news")
    made.description("d")
    for n in range(count):
        entry = made.add_entry(order="append")
        entry.id(f"https://brunn.example/news/{n}")
        entry.title(f"Release {n}")
        entry.content(TEXT, type="html")
        entry.published("2026-06-03T08:00:00+00:00")
    return bytes(made.rss_str())


def titles(source: str) -> list[str]:
    return [
        post.title for part in find_press(source, ReadContext()).parts() for post in part.read()
    ]


def test_a_newsrooms_page_leads_to_its_feed(httpserver: HTTPServer) -> None:
    page = (
        '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" '
        'title="Comments" href="/comments.xml"><link rel="alternate" type="application/rss+xml" '
        'href="feed.xml"></head><body>News</body></html>'
    )
    httpserver.expect_request("/news/").respond_with_data(page, content_type="text/html")
    httpserver.expect_request("/news/feed.xml").respond_with_data(
        feed(), content_type="application/rss+xml"
    )
    assert sorted(titles(httpserver.url_for("/news/"))) == ["Release 0", "Release 1"]


def test_a_page_without_a_feed_says_so(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("<html><body>Hi</body></html>")
    with pytest.raises(SourceError, match="links no feed"):
        find_press(httpserver.url_for("/"), ReadContext())


def test_folders_files_and_feed_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\ndate: 2026-06-01\n---\nText", "utf-8")
    (tmp_path / "b.md").write_text("---\ntitle: B\ndraft: true\n---\nText", "utf-8")
    (tmp_path / "feed.xml").write_bytes(feed(1))
    assert titles(str(tmp_path)) == ["A"]
    assert titles(str(tmp_path / "a.md")) == ["A"]
    assert titles(str(tmp_path / "feed.xml")) == ["Release 0"]


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    for source, said in ((tmp_path, "no press release"), (tmp_path / "no", "no such file")):
        with pytest.raises(SourceError, match=said):
            find_press(str(source), ReadContext())


def test_a_part_is_told_by_its_bytes_and_its_zone(tmp_path: Path) -> None:
    from zoneinfo import ZoneInfo

    path = tmp_path / "a.md"
    path.write_text("---\ntitle: A\ndate: 2026-06-01\n---\nText", "utf-8")

    def digest(zone: ZoneInfo) -> bytes:
        [part] = find_press(str(tmp_path), ReadContext(zone)).parts()
        return part.digest

    berlin, tokyo = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
    first = digest(berlin)
    assert first == digest(berlin) != digest(tokyo)
    path.write_text("---\ntitle: A\ndate: 2026-06-02\n---\nText", "utf-8")
    assert digest(berlin) != first
