"""The pages on the rules, written from their YAML when the site is built, in both languages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bloglint.languages import labels
from bloglint.model import REASONS, say
from bloglint.reporters.rule_page import in_yaml, rule_page
from bloglint.rules import Rule, load_rules
from bloglint.scaffold.schemas import json_schema

sys.path.insert(0, str(Path(__file__).parent))
from settings_words import KEYS, SETTINGS

LANGUAGES = ("en", "de")
_RULES = {"en": "Rules", "de": "Regeln"}
_INTRO = {
    "en": "Each rule with what it wants, where its limits come from, examples, and how often "
    "people found it wrong.",
    "de": "Jede Regel mit dem, was sie will, woher ihre Grenzen stammen, mit Beispielen und damit, "
    "wie oft Leser sie im Irrtum fanden.",
}


def on_pre_build(config: Any) -> None:
    """Write the pages on the rules into the folder ``rules``, which Git ignores."""
    rules = load_rules()
    folder = Path(config["docs_dir"]) / "rules"
    folder.mkdir(exist_ok=True)
    for language in LANGUAGES:
        end = "" if language == "en" else f".{language}"
        pages = {"index": "\n".join(_index(rules, language)) + "\n"}
        settings = Path(config["docs_dir"], f"settings{end}.md")
        settings.write_text("\n".join(_settings(language)) + "\n", "utf-8")
        pages |= {rule.id: rule_page(rule, language) for rule in rules.values()}
        for name, text in pages.items():
            (folder / f"{name}{end}.md").write_text(text, "utf-8")


def _settings(language: str) -> Iterator[str]:
    """The page on the keys of bloglint.yml, in German by hand, else from the schema of the file."""
    yield SETTINGS[language]
    for name, one in json_schema("config")["$defs"]["Config"]["properties"].items():
        if not name.startswith("$"):
            about = KEYS[name] if language == "de" else one.get("description", "")
            yield f"| `{name}` | {_cell(one.get('default'))} | {about} |"


def _index(rules: dict[str, Rule], language: str) -> Iterator[str]:
    yield f"# {_RULES[language]}\n\n{_INTRO[language]}\n"
    for reason in REASONS:
        yield f"\n## {labels('reasons', language)[reason]}\n"
        for rule in rules.values():
            if rule.reason == reason:
                yield f"- [`{rule.id}`]({rule.id}.md): {say(rule.title, language)}"


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    said = in_yaml(value)
    return f"`{said.replace('|', '¦')}`" if len(said) < 30 else "…"
