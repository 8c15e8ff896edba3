"""What is stored of a report: everything except lengthy evidence, as compressed JSON."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

import msgspec

from bloglint.cache.encoding import decode_struct, encode_struct
from bloglint.model import Development, Finding, Place, Severity, Text, Verdict
from bloglint.model.results import Number

#: A blog at an unknown address is a known one that moved if, of up to ``NEWEST`` newest posts, at
#: least ``SAME_POSTS`` and at least ``SAME_SHARE`` match.
NEWEST, SAME_POSTS, SAME_SHARE = 10, 3, 0.75


class KnownPost(msgspec.Struct, frozen=True):
    """A post as stored in a report."""

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
        """Title and day, which identify the post if its id has changed."""
        return self.title, (self.published or "")[:10]


class KnownReason(msgspec.Struct, frozen=True):
    """A reason as stored in a report."""

    score: float | None
    weight: Number
    measures: Mapping[str, Any] = {}


class Stored(msgspec.Struct, frozen=True):
    """One report on one blog, as read back from the history."""

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
    """The stored part of a report besides its score and findings."""

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
    """Return the stored part of a verdict besides its score and findings, compressed."""
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
    """Return the `Body` that `packed_body` compressed."""
    return msgspec.json.decode(zlib.decompress(packed), type=Body)


class StoredFinding(msgspec.Struct, frozen=True):
    """A finding as stored in the history, without lengthy evidence."""

    rule: str
    reason: str
    severity: Severity
    message: Text
    advice: Text
    post: str | None = None
    title: str | None = None
    url: str | None = None
    path: str | None = None
    place: Place | None = None
    passage: str | None = None
    value: Number | None = None
    limit: Number | None = None


def packed_finding(finding: Finding) -> tuple[int, bytes]:
    """Return a finding's number, a hash of its content, and its stored form."""
    fields = {name: getattr(finding, name) for name in StoredFinding.__struct_fields__}
    body = encode_struct(StoredFinding(**fields))
    return int.from_bytes(blake2b(body, digest_size=8).digest(), "big", signed=True), body


def finding_in(packed: bytes) -> Finding:
    """Return the finding that `packed_finding` stored.

    Raises:
        ValueError, zlib.error: the data is damaged.
    """
    text = zlib.decompress(packed)
    if b'"message": [' in text:  # stored before 0.2: English and German in a list
        return _of_first_version(text)
    stored = decode_struct(packed, StoredFinding)
    fields = {name: getattr(stored, name) for name in StoredFinding.__struct_fields__}
    return Finding(**fields, quote=stored.passage)


def _of_first_version(text: bytes) -> Finding:
    values = json.loads(text)
    for name in ("message", "advice"):
        english, german = values[name]
        values[name] = Text({"en": english} | ({"de": german} if german is not None else {}))
    values["place"] = values["place"] and msgspec.convert(values["place"], Place)
    return Finding(**values, quote=values["passage"])


def is_same(verdict: Verdict, then: datetime, names: Sequence[tuple[str, str]]) -> bool:
    """Whether a blog's newest posts are those of an earlier report, so that the blog has moved.

    ``then`` is the moment of that report, after which posts do not count; ``names`` are its posts
    by title and day.
    """
    own = [
        (post.title, post.published.isoformat()[:10])
        for post in verdict.posts
        if post.published and post.published <= then
    ]
    count = min(len(own), len(names), NEWEST)
    shared = len(set(own[:count]) & set(names[:count]))
    return shared >= max(SAME_POSTS, SAME_SHARE * count)
