"""Short notices to Slack, Teams, Mattermost and others, through Apprise (the extra ``notify``)."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from bloglint.model import BloglintError, ConfigError, Report, translate
from bloglint.model.messages import missing_extra

#: The variable with the services' addresses, which hold their secrets.
VARIABLE = "BLOGLINT_NOTIFY"


class NoticeError(BloglintError):
    """A notice could not be delivered (exit code 4)."""


def services(environment: Mapping[str, str]) -> Any:
    """Return Apprise with the services that ``BLOGLINT_NOTIFY`` names, separated by blanks.

    Raises:
        ConfigError: Apprise is not installed, no service is named, or one cannot be understood; the
            addresses themselves are never told.
    """
    if find_spec("apprise") is None:
        raise missing_extra(translate("--notify needs an extra package"), "notify", "--notify")
    import apprise

    addresses = environment.get(VARIABLE, "").split()
    if not addresses:
        raise ConfigError(
            translate("no service is named"),
            translate("Set BLOGLINT_NOTIFY to addresses of Apprise, such as slack://…"),
            "--notify",
        )
    found = apprise.Apprise()
    for number, address in enumerate(addresses, 1):
        if not found.add(address):
            raise ConfigError(
                translate("address {number} is none that Apprise knows", number=number),
                translate("Compare it with Apprise's list of services."),
                VARIABLE,
            )
    return found


def notify(report: Report, to: Any, language: str) -> None:
    """Send the subject and the text of the mail to services.

    Raises:
        NoticeError: one did not take it.
    """
    from bloglint.reporters.mail import mail_text, subject

    if not to.notify(title=subject(report, language), body=mail_text(report, language)):
        raise NoticeError(
            translate("a service did not take the notice"),
            translate("Check its address and that it can be reached."),
            VARIABLE,
        )
