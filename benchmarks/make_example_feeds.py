"""Writes the feeds of the example companies from their folders: ``python benchmarks/make_…``."""

from datetime import UTC, datetime
from pathlib import Path

import pyromark
from feedgen.feed import FeedGenerator

from bloglint.model import Blog
from bloglint.sources import published_by, read_blog

EXAMPLES = Path(__file__).parent.parent / "examples"
COMPANIES = {"healthy": "Pumpenwerk", "failing": "Nordvanta"}
AS_OF = datetime(2026, 12, 31, tzinfo=UTC)


def write(blog: Blog, title: str, language: str, kind: str, path: Path) -> None:
    """One feed with the whole text of every post: Atom for German, RSS for English."""
    host = f"https://{title.split()[0].lower()}.example"
    feed = FeedGenerator()
    feed.id(f"{host}/{kind}/")
    feed.title(title)
    feed.link(href=f"{host}/{kind}/")
    feed.description(title)
    feed.language(language)
    feed.updated(blog.posts[0].published)
    for post in reversed(blog.posts):
        entry = feed.add_entry()
        entry.id(f"{host}/{kind}/{Path(post.id).stem}")
        entry.link(href=f"{host}/{kind}/{Path(post.id).stem}")
        entry.title(post.title)
        for author in post.authors:
            entry.author(name=author, email="blog@example.com" if language == "en" else None)
        entry.published(post.published)
        entry.updated(post.published)
        entry.content(pyromark.html(post.body), type="html")
    if language == "de":
        feed.atom_file(str(path), pretty=True)
    else:
        feed.lastBuildDate(blog.posts[0].published)
        feed.rss_file(str(path), pretty=True)


for folder in sorted(EXAMPLES.iterdir()):
    company, _, language = folder.name.partition("-")
    for kind, name in (("posts", "feed.xml"), ("newsroom", "newsroom.xml")):
        if (folder / kind).is_dir():
            blog = published_by(read_blog(str(folder / kind)), AS_OF)
            write(blog, f"{COMPANIES[company]} Blog", language, kind, folder / name)
