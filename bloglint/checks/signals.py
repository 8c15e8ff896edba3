"""Many small signals, combined into one probability for a post as a whole."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Number, Positive, Share, check
from bloglint.checks.results import Hit, Measure
from bloglint.checks.text_measures import MEASURES, OF_BLOG, per_thousand
from bloglint.model import translate
from bloglint.model.messages import plain, quoted, shorten
from bloglint.rules import Rule, Signal
from bloglint.text.document import WORD, Document, Sentence
from bloglint.text.grammar import is_judged
from bloglint.text.phrases import Match
from bloglint.text.stems import stem_words

#: With fewer judged posts, the allowance is that of ``of`` posts.
FEWEST = 3
#: The most passages that a finding quotes.
PASSAGES = 3
#: The most characters of one of them that the message holds.
_SHOWN = 120
#: How much a word's weight counts beside phrases where the strongest sentences are chosen.
_OF_WORDS = 0.2
#: How certain a judgement is, in words.
_CERTAINTY = (
    (0.9, translate("almost certainly")),
    (0.7, translate("probably")),
    (0.0, translate("possibly")),
)
_start = attrgetter("start")
_UNCOMPARED = translate("; not compared with any")
_LANGUAGE = translate("tone and style were not judged, the language is neither English nor German")
_SHORT = translate("too short to judge its tone and style")


def values(rule: Rule, document: Document, context: Context) -> list[float]:
    """Return the value of each signal of the rule in a post.

    Phrases count per 1,000 words; other signals are in the unit of their measure.
    """
    name = f"signals {rule.id} {context.digest}"
    known = document.memo.get(name, lambda: _of_text(rule, document, context))
    return [
        MEASURES[signal.measure](document, context) if signal.measure in OF_BLOG else value
        for signal, value in zip(rule.signals, known, strict=True)
    ]


def _of_text(rule: Rule, document: Document, context: Context) -> list[float]:
    """Return the values of the signals of a text; that of a measure of its blog is 0."""
    own = rule.id
    lists = {s.phrases.partition("/")[0] for s in rule.signals if s.phrases} - {own}
    spans = [
        (m.start, m.end)
        for name in lists
        for m in context.matches(document, name)
        if m.start is not None and m.end is not None
    ]
    found: dict[str, list[Match]] = defaultdict(list)
    for name in (*lists, own):
        quoted = bool(getattr(context.options[name], "quoted", False))
        for match in context.matches(document, name):
            if match.quoted and not quoted:
                continue
            # A match of the rule's own lists that overlaps another list's phrase counts there only.
            if name != own or not _covered(match, spans):
                found[name].append(match)
                found[f"{name}/{match.group}"].append(match)
    return [
        per_thousand(document, _weigh(found[signal.phrases], signal, document, context))
        if signal.phrases
        else _weigh_words(rule, signal.words, document, context)
        if signal.words
        else 0.0
        if signal.measure in OF_BLOG
        else _measured(signal.measure or "", document, context)
        for signal in rule.signals
    ]


def _measured(name: str, document: Document, context: Context) -> float:
    """Return a measure of a text, measured once for all rules."""
    known: dict[tuple[str, str], float] = context.memo.setdefault("text measures", {})
    key = name, document.post.id
    if key not in known:
        known[key] = MEASURES[name](document, context)
    return known[key]


def _weigh_words(rule: Rule, table: str, document: Document, context: Context) -> float:
    """Return the summed weights of a text's different words over the root of how many it has.

    Words and pairs of words count if the table has them.
    """
    language = str(document.language)
    weights = rule.weights(table, language)
    known = [weights[stem] for stem in words_told(document, context) if stem in weights]
    return sum(known) / math.sqrt(len(known)) if known else 0.0


def words_told(document: Document, context: Context) -> set[str]:
    """Return the stems of a text's title, headings and prose, and its pairs of adjacent stems.

    The company's own names are left out.
    """
    known: dict[str, set[str]] = context.memo.setdefault("words told", {})
    if document.post.id not in known:
        own = {word.lower() for name in context.own_names for word in WORD.findall(name)}
        heads = [document.post.title, *(document.text[b.start : b.end] for b in document.headings)]
        language = str(document.language)
        known[document.post.id] = found = set()
        for words in (*map(WORD.findall, heads), document.own_words):
            found.update(_with_pairs(words, own, language))
    return known[document.post.id]


def _with_pairs(words: Iterable[str], own: Collection[str], language: str) -> set[str]:
    """Return the stems of words, and each two that follow each other, without names and numbers."""
    stems = [
        stem
        for word in words
        for stem in (("",) if word.lower() in own else _letters_only(word, language))
    ]
    pairs = {f"{one} {other}" for one, other in pairwise(stems) if one and other}
    return pairs | {stem for stem in stems if stem}


@lru_cache(maxsize=200_000)
def _letters_only(word: str, language: str) -> tuple[str, ...]:
    """Return the stems of a word's parts, "" for one that holds more than letters."""
    return tuple(stem if stem.isalpha() else "" for stem, _ in stem_words([word], language))


def _weigh(matches: Sequence[Match], signal: Signal, document: Document, context: Context) -> float:
    """Return how many matches count.

    Those about others count less (``signal.others``); up to ``signal.closing`` matches in the last
    paragraph, a discreet closing, do not count.
    """
    count = 0.0
    closing = signal.closing
    last = document.prose[-1].start if document.prose else 0
    for match in reversed(matches):
        if closing and match.start is not None and match.start >= last:
            closing -= 1
            continue
        others = signal.others != 1 and context.is_about_others(document, match.start)
        count += signal.others if others else 1
    return count


