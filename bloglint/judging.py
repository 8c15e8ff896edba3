"""Verdicts on blogs by one configuration: kept from before where nothing has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from bloglint.config import Config
from bloglint.kept import Kept, digest, made_by
from bloglint.model import SEVERITIES, Blog, Finding, Text, Verdict, replace
from bloglint.rules import Rule
from bloglint.window import recent_posts

if TYPE_CHECKING:
    from bloglint.newsroom import Newsroom


class Judge:
    """Judges blogs by one configuration, its rules and one newsroom; ``cache`` is a folder."""

    def __init__(
        self,
        config: Config,
        rules: Mapping[str, Rule],
        newsroom: Newsroom | None = None,
        cache: Path | None = None,
    ) -> None:
        self._config, self._rules, self._newsroom = config, rules, newsroom
        self.kept = Kept(cache)
        # Whose code is not ours is not known to be the same.
        self._keeps = cache is not None and all(_is_ours(rule.check) for rule in rules.values())
        self._terms = self._rules_hash = b""
        if self._keeps:
            self._rules_hash = digest(_packed(list(rules.values())))
            self._terms = digest(
                made_by(),
                self._rules_hash,
                _packed([config.active(rules), config.profile, config.options, config.weights]),
                _packed([config.names, config.pauses]),
            )

    def verdict(self, blog: Blog, as_of: datetime) -> Verdict:
        """The verdict on ``blog`` as of a moment in its own zone."""
        return self._weighed(self._verdict(blog, as_of))

    def _weighed(self, verdict: Verdict) -> Verdict:
        """``verdict`` with the severities that the user chose."""
        config = self._config
        if not config.severity:
            return verdict

        def weighed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
            own = [replace(f, severity=config.severity_of(f.rule, f.severity)) for f in findings]
            return tuple(sorted(own, key=lambda one: -SEVERITIES.index(one.severity)))

        findings, silenced = weighed(verdict.findings), weighed(verdict.silenced)
        return replace(verdict, findings=findings, silenced=silenced)

    def _verdict(self, blog: Blog, as_of: datetime) -> Verdict:
        key = self._key(blog, as_of) if self._keeps else b""
        if self._keeps:
            kept = self.kept.get(key)
            if isinstance(kept, Verdict):
                return kept
        from bloglint.lint import judge

        config = self._config
        verdict = judge(
            blog,
            self._rules,
            as_of=as_of,
            press=self._newsroom,
            active=config.active(self._rules),
            profile=config.profile,
            options=config.options,
            weights=config.reason_weights(),
            names=config.names,
            pauses=[(pause.first, pause.to) for pause in config.pauses],
            kept=self.kept if self._keeps else None,
            rules_hash=self._rules_hash,
        )
        if self._keeps:
            self.kept.put(key, verdict)
        return verdict

    def _key(self, blog: Blog, as_of: datetime) -> bytes:
        """All that a verdict depends on. Of the moment that is the day, and what lies before it."""
        before = len(recent_posts(blog.posts, as_of))
        ahead = sum(1 for post in blog.planned if post.published and post.published > as_of)
        day = [as_of.date(), str(as_of.tzinfo), str(as_of.utcoffset()), before, ahead]
        press = self._newsroom.fingerprint(as_of) if self._newsroom else b""
        return digest(self._terms, _packed(day), press, _packed(blog))

    def close(self) -> None:
        """Let go of what is kept."""
        self.kept.close()


def _is_ours(check: str) -> bool:
    from bloglint.checks import BUILT_IN

    return check in BUILT_IN


def _packed(value: object) -> bytes:
    """Data as bytes that are the same for the same data."""
    try:
        return msgspec.msgpack.encode(value, enc_hook=_plain, order="sorted")
    except UnicodeEncodeError:  # the name of a file may be no Unicode
        plain = msgspec.to_builtins(value, enc_hook=_plain, order="sorted")
        return repr(plain).encode("utf-8", "surrogateescape")


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return [str(value), value.de]
    if isinstance(value, tzinfo):
        return str(value)
    raise NotImplementedError(type(value))
