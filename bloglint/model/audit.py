"""What an audit of a whole archive says of each post."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from bloglint.model.messages import Text

#: What to do with a post, the most urgent first.
Decision = Literal["cut", "merge", "update", "keep"]
DECISIONS: tuple[Decision, ...] = ("cut", "merge", "update", "keep")


class AuditedPost(msgspec.Struct, frozen=True):
    """A post and what to do with it.

    Attributes:
        words: the words of its running text.
        links_in: how many other posts of the blog link to it.
        visits: how many visits a file of visits gives it; None without one.
        reasons: why, the weightiest first.
        partner: the title of the post that it is to be merged with, or that it repeats.
        partner_place: that post's address or path.
        passage: what of its text the other post does not have.
        is_to_check: whether it is kept, but old and much read: see whether it still holds.
    """

    id: str
    title: str
    url: str | None
    path: str | None
    published: datetime | None
    author: str
    language: str | None
    words: int
    links_in: int
    decision: Decision
    reasons: tuple[Text, ...]
    visits: int | None = None
    partner: str = ""
    partner_place: str = ""
    passage: str = ""
    is_to_check: bool = False


class Audit(msgspec.Struct, frozen=True):
    """The audit of one blog.

    Attributes:
        posts: the posts, what is to be done first before what is to be kept.
        unread: posts of which only a summary is known; they are kept unjudged.
        left_out: how many files or entries were no posts of the blog, by cause.
    """

    name: str
    source: str
    as_of: datetime
    posts: tuple[AuditedPost, ...]
    unread: int = 0
    left_out: dict[str, int] = {}

    def counts(self) -> dict[Decision, int]:
        """How many posts there are for each decision."""
        return {
            decision: sum(post.decision == decision for post in self.posts)
            for decision in DECISIONS
        }
