"""Addresses without what must never be shown: passwords and tokens."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from bloglint.lazy import lazy

#: A user and password in front of a host, also where slashes or marks in the password, or a scheme
#: that is missing or misspelt, make it no address at all.
_USER = lazy(
    r"(?<=//)[^/?#@\n]*@(?=[^/?#\s])|(?<=//)[^\s/?#@:]+:(?!\d{1,5}(?:[/?#\s]|$))[^\n@]*@"
    r"|(?:^|(?<=[a-zA-Z:]/))[^\s/?#@:]+:(?!//)[^\n@]*@(?=[\w\[])"
)
#: Parameters whose names say that their value opens a door.
_TOKEN = lazy(
    r"([?&;#](?:[\w.-]*(?:token|secret|passw|passphrase|credential|signature|apikey|api_key|api-key)"
    r"[\w.-]*|key|pass|pwd|pw|auth|authkey|sig|sid|session|sessionid|jwt|code|hash|[\w.-]*[_-]key)=)[^&;#\s\"'<>]+",
    re.IGNORECASE,
)


def shown(address: str) -> str:
    """``address`` as it may stand in output, logs and caches."""
    return _TOKEN.sub(r"\1***", _USER.sub("", address))


def plain(address: str) -> str:
    """What all ways to write one address have in common, without what must never be shown."""
    if "://" not in address:
        return address
    _, _, rest = shown(address).partition("://")
    host, slash, path = rest.partition("#")[0].partition("/")
    return f"{host.lower().removeprefix('www.')}{slash}{path}".rstrip("/")


def split_user(address: str) -> tuple[str, tuple[str, str] | None]:
    """An address without its user and password, and these."""
    parts = urlsplit(address)
    if "@" not in parts.netloc:
        return address, None
    user, _, host = parts.netloc.rpartition("@")
    name, _, password = user.partition(":")
    return parts._replace(netloc=host).geturl(), (unquote(name), unquote(password))


def origin_of(address: str) -> str:
    """Scheme, host and port of an address: whom a password is meant for."""
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"{parts.scheme}://{ascii_host(parts.hostname or '')}:{port}"


def ascii_host(host: str) -> str:
    """A host's name as it is looked up."""
    import httpx

    try:
        bare = f"[{host}]" if ":" in host else host
        return httpx.URL(f"http://{bare}/").raw_host.decode("ascii")
    except (httpx.InvalidURL, UnicodeError):
        return host.lower()
