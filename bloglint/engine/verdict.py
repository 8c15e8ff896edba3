"""The verdict on one blog, assembled from what its rules found and measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from bloglint.checks.frequency import NOTHING_NEW
from bloglint.checks.registry import find_check
from bloglint.digests import text_digest
from bloglint.engine import scoring
from bloglint.engine.ranking import worst_first
from bloglint.model import (
    Loss,
    PostVerdict,
    ReasonVerdict,
    Text,
    Verdict,
    posts_counted,
    translate,
)
from bloglint.model.measures import days_of_end, reported
from bloglint.model.messages import joined
from bloglint.text.document import Document
from bloglint.text.shingles import FEWEST_WORDS

if TYPE_CHECKING:
    from bloglint.engine.rule_run import RuleRun
    from bloglint.press.index import Newsroom

_NO_NEWSROOM = translate("no newsroom was given (--press): judged by style and by repetition only")
_EMPTY_NEWSROOM = translate(
    "no press release could be read: judged by style and by repetition only"
)
_SUMMARY = translate("only a summary or a link was available; judged by date and author alone")
_NO_TEXT = translate("no post holds any words")
_ONLY_SUMMARIES = translate("only summaries were available")
_NO_DATES = translate("no post has a date that can be read")
_TOO_LITTLE = translate("too little could be measured")
_UNMEASURED = translate("nothing could be measured")


def verdict_of(run: RuleRun, weights: Mapping[str, float]) -> Verdict:
    """Return the verdict on a finished run, scored with the ``weights`` of the reasons."""
    context, blog = run.context, run.context.blog
    whole = {at for at, _ in context.whole()}
    if len(whole) < len(context.documents):
        run.notes[_SUMMARY] = set(range(len(context.documents))) - whole
    posts = [
        _post_verdict(document, measures)
        for document, measures in zip(context.documents, run.per_post, strict=True)
    ]
    reasons = {
        reason: reason_verdict(run, reason, weight)
        for reason, weight in weights.items()
        if any(rule.reason == reason and rule.id in run.active for rule in run.rules)
    }
    score, grade, state, ungraded = graded(run, reasons)
    days = sorted(post.published.date() for post in posts if post.published)
    return Verdict(
        source=blog.source,
        title=blog.title,
        languages=tuple(sorted({post.language for post in posts if post.language})),
        posts_judged=len(posts),
        posts_read=len(blog.posts),
        posts_with_text=sum(1 for _, document in context.whole() if document.words),
        score=score,
        grade=grade,
        provisional=ungraded is not None,
        ungraded=ungraded,
        reasons=reasons,
        findings=worst_first((*run.findings, *run.unused_suppressions()), run, reasons),
        suppressed_findings=worst_first(run.suppressed_findings, run, reasons),
        posts=tuple(posts),
        notes=(
            *blog.notes,
            *(
                _counted(note, len(at))
                for note, at in sorted(run.notes.items(), key=lambda one: str(one[0]))
            ),
        ),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        left_out=blog.left_out,
        state=state,
        releases=sum(context.press.counts.values()) if context.press else None,
    )


def graded(
    run: RuleRun, reasons: Mapping[str, ReasonVerdict]
) -> tuple[float | None, str | None, Literal["silent", "copied"] | None, Text | None]:
    """Return the score, the grade, the state that decides it, and why there is no grade."""
    today = run.context.as_of.date()
    ends = [d for name in reasons for d in days_of_end(run.measures.get(name, {}))]
    state = _state(run, is_dead=any(today >= date.fromisoformat(day) for day in ends))
    score, weight = scoring.weighted(reasons)
    with_text = sum(1 for _, document in run.context.whole() if document.words)
    ungraded = _ungraded(run, weight, with_text)
    grade = scoring.grade(score or 0.0, state=state, is_provisional=ungraded is not None)
    return score, grade, state, ungraded


def _state(run: RuleRun, *, is_dead: bool) -> Literal["silent", "copied"] | None:
    """Return the state that decides a blog's grade whatever its score, None if there is none."""
    if is_dead:
        return "silent"
    recycling = run.measures.get("recycling", {})
    marks, guesses = (recycling.get(f"recycling_{name}", ()) for name in ("marks", "guesses"))
    copies = sum(mark and not guess for mark, guess in zip(marks, guesses, strict=True))
    return "copied" if copies and copies >= scoring.COPIED * len(marks) else None


def _ungraded(run: RuleRun, weight: float, with_text: int) -> Text | None:
    """Return why the score is provisional, None if it is not."""
    named = set(run.context.blog.named)
    is_dated = any(post.published and post.id not in named for post in run.context.blog.posts)
    if run.context.documents and not is_dated and not named:
        return _NO_DATES
    if NOTHING_NEW in run.unmeasured.get("frequency", {}):
        return NOTHING_NEW
    if weight < scoring.GRADE_WEIGHT:
        return _TOO_LITTLE
    if with_text < scoring.GRADE_POSTS:
        return translate(
            "fewer than {fewest} posts with a text were judged", fewest=scoring.GRADE_POSTS
        )
    return None


def reason_verdict(run: RuleRun, reason: str, weight: float) -> ReasonVerdict:
    """Return the verdict on one reason, from what its rules measured."""
    own = [r for r in run.rules if r.reason == reason and r.id in run.active]
    measures = run.measures.get(reason, {})
    losses: list[Loss] = scoring.blog_losses(own, measures)
    missing = run.unmeasured.get(reason, {})
    whole = [run.per_post[at] for at, document in run.context.whole() if document.words]
    if whole:
        losses += scoring.post_losses(own, whole)
    elif not missing and any(rule.score and rule.scope != "blog" for rule in own):
        missing = {_NO_TEXT if any(run.context.whole()) else _ONLY_SUMMARIES: 0.0}
    notes = sorted(missing, key=lambda text: -missing[text])  # the most points at stake come first
    needs_press = any(
        rule.reason == reason and find_check(rule.check).needs_press for rule in run.rules
    )
    if needs_press and (losses or not notes):
        notes += _newsroom_notes(run.context.press)
    note = joined("; ", notes) if notes else None
    if not losses:
        return ReasonVerdict(None, weight, measures, note or _UNMEASURED)
    return ReasonVerdict(scoring.score_of(losses), weight, measures, note, tuple(losses))


def _newsroom_notes(press: Newsroom | None) -> Iterator[Text]:
    """Yield notes on what could not be compared with press releases, and why."""
    if press is None:
        yield _NO_NEWSROOM
    elif not press.languages:
        yield _EMPTY_NEWSROOM
    if press and press.counts["empty"]:
        count = press.counts["empty"]
        yield translate(
            "press releases under {fewest_words} words were left out: {count}",
            fewest_words=FEWEST_WORDS,
            count=count,
        )


def _counted(note: Text, count: int) -> Text:
    posts = posts_counted(count)
    return translate("{posts}: {note}", posts=posts, note=note)


def _post_verdict(document: Document, measured: Mapping[str, Any]) -> PostVerdict:
    post, facts = document.post, document.facts
    measures = {
        **measured,
        "sentence_words_mean": facts.words / facts.sentences if facts.sentences else None,
        "quoted_words": facts.quoted_words,
    }
    return PostVerdict(
        id=post.id,
        title=post.title,
        url=post.url,
        path=post.path,
        published=post.published,
        authors=post.authors,
        language=facts.language,
        words=facts.words,
        complete=post.complete,
        measures=reported(measures),
        digest=text_digest(f"{post.title}\0{post.source}").hex()[:16],
    )
