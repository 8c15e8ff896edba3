"""Text vectors: what a text is about, as the weighted mean of its words' vectors.

The word vectors of each language are a table distilled from a sentence encoder
(benchmarks/make_word_table.py). The arithmetic is plain Python: importing numpy takes longer than
the sums for a whole blog.
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
#: The Zipf value (log10 of the uses per billion words) from which a word carries no information.
_TELLS_NOTHING = 7.2
#: German nouns carry a text's subject, so they weigh double (measured: +.01 to +.02 AUC).
_NOUN = 2.0
#: The parts of a compound together weigh a little more than one word, its last part alone half.
_PART, _LAST = 0.7, 0.5
_ENDINGS = ("s", "n", "e", "en", "es", "er", "ern", "em")
_SHORTEST_STEM, _SHORTEST_PART = 4, 3
#: Zipf values are stored as bytes, in this many steps per unit.
_ZIPF_STEPS = 32
#: Rows are added up as long numbers with a field of so many bytes for each value, which is made
#: positive by adding `_SIGN`; factors are whole numbers, scaled.
_FIELD, _SIGN, _SCALE = 10, 128, 1 << 44
_UNSIGNED = bytes((value + _SIGN) % 256 for value in range(256))


def weight_of(zipf: float) -> float:
    """Return the weight of a word: its squared distance from the most frequent words."""
    return max(0.0, _TELLS_NOTHING - zipf) ** 2


def weigh_words(text: str, language: str) -> dict[str, float]:
    """Weigh each word of ``text`` by 1 + ln(count).

    In languages that capitalise nouns, capitalised words weigh double.
    """
    counts = Counter(_TOKEN.findall(text))
    capitals_count = has_nouns(language)
    return {
        word: (1 + math.log(count)) * (_NOUN if capitals_count and word[0].isupper() else 1.0)
        for word, count in counts.items()
    }


class WordTable:
    """The word vectors of one language; ``rows`` holds them as int8, one row per word."""

    def __init__(
        self, language: str, words: Sequence[str], zipf: Sequence[float], rows: bytes, size: int
    ) -> None:
        self.language, self.words, self.size = language, words, size
        self.zipf = zipf
        self.rows = memoryview(rows).cast("b")
        self.index = {word: n for n, word in enumerate(words)}
        self._packed: dict[int, int] = {}

    def to_bytes(self) -> bytes:
        """Serialise the table: a line of JSON, the words, their Zipf values, their rows."""
        head = {"size": self.size, "words": len(self.words)}
        zipf = bytes(round(value * _ZIPF_STEPS) for value in self.zipf)
        text = json.dumps(head) + "\n" + "\n".join(self.words) + "\n"
        return text.encode() + zipf + self.rows.tobytes()

    @classmethod
    def read(cls, language: str) -> WordTable:
        """Read the table shipped for ``language``."""
        data = (DATA / language / "words.bin").read_bytes()
        first = data.index(b"\n") + 1
        head = json.loads(data[:first])
        count, size = head["words"], head["size"]
        rows_at = len(data) - count * size
        words = data[first : rows_at - count].decode().split("\n")[:-1]
        zipf = [value / _ZIPF_STEPS for value in data[rows_at - count : rows_at]]
        return cls(language, words, zipf, data[rows_at:], size)

    def vector(self, weights: Mapping[str, float]) -> Vector | None:
        """Return the weighted mean of the words' vectors, scaled to length 1.

        A word counts by its given weight and by its frequency (`weight_of`). The table is centred
        on its language, so that what every text says cancels out. None if no word is known.
        """
        total = factors = 0
        packed = self._packed
        for word, weight in weights.items():
            for at, share in self._parts(word.lower()):
                factor = int(weight * share * weight_of(self.zipf[at]) * _SCALE)
                if factor:
                    row = packed.get(at)
                    total += factor * (self._pack(at) if row is None else row)
                    factors += factor
        fields = total.to_bytes(self.size * _FIELD, "little")
        zero = _SIGN * factors
        return unit([
            (int.from_bytes(fields[n : n + _FIELD], "little") - zero) / _SCALE
            for n in range(0, len(fields), _FIELD)
        ])  # fmt: skip

    def _pack(self, at: int) -> int:
        """Return a row as one number, so that a single product multiplies all of its values."""
        fields = bytearray(self.size * _FIELD)
        row = self.rows[at * self.size : (at + 1) * self.size]
        fields[::_FIELD] = bytes(row).translate(_UNSIGNED)
        self._packed[at] = packed = int.from_bytes(fields, "little")
        return packed

    def tells(self, word: str) -> float:
        """Return how much a word says about a subject; unknown words count as the rarest."""
        at = self.index.get(word.lower())
        return weight_of(self.zipf[at] if at is not None else self.zipf[-1])

    def knows(self, word: str) -> bool:
        """Whether the table holds a word, or its components."""
        return bool(self._parts(word.lower()))

    @lru_cache(maxsize=100_000)  # noqa: B019 - a table lives as long as the process
    def _parts(self, word: str) -> tuple[tuple[int, float], ...]:
        """Return the rows of a word, or of its components, each with its share."""
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
        """Split a compound ("Mitarbeiterbefragung") into known words, longest last part first."""
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
    """Whether a word table is shipped for a language."""
    return language is not None and (DATA / language / "words.bin").is_file()


def has_nouns(language: str) -> bool:
    """Whether nouns in a language can be recognised by their capitals."""
    grammar = grammar_of(language)
    return grammar is not None and grammar.nouns_are_capitalised


@lru_cache(maxsize=2)
def word_table(language: str) -> WordTable:
    """Return the shipped table of a language, read once."""
    return WordTable.read(language)


def unit(values: Sequence[float]) -> Vector | None:
    """Scale ``values`` to a vector of length 1, or return None if all are zero."""
    length = math.sqrt(sum(map(mul, values, values)))
    return array("d", [value / length for value in values]) if length else None


def cosine(one: Vector, other: Vector) -> float:
    """Return the cosine similarity of two vectors of length 1, from -1 to 1."""
    return float(sum(map(mul, one, other)))
