"""The audit: one decision a post, with its reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from math import inf

from bloglint.archive.addresses import addresses, links_in
from bloglint.archive.similar import Subject, competing, own_passage, repeats, weigh
from bloglint.archive.timely import announced, promise
from bloglint.checks.freshness import (
    Claim,
    Claims,
    is_news,
    lasts_by_title,
    owner_of,
    passed_claims,
)
from bloglint.model import Blog, Text, translate
from bloglint.model.audit import DECISIONS, Audit, AuditedPost, Decision
from bloglint.model.messages import quoted
from bloglint.sources import restored
from bloglint.sources.traffic import visits_of
from bloglint.text.document import Document
from bloglint.text.footers import leave_out_footers

#: The rule whose options say what a claim looks like.
CLAIMS = "freshness-claims"
#: Days after which a post is old, after which one that lasts should be looked at, and for how many
#: of them what will be "soon" may be so.
OLD, STALE, SOON = 365, 730, 180
#: Words below which a post says little, from which one is a piece of work, and the most of an
#: announcement.
LITTLE, WORK, ANNOUNCEMENT = 40, 300, 300
#: From how many links of other posts a post is one that readers are led to.
LINKED = 3
#: The share of the most visited posts that are looked at first.
_READ = 0.2
#: From which share on a post that repeats another adds nothing, whatever it links to.
_SAME = 0.9
#: A link that more posts than this hold belongs to the template.
_TEMPLATE = 3
_YEAR = re.compile(r"(?<![\d/.-])(20[0-2]\d)(?![\d/.-])")


def audit(
    blog: Blog, options: Claims, as_of: datetime, visits: Mapping[str, int] | None = None
) -> Audit:
    """Return what to do with each post of a blog.

    Args:
        blog: the blog as published by the moment.
        options: what a claim looks like that may have passed.
        as_of: the moment of the audit.
        visits: the visits by the path of an address, if known.

    Raises:
        SourceError: the file of a post is gone or has changed since it was read.
    """
    whole = [restored(post) for post in blog.posts if post.complete]
    documents = [Document(post, blog.language) for post in whole]
    leave_out_footers(documents)
    auditor = _Auditor(documents, options, as_of, visits)
    order = {decision: n for n, decision in enumerate(DECISIONS)}
    posts = sorted(
        (auditor.judged(at) for at in range(len(documents))),
        key=lambda one: (order[one.decision], -(one.visits or 0), -one.links_in),
    )
    unread = len(blog.posts) - len(whole)
    name = blog.title or blog.source
    return Audit(name, blog.source, as_of, tuple(posts), unread, dict(blog.left_out))


class _Auditor:
    """What is known of all posts, and the decision on each."""

    def __init__(
        self,
        documents: Sequence[Document],
        options: Claims,
        as_of: datetime,
        visits: Mapping[str, int] | None,
    ) -> None:
        self._documents, self._options, self._as_of = documents, options, as_of
        self._subjects = [Subject.of(document) for document in documents]
        weigh(self._subjects)
        self._linked = [addresses(document) for document in documents]
        self._holders = Counter(link for own in self._linked for link in own)
        self._links = links_in(documents, self._linked)
        self._visits: list[int | None] = [None] * len(documents)
        if visits is not None:
            self._visits = [*visits_of([document.post for document in documents], visits)]
        self._much_read = _threshold([count for count in self._visits if count])
        self._repeats = _to_the_last(
            {at: (newer, share) for at, (newer, share) in repeats(self._subjects).items()
             if share >= _SAME or not self._has_own_links(at, newer)}
        )  # fmt: skip
        self._survivors = {newer for newer, _ in self._repeats.values()}
        self._lasting = {
            at
            for at, document in enumerate(documents)
            if at not in self._repeats and not is_news(document, options)
        }
        self._partner = {
            at: self._best(group)
            for group in competing(self._subjects, self._lasting)
            for at in group
        }

    def judged(self, at: int) -> AuditedPost:
        """Return the decision on one post."""
        post = self._documents[at].post
        decision, reasons, partner = self._decided(at)
        other = None if partner is None else self._documents[partner].post
        passage = ""
        if partner is not None and decision == "merge":
            passage = own_passage(self._subjects[at], self._subjects[partner])
        return AuditedPost(
            id=post.id,
            title=post.title,
            url=post.url,
            path=post.path,
            published=post.published,
            author=owner_of(post),
            language=self._documents[at].language,
            words=self._documents[at].words,
            links_in=self._links[at],
            decision=decision,
            reasons=tuple(reasons),
            visits=self._visits[at],
            partner=other.title if other else "",
            partner_place=(other.url or other.path or other.id) if other else "",
            passage=passage,
            is_to_check=decision == "keep" and self._is_to_check(at),
        )

    def _decided(self, at: int) -> tuple[Decision, list[Text], int | None]:
        if at in self._repeats:
            newer, share = self._repeats[at]
            title = quoted(self._documents[newer].post.title)
            said = translate(
                "repeats {title} ({percent}% of it); redirect its address there",
                title=title,
                percent=round(100 * share),
            )
            return ("merge" if self._is_read(at) else "cut"), [said], newer
        if over := self._is_over(at):
            return "cut", over, None
        best = self._partner.get(at, at)
        if best != at:
            title = quoted(self._documents[best].post.title)
            return "merge", [translate("answers the same question as {title}", title=title)], best
        if stale := self._is_stale(at):
            return "update", stale, None
        return "keep", [self._why_kept(at)], None

    def _age(self, at: int) -> int:
        """Days since a post was published or changed; 0 without a date."""
        post = self._documents[at].post
        stated = max(filter(None, (post.published, post.updated)), default=self._as_of)
        return max(0, (self._as_of - stated).days)

    def _is_read(self, at: int) -> bool:
        """Whether many visitors or links of other posts lead to a post."""
        visits = self._visits[at]
        return self._links[at] >= LINKED or bool(visits and visits >= self._much_read)

    def _has_own_links(self, at: int, other: int) -> bool:
        """Whether a post links to what another does not, beside the links of a template."""
        own = self._linked[at] - self._linked[other]
        return any(self._holders[link] <= _TEMPLATE for link in own)

    def _is_over(self, at: int) -> list[Text]:
        """Return why nobody needs a post any more, or nothing."""
        document = self._documents[at]
        is_needed = at in self._survivors or self._links[at] >= LINKED or self._visits[at]
        if is_needed or document.post.published is None:
            return []
        is_guide = lasts_by_title(document.post.title, self._options)
        if not is_guide and (said := announced(document, self._as_of.date())):
            return [said]
        if self._age(at) <= OLD or self._links[at]:
            return []
        count = document.words
        if count < LITTLE and not document.images and not self._linked[at]:
            return [translate("only {count} words, no link, and no post links to it", count=count)]
        over = [one for one in self._passed(at) if one.case == "deadline"]
        if over and document.words < ANNOUNCEMENT:
            day = max(one.last for one in over)
            return [translate("an announcement whose day has passed ({day})", day=day)]
        return []

    def _is_stale(self, at: int) -> list[Text]:
        """Return what a post that lasts says that should be brought up to date, or nothing."""
        document, age = self._documents[at], self._age(at)
        said: list[Text] = []
        passed = [one for one in self._passed(at) if one.case != "deadline"]
        if passed and age > OLD and document.words >= WORK:
            first = passed[0]
            words = quoted(document.text[first.start : first.end])
            said.append(translate("claims what has passed: {words}", words=words))
        if at not in self._lasting:
            return said
        if not said and age > SOON and (promised := promise(document)):
            words = quoted(promised)
            said.append(translate("promises what may have come long ago: {words}", words=words))
        if age <= STALE or not self._is_read(at):
            return said
        year = max((int(found) for found in _YEAR.findall(document.post.title)), default=None)
        if year and year < self._as_of.year - 1:
            said.append(translate("its title says {year}", year=str(year)))
        return said

    def _why_kept(self, at: int) -> Text:
        count, age = self._links[at], self._age(at)
        if self._is_to_check(at):
            form = "{years} years old, and {count} posts link to it: see whether it still holds"
            if count < LINKED:
                form = "{years} years old, and one of the most read: see whether it still holds"
            return translate(form, years=int(age / 365.25), count=count)
        if count >= LINKED:
            return translate("{count} posts link to it", count=count)
        post = self._documents[at].post
        if post.published is None and post.updated is None:
            return translate("without a date: how old it is, nothing tells")
        if age <= OLD:
            return translate("written or changed within a year")
        if at not in self._lasting:
            return translate("news of its time")
        return translate("no reason to change it was found")

    def _is_to_check(self, at: int) -> bool:
        """Whether an old piece of work that is to last is much read."""
        is_work = at in self._lasting and self._documents[at].words >= WORK
        return is_work and self._age(at) > STALE and self._is_read(at)

    def _passed(self, at: int) -> list[Claim]:
        return passed_claims(self._documents[at], self._options, self._as_of.date())

    def _best(self, group: Sequence[int]) -> int:
        """Return the post that the others of a group are to be merged into.

        It is the newest, unless more visitors or many links lead to another.
        """

        def rank(at: int) -> tuple[int, int, int, int]:
            links = self._links[at] if self._links[at] >= LINKED else 0
            return self._visits[at] or 0, links, -self._age(at), -at

        return max(group, key=rank)


def _to_the_last(repeated: Mapping[int, tuple[int, float]]) -> dict[int, tuple[int, float]]:
    """Return the same with the newest post of a chain in place of one that itself repeats it."""

    def last(at: int) -> int:
        return last(repeated[at][0]) if at in repeated else at

    return {at: (last(newer), share) for at, (newer, share) in repeated.items()}


def _threshold(counts: Sequence[int]) -> float:
    """Return the visits from which a post is one of the most read."""
    ordered = sorted(counts, reverse=True)
    return ordered[int(_READ * len(ordered))] if ordered else inf
