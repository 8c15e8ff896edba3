"""The help of the commands: options in panels, examples, exit codes, in the reader's language."""

from __future__ import annotations

from typing import Any

import typer

from bloglint.model import say, translate

_SOURCES, _JUDGING = translate("Sources"), translate("Judging")
_OUTPUT, _GATE, _RUN = translate("Output"), translate("Pull requests and gates"), translate("Run")
_PANELS = {
    _SOURCES: "--press --blog --changed --stdin-filename --limit --full-text --traffic",
    _JUDGING: "--as-of --select --ignore --preview --profile --config --isolated",
    _OUTPUT: "--format --table --split --open --all --show --by --statistics --show-suppressed "
    "--plan --color --lang --quiet --verbose --mail-to --mail-owners --notify "
    "--only-changes --older-than",
    _GATE: "--fail-on --fail-under --baseline --write-baseline --prune-baseline",
    _RUN: "--watch --save --db --jobs --cluster --max-runtime --offline --refresh --no-cache "
    "--force --github --gitlab --pre-commit --help",
}
_ARGUMENTS, _OPTIONS = translate("Arguments"), translate("Options")
_COMMANDS = translate("Commands")
_PANEL_OF = {option: panel for panel, options in _PANELS.items() for option in options.split()}
_EXAMPLES = {
    "check": "bloglint check https://blog.example/feed.xml\n\n"
    "bloglint check content/posts --press newsroom --format html=report.html\n\n"
    "bloglint check draft.md --blog content/posts",
    "report": "bloglint report https://blog.example --format html=report.html\n\n"
    "bloglint report portfolio.yml --mail-to lead@agency.example",
    "init": "bloglint init --github",
    "rule": "bloglint rule recycling-press",
}
#: Another name of --format, for those who know it from ruff, which would not fit its column.
_SYNONYM = "--output-format"
EXIT_CODES = translate(
    "Exit codes: 0 fine, 1 findings at or above --fail-on or a score under --fail-under, 2 a wrong "
    "call, 3 a source could not be read, 4 a result could not be written."
)


def prepare(command: Any, language: str) -> None:
    """Put the options of every command into panels, and translate what they say."""
    from typer import rich_utils

    rich_utils.DEFAULT_STRING = f"[{say(translate('default'), language)}: {{}}]"
    rich_utils.REQUIRED_LONG_STRING = f"[{say(translate('required'), language)}]"
    for name, one in {"": command, **getattr(command, "commands", {})}.items():
        one.help = _said(one.help, language)
        _head(one, language)
        shown = one.get_help_option(typer.Context(one, **command.context_settings))
        for param in (*one.params, *filter(None, [shown])):
            if getattr(param, "help", None):
                param.help = _said(param.help, language)
            if "--format" in param.opts and getattr(param, "multiple", False):
                param.help = say(translate("{names}; repeatable.", names=param.help), language)
            param.opts = [opt for opt in param.opts if opt != _SYNONYM]
            named = next((opt for opt in param.opts if opt in _PANEL_OF), None)
            if named and name:
                param.rich_help_panel = say(_PANEL_OF[named], language)
            else:
                is_option = param.param_type_name == "option"
                param.rich_help_panel = say(_OPTIONS if is_option else _ARGUMENTS, language)
        if name:
            one.rich_help_panel = say(_COMMANDS, language)
        if name in _EXAMPLES:
            one.epilog = f"{_EXAMPLES[name]}\n\n{say(EXIT_CODES, language)}"


def _head(command: Any, language: str) -> None:
    """Translate the line that says how a command is called."""
    usage = command.get_usage
    said = say(translate("Usage:"), language)
    command.options_metavar = say(translate("[OPTIONS]"), language)
    if hasattr(command, "subcommand_metavar"):
        command.subcommand_metavar = say(translate("COMMAND [ARGS]..."), language)
    command.get_usage = lambda ctx: usage(ctx).replace("Usage:", said, 1)


def _said(text: str | None, language: str) -> str:
    return say(translate(" ".join((text or "").split())), language)
