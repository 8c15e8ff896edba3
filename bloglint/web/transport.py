"""How requests leave: through proxies, with passwords, to the address they stand for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from bloglint.web.addresses import origin_of
from bloglint.web.network import AddressRefusedError, Backend, is_private


class Sending(httpx.BaseTransport):
    """Sends a request to the address in its extension ``address``, through the proxy for it.

    The request's own address shows no secret, and passwords are added here, below the cache, so
    that none is ever stored. Behind a proxy, which looks names up itself, the address of a host can
    be judged by its name only.
    """

    def __init__(self, named: Collection[str], secrets: Mapping[str, tuple[str, str]]) -> None:
        self._named, self._secrets = named, secrets
        self._certificates = httpx.create_ssl_context()
        self._proxies = getproxies()
        self._ways: dict[str, httpx.HTTPTransport] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer; its body is still to be read."""
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

    def _way(self, proxy: str) -> httpx.HTTPTransport:
        if proxy not in self._ways:
            way = httpx.HTTPTransport(verify=self._certificates, proxy=proxy or None)
            # httpx has no parameter for it: every pool of httpcore has.
            way._pool._network_backend = Backend(
                {urlsplit(proxy).hostname or ""} if proxy else self._named
            )
            self._ways[proxy] = way
        return self._ways[proxy]


def behind_proxy() -> bool:
    """Whether the environment sends requests through a proxy."""
    return bool({"http", "https", "all"} & set(getproxies()))
