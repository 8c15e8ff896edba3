"""Scoring: measures become points lost, points a reason's score, and reasons the blog's score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bloglint.model import Loss, ReasonVerdict
from bloglint.rules import Rule

#: The least weight of the measured reasons, out of 15, that earns a grade.
GRADE_WEIGHT = 8.0
_GRADES = ((90, "A"), (80, "B"), (70, "C"), (60, "D"))
#: The fewest judged posts with a text that earn a grade.
GRADE_POSTS = 6
#: The most points that a single post, however bad, adds to the mean over the posts.
POST_BOUND = 145.0


def blog_losses(rules: Iterable[Rule], measures: Mapping[str, float]) -> list[Loss]:
    """Return the losses from rules of scope blog; of each group, only the largest counts."""
    largest: dict[str, Loss] = {}
    for rule in rules:
        if rule.score and rule.scope == "blog" and rule.score.measure in measures:
            value = measures[rule.score.measure]
            loss = Loss(rule.id, rule.score.loss(value), value)
            group = rule.score.group or rule.id
            if group not in largest or loss.points > largest[group].points:
                largest[group] = loss
    return list(largest.values())


def post_losses(rules: Iterable[Rule], posts: Sequence[Mapping[str, float]]) -> list[Loss]:
    """Return the losses from rules on single posts: means over the posts, or over ten if fewer."""
    scored = [rule for rule in rules if rule.score and rule.scope != "blog"]
    points = dict.fromkeys((rule.id for rule in scored), 0.0)
    for measures in posts:
        own = {r.id: r.score.loss(measures.get(r.score.measure, 0.0)) for r in scored if r.score}
        factor = min(1.0, POST_BOUND / sum(own.values())) if sum(own.values()) else 0.0
        for rule_id, loss in own.items():
            points[rule_id] += loss * factor / max(len(posts), 10)
    return [Loss(rule_id, total, total) for rule_id, total in points.items()]


def score_of(losses: Iterable[Loss]) -> float:
    """Return 100 minus the points lost, never below 0."""
    return round(max(0.0, 100.0 - sum(loss.points for loss in losses)), 1)


def grade(score: float, *, is_dead: bool, is_provisional: bool) -> str | None:
    """Return the grade of a score; a dead blog has F, and a provisional score has none."""
    if is_dead:
        return "F"
    if is_provisional:
        return None
    return next((name for least, name in _GRADES if score >= least), "F")


def weighted(reasons: Mapping[str, ReasonVerdict]) -> tuple[float | None, float]:
    """Return the weighted mean of the measured reasons, and the sum of their weights."""
    measured = [(r.score, r.weight) for r in reasons.values() if r.score is not None and r.weight]
    weight = sum(w for _, w in measured)
    return (round(sum(s * w for s, w in measured) / weight, 1) if weight else None), weight
