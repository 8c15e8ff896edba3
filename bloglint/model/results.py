"""Findings, measures and verdicts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

import msgspec

from bloglint.model.blog import BlogEntry, Planned
from bloglint.model.messages import Text

#: ``replace(thing, field=value)``: the same with another value.
replace = msgspec.structs.replace


#: A number that stays what it was, 1 or 1.0, when it is written and read back.
Number = int | float
Severity = Literal["error", "warning", "info"]


SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")


#: The places of the 2012 list; a tip and an extra are shown without weight.
WEIGHTS: Mapping[str, float] = {
    "frequency": 5,
    "recycling": 4,
    "advertorial": 3,
    "bloat": 2,
    "topic": 1,
    "dialogue": 0,
    "craft": 0,
}


REASONS = tuple(WEIGHTS)


#: What is told of suppressions themselves; these are no rules and cannot be chosen.
UNUSED_SUPPRESSION, UNKNOWN_SUPPRESSION = "unused-suppression", "unknown-suppression"


class Place(msgspec.Struct, frozen=True):
    """A span of the source file: lines and columns from 1, ``end_column`` one past the end.

    Columns are None where the markup tells only the line.
    """

    line: int
    column: int | None
    end_line: int
    end_column: int | None

    def __str__(self) -> str:
        return str(self.line) if self.column is None else f"{self.line}:{self.column}"


class Segment(msgspec.Struct, frozen=True):
    """A piece of a text, and the number of the passage that it belongs to (from 1), if any."""

    text: str
    passage: int | None = None


class Exhibit(msgspec.Struct, frozen=True):
    """Two texts to be shown side by side, paragraph by paragraph: the post and its original."""

    post: tuple[tuple[Segment, ...], ...]
    original: tuple[tuple[Segment, ...], ...]


class Finding(msgspec.Struct, frozen=True):
    """One thing to mend, with its evidence.

    ``quote`` is what stands at ``place`` in the source file, to the letter; ``passage`` is the same
    as a reader sees it, without markup (where there is no place, both are the passage).
    ``suppressed`` is the author's reason (which may be empty) where the post switches it off;
    ``change`` says what became of it since the last report, where there was one.
    """

    rule: str
    reason: str
    severity: Severity
    message: Text
    advice: Text
    post: str | None = None
    title: str | None = None
    url: str | None = None
    path: str | None = None
    place: Place | None = None
    quote: str | None = None
    passage: str | None = None
    value: Number | None = None
    limit: Number | None = None
    evidence: Mapping[str, Any] = msgspec.field(default_factory=dict)
    exhibit: Exhibit | None = None
    suppressed: str | None = None
    change: Literal["new", "open", "fixed"] | None = None

    @property
    def words(self) -> str:
        """The passage in one line; empty where the post or the blog as a whole is meant."""
        return " ".join((self.passage or "").split())

    @property
    def line(self) -> int | None:
        """The first line of ``place``."""
        return self.place.line if self.place else None

    @property
    def column(self) -> int | None:
        """The first column of ``place``."""
        return self.place.column if self.place else None

    @property
    def end_line(self) -> int | None:
        """The last line of ``place``."""
        return self.place.end_line if self.place else None

    @property
    def end_column(self) -> int | None:
        """One past the last column of ``place``."""
        return self.place.end_column if self.place else None


class Loss(msgspec.Struct, frozen=True):
    """Points a rule took from its reason's score, and the measured value behind it."""

    rule: str
    points: Number
    value: Number


class ReasonVerdict(msgspec.Struct, frozen=True):
    """The verdict on one reason: ``score`` is None when the data do not carry one."""

    score: float | None
    weight: Number
    measures: Mapping[str, Any] = msgspec.field(default_factory=dict)
    note: Text | None = None
    losses: tuple[Loss, ...] = ()


class PostVerdict(msgspec.Struct, frozen=True):
    """One judged post with its measures; ``digest`` tells whether its text was changed."""

    id: str
    title: str
    url: str | None
    path: str | None
    published: datetime | None
    authors: tuple[str, ...]
    language: str | None
    words: int
    complete: bool
    measures: Mapping[str, float | int | None]
    digest: str = ""


