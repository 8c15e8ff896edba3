"""A third language is a folder of data files: nothing in Python names it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
TOY = {
    "language.yml": """
name: Toyish
months: [Un, Du, Tri, Kvar, Kvin, Ses, Sep, Ok, Nov, Dek, Onz, Doz]
""",
    "messages.yml": '"there is no format {name!r}": "lo {name!r} na"',
    "labels.yml": "reasons: {craft: Manlabor}",
    "text.yml": """
telling_words: [lo, na, kio, mo]
frequent_words: [lo, na, kio, mo]
syllables: {vowels: "[aeiou]"}
""",
    "rules.yml": """
craft-jargon:
  title: Vortoj de mano
  phrases: {jargon: ["sinerg*", "stakold*"]}
  message: {phrase: "Lo {phrase} ne."}
""",
}
POST = """---
title: Lo pumpo
date: 2026-06-01
lang: xx
---

Lo pumpo na mo sinergio kio lo stakoldo na mo. Ni lo sinergion na kio mo lo stakoldon na mo.
Kio lo pumpo na lo motoro mo. Lo motoro na lo akvo kio mo lo domo.
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of bloglint with the files of a toy language, and a post in it."""
    root = tmp_path_factory.mktemp("house")
    for name in ("bloglint", "rules"):
        leave = shutil.ignore_patterns("__pycache__", "prepared.msgpack")
        shutil.copytree(HOUSE / name, root / name, ignore=leave)
    folder = root / "bloglint" / "languages" / "xx"
    folder.mkdir()
    for name, text in TOY.items():
        (folder / name).write_text(text, encoding="utf-8")
    (root / "post.md").write_text(POST, encoding="utf-8")
    return root


def call(house: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bloglint", *args]
    return subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)


def test_its_texts_are_judged_and_its_words_spoken(house: Path) -> None:
    day = ("--as-of", "2026-06-10")
    done = call(house, "check", "post.md", *day, "--format", "json")
    blog = json.loads(done.stdout)["blogs"][0]
    assert blog["languages"] == ["xx"]
    jargon = [one for one in blog["findings"] if one["rule"] == "craft-jargon"]
    assert [one["quote"] for one in jargon] == ["sinergio", "stakoldo", "sinergion", "stakoldon"]
    said = call(house, "check", "post.md", *day, "--lang", "xx").stdout
    assert "Lo sinergio ne." in said and "1 Ses 2026" in said


def test_it_is_offered_where_languages_are_chosen(house: Path) -> None:
    assert "xx" in call(house, "check", "--help").stdout
    done = call(house, "check", "post.md", "--format", "nix", "--lang", "xx")
    assert done.returncode == 2 and "lo 'nix' na" in done.stderr
    explained = call(house, "rule", "craft-jargon", "--lang", "xx").stdout
    assert explained.startswith("craft-jargon\n\nVortoj de mano ") and "Lo … ne." in explained


def test_what_it_lacks_is_english_and_what_is_wrong_is_named(house: Path) -> None:
    said = call(house, "check", "post.md", "--as-of", "2026-06-10", "--lang", "xx").stdout
    assert "Say it as you would to a neighbour." in said
    file = house / "bloglint" / "languages" / "xx" / "rules.yml"
    file.write_text("craft-jargn: {title: x}", encoding="utf-8")
    done = call(house, "check", "post.md")
    assert done.returncode == 2 and "languages/xx/rules.yml" in done.stderr
    assert "craft-jargon" in done.stderr
    file.write_text(TOY["rules.yml"], encoding="utf-8")
