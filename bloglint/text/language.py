"""Language detection: by function words, or else by fastText's model."""

from __future__ import annotations

from functools import cache
from typing import Any

from bloglint import languages
from bloglint.lazy import lazy
from bloglint.text.grammar import grammar_of, judged_languages

_WORD = lazy(r"[^\W\d_]+")

#: Below this many words every detector is unreliable (found for both fastText and lingua).
MIN_WORDS = 20


#: A passage with a smaller share of telling words is hardly in that language.
_OWN_SHARE = 0.08


@cache
def _telling_words() -> dict[str, frozenset[str]]:
    """Return, by judged language, the words frequent in it and rare in its neighbours."""
    return {code: frozenset(grammar_of(code).telling_words) for code in judged_languages()}  # type: ignore[union-attr]


def language_by_function_words(text: str) -> str | None:
    """Return the judged language that the function words of ``text`` leave no doubt about, or None.

    The text must have at least 20 words. At least a quarter of them must be telling words of that
    language, and no other language may have more than a fifth as many.
    """
    words = _WORD.findall(text.lower())
    if len(words) < MIN_WORDS:
        return None
    shares = {
        code: sum(map(telling.__contains__, words)) / len(words)
        for code, telling in _telling_words().items()
    }
    best = max(shares, key=lambda code: shares[code])
    others = (share for code, share in shares.items() if code != best)
    if shares[best] >= 0.25 and shares[best] >= 5 * max(others, default=0.0):
        return best
    return None


def language_of_passage(text: str, around: str | None) -> str | None:
    """Return the language of a passage in a text whose language is ``around``.

    It is that of the text, unless function words tell another beyond doubt, or hardly any of its
    words are function words of the text's language and the model tells another.
    """
    certain = language_by_function_words(text)
    if certain or around not in _telling_words():
        return certain or around
    words = [word.lower() for word in _WORD.findall(text)]
    own = sum(map(_telling_words()[around].__contains__, words))
    if len(words) < MIN_WORDS or own >= _OWN_SHARE * len(words):
        return around
    return _predicted(" ".join(words)) or around


def detect_language(text: str, declared: str | None = None) -> str | None:
    """Return the ISO 639-1 code of the language of ``text``, or None if nothing indicates one.

    A text of fewer than 20 words is taken to be in the ``declared`` language. Function words decide
    if they leave no doubt; only otherwise is the model consulted.
    """
    text = text[:20_000]
    certain = language_by_function_words(text)
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
