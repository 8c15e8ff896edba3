"""Rules are data that says what is wrong with it."""

from pathlib import Path

import pytest

from bloglint.model import ConfigError
from bloglint.rules import Score, load_rules, read_rule, rules_folder


def test_every_rule_of_ours_loads_and_has_examples_of_all_four_kinds() -> None:
    rules = load_rules()
    assert "frequency-silence" in rules
    for rule in rules.values():
        assert rule.id.startswith(f"{rule.reason}-")
        assert {(e.language, e.verdict) for e in rule.examples} == {
            (language, verdict) for language in ("en", "de") for verdict in ("good", "bad")
        }, rule.id


@pytest.mark.parametrize(
    ("change", "said", "line"),
    [
        (("scope: blog", "scop: blog"), "Did you mean 'scope'", 4),
        (("severity: warning", "severity: loud"), "Invalid enum value 'loud'", 22),
        (("reason: frequency", "reason: frequenzy"), "unknown reason", None),
        (("check: gap", "check: [gap"), "no YAML", None),
        (("  de: Eine lange Lücke zwischen zwei Beiträgen\n", ""), "title is missing in de", None),
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
