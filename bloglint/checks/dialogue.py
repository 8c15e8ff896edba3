"""Whether a post enters into a dialogue with its readers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Number, Positive, Share, check
from bloglint.checks.results import Hit, Measure
from bloglint.lazy import lazy
from bloglint.text.dates import is_regular
from bloglint.text.document import Document, Sentence
from bloglint.text.grammar import is_judged, pattern_of
from bloglint.text.phrases import Match

_PERSON = lazy(r"\b[A-ZÄÖÜ][\w'’-]{1,60} (?:[A-Z]\. )?[A-ZÄÖÜ][\w'’-]+\b")
_ADDRESS = lazy(r"\b[\w.+-]{1,64}@[\w-]+\.[\w.-]+")
_COMMENTS = lazy(r"comment|kommentar|kommentier", re.IGNORECASE)
_SPEAKS_NEXT = lazy(r"\s*[\"“„»«]")


class Invitation(CheckOptions, frozen=True):
    """How much of a post's end is weighed, and the weight of each group of phrases found there."""

    last_words: Positive
    base: float
    weights: dict[str, Number]
    most: Count
    fewest_words: Count


@check(options=Invitation)
def invitation(
    document: Document, options: Invitation, context: Context
) -> Iterator[Hit | Measure]:
    """Whether the end of a post invites its readers to reply.

    The last ``last_words`` words are weighed, starting from ``base``: phrases of the groups in
    ``weights`` (each group counted at most ``most`` times), questions to the reader that the author
    does not answer (``question``), and a named person with an e-mail address (``person``). Selling,
    calls to follow and press contacts weigh against an invitation. A standing footer that invites
    counts as well, by its phrases. ``invites`` and ``silent`` are 0 or 1; ``questions`` counts the
    questions in the prose.
    """
    if not is_judged(document.language):
        return
    asked = [s for s in document.sentences if _asks(document, s)]
    yield Measure("questions", len(asked))
    if document.post.comments is not None:
        yield Measure("comments", document.post.comments)
    if document.words < options.fewest_words or not document.post.complete:
        return
    if is_regular(document.post.title):
        return  # release notes and digests have no closing words
    own = [s for s in document.sentences if document.language_at(s.start) == document.language]
    closing = _closing(own or document.sentences, options.last_words)
    start, end = closing[0].start, closing[-1].end
    found = [
        m
        for m in context.matches(document, context.rule.id)
        if m.start is not None and start <= m.start < end and not m.quoted
    ]
    counts = Counter(m.group for m in found)
    counts["question"] = sum(
        _is_open(document, closing, n, found) for n, s in enumerate(closing) if s in asked
    )
    text = document.text[start:end]
    counts["person"] = int(bool(_ADDRESS.search(text) and _PERSON.search(text)))
    invites = _weigh(counts, options) > 0 or any(
        _weigh(Counter(m.group for m in found if s.start <= (m.start or 0) < s.end), options) > 0
        for s in closing
    )
    if not invites and document.footer:
        standing = Counter(m.group for m in context.matches_in_footer(document, context.rule.id))
        invites = _weigh(standing, options) > 0
    yield Measure("invites", int(invites))
    yield Measure("silent", int(not invites))
    asks_for_comments = next((m for m in found if _COMMENTS.search(m.text)), None)
    if asks_for_comments and document.post.comments_open is False:
        place = (asks_for_comments.start, asks_for_comments.end)
        yield Hit("closed", 0, 1, {"phrase": asks_for_comments.text}, *place)
    if not invites:
        evidence = {group: count for group, count in counts.items() if count}
        last = closing[-1]
        fields = {"questions": len(asked)}
        yield Hit("none", 0, 1, fields, last.start, last.end, evidence=evidence)


def _weigh(counts: Mapping[str, int], options: Invitation) -> float:
    """Return what the phrases found in an ending weigh, by their group."""
    weights = options.weights
    return options.base + sum(weights[g] * min(options.most, n) for g, n in counts.items())


def _closing(sentences: Sequence[Sentence], words: int) -> Sequence[Sentence]:
    """Return the last sentences that fit into ``words`` words, at least one."""
    held = 0
    for n, sentence in enumerate(reversed(sentences)):
        held += sentence.words
        if held > words:
            return sentences[-max(1, n) :]
    return sentences


