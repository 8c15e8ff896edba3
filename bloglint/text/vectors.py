"""What a text is about, as a vector: the weighted mean of its words' vectors.

The word vectors are a table distilled from a sentence encoder (benchmarks/make_word_table.py), one
a language. The arithmetic is plain Python: importing numpy costs more than a whole blog's sums.
"""

from __future__ import annotations

import json
import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import mul
from pathlib import Path

from bloglint.lazy import lazy
from bloglint.text.grammar import grammar_of

Vector = Sequence[float]
DATA = Path(__file__).parent.parent / "languages"
_TOKEN = lazy(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*")
#: The Zipf value (log10 of the uses in a billion words) from which a word tells nothing.
_TELLS_NOTHING = 7.2
#: German nouns carry a text's subject: their words weigh twice (measured: +.01 to +.02 AUC).
_NOUN = 2.0
#: A compound's parts together weigh a little more than one word, its last part alone half.
_PART, _LAST = 0.7, 0.5
_ENDINGS = ("s", "n", "e", "en", "es", "er", "ern", "em")
_SHORTEST_STEM, _SHORTEST_PART = 4, 3
#: Zipf values are kept as bytes.
_ZIPF_STEPS = 32


def weight_of(zipf: float) -> float:
    """What a word of this frequency tells: the square of how far it is from the most frequent."""
    return max(0.0, _TELLS_NOTHING - zipf) ** 2


def weigh_words(text: str, language: str) -> dict[str, float]:
    """The words of ``text`` with 1 + ln(count), nouns of German twice that."""
    counts = Counter(_TOKEN.findall(text))
    capitals_count = has_nouns(language)
    return {
        word: (1 + math.log(count)) * (_NOUN if capitals_count and word[0].isupper() else 1.0)
        for word, count in counts.items()
    }


class WordTable:
    """The words of one language with their vectors; ``rows`` are int8, one row a word."""

    def __init__(
        self, language: str, words: Sequence[str], zipf: Sequence[float], rows: bytes, size: int
    ) -> None:
        self.language, self.words, self.size = language, words, size
        self.zipf = zipf
        self.rows = memoryview(rows).cast("b")
        self.index = {word: n for n, word in enumerate(words)}

    def to_bytes(self) -> bytes:
        """The table as its file: a line of JSON, the words, their Zipf values, their rows."""
        head = {"size": self.size, "words": len(self.words)}
        zipf = bytes(round(value * _ZIPF_STEPS) for value in self.zipf)
        text = json.dumps(head) + "\n" + "\n".join(self.words) + "\n"
        return text.encode() + zipf + self.rows.tobytes()

    @classmethod
    def read(cls, language: str) -> WordTable:
        """The table that is shipped for ``language``."""
        data = (DATA / language / "words.bin").read_bytes()
        first = data.index(b"\n") + 1
        head = json.loads(data[:first])
        count, size = head["words"], head["size"]
        rows_at = len(data) - count * size
        words = data[first : rows_at - count].decode().split("\n")[:-1]
        zipf = [value / _ZIPF_STEPS for value in data[rows_at - count : rows_at]]
        return cls(language, words, zipf, data[rows_at:], size)

    def vector(self, weights: Mapping[str, float]) -> Vector | None:
        """The mean of the words' vectors, each by its weight and by what it tells, of length 1.

        The table is centred on its language, so what any text says adds up to nothing. None where
        no word is known.
        """
        size, factors, rows = self.size, [], []
        for word, weight in weights.items():
            for at, share in self._parts(word.lower()):
                factor = weight * share * weight_of(self.zipf[at])
                if factor:
                    factors.append(factor)
                    rows.append(self.rows[at * size : (at + 1) * size])
        columns = memoryview(b"".join(rows)).cast("b")
        return unit([sum(map(mul, factors, columns[n::size])) for n in range(size)])

    def tells(self, word: str) -> float:
        """How much a word tells of a subject; unknown words as much as the rarest."""
        at = self.index.get(word.lower())
        return weight_of(self.zipf[at] if at is not None else self.zipf[-1])

    @lru_cache(maxsize=100_000)  # noqa: B019 - a table lives as long as the process
    def _parts(self, word: str) -> tuple[tuple[int, float], ...]:
        """The rows of a word, or of what it is made of, each with its share."""
        at = self.index.get(word)
        if at is not None:
            return ((at, 1.0),)
        if "-" in word:
            return tuple(part for piece in word.split("-") if piece for part in self._parts(piece))
        stem = self._stem(word)
        if stem is not None:
            return ((stem, 1.0),)
        grammar = grammar_of(self.language)
        return self._compound(word) if grammar and grammar.builds_compounds else ()

    def _stem(self, word: str) -> int | None:
        for ending in _ENDINGS:
            stem = word.removesuffix(ending)
            if stem != word and len(stem) >= _SHORTEST_STEM and stem in self.index:
                return self.index[stem]
        return None

    def _compound(self, word: str, depth: int = 0) -> tuple[tuple[int, float], ...]:
        """ "Mitarbeiterbefragung" as "mitarbeiter" and "befragung", the longest last part first."""
        last: tuple[tuple[int, float], ...] = ()
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART):
            tail = self.index.get(word[cut:])
            if tail is None:
                continue
            first = word[:cut]
            for form in (first, first.removesuffix("s"), first.removesuffix("n"), first + "e"):
                if len(form) >= _SHORTEST_PART and form in self.index:
                    return ((self.index[form], _PART), (tail, _PART))
            deeper = self._compound(first.removesuffix("s"), depth + 1) if depth < 2 else ()
            if deeper:
                return (*deeper, (tail, _PART))
            last = last or ((tail, _LAST),)
        return last


def has_table(language: str | None) -> bool:
    """Whether there is a word table of a language."""
    return language is not None and (DATA / language / "words.bin").is_file()


def has_nouns(language: str) -> bool:
    """Whether nouns of a language are known by their capitals."""
    grammar = grammar_of(language)
    return grammar is not None and grammar.nouns_are_capitalised


@lru_cache(maxsize=2)
def word_table(language: str) -> WordTable:
    """The shipped table of a language, read once."""
    return WordTable.read(language)


def unit(values: Sequence[float]) -> Vector | None:
    """The vector of length 1 in the direction of ``values``."""
    length = math.sqrt(sum(map(mul, values, values)))
    return array("d", [value / length for value in values]) if length else None


def cosine(one: Vector, other: Vector) -> float:
    """The likeness of two vectors of length 1, -1 to 1."""
    return float(sum(map(mul, one, other)))
