"""What a text is about, from the table that ships in the wheel."""

import pytest

from bloglint.text.vectors import WordTable, cosine, weigh_words, word_table


def near(one: str, other: str, language: str) -> float:
    table = word_table(language)
    vectors = [table.vector(weigh_words(text, language)) for text in (one, other)]
    assert vectors[0] is not None and vectors[1] is not None
    return cosine(vectors[0], vectors[1])


@pytest.mark.parametrize(
    ("language", "one", "other", "stranger"),
    [
        ("de", "Mitarbeiterbefragung", "Befragung der Mitarbeiter", "Quellensteuerabzug"),
        ("de", "Abwasserpumpen", "Pumpen für das Abwasser", "Kindergeburtstagskuchen"),
        ("de", "Urlaubsplanung", "die Planung der Urlaube", "Schraubenschlüssel"),
        ("en", "employee survey", "a survey of our employees", "withholding tax"),
        ("en", "dentists and their patients", "dental treatment", "impeller casing"),
    ],
)
def test_compounds_and_their_parts_are_near(
    language: str, one: str, other: str, stranger: str
) -> None:
    assert near(one, other, language) > 0.6
    assert near(one, stranger, language) < 0.4


def test_unknown_words_tell_nothing() -> None:
    assert word_table("en").vector(weigh_words("xqzzt 12 34", "en")) is None


def test_a_table_is_read_as_it_was_written() -> None:
    table = WordTable("en", ["pump", "the"], [4.0, 7.5], bytes([1, 2, 255, 4]), 2)
    data = table.to_bytes()
    assert data.endswith(bytes([128, 240, 1, 2, 255, 4]))
    assert table.vector({"the": 3.0}) is None  # so frequent a word tells nothing
