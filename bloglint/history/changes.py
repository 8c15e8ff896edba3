"""How a blog has changed since its last report: findings, scores, and a sentence on why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from bloglint.history.records import KnownPost, Stored
from bloglint.languages import lists
from bloglint.model import (
    Development,
    Finding,
    PostVerdict,
    Previous,
    Text,
    Verdict,
    posts_counted,
    replace,
    translate,
)
from bloglint.model.messages import in_each, write_number
from bloglint.reporters.overview import change_of
from bloglint.reporters.words import COUNTED, reason_name, signed
from bloglint.sources.read_limit import ENOUGH_DAYS, ENOUGH_MOST

#: The share of the change from which a reason is named as a cause, and the most reasons named.
TELLING, NAMED = 0.2, 3
#: The rules that call a post a copy or an advert.
_COPIES = frozenset({"recycling-press", "recycling-self", "advertorial-tone"})
#: A change of fewer points than this is invisible to a reader.
UNCHANGED = 0.05
_FIRST = translate("This is the first report on this blog: there is nothing to compare with.")
_OTHER_TERMS = translate(
    "Judged by other settings than the last time: what changed may come from that."
)


def developed(
    verdict: Verdict,
    before: Stored | None,
    course: Iterable[tuple[date, float | None]],
    lapsed: Collection[tuple[str, str | None]] = (),
) -> Verdict:
    """Return ``verdict`` with its development since the report ``before``.

    Every finding is marked new or still open. An earlier finding that has ended is fixed if its
    post was edited or removed or, for a finding on the blog as a whole, if any post was added,
    edited or removed and the rule finds nothing any more; otherwise it has lapsed. Copies and
    adverts end a silence without fixing it.

    Args:
        verdict: the current verdict.
        before: the last report; None marks every finding as new.
        course: the days and scores of the reports so far.
        lapsed: the rule and post of findings that lapsed recently; if they return, they are open.
    """
    if before is None:
        findings = tuple(replace(finding, change="new") for finding in verdict.findings)
        development = Development(said=(_FIRST,), course=tuple(course))
        return replace(verdict, findings=findings, development=development)
    now = {post.id: _name(post) for post in verdict.posts}
    was = {post.id: _known_name(post, now) for post in before.posts}
    open_, ended = _paired(verdict.findings, before.findings, now, was)
    back = {n for n, one in enumerate(verdict.findings) if (one.rule, one.post) in lapsed} - open_
    findings = tuple(
        replace(one, change="open" if n in open_ | back else "new")
        for n, one in enumerate(verdict.findings)
    )
    untouched, removed = _untouched(verdict, before)
    since = _since(verdict, before, set(was.values()))
    if not since and not removed and len(untouched) == len(before.posts):
        untouched.add(None)  # nobody changed anything
    standing = {one.rule for one in verdict.findings if one.post is None}
    if since and set(since) <= _poor(verdict):
        standing |= {one.rule for one in ended if one.reason == "frequency"}

    def is_fixed(one: Finding) -> bool:
        return one.post not in untouched and (one.post is not None or one.rule not in standing)

    development = Development(
        previous=Previous(before.as_of, before.score, before.grade),
        reasons={
            name: (before.reasons[name].score if name in before.reasons else None, reason.score)
            for name, reason in verdict.reasons.items()
        },
        fixed=tuple(replace(one, change="fixed") for one in ended if is_fixed(one)),
        lapsed=tuple(one for one in ended if not is_fixed(one)),
        returned=tuple((f.rule, f.post) for n, f in enumerate(findings) if n in back),
        posts=since,
        removed=removed,
        course=tuple(course),
    )
    verdict = replace(verdict, findings=findings, development=development)
    return replace(
        verdict, development=replace(development, said=tuple(_summarize(verdict, before)))
    )


def _poor(verdict: Verdict) -> set[str]:
    """The posts that are copies or adverts."""
    return {
        str(one.post)
        for one in verdict.findings
        if one.rule in _COPIES and one.severity != "info" and one.post is not None
    }


def _untouched(verdict: Verdict, before: Stored) -> tuple[set[str | None], tuple[str, ...]]:
    """The posts of an earlier report that are unchanged since, and the titles of those removed.

    A post that has merely become too old for the scored window counts as unchanged.
    """
    digests = {post.id: post.digest for post in verdict.posts}
    named = {_name(post): post.digest for post in verdict.posts}
    start = (verdict.as_of or before.as_of) - timedelta(days=ENOUGH_DAYS)
    found: set[str | None] = set()
    removed = []
    for post in before.posts:
        digest = digests.get(post.id, named.get(post.name))
        published = datetime.fromisoformat(post.published) if post.published else None
        is_too_old = published is not None and (
            published < start or len(verdict.posts) >= ENOUGH_MOST
        )
        if digest == post.digest or (digest is None and is_too_old):
            found.add(post.id)
        elif digest is None:
            removed.append(post.title or post.id)
    return found, tuple(removed)


def _since(verdict: Verdict, before: Stored, known: Collection[tuple[str, ...]]) -> tuple[str, ...]:
    """The ids of the posts that are new since a report.

    Posts older than every post of that report are not new: the report had left them out.
    """
    dates = [datetime.fromisoformat(post.published) for post in before.posts if post.published]
    oldest = min(dates, default=before.as_of)
    return tuple(
        post.id
        for post in verdict.posts
        if _name(post) not in known and (post.published is None or post.published >= oldest)
    )


def _name(post: PostVerdict) -> tuple[str, ...]:
    """The title and day of a post, which identify it across two reports."""
    return post.title, post.published.isoformat()[:10] if post.published else ""


def _known_name(post: KnownPost, now: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The title and day of a stored post.

    A current post with the same id takes precedence: titles are edited, and feeds move.
    """
    return now.get(post.id, post.name)


