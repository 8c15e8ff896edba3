"""A linter with a memory: if nothing has changed, verdicts are read from the cache."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bloglint.cache.code_version import code_version
from bloglint.cache.store import Cache
from bloglint.digests import digest, packed
from bloglint.engine.settings import LintSettings, Snapshot
from bloglint.model import Blog, SourceError, SourceFailure, Verdict, replace
from bloglint.model.window import recent_posts, scored_posts
from bloglint.rules import Rule, rules_digest

if TYPE_CHECKING:
    from bloglint.engine.linter import Linter
    from bloglint.model.plan import Plan
    from bloglint.press.index import Newsroom


class CachedLinter:
    """A `Linter` behind a cache, imported and built only when there is something to judge.

    Verdicts are stored under everything they depend on, including the code of packages' checks.
    """

    def __init__(
        self,
        settings: LintSettings,
        rules: Mapping[str, Rule],
        newsroom: Newsroom | None,
        cache: Cache,
    ) -> None:
        self.settings, self.cache = settings, cache
        self._rules, self._newsroom = rules, newsroom
        self._listed: tuple[Snapshot, bytes] | None = None

    @cached_property
    def _linter(self) -> Linter:
        from bloglint.engine.linter import Linter

        key = self._key_of_posts if self._foreign_code is not None else None
        return Linter(self.settings, self._rules, self._newsroom, self.cache, key)

    def with_memory(self) -> CachedLinter:
        """Return the linter itself, or one that keeps analyses in memory if it has no cache."""
        if self.cache.is_open:
            return self
        return CachedLinter(self.settings, self._rules, self._newsroom, Cache.in_memory())

    @cached_property
    def _settings_digest(self) -> bytes:
        config = self.settings.config
        return digest(
            code_version(),
            rules_digest(self._rules),
            packed(
                [config.active(self._rules), config.profile, config.own_options, config.weights]
            ),
            packed([list(config.per_file.items()), self.settings.with_plan]),
            packed([config.names, config.pauses, config.severity]),
            self.settings.fingerprint(config.active(self._rules)).encode(),
            repr(self._foreign_code).encode(),
        )

    def lint(self, snapshot: Snapshot) -> Verdict:
        """Return the verdict on a blog as it stood at a moment.

        Raises:
            SourceError: the file of a post is gone or has changed since it was read.
        """
        if not self.cache.is_open or self._foreign_code is None:
            return self._linter.lint(snapshot)
        key = self._key(snapshot)
        verdict = self.cache.get(key, Verdict)
        if verdict is None:
            verdict = self._linter.lint(snapshot)
            self.cache.put(key, verdict)
        return replace(verdict, as_of=snapshot.as_of)  # all moments of a day give the same

    def plan(self, snapshot: Snapshot) -> Plan:
        """Return the fewest steps to the next grade of a blog, as `Linter.plan` does."""
        return self._linter.plan(snapshot)

    def lint_blog(
        self, source: str, blog: Blog, zone: tzinfo | None = None
    ) -> Verdict | SourceFailure:
        """Return the verdict on a blog read from ``source``, its days counted in ``zone``."""
        snapshot = self.settings.snapshot(source, blog, zone)
        if isinstance(snapshot, SourceFailure):
            return snapshot
        try:
            return self.lint(snapshot)
        except SourceError as error:  # a file that changed in the meantime
            return SourceFailure(error.where, error.message, error.advice)

    def compares(self, rule: str) -> bool:
        """Whether a rule's findings in a post depend on the blog's other posts."""
        from bloglint.checks.registry import find_check

        return rule in self._rules and find_check(self._rules[rule].check).compares

    @cached_property
    def _foreign_code(self) -> list[str] | None:
        """What changes with the code of packages' checks, or None if nothing shows that."""
        from bloglint.checks.registry import code_of, is_built_in

        foreign = {r.check for r in self._rules.values() if not is_built_in(r.check)}
        found = [code_of(check) for check in sorted(foreign)]
        return None if None in found else [one for one in found if one]

    def _key(self, snapshot: Snapshot) -> bytes:
        """Return a hash of everything that a verdict depends on.

        Of the moment, it takes the day, the time zone, and how many posts lie before and ahead.
        """
        blog, as_of = snapshot.blog, snapshot.as_of
        before = len(recent_posts(blog.posts, as_of))
        ahead = sum(1 for post in blog.planned if post.published and post.published > as_of)
        day = [as_of.date(), str(as_of.tzinfo), str(as_of.utcoffset()), before, ahead]
        return self._digest_of(snapshot, day)

    def _key_of_posts(self, snapshot: Snapshot) -> bytes:
        """Return a hash of everything that the verdict on single posts depends on: no day."""
        window = [post.id for post in scored_posts(snapshot.blog.posts, snapshot.as_of)]
        return self._digest_of(snapshot, ["posts", *window])

    def _digest_of(self, snapshot: Snapshot, more: list[Any]) -> bytes:
        newsroom = self._newsroom
        press = newsroom.fingerprint(snapshot.as_of) if newsroom else b""
        named = [newsroom is not None, snapshot.source]
        parts = packed(more), packed(named), press, packed(snapshot.blog)
        return digest(self._settings_digest, self._files(snapshot), *parts)

    def _files(self, snapshot: Snapshot) -> bytes:
        """Return a hash of the files that links may lead to, where a rule looks at them.

        A snapshot's files are listed once, though two keys need them.
        """
        if not any(rule.check == "links" for rule in self._rules.values()):
            return b""
        if self._listed is None or self._listed[0] is not snapshot:
            from bloglint.sources.folders.tree import tree_of

            tree = tree_of(snapshot.blog.source)
            self._listed = snapshot, tree.digest if tree else b""
        return self._listed[1]
