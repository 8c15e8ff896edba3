"""Findings by readership: what the most read posts need comes first."""

from __future__ import annotations

from collections.abc import Mapping

from bloglint.model import SEVERITIES, Text, Verdict, replace, translate
from bloglint.model.messages import joined, quoted
from bloglint.sources.traffic import visits_of

#: How many of the most read posts with findings are named.
_NAMED = 3


def by_readership(verdict: Verdict, visits: Mapping[str, int]) -> Verdict:
    """Return a verdict whose findings on posts are ordered by visits, within each severity.

    What concerns the blog as a whole keeps its place before them. A note names the most read posts
    with findings.
    """
    known = visits_of(verdict.posts, visits)
    counts = dict(zip((post.id for post in verdict.posts), known, strict=True))
    found = [replace(one, visits=counts.get(one.post or "")) for one in verdict.findings]
    found.sort(
        key=lambda one: (
            -SEVERITIES.index(one.severity),
            one.post is not None,
            -(one.visits or 0),
        )
    )
    return replace(verdict, findings=tuple(found), notes=(*verdict.notes, _said(verdict, counts)))


def _said(verdict: Verdict, counts: Mapping[str, int]) -> Text:
    known = sum(count > 0 for count in counts.values())
    if not known:
        return translate("none of the posts was found in the file of visits")
    needy = {one.post for one in verdict.findings if one.post and one.severity != "info"}
    most = sorted(
        (post for post in verdict.posts if post.id in needy and counts[post.id]),
        key=lambda post: -counts[post.id],
    )
    if not most:
        return translate("visits are known of {count} posts; none has a warning", count=known)
    named = [
        translate("{title} ({count} visits)", title=quoted(post.title), count=counts[post.id])
        for post in most[:_NAMED]
    ]
    return translate("most read with work to do: {posts}", posts=joined(", ", named))
