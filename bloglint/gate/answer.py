"""The verdict on posts that are asked about."""

from __future__ import annotations

from bloglint.gate.effect import weighed
from bloglint.gate.question import Question
from bloglint.model import Finding, SourceFailure, Text, Verdict, posts_counted, replace
from bloglint.window import FEWEST
from bloglint.workers import Bench, Outcome


def answer(question: Question, source: str, bench: Bench) -> Outcome:
    """What the posts of a question do to their blog; without one, the verdict on them alone."""
    after = bench.outcome(source, question.after)
    if isinstance(after, SourceFailure) and (question.posts or question.before is None):
        return after
    if question.before is None:
        return _with_older(after, question, source, bench)
    before = bench.outcome(source, question.before)
    was = before if isinstance(before, Verdict) else None
    if isinstance(after, SourceFailure):  # all posts went
        return before
    verdict = _with_older(after, question, source, bench)
    if isinstance(verdict, SourceFailure):
        return verdict
    return weighed(verdict, was, question.posts, question.removed, question.context)


def _with_older(verdict: Outcome, question: Question, source: str, bench: Bench) -> Outcome:
    """``verdict`` with the findings in posts too old to be scored, judged by themselves."""
    if isinstance(verdict, SourceFailure):
        return verdict
    judged = {post.id for post in verdict.posts}
    blog = question.after
    asked = set(question.posts) - judged
    older = [p for p in (*blog.posts, *blog.planned, *blog.undated) if p.id in asked]
    found: list[Finding] = []
    silenced: list[Finding] = []
    for start in range(0, len(older), FEWEST):
        # So many are judged whatever their dates.
        few = tuple(older[start : start + FEWEST])
        apart = replace(blog, posts=few, planned=(), undated=(), named=tuple(p.id for p in few))
        outcome = bench.outcome(source, apart)
        if isinstance(outcome, Verdict):
            found += [one for one in outcome.findings if one.post and one.reason != "topic"]
            silenced += outcome.silenced
    if not older:
        return verdict
    count = posts_counted(len(older))
    note = Text(
        f"{count} of those asked about are older than what is scored: judged by themselves",
        f"{count.de} davon sind älter, als für die Note zählt: für sich beurteilt",
    )
    return replace(
        verdict,
        findings=(*verdict.findings, *found),
        silenced=(*verdict.silenced, *silenced),
        notes=(*verdict.notes, note),
    )
