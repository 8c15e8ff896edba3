"""What a check may consult besides the post or blog that it judges."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import astuple

from bloglint.cache.analyses import AnalysisCache
from bloglint.digests import digest
from bloglint.globs import matches
from bloglint.model import Blog, Post
from bloglint.rules import Rule, phrases_of
from bloglint.text.document import Document
from bloglint.text.grammar import is_judged, pattern_of
from bloglint.text.names import is_about_others
from bloglint.text.patterns import compile_groups
from bloglint.text.phrases import Match, Phrases

if TYPE_CHECKING:
    from bloglint.press.index import Newsroom


@dataclass(frozen=True)
class Context:
    """What a check may consult besides the post or blog that it judges.

    Attributes:
        options: the effective options of every rule, by rule id.
        documents: the posts in the scored window, newest first.
        measures: what has been measured of each document so far, in the same order.
        pauses: the configured pauses, as first and last day.
        past: a few posts of each year before the window, with their measures.
        restore: returns a post with the text that was left in its file.
        analyses: the cached analyses of texts; they depend on the rules hashed in ``rules_hash``.
        flagged: the posts with an error or a warning so far, by their indices in `documents`.
        options_of_files: options by rule that differ for the files of a pattern.
        is_off: whether a post suppresses a rule at a position in its text (None: as a whole).
        memo: values that the checks of one blog share, by name.
        for_rule: the rule that the check runs for.
    """

    blog: Blog
    as_of: datetime
    rules: Mapping[str, Rule] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    documents: Sequence[Document] = ()
    measures: Sequence[dict[str, Any]] = ()
    press: Newsroom | None = None
    own_names: tuple[str, ...] = ()
    pauses: Sequence[tuple[date, date]] = ()
    past: Sequence[tuple[Post, Mapping[str, Any]]] = ()
    restore: Callable[[Post], Post] = lambda post: post
    analyses: AnalysisCache = field(default_factory=AnalysisCache)
    rules_hash: bytes = b""
    is_off: Callable[[Document, str, int | None], bool] = lambda document, rule, start: False
    options_of_files: Sequence[tuple[str, Mapping[str, Any]]] = ()
    flagged: set[int] = field(default_factory=set)
    memo: dict[str, Any] = field(default_factory=dict)
    for_rule: Rule | None = None

    @property
    def rule(self) -> Rule:
        """The rule that the check runs for."""
        assert self.for_rule is not None
        return self.for_rule

    def whole(self) -> Iterator[tuple[int, Document]]:
        """Yield the posts known by more than a summary, with their indices in `documents`."""
        return ((n, one) for n, one in enumerate(self.documents) if one.post.complete)

    def document(self, post: Post) -> Document:
        """Return the parsed text of any post, in the scored window or not, parsed once."""
        known: dict[str, Document] = self.memo.setdefault("documents", {})
        for one in self.documents if post.id not in known else ():
            known[one.post.id] = one
        if post.id not in known:
            known[post.id] = self.analyses.document(self.restore(post), self.blog.language)
            self.analyses.load([known[post.id]])
        return known[post.id]

    def options_for(self, document: Document) -> Any | None:
        """Return the options of the running rule for the file of a post, if it has its own."""
        path = document.post.path
        for pattern, options in self.options_of_files if path else ():
            if self.rule.id in options and matches(path or "", (pattern,)):
                return options[self.rule.id]
        return None

    def is_about_others(self, document: Document, place: int | None) -> bool:
        """Whether the sentence at a position is about someone other than company and reader."""
        sentence = None if place is None else document.sentence_at(place)
        if sentence is None:
            return False
        text = document.text[sentence.start : sentence.end]
        return is_about_others(text, document.language, self.own_names)

    def is_own(self, document: Document, text: str) -> bool:
        """Whether the company speaks of itself in a passage: as "we", or by one of its names."""
        language = document.language
        if is_judged(language) and pattern_of(str(language), "we").search(text):
            return True
        lower = text.lower()
        return any(name.lower() in lower for name in self.own_names)

    def matches(self, document: Document, rule: str) -> list[Match]:
        """Return the matches of the phrases of ``rule`` in ``document``, in reading order."""
        key = f"phrases {document.post.id}"
        if key not in self.memo:
            plain = document.memo.get(
                f"phrases {self.digest}", lambda: self._find_phrases(document)
            )
            self.memo[key] = {name: [Match(*one) for one in found] for name, found in plain.items()}
        matches: list[Match] = self.memo[key].get(rule, [])
        return matches

    def matches_in_footer(self, document: Document, rule: str) -> list[Match]:
        """Return the matches of the phrases of ``rule`` in the standing end of ``document``."""
        blocks = document.footer
        found = phrases_of(self.rules).find_in(document, blocks, self._own_phrases)
        return [match for name, match in found if name == rule]

    def _find_phrases(self, document: Document) -> dict[str, list[tuple[Any, ...]]]:
        found = phrases_of(self.rules).find(document, self._own_phrases)
        return {rule: [astuple(match) for match in matches] for rule, matches in found.items()}

    @property
    def where(self) -> str:
        """Where the blog lies, whatever the working directory is."""
        source = self.blog.source
        return source if "://" in source else str(Path(source).absolute())

    @property
    def _own_phrases(self) -> Phrases:
        """The patterns that may hold the blog's own names, or without names just the rest."""
        phrases: Phrases = self.remember("own phrases", self._compile_own_phrases)
        return phrases

    def _compile_own_phrases(self) -> Phrases:
        return Phrases(
            lambda language: {
                rule.id: compile_groups(rule.phrase_groups(), language, self.own_names)
                for rule in self.rules.values()
            }
        )

    @property
    def digest(self) -> str:
        """A hash of what text analyses depend on besides the text: rules, own names and host."""
        value: str = self.remember("digest", self._compute_digest)
        return value

    def _compute_digest(self) -> str:
        parts = [*self.own_names, self.blog.url or ""]
        return digest(self.rules_hash, *(part.encode("utf-8", "replace") for part in parts)).hex()

    def remember(self, name: str, make: Callable[[], Any]) -> Any:
        """Return the value called ``name``, computed once for the blog."""
        if name not in self.memo:
            self.memo[name] = make()
        return self.memo[name]
