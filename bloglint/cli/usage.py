"""Wrong calls in the words of all other errors: what is wrong, and what to write instead."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

import typer

from bloglint.model import Text, say, translate
from bloglint.model.messages import joined, plain

#: What is asked for by options of other tools, or of another command.
_ELSEWHERE = {
    "--fix": translate("bloglint changes no post; each finding says what to do."),
    "--diff": translate("bloglint changes no post; each finding says what to do."),
    "--mail-to": translate("--mail-to belongs to bloglint report."),
    "--watch": translate("Run it again after each change; what is known costs nothing."),
}


#: The base of all that Typer raises for a wrong call; it has no public name of its own.
UsageError: type[Any] = typer.BadParameter.__mro__[1]


def said(error: Any, language: str) -> str:
    """A wrong call as a sentence, with advice."""
    message, advice = _told(error)
    return f"{say(message, language)}. {say(advice, language)}".rstrip()


def _told(error: Any) -> tuple[Text, Text]:
    command = error.ctx.info_name if error.ctx else ""
    help_ = translate("bloglint {command} --help lists all.", command=command)
    if error.ctx is None or error.ctx.parent is None:
        help_ = translate("bloglint --help lists the commands.")
    if hasattr(error, "option_name"):
        name = error.option_name
        return translate("there is no option {name}", name=name), _instead(name, error, help_)
    if hasattr(error, "param_type"):
        name = _name(error.param)
        return translate("{name} is missing", name=name), help_
    if isinstance(error, typer.BadParameter):
        choices = getattr(getattr(error.param, "type", None), "choices", ())
        known = [str(getattr(one, "value", one)) for one in choices]
        if known:
            advice = translate("Use one of {known}.", known=", ".join(known))
            return translate("{name}: this value is unknown", name=_name(error.param)), advice
        return joined(": ", [plain(_name(error.param)), plain(error.message.rstrip("."))]), help_
    if "No such command" in error.message:
        name = error.message.partition("'")[2].partition("'")[0]
        return translate("there is no command {name}", name=name), help_
    return plain(error.message.rstrip(".")), help_


def _instead(name: str, error: Any, help_: Text) -> Text:
    if name in _ELSEWHERE:
        return _ELSEWHERE[name]
    near = get_close_matches(name, error.possibilities or (), n=1, cutoff=0.7)
    if near:
        return translate("Did you mean {near}?", near=near[0])
    return help_


def _name(param: Any) -> str:
    options = [one for one in getattr(param, "opts", ()) if one.startswith("--")]
    return options[0] if options else (getattr(param, "metavar", None) or "?")
