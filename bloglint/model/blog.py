"""Posts and blogs as they were read."""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any, Literal

import msgspec

from bloglint.model.messages import Text

Markup = Literal["markdown", "mdx", "html", "rest", "asciidoc", "textile", "text"]


class Post(msgspec.Struct, frozen=True):
    """One entry of a blog, or one press release.

    ``source`` is the whole text of the file (or the entry's HTML); the body starts at
    ``body_start`` characters into it, so that positions count in the file the author has open.
    ``comments`` is their number and ``comments_open`` whether readers may comment, where the source
    tells. ``disabled`` are the rules that its front matter switches off, each with the author's
    reason. Of a large blog the older posts' texts are left in their files: then ``source`` is empty
    and ``left`` its hash.
    """

    id: str
    title: str
    source: str
    body_start: int = 0
    markup: Markup = "markdown"
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    path: str | None = None
    complete: bool = True
    comments: int | None = None
    comments_open: bool | None = None
    disabled: tuple[tuple[str, str], ...] = ()
    left: bytes = b""
    translations: tuple["Post", ...] = ()

    @property
    def body(self) -> str:
        """The text after the front matter."""
        return self.source[self.body_start :]


class Blog(msgspec.Struct, frozen=True):
    """What was read from one source, newest post first.

    ``planned`` are drafts and posts of the future, ``undated`` those without a believable date;
    ``links`` are a feed's own by relation (``next``, ``prev-archive``), ``generator`` what wrote
    it;
    ``zone`` is that of the newest posts' dates where they name one; ``named`` are the ids of posts
    that the user named and that are judged whatever their date.
    """

    source: str
    title: str = ""
    url: str | None = None
    language: str | None = None
    posts: tuple[Post, ...] = ()
    planned: tuple[Post, ...] = ()
    undated: tuple[Post, ...] = ()
    zone: tzinfo | None = None
    left_out: Mapping[str, int] = msgspec.field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    named: tuple[str, ...] = ()
    is_feed: bool = False
    links: Mapping[str, str] = msgspec.field(default_factory=dict)
    generator: str = ""


class BlogEntry(msgspec.Struct, frozen=True):
    """A blog as a list names it: where it lies, what it is called, what it is judged by.

    ``press`` are its newsrooms and ``options`` its own limits, by rule; empty values leave those
    of the run. ``groups`` are compared with each other; ``tags``, ``owner`` and the title of its
    ``portfolio`` are only told.
    """

    source: str
    name: str = ""
    owner: str = ""
    tags: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    language: str | None = None
    timezone: str | None = None
    profile: str | None = None
    press: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, Any]] = msgspec.field(default_factory=dict)
    portfolio: str = ""

    @property
    def has_own_settings(self) -> bool:
        """Whether the blog is judged by other settings than the rest of its run."""
        own = (self.options, self.profile, self.language, self.timezone, self.press)
        return any(own)


class Planned(msgspec.Struct, frozen=True):
    """A draft, or a post of the future; ``day`` is None where none is set."""

    id: str
    title: str
    day: date | None = None
    url: str | None = None
    path: str | None = None
