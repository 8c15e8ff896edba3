"""Posts and blogs as read from their sources."""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any, Literal

import msgspec

from bloglint.model.messages import Text

Markup = Literal["markdown", "mdx", "html", "rest", "asciidoc", "textile", "text"]


class Post(msgspec.Struct, frozen=True):
    """One entry of a blog, or one press release.

    Attributes:
        source: the whole text of the file, or the entry's HTML. Of a large blog, the texts of older
            posts are left in their files: then it is empty.
        body_start: the offset of the body in ``source``, so that positions count in the file that
            the author has open.
        comments: the number of comments, if the source states it.
        comments_open: whether readers may comment, if the source states it.
        disabled: the rules that the front matter switches off, each with the author's reason.
        left: the hash of a text that was left in its file.
        review, reviewed: the day on which the post is to be looked at again, and was last.
        reviewer: who is to do that, if the front matter says so.
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
    review: datetime | None = None
    reviewed: datetime | None = None
    reviewer: str = ""

    @property
    def body(self) -> str:
        """The text after the front matter."""
        return self.source[self.body_start :]


class Blog(msgspec.Struct, frozen=True):
    """What was read from one source, newest post first.

    Attributes:
        planned: drafts and future posts.
        undated: posts without a plausible date.
        zone: the time zone of the newest posts' dates, if they state one.
        left_out: the number of items that do not count as posts, by reason.
        named: the ids of posts that the user named, which are judged whatever their date.
        links: a feed's own links by relation (``next``, ``prev-archive``).
        generator: the software that wrote the feed.
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


class Brand(msgspec.Struct, frozen=True):
    """Who sends a report: a name, a colour as in CSS, and a logo as a data address."""

    name: str = ""
    colour: str = ""
    logo: str = ""


class BlogEntry(msgspec.Struct, frozen=True):
    """A blog's entry in a list: its location, its name, and the settings it is judged by.

    Attributes:
        source: the location of the blog.
        owner, tags: only reported.
        owner_address: where the owner gets mail.
        groups: the groups that it belongs to, which are compared with each other.
        press: its newsrooms.
        options: its own limits, by rule. Empty settings leave those of the run in force.
        own: its own names, pauses, words, severities and rules to ignore, by the keys of a
            configuration; they are added to those of the run.
        portfolio: the title of its list, which is only reported.
        brand: who sends the report.
        notes: what was wrong with the list, said with its first blog.
    """

    source: str
    name: str = ""
    owner: str = ""
    owner_address: str = ""
    tags: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    language: str | None = None
    timezone: str | None = None
    profile: str | None = None
    press: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, Any]] = msgspec.field(default_factory=dict)
    own: Mapping[str, Any] = msgspec.field(default_factory=dict)
    portfolio: str = ""
    brand: Brand | None = None
    notes: tuple[Text, ...] = ()

    @property
    def has_own_settings(self) -> bool:
        """Whether the blog is judged by other settings than the rest of the run."""
        own = (self.options, self.profile, self.language, self.timezone, self.press, self.own)
        return any(own)


class Planned(msgspec.Struct, frozen=True):
    """A draft or a future post; ``day`` is None if no date is set."""

    id: str
    title: str
    day: date | None = None
    url: str | None = None
    path: str | None = None
