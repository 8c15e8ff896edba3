"""Front matter that is read without a parser: exactly as the parser reads it, or not at all."""

from datetime import date
from itertools import product

import pytest
import yaml

from bloglint.sources.folders.flat_yaml import read_flat

WORDS = (
    "The pump", "Müller & Söhne", "a, b", "it's", "x: y", "a #b", "yes", "No", "null", "~", "12",
    "1.5", "2026-06-01", "2026-13-01", "2026-06-01 10:00", "'single'", '"double"', "'it''s'",
    '"a\\n"', "[a, b]", "[a, 'b c']", "['a, b']", "[]", "[a", "[1, 2]", "[yes]", "{a: b}", "- a",
    "| a", "> a", "*a", "&a b", "!a b", "%a", "@a", "`a`", "a?", "? a", "a\tb", "a\u00a0b", "😀 a",
    "1e3", "0x1f", "12:30", ".inf", "e3", "_a", "=", "<<", "on", "", " a ", "a ]", "a }", "[a]]",
    "[a?, b]", "[?a]",
)  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_what_is_read_without_a_parser_is_what_the_parser_reads(word: str) -> None:
    for line in (f"title: {word}", f"title: {word}  ", f"title:  {word}", f"title:{word}"):
        flat = read_flat(f"{line}\nby: Eva")
        if flat is not None:
            assert flat == yaml.safe_load(f"{line}\nby: Eva")


@pytest.mark.parametrize("key", ["yes", "on", "a b", "a:", "<<", "1", "_a", "a-b", "? a", "ä"])
def test_keys_are_read_as_the_parser_does(key: str) -> None:
    flat = read_flat(f"{key}: The pump")
    assert flat is None or flat == yaml.safe_load(f"{key}: The pump")


def test_two_lines_that_belong_together_are_left_to_the_parser() -> None:
    for one, other in product(
        ("title: a", "tags:", "tags: [a", "title: 'a"), ("  b", "- b", "b']")
    ):
        assert read_flat(f"{one}\n{other}") is None


def test_most_front_matter_is_plain() -> None:
    read = read_flat(
        "title: The pump\ndate: 2026-06-01\n\ntags: [pumps, 'night shift']\nlang: 'de'"
    )
    assert read == {
        "title": "The pump", "date": date(2026, 6, 1), "tags": ["pumps", "night shift"],
        "lang": "de",
    }  # fmt: skip