def _paired(
    findings: Sequence[Finding],
    earlier: Sequence[Finding],
    now: Mapping[str, tuple[str, ...]],
    was: Mapping[str, tuple[str, ...]],
) -> tuple[set[int], list[Finding]]:
    """Pair findings with those of an earlier report.

    Returns the indices of the findings that the earlier report also had, and its findings that have
    ended. Pairs share rule, post and wording or, among those left, rule and post, since wording
    gets edited; on the blog as a whole, the same rule says the same in other words.
    """

    def by_words(one: Finding, posts: Mapping[str, tuple[str, ...]]) -> tuple[Any, ...]:
        post = posts.get(one.post or "", one.post)
        return one.rule, post, one.words.lower() if one.post else str(one.message)

    def by_post(one: Finding, posts: Mapping[str, tuple[str, ...]]) -> tuple[Any, ...]:
        return one.rule, posts.get(one.post or "", one.post), _kind(one)

    def by_rule(one: Finding, posts: Mapping[str, tuple[str, ...]]) -> tuple[Any, ...]:
        return one.rule, one.post

    # Several findings of a kind, such as gaps in a blog, differ only in their wording.
    several = {
        key
        for of in (by_post, by_rule)
        for side in ((findings, now), (earlier, was))
        for key, count in Counter(of(f, side[1]) for f in side[0] if f.post is None).items()
        if count > 1
    }
    open_: set[int] = set()
    rest = list(earlier)
    for key in (by_words, by_post, by_rule):
        waiting = defaultdict(list)
        for one in rest:
            waiting[key(one, was)].append(one)
        for n, one in enumerate(findings):
            if key is not by_words and one.post is None and key(one, now) in several:
                continue
            if key is by_rule and one.post is not None:
                continue
            if n not in open_ and (same := waiting[key(one, now)]):
                same.pop(0)
                open_.add(n)
        rest = [one for left in waiting.values() for one in left]
    unpaired = Counter(map(id, rest))
    return open_, [one for one in earlier if unpaired[id(one)]]


