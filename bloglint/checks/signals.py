"""Many small signals, combined into one probability for a post as a whole."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Positive, Share, check
from bloglint.checks.results import Hit, Measure
from bloglint.lazy import lazy
from bloglint.model import translate
from bloglint.model.messages import plain, quoted
from bloglint.rules import Rule, Signal
from bloglint.text.document import WORD, Document
from bloglint.text.grammar import is_judged, pattern_of
from bloglint.text.phrases import Match

#: A shorter text counts as this long, so that a single phrase never decides.
LEAST_WORDS = 150
#: With fewer judged posts, the allowance is that of ``of`` posts.
FEWEST = 3
#: The most phrases that a finding quotes.
QUOTES = 5
_DATELINE = lazy(
    r"^\s*(?:\(?[A-ZÄÖÜ][\w.\-/ ]{2,40},?\s*(?:\(?\w+\)?,?\s*)?(?:den\s+)?"
    r"(?:\d{1,2}\.?\s+\w+\.?\s+\d{4}|\w+\.?\s+\d{1,2},\s+\d{4}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4})\)?\s*[–—-]"
    r"|[A-ZÄÖÜ]{4,}[\w ,./]{0,40}[–—]|[A-ZÄÖÜ][\wäöüß]+(?:/[A-ZÄÖÜ]\w+)?\s*[–—]\s)"
)


_LANGUAGE = translate("tone and style were not judged, the language is neither English nor German")
_SHORT = translate("too short to judge its tone and style")


def _per_thousand(document: Document, count: float) -> float:
    return count * 1000 / max(document.words, LEAST_WORDS)


def _density(field: str) -> Callable[[Document, Context], float]:
    """Return a measure of a grammar field's matches per 1,000 words, by paragraph language."""

    def density(document: Document, context: Context) -> float:
        count = sum(
            len(pattern_of(language, field).findall(text))
            for language, text in document.own_texts.items()
            if is_judged(language)
        )
        return _per_thousand(document, count)

    return density


def _own_name(document: Document, context: Context) -> float:
    text = " ".join((document.post.title, document.prose_text)).lower()
    count = sum(
        len(re.findall(rf"\b{re.escape(name.lower())}", text)) for name in context.own_names
    )
    return _per_thousand(document, count)


def _outside_links(document: Document, context: Context) -> float:
    own = host_of(context.blog.url or document.post.url or "")
    hosts = {host_of(link.url) for link in document.links}
    return float(len({host for host in hosts if host and host != own}))


def host_of(url: str) -> str:
    """Return an address's host without ``www.``, or an empty string for a relative address."""
    from urllib.parse import urlsplit

    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


#: A label, alone on its line, that marks a text as a press release.
_MARK = lazy(
    r"(?:for immediate release|press release|news release|media release|pressemitteilung"
    r"|medienmitteilung|presseinformation|medieninformation|sperrfrist\b.*|embargo(?:ed)?\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_NAMES_RELEASE = lazy(
    r"press release|news release|media release|press(?:e|e?information|emitteilung|eportal)|"
    r"medienmitteilung|newsroom",
    re.IGNORECASE,
)
_PRESS_ADDRESS = lazy(
    r"/(?:press|presse|press-?releases?|pressemitteilung\w*|newsroom|medienmitteilung\w*|media-?centre)/"
    r"|press-?release|pressemitteilung|medienmitteilung",
    re.IGNORECASE,
)
#: The line that ends a release.
_END_MARK = lazy(
    r"^[ \t]*(?:<p>\s*)?(?:#\s?#\s?#|\+\s?\+\s?\+|-\s?(?:30|ENDS?)\s?-)[ \t]*(?:</p>)?[ \t\r]*$",
    re.MULTILINE,
)
_SOURCE = lazy(r"(?:source|quelle)\b\s*:", re.IGNORECASE)
#: The value of a mere link to a release, as a press mark.
LINKED = 0.4
#: The most words in a line that is a label or closing link.
_LABEL_WORDS = 14


def _press_mark(document: Document, context: Context) -> float:
    """Return 1 if the first or last lines call the text a release, `LINKED` if they link to ours.

    A link alone is not conclusive: good posts have one as well.
    """
    if _END_MARK.search(document.post.body):
        return 1.0
    blocks = document.readable
    own = host_of(context.blog.url or document.post.url or "")
    found = 0.0
    for block in (*blocks[:1], *blocks[-2:]):
        text = document.text[block.start : block.end].strip(" *_:-–()[]")
        if len(text.split()) > _LABEL_WORDS:
            continue
        if _MARK.fullmatch(text) or (_SOURCE.match(text) and _NAMES_RELEASE.search(text)):
            return 1.0
        for link in document.links:
            ours = not own or host_of(link.url) in ("", own)
            if block.start <= link.start < block.end and ours:
                named = _PRESS_ADDRESS.search(link.url) or _NAMES_RELEASE.search(text)
                found = LINKED if named else found
    return found


