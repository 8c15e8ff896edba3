"""Flaws of a feed that affect every feed reader, not only bloglint."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bloglint.model import Blog, Text, posts_counted, translate
from bloglint.model.messages import in_each, write_number

FEWEST_POSTS = 10
#: Phone apps fetch a feed every hour, and some give up on one over 5 MB.
MAX_BYTES = 5_000_000


def about_feed(feed: Blog, size: int, *, completed: bool = False) -> Iterator[Text]:
    """Yield the flaws of a feed of ``size`` bytes, each with advice on how to fix it.

    ``completed`` tells whether texts missing from the feed are read from the pages of its posts.
    """
    posts = [*feed.posts, *feed.undated]
    count = len(posts)
    if count < FEWEST_POSTS:
        listed = translate("one post") if count == 1 else posts_counted(count)
        yield translate(
            "the feed lists only {listed}: who comes by once a month misses some; list at least "
            "{fewest}",
            listed=listed,
            fewest=FEWEST_POSTS,
        )
    if not count:
        return
    if not any(post.authors for post in posts):
        yield translate(
            "the feed names no author: add dc:creator (RSS) or author (Atom, JSON), "
            "readers follow people"
        )
    if not feed.posts:
        yield translate(
            "the feed has no dates: add pubDate (RSS) or published (Atom), or readers' "
            "programs cannot sort it"
        )
    if completed and not any(post.complete for post in posts):
        yield translate("the feed holds only summaries: put the whole text into content:encoded")
    elif not any(post.complete for post in posts):
        yield translate(
            "the feed holds only summaries: their length, tone and structure are not "
            "judged; put the whole text into content:encoded, or check with --full-text"
        )
    if size > MAX_BYTES:
        megabytes = f"{size / 1_000_000:.1f}"
        yield translate(
            "the feed is {megabytes} MB: more than many programs load; list fewer posts",
            megabytes=in_each(partial(write_number, megabytes)),
        )
