"""How many of the newest posts are of a kind: the number matters, not any single post."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Curve, Positive, Share, check
from bloglint.checks.results import Hit, Measure
from bloglint.checks.text_measures import sender_of
from bloglint.model import Post, Text, translate
from bloglint.model.messages import quoted
from bloglint.rules import interpolate

_NONE = translate("no post was long enough, in English or German")
_UNDATED = translate("without dates nobody knows which posts are the newest")

_NO_MODEL = translate("none yet")
#: How far of the kind a model may be, its fewest words, and how many models are named.
MODEL, MODEL_WORDS, MODELS = 0.2, 60, 3


def marked_posts(measures: Mapping[str, Any], name: str) -> list[str]:
    """Return the ids of the newest posts of a kind, from what `share` measured under a name."""
    marks, ids = (measures.get(f"{name}_{part}", ()) for part in ("marks", "marked"))
    return [post for mark, post in zip(marks, ids, strict=True) if mark]


def likeness(
    measures: Mapping[str, Any], options: OfKind, but: Collection[str] = ()
) -> float | None:
    """Return how far a post is of the kind, 0 to 1: the highest of its measures on their curves.

    A measure listed in ``without`` counts only if the other one named there is missing; those in
    ``but`` do not count.
    """
    values = [
        interpolate(curve, measures[name])
        for name, curve in options.curves.items()
        if name not in but
        and measures.get(name) is not None
        and measures.get(options.without.get(name, "")) is None
    ]
    return max(values) if values else None


def _is_guess(measures: Mapping[str, Any], options: OfKind) -> bool:
    """Whether style alone makes a post one of the kind: a measure listed in ``guesses``."""
    return (likeness(measures, options, options.guesses) or 0.0) < 0.5


def _models(judged: Sequence[tuple[int, float]], context: Context) -> list[Text]:
    """Return the titles of long enough posts without errors or warnings, least of a kind first."""
    found = sorted(
        (value, at) for at, value in judged if value < MODEL and at not in context.flagged
    )
    documents = [context.documents[at] for _, at in found]
    titles = [quoted(d.post.title) for d in documents if d.words >= MODEL_WORDS and d.post.title]
    return titles[:MODELS]


def _by_year(options: OfKind, context: Context) -> dict[str, dict[str, int]]:
    """Count the judged posts of each year, and how many of them are of the kind."""
    return _by(lambda day: str(day.year), [*_judged(context), *context.past], options)


def _by_quarter(options: OfKind, context: Context) -> dict[str, dict[str, int]]:
    """Count the same for each quarter ("2026-Q2"), over the scored posts only."""
    return _by(lambda day: f"{day.year}-Q{(day.month + 2) // 3}", _judged(context), options)


def _judged(context: Context) -> list[tuple[Post, Mapping[str, Any]]]:
    return [(d.post, m) for d, m in zip(context.documents, context.measures, strict=True)]


def _by(
    period: Callable[[datetime], str],
    judged: Sequence[tuple[Post, Mapping[str, Any]]],
    options: OfKind,
) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for post, measures in judged:
        value = likeness(measures, options)
        if value is not None and post.published:
            counts = found.setdefault(period(post.published), {"posts": 0, "of_kind": 0})
            counts["posts"] += 1
            counts["of_kind"] += value >= 0.5
    return dict(sorted(found.items()))


def _case(context: Context) -> str:
    """Return whom the advice is for: a sender that serves instead of selling has its own."""
    is_serving = "serving" in context.rule.message and sender_of(context) > 0
    return "serving" if is_serving else "share"


class OfKind(CheckOptions, frozen=True):
    """Curves that turn measures into how far a post is of the kind, and the share of posts allowed.

    A measure listed in ``without`` counts only if the other one named there was not measured; one
    in ``guesses`` tells the style of a post and proves nothing.
    """

    measure: str
    of: Positive
    curves: dict[str, Curve]
    allowed: Share
    fewest: Count
    without: dict[str, str] = {}
    guesses: list[str] = []
    scaled: bool = False


@check(options=OfKind, counts_past=True)
def share(options: OfKind, context: Context) -> Iterator[Hit | Measure]:
    """The expected number of posts of a kind among the newest ``of`` that could be judged.

    With fewer posts, a ``scaled`` share counts as if there were ``of`` of them.
    Posts without a date are left out. ``curves`` turn measures of a post into how far it is of the
    kind (0 to 1); posts at 0.5 or more are counted and named. ``marks`` flags them among the judged
    posts, newest first, ``guesses`` those judged by their style alone, and ``marked`` holds the ids
    of all. There is no finding with fewer than
    ``fewest`` posts. The finding names as models the blog's own posts that are least of the kind,
    out of all that were judged.
    """
    name, of = options.measure, options.of
    all_judged = [
        (at, value)
        for at, measures in enumerate(context.measures)
        if (value := likeness(measures, options)) is not None
    ]
    dated = [one for one in all_judged if context.documents[one[0]].post.published]
    judged = dated[:of]
    if not judged:
        yield Measure(f"{name}_expected", None, _UNDATED if all_judged else _NONE)
        return
    members = [at for at, value in judged if value >= 0.5]
    expected = sum(value for _, value in judged)
    if options.scaled:
        expected *= of / len(judged)
    yield Measure(f"{name}_expected", round(expected, 3))
    yield Measure(f"{name}_posts", len(members))
    yield Measure(f"{name}_of", len(judged))
    yield Measure(f"{name}_marks", [int(value >= 0.5) for _, value in judged])
    guesses = [int(_is_guess(context.measures[at], options)) for at, _ in judged]
    yield Measure(f"{name}_guesses", guesses)
    yield Measure(f"{name}_marked", [context.documents[at].post.id for at, _ in judged])
    years = _by_year(options, context)
    if len(years) > 1:
        yield Measure(f"{name}_by_year", years)
    yield Measure(f"{name}_by_quarter", _by_quarter(options, context))
    allowed = max(1, int(options.allowed * len(judged))) if options.allowed else 0
    yield Measure(f"{name}_allowed", allowed)
    if len(judged) >= options.fewest and len(members) > allowed:
        titles = [context.documents[at].post.title for at in members]
        yield Hit(
            _case(context),
            round(len(members) / len(judged), 4),
            options.allowed,
            {
                "count": len(members),
                "of": len(judged),
                "allowed": allowed,
                "models": _models(all_judged, context) or _NO_MODEL,
            },
            evidence={"posts": [context.documents[at].post.id for at in members], "titles": titles},
        )
