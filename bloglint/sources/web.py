"""Fetching an address, with limits on time, redirects and size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bloglint import __version__
from bloglint.model import SourceError

MAX_BYTES = 50_000_000
TIMEOUT_SECONDS = 20.0
MAX_REDIRECTS = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; ``url`` is the address after all redirects."""

    content: bytes
    headers: Mapping[str, str]
    url: str


def fetch(url: str, *, max_bytes: int = MAX_BYTES, timeout: float = TIMEOUT_SECONDS) -> Answer:
    """Fetch ``url`` over http or https; ``timeout`` is in seconds for each wait.

    Raises:
        SourceError: the address, the server or the answer's size is at fault.
    """
    if not url.startswith(("http://", "https://")):
        raise SourceError("only http and https addresses can be read", "", url)
    import httpx

    agent = {"User-Agent": f"bloglint/{__version__}"}
    try:
        with (
            httpx.Client(
                follow_redirects=True,
                timeout=timeout,
                max_redirects=MAX_REDIRECTS,
                headers=agent,
            ) as client,
            client.stream("GET", url) as response,
        ):
            if response.status_code >= 400:
                raise SourceError(
                    f"the server answered {response.status_code} {response.reason_phrase}",
                    "Open the address in a browser and copy the feed's address from there.",
                    url,
                )
            content = bytearray()
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > max_bytes:
                    raise SourceError(f"the answer is over {max_bytes:,} bytes", "", url)
            return Answer(bytes(content), dict(response.headers), str(response.url))
    except httpx.TooManyRedirects:
        message = f"the address redirects more than {MAX_REDIRECTS} times"
        raise SourceError(message, "Check it in a browser.", url) from None
    except httpx.TimeoutException:
        message = f"no answer within {timeout:g} seconds"
        raise SourceError(message, "Try again later.", url) from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        message = f"cannot be fetched ({error})"
        raise SourceError(message, "Check the address and the connection.", url) from None
