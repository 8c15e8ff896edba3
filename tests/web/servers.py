"""Servers on loopback that answer byte by byte what a test tells them."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

Answering = Callable[[socket.socket, str], None]


@contextmanager
def serving(
    answer: Answering, *, family: int = socket.AF_INET, tls: ssl.SSLContext | None = None
) -> Iterator[str]:
    """A server whose connections are handed to ``answer`` with the path asked for; its address."""
    host = "::1" if family == socket.AF_INET6 else "127.0.0.1"
    listening = socket.create_server((host, 0), family=socket.AddressFamily(family))
    ended = threading.Event()

    def one(connection: socket.socket) -> None:
        with suppress(OSError):
            if tls:
                connection = tls.wrap_socket(connection, server_side=True)
            with connection:
                asked = connection.recv(65536).split(b"\r\n")[0].split()
                answer(connection, asked[1].decode() if len(asked) > 1 else "")

    def serve() -> None:
        while not ended.is_set():
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=one, args=(connection,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    name = f"[{host}]" if family == socket.AF_INET6 else host
    try:
        yield f"{'https' if tls else 'http'}://{name}:{listening.getsockname()[1]}"
    finally:
        ended.set()
        listening.close()


def head(status: str = "200 OK", **fields: str) -> bytes:
    """The head of an answer; ``_`` in a field's name stands for ``-``."""
    lines = [f"HTTP/1.1 {status}", *(f"{k.replace('_', '-')}: {v}" for k, v in fields.items())]
    return ("\r\n".join([*lines, "Connection: close"]) + "\r\n\r\n").encode()


def certificate(folder: Path, name: str, *, expired: bool = False) -> tuple[Path, ssl.SSLContext]:
    """The file of a certificate authority, and a server's side with a certificate of it."""
    import trustme

    authority = trustme.CA()
    until = datetime(2020, 2, 1, tzinfo=UTC) if expired else None
    since = datetime(2020, 1, 1, tzinfo=UTC) if expired else None
    issued = authority.issue_cert(name, not_before=since, not_after=until)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issued.configure_cert(context)
    authority.cert_pem.write_to_path(folder / "authority.pem")
    return folder / "authority.pem", context
