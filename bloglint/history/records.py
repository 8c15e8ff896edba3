"""What is stored of a report: all but evidence at length, as compressed JSON."""

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
    weight: Number
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


class StoredFinding(msgspec.Struct, frozen=True):
    """A finding as the history stores it: all but its evidence at length."""

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
    """A finding as its number and what is stored of it."""
    fields = {name: getattr(finding, name) for name in StoredFinding.__struct_fields__}
    body = encode_struct(StoredFinding(**fields))
    return int.from_bytes(blake2b(body, digest_size=8).digest(), "big", signed=True), body


def finding_in(packed: bytes) -> Finding:
    """The finding that `packed_finding` stored.

    Raises:
        ValueError, zlib.error: it is damaged.
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
    """Whether a blog's newest posts of before a report are those that it held, so that it moved."""
    own = [
        (post.title, post.published.isoformat()[:10])
        for post in verdict.posts
        if post.published and post.published <= then
    ]
    count = min(len(own), len(names), NEWEST)
    shared = len(set(own[:count]) & set(names[:count]))
    return shared >= max(SAME_POSTS, SAME_SHARE * count)
