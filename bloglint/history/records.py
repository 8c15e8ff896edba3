"""What is stored of a report: all but evidence at length, as compressed JSON."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

import msgspec

from bloglint.model import Development, Finding, Place, Text, Verdict

#: A blog whose address is unknown is one that is known if so many of the newest posts are the same.
NEWEST, SAME_POSTS, SAME_SHARE = 10, 3, 0.75


class KnownPost(msgspec.Struct, frozen=True):
    """A post as a report knew it."""

    id: str
    title: str
    url: str | None
    published: str | None
    words: int
    digest: str = ""
    authors: tuple[str, ...] = ()
    measures: Mapping[str, Any] = {}

    @property
    def name(self) -> tuple[str, str]:
        """What it is recognised by where its id is another one: its title and day."""
        return self.title, (self.published or "")[:10]


class KnownReason(msgspec.Struct, frozen=True):
    """A reason as a report knew it."""

    score: float | None
    weight: float
    measures: Mapping[str, Any] = {}


class Stored(msgspec.Struct, frozen=True):
    """One report on one blog, read back."""

    day: date
    as_of: datetime
    score: float | None
    grade: str | None
    title: str
    reasons: Mapping[str, KnownReason]
    posts: tuple[KnownPost, ...]
    findings: tuple[Finding, ...] = ()
    terms: str = ""


class Body(msgspec.Struct, frozen=True):
    """What is stored of a report beside its score and its findings."""

    title: str
    reasons: dict[str, KnownReason]
    posts: list[KnownPost]
    languages: list[str]
    provisional: bool
    posts_judged: int
    lapsed: list[tuple[str, str | None]] = []
    returned: list[tuple[str, str | None]] = []
    terms: str = ""


def packed_body(verdict: Verdict) -> bytes:
    """What is stored of a verdict beside its score and its findings."""
    development = verdict.development or Development()
    body = Body(
        verdict.title,
        {
            name: KnownReason(reason.score, reason.weight, dict(reason.measures))
            for name, reason in verdict.reasons.items()
        },
        [
            KnownPost(
                post.id,
                post.title,
                post.url,
                post.published.isoformat() if post.published else None,
                post.words,
                post.digest,
                post.authors,
                dict(post.measures),
            )
            for post in verdict.posts
        ],
        list(verdict.languages),
        verdict.provisional,
        verdict.posts_judged,
        [(one.rule, one.post) for one in development.lapsed],
        list(development.returned),
        verdict.terms,
    )
    text = json.dumps(msgspec.to_builtins(body), ensure_ascii=False)
    return zlib.compress(text.encode("utf-8", "replace"))


def body_in(packed: bytes) -> Body:
    """What `packed_body` made."""
    return msgspec.json.decode(zlib.decompress(packed), type=Body)


def packed_finding(finding: Finding) -> tuple[int, bytes]:
    """A finding as its number and what is stored: all but its evidence at length."""
    body = zlib.compress(
        json.dumps(
            {
                "rule": finding.rule,
                "reason": finding.reason,
                "severity": finding.severity,
                "message": [str(finding.message), getattr(finding.message, "de", None)],
                "advice": [str(finding.advice), getattr(finding.advice, "de", None)],
                "post": finding.post,
                "title": finding.title,
                "url": finding.url,
                "path": finding.path,
                "place": msgspec.to_builtins(finding.place),
                "passage": finding.passage,
                "value": finding.value,
                "limit": finding.limit,
            },
            ensure_ascii=True,
        ).encode()
    )
    return int.from_bytes(blake2b(body, digest_size=8).digest(), "big", signed=True), body


def finding_in(packed: bytes) -> Finding:
    """What `packed_finding` made."""
    values = json.loads(zlib.decompress(packed))
    for name in ("message", "advice"):
        english, german = values[name]
        values[name] = Text(english, german) if german is not None else english
    if values["place"] is not None:
        values["place"] = msgspec.convert(values["place"], Place)
    return Finding(**values, quote=values["passage"])


def is_same(verdict: Verdict, then: datetime, names: Sequence[tuple[str, str]]) -> bool:
    """Whether a blog's newest posts of before a report are those that it held, so that it moved."""
    own = [
        (post.title, post.published.isoformat()[:10])
        for post in verdict.posts
        if post.published and post.published <= then
    ]
    count = min(len(own), len(names), NEWEST)
    shared = len(set(own[:count]) & set(names[:count]))
    return shared >= max(SAME_POSTS, SAME_SHARE * count)
