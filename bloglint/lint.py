"""The pipeline: a blog passes through the rules and becomes a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from bloglint import scoring
from bloglint.checks import Hit, find_kind
from bloglint.model import (
    SEVERITIES,
    WEIGHTS,
    Blog,
    Finding,
    Loss,
    Post,
    PostVerdict,
    ReasonVerdict,
    Verdict,
)
from bloglint.rules import Rule
from bloglint.text.document import Document

#: The scored window: 12 months, topped up to at least 10 posts, cut to the newest 60.
WINDOW, FEWEST, MOST = timedelta(days=365), 10, 60


def scored_posts(posts: Sequence[Post], as_of: datetime) -> list[Post]:
    """The posts that the score is about, newest first."""
    recent = [p for p in posts if p.published and p.published > as_of - WINDOW]
    return list(posts[: min(MOST, max(FEWEST, len(recent)))])


def judge(
    blog: Blog,
    rules: Mapping[str, Rule],
    *,
    as_of: datetime,
    language: str = "en",
    profile: str = "standard",
) -> Verdict:
    """The verdict on ``blog`` as of the moment ``as_of``, which carries the blog's zone."""
    judge_of = _Judge(rules, as_of, language, profile)
    posts = scored_posts(blog.posts, as_of)
    verdicts = [judge_of.post(Document(post, blog.language)) for post in posts]
    judge_of.blog(blog)
    return judge_of.verdict(blog, verdicts)


def write_date(day: date, language: str) -> str:
    """A date as a reader of ``language`` writes it."""
    return f"{day.day}.{day.month}.{day.year}" if language == "de" else f"{day.day} {day:%B %Y}"


class _Judge:
    """What gathers while the rules run."""

    def __init__(
        self, rules: Mapping[str, Rule], as_of: datetime, language: str, profile: str
    ) -> None:
        self.rules = list(rules.values())
        self.as_of, self.language = as_of, language
        self.options = {
            rule.id: {name: option.at(profile) for name, option in rule.options.items()}
            for rule in self.rules
        }
        self.findings: list[Finding] = []
        self.measures: dict[str, dict[str, Any]] = {}
        self.unmeasured: dict[str, str] = {}
        self.per_post: list[dict[str, Any]] = []

    def post(self, document: Document) -> PostVerdict:
        """Run the post rules over one post."""
        post = document.post
        measures: dict[str, Any] = {}
        for rule in self.rules:
            if rule.scope == "post":
                for result in find_kind(rule.check)(document, self.options[rule.id]):
                    if isinstance(result, Hit):
                        self.findings.append(self._finding(rule, result, document))
                    elif result.value is not None:
                        measures[result.name] = result.value
        self.per_post.append(measures)
        sentences = len(document.sentences)
        mean = document.words / sentences if sentences else None
        return PostVerdict(
            id=post.id,
            title=post.title,
            url=post.url,
            path=post.path,
            published=post.published,
            authors=post.authors,
            language=document.language,
            words=document.words,
            complete=post.complete,
            measures={"sentence_words_mean": mean},
        )

    def blog(self, blog: Blog) -> None:
        """Run the blog rules."""
        for rule in self.rules:
            if rule.scope == "blog":
                kind = find_kind(rule.check)
                for result in kind(blog, self.options[rule.id], self.as_of):
                    if isinstance(result, Hit):
                        self.findings.append(self._finding(rule, result, None))
                    elif result.value is None:
                        self.unmeasured.setdefault(rule.reason, result.note or "not measured")
                    else:
                        self.measures.setdefault(rule.reason, {})[result.name] = result.value

    def _finding(self, rule: Rule, hit: Hit, document: Document | None) -> Finding:
        fields = {
            name: write_date(value, self.language) if isinstance(value, date) else value
            for name, value in {"limit": hit.limit, **hit.fields}.items()
        }
        post = document.post if document else None
        place = quote = None
        if document and hit.start is not None and hit.end is not None:
            place, quote = document.place(hit.start, hit.end), document.text[hit.start : hit.end]
        return Finding(
            rule=rule.id,
            reason=rule.reason,
            severity=rule.severity_of(hit.case),
            message=rule.message[hit.case][self.language].format_map(fields),
            advice=rule.advice[hit.case][self.language].format_map(fields),
            post=post.id if post else None,
            title=post.title if post else None,
            url=post.url if post else None,
            path=post.path if post else None,
            place=place,
            quote=quote,
            value=hit.value,
            limit=hit.limit,
        )

    def _reason(self, reason: str, weight: float) -> ReasonVerdict:
        own = [rule for rule in self.rules if rule.reason == reason]
        measures = self.measures.get(reason, {})
        losses: list[Loss] = scoring.blog_losses(own, measures)
        if any(rule.scope == "post" for rule in own) and self.per_post:
            losses += scoring.post_losses(own, self.per_post)
        note = self.unmeasured.get(reason)
        if not losses:
            return ReasonVerdict(None, weight, measures, note or "nothing could be measured")
        return ReasonVerdict(scoring.score_of(losses), weight, measures, note, tuple(losses))

    def verdict(self, blog: Blog, posts: list[PostVerdict]) -> Verdict:
        """Everything that was gathered, scored."""
        reasons = {
            reason: self._reason(reason, weight)
            for reason, weight in WEIGHTS.items()
            if any(rule.reason == reason for rule in self.rules)
        }
        dead_on = self.measures.get("frequency", {}).get("dead_on")
        dead = dead_on is not None and self.as_of.date() >= date.fromisoformat(dead_on)
        score, grade, provisional = scoring.grade(reasons, dead)
        place = {reason: n for n, reason in enumerate(WEIGHTS)}
        worst_first = sorted(
            self.findings,
            key=lambda f: (-SEVERITIES.index(f.severity), place[f.reason], f.post or "", f.rule),
        )
        days = sorted(post.published.date() for post in posts if post.published)
        return Verdict(
            source=blog.source,
            title=blog.title,
            languages=tuple(sorted({post.language for post in posts if post.language})),
            posts_judged=len(posts),
            score=score,
            grade=grade,
            provisional=provisional,
            reasons=reasons,
            findings=tuple(worst_first),
            posts=tuple(posts),
            notes=blog.notes,
            first=days[0] if days else None,
            last=days[-1] if days else None,
            left_out=blog.left_out,
        )
