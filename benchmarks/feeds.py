"""Whether a reader loses anything: posts, dates, titles and authors against feedparser's own.

Run it from the checkout: ``python benchmarks/feeds.py --data ../shared/data/feeds``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from html import unescape
from pathlib import Path
from re import sub
from typing import Any

import feedparser

from bloglint.model import BloglintError
from bloglint.sources import read_blog


def plain(text: str) -> str:
    """A title without its markup."""
    return " ".join(unescape(sub(r"<[^>]*>", "", text)).split())


def compare(path: Path, counts: Counter[str]) -> list[str]:
    """What is in the feed and not in the blog that was read from it."""
    there: Any = feedparser.parse(path.read_bytes())
    if not there.entries:
        return []
    try:
        blog = read_blog(str(path))
    except BloglintError as error:
        return [f"not read: {error}"]
    missing = []
    posts = [*blog.posts, *blog.undated]
    mine = {(post.id.partition(" ")[0], post.title): post for post in posts}
    counts["entries"] += len(there.entries)
    if len(posts) + blog.left_out.get("duplicate", 0) != len(there.entries):
        missing.append(f"{len(there.entries)} entries, {len(posts)} posts")
    for entry in there.entries:
        name = str(entry.get("id") or entry.get("link") or entry.get("title") or "")
        post = mine.get((name.partition(" ")[0], plain(entry.get("title", ""))))
        if post is None:
            missing.append(f"no post {name}")
            continue
        for name, told, read in (
            ("title", plain(entry.get("title", "")), post.title),
            ("date", entry.get("published_parsed") or entry.get("updated_parsed"), post.published),
            ("author", entry.get("author"), post.authors),
            ("text", entry.get("summary") or entry.get("content"), post.source.strip()),
        ):
            counts[name] += bool(told)
            if told and not read:
                missing.append(f"{entry.get('id')}: no {name}, there {told!r}"[:200])
        when = entry.get("published_parsed") or entry.get("updated_parsed")
        if when and post.published:
            counts["dates that agree"] += post.published.utctimetuple()[:6] == tuple(when[:6])
    return missing


def main() -> None:
    """Print what is missing, feed by feed, and the totals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/feeds"))
    counts: Counter[str] = Counter()
    for path in sorted(parser.parse_args().data.rglob("*")):
        if path.suffix in {".rss", ".atom", ".xml", ".rdf", ".json"}:
            counts["feeds"] += 1
            for line in compare(path, counts):
                print(f"{path.name}: {line}")
    print(", ".join(f"{count} {name}" for name, count in counts.items()))


if __name__ == "__main__":
    main()
