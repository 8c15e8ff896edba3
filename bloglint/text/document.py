"""A post's text, parsed once and shared by all checks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from bloglint.digests import text_digest
from bloglint.languages import ENGLISH
from bloglint.lazy import lazy
from bloglint.model import Place, Post
from bloglint.text.grammar import is_judged
from bloglint.text.language import detect_language, language_of_passage
from bloglint.text.markup import PROSE, Block, Image, Link, Markings
from bloglint.text.reading import read_markup
from bloglint.text.sentences import sentence_ends

#: A word: letters or digits, with inner hyphens, apostrophes, full stops and slashes; or a URL.
WORD = lazy(r"https?://\S+|[\w@]+(?:[-–'’.,:/&+](?=\w)[\w@]+)*")
#: A passage in German, English, French or straight quotation marks.
QUOTATION = lazy(r"„[^“”„]+[“”]|‚[^‚‘’']+[‘’']|“[^“”]+”|«[^«»]+»|»[^«»]+«|\"[^\"]+\"")

#: What precedes a title: a YAML, TOML or JSON key, or a heading marker.
_COMMENT = lazy(r"^[ \t]*(?:<!--(.*?)-->|\{/\*(.*?)\*/\})", re.MULTILINE)
_TITLE = lazy(
    r"^(?:(?:title|\"title\"|'title')[ \t]*[:=]|[ \t]*\"title\"[ \t]*:|[ \t]*(?P<mark>[#=])[ \t])"
    r"[ \t]*[\"']?",
    re.IGNORECASE | re.MULTILINE,
)
_SECTION = lazy(r"^\[", re.MULTILINE)
T = TypeVar("T")
Span = TypeVar("Span", "Block", "Sentence")


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """A sentence of a document.

    ``start`` and ``end`` are offsets into `Document.text`; ``words`` is the number of words.
    """

    start: int
    end: int
    words: int


class Words(msgspec.Struct, frozen=True, gc=False):
    """The words of a passage: the start offset, the end offset and the text of each."""

    starts: list[int]
    ends: list[int]
    texts: list[str]

    @classmethod
    def of(cls, text: str, start: int = 0, end: int | None = None) -> Words:
        """Return the words of ``text[start:end]``, with offsets into ``text``."""
        found = list(WORD.finditer(text, start, len(text) if end is None else end))
        return cls([w.start() for w in found], [w.end() for w in found], [w[0] for w in found])


class Memo:
    """Memoised values by name.

    Attributes:
        recall: returns the values of an earlier run; it is called when a value is first asked for.
        changed: whether any value has been added.
    """

    def __init__(self) -> None:
        self.recall: Callable[[], dict[str, Any] | None] | None = None
        self.changed = False

    @cached_property
    def known(self) -> dict[str, Any]:
        """The values known so far, including those of an earlier run."""
        return (self.recall and self.recall()) or {}

    def get(self, name: str, make: Callable[[], T]) -> T:
        """Return the value called ``name``, computing it with ``make`` if it is not known.

        The name must identify everything that the value depends on besides the text and bloglint's
        own code. The value must be plain data.
        """
        if name not in self.known:
            self.known[name] = make()
            self.changed = True
        value: T = self.known[name]
        return value


def _holding(spans: Sequence[Span], starts: Sequence[int], place: int) -> Span | None:
    """Return the one of the ordered ``spans``, which begin at ``starts``, that holds a place."""
    at = bisect_right(starts, place) - 1
    return spans[at] if at >= 0 and place < spans[at].end else None


class Facts(msgspec.Struct, frozen=True):
    """What every verdict tells of a post's text: its language, and counts."""

    language: str | None
    words: int
    sentences: int
    quoted_words: int


def parse(post: Post) -> Markings:
    """Parse a post's markup into text with source positions."""
    return read_markup(post.source, post.body_start, post.markup)


