"""Points: how losses become a reason's score, and reasons the blog's grade."""

import pytest

from bloglint.engine import scoring
from bloglint.model import Loss, ReasonVerdict
from bloglint.rules import Rule, load_rules


def reason(score: float | None, weight: float) -> ReasonVerdict:
    return ReasonVerdict(score, weight)


@pytest.mark.parametrize("weights", [(5, 3), (5, 2), (4, 3, 0.9), (5, 4, 3, 2, 1), (8,), ()])
def test_the_score_is_the_mean_of_what_was_measured(weights: tuple[float, ...]) -> None:
    reasons = {str(n): reason(95.0, weight) for n, weight in enumerate(weights)}
    reasons["unmeasured"] = reason(None, 15 - sum(weights))
    reasons["without weight"] = reason(10.0, 0)
    assert scoring.weighted(reasons) == (95.0 if weights else None, sum(weights))


@pytest.mark.parametrize(
    ("score", "letter"),
    [
        (90, "A"),
        (89.9, "B"),
        (80, "B"),
        (79.9, "C"),
        (70, "C"),
        (69.9, "D"),
        (60, "D"),
        (59.9, "F"),
    ],
)
def test_grades_begin_at_their_points(score: float, letter: str) -> None:
    assert scoring.grade(score, state=None, is_provisional=False) == letter
    assert scoring.grade(score, state="silent", is_provisional=False) == "F"
    assert scoring.grade(score, state="silent", is_provisional=True) == "F"
    assert scoring.grade(score, state=None, is_provisional=True) is None
    assert scoring.grade(score, state="copied", is_provisional=False) == max(letter, "D")


def rules_of(*curves: tuple[str, float]) -> list[Rule]:
    """Rules over posts that lose so many points where their measure is 1."""
    from bloglint.model import replace
    from bloglint.rules import Score

    pattern = load_rules()["bloat-length"]
    return [
        replace(pattern, id=name, score=Score(name, [(0, 0), (1, points)]))
        for name, points in curves
    ]


def test_one_post_takes_no_more_than_the_bound_from_the_mean_over_ten() -> None:
    rules = rules_of(("a", 100), ("b", 100))
    worst = scoring.post_losses(rules, [{"a": 1, "b": 1}])
    assert sum(loss.points for loss in worst) == pytest.approx(14.5)
    assert [loss.points for loss in worst] == pytest.approx([7.25, 7.25])
    within = scoring.post_losses(rules, [{"a": 1, "b": 0.45}])
    assert sum(loss.points for loss in within) == pytest.approx(14.5)
    below = scoring.post_losses(rules, [{"a": 1, "b": 0.4}])
    assert sum(loss.points for loss in below) == pytest.approx(14.0)
    many = scoring.post_losses(rules, [{"a": 1, "b": 1}, *[{}] * 19])
    assert sum(loss.points for loss in many) == pytest.approx(145 / 20)


def test_a_score_never_falls_below_nothing() -> None:
    assert scoring.score_of([Loss("a", 60, 1), Loss("b", 70, 1)]) == 0.0
    assert scoring.score_of([Loss("a", 12.34, 1)]) == 87.7
    assert scoring.score_of([]) == 100.0
