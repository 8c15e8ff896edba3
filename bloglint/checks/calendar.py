"""The days on which a blog published something new.

A date alone proves nothing: an import stamps a whole archive at once, a republished post carries a
new date, and a reminder announces the same event twice. None of these ends a silence.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Days, Share
from bloglint.checks.empty import is_empty
from bloglint.checks.norms import median
from bloglint.model import Post, Text, translate
from bloglint.model.messages import joined, plain
from bloglint.text.dates import address_day, is_edition, named_days
from bloglint.text.document import WORD, Document

YEAR = timedelta(days=365)
#: The most posts that a sentence names.
_NAMED = 3
#: Why a post is not new, as a finding says it.
NOT_NEW = {
    "empty": translate("without any text"),
    "imported": translate("imported with one timestamp"),
    "republished": translate("republished, by the date in their address"),
    "repeated": translate("repeating an earlier post"),
    "announced_twice": translate("announcing an event a second time"),
}
#: How many days a year in an address may be off from a whole number of years to be a slip.
_SLIP = 3
#: The rule whose options define what counts as new.
RULE = "frequency-rhythm"


class CalendarOptions(CheckOptions, frozen=True):
    """What counts as an imported, republished, repeated or twice-announced post.

    Attributes:
        import_posts: the fewest posts, each within ``import_seconds`` of the one before, that count
            as an import.
        import_seconds: the most seconds between two posts of an import.
        import_day_posts: the fewest posts on one day that count as an import.
        republished_days: a post is republished if its address is dated more days before it.
        repeated: the least share of a post taken from an older one that makes it a repetition.
        event_days: the most days between two announcements of the same event.
        reminders: words in a title that mark a reminder.
    """

    import_posts: Count
    import_seconds: Count
    import_day_posts: Count
    republished_days: Days
    repeated: Share
    event_days: Days
    reminders: list[str]


@dataclass(frozen=True)
class Calendar:
    """New posts with their days, oldest first; ``not_new`` holds the other posts by reason."""

    posts: Sequence[tuple[date, Post]]
    not_new: Mapping[str, Sequence[Post]]
    today: date

    @property
    def days(self) -> list[date]:
        """The days with a new post, oldest first."""
        return sorted({day for day, _ in self.posts})

    def not_new_between(self, start: date, end: date) -> Text:
        """Name the posts after ``start`` and before ``end`` that end no silence, and say why."""
        named = [
            translate("“{title}” of {day} ({why})", title=post.title, day=day, why=NOT_NEW[reason])
            for reason, posts in self.not_new.items()
            for post in posts
            if post.published and start < (day := post.published.date()) < end
        ]
        if not named:
            return plain("")
        more = [plain("…")] if len(named) > _NAMED else []
        return translate(" Not counted: {posts}.", posts=joined("; ", [*named[:_NAMED], *more]))

    def last_year(self) -> list[tuple[date, Post]]:
        """Return the new posts of the last 365 days."""
        return [(day, post) for day, post in self.posts if day > self.today - YEAR]


def calendar(context: Context) -> Calendar:
    """Return the calendar of ``context.blog``, computed once."""
    if "calendar" not in context.memo:
        context.memo["calendar"] = _calendar(context)
    value: Calendar = context.memo["calendar"]
    return value


def overdue_days(days: Sequence[date], since: date, today: date, limit: int) -> int:
    """Count the days after ``since``, up to ``today``, that came over ``limit`` days after a post.

    ``today`` is included. ``since`` itself counts as a day with a post if there is none on or
    before it.
    """
    ends = [*(day for day in days if day > since), today]
    starts = [max((day for day in days if day <= since), default=since), *ends[:-1]]
    return sum(
        max(0, min((end - start).days - limit, (end - since).days))
        for start, end in zip(starts, ends, strict=True)
    )


def _calendar(context: Context) -> Calendar:
    options: CalendarOptions = context.options[RULE]
    today = context.as_of.date()
    dated = [
        (min(_day(post, context), today), post) for post in context.blog.posts if post.published
    ]
    imported = _imported([post for _, post in dated], options)
    not_new: dict[str, list[Post]] = {}
    posts = []
    measured = zip(context.documents, context.measures, strict=True)
    empty = {
        document.post.id
        for document, measures in measured
        if not measures.get("reading_minutes") and is_empty(document)
    }
    repeated = _repeated(context, options.repeated)
    announced = _announced_twice(context, options)
    for day, post in sorted(dated, key=lambda pair: (pair[0], pair[1].id)):
        reason = next(
            (
                name
                for name, ids in (
                    ("empty", empty),
                    ("imported", imported),
                    ("repeated", repeated),
                    ("announced_twice", announced),
                )
                if post.id in ids
            ),
            "republished" if _is_republished(day, post, options.republished_days) else None,
        )
        if reason:
            not_new.setdefault(reason, []).append(post)
        else:
            posts.append((day, post))
    return Calendar(posts, not_new, today)


def _day(post: Post, context: Context) -> date:
    """Return a post's day in the blog's zone, or as its own date says if no zone is configured."""
    assert post.published is not None
    zone = context.blog.zone
    return (post.published.astimezone(zone) if zone else post.published).date()


def _imported(posts: Sequence[Post], options: CalendarOptions) -> set[str]:
    """Return the ids of posts stamped together: seconds apart, or unusually many on one day."""
    found: set[str] = set()
    moments = sorted(posts, key=lambda post: (post.published, post.id))
    pause = timedelta(seconds=options.import_seconds)
    for chain in _chains(moments, pause):
        if len(chain) >= options.import_posts and not _at_midnight(chain[0].published):
            found |= {post.id for post in chain}
    by_day: dict[date, list[Post]] = {}
    for post in posts:
        if post.published:
            by_day.setdefault(post.published.date(), []).append(post)
    usual = median(map(len, by_day.values())) if by_day else 0
    for of_day in by_day.values():
        if len(of_day) >= max(options.import_day_posts, 5 * usual):
            found |= {post.id for post in of_day}
    return found


def _chains(posts: Sequence[Post], pause: timedelta) -> Iterator[list[Post]]:
    chain: list[Post] = []
    for post in posts:
        assert post.published is not None
        if chain and chain[-1].published and post.published - chain[-1].published > pause:
            yield chain
            chain = []
        chain.append(post)
    if chain:
        yield chain


def _at_midnight(moment: datetime | None) -> bool:
    """Whether a date has no time of day, so that equal ones do not suggest an import."""
    return moment is not None and (moment.hour, moment.minute, moment.second) == (0, 0, 0)


def _is_republished(day: date, post: Post, days: int) -> bool:
    """Whether a post's address or file name holds a date more than ``days`` days before ``day``.

    The same day of another year is a slip of whoever named the file.
    """
    written = address_day(post.url or "") or address_day(post.id)
    if written is None or (day - written).days <= days:
        return False
    return abs((day - written).days - 365.25 * round((day - written).days / 365.25)) > _SLIP


def _repeated(context: Context, limit: float) -> set[str]:
    """Return the ids of posts that repeat an original post.

    Repetitions of a repetition are left out: what comes back again and again is a column.
    """
    return {
        document.post.id
        for document, measures in zip(context.documents, context.measures, strict=True)
        if (measures.get("reposted") or 0.0) >= limit
    }


def _announced_twice(context: Context, options: CalendarOptions) -> set[str]:
    """Return the ids of posts about an event that an earlier post already announced.

    The titles share at least two words and half of the shorter title's, and the later one calls
    itself a reminder or names the same day, still to come. A day in the text counts only below
    titles of the same words and numbers: the notes on two releases may name that of a third.
    """
    reach = timedelta(days=options.event_days)
    found = set()
    titles = [(d, *_title(d, options)) for d in context.documents if d.post.published]
    for (later, words, reminds), (earlier, others, _) in itertools.combinations(titles, 2):
        if not later.post.published or not earlier.post.published:
            continue
        shared = len(words & others)
        if (
            shared >= 2
            and 2 * shared >= min(len(words), len(others))
            and later.post.published - earlier.post.published <= reach
            and (reminds or _is_same_event(later, earlier, words == others))
        ):
            found.add(later.post.id)
    return found


def _is_same_event(later: Document, earlier: Document, is_same_title: bool) -> bool:
    """Whether two posts announce the same day: their titles, or texts below the same title."""
    assert later.post.published is not None
    texts = [d.post.title for d in (later, earlier)]
    if is_same_title and not is_edition(*texts):
        texts = [f"{d.post.title}\n{d.text}" for d in (later, earlier)]
    after = later.post.published.date()
    coming = [{day.after(after) for day in named_days(text)} - {None} for text in texts]
    return bool(coming[0] & coming[1])


def _title(document: Document, options: CalendarOptions) -> tuple[set[str], bool]:
    """Return a title's words that tell its subject, and whether it calls itself a reminder."""
    title = document.post.title.lower()
    words = {word for word in WORD.findall(title) if len(word) > 3 and not word.isdigit()}
    marks = {mark for mark in options.reminders if mark in title}
    return {word for word in words if not any(word in mark for mark in marks)}, bool(marks)
