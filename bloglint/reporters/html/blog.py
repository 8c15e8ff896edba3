"""One blog as shown on the page: the verdict on the first screen, then posts, charts and rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bloglint.languages import labels
from bloglint.model import Effect, Report, Verdict, say, write_date
from bloglint.model.plan import Plan
from bloglint.reporters.decision import decision_of, effect_lines
from bloglint.reporters.due import due_of, undated_said
from bloglint.reporters.html import charts
from bloglint.reporters.html.colours import colour_of_change, colour_of_grade
from bloglint.reporters.html.findings import view, views
from bloglint.reporters.html.links import web
from bloglint.reporters.html.posts import post_rows
from bloglint.reporters.overview import change_of
from bloglint.reporters.plan import aim_of, outcomes
from bloglint.reporters.words import (
    COUNTED,
    changed,
    describe_context,
    grade,
    headline,
    left_out,
    lost_points,
    points_of,
    read,
    signed,
    step_effect,
    summary,
)
from bloglint.rules import address_of

if TYPE_CHECKING:
    from bloglint.rules import Rule


def _plan(plan: Plan, language: str) -> dict[str, Any]:
    """Return what the box says of what it would take to the next grade."""
    return {
        "words": labels("plan", language),
        "aim": aim_of(plan, language),
        "steps": [
            (write_date(step.day, language), say(step.text, language), step.author or "–")
            for step in plan.steps
        ],
        "outcomes": outcomes(plan, language),
    }


def blog_view(
    verdict: Verdict, report: Report, language: str, rules: Mapping[str, Rule]
) -> dict[str, Any]:
    """Return everything the page says about one blog."""
    day = verdict.day(report)
    of_blog = [finding for finding in verdict.findings if finding.post is None]
    return {
        "name": verdict.name,
        "home": web(verdict.home),
        "read": read(verdict, language),
        "left_out": left_out(verdict, language),
        "letter": verdict.grade or "–",
        "colour": colour_of_grade(verdict.grade),
        "score": points_of(verdict),
        "grade": grade(verdict, language),
        "state": labels("states", language)[verdict.state] if verdict.state else "",
        "summary": summary(verdict, language) if verdict.score is not None else "",
        "steps": [
            {"text": say(step.text, language), "effect": step_effect(verdict, step, language)}
            for step in verdict.steps
        ],
        "plan": _plan(verdict.plan, language) if verdict.plan else None,
        "points": charts.points(verdict, language),
        "lines": {
            name: headline(name, reason, verdict, language, with_marks=False)
            for name, reason in verdict.reasons.items()
        },
        "unscored": list(_unscored(verdict, language)),
        "last": _last(verdict, language),
        "is_uncompared": not verdict.releases,
        "effect": _effect(verdict, verdict.effect, language) if verdict.effect else None,
        "development": _development(verdict, language),
        "due": due_view(verdict, report, language),
        "posts": post_rows(verdict, language) if verdict.posts else None,
        "whole": views(of_blog, language),
        "rhythm": charts.rhythm(verdict, day, language),
        "authors": charts.authors(verdict, language),
        "shares": list(_shares(verdict, language)),
        "lengths": charts.lengths(verdict, language),
        "subjects": charts.subjects(verdict, language),
        "rules": list(_rules(verdict, rules, language)),
        "notes": list(_notes(verdict, language)),
    }


def due_view(verdict: Verdict, report: Report, language: str) -> list[dict[str, Any]]:
    """Return what is due on one blog, with undated drafts last."""
    day = verdict.day(report)
    rows = [
        {
            "day": write_date(one.day, language),
            "iso": one.day.isoformat(),
            "text": say(one.text, language),
            "note": say(one.note, language),
            "is_over": one.is_over(day),
        }
        for one in due_of(verdict, day)
        if not (one.is_over(day) and (one.kind == "dead" or verdict.state == "silent"))
    ]
    undated = undated_said(verdict)
    if undated:
        text = say(undated, language)
        rows.append({"day": "–", "iso": "", "text": text, "note": "", "is_over": False})
    return rows


def _unscored(verdict: Verdict, language: str) -> Iterator[dict[str, str]]:
    """Yield the reasons without weight, and those that could not be measured."""
    scored, names = lost_points(verdict), labels("reasons", language)
    for name, reason in verdict.reasons.items():
        if name not in scored:
            line = headline(name, reason, verdict, language, with_marks=False)
            yield {"name": names[name], "line": line or say(reason.note or "", language)}


def _last(verdict: Verdict, language: str) -> list[dict[str, str]]:
    """Return the last posts, oldest first: copied, an advert, or neither, and how sure that is."""
    words, kinds = labels("page", language), dict[str, dict[str, bool]]()
    order: list[str] = []
    for name in ("recycling", "advertorial"):
        measures = verdict.measures_of(name)
        key = COUNTED[name]
        posts = measures.get(f"{key}_marked") or []
        order = order or list(posts)
        of = zip(posts, measures.get(f"{key}_marks") or [], strict=False)
        guesses = measures.get(f"{key}_guesses") or [0] * len(posts)
        kinds[name] = {
            post: bool(guess) for (post, mark), guess in zip(of, guesses, strict=False) if mark
        }
    titles = {post.id: post for post in verdict.posts}
    tiles = []
    for post in reversed(order):
        copied, advert = post in kinds["recycling"], post in kinds["advertorial"]
        kind = "both" if copied and advert else "press" if copied else "advert" if advert else "own"
        known = titles.get(post)
        tiles.append({
            "kind": kind, "mark": words[f"{kind}_mark"], "said": words[kind],
            "guess": "guess" if copied and kinds["recycling"][post] else "",
            "title": known.title if known else "",
            "day": write_date(known.published.date(), language, short=True)
            if known and known.published else "",
        })  # fmt: skip
    return tiles


def _shares(verdict: Verdict, language: str) -> Iterator[dict[str, Any]]:
    for name in ("recycling", "advertorial"):
        if name in verdict.reasons:
            chart = charts.shares(name, verdict.reasons[name], COUNTED[name], language)
            if chart:
                yield chart


def _development(verdict: Verdict, language: str) -> dict[str, Any] | None:
    one = verdict.development
    if one is None:
        return None
    titles = {post.id: post for post in verdict.posts}
    since = [titles[post] for post in one.posts if post in titles]
    delta = change_of(verdict)
    return {
        "said": changed(verdict, language),
        "delta": signed(delta, language),
        "colour": colour_of_change(delta),
        "course": charts.course(one.course, language),
        "fixed": [view(finding, language) for finding in one.fixed],
        "since": [{"title": post.title or post.id, "link": web(post.url)} for post in since],
    }


def _effect(verdict: Verdict, effect: Effect, language: str) -> dict[str, Any]:
    found = decision_of(verdict)
    return {
        "asked": describe_context(effect, language),
        "change": say(found.text, language),
        "said": effect_lines(verdict, found, language),
    }


def _rules(verdict: Verdict, rules: Mapping[str, Rule], language: str) -> Iterator[dict[str, Any]]:
    """Yield what each rule with a finding says of itself."""
    for name in sorted({finding.rule for finding in verdict.findings} & rules.keys()):
        rule = rules[name]
        yield {
            "id": name,
            "title": say(rule.title, language),
            "why": say(rule.why, language),
            "source": say(rule.source, language),
            "url": address_of(name, language),
        }


def _notes(verdict: Verdict, language: str) -> Iterator[str]:
    yield from (say(note, language) for note in verdict.notes)
    for name, count in (("suppressed", verdict.suppressed), ("known", len(verdict.known))):
        if count:
            yield labels("page", language)[name].format(count=count)
    for name, reason in verdict.reasons.items():
        if reason.note:
            yield f"{labels('reasons', language)[name]}: {say(reason.note, language)}"
