"""Web client for one run, with limits on time and size, a cache, and respect for robots.txt."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urljoin, urlsplit

from bloglint import __version__
from bloglint.lazy import lazy
from bloglint.model import SourceError, Text, translate
from bloglint.web import errors
from bloglint.web.addresses import ascii_host, origin_of, shown, split_user

if TYPE_CHECKING:
    import httpx

MAX_BYTES = 20_000_000
MAX_REDIRECTS = 10
#: Timeouts in seconds: to connect, to read, and for an address with all redirects and retries.
CONNECT_SECONDS, READ_SECONDS, TOTAL_SECONDS = 10.0, 20.0, 60.0
#: Retries after a temporary failure, and the longest wait before one that a server may demand.
RETRIES = 2
MAX_WAIT_SECONDS = 20.0
#: The minimum delay between two pages of one host; robots.txt may demand more.
PAGE_DELAY_SECONDS = 0.25
_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's response.

    Attributes:
        content: the decoded body.
        headers: the response headers.
        url: the address after all redirects.
        notes: notes for the user.
        cached: whether the body came from the cache.
    """

    content: bytes
    headers: Mapping[str, str]
    url: str
    notes: tuple[Text, ...] = ()
    cached: bool = False


class Web:
    """HTTP client for fetching addresses; safe to use from several threads.

    Hosts named by the user are registered with `trust`; only these may have private addresses.

    Args:
        cache: the folder of the cache, or None for no cache.
        offline: whether to answer from the cache only.
        refresh: whether to revalidate everything with the server.
        max_bytes: the largest response body allowed.
        seconds: the time limit for one address; set in tests.
        sleep: the function to wait with; set in tests.
    """

    def __init__(
        self,
        cache: Path | None = None,
        *,
        offline: bool = False,
        refresh: bool = False,
        max_bytes: int = MAX_BYTES,
        seconds: float = TOTAL_SECONDS,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        from bloglint.web.robots import Robots

        self.cache, self._offline, self._refresh = cache, offline, refresh
        self._max_bytes, self._seconds, self._sleep = max_bytes, seconds, sleep
        self.until: float | None = None
        self._named: set[str] = set()
        self._secrets: dict[str, tuple[str, str]] = {}
        self._client: httpx.Client | None = None
        self._storage: Any = None
        self._lock = threading.Lock()
        self._hosts: dict[str, threading.Lock] = {}
        self._visited: dict[str, float] = {}
        self._robots = Robots(self._robots_text)
        self.downloaded = 0

    def trust(self, address: str, *, named: bool = True) -> str:
        """Store the user and password in ``address``, and return the address without them.

        If ``named``, its host counts as named by the user; pass False for an address that only
        appears in a list from elsewhere.

        Raises:
            SourceError: it is not a valid web address.
        """
        try:
            plain, user = split_user(_FEED_SCHEME.sub(_web_scheme, address.strip()))
            parts = urlsplit(plain)
            host = parts.hostname or ""
            _ = parts.port
        except ValueError as error:
            raise errors.unfit(address, str(error)) from None
        if parts.scheme.lower() not in {"http", "https"} or not host:
            raise errors.not_web(address)
        if named:
            self._named.add(ascii_host(host))
        if user:
            self._secrets[origin_of(plain)] = user
        return plain

    def get(
        self,
        address: str,
        *,
        max_bytes: int | None = None,
        delay: float = 0,
        retries: int = RETRIES,
        by: float | None = None,
    ) -> Answer:
        """Fetch ``address``, following redirects.

        ``delay`` is the minimum number of seconds between two requests to its host; ``retries`` is
        how often a temporary failure is tried again, and ``by`` a moment of the monotonic clock
        by which the answer must be there.

        Raises:
            SourceError: the address, the server or the response is at fault; says what to do.
        """
        limits = (time.monotonic() + self._seconds, self.until, by)
        until = min(one for one in limits if one is not None)
        moved: list[str] = []
        permanent = True
        current = address
        for _ in range(MAX_REDIRECTS + 1):
            status, headers, content, cached = self._ask(
                current, address, until, max_bytes, delay, retries
            )
            target = headers.get("location")
            if status not in _REDIRECTS:
                notes = [errors.moved(address, moved[-1])] if moved else []
                if self._offline:
                    notes.append(errors.cached_copy(address, headers.get("date", "")))
                return Answer(content, headers, current, tuple(notes), cached)
            if not target:
                raise SourceError(
                    translate("it redirects to nowhere"),
                    translate("Check it in a browser."),
                    shown(address),
                )
            current = self._target(current, target, address)
            permanent = permanent and status in _PERMANENT
            if permanent:
                moved.append(current)
        raise SourceError(
            translate(
                "the address redirects more than {max_redirects} times", max_redirects=MAX_REDIRECTS
            ),
            translate("Check it in a browser."),
            shown(address),
        )

    def page(self, address: str) -> Answer:
        """Fetch a page that the user did not name, one at a time and only if robots.txt allows it.

        Raises:
            SourceError: as for `get`, or because robots.txt forbids the page.
        """
        manners = self._robots.manners(address, PAGE_DELAY_SECONDS)
        if not manners.allowed:
            raise SourceError(
                translate("the site's robots.txt forbids it"),
                translate("Ask who runs the site."),
                shown(address),
            )
        return self.get(address, delay=manners.delay)

    @property
    def blind(self) -> bool:
        """Whether requests go through a proxy, which resolves host names itself."""
        from bloglint.web.transport import behind_proxy

        return behind_proxy()

    def sitemaps(self, address: str) -> list[str]:
        """The sitemaps listed in the robots.txt of the address's host."""
        return self._robots.sitemaps(address)

    def close(self) -> None:
        """Close all connections and the cache."""
        if self._client is not None:
            self._client.close()
        elif self._storage is not None:
            self._storage.close()

    def _robots_text(self, address: str) -> str | None:
        try:
            return self.get(address, max_bytes=500_000).content.decode("utf-8", "replace")
        except errors.StatusError as error:
            return "" if 400 <= error.status < 500 and error.status != 429 else None
        except SourceError:
            return "" if self._offline else None

    def _target(self, current: str, target: str, named: str) -> str:
        """The address that a redirect leads to, which must be http or https."""
        try:
            leads, _ = split_user(urljoin(current, target.strip()))
            parts = urlsplit(leads)
            host, _ = parts.hostname, parts.port
        except ValueError as error:
            raise errors.unfit(target, str(error)) from None
        if parts.scheme not in {"http", "https"} or not host:
            leads_to = shown(leads)[:200]
            raise SourceError(
                translate("it redirects to {leads_to}, which is no web address", leads_to=leads_to),
                translate("Check it in a browser."),
                shown(named),
            )
        return parts._replace(fragment="").geturl()

    def _ask(
        self,
        address: str,
        named: str,
        until: float,
        max_bytes: int | None,
        delay: float,
        retries: int,
    ) -> tuple[int, Mapping[str, str], bytes, bool]:
        """Send one request, retrying after temporary failures."""
        if self._offline:
            return self._cached(address, named, max_bytes)
        for attempt in range(retries + 1):
            try:
                with self._queue(address, delay):
                    return self._send(address, named, until, max_bytes)
            except _PassingError as error:
                import random

                wait = error.wait if error.wait is not None else 0.5 * 2**attempt
                wait += random.uniform(0, 0.25)
                over = wait > MAX_WAIT_SECONDS or time.monotonic() + wait > until
                if attempt == retries or over:
                    raise error.error_ from None
                self._sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    @contextmanager
    def _queue(self, address: str, delay: float) -> Iterator[None]:
        """Admit one request per host at a time, ``delay`` seconds after the last one sent."""
        host = urlsplit(address).netloc
        with self._lock:
            lock = self._hosts.setdefault(host, threading.Lock())
        with lock:
            wait = self._visited.get(host, float("-inf")) + delay - time.monotonic()
            if wait > 0:
                self._sleep(wait)
            before = self.downloaded
            yield
            if self.downloaded > before:
                self._visited[host] = time.monotonic()

    def _opened(self) -> httpx.Client:
        with self._lock:
            if self._client is None:
                import httpx

                from bloglint.web import cache
                from bloglint.web.transport import Sending

                transport: httpx.BaseTransport = Sending(self._named, self._secrets)
                self._storage = cache.open_storage(self.cache) if self.cache else None
                if self._storage is not None:
                    transport = cache.caching(self._storage, transport)
                self._client = httpx.Client(transport=transport, follow_redirects=False)
            return self._client

    def _send(
        self, address: str, named: str, until: float, max_bytes: int | None
    ) -> tuple[int, Mapping[str, str], bytes, bool]:
        import httpx

        from bloglint.web.bodies import ACCEPTED, BodyError, TooBigError, decoded
        from bloglint.web.cache import key_of
        from bloglint.web.network import DEADLINE, AddressRefusedError

        client = self._opened()
        limit = max_bytes or self._max_bytes
        headers = {
            "User-Agent": f"bloglint/{__version__} (blog linter; reads feeds)",
            "Accept": "application/atom+xml, application/rss+xml, application/feed+json, "
            "application/json;q=0.9, text/html;q=0.8, */*;q=0.5",
            "Accept-Encoding": ACCEPTED,
        }
        if self._refresh:
            headers["Cache-Control"] = "no-cache"
        reset = DEADLINE.set(until)
        try:
            request = client.build_request(
                "GET",
                shown(address),
                headers=headers,
                timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
                extensions={"caching": {"key": key_of(address)}, "address": address},
            )
            response = client.send(request, stream=True)
            try:
                status = response.status_code
                if status >= 400:
                    self._refused(response, named)
                if _length(response) > limit:
                    raise TooBigError
                content = decoded(
                    response.iter_raw(), response.headers.get("content-encoding", ""), limit
                )
            finally:
                response.close()
            known: Mapping[str, Any] = response.extensions.get("caching") or {}
            cached = bool(known.get("from_cache"))
            if not cached:
                self.downloaded += 1
            return status, dict(response.headers), content, cached
        except TooBigError:
            raise errors.too_big(limit, named) from None
        except BodyError as error:
            raise errors.unfit_answer(error.why, named) from None
        except AddressRefusedError:
            raise errors.private(address, named) from None
        except httpx.TimeoutException as error:
            late = time.monotonic() >= until
            error_ = errors.late(self._seconds if late else READ_SECONDS, named)
            if late:
                raise error_ from None
            raise _PassingError(error_) from error
        except httpx.InvalidURL as error:
            raise errors.unfit(named, str(error)) from None
        except (httpx.HTTPError, httpx.StreamError, OSError) as error:
            error_ = errors.broken(error, named)
            if isinstance(error, httpx.TransportError) and not errors.is_lasting(error):
                raise _PassingError(error_) from None
            raise error_ from None
        except (ValueError, UnicodeError) as error:  # a host name that no codec accepts
            raise errors.unfit(named, str(error)) from None
        finally:
            DEADLINE.reset(reset)

    def _refused(self, response: httpx.Response, named: str) -> NoReturn:
        status = response.status_code
        wait = _retry_after(response.headers.get("retry-after", ""))
        as_user = origin_of(named) in self._secrets
        error_ = errors.StatusError(status, response.reason_phrase, named, wait, as_user=as_user)
        if status in errors.PASSING:
            raise _PassingError(error_, wait)
        raise error_

    def _cached(
        self, address: str, named: str, max_bytes: int | None
    ) -> tuple[int, Mapping[str, str], bytes, bool]:
        """The cached response, however old."""
        from bloglint.web import cache
        from bloglint.web.bodies import BodyError, TooBigError, decoded

        with self._lock:
            if self._storage is None and self.cache:
                self._storage = cache.open_storage(self.cache)
            answer = cache.cached_answer(self._storage, address) if self._storage else None
            if answer is None:
                raise SourceError(
                    translate("nothing of it is kept"),
                    translate("Run once without --offline (and without --no-cache)."),
                    shown(named),
                )
            headers = {name.lower(): value for name, value in answer.headers.items()}
            try:
                codings = headers.get("content-encoding", "")
                content = decoded(answer.stream, codings, max_bytes or self._max_bytes)
            except BodyError as error:
                raise errors.unfit_answer(error.why, named) from None
            except TooBigError:
                raise errors.too_big(max_bytes or self._max_bytes, named) from None
        return answer.status_code, headers, content, True


#: The prefix of "feed://host" and "feed:https://host", which some pages use to link their feed.
_FEED_SCHEME = lazy(r"^feed:(//)?", re.IGNORECASE)


def _web_scheme(found: re.Match[str]) -> str:
    return "http://" if found[1] else ""


class _PassingError(Exception):
    """A failure that may be temporary; ``wait`` is the delay in seconds requested by the server."""

    def __init__(self, error_: SourceError, wait: float | None = None) -> None:
        super().__init__()
        self.error_, self.wait = error_, wait


def _length(response: httpx.Response) -> int:
    length = response.headers.get("content-length", "")
    return int(length) if length.isdecimal() else 0


def _retry_after(text: str) -> float | None:
    """The delay in seconds requested by a Retry-After header, given as seconds or a date."""
    if text.strip().isdecimal():
        return float(text)
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
