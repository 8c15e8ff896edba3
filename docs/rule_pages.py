"""The pages on the rules, written from their YAML when the site is built, in both languages."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bloglint.languages import labels
from bloglint.model import REASONS, say, write_date
from bloglint.rules import Rule, load_rules
from bloglint.scaffold.schemas import json_schema

LABELS = Path(__file__).parents[1] / "benchmarks" / "data" / "precision.csv"
LANGUAGES = ("en", "de")
#: What a message takes from its finding.
_FIELD = re.compile(r"(\{[^{}]*\})+")
_WORDS = {
    "en": {
        "rules": "Rules", "intro": "Each rule with what it wants, where its limits come from, "
        "examples, and how often people found it wrong.", "what": "What it reports",
        "why": "Why it matters", "fix": "What to do", "options": "Options", "option": "Option",
        "about": "What it sets", "default": "Default", "bad": "An example that fails",
        "good": "An example that passes", "source": "Where the limits come from",
        "wrong": "How often it is wrong", "severity": "Severity",
        "read": "People read findings on real blogs in their place: {count}, of which "
        "wrong: {wrong}.",
        "unread": "Too few findings on real blogs have been read to say.",
        "off": "Switch it off with `ignore: [{rule}]` in bloglint.yml, or in one post with "
        "`<!-- bloglint-disable {rule} the reason -->`.",
        "dates": "Posts of {dates}", "off_title": "Where it does not fit",
        "press": "With this press release:", "times": "(the same {count} times)",
        "by": "by {names}", "as_of": "judged as of {day}",
        "whole": "Switch it off with `ignore: [{rule}]` in bloglint.yml.",
    },
    "de": {
        "rules": "Regeln", "intro": "Jede Regel mit dem, was sie will, woher ihre Grenzen stammen, "
        "mit Beispielen und damit, wie oft Leser sie im Irrtum fanden.",
        "what": "Was die Regel meldet",
        "why": "Warum das wichtig ist", "fix": "Was zu tun ist", "options": "Optionen",
        "option": "Option", "about": "Was sie einstellt", "default": "Vorgabe",
        "bad": "Ein Beispiel, das durchfällt", "good": "Ein Beispiel, das besteht",
        "source": "Woher die Grenzen stammen", "wrong": "Wie oft die Regel irrt",
        "severity": "Schweregrad",
        "read": "Befunde aus echten Blogs, die Menschen im Zusammenhang geprüft haben: {count}, "
        "davon falsch: {wrong}.",
        "unread": "Dafür sind zu wenige Befunde auf echten Blogs gelesen worden.",
        "off": "Abschalten lässt sie sich mit `ignore: [{rule}]` in bloglint.yml oder in einem "
        "Beitrag mit `<!-- bloglint-disable {rule} der Grund -->`.",
        "dates": "Beiträge vom {dates}", "off_title": "Wo sie nicht passt",
        "press": "Mit dieser Pressemitteilung:", "times": "(dasselbe {count}-mal)",
        "by": "von {names}", "as_of": "beurteilt am {day}",
        "whole": "Abschalten lässt sie sich mit `ignore: [{rule}]` in bloglint.yml.",
    },
}  # fmt: skip


def on_pre_build(config: Any) -> None:
    """Write the pages on the rules into the folder ``rules``, which Git ignores."""
    rules, read = load_rules(), _read()
    folder = Path(config["docs_dir"]) / "rules"
    folder.mkdir(exist_ok=True)
    Path(config["docs_dir"], "settings.md").write_text("\n".join(_settings()) + "\n", "utf-8")
    for language in LANGUAGES:
        end = "" if language == "en" else f".{language}"
        pages = {"index": _index(rules, language)}
        pages |= {rule.id: _page(rule, language, read[rule.id]) for rule in rules.values()}
        for name, lines in pages.items():
            (folder / f"{name}{end}.md").write_text("\n".join(lines) + "\n", "utf-8")


def _settings() -> Iterator[str]:
    """The page on the keys of bloglint.yml, from the schema of the file."""
    yield "# Settings\n\nThe keys of `bloglint.yml`, or of `[tool.bloglint]` in pyproject.toml.\n"
    yield "`bloglint config` shows each with the place where its value comes from; paths count from"
    yield "the folder of the file.\n"
    yield "**Patterns** in `exclude` and `per_file`: `*` stands for any characters of a name, `**`"
    yield "for any folders. One without a slash fits a name in any folder (`*-links.md`,"
    yield "`drafts/`), one with a slash the path from the folder of the file"
    yield "(`content/archive/**`).\n"
    yield "| key | default | what it sets |\n| --- | --- | --- |"
    for name, one in json_schema("config")["$defs"]["Config"]["properties"].items():
        if not name.startswith("$"):
            yield f"| `{name}` | {_cell(one.get('default'))} | {one.get('description', '')} |"


def _read() -> dict[str, Counter[str]]:
    """Return how the findings of each rule were labelled that it still reports."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["now"]:
                found[row["rule"]][row["label"]] += 1
    return found


