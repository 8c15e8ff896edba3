"""Many blogs at a glance: ranked, by group, and each compared with the median."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from bloglint.model import Report, Verdict, replace
from bloglint.reporters.words import TOUCHED, lost_points, touched_posts

#: How many of the worst blogs are explained.
EXPLAINED = 3
#: The score from which a blog needs no explanation, and the smallest change worth counting.
GOOD, FELT = 80, 1.0
#: How many of a blog's findings a report on many blogs shows; the blog's own report has all.
FINDINGS = 5


#: The sections of a portfolio, the most urgent first, and the grades of a healthy blog.
Section = Literal["silent", "falling", "steady", "healthy", "ungraded"]
SECTIONS: tuple[Section, ...] = ("silent", "falling", "steady", "healthy", "ungraded")
_HEALTHY = frozenset({"A", "B"})


class Group(msgspec.Struct, frozen=True):
    """A group of blogs: its size, and the mean of its scores."""

    name: str
    blogs: int
    mean: float | None


class Overview(msgspec.Struct, frozen=True):
    """A portfolio: its blogs, the most urgent first, its groups worst first, the median score."""

    blogs: tuple[Verdict, ...]
    groups: tuple[Group, ...]
    median: float | None

    @property
    def worst(self) -> list[Verdict]:
        """The blogs to be explained: the most urgent ones, if their scores are bad."""
        return [blog for blog in self.blogs if blog.score is not None and blog.score < GOOD][
            :EXPLAINED
        ]

    def against(self, verdict: Verdict) -> float | None:
        """Return a blog's distance from the median score; None if either is missing."""
        if verdict.score is None or self.median is None:
            return None
        return round(verdict.score - self.median, 1)


def overview(report: Report) -> Overview:
    """Return the portfolio of a report."""
    from statistics import median

    blogs = sorted(ranked(map(light, report.blogs)), key=_urgency)
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
    """Return ``verdict`` reduced to what an overview shows: counts, top findings, no posts."""
    shown = verdict.findings[:FINDINGS]
    touched = touched_posts(verdict)
    return replace(
        verdict,
        findings=shown,
        posts=(),
        texts={},
        known=(),
        suppressed_findings=(),
        tally=verdict.counts,
        reasons={
            name: replace(reason, measures={**reason.measures, TOUCHED: len(touched[name])})
            for name, reason in verdict.reasons.items()
        },
    )


def is_portfolio(report: Report) -> bool:
    """Whether a periodic report covers many blogs, so that they are presented together."""
    is_periodic = any(blog.development for blog in report.blogs)
    return is_periodic and len(report.blogs) + len(report.errors) > 1


def why_worst(verdict: Verdict) -> list[tuple[str, float]]:
    """The reasons that cost a blog at least one point of its score, costliest first."""
    lost = [(name, round(points, 1)) for name, points in lost_points(verdict).items()]
    return sorted((one for one in lost if one[1] >= 1), key=lambda one: -one[1])


def ranked(blogs: Iterable[Verdict]) -> list[Verdict]:
    """Return the blogs worst first; those without a score come last."""
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
    """The change of the score since the last report; None if either score is missing."""
    previous = verdict.development.previous if verdict.development else None
    if previous is None or previous.score is None or verdict.score is None:
        return None
    return round(verdict.score - previous.score, 1)


def section_of(verdict: Verdict) -> Section:
    """What a blog needs: it is silent, its score fell, it is healthy, neither, or ungraded."""
    change = change_of(verdict)
    if verdict.state == "silent":
        return "silent"
    if change is not None and change <= -FELT:
        return "falling"
    if verdict.grade is None:
        return "ungraded"
    return "healthy" if verdict.grade in _HEALTHY else "steady"


def _urgency(verdict: Verdict) -> tuple[float, ...]:
    """A key that sorts blogs by what is most urgent: see `SECTIONS`.

    Of silent blogs those come first that fell silent last, since they can still be saved; of
    falling ones those that lost most; of the others the worst.
    """
    section = section_of(verdict)
    days = verdict.measures_of("frequency").get("days_since_last_post")
    worst = verdict.score if verdict.score is not None else 100.0
    within = {"silent": days or 0.0, "falling": change_of(verdict) or 0.0}.get(section, worst)
    return SECTIONS.index(section), within


def _group(name: str, blogs: Sequence[Verdict]) -> Group:
    from statistics import fmean

    scores = [blog.score for blog in blogs if blog.score is not None]
    mean = round(fmean(scores), 1) if scores else None
    return Group(name, len(blogs), mean)
