"""The three colours of scores; a word or a number always says the same."""

from __future__ import annotations

from collections.abc import Mapping

from bloglint.reporters.overview import FELT

_GRADES: Mapping[str, str] = {"A": "good", "B": "good", "C": "fair", "D": "fair", "F": "bad"}


def colour_of_score(score: float | None) -> str:
    """The CSS class of a score; ``none`` without one."""
    if score is None:
        return "none"
    score = round(score)
    return "good" if score >= 80 else "fair" if score >= 60 else "bad"


def colour_of_grade(letter: str | None) -> str:
    """The CSS class of a grade; ``none`` without one."""
    return _GRADES.get(letter or "", "none")


def colour_of_change(change: float | None) -> str:
    """The CSS class of a change of the score; ``none`` if it is less than a point."""
    if change is None or abs(change) < FELT:
        return "none"
    return "good" if change > 0 else "bad"
