"""Rules are data that says what is wrong with it."""

import re
import shutil
from pathlib import Path

import msgspec
import pytest

from bloglint.model import ConfigError
from bloglint.rules import (
    Score,
    load_rules,
    phrases_of,
    prepare,
    prepared,
    read_rule,
    rules_folder,
)
from bloglint.text.patterns import Pattern, compile_groups
from bloglint.text.phrases import EXCEPTION

#: What rules in a folder of their own may begin with, though they belong to craft.
EXTRAS = {"slop", "links", "freshness"}


def test_every_rule_of_ours_loads_and_has_examples_of_all_four_kinds() -> None:
    rules = load_rules()
    assert "frequency-silence" in rules
    for rule in rules.values():
        prefix = rule.id.partition("-")[0]
        assert prefix == rule.reason or (rule.reason == "craft" and prefix in EXTRAS)
        assert {(e.language, e.verdict) for e in rule.examples} == {
            (language, verdict) for language in ("en", "de") for verdict in ("good", "bad")
        }, rule.id


@pytest.mark.parametrize(
    ("change", "said", "line"),
    [
        (("scope: blog", "scop: blog"), "Did you mean 'scope'", 4),
        (("died: warning", "died: loud"), "'loud' is unknown", 22),
        (("reason: frequency", "reason: frequenzy"), "unknown reason", None),
        (("check: gap", "check: [gap"), "no YAML", None),
        (
            ("  de: Wer beim zweiten Besuch nichts Neues findet, kommt kein drittes Mal.\n", ""),
            "why is missing in de",
            None,
        ),
    ],
)
def test_a_broken_rule_names_its_place(
    tmp_path: Path, change: tuple[str, str], said: str, line: int | None
) -> None:
    text = (rules_folder() / "frequency" / "gap.yml").read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / "gap.yml"
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_rule(path)
    assert said in str(caught.value)
    if line:
        assert caught.value.where.startswith(f"{path}:{line}:")


def test_an_own_rule_may_not_take_a_known_id(tmp_path: Path) -> None:
    text = (rules_folder() / "frequency" / "gap.yml").read_text(encoding="utf-8")
    (tmp_path / "mine.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="exists already"):
        load_rules([tmp_path])


def test_a_curve_is_linear_between_its_points_and_flat_outside() -> None:
    curve = Score(measure="m", curve=[(14, 0), (31, 50), (100, 92)])
    assert [curve.loss(x) for x in (0, 14, 22.5, 31, 1000)] == [0, 0, 25, 50, 92]


def test_what_is_kept_of_the_rules_is_what_their_yaml_says(tmp_path: Path) -> None:
    made = prepare(tmp_path / "prepared.msgpack")
    assert made.rules == list(load_rules().values())
    assert (tmp_path / "prepared.msgpack").stat().st_size > 100_000
    phrases = phrases_of(load_rules())
    assert phrases_of(load_rules()) is phrases
    for language in ("en", "de"):
        kept = msgspec.msgpack.decode(made.tables[language], type=dict[str, list[Pattern]])
        rule = load_rules()["advertorial-superlative"]
        groups = {**rule.phrase_groups(), EXCEPTION: rule.exceptions}
        assert kept[rule.id] == compile_groups(groups, language)


def test_a_changed_rule_is_not_answered_from_what_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "prepared.msgpack"
    monkeypatch.setattr(prepared, "PREPARED", kept)
    monkeypatch.setattr(prepared.sys, "dont_write_bytecode", False)
    folder = tmp_path / "rules"
    shutil.copytree(rules_folder(), folder)
    monkeypatch.setattr(prepared, "_CHECKOUT", folder)
    monkeypatch.setattr(prepared, "_PACKAGED", tmp_path / "none")
    gap = folder / "frequency" / "gap.yml"
    try:
        for title in ("Too long a gap", "Another title"):
            text = gap.read_text(encoding="utf-8")
            gap.write_text(re.sub(r"title:\n  en: .*", f"title:\n  en: {title}", text), "utf-8")
            prepared._prepared.cache_clear()
            assert load_rules()["frequency-gap"].title["en"] == title
            prepared._prepared.cache_clear()
            assert load_rules()["frequency-gap"].title["en"] == title  # from what was kept
        kept.write_bytes(b"\x93broken")
        prepared._prepared.cache_clear()
        assert load_rules()["frequency-gap"].title["en"] == "Another title"
    finally:
        prepared._prepared.cache_clear()


@pytest.mark.parametrize("phrase", ["", "–", "( | )"])
def test_a_phrase_without_a_word_is_refused(tmp_path: Path, phrase: str) -> None:
    """Found by ``benchmarks/fuzz.py --state``."""
    texts = "{en: A, de: A}"
    file = tmp_path / "own.yml"
    file.write_text(
        f"id: own-one\nreason: craft\ncheck: phrases\nscope: post\ntitle: {texts}\nwhy: {texts}\n"
        f"source: {texts}\nseverity: info\nmessage: {{phrase: {texts}}}\n"
        f"advice: {{phrase: {texts}}}\nexamples: []\nphrases: {{words: {{en: ['{phrase}']}}}}\n",
        "utf-8",
    )
    with pytest.raises(ConfigError, match="no word"):
        read_rule(file)
