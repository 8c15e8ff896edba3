"""Limits on how much of a blog is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from bloglint.model import Post

#: Enough to judge: the last 365 days with at least 10 posts, or 60, the most that a score uses.
ENOUGH_DAYS, ENOUGH_LEAST, ENOUGH_MOST = 365, 10, 60


class ReadLimit(msgspec.Struct, frozen=True):
    """How much of a blog to read.

    Attributes:
        limit: the number of newest posts to read, "all", or None for enough to judge the blog.
        as_of: the moment from which the last 365 days are counted; None means the newest post.
        full_text: whether to fetch full texts from the pages of posts.
        archive_mb: the most megabytes that are unpacked of an archive.
    """

    limit: int | Literal["all"] | None = None
    as_of: datetime | None = None
    full_text: bool = False
    archive_mb: float = 200

    def has_enough(self, posts: Sequence[Post]) -> bool:
        """Whether ``posts`` reach the read limit."""
        if self.limit == "all":
            return False
        if self.limit is not None:
            return len(posts) >= self.limit
        if len(posts) >= ENOUGH_MOST:
            return True
        dates = [post.published for post in posts if post.published]
        newest = max(dates, default=None)
        if newest is None or len(posts) < ENOUGH_LEAST:
            return False
        start = (self.as_of or newest) - timedelta(days=ENOUGH_DAYS)
        return min(dates) <= start
