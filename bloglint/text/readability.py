"""How hard a text is to read: published formulas over syllables counted by rule.

textstat has the same formulas, but its English syllables want a download at run time and its
import takes longer than all else of a check together.
"""

from __future__ import annotations

import re

from bloglint.text.document import WORD, Document

_VOWELS = {
    "de": re.compile(r"aa|ee|oo|ie|ei|ai|au|eu|äu|ey|ay|oi|[aeiouyäöü]"),
    "en": re.compile(r"[aeiouy]+"),
}
#: Base, weight of the words a sentence, weight of the syllables a word.
_FORMULAS = {"en": (206.835, 1.015, 84.6), "de": (180.0, 1.0, 58.5)}
#: What English writes and does not speak: the e of "pumpe-d", "pump-s", "lat-e".
_SILENT = re.compile(r"(?<=[^aeiouytd])ed$|(?<=[^aeiouylsxz])es$|(?<=[^aeiouyl])e$|(?<=[aeiou]l)e$")
#: Two vowels that are spoken apart ("ser-i-ous", "vid-e-o", "sci-ence"), not as in "nation".
_APART = re.compile(r"(?<![tscgl])i[aou]|eo(?!u)|ea$|ie(?=nc)|eu(?=m)|ea(?=t[eio])|u[ao](?=[lt])")
_EXCEPTIONS = {"people": 2, "business": 2, "something": 2, "sometimes": 2}


def syllables(word: str, language: str) -> int:
    """The syllables of a word, at least one."""
    low = word.lower().replace("qu", "q")
    if language == "de":
        return max(1, len(_VOWELS["de"].findall(low)))
    if low in _EXCEPTIONS:
        return _EXCEPTIONS[low]
    spoken = _SILENT.sub("", low)
    return max(1, len(_VOWELS["en"].findall(spoken)) + len(_APART.findall(spoken)))


def reading_ease(document: Document) -> float | None:
    """Flesch Reading Ease, in German by Amstad: 0 is hard, 100 easy; None in other languages.

    Flesch 1948, "A new readability yardstick"; Amstad 1978, "Wie verständlich sind unsere
    Zeitungen?".
    """
    if document.language not in _FORMULAS or not document.words:
        return None
    language = document.language
    words = [w for w in WORD.findall(document.prose_text) if any(c.isalpha() for c in w)]
    if not words:
        return None
    spoken = sum(syllables(part, language) for w in words for part in re.split(r"[-–/]", w) if part)
    base, per_sentence, per_word = _FORMULAS[language]
    mean = document.words / len(document.sentences)
    return base - per_sentence * mean - per_word * spoken / len(words)
