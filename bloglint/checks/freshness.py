"""Posts that claim what has passed, and posts that somebody promised to look at again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

import msgspec

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Days, check
from bloglint.checks.results import Hit, Measure
from bloglint.digests import text_digest
from bloglint.lazy import lazy
from bloglint.model import Post
from bloglint.model.messages import joined, quoted
from bloglint.text.dates import is_regular, named_days
from bloglint.text.document import Document
from bloglint.text.patterns import any_of

#: What an editor writes above a post that is no longer true.
_MARKED = lazy(
    r"\b(?:update[ds]?|edit|nachtrag|aktualisiert|hinweis|note|archiv\w*|outdated|veraltet)\b[^.\n]{0,40}"
    r"(?::|\b(?:19|20)\d\d\b|outdated|veraltet|abgelaufen|beendet|ended|expired)"
    r"|\bsteht (?:nun |jetzt |bereits )?fest\b|\bist (?:nun |jetzt |bereits )?festgelegt\b"
    r"|^\W*(?:aktuell|update|jetzt neu)\W*:",
    re.IGNORECASE,
)
#: What tells of a call instead of making one.
_PAST = lazy(
    r"\b(?:konnte\w*|hatte\w*|waren?|wurde\w*|endete\w*|could|had|was|were|ended)\b", re.IGNORECASE
)
#: What tells of something that has happened by then: it is no promise.
_HAPPENED = lazy(r"\b(?:already|bereits|schon)\b", re.IGNORECASE)
#: The blocks at the beginning that show whether a post is news, and how many reviews are named.
_OPENING, _NAMED = 2, 3


class Claims(CheckOptions, frozen=True):
    """How long claims may be true, and what they look like.

    Attributes:
        soon_days, current_days: how long after the post they may be true.
        grace_days: how long ago a deadline may have passed.
        shown: how many are shown.
        soon, year, current: regular expressions of claims.
        call, until: what calls readers to act, and what stands before the last day.
        news: what marks a post as news.
        lasting: what marks a title as that of a post that is meant to last all the same.
    """

    soon_days: Days
    current_days: Days
    grace_days: Days
    shown: Count
    soon: list[str]
    year: list[str]
    current: list[str]
    call: list[str]
    until: str
    news: list[str]
    lasting: list[str]


class Claim(msgspec.Struct, frozen=True):
    """A claim that was true until a day: its kind, its span in the text and its last day."""

    case: str
    start: int
    end: int
    last: date


@check(options=Claims)
def claims(options: Claims, context: Context) -> Iterator[Hit | Measure]:
    """Claims that were true until a day that has passed, in posts nobody changed since.

    ``soon``, ``year`` and ``current`` claims count in posts that are meant to last; news is dated
    by its nature. A ``deadline`` counts everywhere if its sentence calls readers to act. It looks
    at the blog as a whole, since what single posts yield does not depend on the day.
    """
    dated = [(at, one) for at, one in context.whole() if one.post.published]
    documents = {document.post.id: document for _, document in dated}
    own = {name: context.options_for(one) or options for name, one in documents.items()}
    known = context.analyses.for_posts(
        [document.post for _, document in dated],
        f"claims {context.where}",
        list[Claim],
        lambda post: _claims(documents[post.id], own[post.id]),
        lambda post: _claims_depend_on(documents[post.id], own[post.id]),
    )
    for (at, document), made in zip(dated, known, strict=True):
        post = document.post
        settings: Claims = own[post.id]
        found = _passed(made, settings, context.as_of.date())
        yield Measure("passed_claims", len(found), post=at)
        for claim in found[: settings.shown]:
            published = post.published or context.as_of
            start, end = claim.start, claim.end
            fields = {
                "passage": document.text[start:end],
                "age": (context.as_of - published).days,
                "year": str(claim.last.year),
            }
            evidence = {"true_until": claim.last.isoformat()}
            yield Hit(claim.case, len(found), 0, fields, start, end, evidence=evidence, post=at)


def passed_claims(document: Document, options: Claims, today: date) -> list[Claim]:
    """Return the claims of a post that have passed by a day, in reading order."""
    return _passed(_claims(document, options), options, today)


def _passed(found: list[Claim], options: Claims, today: date) -> list[Claim]:
    grace = {"deadline": timedelta(days=options.grace_days)}
    return [one for one in found if one.last + grace.get(one.case, timedelta()) < today]


def _claims_depend_on(document: Document, options: Claims) -> str:
    """Say what a post's claims depend on besides its text."""
    post = document.post
    parts = [post.title, post.published, post.updated, document.left_out, options]
    return text_digest(repr(parts)).hex()


