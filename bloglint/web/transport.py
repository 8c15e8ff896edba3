"""HTTP transport that applies proxies, passwords and address checks to requests."""

from __future__ import annotations

import ssl
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from bloglint.web.addresses import origin_of
from bloglint.web.network import AddressRefusedError, Backend, is_private


class Sending(httpx.BaseTransport):
    """Transport that sends each request to the address in its ``address`` extension, via any proxy.

    The request's own address contains no secrets. Passwords are added here, below the cache, so
    that they are never stored. A proxy resolves host names itself, so behind one a host can only
    be checked by its name.
    """

    def __init__(self, named: Collection[str], secrets: Mapping[str, tuple[str, str]]) -> None:
        self._named, self._secrets = named, secrets
        self._certificates = httpx.create_ssl_context()
        self._proxies = getproxies()
        self._ways: dict[str, _Pool] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send ``request`` and return the response, with its body still unread."""
        address = request.extensions["address"]
        request.url = httpx.URL(address)
        user = self._secrets.get(origin_of(address))
        if user:
            request = next(httpx.BasicAuth(*user).auth_flow(request))
        host = request.url.raw_host.decode("ascii")
        proxy = "" if proxy_bypass(host) else self._proxy(request.url.scheme)
        if proxy and host not in self._named and is_private(host):
            raise AddressRefusedError(host)
        return self._way(proxy).handle_request(request)

    def close(self) -> None:
        """Close all connections."""
        for way in self._ways.values():
            way.close()

    def _proxy(self, scheme: str) -> str:
        proxy = self._proxies.get(scheme) or self._proxies.get("all") or ""
        return f"http://{proxy}" if proxy and "://" not in proxy else proxy

    def _way(self, proxy: str) -> _Pool:
        if proxy not in self._ways:
            named = {urlsplit(proxy).hostname or ""} if proxy else self._named
            self._ways[proxy] = _Pool(proxy, self._certificates, Backend(named))
        return self._ways[proxy]


class _Pool:
    """A pool of httpcore connections over our own network backend, for httpx requests.

    httpcore is used directly because httpx does not let callers choose a backend.
    """

    def __init__(self, proxy: str, certificates: ssl.SSLContext, backend: Backend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=certificates,
            proxy=_proxy(proxy) if proxy else None,
            network_backend=backend,
            max_connections=100,
            max_keepalive_connections=20,
            keepalive_expiry=5.0,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send ``request`` and return the response, with its body still unread."""
        url = request.url
        with _errors_of_httpx():
            answer = self._pool.handle_request(
                httpcore.Request(
                    request.method,
                    httpcore.URL(
                        scheme=url.raw_scheme,
                        host=url.raw_host,
                        port=url.port,
                        target=url.raw_path,
                    ),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=dict(answer.extensions),
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """The body of an httpcore response."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with _errors_of_httpx():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        """Return the connection to the pool."""
        self._answer.close()


def _proxy(address: str) -> httpcore.Proxy:
    url = httpx.URL(address)
    auth = (url.username.encode(), url.password.encode()) if url.username or url.password else None
    bare = url.copy_with(username=None, password=None)
    return httpcore.Proxy(str(bare), auth=auth)


@contextmanager
def _errors_of_httpx() -> Iterator[None]:
    """Translate httpcore errors into the httpx errors of the same names."""
    try:
        yield
    except Exception as error:
        kind = getattr(httpx, type(error).__name__, None)
        if type(error).__module__.partition(".")[0] == "httpcore" and kind is not None:
            raise kind(str(error)) from error
        raise


def behind_proxy() -> bool:
    """Whether the environment sends requests through a proxy."""
    return bool({"http", "https", "all"} & set(getproxies()))
