"""The effect of posts on their blog: the verdict with them, compared with the one without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from bloglint.checks.share import marked_posts
from bloglint.drafts.before_after import BeforeAfter
from bloglint.engine.cached_linter import CachedLinter
from bloglint.engine.settings import Outcome
from bloglint.model import (
    SEVERITIES,
    Blog,
    Effect,
    Finding,
    Post,
    SourceFailure,
    Text,
    Verdict,
    posts_counted,
    replace,
    translate,
)
from bloglint.model.messages import plain
from bloglint.model.window import FEWEST

#: The fewest and the most posts in a row on one subject that are worth mentioning; more are
#: the blog's main thread.
IN_A_ROW, THREAD = 3, 6
#: Reasons reported as a count among the last posts: the measure, and what such posts do.
_COUNTED = {
    "recycling": ("recycling", translate("are recycled")),
    "advertorial": ("advertising", translate("read as advertising")),
}


def answer(question: BeforeAfter, source: str, linter: CachedLinter) -> Outcome:
    """Return the verdict on a question's posts, with their effect on the blog.

    Without a blog around them, the posts are judged alone.
    """
    zone = linter.settings.zone_of(question.before or question.after)
    if question.before is not None:
        linter = linter.with_memory()  # most posts are judged twice
    after = linter.lint_blog(source, question.after, zone)
    if question.before is None:
        return _alone(after, question, source, linter)
    before = linter.lint_blog(source, question.before, zone)
    was = None
    if isinstance(before, Verdict):
        former = {question.moved.get(post, post) for post in question.posts}
        was = _with_older(before, question.before, former, source, linter)
    if isinstance(after, SourceFailure):
        is_empty = was and not question.posts
        return all_gone(was, question.removed, question.context) if is_empty and was else after
    verdict = _with_older(after, question.after, question.posts, source, linter)
    return weighed(verdict, was, question.posts, question.removed, question.context, question.moved)


def _alone(verdict: Outcome, question: BeforeAfter, source: str, linter: CachedLinter) -> Outcome:
    """Return the verdict on posts that have no blog around them, or are the whole blog."""
    if isinstance(verdict, SourceFailure):
        return verdict
    verdict = _with_older(verdict, question.after, question.posts, source, linter)
    if question.is_whole:
        return verdict
    note = translate("judged alone: no blog was found around it (name one with --blog)")
    nothing = Effect(None, question.posts, (), (None, None), (verdict.score, verdict.grade), {})
    return replace(verdict, notes=(*verdict.notes, note), effect=nothing)


def _with_older(
    verdict: Verdict, blog: Blog, posts: Collection[str], source: str, linter: CachedLinter
) -> Verdict:
    """Return ``verdict`` with the findings in posts too old to be scored, judged separately."""
    asked = set(posts) - {post.id for post in verdict.posts}
    older = [p for p in (*blog.posts, *blog.planned, *blog.undated) if p.id in asked]
    found: list[Finding] = []
    suppressed_findings: list[Finding] = []
    for start in range(0, len(older), FEWEST):
        few = tuple(older[start : start + FEWEST])  # this many are judged whatever their dates
        apart = replace(blog, posts=few, planned=(), undated=(), named=tuple(p.id for p in few))
        outcome = linter.lint_blog(source, apart)
        if isinstance(outcome, Verdict):
            found += [
                finding
                for finding in outcome.findings
                if finding.post and not linter.compares(finding.rule)
            ]
            suppressed_findings += outcome.suppressed_findings
    if not older:
        return verdict
    count = posts_counted(len(older))
    note = translate("older than what is scored, and judged by itself: {count}", count=count)
    return replace(
        verdict,
        findings=(*verdict.findings, *found),
        suppressed_findings=(*verdict.suppressed_findings, *suppressed_findings),
        notes=(*verdict.notes, note),
    )


def weighed(
    after: Verdict,
    before: Verdict | None,
    posts: Sequence[str],
    removed: Sequence[Post] = (),
    context: str | None = None,
    moved: Mapping[str, str] | None = None,
) -> Verdict:
    """Return ``after`` as the verdict on ``posts``, given by their ids.

    Its findings are those in these posts, and those on the blog and in other posts that are new or
    worse since ``before`` and whose reason scored lower or had no score before: closing a silence
    leaves a gap, which does no harm. Findings already in a post before it changed count as known;
    ``moved`` maps the ids of moved posts to their former ids.
    """
    was = () if before is None else before.findings
    every = [finding for finding in after.findings if finding.post in posts]
    own = list(_not_in(every, [_renamed(finding, moved) for finding in was]))
    new = set(map(id, own))
    rest = [finding for finding in after.findings if finding.post not in posts]
    scores = {name: (_score(before, name), one.score) for name, one in after.reasons.items()}
    fell = {name for name, (a, b) in scores.items() if a is None or (b is not None and b < a)}
    rose = {name for name, (a, b) in scores.items() if a is not None and b is not None and b > a}
    caused = [f for f in _not_in(rest, was) if f.reason in fell] if before else []
    left = {(finding.rule, finding.post) for finding in rest}
    mended = [
        finding
        for finding in was
        if finding.post not in posts
        and finding.reason in rose
        and (finding.rule, finding.post) not in left
    ]
    effect = Effect(
        context=context,
        posts=tuple(posts),
        removed=tuple(post.title for post in removed),
        before=(before.score, before.grade) if before else (None, None),
        after=(after.score, after.grade),
        reasons=scores,
        said=tuple(_explain(before, after, posts, removed)) if before else (),
        mended=tuple(mended),
    )
    findings = _by_rule((*own, *caused))
    suppressed_findings = tuple(
        finding for finding in after.suppressed_findings if finding.post in posts
    )
    return replace(
        after,
        findings=tuple(findings),
        known=tuple(finding for finding in every if id(finding) not in new),
        effect=effect,
        suppressed_findings=suppressed_findings,
    )


def all_gone(before: Verdict, removed: Sequence[Post], context: str | None) -> Verdict:
    """Return the verdict on removing every post of a blog."""
    notes = tuple(_removed(removed))
    nothing = Effect(
        context, (), tuple(p.title for p in removed), (before.score, before.grade), (None, None), {}
    )
    return replace(before, findings=(), suppressed_findings=(), effect=replace(nothing, said=notes))


def _by_rule(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings worst first; within a severity, each rule's first before any rule's second."""
    seen: Counter[str] = Counter()
    placed = []
    for finding in findings:
        placed.append((-SEVERITIES.index(finding.severity), seen[finding.rule], finding))
        seen[finding.rule] += 1
    return [finding for *_, finding in sorted(placed, key=lambda one: one[:2])]


