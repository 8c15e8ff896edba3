"""Third parties add rules by a YAML file and kinds of check by an installed package."""

import subprocess
import sys
from pathlib import Path

import pytest

import bloglint
from bloglint.checks.registry import find_check
from bloglint.model import ConfigError

RULE = """
id: craft-shouting
reason: craft
check: {check}
scope: post
title: {{en: Shouting, de: Geschrei}}
why: {{en: Nobody likes it., de: Niemand mag das.}}
source: {{en: our style guide, de: unser Leitfaden}}
options: {{most: {{default: 0}}}}
severity: warning
message:
  loud: {{en: "{{count}} shouts, limit {{limit}}.", de: "{{count}} Rufe, Grenze {{limit}}."}}
advice: {{loud: {{en: Speak., de: Sprechen Sie.}}}}
examples: []
"""
PHRASES = """
id: craft-our-words
reason: craft
check: phrases
scope: post
title: {en: Our forbidden words, de: Unsere verbotenen Wörter}
why: {en: House style., de: Hausstil.}
source: {en: our style guide, de: unser Leitfaden}
options:
  allowed: {default: 0}
  words_each: {default: 100000}
  shown: {default: 5}
severity: error
message: {phrase: {en: "Say it otherwise: {phrase}.", de: "Anders sagen: {phrase}."}}
advice: {phrase: {en: See the guide., de: Siehe Leitfaden.}}
phrases: {words: {en: ["utili*"], de: ["beinhalt*"]}}
examples: []
"""
PACKAGE = {
    "pyproject.toml": """
[project]
name = "bloglint-shouting"
version = "1"
[project.entry-points."bloglint.checks"]
shouting = "bloglint_shouting:shouting"
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
""",
    "bloglint_shouting.py": """
from bloglint.checks import Hit, Measure


def shouting(document, options, context):
    count = document.text.count("!")
    yield Measure("shouts", count)
    if count > options["most"]:
        at = document.text.index("!")
        yield Hit("loud", count, options["most"], {"count": count}, at, at + 1)
""",
}


def own_blog(folder: Path, rule: str, text: str) -> Path:
    (folder / "rules").mkdir()
    (folder / "rules" / "own.yml").write_text(rule, encoding="utf-8")
    (folder / "bloglint.yml").write_text("rules: [rules]\n", encoding="utf-8")
    (folder / "posts").mkdir()
    post = f"---\ntitle: One\ndate: 2026-06-01\nlang: en\n---\n\n{text}\n"
    (folder / "posts" / "one.md").write_text(post, encoding="utf-8")
    return folder / "posts"


def test_a_yaml_file_is_enough_for_a_rule_of_ones_own(tmp_path: Path) -> None:
    posts = own_blog(tmp_path, PHRASES, "We utilise the pump on every day of the week.")
    found = bloglint.check(posts, as_of="2026-06-10").blogs[0].findings
    own = next(f for f in found if f.rule == "craft-our-words")
    assert (own.quote, own.severity) == ("utilise", "error")
    assert own.place and (own.place.line, own.place.column) == (7, 4)


def test_an_installed_package_adds_a_kind_of_check(tmp_path: Path) -> None:
    source, site = tmp_path / "package", tmp_path / "site"
    source.mkdir()
    for name, text in PACKAGE.items():
        (source / name).write_text(text, encoding="utf-8")
    install = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation"]
    done = subprocess.run(
        [*install, "--target", str(site), str(source)], capture_output=True, text=True
    )
    if "hatchling" in done.stderr:
        done = subprocess.run(
            [*install[:-1], "--target", str(site), str(source)], capture_output=True, text=True
        )
    assert done.returncode == 0, done.stderr
    posts = own_blog(tmp_path, RULE.format(check="shouting"), "It runs! We are glad about it!")
    call = f"import sys; sys.path.insert(0, {str(site)!r}); from bloglint.cli import main; main()"
    out = subprocess.run(
        [
            sys.executable,
            "-c",
            call,
            "check",
            str(posts),
            "--as-of",
            "2026-06-10",
            "--format",
            "json",
        ],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    assert '"rule": "craft-shouting"' in out.stdout, out.stderr
    assert "2 shouts, limit 0." in out.stdout


def test_a_kind_that_nobody_offers_is_named() -> None:
    with pytest.raises(ConfigError, match="unknown kind of check 'shoutin'"):
        find_check("shoutin")