def _claims(document: Document, options: Claims) -> list[Claim]:
    """Return a post's claims, passed or not, in reading order."""
    post = document.post
    if post.published is None or _is_marked(document):
        return []
    stated = max(post.published, post.updated or post.published).date()
    lasting = () if is_news(document, options) else ("soon", "year", "current")
    last = {
        "soon": stated + timedelta(days=options.soon_days),
        "year": date(stated.year, 12, 31),
        "current": stated + timedelta(days=options.current_days),
    }
    found = [
        Claim(case, match.start(), match.end(), last[case])
        for case in lasting
        for block in document.prose
        for match in any_of(tuple(getattr(options, case))).finditer(
            document.text, block.start, block.end
        )
        if not document.is_mentioned(match.start()) and not _tells_of(document, match.start())
    ]
    found += _deadlines(document, options, stated)
    return sorted(found, key=lambda one: one.start)


def _tells_of(document: Document, place: int) -> bool:
    """Whether the sentence at a position reports what has happened already."""
    sentence = document.sentence_at(place)
    return sentence is not None and bool(_HAPPENED.search(document.text, sentence.start, place))


def _deadlines(document: Document, options: Claims, stated: date) -> Iterator[Claim]:
    """Yield the last days of calls to act."""
    call, until = any_of(tuple(options.call)), any_of((options.until,))

    @cache
    def calls(start: int, end: int) -> bool:
        text = document.text
        return bool(call.search(text, start, end)) and not _PAST.search(text, start, end)

    for block in document.headed_prose:
        text = document.text[block.start : block.end]
        for day in named_days(text, document.language):
            before = until.search(text, max(0, day.start - 40), day.start)
            last = day.after(stated - timedelta(days=1))
            place = block.start + day.start
            if before is None or last is None or document.is_mentioned(place):
                continue
            sentence = document.sentence_at(place)
            start = sentence.start if sentence else block.start
            end = sentence.end if sentence else block.end
            if calls(start, end):
                yield Claim("deadline", block.start + before.start(), block.start + day.end, last)


def lasts_by_title(title: str, options: Claims) -> bool:
    """Whether a title is that of a post that is meant to last, such as a guide."""
    return bool(any_of(tuple(options.lasting)).search(title))


def is_news(document: Document, options: Claims) -> bool:
    """Whether a post tells of something that happens at its time, and is not meant to last."""
    title, published = document.post.title, document.post.published
    is_dated = bool(published and str(published.year) in title) or any(named_days(title))
    if is_dated or is_regular(title):
        return True
    if lasts_by_title(title, options):
        return False
    opening = [document.text[b.start : b.end] for b in document.prose[:_OPENING]]
    news = any_of(tuple(options.news))
    return any(news.search(text) for text in (title, *opening))


def _is_marked(document: Document) -> bool:
    """Whether the post begins with a note that it has been changed or is over."""
    opening = document.readable[:_OPENING]
    return any(_MARKED.search(document.text, b.start, min(b.end, b.start + 200)) for b in opening)


class Reviews(CheckOptions, frozen=True):
    """How long after ``reviewed`` a post is to be looked at again."""

    interval_days: Days


@check(options=Reviews)
def reviews(options: Reviews, context: Context) -> Iterator[Hit | Measure]:
    """Posts, of all years, whose day for a review has passed.

    The measure ``reviews`` holds every day for a review, for the calendar.
    """
    known = reviews_of(context.blog.posts, options.interval_days)
    if not known:
        return
    today = context.as_of.date()
    late = [(day, post) for day, post in known if day < today]
    yield Measure(
        "reviews",
        [
            {"id": post.id, "day": day.isoformat(), "title": post.title, "owner": owner_of(post)}
            for day, post in known
        ],
    )
    yield Measure("overdue_reviews", len(late))
    if late:
        days = (today - late[0][0]).days
        titles = [quoted(post.title) for _, post in late[:_NAMED]]
        owners = Counter(owner_of(post) or "–" for _, post in late)
        said = ", ".join(f"{name} {n}" for name, n in owners.most_common())
        fields = {"count": len(late), "titles": joined(", ", titles), "days": days, "owners": said}
        evidence = {
            "posts": [
                {"id": post.id, "day": day.isoformat(), "owner": owner_of(post)}
                for day, post in late
            ]
        }
        yield Hit("overdue", len(late), 0, fields, evidence=evidence)


def reviews_of(posts: Sequence[Post], interval: int) -> list[tuple[date, Post]]:
    """Return the day of the next review of each post that names one, earliest first."""
    found = [(day, post) for post in posts if (day := _review(post, interval))]
    return sorted(found, key=lambda one: (one[0], one[1].id))


def _review(post: Post, interval: int) -> date | None:
    """Return the day named by ``review``, or that of ``reviewed`` and an interval, if later."""
    if post.reviewed and not (post.review and post.review > post.reviewed):
        return post.reviewed.date() + timedelta(days=interval)
    return post.review.date() if post.review else None


def owner_of(post: Post) -> str:
    """Return who is to look at a post: the reviewer that it names, or else its first author."""
    return post.reviewer or next(iter(post.authors), "")
