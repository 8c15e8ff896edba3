"""Findings, measures and verdicts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

import msgspec

from bloglint.model.blog import BlogEntry, Planned
from bloglint.model.messages import Text
from bloglint.model.plan import Plan

#: ``replace(thing, field=value)`` returns a copy with another value.
replace = msgspec.structs.replace


#: A number that keeps its type, 1 or 1.0, when it is written and read back.
Number = int | float
Severity = Literal["error", "warning", "info"]


SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")


#: Weights by place on the 2012 list; a tip and an extra reason are shown without weight.
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
#: The grades, each with the lowest score that earns it, the best first.
GRADES = (("A", 90), ("B", 80), ("C", 70), ("D", 60), ("F", 0))


#: Findings about the suppressions themselves; these are not rules and cannot be selected.
UNUSED_SUPPRESSION, UNKNOWN_SUPPRESSION = "unused-suppression", "unknown-suppression"


class Place(msgspec.Struct, frozen=True):
    """A span of the source file: lines and columns from 1, ``end_column`` one past the end.

    Columns are None if only the line is known for the markup.
    """

    line: int
    column: int | None
    end_line: int
    end_column: int | None

    def __str__(self) -> str:
        return str(self.line) if self.column is None else f"{self.line}:{self.column}"


#: What became of a piece of text: it is the author's own, was taken word for word, was reworded, or
#: does not count, as quotations and boilerplate do not.
Origin = Literal["own", "copied", "reworded", "uncounted"]


class Segment(msgspec.Struct, frozen=True):
    """A piece of a text, where it is from, and the number, from 1, of the passage it belongs to."""

    text: str
    passage: int | None = None
    origin: Origin = "own"


class Exhibit(msgspec.Struct, frozen=True):
    """Two texts to show side by side, paragraph by paragraph: the post and its original."""

    post: tuple[tuple[Segment, ...], ...]
    original: tuple[tuple[Segment, ...], ...]


class Finding(msgspec.Struct, frozen=True):
    """One thing to fix, with its evidence.

    Attributes:
        rule, reason: the ids of the rule and of its reason.
        message, advice: what is wrong, and what to do about it.
        post, title, url, path: the post, if the finding is about one.
        place: the span of the source file.
        quote: the source text at ``place``, verbatim.
        passage: the same text as a reader sees it, without markup. If there is no place, both are
            the passage.
        value, limit: the measured value and its limit.
        exhibit: the post and its original side by side.
        suppressed: the author's reason, possibly empty, if the post suppresses the finding.
        change: what became of the finding since the last report, if there was one.
        cost: about how many points of the blog's score it costs, less where the judgement is less
            certain.
        brief: the message in a few words, if the whole one is long.
        visits: the visits of its post, if a file of visits was given.
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
    cost: float = 0.0
    brief: Text | None = None
    visits: int | None = None

    @property
    def short(self) -> Text:
        """The message in a few words, where the rule has such a form."""
        return self.brief or self.message

    @property
    def words(self) -> str:
        """The passage on one line; empty if the finding is about the post or blog as a whole."""
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
    """The points a rule deducts from its reason's score, and the measured value behind them."""

    rule: str
    points: Number
    value: Number


class ReasonVerdict(msgspec.Struct, frozen=True):
    """The verdict on one reason; ``score`` is None if the data do not support one."""

    score: float | None
    weight: Number
    measures: Mapping[str, Any] = msgspec.field(default_factory=dict)
    note: Text | None = None
    losses: tuple[Loss, ...] = ()


class Step(msgspec.Struct, frozen=True):
    """Something to do first, and what the blog's score would be if it were done.

    Attributes:
        kind: what is done: ``publish`` a post, keep a ``rhythm``, stop ``copies``, ``adverts`` or
            ``reprints``, give ``titles`` of their own, ``sell`` less, ``edit`` posts, say ``more``,
            ``ask`` readers, keep to a ``subject``, let other ``authors`` write, give ``dates``.
        text: the same as a sentence in the imperative.
        after: the blog's score if it were done; of some the score takes no notice.
        posts: the ids of the posts that it is about.
    """

    kind: Literal[
        "publish", "rhythm", "copies", "adverts", "edit", "subject", "authors", "dates",
        "reprints", "titles", "sell", "more", "ask",
    ]  # fmt: skip
    text: Text
    after: float
    posts: tuple[str, ...] = ()


