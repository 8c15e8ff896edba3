"""Network connections that respect a deadline and reach only permitted addresses."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from contextvars import ContextVar
from ipaddress import ip_address
from typing import Any

import httpcore

#: The deadline of the current thread's request, on the monotonic clock.
DEADLINE: ContextVar[float] = ContextVar("deadline", default=float("inf"))


class AddressRefusedError(Exception):
    """An address reached by following a link or redirect lies in a private network."""


class Backend(httpcore.NetworkBackend):
    """Network backend that reaches any host ``named`` by the user, and only public hosts otherwise.

    The check applies to the very address that the socket connects to, so a name that changes its
    address between two lookups cannot evade it.
    """

    def __init__(self, named: Collection[str]) -> None:
        self._named = named
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Open a stream to ``host``; a name is looked up only once."""
        wait = _left(timeout, httpcore.ConnectTimeout)
        if host in self._named:
            stream = self._plain.connect_tcp(host, port, wait, local_address, socket_options)
            return _Timed(stream)
        from ssrfguard import Policy
        from ssrfguard.errors import SSRFGuardError
        from ssrfguard.httpx import SafeBackend

        public = SafeBackend(policy=Policy(allowed_ports=frozenset(range(1, 65536))))
        try:
            stream = public.connect_tcp(host, port, wait, local_address, socket_options)
        except SSRFGuardError as error:
            raise AddressRefusedError(str(error)) from None
        return _Timed(stream)


class _Timed(httpcore.NetworkStream):
    """A stream that waits no longer than the request's deadline allows."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        wait = _left(timeout, httpcore.ConnectTimeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, wait))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def is_private(host: str) -> bool:
    """Whether a host is not public judging by its name, all that is known behind a proxy."""
    name = host.strip("[]").lower()
    try:
        return not ip_address(name).is_global
    except ValueError:
        local = (".localhost", ".local", ".internal", ".home.arpa", ".lan")
        return name == "localhost" or name.endswith(local) or "." not in name


def _left(timeout: float | None, late: type[Exception]) -> float:
    left = DEADLINE.get() - time.monotonic()
    if left <= 0:
        raise late("the time for the whole request is over")
    return left if timeout is None else min(timeout, left)