def _kind(finding: Finding) -> str:
    """The gist of a finding on a blog, without figures, dates and names.

    Empty for a finding on a post.
    """
    if finding.post is not None:
        return ""
    return " ".join([w for w in str(finding.message).split() if w.isalpha() and w.islower()][:8])


def _summarize(verdict: Verdict, before: Stored) -> Iterator[Text]:
    """The change of the score with its causes, then what else a reader should know."""
    change = change_of(verdict)
    if before.terms and verdict.terms and before.terms != verdict.terms:
        yield _OTHER_TERMS
        return
    turned = list(_turned(verdict, before))
    since = len(verdict.development.posts) if verdict.development else 0
    if change is None:
        yield _unmeasured(verdict, before)
    elif abs(change) < UNCHANGED:
        if since:
            yield translate("Unchanged; {count} since.", count=posts_counted(since))
        else:
            yield translate("Unchanged; no post since.")
        for one in turned:
            yield in_each(partial(_sentence, one))
    else:
        why = [*_causes(verdict, before), *turned] or [_several(since)]
        rounded = in_each(partial(_rounded, change))
        yield translate("{change}: {why}.", change=rounded, why=why)
    removed = len(verdict.development.removed) if verdict.development else 0
    if removed:
        gone = posts_counted(removed)
        form = "{count} is gone." if removed == 1 else "{count} are gone."
        yield translate(form, count=gone)
    if before.grade != verdict.grade and before.grade and verdict.grade:
        yield translate(
            "The grade goes from {before} to {after}.", before=before.grade, after=verdict.grade
        )


def _rounded(change: float, language: str) -> str:
    """A change as written in a sentence: +3, −14, −0.4."""
    return signed(float(round(change)) if abs(change) >= 1 else change, language, digits=0)


def _sentence(words: Text, code: str) -> str:
    said = words.in_language(code)
    return f"{said[:1].upper()}{said[1:]}."


def _in_words(count: int, code: str) -> str:
    """A small number, from 0, as a word; a larger one in digits."""
    words = lists("numbers", "small", code)
    return words[count] if count < len(words) else str(count)


def _several(since: int) -> Text:
    count = posts_counted(since)
    if since:
        return translate("{count} since, small shifts in several reasons", count=count)  # fmt: skip
    return translate("small shifts in several reasons")


def _unmeasured(verdict: Verdict, before: Stored) -> Text:
    if verdict.score is None and before.score is None:
        return translate("Nothing could be measured, as before.")
    if verdict.score is None:
        return translate("There was a score, and now too little can be measured.")
    return translate("Now there is a score.")


def _causes(verdict: Verdict, before: Stored) -> Iterator[Text]:
    """Yield what moved the score in the direction it went, the heaviest cause first."""
    change = change_of(verdict) or 0.0
    measured = {
        name: reason.weight
        for name, reason in verdict.reasons.items()
        if reason.score is not None and reason.weight
    }
    total = sum(measured.values())
    moved: list[tuple[float, str]] = []
    for name, weight in measured.items():
        was = before.reasons[name].score if name in before.reasons else None
        now = verdict.reasons[name].score
        if was is not None and now is not None:
            moved.append(((now - was) * weight / total, name))
    telling = [
        (points, name)
        for points, name in sorted(moved, key=lambda one: -abs(one[0]))
        if abs(points) >= TELLING * abs(change) and points * change > 0
    ]
    for points, name in telling[:NAMED]:
        yield _CAUSES[name](verdict, before, points)


def _turned(verdict: Verdict, before: Stored) -> Iterator[Text]:
    """Yield the weighted reasons that have become, or are no longer, measurable."""
    for name, reason in verdict.reasons.items():
        known = before.reasons.get(name)
        is_now, was = reason.score is not None, known is not None and known.score is not None
        if reason.weight and is_now and not was:
            yield translate("{reason} can be measured now", reason=reason_name(name))
        if reason.weight and was and not is_now:
            yield translate("{reason} is not measured any more", reason=reason_name(name))


