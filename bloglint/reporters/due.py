"""What is due, by date: the next post, the day of death, planned posts; and possible stand-ins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec

from bloglint.model import Report, Text, Verdict, translate
from bloglint.model.messages import plain

Kind = Literal["dead", "due", "planned", "review"]
#: What can be overdue; the rest just passes.
OVERDUE: frozenset[Kind] = frozenset({"due", "review"})
#: An author of this share of the last year's posts, if there are this many or more, writes alone.
ALONE, FEWEST = 0.8, 5
#: What is due within this many days is near; planned titles are cut to this many characters.
NEAR_DAYS, TITLE = 14, 80


class Due(msgspec.Struct, frozen=True, order=True):
    """A dated event in one blog's calendar; its ``uid`` stays the same when the day moves."""

    day: date
    kind: Kind
    blog: str
    text: Text
    uid: str
    link: str | None = None
    note: Text = plain("")

    def is_over(self, as_of: date) -> bool:
        """Whether the day has passed."""
        return self.day < as_of

    def is_near(self, as_of: date) -> bool:
        """Whether it belongs on a list of the coming days: it is near, or is an overdue post."""
        is_overdue = self.kind in OVERDUE and self.is_over(as_of)
        return is_overdue or 0 <= (self.day - as_of).days <= NEAR_DAYS

    def describe(self, as_of: date) -> Text:
        """What is due, and that it is overdue."""
        if self.kind not in OVERDUE or not self.is_over(as_of):
            return self.text
        return translate("{text} (overdue)", text=self.text)


def due_of(verdict: Verdict, as_of: date) -> list[Due]:
    """Return what is due on one blog, earliest first."""
    return sorted(_due_of(verdict, as_of), key=lambda one: (one.day, one.kind, one.uid))


def all_due(report: Report) -> list[Due]:
    """Return what is due on all blogs of a report, earliest first."""
    every = [one for verdict in report.blogs for one in _due_of(verdict, verdict.day(report))]
    return sorted(every, key=lambda one: (one.day, one.kind, one.blog, one.uid))


def _due_of(verdict: Verdict, as_of: date) -> Iterator[Due]:
    measures = verdict.measures_of("frequency")
    blog = verdict.listing.source if verdict.listing else verdict.source
    hint = stand_in(verdict)
    days = {name: measures.get(name) for name in ("next_post_due", "dead_on")}
    planned = [one for one in verdict.planned if one.day]
    if days["next_post_due"]:
        day = date.fromisoformat(days["next_post_due"])
        covered = any(one.day and as_of <= one.day <= day for one in planned)
        text = translate("next post due")
        if covered:
            text = translate("next post due (one is planned)")
        yield Due(day, "due", verdict.name, text, _uid(blog, "due"), verdict.home, hint)
    if days["dead_on"]:
        day = date.fromisoformat(days["dead_on"])
        text = translate("counts as abandoned without a post")
        if day <= as_of:
            text = translate("counts as abandoned from this day on")
        yield Due(day, "dead", verdict.name, text, _uid(blog, "dead"), verdict.home)
    for review in verdict.measures_of("craft").get("reviews", ()):
        text = translate("review: {title}", title=_short(review["title"]))
        note = translate("responsible: {owner}", owner=review["owner"])
        day, uid = date.fromisoformat(review["day"]), _uid(blog, f"review {review['id']}")
        yield Due(
            day, "review", verdict.name, text, uid, None, note if review["owner"] else plain("")
        )
    for one in planned:
        if one.day:
            title = _short(one.title)
            text = translate("planned: {title}", title=title)
            uid = _uid(blog, f"planned {one.id}")
            yield Due(one.day, "planned", verdict.name, text, uid, one.url)


def _short(title: str) -> str:
    title = " ".join(title.split())
    return title if len(title) <= TITLE else f"{title[:TITLE]} …"


def undated_said(verdict: Verdict) -> Text | None:
    """A sentence on how many drafts have no day yet, and which; None if there are none."""
    drafts = [one for one in verdict.planned if one.day is None]
    if not drafts:
        return None
    named = ", ".join(draft.title or draft.id for draft in drafts[:3]) + (
        ", …" if drafts[3:] else ""
    )
    count = len(drafts)
    if count == 1:
        return translate("1 draft without a day: {named}", named=named)
    return translate("{count} drafts without a day: {named}", count=count, named=named)


def stand_in(verdict: Verdict) -> Text:
    """A suggestion who might write next if one author writes nearly everything; else empty."""
    measures = verdict.measures_of("frequency")
    counts = Counter(name for post in verdict.posts for name in post.authors[:1])
    total = sum(counts.values())
    if total < FEWEST:
        return plain("")
    (first, most) = counts.most_common(1)[0]
    if most < ALONE * total:
        return plain("")
    rested = measures.get("rested_author")
    if rested and rested != first:
        since = date.fromisoformat(measures["rested_since"])
        return translate(
            "{first} writes nearly everything; {rested} could stand in (last post on {since}).",
            first=first,
            rested=rested,
            since=since,
        )
    others = [name for name in counts if name != first]
    if others:
        return translate(
            "{first} writes nearly everything; {other} could stand in.",
            first=first,
            other=others[0],
        )
    return translate("{first} writes everything: name a stand-in.", first=first)


def _uid(blog: str, what: str) -> str:
    from hashlib import sha256

    return sha256(f"{blog}\0{what}".encode("utf-8", "replace")).hexdigest()[:24] + "@bloglint"
