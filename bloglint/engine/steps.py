"""What to do first: each step is judged as if it were done."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Literal

from bloglint.checks.frequency import NOTHING_NEW
from bloglint.checks.share import OfKind, marked_posts
from bloglint.checks.topic import Focus
from bloglint.engine import scoring
from bloglint.engine.as_if import (
    OF_A_POST,
    changed_run,
    costly_posts,
    judged_anew,
    with_posts,
    without_faults,
    year_ago,
)
from bloglint.engine.rule_run import RuleRun
from bloglint.model import Finding, ReasonVerdict, Step, Text, Verdict, replace, translate
from bloglint.model.measures import KEPT_PACE, LONG_SILENCE
from bloglint.model.messages import quoted
from bloglint.text.document import Document
from bloglint.text.footers import own_words
from bloglint.text.titles import series_of

#: The most steps, and the fewest points of the score that one has to bring.
STEPS, FEWEST_POINTS = 3, 2.0
#: Which steps come first, and the score of the rhythm from which it is no step.
_ORDER = {"dates": 0, "publish": 0, "copies": 1, "adverts": 1}
_STEADY = 80
#: The share of the last posts that makes a habit of reprints or of short posts, and how short.
_HABIT, _LAST, _SHORT = 0.3, 10, 100
#: The share of the last posts under one title that makes naming them a step.
_SERIES = 0.4
#: The share of the last posts without an invitation to reply that makes asking a step.
_MONOLOGUE = 0.8
#: How many posts one step asks to be edited.
_EDITED = 3
_PUBLISH = translate("Publish one useful post, neither advert nor release")
_DECIDE = translate("Decide whether the blog goes on; if so, begin with a useful post")
_RHYTHM = "Publish a post every {days} days"
_PACE = "Keep the pace of the last {weeks} weeks"
_COPIES = translate("Write your own posts instead of copying press releases")
_REPEATS = translate("Write new posts instead of repeating old ones")
_STYLE = translate("Tell stories of your own instead of writing press releases")
_ADVERTS = translate("Answer readers' questions instead of advertising")
_EDIT_ONE = "Have {title} edited"
_EDIT = "Have the {count} worst posts edited, first {title}"
_DATES = translate("Give every post its date: without dates there is no grade")
_DATES_OF_FILES = translate(
    "Give every post its date, such as “date: 2026-05-03” in its front matter: without dates there "
    "is no grade"
)
_REPRINTS = "Write more of your own: {count} of the last {of} posts appeared elsewhere first"
_MORE = "Say more: {count} of the last {of} posts have under {limit} words of their own"
_ASK = "Ask readers something at the end: {count} of the last {of} posts do not"
_SELL = "Sell less: an estimated {count} of the last {of} posts promote your own, above all {title}"
_TITLES = (
    "Give each post a title of its own: {count} of the last {of} differ only by date or number"
)
_SUBJECT = translate("Keep to one subject")
_AUTHORS = translate("Let others write as well, and name a stand-in")
_WITHOUT_LOSS: tuple[tuple[Literal["subject", "authors"], Text, str], ...] = (
    ("subject", _SUBJECT, "topic-focus"),
    ("authors", _AUTHORS, "frequency-authors"),
)


def steps_of(run: RuleRun, verdict: Verdict) -> tuple[Step, ...]:
    """Return what would raise the score most, at most `STEPS`.

    A new post comes first in a silence; posts of their own come before more posts.
    """
    if verdict.score is None or not run.context.documents:
        return ()
    found = [
        step
        for step in _possible(run, verdict)
        if step.kind == "dates"
        or (step.kind == "publish" and verdict.state == "silent")
        or step.after - verdict.score >= FEWEST_POINTS
    ]
    found.sort(key=lambda step: (_ORDER.get(step.kind, len(_ORDER)), -step.after, step.kind))
    kinds = {step.kind for step in found}
    is_told = kinds | {"sell"} if "adverts" in kinds else kinds
    found += [step for step in _unscored(run, verdict) if step.kind not in is_told]
    return tuple(found[:STEPS])


def _unscored(run: RuleRun, verdict: Verdict) -> Iterator[Step]:
    """Yield what an editor would do beside that, though it hardly changes the score."""
    score = verdict.score or 0.0
    last = [document for _, document in run.context.whole()][:_LAST]
    ids = {document.post.id for document in last}
    told = {f.post for f in verdict.findings if f.rule == "recycling-reprint"} & ids
    if len(told) >= max(2, _HABIT * len(last)):
        text = translate(_REPRINTS, count=len(told), of=len(last))
        yield Step("reprints", text, score, tuple(d.post.id for d in last if d.post.id in told))
    new = {d.post.id for d in last if d.post.published and d.post.published >= year_ago(run)}
    long = [
        f
        for f in verdict.findings
        if f.rule == "bloat-length" and f.post in new and f.severity != "info"
    ]
    long.sort(key=lambda finding: -(finding.value or 0))
    if long:
        text = _edit([str(f.title) for f in long[:_EDITED]])
        yield Step("edit", text, score, tuple(str(f.post) for f in long[:_EDITED]))
    series = series_of(last)
    if len(series) >= max(3, _SERIES * len(last)):
        text = translate(_TITLES, count=len(series), of=len(last))
        yield Step("titles", text, score, tuple(document.post.id for document in series))
    if "advertorial" in verdict.reasons:
        yield from _selling(run, score, last)
    short = [d.post.id for d, words in zip(last, own_words(last), strict=True) if words < _SHORT]
    if len(short) >= max(2, _HABIT * len(last)):
        text = translate(_MORE, count=len(short), of=len(last), limit=_SHORT)
        yield Step("more", text, score, tuple(short))
    dialogue = run.measures.get("dialogue", {}) if "dialogue" in verdict.reasons else {}
    silent, of = dialogue.get("monologue_posts", 0), dialogue.get("monologue_of", 0)
    if of >= _LAST // 2 and silent >= _MONOLOGUE * of:
        text = translate(_ASK, count=silent, of=of)
        yield Step("ask", text, score, tuple(marked_posts(dialogue, "monologue")))


def _selling(run: RuleRun, score: float, last: Sequence[Document]) -> Iterator[Step]:
    """Yield the step against many posts that sell a little, none of them plainly an advert.

    The sum of the probabilities is the expected number of adverts.
    """
    of_post = zip(run.context.documents, run.context.measures, strict=True)
    likely = {d.post.id: measures.get("advertorial") or 0.0 for d, measures in of_post}
    expected = sum(likely[document.post.id] for document in last)
    if len(last) >= _LAST // 2 and expected >= _HABIT * len(last):
        worst = sorted(last, key=lambda document: -likely[document.post.id])[: round(expected)]
        title = quoted(worst[0].post.title)
        text = translate(_SELL, count=round(expected), of=len(last), title=title)
        yield Step("sell", text, score, tuple(document.post.id for document in worst))


def _possible(run: RuleRun, verdict: Verdict) -> Iterator[Step]:
    frequency = run.measures.get("frequency", {})
    if verdict.ungraded == NOTHING_NEW or not any(post.published for post in verdict.posts):
        is_folder = not run.context.blog.is_feed
        yield Step("dates", _DATES_OF_FILES if is_folder else _DATES, _score(verdict.reasons))
    if frequency.get("silent_days", 0) > frequency.get("due_days", 0):
        text = _DECIDE if frequency["silent_days"] > LONG_SILENCE else _PUBLISH
        yield _step(run, verdict, "publish", text, with_posts(run, [run.context.as_of]))
    days = frequency.get("pace_days", 0)
    reason = verdict.reasons.get("frequency")
    missing = _missing(run, days) if days else []
    if missing and reason and (reason.score or 0) < _STEADY:
        text = translate(_RHYTHM, days=days)
        steady = frequency.get("steady_days") or 0
        if steady >= KEPT_PACE * days:
            text = translate(_PACE, weeks=-(-steady // 7))
        yield _step(run, verdict, "rhythm", text, with_posts(run, missing), {"frequency"})
    for rule in run.rules:
        options = run.context.options[rule.id]
        if isinstance(options, OfKind) and rule.reason in ("recycling", "advertorial"):
            yield from _without_kind(run, verdict, rule.reason, options)
    yield from _edited(run, verdict)
    for kind, text, rule_id in _WITHOUT_LOSS:
        name = rule_id.partition("-")[0]
        reason = verdict.reasons.get(name)
        is_told = any(f.rule == rule_id and _is_plain(f, run) for f in verdict.findings)
        if reason and is_told and any(loss.rule == rule_id for loss in reason.losses):
            left = [loss for loss in reason.losses if loss.rule != rule_id]
            better = replace(reason, score=scoring.score_of(left))
            yield Step(kind, text, _score({**verdict.reasons, name: better}))


def _is_plain(finding: Finding, run: RuleRun) -> bool:
    """Whether a finding is a warning, or says of columns that they have little in common."""
    options = run.context.options[finding.rule]
    parted = isinstance(options, Focus) and finding.limit == options.parted
    return finding.severity != "info" or parted


def _step(
    run: RuleRun,
    verdict: Verdict,
    kind: Any,
    text: Text,
    changed: RuleRun,
    reasons: Collection[str] = OF_A_POST,
    posts: Sequence[str] = (),
) -> Step:
    """Return a step with the score of the blog as ``changed``; only ``reasons`` are judged anew."""
    return Step(kind, text, _score(judged_anew(changed, run, verdict, reasons)), tuple(posts))


def _score(reasons: Mapping[str, ReasonVerdict]) -> float:
    return scoring.weighted(reasons)[0] or 0.0


def _days(run: RuleRun) -> tuple[set[date], date]:
    """The days with a post, and the day a year ago."""
    days = {post.published.date() for post in run.context.blog.posts if post.published}
    return days, year_ago(run).date()


def _missing(run: RuleRun, limit: int) -> list[datetime]:
    """Return the days of the last year on which a post was due at a pace, and none came."""
    today, (days, since) = run.context.as_of, _days(run)
    ordered = [*sorted(day for day in days if day > since), today.date() + timedelta(days=1)]
    earlier = max((day for day in days if day <= since), default=None)
    missing: list[date] = []
    for start, end in pairwise([earlier, *ordered] if earlier else ordered):
        day = max(start, since) + timedelta(days=limit)
        while day < end:
            missing.append(day)
            day += timedelta(days=limit)
    return [datetime.combine(day, time(12), today.tzinfo) for day in missing]


def _without_kind(run: RuleRun, verdict: Verdict, reason: str, options: OfKind) -> Iterator[Step]:
    """Yield the step that makes the posts of a kind ordinary ones."""
    measures = run.measures.get(reason, {})
    posts = marked_posts(measures, options.measure)
    if len(posts) <= measures.get(f"{options.measure}_allowed", 0):
        return
    own = dict(zip((d.post.id for d in run.context.documents), run.per_post, strict=True))
    changed = changed_run(run)
    for document, measured in zip(changed.context.documents, changed.per_post, strict=True):
        if document.post.id in posts:
            measured.update({key: 0.0 for key in options.curves if key in measured})
    text = _ADVERTS
    if reason == "recycling":
        of_press = sum((own[post].get("recycled") or 0.0) >= 0.3 for post in posts)
        repeated = sum((own[post].get("repeated") or 0.0) >= 0.5 for post in posts)
        text = max((of_press, 2, _COPIES), (repeated, 1, _REPEATS), key=lambda one: one[:2])[2]
        if not of_press and not repeated:
            text = _STYLE
    kind = "copies" if reason == "recycling" else "adverts"
    yield _step(run, verdict, kind, text, changed, {reason}, posts)


def _edited(run: RuleRun, verdict: Verdict) -> Iterator[Step]:
    """Yield the step that mends the posts of the last year which cost `bloat` most."""
    worst = costly_posts(run)
    if not worst:
        return
    chosen = [at for points, at in worst[:_EDITED] if points >= worst[0][0] / 3]
    changed = changed_run(run)
    without_faults(changed, chosen)
    posts = [run.context.documents[at].post for at in chosen]
    text = _edit([post.title for post in posts])
    yield _step(run, verdict, "edit", text, changed, {"bloat"}, [post.id for post in posts])


def _edit(titles: Sequence[str]) -> Text:
    """Ask for the editing of posts, the worst first."""
    form = _EDIT_ONE if len(titles) == 1 else _EDIT
    return translate(form, title=quoted(titles[0]), count=len(titles))
