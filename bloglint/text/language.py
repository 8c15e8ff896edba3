"""Language detection: by function words, or else by fastText's model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from bloglint import languages
from bloglint.lazy import lazy
from bloglint.text.computed import Computed
from bloglint.text.grammar import grammar_of, judged_languages

_WORD = lazy(r"[^\W\d_]+")

#: Below this many words every detector is unreliable (found for both fastText and lingua).
MIN_WORDS = 20


#: A passage with a smaller share of telling words is hardly in that language.
_OWN_SHARE = 0.08
#: So much of a text is looked at, in characters.
_READ = 20_000
#: Counts are added up side by side in one number, so many bits for each.
_COUNT_BITS = 32
_ONE_COUNT = (1 << _COUNT_BITS) - 1


@cache
def _telling_words() -> dict[str, frozenset[str]]:
    """Return, by judged language, the words frequent in it and rare in its neighbours."""
    return {code: frozenset(grammar_of(code).telling_words) for code in judged_languages()}  # type: ignore[union-attr]


def language_by_words(words: Iterable[str]) -> str | None:
    """Return the judged language that the function words of a text leave no doubt about, or None.

    There must be at least 20 words. At least a quarter of them must be telling words of that
    language, and no other language may have more than a fifth as many.
    """
    codes = tuple(_telling_words())
    whole = sum(map(_COUNTED.__getitem__, words))
    length = whole & _ONE_COUNT
    if length < MIN_WORDS:
        return None
    shares = {
        code: (whole >> _COUNT_BITS * n & _ONE_COUNT) / length for n, code in enumerate(codes, 1)
    }
    best = max(shares, key=lambda code: shares[code])
    others = (share for code, share in shares.items() if code != best)
    if shares[best] >= 0.25 and shares[best] >= 5 * max(others, default=0.0):
        return best
    return None


def _counts(word: str) -> int:
    """Return as one number how many runs of letters a word has, and how many tell a language."""
    found = 0
    for part in _WORD.findall(word.lower()):
        found += 1
        for n, telling in enumerate(_telling_words().values(), 1):
            found += (part in telling) << _COUNT_BITS * n
    return found


_COUNTED = Computed(_counts)


def language_of_passage(text: str, words: Iterable[str], around: str | None) -> str | None:
    """Return the language of a passage with these ``words`` in a text whose language is ``around``.

    It is that of the text, unless function words tell another beyond doubt, or hardly any of its
    words are function words of the text's language and the model tells another.
    """
    certain = language_by_words(words)
    if certain or around not in _telling_words():
        return certain or around
    letters = [word.lower() for word in _WORD.findall(text)]
    own = sum(map(_telling_words()[around].__contains__, letters))
    if len(letters) < MIN_WORDS or own >= _OWN_SHARE * len(letters):
        return around
    return _predicted(" ".join(letters)) or around


def detect_language(
    text: str, declared: str | None = None, words: Sequence[str] | None = None
) -> str | None:
    """Return the ISO 639-1 code of the language of ``text``, or None if nothing indicates one.

    A text of fewer than 20 words is taken to be in the ``declared`` language. Function words decide
    if they leave no doubt; only otherwise is the model consulted. ``words`` are the words of the
    text, if it has been split already.
    """
    if words is None or len(text) > _READ:
        text = text[:_READ]
        words = _WORD.findall(text)
    certain = language_by_words(words)
    if certain:
        return certain
    words = [word.lower() for word in _WORD.findall(text)]
    fallback = declared.split("-")[0].split("_")[0].lower() if declared else None
    if len(words) < MIN_WORDS:
        return fallback
    return _predicted(" ".join(words[:400])) or fallback


#: fastText's compressed model for 176 languages; NOTICE names its origin and licence.
MODEL = languages.FOLDER / "lid.176.ftz"
#: The number of characters that the model is given.
ASKED = 80


@cache
def _model() -> Any:
    import fasttext

    return fasttext.load_model(str(MODEL))


def _predicted(text: str) -> str | None:
    """Return the code of the language that the model predicts for ``text`` (one line)."""
    labels, _ = _model().predict(text[:ASKED], k=1)
    return labels[0].removeprefix("__label__") if labels else None
