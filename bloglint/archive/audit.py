"""The audit: one decision a post, with its reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from math import inf, log2

from bloglint.archive.similar import Subject, competing, own_passage, repeats, weigh
from bloglint.checks.freshness import Claim, Claims, is_news, owner_of, passed_claims
from bloglint.model import Blog, Text, translate
from bloglint.model.audit import DECISIONS, Audit, AuditedPost, Decision
from bloglint.model.messages import quoted
from bloglint.sources import restored
from bloglint.sources.traffic import slug, slug_of, visits_of
from bloglint.text.dates import is_regular, named_days
from bloglint.text.document import Document
from bloglint.text.footers import leave_out_footers, own_words
from bloglint.text.grammar import Announcements, grammar_of
from bloglint.text.patterns import any_of

#: The rule whose options say what a claim looks like.
CLAIMS = "freshness-claims"
#: Days after which a post is old, after which one that lasts should be looked at, and for how many
#: of them what will be "soon" may be so.
OLD, STALE, SOON = 365, 730, 180
#: Words below which a post says little, from which one is a piece of work, and the most of an
#: announcement and of an invitation.
LITTLE, WORK, ANNOUNCEMENT, INVITATION = 40, 300, 300, 600
#: From how many links of other posts a post is one that readers are led to.
LINKED = 3
#: The share of the most visited posts that are looked at first.
_READ = 0.2
#: The paragraphs that say what a post is.
_OPENING = 3
#: How many days ahead an invitation names its day, and after which it is over for sure.
_AHEAD, _OVER = timedelta(days=200), timedelta(days=60)
#: From which share on a post that repeats another adds nothing, whatever it links to.
_SAME = 0.9
#: The most characters of a sentence that is quoted.
_QUOTED = 120
#: A link that more posts than this hold belongs to the template.
_TEMPLATE = 3
#: How a link to the file of a post ends.
_ENDING = re.compile(r"\.(?:md|mdx|markdown)$")
_BETWEEN_WORDS, _APOSTROPHE = re.compile(r"[\W_]+"), re.compile(r"['’]")
#: An address in a tag, or one that stands for itself.
_ADDRESS = re.compile(r"\bhref\s{0,9}=\s{0,9}[\"']([^\"'\n]+)|https?://[^\s<>\"'()\[\]]+", re.I)
#: The number before the name of a file ("1203-why"), and how Jekyll's tags name a post's file.
_NUMBER = re.compile(r"^\d{2,8}-(?=\D)")
_JEKYLL = re.compile(r"\{%-?\s*(?:post_url|link)\s+(?:\S*/)?([^\s/%]+)")
_I = re.IGNORECASE
_NOTHING_OWN = translate("it holds nothing that the other lacks; redirect its address there")
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
        self._own_words = own_words(documents)
        self._holders = Counter(link for one in documents for link in _addresses(one))
        self._links = _links_in(documents)
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
            if not passage and at not in self._repeats:
                reasons = [*reasons, _NOTHING_OWN]
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
        own = _addresses(self._documents[at]) - _addresses(self._documents[other])
        return any(self._holders[link] <= _TEMPLATE for link in own)

    def _is_over(self, at: int) -> list[Text]:
        """Return why nobody needs a post any more, or nothing."""
        document = self._documents[at]
        is_needed = at in self._survivors or self._links[at] >= LINKED or self._visits[at]
        if is_needed or document.post.published is None:
            return []
        if said := self._announced(document):
            return [said]
        if self._age(at) <= OLD or self._links[at]:
            return []
        count = document.words
        if count < LITTLE and not document.images and not _addresses(document):
            return [translate("only {count} words, no link, and no post links to it", count=count)]
        over = [one for one in self._passed(at) if one.case == "deadline"]
        if over and document.words < ANNOUNCEMENT:
            day = max(one.last for one in over)
            return [translate("an announcement whose day has passed ({day})", day=day)]
        return []

    def _announced(self, document: Document) -> Text | None:
        """Say to which day a post invites or what it announces for it, if all its days have passed.

        What the title announces may be of any length.
        """
        post, words = document.post, _announcements(document)
        if words is None or is_regular(post.title) or not post.published:
            return None
        opening = [document.text[b.start : b.end] for b in document.prose[:_OPENING]]
        text = "\n".join((post.title, *opening))
        in_title = any_of(tuple(words.titles), _I).search(post.title)
        invites = any_of(tuple(words.invites), _I).search(text)
        if not in_title and not (invites and document.words < INVITATION):
            return None
        told = post.title if in_title else f"{text}\n{document.prose_text}"
        if any_of(tuple(words.recounts), _I).search(told):
            return None
        stated = max(post.published, post.updated or post.published).date()
        ahead = _days_ahead(text, stated, document.language)
        every = [*ahead, *_days_ahead(document.prose_text, stated, document.language)]
        if not ahead or max(every) + _OVER >= self._as_of.date():
            return None
        form = "an announcement whose day has passed ({day})"
        if invites:
            form = "an invitation to a day that has passed ({day})"
        return translate(form, day=ahead[0])

    def _is_stale(self, at: int) -> list[Text]:
        """Return what a post that lasts says that should be brought up to date, or nothing."""
        document, age = self._documents[at], self._age(at)
        said: list[Text] = []
        passed = [one for one in self._passed(at) if one.case != "deadline"]
        if passed and age > OLD:
            first = passed[0]
            words = quoted(document.text[first.start : first.end])
            said.append(translate("claims what has passed: {words}", words=words))
        if at not in self._lasting:
            return said
        if not said and age > SOON and (promise := _promise(document)):
            words = quoted(promise)
            said.append(translate("promises what may have come long ago: {words}", words=words))
        if age <= STALE or not self._is_read(at):
            return said
        year = max((int(found) for found in _YEAR.findall(document.post.title)), default=None)
        if year and year < self._as_of.year - 1:
            said.append(translate("its title says {year}", year=str(year)))
        return said

    def _why_kept(self, at: int) -> Text:
        document, count, age = self._documents[at], self._links[at], self._age(at)
        is_work = at in self._lasting and age > STALE and document.words >= WORK
        if is_work and self._is_read(at):
            form = "{years} years old, and {count} posts link to it: see whether it still holds"
            if count < LINKED:
                form = "{years} years old, and one of the most read: see whether it still holds"
            return translate(form, years=int(age / 365.25), count=count)
        if count >= LINKED:
            return translate("{count} posts link to it", count=count)
        post = document.post
        if post.published is None and post.updated is None:
            return translate("without a date: how old it is, nothing tells")
        if self._age(at) <= OLD:
            return translate("written or changed within a year")
        if at not in self._lasting:
            return translate("news of its time")
        return translate("no reason to change it was found")

    def _passed(self, at: int) -> list[Claim]:
        return passed_claims(self._documents[at], self._options, self._as_of.date())

    def _best(self, group: Sequence[int]) -> int:
        """Return the post that the others of a group are to be merged into."""
        return max(
            group,
            key=lambda at: (
                self._visits[at] or 0,
                self._links[at] + log2(1 + self._own_words[at]) - self._age(at) / STALE,
                -at,
            ),
        )


def _announcements(document: Document) -> Announcements | None:
    """Return how the language of a post announces, None if it is not judged."""
    grammar = grammar_of(document.language)
    return grammar.announcements if grammar else None


def _promise(document: Document) -> str:
    """Return the first sentence of a post that promises something without a day, or nothing."""
    words = _announcements(document)
    if words is None:
        return ""
    for block in document.prose:
        for match in any_of(tuple(words.promises), _I).finditer(
            document.text, block.start, block.end
        ):
            sentence = document.sentence_at(match.start())
            if sentence is None or document.is_mentioned(match.start()):
                continue
            text = " ".join(document.text[sentence.start : sentence.end].split())
            return text if len(text) <= _QUOTED else f"{text[:_QUOTED].rsplit(' ', 1)[0]} …"
    return ""


def _addresses(document: Document) -> set[str]:
    """Return the pages that a post links to, or names, wherever it does so: in tables too."""
    found = {link.url for link in document.links}
    found.update(one[1] or one[0] for one in _ADDRESS.finditer(document.post.source))
    return {address for address in found if not address.startswith(("mailto:", "#"))}


def _days_ahead(text: str, stated: date, language: str | None) -> list[date]:
    """Return the days that a text names of those that lay ahead on the day it was stated."""
    named = (day.after(stated - timedelta(days=1)) for day in named_days(text, language))
    return [day for day in named if day and day - stated <= _AHEAD]


def _to_the_last(repeated: Mapping[int, tuple[int, float]]) -> dict[int, tuple[int, float]]:
    """Return the same with the newest post of a chain in place of one that itself repeats it."""

    def last(at: int) -> int:
        return last(repeated[at][0]) if at in repeated else at

    return {at: (last(newer), share) for at, (newer, share) in repeated.items()}


def _threshold(counts: Sequence[int]) -> float:
    """Return the visits from which a post is one of the most read."""
    ordered = sorted(counts, reverse=True)
    return ordered[int(_READ * len(ordered))] if ordered else inf


def _links_in(documents: Sequence[Document]) -> list[int]:
    """Count, for each post, the other posts that link to it, by the last part of addresses.

    A post's address ends with the name of its file, with or without the number before it, or with
    its title, in either case with hyphens or underscores; Jekyll names the file.
    """
    names = [
        {_hyphened(name), _hyphened(_NUMBER.sub("", name)), _hyphened(one.post.title)}
        for one in documents
        for name in [slug_of(one.post)]
    ]
    slugs = Counter(name for own in names for name in own)
    at_slug = {name: at for at, own in enumerate(names) for name in own}
    found: list[set[int]] = [set() for _ in documents]
    for at, document in enumerate(documents):
        for address in sorted(_addresses(document)):
            named = _JEKYLL.search(address)
            name = _hyphened(_ENDING.sub("", slug(f"/{named[1]}" if named else address)))
            other = at_slug.get(name)
            if other is not None and other != at and slugs[name] == 1 and len(name) > 3:
                found[other].add(at)
    return [len(own) for own in found]


def _hyphened(name: str) -> str:
    """Return a title or the end of an address as an address writes it: lower case, hyphens."""
    return _BETWEEN_WORDS.sub("-", _APOSTROPHE.sub("", name.lower())).strip("-")