def _frequency(verdict: Verdict, before: Stored, points: float) -> Text:
    now, was = verdict.reasons["frequency"].measures, before.reasons["frequency"].measures
    silent, due = now.get("silent_days", 0), now.get("due_days", 14)
    since = len(verdict.development.posts) if verdict.development else 0
    earlier = was.get("silent_days", 0)
    if points < 0 and silent > due:
        return translate("silence of {silent} days", silent=silent)
    if points > 0 and since:
        count = posts_counted(since)
        if earlier > due:
            if set(verdict.development.posts if verdict.development else ()) <= _poor(verdict):
                return translate(
                    "{count} after {earlier} days of silence, but copied or advertising",
                    count=count,
                    earlier=earlier,
                )
            return translate(
                "{count} after {earlier} days of silence", count=count, earlier=earlier
            )
        return translate("{count} since", count=count)
    gap, old = now.get("longest_gap_days") or 0, was.get("longest_gap_days") or 0
    if points > 0 and gap < old:
        return translate("a gap of {old} days is over a year old", old=old)
    if points < 0 and gap > old:
        return translate("a gap of {gap} days", gap=gap)
    late, earlier_late = now.get("overdue_share"), was.get("overdue_share")
    if late is not None and earlier_late is not None and (earlier_late - late) * points > 0:
        percent = late * 100
        if late > earlier_late:
            return translate("more overdue days in a year ({percent:.0f} %)", percent=percent)
        return translate("fewer overdue days in a year ({percent:.0f} %)", percent=percent)
    return _by_points("frequency", verdict, before)


def _counted(reason: str, one: str, many: str) -> Callable[[Verdict, Stored, float], Text]:
    """A cause that tells how many more or fewer of the last ten posts are of a kind.

    ``one`` and ``many`` name such posts, in singular and plural.
    """

    def cause(verdict: Verdict, before: Stored, points: float) -> Text:
        measure = COUNTED[reason]
        now = verdict.reasons[reason].measures.get(f"{measure}_posts")
        was = before.reasons[reason].measures.get(f"{measure}_posts")
        if now is None or was is None or (now - was) * points >= 0:
            return _by_points(reason, verdict, before)
        count = abs(now - was)
        form = "{count} more {what}" if now > was else "{count} fewer {what}"
        what = translate(one if count == 1 else many)
        return translate(form, count=in_each(partial(_in_words, count)), what=what)

    return cause


def _bloat(verdict: Verdict, before: Stored, points: float) -> Text:
    since = set(verdict.development.posts if verdict.development else ())
    longest = max((p for p in verdict.posts if p.id in since), key=lambda p: p.words, default=None)
    bloated = {
        f.post for f in verdict.findings if f.reason == "bloat" and f.severity != "info"
    }  # fmt: skip
    if points < 0 and longest and longest.id in bloated:
        return translate("a post of {words} words that needs an editor", words=longest.words)
    return _by_points("bloat", verdict, before)


def _by_points(name: str, verdict: Verdict, before: Stored) -> Text:
    """A reason's score before and after, for when there is no better explanation."""
    was = before.reasons[name].score or 0.0
    now = verdict.reasons[name].score or 0.0
    digits = 0 if round(was) != round(now) else 1
    moved = f"{was:.{digits}f} → {now:.{digits}f}"
    figures = in_each(partial(write_number, moved))
    return translate("{reason} {figures}", reason=reason_name(name), figures=figures)


def _points_of(name: str) -> Callable[[Verdict, Stored, float], Text]:
    return lambda verdict, before, points: _by_points(name, verdict, before)


_CAUSES: Mapping[str, Callable[[Verdict, Stored, float], Text]] = {
    "frequency": _frequency,
    "recycling": _counted(
        "recycling",
        "recycled post",
        "recycled posts",
    ),
    "advertorial": _counted(
        "advertorial",
        "advertising post",
        "advertising posts",
    ),
    "bloat": _bloat,
    **{name: _points_of(name) for name in ("topic", "dialogue", "craft")},
}