class Effect(msgspec.Struct, frozen=True):
    """What posts that are asked about do to their blog.

    ``context`` is where their blog was read from, None without one; ``posts`` are their ids and
    ``removed`` the titles of posts that go; ``before`` and ``after`` are the blog's score and grade
    without and with them, ``reasons`` the same of every reason's score. ``said`` tells in sentences
    what changes; ``mended`` are findings that end.
    """

    context: str | None
    posts: tuple[str, ...]
    removed: tuple[str, ...]
    before: tuple[float | None, str | None]
    after: tuple[float | None, str | None]
    reasons: Mapping[str, tuple[float | None, float | None]]
    said: tuple[Text, ...] = ()
    mended: tuple["Finding", ...] = ()

    @property
    def lowers(self) -> bool:
        """Whether the blog's score falls."""
        before, after = self.before[0], self.after[0]
        return before is not None and after is not None and after < before


class Previous(msgspec.Struct, frozen=True):
    """The report before: its moment, and what the blog scored."""

    as_of: datetime
    score: float | None
    grade: str | None


class Development(msgspec.Struct, frozen=True):
    """What became of a blog since its last report; ``previous`` is None where there was none.

    ``reasons`` are every reason's score before and now, ``said`` the why in sentences. ``fixed``
    are findings that ended; ``lapsed`` those that ended although nobody mended anything: their
    posts are too old to count, or the blog's other posts or mere days moved the measure.
    ``returned`` are the rule and post of open ones that had lapsed. ``posts`` are the ids of posts
    since, ``removed`` the titles of those that are gone, ``course`` the day and score of every
    report so far, oldest first.
    """

    previous: Previous | None = None
    reasons: Mapping[str, tuple[float | None, float | None]] = msgspec.field(default_factory=dict)
    said: tuple[Text, ...] = ()
    fixed: tuple[Finding, ...] = ()
    lapsed: tuple[Finding, ...] = ()
    returned: tuple[tuple[str, str | None], ...] = ()
    posts: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    course: tuple[tuple[date, float | None], ...] = ()


class Verdict(msgspec.Struct, frozen=True):
    """The verdict on one blog.

    ``silenced`` are findings that the posts suppress, ``known`` those that a baseline knows and
    ``fixed`` how many of its entries are mended. Where single posts are asked about, ``effect``
    says what they do, and ``findings`` are theirs. ``as_of`` is the moment in the blog's own zone,
    ``terms`` a hash of what it was judged by, ``home`` its page, ``posted`` the day of every post
    of the last year, oldest first, ``planned`` what is to come. ``listing`` is how a list names the
    blog, ``development`` what became of it since the last report. ``tally`` are the `counts` of one
    whose findings were left out.
    """

    source: str
    title: str
    languages: tuple[str, ...]
    posts_judged: int
    score: float | None
    grade: str | None
    provisional: bool
    reasons: Mapping[str, ReasonVerdict]
    findings: tuple[Finding, ...]
    posts: tuple[PostVerdict, ...]
    notes: tuple[Text, ...]
    first: date | None = None
    last: date | None = None
    left_out: Mapping[str, int] = msgspec.field(default_factory=dict)
    silenced: tuple[Finding, ...] = ()
    known: tuple[Finding, ...] = ()
    fixed: int = 0
    effect: Effect | None = None
    as_of: datetime | None = None
    terms: str = ""
    home: str | None = None
    posted: tuple[date, ...] = ()
    planned: tuple[Planned, ...] = ()
    listing: BlogEntry | None = None
    development: Development | None = None
    tally: Mapping[str, int] | None = None

    def day(self, report: "Report") -> date:
        """The day as of which it holds, in the blog's own zone."""
        return (self.as_of or report.as_of).date()

    @property
    def counts(self) -> Mapping[str, int]:
        """The findings counted by severity, and by what became of them."""
        if self.tally is not None:
            return self.tally
        kinds = [kind for one in self.findings for kind in (one.severity, one.change) if kind]
        return {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}

    @property
    def name(self) -> str:
        """What the blog is called: in its list, by itself, else its source."""
        return (self.listing.name if self.listing else "") or self.title or self.source

    @property
    def suppressed(self) -> int:
        """How many findings the posts suppress."""
        return len(self.silenced)


class SourceFailure(msgspec.Struct, frozen=True):
    """A source that could not be read."""

    source: str
    message: Text | str
    advice: Text | str
    listing: BlogEntry | None = None

    @property
    def name(self) -> str:
        """What the blog is called in its list, else its source."""
        return (self.listing.name if self.listing else "") or self.source


class Report(msgspec.Struct, frozen=True):
    """Everything one run found out."""

    as_of: datetime
    blogs: Sequence[Verdict]
    errors: tuple[SourceFailure, ...] = ()
