"""A plan for people and as JSON."""

from __future__ import annotations

import json

from bloglint.languages import labels
from bloglint.model import say, write_date
from bloglint.model.plan import Plan
from bloglint.reporters.json import TOOL
from bloglint.reporters.printable import printable
from bloglint.reporters.words import number


def write_terminal(plan: Plan, language: str) -> str:
    """Return the plan as text: where the blog stands, what to do by when, what it brings."""
    plan, words = printable(plan), labels("plan", language)
    until = write_date(plan.until, language)
    form = "keep" if plan.grade == plan.goal else "aim" if plan.is_reached else "towards"
    goal = min(plan.goal, plan.after[1]) if plan.is_reached else plan.goal
    lines = [
        words["head"].format(name=plan.name, grade=plan.grade, score=number(plan.score, language)),
        words[form].format(goal=goal, until=until),
        "",
    ]
    width = max((len(write_date(step.day, language)) for step in plan.steps), default=0)
    for step in plan.steps:
        who = f"  ({step.author})" if step.author else ""
        lines.append(
            f"  {write_date(step.day, language):>{width}}  {say(step.text, language)}{who}"
        )
    if not plan.steps:
        lines.append("  " + words["nothing"])
    score, grade = plan.after
    idle_score, idle_grade = plan.idle
    lines += [
        "",
        words["reached"].format(grade=grade, score=number(score, language)),
        words["idle"].format(grade=idle_grade, score=number(idle_score, language)),
    ]
    return "\n".join(lines) + "\n"


def write_json(plan: Plan, language: str) -> str:
    """Return the plan as one JSON object."""
    plan = printable(plan)
    whole = {
        "tool": TOOL,
        "schema": 1,
        "name": plan.name,
        "as_of": plan.as_of.isoformat(),
        "until": plan.until.isoformat(),
        "score": plan.score,
        "grade": plan.grade,
        "goal": plan.goal,
        "idle": {"score": plan.idle[0], "grade": plan.idle[1]},
        "after": {"score": plan.after[0], "grade": plan.after[1]},
        "reached": plan.is_reached,
        "steps": [
            {
                "day": step.day.isoformat(),
                "kind": step.kind,
                "text": say(step.text, language),
                "author": step.author,
                "post": step.post,
            }
            for step in plan.steps
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
