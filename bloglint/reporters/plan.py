"""A plan for people and as JSON."""

from __future__ import annotations

import json
from textwrap import wrap

from bloglint.languages import labels
from bloglint.model import say, write_date
from bloglint.model.plan import Plan
from bloglint.reporters.json import TOOL, plan_told
from bloglint.reporters.printable import printable
from bloglint.reporters.words import number

#: The points that steps have to bring to be more than what keeps a grade.
_GAIN = 1.0
#: The columns of the text.
_COLUMNS = 80


def write_terminal(plan: Plan, language: str) -> str:
    """Return the plan as text: where the blog stands, what to do by when, what it brings."""
    plan, words = printable(plan), labels("plan", language)
    lines = [
        words["head"].format(name=plan.name, grade=plan.grade, score=number(plan.score, language)),
        aim_of(plan, language),
        "",
    ]
    width = max((len(write_date(step.day, language)) for step in plan.steps), default=0)
    for step in plan.steps:
        who = f" ({step.author})" if step.author else ""
        head = f"  {write_date(step.day, language):>{width}}  "
        lines += wrap(
            say(step.text, language) + who, _COLUMNS, initial_indent=head,
            subsequent_indent=" " * len(head), break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
    if not plan.steps:
        lines.append("  " + words["nothing"])
    return "\n".join([*lines, "", *outcomes(plan, language)]) + "\n"


def aim_of(plan: Plan, language: str) -> str:
    """Say which grade the steps reach, or that it takes longer, or that the best one is kept."""
    gains = plan.after[0] >= plan.score + _GAIN
    form = "aim" if plan.is_reached else "towards" if gains else "hold"
    form = "keep" if plan.grade == plan.goal else form
    goal = min(plan.goal, plan.after[1]) if plan.is_reached else plan.goal
    until = write_date(plan.until, language)
    return str(labels("plan", language)[form].format(goal=goal, grade=plan.grade, until=until))


def outcomes(plan: Plan, language: str) -> list[str]:
    """Say what the steps bring, and what happens without them."""
    words = labels("plan", language)
    state = f" – {labels('states', language)[plan.idle_state]}" if plan.idle_state else ""
    return [
        words[name].format(grade=grade, score=number(score, language), state=state)
        for name, (score, grade) in (("reached", plan.after), ("idle", plan.idle))
    ]


def write_json(plan: Plan, language: str) -> str:
    """Return the plan as one JSON object."""
    plan = printable(plan)
    about = {"name": plan.name, "as_of": plan.as_of.isoformat()}
    whole = {"tool": TOOL, "schema": 1, **about, **plan_told(plan, language)}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
