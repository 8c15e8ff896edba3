"""How many of the newest posts are of a kind: the measure counts, not one post."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bloglint.checks import Context, Hit, Measure, Options
from bloglint.model import Text
from bloglint.rules import interpolate

_NONE = Text(
    "no post was long enough, in English or German",
    "kein Beitrag war lang genug, auf Deutsch oder Englisch",
)


def likeness(measures: Mapping[str, Any], curves: Mapping[str, Any]) -> float | None:
    """How far a post is of the kind, 0 to 1: the strongest of its measures on their curves."""
    values = [
        interpolate(curve, measures[name])
        for name, curve in curves.items()
        if measures.get(name) is not None
    ]
    return max(values) if values else None


def share(options: Options, context: Context) -> Iterator[Hit | Measure]:
    """The expected number of posts of a kind among the newest ``of`` that could be judged.

    ``curves`` turn measures of a post into how far it is of the kind (0 to 1); posts at 0.5 or
    more are counted by name. Not judged under ``fewest`` posts.
    """
    name, of = options["measure"], options["of"]
    judged = [
        (at, value)
        for at, measures in enumerate(context.measures)
        if (value := likeness(measures, options["curves"])) is not None
    ][:of]
    if not judged:
        yield Measure(f"{name}_expected", None, _NONE)
        return
    members = [at for at, value in judged if value >= 0.5]
    expected = sum(value for _, value in judged)
    yield Measure(f"{name}_expected", round(expected, 3))
    yield Measure(f"{name}_posts", len(members))
    yield Measure(f"{name}_of", len(judged))
    if len(judged) >= options["fewest"] and len(members) > options["allowed"] * len(judged):
        titles = [context.documents[at].post.title for at in members]
        yield Hit(
            "share",
            round(len(members) / len(judged), 4),
            options["allowed"],
            {
                "count": len(members),
                "of": len(judged),
                "allowed": int(options["allowed"] * len(judged)),
            },
            evidence={"posts": [context.documents[at].post.id for at in members], "titles": titles},
        )
