"""What a rule wants, in Markdown: a page of the documentation, of the terminal and of editors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from bloglint.languages import labels
from bloglint.lazy import lazy
from bloglint.model import say, write_date
from bloglint.reporters.words import number

if TYPE_CHECKING:
    from bloglint.rules import Rule

#: How many findings have to be read before the share of wrong ones is told.
_ENOUGH = 10
#: The most characters of an example, and what is shown of a longer one: its beginning and its end.
_LONG, _BEGINNING, _END = 900, 600, 250
#: The most characters of a default value.
_VALUE = 60
#: What a message takes from its finding.
_FIELD = lazy(r"(\{[^{}]*\})+")
#: What may be added to a message.
_MORE = lazy(r"\.\s?…$")


def rule_page(rule: Rule, language: str) -> str:
    """Return a page on a rule, with headings of the first and second level."""
    return "\n".join(_page(rule, language)) + "\n"


def _page(rule: Rule, language: str) -> Iterator[str]:
    words = labels("rule_page", language)
    levels = [rule.severity] if isinstance(rule.severity, str) else rule.severity.values()
    severity = ", ".join(labels("severities", language)[one] for one in dict.fromkeys(levels))
    title = _plain(say(rule.title, language))
    yield f"# {rule.id}\n\n**{title}** · {words['severity']}: {severity}\n"
    if rule.status == "preview":
        yield f"{_plain(words['preview'])}\n"
    if rule.why:
        yield f"## {words['why']}\n\n{_plain(say(rule.why, language))}\n"
    for name, texts in (("what", rule.message), ("fix", rule.advice)):
        yield f"## {words[name]}\n"
        for text in dict.fromkeys(say(one, language) for one in texts.values()):
            yield f"- {_plain(_MORE.sub('.', _FIELD.sub('…', text)))}"
        yield ""
    for verdict in ("bad", "good"):
        yield from _example(rule, verdict, language)
    yield from _options(rule, language)
    yield from _signals(rule, language)
    if rule.source:
        yield f"## {words['source']}\n\n{_plain(say(rule.source, language))}\n"
    said = words["unread"]
    if rule.read and rule.read.findings >= _ENOUGH:
        said = words["read"].format(count=rule.read.findings, wrong=rule.read.wrong)
    if not rule.file:
        yield f"## {words['wrong']}\n\n{said}\n"
    off = words["off_blog" if rule.scope == "blog" else "off_post"]
    yield f"## {words['misfit']}\n\n{off.format(rule=rule.id)}"


def _example(rule: Rule, verdict: str, language: str) -> Iterator[str]:
    words = labels("rule_page", language)
    of_kind = [one for one in rule.examples if one.verdict == verdict]
    example = next((one for one in of_kind if one.language == language), next(iter(of_kind), None))
    if example is None:
        return
    yield f"## {words[verdict]}\n"
    if example.dates:
        said = [words["dates"].format(dates=_days(example.dates, language))]
        if example.authors:
            said.append(words["by"].format(names=", ".join(example.authors)))
        if days := [day for day in example.reviews if day]:
            said.append(words["review"].format(days=_days(days, language)))
        said.append(words["as_of"].format(day=_days([example.as_of], language)))
        yield f"{', '.join(said)}.\n"
    for text in example.texts or [example.text] * bool(example.text):
        times = f" {words['times'].format(count=example.repeat)}" if example.repeat > 1 else ""
        yield f"> {_shown(text)}{times}\n"
    for text in example.press[:1]:
        yield f"{words['press']}\n\n> {_shown(text)}\n"


def _options(rule: Rule, language: str) -> Iterator[str]:
    """Yield the options as a list, each with its default and what the profiles use instead."""
    named = {name: one for name, one in rule.options.items() if one.about and name != "measure"}
    if not named:
        return
    yield f"## {labels('rule_page', language)['options']}\n"
    for name, one in named.items():
        others = (("starter", one.starter), ("strict", one.strict))
        profiles = ", ".join(f"{at} {_value(own)}" for at, own in others if own is not None)
        more = f" ({profiles})" if profiles else ""
        yield f"- `{name}` = {_value(one.default)}{more}: {_plain(say(one.about, language))}"
    yield ""


def _signals(rule: Rule, language: str) -> Iterator[str]:
    """Yield what a rule weighs, what speaks most for it first."""
    if not rule.signals:
        return
    words = labels("rule_page", language)
    reasons = {f"{rule.id}/{one.name}": say(one.why, language) for one in rule.lists}
    yield f"## {words['signals']}\n\n{words['signals_about']}\n"
    for signal in sorted(rule.signals, key=lambda signal: -signal.curve[-1][1]):
        about = say(signal.about, language) if signal.about else signal.name
        why = reasons.get(signal.phrases or "", "")
        adds = number(signal.curve[-1][1], language)
        sign = "+" if signal.curve[-1][1] > 0 else ""
        yield f"- {sign}{adds} {_plain(f'{about}: {why}' if why else about)}"
    yield ""


def _days(days: list[str], language: str) -> str:
    return ", ".join(write_date(date.fromisoformat(day), language) for day in days)


def in_yaml(value: Any) -> str:
    """Return a value as YAML writes it on one line."""
    import yaml

    said = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=1000)
    return said.removesuffix("\n...\n").strip()


def _value(value: Any) -> str:
    """Return a value as code; of a long one the beginning."""
    said = in_yaml(value)
    return f"`{said if len(said) <= _VALUE else said[: _VALUE - 1] + '…'}`"


def _shown(text: str) -> str:
    """Return an example on one line; of a long one the beginning and the end, which may matter."""
    line = " ".join(text.split())
    return _plain(line if len(line) <= _LONG else f"{line[:_BEGINNING]} … {line[-_END:]}")


def _plain(text: str) -> str:
    """Return a text that Markdown leaves as it is, but for code between backticks."""
    parts = text.split("`")
    is_code = len(parts) % 2 == 1
    plain = [one if is_code and n % 2 else _escaped(one) for n, one in enumerate(parts)]
    return ("`" if is_code else "\\`").join(plain)


def _escaped(text: str) -> str:
    for mark in "\\*_[]<>#":
        text = text.replace(mark, f"\\{mark}" if mark not in "<>" else f"&{'lg'[mark == '>']}t;")
    return text
