"""The fewest steps to the next grade, found by judging the blog as if they were done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from itertools import cycle, islice

from bloglint.engine.as_if import changed_run, costly_posts, judged_anew, with_posts, without_faults
from bloglint.engine.rule_run import RuleRun
from bloglint.engine.verdict import graded
from bloglint.model import GRADES, ConfigError, Post, Text, Verdict, translate
from bloglint.model.measures import LONG_SILENCE
from bloglint.model.messages import quoted
from bloglint.model.plan import Plan, PlannedStep

#: How many days a plan covers, and the most new posts and edited ones in it.
DAYS, MOST_POSTS, MOST_EDITS = 56, 8, 3
#: What a new post and an edited one cost, for the comparison of plans.
_POST, _EDIT = 1.0, 0.5
#: The days until the first post, and for how long an author may have rested and still be one.
_FIRST, _ACTIVE = 2, timedelta(days=365)
#: A subject is a tag that this many posts of two years carry, a tenth of them and no more than six
#: in ten; it rests if it is so much older than the newest post.
_OFTEN, _RARE, _MOST, _RESTED = 3, 0.1, 0.6, timedelta(days=60)
#: The fewest posts of a regular author, and how many a plan is to rest on.
_REGULAR, _SHOULDERS = 3, 2
_ADVICE = translate("Give the blog at least three dated posts with a text, then plan.")
_GOES_ON = translate("Decide whether the blog goes on; the rest is only for one that does")
_WITHOUT_GRADE = translate("a blog without a grade has no next one")


def plan_of(run: RuleRun, verdict: Verdict) -> Plan:
    """Return the plan with the fewest steps that reaches the next grade, or else the best one.

    A blog with the best grade is to keep it.

    Raises:
        ConfigError: the blog has no grade.
    """
    if verdict.score is None or verdict.grade is None:
        raise ConfigError(verdict.ungraded or _WITHOUT_GRADE, _ADVICE)
    grades = [letter for letter, _ in GRADES]
    goal = (
        grades[max(0, grades.index(verdict.grade) - 1)] if verdict.grade in grades else grades[-1]
    )
    worst = [at for _, at in costly_posts(run)]
    options = sorted(
        (posts * _POST + edits * _EDIT, posts, edits)
        for posts in range(MOST_POSTS + 1)
        for edits in range(min(MOST_EDITS, len(worst)) + 1)
    )
    idle_score, idle_grade, idle_state = _judged(run, verdict, 0, ())
    idle = idle_score, idle_grade
    best: tuple[float, str, int, int] = (*idle, 0, 0)
    for _, posts, edits in options:
        score, grade, _ = _judged(run, verdict, posts, worst[:edits])
        if grade <= goal:
            best = score, grade, posts, edits
            break
        if score > best[0] + 0.5:
            best = score, grade, posts, edits
    after_score, after_grade, posts, edits = best
    context = run.context
    return Plan(
        verdict.name,
        context.as_of,
        (context.as_of + timedelta(days=DAYS)).date(),
        verdict.score,
        verdict.grade,
        idle,
        goal,
        (after_score, after_grade),
        tuple(_steps(run, verdict, posts, worst[:edits])),
        idle_state,
    )


def _judged(
    run: RuleRun, verdict: Verdict, posts: int, edits: Sequence[int]
) -> tuple[float, str, str | None]:
    """Return score, grade and state on the last day, with new posts and some that were edited."""
    as_if = changed_run(run)
    without_faults(as_if, edits)
    moments = [*map(_moment, _planned(run)), *_moments(run.context.as_of, verdict, posts)]
    as_if = with_posts(as_if, sorted(moments))
    as_if = changed_run(as_if, as_of=run.context.as_of + timedelta(days=DAYS))
    score, grade, state, _ = graded(as_if, judged_anew(as_if, run, verdict))
    return score or 0.0, grade or "F", state


def _planned(run: RuleRun) -> list[Post]:
    """Return the posts that are planned for the days of the plan, the first one first."""
    as_of = run.context.as_of
    end = as_of + timedelta(days=DAYS)
    ahead = [p for p in run.context.blog.planned if p.published and as_of < p.published <= end]
    return sorted(ahead, key=lambda post: (_moment(post), post.id))


def _moment(post: Post) -> datetime:
    assert post.published is not None
    return post.published


def _moments(as_of: datetime, verdict: Verdict, posts: int) -> list[datetime]:
    """Return evenly spaced moments for new posts, at noon, on due days if there are enough.

    What is due before anybody could write it is due on the first day of the plan.
    """
    first, last = as_of.date() + timedelta(days=_FIRST), as_of.date() + timedelta(days=DAYS)
    listed = verdict.measures_of("frequency").get("due_dates", ())
    due = sorted({max(first, date.fromisoformat(day)) for day in listed})
    due = [day for day in due if day <= last]
    if posts <= len(due):
        days = [due[n * len(due) // posts] for n in range(posts)]
    else:
        days = [first + timedelta(days=n * (DAYS - _FIRST) // posts) for n in range(posts)]
    taken: list[date] = []
    for day in days:
        taken.append(_working_day(day, first, taken))
    return [datetime.combine(day, time(12), as_of.tzinfo) for day in sorted(taken)]


def _working_day(day: date, first: date, taken: Sequence[date] = ()) -> date:
    """Return the last working day up to a day that is not taken, or the next one after it.

    It is not before the first. Between Christmas and New Year nobody works.
    """
    found = day
    while found >= first and (_is_free(found) or found in taken):
        found -= timedelta(days=1)
    if found >= first:
        return found
    while _is_free(day) or day in taken:
        day += timedelta(days=1)
    return day


def _is_free(day: date) -> bool:
    return day.weekday() > 4 or (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)


def _steps(run: RuleRun, verdict: Verdict, posts: int, edits: Sequence[int]) -> list[PlannedStep]:
    """Return the steps by day, new posts with the author and the subject that rested longest."""
    today = run.context.as_of.date()
    published = [post for post in run.context.blog.posts if post.published]
    recent = [p for p in published if run.context.as_of - _moment(p) <= 2 * _ACTIVE]
    authors = _rested(recent, run.context.as_of)
    names = list(islice(cycle(authors), posts)) if authors else [""] * posts
    days = [moment.date() for moment in _moments(run.context.as_of, verdict, posts)]
    every_author = {name.casefold() for p in run.context.blog.posts for name in p.authors}
    subjects = _subjects(recent, every_author)
    steps = []
    if verdict.measures_of("frequency").get("days_since_last_post", 0) > LONG_SILENCE:
        steps.append(PlannedStep(today, "decide", _GOES_ON))
    steps += [
        PlannedStep(day, "post", _said(*subject), name, subject=subject[0])
        for day, name, subject in zip(days, names, [*subjects, *[("", None)] * posts], strict=False)
    ]
    for post in _planned(run):
        said = translate("{title} appears, as planned", title=quoted(post.title))
        author = next(iter(post.authors), "")
        steps.append(PlannedStep(_moment(post).date(), "planned", said, author, post.id))
    for n, at in enumerate(edits):
        post = run.context.documents[at].post
        said = translate("Have {title} edited", title=quoted(post.title))
        day = _working_day(today + timedelta(days=5 + 7 * n), today)
        steps.append(PlannedStep(day, "edit", said, next(iter(post.authors), ""), post.id))
    return sorted(steps, key=lambda step: (step.day, step.kind, step.post))


def _said(subject: str, last: date | None) -> Text:
    """Say what to do on the day of a new post, and about what, if a subject is known."""
    if last is None:
        return translate("Publish a useful post of your own, neither advert nor release")
    return translate(
        "Publish a useful post of your own, neither advert nor release, such as on {subject} "
        "(last on {day})",
        subject=quoted(subject),
        day=last,
    )


def _subjects(posts: Sequence[Post], authors: Collection[str]) -> list[tuple[str, date]]:
    """Return the tags that a blog returns to and that rest, with their last day, the oldest first.

    A tag rests that was not used for a while when the newest post appeared.
    A tag that most posts carry says nothing, and neither does the name of an author.
    ``posts`` are those of the last two years, ``authors`` those of the blog, in lower case.
    """
    carriers: dict[str, list[date]] = {}
    spellings: dict[str, Counter[str]] = {}
    for post in posts:
        for folded, tag in {tag.casefold(): tag for tag in post.tags}.items():
            carriers.setdefault(folded, []).append(_moment(post).date())
            spellings.setdefault(folded, Counter())[tag] += 1
    newest = max((_moment(post).date() for post in posts), default=date.min)
    rested = [
        (max(spellings[tag].items(), key=lambda one: (one[1], one[0]))[0], max(days))
        for tag, days in carriers.items()
        if tag not in authors and len(days) >= max(_OFTEN, _RARE * len(posts))
        and len(days) <= _MOST * len(posts) and newest - max(days) >= _RESTED
    ]  # fmt: skip
    return sorted(rested, key=lambda one: (one[1], one[0]))


def _rested(posts: Sequence[Post], as_of: datetime) -> list[str]:
    """Return the authors of the last year, without guests, the one who rested longest first.

    A regular author wrote three of the ``posts``, those of the last two years; if there are not
    two such authors, two posts are enough.
    """
    last: dict[str, datetime] = {}
    count: Counter[str] = Counter(name for post in posts for name in post.authors[:1])
    for post in posts:
        if post.published and as_of - post.published <= _ACTIVE:
            for name in post.authors[:1]:
                last[name] = max(post.published, last.get(name, post.published))
    regular = [name for name in last if count[name] >= _REGULAR]
    if len(regular) < _SHOULDERS:
        regular = [name for name in last if count[name] > 1] or list(last)
    return sorted(regular, key=lambda name: (last[name], name))
