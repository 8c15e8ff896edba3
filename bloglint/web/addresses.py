"""Web addresses, and the removal of passwords and tokens from them."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from bloglint.lazy import lazy

#: User and password before a host, even where special characters in the password or a missing or
#: misspelt scheme make the address invalid.
_USER = lazy(
    r"(?<=//)[^/?#@\n]*@(?=[^/?#\s])|(?<=//)[^\s/?#@:]+:(?!\d{1,5}(?:[/?#\s]|$))[^\n@]*@"
    r"|(?:^|(?<=[a-zA-Z:]/))[^\s/?#@:]+:(?!//)[^\n@]*@(?=[\w\[])"
)
#: A parameter of an address: what begins it, its name and its value.
_PARAMETER = lazy(r"([?&;#])([^=&;#?\s\"'<>]{1,200})=([^&;#\s\"'<>]+)")
#: Names of parameters whose values seem to grant access.
_SECRET = lazy(
    r"[\w.-]*(?:token|secret|passw|passphrase|credential|signature|apikey|api_key|api-key)[\w.-]*"
    r"|key|pass|pwd|pw|auth|authkey|authorization|access|private|sig|sid|session|sessionid|jwt|code"
    r"|hash|[\w.-]*[_-](?:key|auth|sig|pass|pwd)",
    re.IGNORECASE,
)
#: A user and a password within a value, before a host.
_USER_INSIDE = lazy(r"(?<![^\s/?#@:])[^\s/?#@:]{1,1000}:[^\s/@]{1,1000}@[\w\[]")


def shown(address: str) -> str:
    """``address`` without secrets, safe for output, logs and caches.

    Names and values of parameters are recognised however they are percent-encoded.
    """
    return _PARAMETER.sub(_masked, _USER.sub("", address))


def _masked(parameter: re.Match[str]) -> str:
    mark, name, value = parameter.groups()
    if _SECRET.fullmatch(_decoded(name)) or _USER_INSIDE.search(_decoded(value)):
        return f"{mark}{name}=***"
    return parameter.group()


def _decoded(text: str) -> str:
    """Return a text without percent-encoding, which may have been applied more than once."""
    for _ in range(3):
        if "%" not in text:
            break
        text = unquote(text)
    return text


def plain(address: str) -> str:
    """A canonical form of ``address`` without secrets, for comparing different spellings.

    Omits the scheme, the fragment, a leading ``www.`` and trailing slashes.
    """
    if "://" not in address:
        return address
    _, _, rest = shown(address).partition("://")
    host, slash, path = rest.partition("#")[0].partition("/")
    return f"{host.lower().removeprefix('www.')}{slash}{path}".rstrip("/")


def split_user(address: str) -> tuple[str, tuple[str, str] | None]:
    """Split an address into the address without credentials, and user and password or None."""
    parts = urlsplit(address)
    if "@" not in parts.netloc:
        return address, None
    user, _, host = parts.netloc.rpartition("@")
    name, _, password = user.partition(":")
    return parts._replace(netloc=host).geturl(), (unquote(name), unquote(password))


def origin_of(address: str) -> str:
    """The scheme, host and port of an address, to which a password is bound."""
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"{parts.scheme}://{ascii_host(parts.hostname or '')}:{port}"


def ascii_host(host: str) -> str:
    """A host name in its ASCII form, as used for lookups."""
    import httpx

    try:
        bare = f"[{host}]" if ":" in host else host
        return httpx.URL(f"http://{bare}/").raw_host.decode("ascii")
    except (httpx.InvalidURL, UnicodeError):
        return host.lower()
