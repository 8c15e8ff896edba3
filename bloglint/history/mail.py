"""Reports sent by SMTP. The server and its credentials come from the environment only."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

import msgspec

from bloglint.model import BloglintError, ConfigError, Report, Text, translate

#: The timeout for connecting and for each reply, in seconds.
PATIENCE = 30.0
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class MailError(BloglintError):
    """A mail could not be sent (exit code 4). Says what failed, where, and what to do."""


class Server(msgspec.Struct, frozen=True):
    """A mail server, as set by BLOGLINT_SMTP_HOST, _PORT, _SECURITY, _USER, _PASSWORD and _FROM."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Server:
        """Return the server described by the environment variables.

        Raises:
            ConfigError: no server is named, or a setting is invalid.
        """
        said = {
            name: environment.get(f"BLOGLINT_SMTP_{name.upper()}", "").strip()
            for name in ("host", "port", "security", "user", "password", "from")
        }
        if not said["host"]:
            raise ConfigError(
                translate("no mail server is named"),
                translate(
                    "Set BLOGLINT_SMTP_HOST (and _USER, _PASSWORD, _FROM, _PORT, _SECURITY)."
                ),
                "--mail-to",
            )
        security = said["security"].lower() or ("tls" if said["port"] == "465" else "starttls")
        if security not in _PORTS or (security == "none" and said["host"] not in _LOOPBACK):
            raise ConfigError(
                translate("mail is not sent by {security!r}", security=security),
                translate("Write starttls or tls (none on this machine only)."),
                "BLOGLINT_SMTP_SECURITY",
            )
        port = said["port"] or str(_PORTS[security])
        if not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
            raise ConfigError(
                translate("{port!r} is no port", port=port),
                translate("Write a number, such as 587."),
                "BLOGLINT_SMTP_PORT",
            )
        sender = said["from"] or said["user"] or f"bloglint@{said['host']}"
        check_address(sender, "BLOGLINT_SMTP_FROM")
        return cls(said["host"], int(port), security, said["user"], said["password"], sender)


def check_address(address: str, where: str = "--mail-to") -> None:
    """Check that ``address`` could be a mailbox.

    Raises:
        ConfigError: it could not.
    """
    name, _, host = address.rpartition("@")
    if not name or not host or any(letter.isspace() or letter in ",;<>" for letter in address):
        raise ConfigError(
            translate("{address!r} is no address", address=address),
            translate("Write it like lead@agency.example."),
            where,
        )


def compose(
    report: Report, to: Sequence[str], sender: str, language: str, page: str, text: str, html: str
) -> EmailMessage:
    """Compose a mail: ``text`` and ``html`` as its body, the whole report ``page`` attached."""
    from bloglint.reporters.mail import subject

    message = EmailMessage()
    message["Subject"] = subject(report, language)
    message["From"], message["To"] = sender, ", ".join(to)
    message["Date"] = format_datetime(report.as_of)
    message["Message-ID"] = make_msgid(domain="bloglint.invalid")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    name = f"bloglint-{report.as_of.date().isoformat()}.html"
    message.add_attachment(
        page.encode("utf-8", "replace"), maintype="text", subtype="html", filename=name
    )
    return message


def send(message: EmailMessage, server: Server, trust: ssl.SSLContext | None = None) -> None:
    """Hand a mail to its server, over TLS unless the server's security is ``none``.

    Raises:
        MailError: the server refuses it or does not answer.
    """
    where = f"{server.host}:{server.port}"
    context = trust or ssl.create_default_context()
    try:
        if server.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=PATIENCE, context=context
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
        with smtp:
            if server.security == "starttls":
                smtp.starttls(context=context)
            if server.user:
                smtp.login(server.user, server.password)
            refused = smtp.send_message(message)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise MailError(_why(error), _CHECK, where) from None
    if refused:
        named = ", ".join(refused)
        raise MailError(translate("the server refused {named}", named=named), _CHECK, where)


_CHECK = translate("Check the address, BLOGLINT_SMTP_* and the server's log.")


def _why(error: Exception) -> Text:
    """The server's reply in words, never anything sent to it."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return translate("the server refuses the user or password")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        named = ", ".join(error.recipients)
        return translate("the server refused {named}", named=named)
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        reply = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return translate(
            "the server refused ({smtp_code} {reply})", smtp_code=error.smtp_code, reply=reply
        )
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return translate("no answer within {patience:.0f} seconds", patience=PATIENCE)
    return translate("no connection ({error})", error=error)
