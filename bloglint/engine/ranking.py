"""Worst first: the order of a blog's findings, by what each costs the score.

The only place that orders findings; every report keeps this order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from bloglint.checks.share import OfKind, marked_posts
from bloglint.engine import scoring
from bloglint.model import SEVERITIES, WEIGHTS, Finding, ReasonVerdict, replace

if TYPE_CHECKING:
    from bloglint.engine.rule_run import RuleRun

#: How sure a judgement is that rests on style alone.
_GUESS = 0.6
_LATEST = 4_000_000  # later than the ordinal of any date


def worst_first(
    findings: Iterable[Finding], run: RuleRun, reasons: Mapping[str, ReasonVerdict]
) -> tuple[Finding, ...]:
    """Return the findings with their costs, worst first.

    Severity comes first, then the points of the blog's score that a finding costs, then findings on
    a whole post before those on a passage, then the newest post.
    """
    found = list(findings)
    weight = sum(r.weight for r in reasons.values() if r.score is not None)
    scale = {name: r.weight / weight if weight else 0.0 for name, r in reasons.items()}
    totals: dict[tuple[str, str | None], float] = defaultdict(float)
    for one in found:
        totals[one.rule, one.post] += _size(one)
    costs = {**_of_blog(run, reasons), **_of_shares(run, reasons), **_of_posts(run)}
    days = {d.post.id: d.post.published for d in run.context.documents}
    ranked = []
    for one in found:
        part = _size(one) / totals[one.rule, one.post]
        points = costs.get((one.rule, one.post), 0.0) * part
        sure = _GUESS if one.rule == "recycling-style" else 1.0
        cost = round(points * scale.get(one.reason, 0.0) * sure, 3)
        day = days.get(one.post or "")
        ranked.append((_key(one, cost, day.toordinal() if day else 0), replace(one, cost=cost)))
    return tuple(one for _, one in sorted(ranked, key=lambda pair: pair[0]))


def _size(one: Finding) -> float:
    """How much a finding exceeds its limit: what the findings of a rule share their cost by."""
    return max(0.01, float(one.value or 0.0) - float(one.limit or 0.0))


def _key(one: Finding, cost: float, day: int) -> tuple[Any, ...]:
    is_passage = one.post is not None and one.place is not None and bool(one.passage)
    return (
        -SEVERITIES.index(one.severity),
        -round(cost, 1),
        is_passage,
        -(day or (_LATEST if one.post is None else 0)),
        list(WEIGHTS).index(one.reason),
        one.post or "",
        one.rule,
        (one.place.line, one.place.column or 0) if one.place else (0, 0),
        -(one.value or 0.0),
    )


def _of_blog(
    run: RuleRun, reasons: Mapping[str, ReasonVerdict]
) -> dict[tuple[str, str | None], float]:
    """What the findings on the whole blog cost their reason's score, by rule."""
    return {
        (loss.rule, None): float(loss.points)
        for reason in reasons.values()
        for loss in reason.losses
        if run.context.rules[loss.rule].scope == "blog"
    }


def _of_shares(
    run: RuleRun, reasons: Mapping[str, ReasonVerdict]
) -> dict[tuple[str, str | None], float]:
    """What each post of the kinds that are counted costs, for all rules that tell the kind."""
    found: dict[tuple[str, str | None], float] = {}
    for rule in run.rules:
        options = run.context.options[rule.id]
        if not isinstance(options, OfKind) or rule.reason not in reasons:
            continue
        marked = marked_posts(run.measures.get(rule.reason, {}), options.measure)
        lost = next((x.points for x in reasons[rule.reason].losses if x.rule == rule.id), 0.0)
        for post in marked:
            for other in run.rules:
                if other.reason == rule.reason and other.scope != "blog":
                    found[other.id, post] = float(lost) / len(marked)
    return found


def _of_posts(run: RuleRun) -> dict[tuple[str, str | None], float]:
    """What rules that score single posts cost, by rule and post."""
    whole = list(run.context.whole())
    found: dict[tuple[str, str | None], float] = {}
    scored = [rule for rule in run.rules if rule.score and rule.scope != "blog"]
    for at, document in whole:
        for rule_id, points in scoring.points_of_post(scored, run.per_post[at]).items():
            found[rule_id, document.post.id] = points / max(len(whole), 10)
    return found