def _asks(document: Document, sentence: Sentence) -> bool:
    return document.text[sentence.start : sentence.end].rstrip("\"“”»«)*’' ").endswith("?")


def _is_open(
    document: Document, closing: Sequence[Sentence], at: int, found: Sequence[Match]
) -> bool:
    """Whether a question is addressed to the reader and left for the reader to answer.

    It is not if it stands in a quotation or before one (an interview), or if the author goes on for
    two sentences without inviting a reply: then it was rhetorical, or a heading.
    """
    sentence = closing[at]
    text = document.text[sentence.start : sentence.end]
    if not pattern_of(str(document.language), "reader").search(text):
        return False
    if any(a <= sentence.start < b for a, b in document.quotations):
        return False
    after = closing[at + 1 :]
    answers = [s for s in after if not _asks(document, s)]
    if answers and _SPEAKS_NEXT.match(document.text, answers[0].start):
        return False
    inviting = any(
        m.group in ("invite", "answer") and (m.start or 0) >= sentence.end for m in found
    )
    return len(answers) < 2 or inviting


class Address(CheckOptions, frozen=True):
    """Limits on mixing formal and informal address.

    Attributes:
        allowed: how many forms of the rarer kind a post may use.
        posts: the fewest posts addressing their readers that can establish a habit.
        share: the least share of them using one form that makes it the blog's habit.
    """

    allowed: Count
    posts: Count
    share: Share


@check(options=Address)
def address(document: Document, options: Address, context: Context) -> Iterator[Hit | Measure]:
    """Formal and informal address mixed in one post, or a post that departs from the blog's habit.

    A post mixes them if it uses each more than ``allowed`` times. It departs from the habit if at
    least ``posts`` posts address their readers and ``share`` of these use the other form.
    """
    formal, informal = _forms(document, context)
    rarer = min(formal, informal, key=len)
    yield Measure("mixed_address", len(rarer))
    if len(rarer) > options.allowed:
        fields = {
            "formal": len(formal),
            "informal": len(informal),
            "first": formal[0].text,
            "second": informal[0].text,
        }
        evidence = {"formal": _places(document, formal), "informal": _places(document, informal)}
        first = rarer[0]
        yield Hit(
            "mixed",
            len(rarer),
            options.allowed,
            fields,
            first.start,
            first.end,
            first.text,
            evidence=evidence,
        )
        return
    own = _usual(formal, informal)
    if own is None:
        return
    key = f"address {document.language}"
    if key not in context.memo:
        context.memo[key] = [
            usual
            for one in context.documents
            if one.language == document.language
            and (usual := _usual(*_forms(one, context))) is not None
        ]
    others: list[str] = context.memo[key]
    differing = sum(other != own for other in others)
    if len(others) >= options.posts and differing >= options.share * len(others):
        match = (formal or informal)[0]
        fields = {"form": match.text, "others": differing, "of": len(others)}
        share = round(1 - differing / len(others), 4)
        limit = round(1 - options.share, 4)
        yield Hit("other", share, limit, fields, match.start, match.end, match.text)


def _forms(document: Document, context: Context) -> tuple[list[Match], list[Match]]:
    found = [
        m
        for m in context.matches(document, context.rule.id)
        if not m.quoted and document.language_at(m.start) == document.language
    ]
    return [m for m in found if m.group == "formal"], [m for m in found if m.group == "informal"]


def _usual(formal: Sequence[Match], informal: Sequence[Match]) -> str | None:
    """Return the form that a post mostly uses, or None if it hardly addresses anybody."""
    if max(len(formal), len(informal)) < 2:
        return None
    return "formal" if len(formal) > len(informal) else "informal"


def _places(document: Document, matches: Sequence[Match]) -> list[dict[str, object]]:
    """Return the words of the first three matches, with their lines where known."""
    found: list[dict[str, object]] = []
    for match in matches[:3]:
        place = None
        if match.start is not None and match.end is not None:
            place = document.place(match.start, match.end)
        found.append({"quote": match.text, "line": place.line if place else None})
    return found