class PostVerdict(msgspec.Struct, frozen=True):
    """One judged post with its measures; ``digest`` shows whether its text has changed."""

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
    """The effect of the posts in question on their blog.

    Attributes:
        context: where their blog was read from; None without a blog.
        posts: the ids of the posts.
        removed: the titles of posts that go.
        before, after: the blog's score and grade without the posts and with them.
        reasons: the score of each reason, before and after.
        said: what changes, in sentences.
        mended: the findings that go away.
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
        """Whether the blog's score drops."""
        before, after = self.before[0], self.after[0]
        return before is not None and after is not None and after < before


class Previous(msgspec.Struct, frozen=True):
    """The previous report: its time, and the score and grade of the blog."""

    as_of: datetime
    score: float | None
    grade: str | None


class Development(msgspec.Struct, frozen=True):
    """What has become of a blog since its last report.

    Attributes:
        previous: the last report; None if there was none.
        reasons: the score of each reason, before and now.
        said: why they changed, in sentences.
        fixed: the findings that ended.
        lapsed: the findings that ended although nobody fixed anything: their posts are too old to
            count, or the measure moved because of the blog's other posts or the mere passing of
            days.
        returned: the rule and post of open findings that had lapsed.
        posts: the ids of the posts since.
        removed: the titles of the posts that are gone.
        course: the date and score of every report so far, oldest first.
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

    Attributes:
        posts_read: the number of posts of the blog that were read, judged or not.
        posts_with_text: the number of judged posts that have a text of their own.
        ungraded: why the score is provisional, None if it is not.
        findings: the findings; if single posts are in question, those about them.
        suppressed_findings: findings that the posts suppress.
        known: findings that are in the baseline.
        fixed: the number of entries of the baseline that are fixed.
        effect: what the posts do to their blog, if single posts are in question.
        as_of: the time as of which the blog was judged, in its own time zone.
        terms: a hash of what the blog was judged by.
        home: the blog's home page.
        posted: the dates of all posts of the last year, oldest first.
        new_days: the days on which something new came out, as frequency counts them: those of a
            year and the one before.
        planned: drafts and future posts.
        listing: the blog's entry in a list of blogs.
        development: what has become of the blog since its last report.
        tally: the `counts` of a verdict whose findings were left out.
        steps: what to do first, the most useful first.
        plan: the fewest steps to the next grade, if that was asked for.
        state: ``silent`` if the blog counts as abandoned, ``copied`` if nearly all of its last
            posts were taken from press releases: then the grade says so, whatever the score.
        releases: the number of press releases that the posts were compared with.
        texts: the paragraphs of the posts with the first findings, to show them with their marks.
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
    posts_read: int = 0
    posts_with_text: int = 0
    ungraded: Text | None = None
    first: date | None = None
    last: date | None = None
    left_out: Mapping[str, int] = msgspec.field(default_factory=dict)
    suppressed_findings: tuple[Finding, ...] = ()
    known: tuple[Finding, ...] = ()
    fixed: int = 0
    effect: Effect | None = None
    as_of: datetime | None = None
    terms: str = ""
    home: str | None = None
    posted: tuple[date, ...] = ()
    new_days: tuple[date, ...] = ()
    planned: tuple[Planned, ...] = ()
    listing: BlogEntry | None = None
    development: Development | None = None
    tally: Mapping[str, int] | None = None
    steps: tuple[Step, ...] = ()
    plan: Plan | None = None
    state: Literal["silent", "copied"] | None = None
    releases: int | None = None
    texts: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)

    def measures_of(self, reason: str) -> Mapping[str, Any]:
        """Return what was measured for a reason; nothing if it was not judged."""
        found = self.reasons.get(reason)
        return found.measures if found else {}

    def day(self, report: "Report") -> date:
        """Return the date as of which the verdict holds, in the blog's own time zone."""
        return (self.as_of or report.as_of).date()

    @property
    def counts(self) -> Mapping[str, int]:
        """The number of findings by severity and by their change since the last report."""
        if self.tally is not None:
            return self.tally
        kinds = [
            kind for finding in self.findings for kind in (finding.severity, finding.change) if kind
        ]
        return {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}

    @property
    def name(self) -> str:
        """The name of the blog: from its list, or its own title, or else its source."""
        return (self.listing.name if self.listing else "") or self.title or self.source

    @property
    def suppressed(self) -> int:
        """The number of findings that the posts suppress."""
        return len(self.suppressed_findings)


class SourceFailure(msgspec.Struct, frozen=True):
    """A source that could not be read."""

    source: str
    message: Text | str
    advice: Text | str
    listing: BlogEntry | None = None

    @property
    def name(self) -> str:
        """The name of the blog in its list, or else its source."""
        return (self.listing.name if self.listing else "") or self.source


class Report(msgspec.Struct, frozen=True):
    """Everything that one run found."""

    as_of: datetime
    blogs: Sequence[Verdict]
    errors: tuple[SourceFailure, ...] = ()