def _covered(match: Match, spans: Sequence[tuple[int, int]]) -> bool:
    if match.start is None or match.end is None:
        return False
    return any(start < match.end and match.start < end for start, end in spans)


def signals(
    rule: Rule, document: Document, context: Context
) -> tuple[float, list[tuple[Signal, float]]]:
    """Return a post's log-odds from signals, and what each signal added, largest first."""
    measured = zip(rule.signals, values(rule, document, context), strict=True)
    added = [(signal, signal.adds(value)) for signal, value in measured]
    return sum(points for _, points in added), sorted(added, key=lambda pair: -pair[1])


def probability(rule: str, document: Document, context: Context) -> float:
    """Return how probably a post is what a rule of this kind of check looks for; 0 without it."""
    if rule not in context.rules or not is_judged(document.language):
        return 0.0
    odds, _ = signals(context.rules[rule], document, context)
    return _logistic(context.options[rule].base + odds)


def _logistic(odds: float) -> float:
    """Return the probability that log-odds mean."""
    return 1 / (1 + math.exp(-odds))


class Weigh(CheckOptions, frozen=True):
    """The log-odds without signals, the limit, and how many of the newest posts may exceed it.

    Nothing is reported of a post with a measure of at least what ``unless`` names: that is proof.
    """

    measure: str
    base: float
    limit: Share
    fewest_words: Count
    of: Positive
    allowed: Count
    unless: dict[str, Number] = {}


@check(options=Weigh, measures_past=True)
def weigh(options: Weigh, context: Context) -> Iterator[Hit | Measure]:
    """The probability that a post as a whole is of a kind, by logistic regression.

    ``base`` is the log-odds of a post without any signal. Posts under ``fewest_words`` words or in
    a language without phrase lists are not judged. Of the newest ``of`` posts, ``allowed`` may
    exceed ``limit``; the most certain ones beyond that are the case ``beyond``, all others over the
    limit ``within``. Posts that the user asked about are the last to use up the allowance.
    """
    rule = context.rule
    name, limit = options.measure, options.limit
    judged = 0
    over: list[tuple[float, int, list[tuple[Signal, float]]]] = []
    for at, document in context.whole():
        if document.words < options.fewest_words:
            yield Measure(name, None, _SHORT, post=at)
            continue
        if not is_judged(document.language):
            yield Measure(name, None, _LANGUAGE, post=at)
            continue
        judged += 1
        odds, added = signals(rule, document, context)
        value = round(_logistic(options.base + odds), 4)
        yield Measure(name, value, post=at)
        known = context.measures[at]
        if value > limit and not any(known.get(k, 0) >= v for k, v in options.unless.items()):
            over.append((value, at, added))
    of = options.of if judged < FEWEST else min(options.of, judged)
    allowed = max(1, options.allowed * of // options.of) if options.allowed else 0
    asked = {n for n, d in enumerate(context.documents) if d.post.id in context.blog.named}
    among = [o for o in over if o[1] < options.of]
    beyond = sorted(among, key=lambda o: (o[1] not in asked, -o[0], o[1]))
    certain = {o[1] for o in beyond[: max(0, len(beyond) - allowed)]}
    for value, at, added in over:
        document = context.documents[at]
        passages = _passages(rule, added, document, context) or document.sentences[:1]
        texts = [document.text[one.start : one.end] for one in sorted(passages, key=_start)]
        yield Hit(
            "beyond" if at in certain else "within",
            value,
            limit,
            {
                "percent": min(99, round(value * 100)),
                "certainty": next(word for least, word in _CERTAINTY if value >= least),
                "uncompared": _UNCOMPARED if context.press is None else plain(""),
                "of": of,
                "allowed": allowed,
                "signals": [s.about or plain(s.name) for s, p in added if _speaks_for(s, p)][:3],
                "quotes": [quoted(shorten(" ".join(text.split()), _SHOWN)) for text in texts],
            },
            passages[0].start,
            passages[0].end,
            evidence={s.name: round(p, 2) for s, p in added if p},
            post=at,
        )


def _speaks_for(signal: Signal, points: float) -> bool:
    """Whether a signal can be named as a reason: it added something by what is there."""
    return points > 0 and signal.curve[-1][1] > signal.curve[0][1]


def _passages(
    rule: Rule,
    added: Sequence[tuple[Signal, float]],
    document: Document,
    context: Context,
) -> list[Sentence]:
    """Return the sentences that speak most for the judgement, strongest first.

    A phrase counts by its share of what its signal added, a word by its weight.
    """
    points: dict[int, float] = defaultdict(float)
    for signal, value in added:
        if value <= 0:
            continue
        if signal.phrases:
            places = list(_places(signal.phrases, document, context))
            for place in places:
                if sentence := document.sentence_at(place):
                    points[sentence.start] += value / len(places)
        elif signal.words:
            weights = rule.weights(signal.words, str(document.language))
            for sentence in document.sentences:
                words = WORD.findall(document.text, sentence.start, sentence.end)
                stems = set(_with_pairs(words, (), str(document.language)))
                told = sum(max(0.0, weights.get(stem, 0.0)) for stem in stems)
                points[sentence.start] += _OF_WORDS * told
    strongest = sorted(
        (one for one in document.sentences if points[one.start] > 0),
        key=lambda one: (-points[one.start], one.start),
    )
    return strongest[:PASSAGES]


def _places(phrases: str, document: Document, context: Context) -> Iterator[int]:
    """Yield where in the text a list's phrases stand, outside quotations."""
    rule, _, group = phrases.partition("/")
    for match in context.matches(document, rule):
        if group in ("", match.group) and not match.quoted and match.start is not None:
            yield match.start