def _renamed(finding: Finding, moved: Mapping[str, str] | None) -> Finding:
    """Return an earlier finding under the current id of its post."""
    now = next((new for new, old in (moved or {}).items() if old == finding.post), None)
    return replace(finding, post=now) if now else finding


def _score(verdict: Verdict | None, reason: str) -> float | None:
    found = verdict.reasons.get(reason) if verdict else None
    return found.score if found else None


def _not_in(findings: Iterable[Finding], known: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings without an equal in ``known``; of equal ones, those in excess."""
    left = Counter(map(_identity, known))
    for finding in findings:
        key = _identity(finding)
        if left[key]:
            left[key] -= 1
        else:
            yield finding


def _identity(finding: Finding) -> tuple[Any, ...]:
    """Return what equal findings in two verdicts share: the value on a blog, words in a post."""
    if finding.post is None:
        return finding.rule, None, finding.value
    return finding.rule, finding.post, finding.words


def _explain(
    before: Verdict, after: Verdict, posts: Collection[str], removed: Sequence[Post]
) -> Iterator[Text]:
    was, now = before.measures_of("frequency"), after.measures_of("frequency")
    yield from _silence(was, now)
    for reason, (name, what) in _COUNTED.items():
        measures = before.measures_of(reason), after.measures_of(reason)
        yield from _count(*measures, name, what, posts)
    row = after.measures_of("topic").get("newest_row")
    # A blog with a single subject is always on it.
    several = row and IN_A_ROW <= row["posts"] <= min(THREAD, row["of"] // 2)
    if row and several and row["newest"] in posts and row["words"]:
        yield _row(row["posts"], ", ".join(row["words"]))
    yield from _removed(removed)


def _removed(removed: Sequence[Post]) -> Iterator[Text]:
    if removed:
        count, named = len(removed), ", ".join(post.title for post in removed[:3])
        form = "{count} goes: {named}" if count == 1 else "{count} go: {named}"
        yield translate(form, count=posts_counted(count), named=named)


def _silence(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Text]:
    silent, still = was.get("silent_days"), now.get("silent_days")
    limit = was.get("due_days", 0)
    if silent is None or still is None or silent == still:
        return
    if still < silent and silent > limit:
        yield translate("it ends a silence of {silent} days", silent=silent)
    elif still > silent and still > limit:
        yield translate("without it the blog is silent for {still} days", still=still)


def _count(
    was: Mapping[str, Any],
    now: Mapping[str, Any],
    name: str,
    what: Text,
    posts: Collection[str],
) -> Iterator[Text]:
    """Yield how many of the last posts are of a kind, if that or the state of ``posts`` changed."""
    count, of, allowed = (now.get(f"{name}_{part}") for part in ("posts", "of", "allowed"))
    if count is None or of is None or allowed is None:
        return
    ones = {post for post in marked_posts(now, name) if post in posts}
    if count == was.get(f"{name}_posts") and ones <= set(marked_posts(was, name)):
        return
    limit = translate(" (limit {allowed})", allowed=allowed) if count > allowed else plain("")
    forms = {
        0: "without them {count} of the last {of} {what}{limit}",
        1: "with this post {count} of the last {of} {what}{limit}",
    }
    form = forms.get(len(posts), "with these posts {count} of the last {of} {what}{limit}")
    yield translate(form, count=count, of=of, what=what, limit=limit)


def _row(count: int, subject: str) -> Text:
    if count == IN_A_ROW:
        return translate("a third post in a row about {subject}", subject=subject)
    return translate("post number {count} in a row about {subject}", count=count, subject=subject)