def _sentence_words(document: Document, context: Context) -> float:
    return document.words / len(document.sentences) if document.sentences else 0.0


#: Measures of a text besides its phrases, per 1,000 words unless noted otherwise.
MEASURES: dict[str, Callable[[Document, Context], float]] = {
    "first_person_singular": _density("i"),
    "first_person_plural": _density("we"),
    "second_person": _density("you"),
    "exclamations": lambda d, c: _per_thousand(d, d.own_text.count("!")),
    "questions": lambda d, c: _per_thousand(d, d.own_text.count("?")),
    "own_name": _own_name,
    "outside_links": _outside_links,  # different hosts
    "code_blocks": lambda d, c: float(sum(b.kind == "code" for b in d.blocks)),  # count
    "dateline": lambda d, c: float(bool(d.prose) and bool(_DATELINE.match(d.prose_text))),  # 0, 1
    "press_mark": _press_mark,  # 0, 1
    "sentence_words": _sentence_words,  # words a sentence
    "figures": lambda d, c: _per_thousand(d, len(re.findall(r"\d[\d.,]*", d.own_text))),
    "headings": lambda d, c: _per_thousand(d, len(d.headings)),
    "quoted_share": lambda d, c: (
        sum(len(WORD.findall(d.text, a, b)) for a, b in d.quotations) / max(1, d.words)
    ),  # share of the words
}


def values(rule: Rule, document: Document, context: Context) -> list[float]:
    """Return the value of each signal of the rule in a post.

    Phrases count per 1,000 words; other signals are in the unit of their measure.
    """
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
        _per_thousand(document, _weigh(found[signal.phrases], signal, document, context))
        if signal.phrases
        else MEASURES[signal.measure or ""](document, context)
        for signal in rule.signals
    ]


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
    known = document.memo.get(
        f"signals {rule.id} {context.digest}", lambda: values(rule, document, context)
    )
    measured = zip(rule.signals, known, strict=True)
    added = [(signal, signal.adds(value)) for signal, value in measured]
    return sum(points for _, points in added), sorted(added, key=lambda pair: -pair[1])


class Weigh(CheckOptions, frozen=True):
    """The log-odds without signals, the limit, and how many of the newest posts may exceed it."""

    measure: str
    base: float
    limit: Share
    fewest_words: Count
    of: Positive
    allowed: Count


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
        value = round(1 / (1 + math.exp(-(options.base + odds))), 4)
        yield Measure(name, value, post=at)
        if value > limit:
            over.append((value, at, added))
    of = options.of if judged < FEWEST else min(options.of, judged)
    allowed = max(1, options.allowed * of // options.of) if options.allowed else 0
    asked = {n for n, d in enumerate(context.documents) if d.post.id in context.blog.named}
    among = [o for o in over if o[1] < options.of]
    beyond = sorted(among, key=lambda o: (o[1] not in asked, -o[0], o[1]))
    certain = {o[1] for o in beyond[: max(0, len(beyond) - allowed)]}
    for value, at, added in over:
        document = context.documents[at]
        words = _quotes(_evidence(added, document, context))
        first = next((m for m in words if m.start is not None), None)
        opening = document.sentences[0]
        start, end = (first.start, first.end) if first else (opening.start, opening.end)
        yield Hit(
            "beyond" if at in certain else "within",
            value,
            limit,
            {
                "percent": min(99, round(value * 100)),
                "of": of,
                "allowed": allowed,
                "signals": [s.about or plain(s.name) for s, p in added[:3] if p > 0],
                "quotes": [quoted(m.text) for m in words] or ["–"],
            },
            start,
            end,
            evidence={s.name: round(p, 2) for s, p in added if p},
            post=at,
        )


def _quotes(matches: Iterable[Match]) -> list[Match]:
    """Return up to five different phrases, those with a place in the body first."""
    found = list({match.text.lower(): match for match in reversed(list(matches))}.values())[::-1]
    return sorted(found[:QUOTES], key=lambda match: match.start is None)


def _evidence(
    added: Sequence[tuple[Signal, float]], document: Document, context: Context
) -> Iterator[Match]:
    """Yield the phrases of the signals that raised the odds, strongest signal first."""
    for signal, points in added:
        if points > 0 and signal.phrases:
            rule, _, group = signal.phrases.partition("/")
            for match in context.matches(document, rule):
                if group in ("", match.group) and not match.quoted:
                    yield match
