"""Errors of fetching an address, as reported to users."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bloglint.model import SourceError, Text, translate
from bloglint.model.messages import plain
from bloglint.web.addresses import shown

#: Status codes of temporary failures, worth a retry.
PASSING = frozenset({429, 500, 502, 503, 504})


class StatusError(SourceError):
    """A server's refusal to answer a request; ``status`` is the HTTP status code."""

    def __init__(
        self, status: int, phrase: str, address: str, wait: float | None, *, as_user: bool = False
    ) -> None:
        advice = _STATUS.get(status, _STATUS[500 if status >= 500 else 404])
        if status == 401 and as_user:
            advice = _NOT_ACCEPTED
        later = plain("")
        if wait is not None and status in PASSING:
            later = translate(" (come back in {wait:.0f} s)", wait=wait)
        super().__init__(
            translate(
                "the server answered {answer}{later}",
                answer=f"{status} {phrase}".rstrip(),
                later=later,
            ),
            advice,
            shown(address),
        )
        self.status = status


_NOT_ACCEPTED = translate("It does not accept the user and password in the address: check them.")
_STATUS = {
    401: translate("Put user and password into the address: https://user:password@host/feed."),
    403: translate("The server lets nobody, or no program, read this; ask who runs the site."),
    404: translate("Open the address in a browser and copy the feed's address from there."),
    410: translate(
        "It was removed for good: take it off your list, or look for the blog's new address."
    ),
    429: translate("It was asked too often; try again later."),
    500: translate("That is the server's own trouble; try again later."),
}


def is_certificate(error: BaseException) -> bool:
    """Whether a connection failed because of the server's certificate."""
    return "CERTIFICATE_VERIFY_FAILED" in str(error)


def is_lasting(error: BaseException | None) -> bool:
    """Whether a connection will fail again: no such host, or a certificate that is not trusted."""
    import socket

    while error is not None:
        if isinstance(error, socket.gaierror) and error.errno == socket.EAI_NONAME:
            return True
        if is_certificate(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def moved(named: str, to: str) -> Text:
    """The note for an address that redirects permanently."""
    return translate(
        "{named} moved for good to {to}: use the new address", named=shown(named), to=shown(to)
    )


def cached_copy(named: str, date: str) -> Text:
    """The note for a response read from the cache offline; ``date`` is its Date header."""
    from email.utils import parsedate_to_datetime

    try:
        day = parsedate_to_datetime(date).date()
    except (TypeError, ValueError):
        return translate("a kept copy of {named}", named=shown(named))
    return translate(
        "a kept copy of {named}, fetched on {day}: what came later is not known",
        named=shown(named),
        day=day,
    )


def not_web(address: str) -> SourceError:
    """The error for an address that is neither http nor https."""
    return SourceError(
        translate("only http and https addresses can be read"),
        translate("Check the address."),
        shown(address),
    )


def unfit(address: str, why: str) -> SourceError:
    """The error for text that is not a valid address."""
    if "@" in address:  # the reason may contain part of the password
        return SourceError(
            translate("this is no address"),
            translate("Write / ? # @ and blanks in a user or password as %2F %3F %23 %40 and %20."),
            shown(address),
        )
    return SourceError(
        translate("this is no address ({why})", why=why),
        translate("Check how it is written."),
        shown(address),
    )


def too_big(limit: int, named: str) -> SourceError:
    """The error for a response larger than ``limit`` bytes."""
    size = f"{limit / 1_000_000:g} MB"
    return SourceError(
        translate("the answer is over {size}", size=size),
        translate("Raise max_feed_mb in bloglint.yml, or let the feed hold fewer posts."),
        shown(named),
    )


def unfit_answer(why: Text, named: str) -> SourceError:
    """The error for a response whose body cannot be decoded."""
    return SourceError(
        translate("the answer cannot be read: {why}", why=why),
        translate("Tell who runs the site."),
        shown(named),
    )


def private(address: str, named: str) -> SourceError:
    """The error for a link or redirect that leads into a private network."""
    host = urlsplit(address).hostname or ""
    return SourceError(
        translate("it leads to {host}, which lies in a private network", host=host),
        translate("If that is meant, name that address itself."),
        shown(named),
    )


def late(seconds: float, named: str) -> SourceError:
    """The error for a response that was not complete in time."""
    return SourceError(
        translate("no whole answer within {seconds:g} seconds", seconds=seconds),
        translate("Try again later."),
        shown(named),
    )


def broken(error: Exception, named: str) -> SourceError:
    """The error for a connection that failed or could not be established."""
    why = str(error) or type(error).__name__
    if is_certificate(error):
        why = why.rpartition("verify failed: ")[2].partition(" (_ssl")[0]
        return SourceError(
            translate("the server's certificate is not valid ({why})", why=why),
            translate("Tell who runs the site; for a CA of your own set SSL_CERT_FILE."),
            shown(named),
        )
    if is_lasting(error):
        host = urlsplit(named).hostname or named
        return SourceError(
            translate("there is no host {host}", host=host),
            translate("Check the spelling, or your connection."),
            shown(named),
        )
    return SourceError(
        translate("cannot be fetched ({why})", why=re.sub(r"^\[Errno -?\d+\] ", "", why)),
        translate("Check the address and the connection."),
        shown(named),
    )
