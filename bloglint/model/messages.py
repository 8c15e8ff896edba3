"""Texts for readers in several languages, and the errors that carry them."""

from collections.abc import Mapping
from datetime import date


class Text(str):
    """Words for a reader in English and German; as a plain string it is the English."""

    de: str

    def __new__(cls, en: str, de: str) -> "Text":
        """The English makes the string."""
        text = super().__new__(cls, en)
        text.de = de
        return text

    def __reduce__(self) -> tuple[type["Text"], tuple[str, str]]:
        """What it is made of, for copies."""
        return Text, (str(self), self.de)


def say(text: str, language: str) -> str:
    """``text`` in the reader's language, where it exists in several."""
    return text.de if language == "de" and isinstance(text, Text) else str(text)


def posts_counted(count: int) -> Text:
    """A number of posts in words."""
    return (
        Text("1 post", "1 Beitrag") if count == 1 else Text(f"{count} posts", f"{count} Beiträge")
    )


#: Why something that was read is no post that counts, by the key in `Blog.left_out`.
LEFT_OUT: Mapping[str, Text] = {
    "draft": Text("draft", "Entwurf"),
    "future": Text("future", "künftig"),
    "no date": Text("without a date", "ohne Datum"),
    "not a post": Text("no post", "kein Beitrag"),
    "unreadable": Text("unreadable", "unlesbar"),
    "translation": Text("translation", "Übersetzung"),
    "duplicate": Text("duplicate", "doppelt"),
    "comment": Text("comment", "Kommentar"),
}


def left_out_said(left_out: Mapping[str, int]) -> Text:
    """What was no post, by reason, in words."""
    named = [(count, LEFT_OUT.get(why, Text(why, why))) for why, count in left_out.items()]
    return Text(
        ", ".join(f"{count} {why}" for count, why in named),
        ", ".join(f"{count} {why.de}" for count, why in named),
    )


def write_date(day: date, language: str) -> str:
    """A date as a reader of ``language`` writes it."""
    return f"{day.day}.{day.month}.{day.year}" if language == "de" else f"{day.day} {day:%B %Y}"


class BloglintError(Exception):
    """Something a user can mend: what happened, where, and what to do."""

    def __init__(self, message: str, advice: str = "", where: str = "") -> None:
        super().__init__(message)
        self.message, self.advice, self.where = message, advice, where

    def __str__(self) -> str:
        return self.said("en")

    def said(self, language: str) -> str:
        """The whole of it in the reader's language."""
        message, advice = say(self.message, language), say(self.advice, language)
        place = f"{self.where}: " if self.where else ""
        stop = "" if not advice or message.endswith((".", "!", "?")) else "."
        return f"{place}{message}{stop}" + (f" {advice}" if advice else "")


class SourceError(BloglintError):
    """A source could not be read (exit code 3)."""


class ConfigError(BloglintError):
    """The call, the configuration or a rule is wrong (exit code 2)."""
