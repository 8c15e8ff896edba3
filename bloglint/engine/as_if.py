"""The blog as it would be: with more posts, or with some of them edited."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bloglint.engine import scoring
from bloglint.engine.rule_run import RuleRun
from bloglint.engine.verdict import reason_verdict
from bloglint.languages import ENGLISH
from bloglint.model import Post, ReasonVerdict, Verdict, replace
from bloglint.rules import Rule
from bloglint.text.document import Document

#: The reasons that a new post may change; its subject is not known.
OF_A_POST = frozenset({"frequency", "recycling", "advertorial", "bloat"})
#: What is measured of a faultless post.
_NOTHING: Mapping[str, float] = {"press_style": 0.0, "repeated": 0.0, "advertorial": 0.0}


def changed_run(run: RuleRun, **fields: Any) -> RuleRun:
    """Return a run over the blog with some fields of its context replaced, without its memory."""
    context = run.context
    measures = [dict(own) for own in context.measures]
    kept = {"documents": dict(context.memo.get("documents", {}))}
    fields = {"measures": measures, "memo": kept, "flagged": set(), **fields}
    return RuleRun(dataclasses.replace(context, **fields), run.active)


def with_posts(run: RuleRun, moments: Sequence[datetime]) -> RuleRun:
    """Return a run over the blog with a faultless post at each moment."""
    context = run.context
    language = context.documents[0].language or ENGLISH
    new = [
        Post(f"\0{n}", "", "A useful post.", published=moment, language=language)
        for n, moment in enumerate(moments)
    ]
    pairs = [
        *((Document(post, language), dict(_NOTHING)) for post in new),
        *zip(context.documents, (dict(own) for own in context.measures), strict=True),
    ]
    if context.press is not None:
        for _, measures in pairs[: len(new)]:
            measures["recycled"] = 0.0
    pairs.sort(key=lambda pair: _moment(pair[0].post), reverse=True)
    posts = sorted((*context.blog.posts, *new), key=_moment, reverse=True)
    return changed_run(
        run,
        blog=replace(context.blog, posts=tuple(posts)),
        documents=[document for document, _ in pairs],
        measures=[measures for _, measures in pairs],
    )


def _moment(post: Post) -> float:
    return post.published.timestamp() if post.published else 0.0


def judged_anew(
    changed: RuleRun, run: RuleRun, verdict: Verdict, reasons: Collection[str] = OF_A_POST
) -> dict[str, ReasonVerdict]:
    """Return the verdicts on the reasons with the blog as ``changed``; some are judged anew."""
    anew = {name for name in reasons if name in verdict.reasons}
    changed.measures = {k: dict(v) for k, v in run.measures.items() if k not in anew}
    changed.run("blog", {rule.id for rule in run.rules if rule.reason in anew})
    return {
        name: reason_verdict(changed, name, known.weight) if name in anew else known
        for name, known in verdict.reasons.items()
    }


def without_faults(run: RuleRun, posts: Collection[int]) -> None:
    """Take from the posts with these indices what `bloat` scores, as if they had been edited."""
    for at in posts:
        for rule in _scored_for_length(run):
            if rule.score:
                run.per_post[at].pop(rule.score.measure, None)


def costly_posts(run: RuleRun) -> list[tuple[float, int]]:
    """Return what the posts of the last year cost `bloat`, with their indices, the worst first."""
    scored, since = _scored_for_length(run), year_ago(run)
    costs = [
        (sum(scoring.points_of_post(scored, run.per_post[at]).values()), at)
        for at, document in run.context.whole()
        if document.post.published and document.post.published >= since
    ]
    return sorted((one for one in costs if one[0] >= 1), key=lambda one: (-one[0], one[1]))


def year_ago(run: RuleRun) -> datetime:
    """Return the moment a year before that of a run."""
    return run.context.as_of - timedelta(days=365)


def _scored_for_length(run: RuleRun) -> list[Rule]:
    """Return the rules on single posts that cost points for length and editing."""
    return [r for r in run.rules if r.reason == "bloat" and r.score and r.scope != "blog"]
