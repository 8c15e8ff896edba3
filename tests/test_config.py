"""What users set, and where each value comes from."""

from pathlib import Path

import pytest

from bloglint.config import Config, check_rules, find_file, load
from bloglint.model import ConfigError, replace
from bloglint.rules import load_rules


def test_the_nearest_file_upward_is_taken_and_the_command_line_wins(tmp_path: Path) -> None:
    posts = tmp_path / "site" / "posts"
    posts.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[tool.bloglint]\nprofile = 'starter'\n")
    assert load(posts).config.profile == "starter"
    (tmp_path / "site" / "bloglint.yml").write_text("profile: strict\npress: [news]\n")
    settings = load(posts, fail_on="never")
    assert find_file(posts) == tmp_path / "site" / "bloglint.yml"
    assert settings.config.press == [str(tmp_path / "site" / "news")]
    origins = {key: origin for key, _, origin in settings.effective()}
    assert origins["profile"] == str(tmp_path / "site" / "bloglint.yml")
    assert (origins["fail_on"], origins["ignore"]) == ("command line", "default")
    assert load(posts, profile="standard").config.profile == "standard"
    assert load(posts, isolated=True).config.profile == "standard"


@pytest.mark.parametrize(
    ("text", "said", "place"),
    [
        ("profil: strict\n", "Did you mean 'profile'", ":1:1"),
        (
            "source: x\nprofile: hard\n",
            "profile 'hard' is unknown. Use one of starter, standard, strict.",
            ":2:1",
        ),
        ("press: [\n", "no YAML", ":2:1"),
        ("weights: {freqency: 3}\n", "Did you mean 'frequency'", ""),
    ],
)
def test_a_wrong_key_or_value_names_its_place(
    tmp_path: Path, text: str, said: str, place: str
) -> None:
    (tmp_path / "bloglint.yml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(tmp_path)
    assert said in str(caught.value)
    assert f"bloglint.yml{place}" in caught.value.where


def test_a_wrong_key_in_pyproject_is_named(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.bloglint]\nselekt = ['bloat']\n")
    with pytest.raises(ConfigError, match="Did you mean 'select'"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("select: [frequenc]\n", "Did you mean 'frequency'"),
        ("options: {bloat-lenght: {max_words: 3}}\n", "Did you mean 'bloat-length'"),
        ("options: {bloat-length: {max_word: 3}}\n", "Did you mean 'max_words'"),
    ],
)
def test_rules_and_options_that_do_not_exist_are_refused(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "bloglint.yml").write_text(text)
    with pytest.raises(ConfigError, match=said):
        check_rules(load(tmp_path), load_rules())


def test_select_and_ignore_take_ids_and_prefixes() -> None:
    every = load_rules()
    rules = {name: every[name] for name in ("bloat-length", "bloat-sentences", "topic-focus")}
    config = load(Path(), isolated=True, select=["bloat"], ignore=["bloat-length"]).config
    assert config.active(rules) == {"bloat-sentences"}
    assert load(Path(), isolated=True).config.active(rules) == set(rules)


def test_a_rule_in_preview_reports_if_it_is_asked_for() -> None:
    one = replace(load_rules()["bloat-length"], status="preview")
    rules = {"bloat-length": one, "bloat-sentences": load_rules()["bloat-sentences"]}
    assert Config().active(rules) == {"bloat-sentences"}
    assert Config(select=["bloat"]).active(rules) == {"bloat-sentences"}
    assert Config(select=["bloat-length"]).active(rules) == {"bloat-length"}
    assert Config(preview=True).active(rules) == set(rules)
    assert Config(preview=True, ignore=["bloat"]).active(rules) == frozenset()


def test_pauses_have_a_first_and_a_last_day(tmp_path: Path) -> None:
    (tmp_path / "bloglint.yml").write_text("pauses: [{from: 2026-07-20, to: 2026-08-31}]\n")
    (pause,) = load(tmp_path).config.pauses
    assert (pause.first.isoformat(), pause.to.isoformat()) == ("2026-07-20", "2026-08-31")
    (tmp_path / "bloglint.yml").write_text("pauses: [{from: 2026-07-20, until: 2026-08-31}]\n")
    with pytest.raises(ConfigError):
        load(tmp_path)
