"""How much of a blog is to be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from bloglint.model import Post

#: Enough to judge: the last 12 months with at least 10 posts, or as many as a score ever uses.
ENOUGH_DAYS, ENOUGH_LEAST, ENOUGH_MOST = 365, 10, 60


class ReadLimit(msgspec.Struct, frozen=True):
    """How much of a blog is to be read: the newest ``limit`` posts, all, or enough to judge."""

    limit: int | Literal["all"] | None = None
    as_of: datetime | None = None
    full_text: bool = False

    def has_enough(self, posts: Sequence[Post]) -> bool:
        """Whether ``posts`` are as many as wanted."""
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