class Document:
    """The text of one post.

    Everything, including the parsed markup, is computed on first use and cached.
    """

    def __init__(
        self,
        post: Post,
        declared: str | None = None,
        parse: Callable[[Post], Markings] = parse,
    ) -> None:
        self.post = post
        self._parse = parse
        self._declared = post.language or declared
        #: The indices of the blocks that `leave_out` marked, in order.
        self.left_out: list[int] = []
        self._block_languages: dict[int, str | None] = {}
        self._block_words: dict[int, Words] = {}
        self.memo = Memo()
        self._facts: Facts | None = None

    @property
    def facts(self) -> Facts:
        """What every verdict tells of the text; if it is known, the text need not be read."""
        if self._facts is None:
            counts = self.words, len(self.sentences), self.quoted_words
            self._facts = Facts(self.language, *counts)
        return self._facts

    @facts.setter
    def facts(self, known: Facts) -> None:
        self._facts = known

    @cached_property
    def _read(self) -> Markings:
        found = self._parse(self.post)
        if self.left_out:
            self._mark_boilerplate(found)
        return found

    @property
    def text(self) -> str:
        """All text that a reader may see, block after block."""
        return self._read.text

    @property
    def blocks(self) -> list[Block]:
        """All blocks in reading order."""
        return self._read.blocks

    @cached_property
    def fingerprint(self) -> str:
        """A hash of everything that the document's features depend on.

        Boilerplate has to be left out (`leave_out`) before this is first read.
        """
        post = self.post
        parts = [post.source, post.body_start, post.markup, post.title, post.url, post.language]
        whole = repr([*parts, self._declared, self.left_out])
        return text_digest(whole).hex()

    def leave_out(self, numbers: Collection[int]) -> None:
        """Mark the blocks with these indices as boilerplate.

        This has to happen before anything is counted.
        """
        self.left_out = sorted(numbers)
        if "_read" in self.__dict__:  # else once the markup is read
            self._mark_boilerplate(self._read)

    def _mark_boilerplate(self, read: Markings) -> None:
        numbers = frozenset(self.left_out)
        read.blocks = [
            msgspec.structs.replace(block, kind="boilerplate") if n in numbers else block
            for n, block in enumerate(read.blocks)
        ]

    @property
    def links(self) -> list[Link]:
        """All links."""
        return self._read.links

    @property
    def images(self) -> list[Image]:
        """All images; ``alt`` is NUL if the attribute is missing altogether."""
        return self._read.images

    @cached_property
    def comments(self) -> list[tuple[str, int, int]]:
        """Comments in the markup, each as its text and its start and end in the source.

        Those above a heading that is the title come first.
        """
        head = self.post.source[: self.post.body_start]
        above = [(one[1] or one[2], *one.span()) for one in _COMMENT.finditer(head)]
        return [*above, *self._read.comments]

    @property
    def codes(self) -> list[tuple[int, int]]:
        """The spans of inline code."""
        return self._read.codes

    def line_breaks(self, block: Block) -> list[int]:
        """Return the offsets of the line breaks that the author set within a block."""
        breaks = self._read.breaks
        return breaks[bisect_right(breaks, block.start) : bisect_left(breaks, block.end)]

    def is_strong(self, block: Block) -> bool:
        """Whether all of a block stands in bold type, as a question in an interview does."""
        whole = self.text[block.start : block.end]
        bold = sum(
            len(self.text[max(start, block.start) : min(end, block.end)].strip())
            for start, end in self._strong.get(block.start, ())
        )
        return bold > 0 and bold >= len(whole.strip()) - 2

    def opens_strong(self, block: Block) -> bool:
        """Whether a block begins with a phrase in bold type that names what follows."""
        for start, end in self._strong.get(block.start, ()):
            if start == block.start and end < block.end:
                phrase = self.text[start:end].strip()
                return phrase.endswith((":", "?", ".", "!")) or phrase.count(" ") > 1
        return False

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    def block_at(self, place: int) -> Block | None:
        """Return the block that contains a text offset, or None."""
        return _holding(self.blocks, self._block_starts, place)

    @cached_property
    def _strong(self) -> dict[int, list[tuple[int, int]]]:
        """The spans in bold type, by the start of each block that they touch."""
        starts = self._block_starts
        found: dict[int, list[tuple[int, int]]] = {}
        for start, end in self._read.strong:
            first = max(0, bisect_right(starts, start) - 1)
            for block in self.blocks[first : bisect_left(starts, end)]:
                if start < block.end:
                    found.setdefault(block.start, []).append((start, end))
        return found

    def is_code(self, start: int, end: int) -> bool:
        """Whether a span touches inline code."""
        return any(first < end and start < last for first, last in self._read.codes)

    @cached_property
    def prose(self) -> list[Block]:
        """Paragraphs and list items: the author's running text, without block quotes."""
        return [block for block in self.blocks if block.kind in PROSE]

    @cached_property
    def headings(self) -> list[Block]:
        """Headings inside the body."""
        return [block for block in self.blocks if block.kind == "heading"]

    @cached_property
    def headed_prose(self) -> list[Block]:
        """Headings and prose in reading order."""
        return [block for block in self.blocks if block.kind in PROSE or block.kind == "heading"]

    @cached_property
    def readable(self) -> list[Block]:
        """What a reader reads, in order: headings, prose, block quotes and boilerplate."""
        kinds = {*PROSE, "heading", "quote", "boilerplate"}
        return [block for block in self.blocks if block.kind in kinds]

    @cached_property
    def footer(self) -> list[Block]:
        """The boilerplate with which the post ends, such as a standing "Get in touch" section."""
        own = [n for n, block in enumerate(self.blocks) if block.kind in PROSE]
        last = own[-1] if own else -1
        return [block for block in self.blocks[last + 1 :] if block.kind == "boilerplate"]

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """Quoted spans of at least four words, in which somebody else is speaking."""
        return [
            span.span()
            for block in self.prose
            for span in QUOTATION.finditer(self.text, block.start, block.end)
            if len(WORD.findall(span.group())) >= 4
        ]

    @cached_property
    def mentions(self) -> list[tuple[int, int]]:
        """Quoted spans of any length: words that are mentioned rather than used."""
        return [
            span.span()
            for block in self.headed_prose
            for span in QUOTATION.finditer(self.text, block.start, block.end)
        ]

    def is_mentioned(self, place: int) -> bool:
        """Whether a text offset lies in a quoted span."""
        return any(start <= place < end for start, end in self.mentions)

    @cached_property
    def prose_text(self) -> str:
        """The running text, with one paragraph per block."""
        return "\n\n".join(self.text[block.start : block.end] for block in self.prose)

    @cached_property
    def own_words(self) -> list[str]:
        """The words of the running text, in reading order."""
        return [word for block in self.prose for word in self.words_of(block).texts]

    @cached_property
    def own_texts(self) -> dict[str, str]:
        """The running text without quotations, keyed by the language of its paragraphs."""
        found: dict[str, list[str]] = {}
        for block in self.prose:
            text = QUOTATION.sub(
                lambda q: " " if len(WORD.findall(q.group())) >= 4 else q.group(),
                self.text[block.start : block.end],
            )
            found.setdefault(self.block_language(block) or "", []).append(text)
        return {language: "\n\n".join(texts) for language, texts in found.items()}

    @property
    def own_text(self) -> str:
        """The running text without quotations, in all languages."""
        return "\n\n".join(self.own_texts.values())

    @cached_property
    def language(self) -> str | None:
        """The ISO 639-1 language code, or None if it cannot be determined."""
        if self._facts:
            return self._facts.language
        return self.memo.get(
            "language", lambda: detect_language(self.prose_text, self._declared, self.own_words)
        )

    def block_language(self, block: Block) -> str | None:
        """Return the language of one block.

        This is the post's language unless the block's words clearly indicate another.
        """
        if block.start not in self._block_languages:
            self._block_languages[block.start] = language_of_passage(
                self.text[block.start : block.end], self.words_of(block).texts, self.language
            )
        return self._block_languages[block.start]

    def language_at(self, place: int | None) -> str | None:
        """Return the language of the block at a text offset, the post's own if there is none."""
        block = None if place is None else self.block_at(place)
        return self.language if block is None else self.block_language(block)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of the prose; a list item without a full stop counts as one."""
        spans = self.memo.get(
            "sentences",
            lambda: [(s.start, s.end, s.words) for block in self.prose for s in self._split(block)],
        )
        return [Sentence(*span) for span in spans]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_at(self, place: int) -> Sentence | None:
        """Return the sentence of the prose that contains a text offset, or None."""
        return _holding(self.sentences, self._starts, place)

    @cached_property
    def words(self) -> int:
        """The number of words of running text.

        Title, headings, block quotes, captions, tables and code do not count.
        """
        if self._facts:
            return self._facts.words
        return sum(sentence.words for sentence in self.sentences)

    @property
    def quoted_words(self) -> int:
        """The number of words in block quotes, which are not the author's own."""
        if self._facts:
            return self._facts.quoted_words
        return sum(self.block_words(block) for block in self.blocks if block.kind == "quote")

    def words_of(self, block: Block) -> Words:
        """The words of one block."""
        known = self._block_words.get(block.start)
        if known is None:
            known = self._block_words[block.start] = Words.of(self.text, block.start, block.end)
        return known

    def block_words(self, block: Block) -> int:
        """The number of words in one block."""
        return len(self.words_of(block).texts)

    def _split(self, block: Block) -> list[Sentence]:
        text = self.text[block.start : block.end]
        language = str(self.language) if is_judged(self.language) else ENGLISH
        sentences: list[Sentence] = []
        starts = self.words_of(block).starts
        start = first = 0
        for end in sentence_ends(text, language):
            stripped = text[start:end].strip()
            after = bisect_left(starts, block.start + end, first)
            words, first = after - first, after
            if words:
                begin = block.start + start + text[start:end].index(stripped)
                sentences.append(Sentence(begin, begin + len(stripped), words))
            elif sentences and stripped:
                last = sentences[-1]
                sentences[-1] = Sentence(last.start, block.start + end, last.words)
            start = end
        return sentences

    @cached_property
    def _lines(self) -> list[int]:
        source = self.post.source
        return [0, *(m.end() for m in re.finditer("\r\n|\r|\n", source))]

    def source_place(self, start: int, end: int) -> Place | None:
        """Return the place of a span of the *source*.

        None if the post is not one of the user's files, or if its markup keeps no positions.
        """
        if self.post.path is None or self._read.placeless:
            return None
        first = bisect_right(self._lines, start) - 1
        last = bisect_right(self._lines, max(start, end - 1)) - 1
        if self._read.lines_only:
            return Place(first + 1, None, last + 1, None)
        return Place(
            first + 1, start - self._lines[first] + 1, last + 1, end - self._lines[last] + 1
        )

    def title_place(self, words: str) -> Place | None:
        """Return the place of ``words`` of the title in the part of the file before the body.

        None if the file spells the title differently from how it reads: escaped, or over several
        lines.
        """
        head, title = self.post.source[: self.post.body_start], self.post.title
        for named in _TITLE.finditer(head):
            start, end = named.end(), named.end() + len(title)
            is_comment = named["mark"] == "#" and head[end:].strip(" #\t\r\n")
            is_nested = not named["mark"] and _SECTION.search(head, 0, named.start())
            if is_comment or is_nested or not head.startswith(title, start):
                continue
            found = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").search(head, start, end)
            return self.source_place(*found.span()) if found else None
        return None

    def title_start(self, words: str) -> int | None:
        """Return the source offset of ``words`` of the title, as `title_place` finds them."""
        place = self.title_place(words)
        if place is None or place.column is None:
            return None
        return self._lines[place.line - 1] + place.column - 1

    def cut(self, place: Place) -> str:
        """Return the source text at a place."""
        assert place.column is not None and place.end_column is not None
        start = self._lines[place.line - 1] + place.column - 1
        return self.post.source[start : self._lines[place.end_line - 1] + place.end_column - 1]

    def source_start(self, start: int, end: int) -> int:
        """Return the source offset at which ``text[start:end]`` begins."""
        return self._read.source_span(start, end)[0]

    def source_lines(self, block: Block) -> str:
        """Return the lines of the source from which a block was read, with its markup."""
        source = self.post.source
        start, end = self._read.source_span(block.start, block.end)
        last = source.find("\n", end)
        return source[source.rfind("\n", 0, start) + 1 : last if last >= 0 else len(source)]

    def place(self, start: int, end: int) -> Place | None:
        """Return the place in the source of ``text[start:end]``."""
        return self.source_place(*self._read.source_span(start, end))
