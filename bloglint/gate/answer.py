"""The verdict on posts that are asked about."""

from __future__ import annotations

from collections.abc import Collection

from bloglint.bench import Bench, Outcome
from bloglint.gate.effect import all_gone, weighed
from bloglint.gate.question import Question
from bloglint.model import (
    Blog,
    Effect,
    Finding,
    SourceFailure,
    Text,
    Verdict,
    posts_counted,
    replace,
)
from bloglint.window import FEWEST


def answer(question: Question, source: str, bench: Bench) -> Outcome:
    """What the posts of a question do to their blog; without one, the verdict on them alone."""
    zone = bench.zone_of(question.before or question.after)
    after = bench.outcome(source, question.after, zone)
    if question.before is None:
        return _alone(after, question, source, bench)
    before = bench.outcome(source, question.before, zone)
    was = None
    if isinstance(before, Verdict):
        former = {question.moved.get(post, post) for post in question.posts}
        was = _with_older(before, question.before, former, source, bench)
    if isinstance(after, SourceFailure):
        is_empty = was and not question.posts
        return all_gone(was, question.removed, question.context) if is_empty and was else after
    verdict = _with_older(after, question.after, question.posts, source, bench)
    return weighed(verdict, was, question.posts, question.removed, question.context, question.moved)


def _alone(verdict: Outcome, question: Question, source: str, bench: Bench) -> Outcome:
    """The verdict on posts that no blog is around, or that are the whole blog."""
    if isinstance(verdict, SourceFailure):
        return verdict
    verdict = _with_older(verdict, question.after, question.posts, source, bench)
    if question.is_whole:
        return verdict
    note = Text(
        "judged alone: no blog was found around it (name one with --blog)",
        "für sich beurteilt: Kein Blog liegt darum herum (nennen Sie eines mit --blog)",
    )
    nothing = Effect(None, question.posts, (), (None, None), (verdict.score, verdict.grade), {})
    return replace(verdict, notes=(*verdict.notes, note), effect=nothing)


def _with_older(
    verdict: Verdict, blog: Blog, posts: Collection[str], source: str, bench: Bench
) -> Verdict:
    """``verdict`` with the findings in posts too old to be scored, judged by themselves."""
    asked = set(posts) - {post.id for post in verdict.posts}
    older = [p for p in (*blog.posts, *blog.planned, *blog.undated) if p.id in asked]
    found: list[Finding] = []
    silenced: list[Finding] = []
    for start in range(0, len(older), FEWEST):
        few = tuple(older[start : start + FEWEST])  # so many are judged whatever their dates
        apart = replace(blog, posts=few, planned=(), undated=(), named=tuple(p.id for p in few))
        outcome = bench.outcome(source, apart)
        if isinstance(outcome, Verdict):
            found += [one for one in outcome.findings if one.post and one.reason != "topic"]
            silenced += outcome.silenced
    if not older:
        return verdict
    count = posts_counted(len(older))
    note = Text(
        f"older than what is scored, and judged by itself: {count}",
        f"älter, als für die Punktzahl zählt, und für sich beurteilt: {count.de}",
    )
    return replace(
        verdict,
        findings=(*verdict.findings, *found),
        silenced=(*verdict.silenced, *silenced),
        notes=(*verdict.notes, note),
    )
