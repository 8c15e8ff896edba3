"""The posts as shown on the page, worst first: badges, findings, and the text with its marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from bloglint.languages import labels
from bloglint.model import Finding, PostVerdict, Verdict, write_date
from bloglint.model.messages import write_count
from bloglint.reporters.groups import grouped, posts_to_start_with
from bloglint.reporters.html.findings import views
from bloglint.reporters.html.links import web

#: How many posts are printed with their evidence, and how many are not folded away.
PRINTED, LISTED = 3, 12
#: The rules whose findings are badges, in their order.
_BADGES = (
    "recycling-press", "recycling-self", "recycling-style", "advertorial-tone", "bloat-length",
    "bloat-empty", "topic-drift", "recycling-reprint",
)  # fmt: skip
#: What of a post is told in badges is no mark in its text.
_WHOLE = frozenset({*_BADGES, "bloat-readability", "dialogue-invitation"})


def post_rows(verdict: Verdict, language: str) -> dict[str, Any]:
    """Return the posts, worst first: those to start with, others with findings, and the rest."""
    by_post: dict[str, list[Finding]] = {}
    for finding in verdict.findings:
        if finding.post is not None:
            by_post.setdefault(finding.post, []).append(finding)
    serious = [str(groups[0].first.post) for groups in posts_to_start_with(verdict.findings)]
    order = {post: n for n, post in enumerate(serious)}
    posts = sorted(
        verdict.posts,
        key=lambda post: (order.get(post.id, len(order)), post.id not in by_post),
    )
    rows = [
        _row(post, by_post.get(post.id, ()), n, verdict, language) for n, post in enumerate(posts)
    ]
    words = labels("page", language)
    return {
        "rows": rows[:LISTED],
        "folded": rows[LISTED:],
        "more": words["more_posts"].format(count=len(rows) - LISTED),
        "said": words["posts_said"].format(
            serious=len(serious), of=len(posts), clean=sum(not row["findings"] for row in rows)
        ),
    }


def _row(
    post: PostVerdict, findings: Sequence[Finding], at: int, verdict: Verdict, language: str
) -> dict[str, Any]:
    counts = {name: sum(f.severity == name for f in findings) for name in ("error", "warning")}
    return {
        "number": at + 1,
        "title": post.title or post.path or post.id,
        "link": web(post.url),
        "path": post.path or "",
        "day": write_date(post.published.date(), language) if post.published else "–",
        "iso": post.published.date().isoformat() if post.published else "",
        "words": write_count(round(post.words), language) if post.complete else "–",
        "badges": list(_badges(post, findings, language)),
        "worst": next((name for name, count in counts.items() if count), ""),
        "count": len(findings),
        "is_printed": at < PRINTED and any(counts.values()),
        "findings": views(findings, language),
        "text": list(marked(verdict.texts.get(post.id, ()), findings)),
    }


def _badges(
    post: PostVerdict, findings: Sequence[Finding], language: str
) -> Iterator[dict[str, str]]:
    """Yield what is wrong with a post as a whole, in two or three words each."""
    words = labels("badges", language)
    by_rule = {group.first.rule: group.first for group in reversed(grouped(findings))}
    for rule in _BADGES:
        finding = by_rule.get(rule)
        if finding is not None:
            value = finding.value or 0
            percent = round(100 * value) if value <= 1 else 0
            text = words[rule].format(
                percent=percent, words=write_count(round(post.words), language)
            )
            yield {"severity": finding.severity, "text": text}


def marked(paragraphs: Sequence[str], findings: Sequence[Finding]) -> Iterator[list[Any]]:
    """Yield the paragraphs of a post as pieces: text, and the finding's severity if it is marked.

    Where two findings overlap, the worse one is marked. Words that occur more often than they were
    found are not marked: it is not known which are meant.
    """
    wanted: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for finding in findings:
        if finding.passage and finding.rule not in _WHOLE:
            words = " ".join(finding.passage.split())
            wanted.setdefault(words, finding.severity)
            counts[words] += 1
    texts = [" ".join(paragraph.split()) for paragraph in paragraphs]
    wanted = {
        words: severity
        for words, severity in wanted.items()
        if sum(text.count(words) for text in texts) <= counts[words]
    }
    for text in texts:
        spans: list[tuple[int, int, str]] = []
        for passage, severity in wanted.items():
            start = text.find(passage)
            end = start + len(passage)
            if start >= 0 and not any(a < end and start < b for a, b, _ in spans):
                spans.append((start, end, severity))
        pieces, at = [], 0
        for start, end, severity in (*sorted(spans), (len(text), len(text), "")):
            if start > at:
                pieces.append({"text": text[at:start], "mark": ""})
            if end > start:
                pieces.append({"text": text[start:end], "mark": severity})
            at = end
        yield pieces
