"""What can go wrong on the way to an address, as users are told."""

from __future__ import annotations

from urllib.parse import urlsplit

from bloglint.model import SourceError, Text, write_date
from bloglint.web.addresses import shown

#: Answers that may be another one in a moment.
PASSING = frozenset({429, 500, 502, 503, 504})


class StatusError(SourceError):
    """A server that refuses; ``status`` is its code."""

    def __init__(
        self, status: int, phrase: str, address: str, wait: float | None, *, as_user: bool = False
    ) -> None:
        en, de = _STATUS.get(status, _STATUS[500 if status >= 500 else 404])
        if status == 401 and as_user:
            en, de = _NOT_ACCEPTED
        later = Text("", "")
        if wait is not None and status in PASSING:
            later = Text(f" (come back in {wait:.0f} s)", f" (wieder in {wait:.0f} s)")
        super().__init__(
            Text(
                f"the server answered {status} {phrase}".rstrip() + later,
                f"der Server antwortete {status} {phrase}".rstrip() + later.de,
            ),
            Text(en, de),
            shown(address),
        )
        self.status = status


_NOT_ACCEPTED = (
    "It does not accept the user and password in the address: check them.",
    "Er nimmt Benutzer und Passwort aus der Adresse nicht an: prüfen Sie diese.",
)
_STATUS = {
    401: (
        "Put user and password into the address: https://user:password@host/feed.",
        "Schreiben Sie Benutzer und Passwort in die Adresse: https://user:passwort@host/feed.",
    ),
    403: (
        "The server lets nobody, or no program, read this; ask who runs the site.",
        "Der Server lässt niemanden oder kein Programm lesen; fragen Sie, wer die Site betreibt.",
    ),
    404: (
        "Open the address in a browser and copy the feed's address from there.",
        "Öffnen Sie die Adresse im Browser und kopieren Sie die Adresse des Feeds von dort.",
    ),
    410: (
        "It was removed for good: take it off your list, or look for the blog's new address.",
        "Sie wurde für immer entfernt: von der Liste streichen oder die neue Adresse suchen.",
    ),
    429: (
        "It was asked too often; try again later.",
        "Es wurde zu oft gefragt; später noch einmal versuchen.",
    ),
    500: (
        "That is the server's own trouble; try again later.",
        "Das liegt am Server; später noch einmal versuchen.",
    ),
}


def is_certificate(error: Exception) -> bool:
    """Whether a connection failed because of the server's certificate."""
    return "CERTIFICATE_VERIFY_FAILED" in str(error)


def moved(named: str, to: str) -> Text:
    """What to say of an address that redirects for good."""
    return Text(
        f"{shown(named)} moved for good to {shown(to)}: use the new address",
        f"{shown(named)} ist für immer umgezogen nach {shown(to)}: die neue Adresse verwenden",
    )


def cached_copy(named: str, date: str) -> Text:
    """What to say of an answer that no server was asked for; ``date`` is its header Date."""
    from email.utils import parsedate_to_datetime

    try:
        day = parsedate_to_datetime(date).date()
    except (TypeError, ValueError):
        return Text(f"a kept copy of {shown(named)}", f"eine aufbewahrte Kopie von {shown(named)}")
    return Text(
        f"a kept copy of {shown(named)}, fetched on {write_date(day, 'en')}: what came later is "
        "not known",
        f"eine aufbewahrte Kopie von {shown(named)}, geholt am {write_date(day, 'de')}: was danach "
        "kam, ist nicht bekannt",
    )


def not_web(address: str) -> SourceError:
    """An address of another kind than http and https."""
    return SourceError(
        Text("only http and https addresses can be read", "lesbar sind nur http und https"),
        Text("Check the address.", "Prüfen Sie die Adresse."),
        shown(address),
    )


def unfit(address: str, why: str) -> SourceError:
    """What cannot be an address."""
    if "@" in address:  # the reason may hold a piece of the password
        return SourceError(
            Text("this is no address", "das ist keine Adresse"),
            Text(
                "Write / ? # @ and blanks in a user or password as %2F %3F %23 %40 and %20.",
                "Schreiben Sie / ? # @ und Leerzeichen in Benutzer oder Passwort als %2F %3F %23 "
                "%40 und %20.",
            ),
            shown(address),
        )
    return SourceError(
        Text(f"this is no address ({why})", f"das ist keine Adresse ({why})"),
        Text("Check how it is written.", "Prüfen Sie, wie sie geschrieben ist."),
        shown(address),
    )


def too_big(limit: int, named: str) -> SourceError:
    """An answer over the ``limit`` in bytes."""
    size = f"{limit / 1_000_000:g} MB"
    return SourceError(
        Text(f"the answer is over {size}", f"die Antwort ist größer als {size}"),
        Text(
            "Raise max_feed_mb in bloglint.yml, or let the feed hold fewer posts.",
            "Erhöhen Sie max_feed_mb in bloglint.yml, oder kürzen Sie den Feed.",
        ),
        shown(named),
    )


def unfit_answer(why: Text, named: str) -> SourceError:
    """An answer whose body cannot be decoded."""
    return SourceError(
        Text(f"the answer cannot be read: {why}", f"die Antwort ist nicht lesbar: {why.de}"),
        Text("Tell who runs the site.", "Sagen Sie es dem Betreiber der Site."),
        shown(named),
    )


def private(address: str, named: str) -> SourceError:
    """An address that was followed into a private network."""
    host = urlsplit(address).hostname or ""
    return SourceError(
        Text(
            f"it leads to {host}, which lies in a private network",
            f"sie führt zu {host}, das in einem privaten Netz liegt",
        ),
        Text(
            "If that is meant, name that address itself.",
            "Wenn das gewollt ist, nennen Sie diese Adresse selbst.",
        ),
        shown(named),
    )


def late(seconds: float, named: str) -> SourceError:
    """An answer that did not end in time."""
    return SourceError(
        Text(
            f"no whole answer within {seconds:g} seconds",
            f"keine ganze Antwort in {seconds:g} Sekunden",
        ),
        Text("Try again later.", "Später noch einmal versuchen."),
        shown(named),
    )


def broken(error: Exception, named: str) -> SourceError:
    """A connection that failed, or was never made."""
    why = str(error) or type(error).__name__
    if is_certificate(error):
        why = why.rpartition("verify failed: ")[2].partition(" (_ssl")[0]
        return SourceError(
            Text(
                f"the server's certificate is not valid ({why})",
                f"das Zertifikat des Servers ist nicht gültig ({why})",
            ),
            Text(
                "Tell who runs the site; for a CA of your own set SSL_CERT_FILE.",
                "Sagen Sie es dem Betreiber; für eine eigene CA setzen Sie SSL_CERT_FILE.",
            ),
            shown(named),
        )
    return SourceError(
        Text(f"cannot be fetched ({why})", f"nicht abrufbar ({why})"),
        Text("Check the address and the connection.", "Prüfen Sie die Adresse und die Verbindung."),
        shown(named),
    )
