"""The linters of one process, one for each set of settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from bloglint.cache.store import Cache
from bloglint.engine.cached_linter import CachedLinter
from bloglint.engine.settings import LintSettings
from bloglint.rules import Rule, load_rules, rule_folder, with_words

if TYPE_CHECKING:
    from bloglint.press.index import Newsroom

#: How many linters for settings other than the run's are kept.
MOST = 8


class Linters:
    """A cache of linters: each is built once for its settings, and the last few are kept.

    ``rules`` and ``newsroom`` belong to ``settings``; by default they are loaded and opened from
    these.
    """

    def __init__(
        self,
        settings: LintSettings,
        rules: Mapping[str, Rule] | None = None,
        newsroom: Newsroom | None = None,
    ) -> None:
        if rules is None:
            words = settings.config.words
            rules = load_rules(map(rule_folder, settings.config.rules))
            rules = with_words(rules, words.add, words.allow)
        self.cache = Cache(settings.cache)
        self._settings, self._rules = settings, rules
        newsroom = newsroom or _opened(settings)
        self._default = CachedLinter(settings, rules, newsroom, self.cache)
        self.newsroom = newsroom
        self._others: dict[bytes, tuple[CachedLinter, Newsroom | None]] = {}

    def get(self, settings: LintSettings | None = None) -> CachedLinter:
        """Return the linter for ``settings``, by default for those of the run."""
        if settings is None or settings == self._settings:
            return self._default
        key = msgspec.msgpack.encode(settings, enc_hook=repr, order="deterministic")
        if key not in self._others:
            while len(self._others) >= MOST:
                _close(self._others.pop(next(iter(self._others)))[1])
            own = None if settings.press == self._settings.press else _opened(settings)
            newsroom = self.newsroom if settings.press == self._settings.press else own
            words = settings.own_words
            rules = with_words(self._rules, words.add, words.allow)
            linter = CachedLinter(settings, rules, newsroom, self.cache)
            self._others[key] = linter, own
        return self._others[key][0]

    def close(self) -> None:
        """Close the cache and the newsrooms."""
        for _, newsroom in self._others.values():
            _close(newsroom)
        _close(self.newsroom)
        self.cache.close()


def _opened(settings: LintSettings) -> Newsroom | None:
    if settings.press is None:
        return None
    from bloglint.press.index import Index, Newsroom

    return Newsroom([Index(path, folder) for path, folder in settings.press])


def _close(newsroom: Newsroom | None) -> None:
    for index in newsroom.indexes if newsroom else ():
        index.close()
