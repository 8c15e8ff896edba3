"""User-facing messages in every language of bloglint, and the errors that carry them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from bloglint import languages


class Text(msgspec.Struct, frozen=True):
    """A message by language code.

    English stands in for languages that are missing, and any other one for English.
    """

    texts: dict[str, str]

    def in_language(self, code: str) -> str:
        """Return the message in one language, or in English if it is missing."""
        return self.texts.get(code) or str(self)

    def __str__(self) -> str:
        return self.texts.get(languages.ENGLISH) or next(iter(self.texts.values()), "")

    def __contains__(self, words: str) -> bool:
        return words in str(self)

    def __bool__(self) -> bool:
        return bool(str(self))

    def __hash__(self) -> int:
        return hash(str(self))


def plain(words: str) -> Text:
    """Return a text that is the same in every language."""
    return Text({languages.ENGLISH: words})


def translate(english: str, /, **fields: Any) -> Text:
    """Return an English message in every language, with its ``{fields}`` filled in.

    Texts, dates and lists are formatted as each language writes them. If there are no fields,
    braces are plain characters.
    """
    return in_each(
        lambda code: _filled(languages.messages(code).get(english, english), code, fields)
    )


def in_each(words: Callable[[str], str]) -> Text:
    """Build a text by calling ``words`` with each language code."""
    return Text({code: words(code) for code in languages.codes()})


def joined(separator: str, texts: Iterable[Text | str]) -> Text:
    """Join several texts into one."""
    parts = list(texts)
    return in_each(lambda code: separator.join(say(part, code) for part in parts))


def say(text: Text | Mapping[str, str] | str, language: str) -> str:
    """Return ``text`` in the reader's language, if it exists in several."""
    if isinstance(text, Mapping):
        text = Text(dict(text))
    return text.in_language(language) if isinstance(text, Text) else str(text)


def _filled(template: str, code: str, fields: Mapping[str, Any]) -> str:
    if not fields:
        return template
    return template.format_map({name: _in(value, code) for name, value in fields.items()})


def _in(value: Any, code: str) -> Any:
    """Format a field for readers of a language; numbers keep their type for format codes."""
    if isinstance(value, Text):
        return value.in_language(code)
    if isinstance(value, date):
        return write_date(value, code)
    if isinstance(value, list | tuple):
        return ", ".join(str(_in(one, code)) for one in value)
    return value


def write_value(value: Any, code: str) -> Any:
    """Format a value for readers of a language: like a field, with numbers localised, too."""
    if isinstance(value, float):
        return write_number(f"{value:g}" if value == round(value, 2) else f"{value:.2f}", code)
    if isinstance(value, list | tuple):
        return ", ".join(str(write_value(one, code)) for one in value)
    if isinstance(value, Mapping):
        return value.get(code, value[languages.ENGLISH])
    return _in(value, code)


def write_count(value: Any, code: str) -> Any:
    """Format a value as `write_value` does, a whole number with separators of thousands."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1000:
        return write_number(f"{value:,}", code)
    return write_value(value, code)


def write_number(number: str, code: str) -> str:
    """Replace the separators of a number in English notation by those of another language."""
    formats = languages.formats(code)
    return number.translate({ord("."): formats.decimal, ord(","): formats.thousands})


def write_date(day: date, code: str, *, short: bool = False) -> str:
    """Format a date for readers of a language; ``short`` leaves out the year."""
    formats = languages.formats(code)
    names = {
        "month_name": formats.months[day.month - 1] if formats.months else day.month,
        "month_short": formats.months_short[day.month - 1] if formats.months_short else day.month,
    }
    pattern = formats.short_date if short else formats.date
    return pattern.format(day=day.day, month=day.month, year=day.year, **names)


def quoted(words: str) -> Text:
    """Return a passage in the quotation marks of each language."""
    marks = {code: languages.formats(code).quotes for code in languages.codes()}
    return in_each(lambda code: f"{marks[code][0]}{words}{marks[code][1]}")


def capitalised(text: str) -> str:
    """Return a text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def counted(what: str, count: int) -> Text | None:
    """Return a number of things in words ("1 error", "3 errors"), None for none of them.

    ``what`` names a pair of forms in the part ``counts`` of each language's labels.
    """
    if not count:
        return None
    return in_each(
        lambda code: languages.labels("counts", code)[f"{what}_one" if count == 1 else what].format(
            count=write_count(count, code)
        )
    )


def shorten(text: str, most: int) -> str:
    """Return a text of at most ``most`` characters, cut between two words."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def posts_counted(count: int) -> Text:
    """Return a number of posts as text."""
    return translate("1 post") if count == 1 else translate("{count} posts", count=count)


#: Why something that was read does not count as a post, by its key in `Blog.left_out`.
LEFT_OUT: Mapping[str, Text] = {
    "draft": translate("draft"),
    "future": translate("future"),
    "no date": translate("without a date"),
    "not a post": translate("no post"),
    "unreadable": translate("unreadable"),
    "translation": translate("translated"),
    "duplicate": translate("duplicate"),
    "comment": translate("comment"),
    "unlisted": translate("unlisted"),
    "template": translate("template"),
    "mail only": translate("sent as mail only"),
    "excluded": translate("excluded"),
}


def left_out_said(left_out: Mapping[str, int]) -> Text:
    """Describe what did not count as a post, by reason."""
    named = [(count, LEFT_OUT.get(why) or plain(why)) for why, count in left_out.items()]
    return joined(
        ", ", [translate("{why} ({count})", count=count, why=why) for count, why in named]
    )


class BloglintError(Exception):
    """An error that the user can fix: what happened, where, and what to do about it."""

    def __init__(self, message: Text | str, advice: Text | str = "", where: str = "") -> None:
        super().__init__(str(message))
        self.message, self.advice, self.where = message, advice, where

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.message, self.advice, self.where)

    def __str__(self) -> str:
        return self.in_language(languages.ENGLISH)

    def in_language(self, language: str) -> str:
        """Return the complete message in the reader's language."""
        message, advice = say(self.message, language), say(self.advice, language)
        place = f"{self.where}: " if self.where else ""
        stop = "" if not advice or message.endswith((".", "!", "?")) else "."
        return f"{place}{message}{stop}" + (f" {advice}" if advice else "")


class SourceError(BloglintError):
    """A source could not be read (exit code 3)."""


class ConfigError(BloglintError):
    """The command line, the configuration or a rule is invalid (exit code 2)."""


def missing_extra(message: Text, extra: str, where: str = "") -> ConfigError:
    """Return the error for an optional library that is not installed, with how to install it."""
    advice = translate("Install it: pip install 'bloglint[{extra}]'.", extra=extra)
    return ConfigError(message, advice, where)


class RuleError(ConfigError):
    """A rule's check failed (exit code 2); names the rule and its file."""

    @classmethod
    def of(cls, rule: str, file: str, error: Exception) -> RuleError:
        """Return the error for an exception raised by a rule of ``file``."""
        what = f"{type(error).__name__}: {error}"[:200]
        return cls(
            translate("rule {rule} failed ({what})", rule=rule, what=what),
            translate("Correct its check, or leave the rule out with --ignore."),
            file,
        )
