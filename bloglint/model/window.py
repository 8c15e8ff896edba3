"""The posts of a blog that are judged, and the older ones that show what it was like before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bloglint.model import Post

#: The scored window: 12 months, topped up to at least 10 posts, cut to the newest 60.
WINDOW, FEWEST, MOST = timedelta(days=365), 10, 60
#: A trend is read from up to this many posts per year, over this many years before the window.
A_YEAR, YEARS = 5, 12


def recent_posts(posts: Sequence[Post], as_of: datetime) -> list[Post]:
    """Return the posts of the 12 months before ``as_of``."""
    return [p for p in posts if p.published and p.published > as_of - WINDOW]


def scored_posts(posts: Sequence[Post], as_of: datetime) -> list[Post]:
    """Return the posts that the score covers, newest first."""
    return list(posts[: min(MOST, max(FEWEST, len(recent_posts(posts, as_of))))])


def past_posts(posts: Sequence[Post], judged: int) -> list[Post]:
    """Return older posts that show the trend: some of each year, evenly spread over it.

    These are up to `A_YEAR` posts of each of the last `YEARS` years with posts, not counting the
    ``judged`` newest ones.
    """
    years: dict[int, list[Post]] = {}
    for post in posts[judged:]:
        if post.published:
            years.setdefault(post.published.year, []).append(post)
    return [
        own[n * len(own) // min(A_YEAR, len(own))]
        for own in list(years.values())[:YEARS]
        for n in range(min(A_YEAR, len(own)))
    ]