def _index(rules: dict[str, Rule], language: str) -> Iterator[str]:
    words = _WORDS[language]
    yield f"# {words['rules']}\n\n{words['intro']}\n"
    for reason in REASONS:
        yield f"\n## {labels('reasons', language)[reason]}\n"
        for rule in rules.values():
            if rule.reason == reason:
                yield f"- [`{rule.id}`]({rule.id}.md): {say(rule.title, language)}"


def _page(rule: Rule, language: str, read: Counter[str]) -> Iterator[str]:
    words = _WORDS[language]
    levels = [rule.severity] if isinstance(rule.severity, str) else rule.severity.values()
    severity = ", ".join(labels("severities", language)[one] for one in dict.fromkeys(levels))
    yield f"# {rule.id}\n\n**{say(rule.title, language)}** · {words['severity']}: {severity}\n"
    yield f"## {words['why']}\n\n{say(rule.why, language)}\n"
    yield f"## {words['what']}\n"
    for message in dict.fromkeys(say(one, language) for one in rule.message.values()):
        yield f"- {_plain(_FIELD.sub('…', message))}"
    yield f"\n## {words['fix']}\n"
    for advice in dict.fromkeys(say(one, language) for one in rule.advice.values()):
        yield f"- {_plain(_FIELD.sub('…', advice))}"
    for verdict in ("bad", "good"):
        yield from _example(rule, verdict, language)
    named = {name: one for name, one in rule.options.items() if one.about and name != "measure"}
    if named:
        yield f"\n## {words['options']}\n"
        yield f"| {words['option']} | {words['default']} | starter | strict | {words['about']} |"
        yield "| --- | --- | --- | --- | --- |"
        for name, one in named.items():
            values = (one.default, one.starter, one.strict)
            cells = " | ".join(_cell(value) for value in values)
            yield f"| `{name}` | {cells} | {say(one.about or '', language)} |"
    yield f"\n## {words['source']}\n\n{_plain(say(rule.source, language))}\n"
    said = words["unread"]
    if read.total() >= 10:
        said = words["read"].format(count=read.total(), wrong=read["wrong"])
    yield f"## {words['wrong']}\n\n{said}\n"
    off = "whole" if rule.scope == "blog" else "off"
    yield f"## {words['off_title']}\n\n{words[off].format(rule=rule.id)}"


def _example(rule: Rule, verdict: str, language: str) -> Iterator[str]:
    words = _WORDS[language]
    found = [e for e in rule.examples if e.verdict == verdict and e.language == language]
    if not found:
        return
    example = found[0]
    yield f"\n## {words[verdict]}\n"
    if example.dates:
        days = ", ".join(write_date(date.fromisoformat(day), language) for day in example.dates)
        said = [words["dates"].format(dates=days)]
        if example.authors:
            said.append(words["by"].format(names=", ".join(example.authors)))
        day = write_date(date.fromisoformat(example.as_of), language)
        yield f"{', '.join([*said, words['as_of'].format(day=day)])}.\n"
    for text in example.texts or [example.text] * bool(example.text):
        times = f" {words['times'].format(count=example.repeat)}" if example.repeat > 1 else ""
        yield f"> {_shown(text)}{times}\n"
    for text in example.press[:1]:
        yield f"{words['press']}\n\n> {_shown(text)}\n"


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    said = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=1000)
    said = said.removesuffix("\n...\n").strip()
    return f"`{said.replace('|', '¦')}`" if len(said) < 30 else "…"


def _shown(text: str) -> str:
    """Return an example on one line; of a long one the beginning and the end, which may matter."""
    line = " ".join(text.split())
    return _plain(line if len(line) <= 900 else f"{line[:600]} … {line[-250:]}")


def _plain(text: str) -> str:
    """Return a text that Markdown leaves as it is."""
    for mark in "\\`*_[]<>#":
        text = text.replace(mark, f"\\{mark}" if mark not in "<>" else f"&{'lg'[mark == '>']}t;")
    return text
