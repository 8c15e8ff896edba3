"""Scoring: measures become points lost, points a reason's score, and reasons the blog's score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bloglint.model import GRADES, Loss, ReasonVerdict
from bloglint.rules import Rule

#: The least weight of the measured reasons, out of 15, that earns a grade.
GRADE_WEIGHT = 8.0
#: The fewest judged posts with a text that earn a grade.
GRADE_POSTS = 6
#: The share of the last posts that makes a blog one of copies.
COPIED = 0.8
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
        for rule_id, loss in points_of_post(scored, measures).items():
            points[rule_id] += loss / max(len(posts), 10)
    return [Loss(rule_id, total, total) for rule_id, total in points.items()]


def points_of_post(rules: Iterable[Rule], measures: Mapping[str, float]) -> dict[str, float]:
    """Return the points that a post loses by each rule, `POST_BOUND` at most in all."""
    own = {r.id: r.score.loss(measures.get(r.score.measure, 0.0)) for r in rules if r.score}
    factor = min(1.0, POST_BOUND / sum(own.values())) if sum(own.values()) else 0.0
    return {rule_id: loss * factor for rule_id, loss in own.items()}


def score_of(losses: Iterable[Loss]) -> float:
    """Return 100 minus the points lost, never below 0."""
    return round(max(0.0, 100.0 - sum(loss.points for loss in losses)), 1)


def grade(score: float, *, state: str | None, is_provisional: bool) -> str | None:
    """Return the grade of a score; a provisional score has none.

    A blog that counts as abandoned (``silent``) has F, one made of copies (``copied``) D at most.
    """
    if state == "silent":
        return "F"
    if is_provisional:
        return None
    letter = next((letter for letter, least in GRADES if score >= least), "F")
    return max(letter, "D") if state == "copied" else letter


def weighted(reasons: Mapping[str, ReasonVerdict]) -> tuple[float | None, float]:
    """Return the weighted mean of the measured reasons, and the sum of their weights."""
    measured = [(r.score, r.weight) for r in reasons.values() if r.score is not None and r.weight]
    weight = sum(w for _, w in measured)
    return (round(sum(s * w for s, w in measured) / weight, 1) if weight else None), weight
