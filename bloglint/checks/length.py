"""How long a post is, weighed against how well edited it looks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Number, Positive, Share, check
from bloglint.checks.norms import norm
from bloglint.checks.results import Hit, Measure
from bloglint.lazy import lazy
from bloglint.model import translate
from bloglint.model.messages import plain
from bloglint.rules import interpolate
from bloglint.text.document import Document

#: Words a minute of silent reading (Brysbaert 2019, "How many words do we read per minute?").
READING_PACE = 238
#: Blocks other than headings that break up a text.
_BREAKS = frozenset({"item", "quote", "cell", "code"})
_TLDR = lazy(r"\btl;?\s?dr\b", re.IGNORECASE)
#: A post this far over its limit is too long; the limit is an estimate.
_CLEARLY = 1.1
#: How close to the beginning or the end a summary stands, in words.
_SUMMARY_REACH = 300


class Length(CheckOptions, frozen=True):
    """Words allowed with no and with all signs of editing, and what counts as such a sign.

    A post with a heading for every ``words_each`` words is no error however long it is.
    """

    max_words: Positive
    edited_words: Positive
    signs: dict[str, Number]
    spans: dict[str, tuple[Number, Number]]
    unedited: Share
    words_each: Positive
    deviations: Number
    unusual_words: Positive
    unusual_times: Number


@check(options=Length)
def length(document: Document, options: Length, context: Context) -> Iterator[Hit | Measure]:
    """Words of running text; the better edited a post looks, the longer it may be.

    ``editing`` is a score from 0 to 1: headings, short sentences, lists and pictures, and a
    summary, weighted by ``signs``. It moves the limit from ``max_words`` to ``edited_words``;
    ``length_excess`` is how far the post exceeds the limit, as a share of it, 0 within it.
    """
    words = document.words
    if not words:
        return
    signs = editing(document, options, context)
    hand = sum(options.signs[name] * value for name, value in signs.items())
    limit = round(options.max_words + hand * (options.edited_words - options.max_words))
    usual = norm(context, "words", lambda one: one.words)
    yield Measure("length_excess", round(max(0.0, words / limit - 1), 4))
    yield Measure("editing", round(hand, 3))
    yield Measure("reading_minutes", round(words / READING_PACE, 1))
    fields = {
        "words": words,
        "limit": limit,
        "minutes": round(words / READING_PACE),
        "headings": len(document.headings),
        "sentence_words": round(words / len(document.sentences)),
        "usual": plain(""),
    }
    if usual:
        middle = round(usual.middle)
        fields["usual"] = translate(
            " This blog's posts have {middle} words as a rule.", middle=middle
        )
    evidence = {
        **{name: round(value, 2) for name, value in signs.items()},
        "editing": round(hand, 2),
    }
    if words > _CLEARLY * limit:
        is_divided = words <= options.words_each * len(document.headings)
        epic = hand < options.unedited and words > 2 * options.max_words and not is_divided
        yield Hit("epic" if epic else "long", words, limit, fields, evidence=evidence)
    elif usual and usual.deviation:
        far = round(usual.middle + options.deviations * usual.deviation)
        least = max(options.unusual_words, round(options.unusual_times * far))
        if words > max(least, 2 * usual.middle):
            yield Hit("unusual", words, far, {**fields, "limit": far}, evidence=evidence)


def editing(document: Document, options: Length, context: Context) -> dict[str, float]:
    """Return the signs of editing, each from 0 to 1: headings, sentences, breaks, summary."""
    words = document.words
    headings = sum(heading.start > 0 for heading in document.headings)
    breaks = len(document.images) + sum(block.kind in _BREAKS for block in document.blocks)
    falling = {name: [(low, 1.0), (high, 0.0)] for name, (low, high) in options.spans.items()}
    return {
        "headings": interpolate(falling["headings"], words / headings) if headings else 0.0,
        "sentences": interpolate(falling["sentences"], words / len(document.sentences)),
        "breaks": interpolate(falling["breaks"], words / breaks) if breaks else 0.0,
        "summary": float(_has_summary(document, options, context)),
    }


def _has_summary(document: Document, options: Length, context: Context) -> bool:
    starts = [m.start for m in context.matches(document, context.rule.id) if m.start is not None]
    starts += [m.start() for m in _TLDR.finditer(document.text)]
    reach = 6 * _SUMMARY_REACH  # in characters
    return any(start < reach or start > len(document.text) - reach for start in starts)
