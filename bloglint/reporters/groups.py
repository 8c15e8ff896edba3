"""Findings of one rule in one post, told together: the first one, and where the others are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bloglint.languages import labels
from bloglint.model import Finding

#: The most places that are named.
NAMED = 3


class Group(NamedTuple):
    """The findings of one rule and severity in one post, or on the blog as a whole."""

    first: Finding
    others: tuple[Finding, ...]

    @property
    def size(self) -> int:
        """The number of findings in the group."""
        return 1 + len(self.others)


def grouped(findings: Sequence[Finding]) -> list[Group]:
    """Group findings by rule, severity and post, in the order of each group's first one."""
    groups: dict[tuple[str, str, str | None], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, finding.severity, finding.post), []).append(finding)
    return [Group(own[0], tuple(own[1:])) for own in groups.values()]


def each(findings: Sequence[Finding]) -> list[Group]:
    """Return the findings one by one, in the order of their groups."""
    return [Group(one, ()) for g in grouped(findings) for one in (g.first, *g.others)]


def posts_to_start_with(findings: Sequence[Finding]) -> list[list[Group]]:
    """Return the findings of each post with an error or a warning, most read or worst first."""
    posts: dict[str, list[Group]] = {}
    for group in grouped(findings):
        if group.first.post is not None:
            posts.setdefault(group.first.post, []).append(group)
    serious = [
        groups for groups in posts.values() if any(g.first.severity != "info" for g in groups)
    ]
    return sorted(
        serious,
        key=lambda groups: (
            -(groups[0].first.visits or 0),
            groups[0].first.severity != "error",
            -_cost(groups),
        ),
    )


def _cost(groups: Sequence[Group]) -> float:
    return sum(one.cost for group in groups for one in (group.first, *group.others))


def others_said(group: Group, language: str) -> str:
    """How many more findings the group has, and on which lines; empty if there is only one."""
    if not group.others:
        return ""
    words, count = labels("groups", language), len(group.others)
    if group.first.post is None:
        return str(words["blog_one" if count == 1 else "blog"]).format(count=count)
    said = str(words["post_one" if count == 1 else "post"]).format(count=count)
    lines = sorted({one.line for one in group.others if one.line is not None})
    if not lines:
        return said
    named = ", ".join(map(str, lines[:NAMED])) + (", …" if len(lines) > NAMED else "")
    return said + str(words["line" if len(lines) == 1 else "lines"]).format(lines=named)
