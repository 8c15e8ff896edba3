"""A plan: what to do by when, and what it would bring."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

from bloglint.model.messages import Text


class PlannedStep(msgspec.Struct, frozen=True):
    """Something to do by a day: a new post, a planned one, the editing of one; and by whom.

    Of a blog that has long been silent it is to be decided first whether it goes on.

    ``author`` is empty if nobody who writes is known, ``subject`` if none that rests is; it is a
    tag of the blog.
    """

    day: date
    kind: Literal["decide", "post", "planned", "edit"]
    text: Text
    author: str = ""
    post: str = ""
    subject: str = ""


class Plan(msgspec.Struct, frozen=True):
    """The fewest steps to a grade.

    Attributes:
        until: the last day of the plan.
        score, grade: those of today.
        idle: the score on the last day if nothing is done, and its grade.
        idle_state: what the blog is then, if the grade says more than the score: silent, copied.
        goal: the grade that is aimed at.
        after: the score on the last day if all is done, and its grade.
        steps: what to do, by day.
    """

    name: str
    as_of: datetime
    until: date
    score: float
    grade: str
    idle: tuple[float, str]
    goal: str
    after: tuple[float, str]
    steps: tuple[PlannedStep, ...]
    idle_state: str | None = None

    @property
    def is_reached(self) -> bool:
        """Whether the steps are enough for the goal."""
        return self.after[1] <= self.goal
