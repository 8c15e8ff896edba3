"""Many blogs at one glance: ranked, by group, and each against the middle of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from bloglint.model import Report, Verdict, replace
from bloglint.reporters.words import TOUCHED, lost_points, next_step, touched_posts

#: So many of the worst are explained.
EXPLAINED = 3
#: A blog with so many points needs no explaining; a change of so many points is one.
GOOD, FELT = 80, 1.0
#: So many of a blog's findings stand in a report on many; its own report has all.
FINDINGS = 5


class Group(msgspec.Struct, frozen=True):
    """Blogs of one group: how many, and the mean of their scores."""

    name: str
    blogs: int
    mean: float | None


class Overview(msgspec.Struct, frozen=True):
    """A portfolio: its blogs worst first, its groups worst first, and the middle of all."""

    blogs: tuple[Verdict, ...]
    groups: tuple[Group, ...]
    median: float | None

    @property
    def worst(self) -> list[Verdict]:
        """Those that are explained: the worst, if they are bad."""
        return [blog for blog in self.blogs if blog.score is not None and blog.score < GOOD][
            :EXPLAINED
        ]

    def against(self, verdict: Verdict) -> float | None:
        """How far a blog's score lies above or below the median of all."""
        if verdict.score is None or self.median is None:
            return None
        return round(verdict.score - self.median, 1)


def overview(report: Report) -> Overview:
    """The portfolio of a report."""
    from statistics import median

    blogs = ranked(map(light, report.blogs))
    names = {name for blog in blogs if blog.listing for name in blog.listing.groups}
    members = {
        name: [blog for blog in blogs if blog.listing and name in blog.listing.groups]
        for name in names
    }
    groups = [_group(name, own) for name, own in members.items()]
    scores = [blog.score for blog in blogs if blog.score is not None]
    return Overview(
        blogs=tuple(blogs),
        groups=tuple(sorted(groups, key=lambda g: (g.mean is not None, g.mean or 0.0, g.name))),
        median=round(median(scores), 1) if scores else None,
    )


def light(verdict: Verdict) -> Verdict:
    """``verdict`` with what a list of many tells of it: counts, the worst findings, no posts."""
    step = next_step(verdict)
    shown = verdict.findings[:FINDINGS]
    touched = touched_posts(verdict)
    return replace(
        verdict,
        findings=(*shown, *((step[2],) if step and step[2] not in shown else ())),
        posts=(),
        known=(),
        suppressed_findings=(),
        tally=verdict.counts,
        reasons={
            name: replace(reason, measures={**reason.measures, TOUCHED: len(touched[name])})
            for name, reason in verdict.reasons.items()
        },
    )


def is_portfolio(report: Report) -> bool:
    """Whether a periodic report is about many blogs, so that they are told as one."""
    is_periodic = any(blog.development for blog in report.blogs)
    return is_periodic and len(report.blogs) + len(report.errors) > 1


def why_worst(verdict: Verdict) -> list[tuple[str, float]]:
    """The reasons that cost a blog most, with the points of its score, those first."""
    lost = [(name, round(points, 1)) for name, points in lost_points(verdict).items()]
    return sorted((one for one in lost if one[1] >= 1), key=lambda one: -one[1])


def ranked(blogs: Iterable[Verdict]) -> list[Verdict]:
    """Worst first; what has no score comes last."""
    return sorted(
        blogs,
        key=lambda one: (
            one.score is None,
            one.score if one.score is not None else 0.0,
            one.name.lower(),
            one.source,
        ),
    )


def change_of(verdict: Verdict) -> float | None:
    """By how much the score rose or fell since the last report; None where one is missing."""
    previous = verdict.development.previous if verdict.development else None
    if previous is None or previous.score is None or verdict.score is None:
        return None
    return round(verdict.score - previous.score, 1)


def _group(name: str, blogs: Sequence[Verdict]) -> Group:
    from statistics import fmean

    scores = [blog.score for blog in blogs if blog.score is not None]
    mean = round(fmean(scores), 1) if scores else None
    return Group(name, len(blogs), mean)
