"""The pages on the rules, written from their YAML when the site is built, in both languages."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bloglint.languages import labels
from bloglint.model import REASONS, say
from bloglint.rules import Rule, load_rules

LABELS = Path(__file__).parents[1] / "benchmarks" / "data" / "precision.csv"
LANGUAGES = ("en", "de")
_WORDS = {
    "en": {
        "rules": "Rules", "intro": "Each rule with what it wants, where its limits come from, "
        "examples, and how often people found it wrong.", "what": "What it reports",
        "why": "Why it matters", "fix": "What to do", "options": "Options", "option": "Option",
        "about": "What it sets", "default": "Default", "bad": "An example that fails",
        "good": "An example that passes", "source": "Where the limits come from",
        "wrong": "How often it is wrong", "severity": "Severity",
        "read": "Of {count} findings on real blogs that people read in their place, "
        "{wrong} were wrong.",
        "unread": "Too few findings on real blogs have been read to say.",
        "off": "Switch it off with `ignore: [{rule}]` in bloglint.yml, or in one post with "
        "`<!-- bloglint-disable {rule} the reason -->`.",
        "dates": "Posts of {dates}", "off_title": "Where it does not fit",
        "press": "With this press release:",
    },
    "de": {
        "rules": "Regeln", "intro": "Jede Regel mit dem, was sie will, woher ihre Grenzen stammen, "
        "mit Beispielen und damit, wie oft Leser sie im Irrtum fanden.", "what": "Was sie meldet",
        "why": "Warum das wichtig ist", "fix": "Was zu tun ist", "options": "Optionen",
        "option": "Option", "about": "Was sie einstellt", "default": "Vorgabe",
        "bad": "Ein Beispiel, das durchfällt", "good": "Ein Beispiel, das besteht",
        "source": "Woher die Grenzen stammen", "wrong": "Wie oft sie irrt", "severity": "Schwere",
        "read": "Von {count} Befunden auf echten Blogs, die Menschen an Ort und Stelle gelesen "
        "haben, waren {wrong} falsch.",
        "unread": "Dafür sind zu wenige Befunde auf echten Blogs gelesen worden.",
        "off": "Abschalten lässt sie sich mit `ignore: [{rule}]` in bloglint.yml oder in einem "
        "Beitrag mit `<!-- bloglint-disable {rule} der Grund -->`.",
        "dates": "Beiträge vom {dates}", "off_title": "Wo sie nicht passt",
        "press": "Mit dieser Pressemitteilung:",
    },
}  # fmt: skip


def on_pre_build(config: Any) -> None:
    """Write the pages on the rules into the folder ``rules``, which Git ignores."""
    rules, read = load_rules(), _read()
    folder = Path(config["docs_dir"]) / "rules"
    folder.mkdir(exist_ok=True)
    for language in LANGUAGES:
        end = "" if language == "en" else f".{language}"
        pages = {"index": _index(rules, language)}
        pages |= {rule.id: _page(rule, language, read[rule.id]) for rule in rules.values()}
        for name, lines in pages.items():
            (folder / f"{name}{end}.md").write_text("\n".join(lines) + "\n", "utf-8")


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
    severity = rule.severity if isinstance(rule.severity, str) else ", ".join(
        dict.fromkeys(rule.severity.values()))  # fmt: skip
    yield f"# {rule.id}\n\n**{say(rule.title, language)}** · {words['severity']}: {severity}\n"
    yield f"## {words['why']}\n\n{say(rule.why, language)}\n"
    yield f"## {words['what']}\n"
    for message in dict.fromkeys(say(one, language) for one in rule.message.values()):
        yield f"- {_plain(message)}"
    yield f"\n## {words['fix']}\n"
    for advice in dict.fromkeys(say(one, language) for one in rule.advice.values()):
        yield f"- {_plain(advice)}"
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
    yield f"## {words['off_title']}\n\n{words['off'].format(rule=rule.id)}"


def _example(rule: Rule, verdict: str, language: str) -> Iterator[str]:
    words = _WORDS[language]
    found = [e for e in rule.examples if e.verdict == verdict and e.language == language]
    if not found:
        return
    example = found[0]
    yield f"\n## {words[verdict]}\n"
    if example.dates:
        yield f"{words['dates'].format(dates=', '.join(example.dates))}:\n"
    for text in example.texts or [example.text] * bool(example.text):
        yield f"> {_plain(' '.join(text.split())[:600])}\n"
    for text in example.press[:1]:
        yield f"{words['press']}\n\n> {_plain(' '.join(text.split())[:600])}\n"


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    said = str(value)
    return f"`{said.replace('|', '¦')}`" if len(said) < 30 else "…"


def _plain(text: str) -> str:
    """Return a text that Markdown leaves as it is."""
    for mark in "\\`*_[]<>#":
        text = text.replace(mark, f"\\{mark}" if mark not in "<>" else f"&{'lg'[mark == '>']}t;")
    return text
