"""The kinds of check: each knows text and blogs, not YAML, output or where options come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec.structs import astuple

from bloglint.kept import digest
from bloglint.model import Blog, ConfigError, Exhibit, Post
from bloglint.rules import Rule, phrases_of
from bloglint.text.document import Document
from bloglint.text.names import is_about_others
from bloglint.text.patterns import compile_groups
from bloglint.text.phrases import Match, Phrases
from bloglint.worked import Worked

if TYPE_CHECKING:
    from bloglint.newsroom import Newsroom

Options = Mapping[str, Any]


@dataclass(frozen=True)
class Context:
    """What a check may look at beside the post or blog that it judges.

    ``options`` are those in force, by rule; ``documents`` are the posts in the scored window,
    newest first; ``measures`` holds what was measured of each so far, in the same order;
    ``pauses`` are those of the configuration, first and last day; ``past`` are a few posts of each
    year before the window, with what was measured of them; ``restore`` gives a post of the blog its
    text, if that was left in its file; ``is_off`` is whether a post switches a rule off at a place
    in its text (None: as a whole); ``worked`` is what was worked out of texts before, and
    ``rules_hash`` what it was worked out by.
    """

    blog: Blog
    as_of: datetime
    rules: Mapping[str, Rule] = field(default_factory=dict)
    options: Mapping[str, Options] = field(default_factory=dict)
    documents: Sequence[Document] = ()
    measures: Sequence[dict[str, Any]] = ()
    press: Newsroom | None = None
    own_names: tuple[str, ...] = ()
    pauses: Sequence[tuple[date, date]] = ()
    past: Sequence[tuple[Post, Mapping[str, Any]]] = ()
    restore: Callable[[Post], Post] = lambda post: post
    worked: Worked = field(default_factory=Worked)
    rules_hash: bytes = b""
    is_off: Callable[[Document, str, int | None], bool] = lambda document, rule, start: False
    kept: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def _own_phrases(self) -> Phrases:
        """The patterns that may hold the blog's own names; without names their other words stay."""
        return Phrases(
            lambda language: {
                rule.id: compile_groups(rule.phrase_groups(), language, self.own_names)
                for rule in self.rules.values()
            }
        )

    def whole(self) -> Iterator[tuple[int, Document]]:
        """The posts of which more than a summary is known, with their places in `documents`."""
        return ((n, one) for n, one in enumerate(self.documents) if one.post.complete)

    def document(self, post: Post) -> Document:
        """The text of any post, in the scored window or not, parsed once."""
        known: dict[str, Document] = self.kept.setdefault("documents", {})
        for one in self.documents if post.id not in known else ():
            known[one.post.id] = one
        if post.id not in known:
            known[post.id] = self.worked.document(self.restore(post), self.blog.language)
            self.worked.give([known[post.id]])
        return known[post.id]

    def is_about_others(self, document: Document, place: int | None) -> bool:
        """Whether the sentence at a place is about somebody else than company and reader."""
        sentence = None if place is None else document.sentence_at(place)
        if sentence is None:
            return False
        text = document.text[sentence.start : sentence.end]
        return is_about_others(text, document.language, self.own_names)

    def matches(self, document: Document, rule: str) -> list[Match]:
        """Where the phrases of ``rule`` stand in ``document``, in reading order."""
        key = f"phrases {document.post.id}"
        if key not in self.kept:
            plain = document.features.of(f"phrases {self.terms}", lambda: self._found(document))
            self.kept[key] = {name: [Match(*one) for one in found] for name, found in plain.items()}
        matches: list[Match] = self.kept[key].get(rule, [])
        return matches

    def _found(self, document: Document) -> dict[str, list[tuple[Any, ...]]]:
        found = phrases_of(self.rules).find(document, self._own_phrases)
        return {rule: [astuple(one) for one in matches] for rule, matches in found.items()}

    @cached_property
    def terms(self) -> str:
        """What the features of a text depend on beside it: rules, own names and host, as a hash."""
        told = [*self.own_names, self.blog.url or ""]
        return digest(self.rules_hash, *(name.encode("utf-8", "replace") for name in told)).hex()


@dataclass(frozen=True, slots=True)
class Hit:
    """Something to report: the rule's YAML holds the words for its ``case``.

    ``start`` and ``end`` count in `Document.text`; ``quote`` stands alone where the passage is in
    no body, as in a title; ``source`` is the span in the source of what is no text, as an image.
    ``fields`` fill the message's gaps, dates and numbers as values, so that each language writes
    them its own way.
    """

    case: str
    value: float
    limit: float
    fields: Mapping[str, Any] = field(default_factory=dict)
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    source: tuple[int, int] | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)
    exhibit: Exhibit | None = None
    post: int | None = None  # of a check over all posts: which of `Context.documents`


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured value (plain data), None where the data do not carry one (``note`` says why)."""

    name: str
    value: Any
    note: str | None = None
    post: int | None = None


#: ``kind(document, options, context)`` for scope post, else ``kind(options, context)``.
Kind = Callable[..., Iterator[Hit | Measure]]

#: Built-in kinds and their modules; third parties add theirs by the entry point group below.
BUILT_IN = {
    "silence": "frequency",
    "gap": "frequency",
    "rhythm": "rhythm",
    "authors": "authors",
    "press": "reuse",
    "own_posts": "reuse",
    "phrases": "phrases",
    "weigh": "signals",
    "share": "share",
    "length": "length",
    "long_spans": "spans",
    "structure": "structure",
    "readability": "readability",
    "unedited": "unedited",
    "focus": "topic",
    "drift": "topic",
    "invitation": "dialogue",
    "address": "dialogue",
    "images": "images",
    "jargon": "jargon",
}
ENTRY_POINTS = "bloglint.checks"


def find_kind(name: str) -> Kind:
    """The kind of check called ``name``; packages are searched only for unknown names.

    Raises:
        ConfigError: nobody offers it.
    """
    if name in BUILT_IN:
        kind: Kind = getattr(import_module(f"bloglint.checks.{BUILT_IN[name]}"), name)
        return kind
    from importlib.metadata import entry_points

    for point in entry_points(group=ENTRY_POINTS, name=name):
        loaded: Kind = point.load()
        return loaded
    raise ConfigError(
        f"unknown kind of check {name!r}",
        f"Known kinds: {', '.join(sorted(BUILT_IN))}; is a package missing?",
    )
