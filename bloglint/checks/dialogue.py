"""Whether a post speaks with its readers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Number, Positive, Share, check
from bloglint.checks.results import Hit, Measure
from bloglint.lazy import lazy
from bloglint.text.document import Document, Sentence
from bloglint.text.grammar import is_judged, pattern_of
from bloglint.text.phrases import Match

_PERSON = lazy(r"\b[A-ZÄÖÜ][\w'’-]+ (?:[A-Z]\. )?[A-ZÄÖÜ][\w'’-]+\b")
_ADDRESS = lazy(r"\b[\w.+-]+@[\w-]+\.[\w.-]+")
_COMMENTS = lazy(r"comment|kommentar|kommentier", re.IGNORECASE)
_SPEAKS_NEXT = lazy(r"\s*[\"“„»«]")


class Invitation(CheckOptions, frozen=True):
    """How much of the end is weighed, and the weight of each group of phrases found there."""

    last_words: Positive
    base: float
    weights: dict[str, Number]
    most: Count
    fewest_words: Count


@check(options=Invitation)
def invitation(
    document: Document, options: Invitation, context: Context
) -> Iterator[Hit | Measure]:
    """Whether the end of a post asks its readers for an answer.

    The last ``last_words`` words are weighed: phrases of the groups in ``weights`` (each counted
    ``most`` times at the most), questions to the reader that the author does not answer himself
    (``question``), and a person with an address (``person``), against ``base``. Selling, following
    and press contacts weigh against it. ``invites`` and ``silent`` are 0 or 1; ``questions``
    counts the questions of the prose.
    """
    if not is_judged(document.language):
        return
    asked = [s for s in document.sentences if _asks(document, s)]
    yield Measure("questions", len(asked))
    if document.post.comments is not None:
        yield Measure("comments", document.post.comments)
    if document.words < options.fewest_words or not document.post.complete:
        return
    closing = _closing(document.sentences, options.last_words)
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
    weights, most = options.weights, options.most
    weight = options.base + sum(weights[g] * min(most, n) for g, n in counts.items())
    invites = weight > 0
    yield Measure("invites", int(invites))
    yield Measure("silent", int(not invites))
    asks_for_comments = next((m for m in found if _COMMENTS.search(m.text)), None)
    if asks_for_comments and document.post.comments_open is False:
        place = (asks_for_comments.start, asks_for_comments.end)
        yield Hit("closed", 0, 1, {"phrase": asks_for_comments.text}, *place)
    if not invites:
        evidence = {group: count for group, count in counts.items() if count}
        last = document.sentences[-1]
        fields = {"questions": len(asked)}
        yield Hit("none", 0, 1, fields, last.start, last.end, evidence=evidence)


def _closing(sentences: Sequence[Sentence], words: int) -> Sequence[Sentence]:
    """The last sentences that hold so many words, at least one of them."""
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
    """Whether a question is put to the reader and left to the reader to answer.

    It is not when it stands in a quotation or before one (an interview), or when the author goes on
    for two sentences without a word of invitation: then it was rhetorical, or a heading.
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
    """Forms of the other kind allowed in a post; posts and share that make a blog's habit."""

    allowed: Count
    posts: Count
    share: Share


@check(options=Address)
def address(document: Document, options: Address, context: Context) -> Iterator[Hit | Measure]:
    """Two ways of addressing a reader: in one post, or in a post of a blog that uses the other.

    In a post each at least ``allowed`` + 1 times; in a blog where at least ``posts`` posts address
    their readers and ``share`` of them do it the other way.
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
    found = [m for m in context.matches(document, context.rule.id) if not m.quoted]
    return [m for m in found if m.group == "formal"], [m for m in found if m.group == "informal"]


def _usual(formal: Sequence[Match], informal: Sequence[Match]) -> str | None:
    """Which form a post uses; None where it hardly addresses anybody."""
    if max(len(formal), len(informal)) < 2:
        return None
    return "formal" if len(formal) > len(informal) else "informal"


def _places(document: Document, matches: Sequence[Match]) -> list[dict[str, object]]:
    """Where the first few stand: the words, and the line where it is known."""
    found: list[dict[str, object]] = []
    for match in matches[:3]:
        place = None
        if match.start is not None and match.end is not None:
            place = document.place(match.start, match.end)
        found.append({"quote": match.text, "line": place.line if place else None})
    return found
