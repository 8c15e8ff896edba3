"""The formulas over our counts: by hand, in threads, in both languages, without a network."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bloglint.model import Post
from bloglint.text.document import Document
from bloglint.text.readability import lix, reading_ease, school_grade
from bloglint.text.sentences import sentence_ends
from bloglint.text.syllables import syllables, word_parts

HELD_BACK = Path(__file__).parent.parent / "heldback"
ENGLISH = "The cat sat on the mat. It was happy."  # 9 words, 2 sentences, 10 syllables
GERMAN = "Die Katze liegt auf dem Teppich. Sie schläft zufrieden."  # 9, 2, 13


def read(text: str, language: str) -> Document:
    return Document(Post(id="p", title="t", source=text, language=language))


def test_the_formulas_agree_with_values_by_hand() -> None:
    assert reading_ease(read(ENGLISH, "en")) == pytest.approx(206.835 - 1.015 * 4.5 - 84.6 * 10 / 9)
    german = read(GERMAN, "de")
    assert reading_ease(german) == pytest.approx(180 - 4.5 - 58.5 * 13 / 9)
    # One word of three syllables and more, three over six letters, six of one syllable, in nine.
    grade = 0.1935 * 100 / 9 + 0.1672 * 4.5 + 0.1297 * 300 / 9 - 0.0327 * 600 / 9 - 0.875
    assert school_grade(german) == pytest.approx(grade)
    assert lix(german) == pytest.approx(4.5 + 300 / 9)


def test_languages_do_not_disturb_each_other_in_threads() -> None:
    alone = [reading_ease(read(ENGLISH, "en")), reading_ease(read(GERMAN, "de"))]
    with ThreadPoolExecutor(8) as pool:
        both = [(ENGLISH, "en"), (GERMAN, "de")] * 40
        found = list(pool.map(lambda one: reading_ease(read(*one)), both))
    assert found == alone * 40


def test_textstat_comes_without_nltk_and_leaves_it_to_others() -> None:
    code = (
        "from bloglint.text.readability import formula; formula('lix'); import sys;"
        "print('nltk' in sys.modules); import nltk; print(hasattr(nltk, 'download'))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert out.stdout.split() == ["False", "True"], out.stderr


def test_other_languages_have_lix_only() -> None:
    french = read("La pompe est cassée. Nous la réparons.", "fr")
    assert reading_ease(french) is None and school_grade(french) is None
    assert lix(french) == pytest.approx(3.5 + 100 / 7)


@pytest.mark.parametrize(
    ("word", "language", "count"),
    [
        ("Familie", "de", 4), ("Energie", "de", 3), ("Energien", "de", 4), ("die", "de", 1),
        ("beenden", "de", 3), ("Software", "de", 2), ("Mitarbeiterbefragung", "de", 7),
        ("people", "en", 2), ("useful", "en", 2), ("something", "en", 2), ("created", "en", 3),
        ("places", "en", 2), ("tables", "en", 2), ("someone", "en", 2), ("BBC", "en", 3),
    ],
)  # fmt: skip
def test_syllables(word: str, language: str, count: int) -> None:
    assert syllables(word, language) == count


@pytest.mark.parametrize("language", ["en", "de"])
def test_counts_hold_on_the_hand_counted_texts(language: str) -> None:
    """The figures of docs/accuracy.md, with some room."""
    right = told = real = 0
    errors = []
    for line in (HELD_BACK / f"counts-{language}.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        ends, at = set(), 0
        for sentence in one["sentences"]:
            at = one["text"].index(sentence, at) + len(sentence)
            ends.add(len(one["text"][:at].split()))
        found = {len(one["text"][:end].split()) for end in sentence_ends(one["text"], language)}
        right, told, real = right + len(ends & found), told + len(found), real + len(ends)
        hand = counted = 0
        for word in one["syllables"].split():
            plain = word.replace("·", "")
            parts = word_parts(plain)
            if parts and not any(char.isdigit() for char in plain):
                hand += word.count("·") + len(parts)
                counted += sum(syllables(part, language) for part in parts)
        errors.append(abs(counted - hand) / hand)
    assert 2 * right / (told + real) >= 0.98
    assert sum(errors) / len(errors) <= 0.03
