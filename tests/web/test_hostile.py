"""Servers that mislead, stall or flood: each ends in time, with one clear message."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from pathlib import Path

import pytest
from servers import Answering, certificate, head, serving

import bloglint
from bloglint.model import SourceError
from bloglint.running.options import RunOptions
from bloglint.web import Web, client

FEED = (
    b"<?xml version='1.0'?><rss version='2.0'><channel><title>B</title><item><title>T</title>"
    b"<guid>1</guid><pubDate>Mon, 01 Jun 2026 10:00:00 GMT</pubDate>"
    b"<description>The pump runs.</description></item></channel></rss>"
)


def fail(answer: Answering, *, seconds: float = 5, max_bytes: int = 1_000_000) -> str:
    """The one message that such a server's answer ends with, in time."""
    with serving(answer) as address:
        web = Web(seconds=seconds, max_bytes=max_bytes, sleep=lambda wait: None)
        begun = time.monotonic()
        with pytest.raises(SourceError) as caught:
            web.get(web.trust(address + "/feed"))
        assert time.monotonic() - begun < seconds + 2
        web.close()
    assert caught.value.in_language("de") != caught.value.in_language("en")
    return str(caught.value)


def test_an_endless_body_ends_at_the_limit() -> None:
    def answer(connection: socket.socket, path: str) -> None:
        connection.sendall(head())
        while True:
            connection.sendall(b"x" * 65536)

    assert "over 1 MB" in fail(answer)


@pytest.mark.parametrize("what", ["head", "body"])
def test_a_slow_drip_ends_in_time(what: str) -> None:
    def answer(connection: socket.socket, path: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n" if what == "head" else head())
        while True:
            connection.sendall(b"X")
            time.sleep(0.05)

    assert "no whole answer within 1 seconds" in fail(answer, seconds=1)


def test_thirty_redirects_and_a_loop_end_after_ten() -> None:
    def thirty(connection: socket.socket, path: str) -> None:
        number = int(path.rpartition("/")[2]) + 1 if path != "/feed" else 1
        connection.sendall(head("302 Found", Location=f"/{number}", Content_Length="0"))

    def loop(connection: socket.socket, path: str) -> None:
        connection.sendall(head("302 Found", Location="/feed", Content_Length="0"))

    assert "redirects more than 10 times" in fail(thirty)
    assert "redirects more than 10 times" in fail(loop)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("file:///etc/passwd", "is no web address"),
        ("ftp://x.example/feed", "is no web address"),
        ("http://localhost:{port}/feed", "private network"),
        ("http://[::1]:{port}/feed", "private network"),
        ("http://169.254.169.254/latest", "private network"),
        ("http://[::ffff:10.0.0.1]/feed", "private network"),
        ("http://192.168.0.1/feed", "private network"),
    ],
)
def test_a_redirect_leads_nowhere_private(target: str, said: str) -> None:
    def answer(connection: socket.socket, path: str) -> None:
        port = connection.getsockname()[1]
        to = target.format(port=port)
        connection.sendall(head("301 Moved", Location=to, Content_Length="0"))

    assert said in fail(answer)


def test_a_name_that_resolves_to_a_private_address_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = socket.getaddrinfo

    def resolve(host: object, *args: object, **more: object) -> object:
        name = host.decode() if isinstance(host, bytes) else host
        return known("127.0.0.1" if name == "pump.example" else host, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    def answer(connection: socket.socket, path: str) -> None:
        to = f"http://pump.example:{connection.getsockname()[1]}/feed"
        connection.sendall(head("302 Found", Location=to, Content_Length="0"))

    assert "pump.example, which lies in a private network" in fail(answer)


@pytest.mark.parametrize(
    ("code", "asked"), [(socket.EAI_NONAME, 1), (socket.EAI_AGAIN, client.RETRIES + 1)]
)
def test_a_host_that_does_not_exist_is_not_asked_again(
    monkeypatch: pytest.MonkeyPatch, code: int, asked: int
) -> None:
    names = []

    def resolve(host: object, *_: object, **__: object) -> object:
        names.append(host)
        raise socket.gaierror(code, "no address")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(SourceError, match=r"no host pump\.example|no address"):
        Web(sleep=lambda wait: None).get("http://pump.example/feed")
    assert len(names) == asked


def test_a_body_that_is_shorter_than_it_says_is_told() -> None:
    def answer(connection: socket.socket, path: str) -> None:
        connection.sendall(head(Content_Length="5000") + FEED)

    assert "cannot be fetched" in fail(answer)


def test_a_connection_cut_in_the_middle_is_tried_again() -> None:
    asked = []

    def answer(connection: socket.socket, path: str) -> None:
        asked.append(path)
        whole = head(Content_Length=str(len(FEED))) + FEED
        connection.sendall(whole if len(asked) > 1 else whole[:-50])

    with serving(answer) as address:
        web = Web(sleep=lambda wait: None)
        assert web.get(web.trust(address)).content == FEED
    assert len(asked) == 2


def test_an_announced_size_over_the_limit_is_refused_at_once() -> None:
    def answer(connection: socket.socket, path: str) -> None:
        connection.sendall(head(Content_Length="200000000"))
        time.sleep(10)

    assert "over 1 MB" in fail(answer, seconds=3)


def bomb(coding: str) -> bytes:
    """About 300 MB of zeros, compressed."""
    block = bytes(1_000_000)
    if coding == "br":
        import brotli

        made = brotli.Compressor(quality=9)
        return b"".join([*(made.process(block) for _ in range(300)), made.finish()])
    if coding == "zstd":
        zstd = pytest.importorskip("backports.zstd")
        packer = zstd.ZstdCompressor()
        return b"".join([*(packer.compress(block) for _ in range(300)), packer.flush()])
    bits = {"gzip": 31, "deflate": 15}[coding]
    zipped = zlib.compressobj(9, zlib.DEFLATED, bits)
    return b"".join([*(zipped.compress(block) for _ in range(300)), zipped.flush()])


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_is_refused_at_the_limit(coding: str) -> None:
    import tracemalloc

    packed = bomb(coding)

    def answer(connection: socket.socket, path: str) -> None:
        connection.sendall(head(Content_Encoding=coding) + packed)

    tracemalloc.start()
    assert "over 1 MB" in fail(answer)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 30_000_000


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw deflate", "br", "zstd", "gzip, br"])
def test_every_compression_is_read(coding: str) -> None:
    import brotli

    def packed(one: str, data: bytes) -> bytes:
        if one == "gzip":
            return gzip.compress(data[:100]) + gzip.compress(data[100:])  # two members
        if one == "deflate":
            return zlib.compress(data)
        if one == "raw deflate":
            made = zlib.compressobj(9, zlib.DEFLATED, -15)
            return made.compress(data) + made.flush()
        if one == "zstd":
            return bytes(pytest.importorskip("backports.zstd").compress(data))
        return bytes(brotli.compress(data))

    data = FEED
    for one in coding.split(", "):
        data = packed(one, data)

    def answer(connection: socket.socket, path: str) -> None:
        connection.sendall(head(Content_Encoding=coding.removeprefix("raw ")) + data)

    with serving(answer) as address:
        web = Web()
        assert web.get(web.trust(address)).content == FEED


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "rot13"])
def test_broken_compression_is_told(coding: str) -> None:
    def answer(connection: socket.socket, path: str) -> None:
        connection.sendall(head(Content_Encoding=coding) + b"\x78no compression at all")

    assert "the answer cannot be read" in fail(answer)


@pytest.mark.parametrize("kind", ["expired", "other name", "unknown"])
def test_a_certificate_that_does_not_hold_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    name = "other.example" if kind == "other name" else "localhost"
    authority, tls = certificate(tmp_path, name, expired=kind == "expired")
    if kind != "unknown":
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with serving(lambda connection, path: None, tls=tls) as address:
        web = Web(sleep=lambda wait: None)
        with pytest.raises(SourceError, match="certificate is not valid"):
            web.get(web.trust(address.replace("127.0.0.1", "localhost")))


def test_an_own_ca_is_taken_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, tls = certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))

    def answer(connection: socket.socket, path: str) -> None:
        connection.sendall(head() + FEED)

    with serving(answer, tls=tls) as address:
        web = Web()
        assert web.get(web.trust(address.replace("127.0.0.1", "localhost"))).content == FEED


def test_a_server_with_an_ipv6_address_only() -> None:
    def answer(connection: socket.socket, path: str) -> None:
        connection.sendall(head() + FEED)

    try:
        with serving(answer, family=socket.AF_INET6) as address:
            web = Web()
            assert web.get(web.trust(address + "/feed")).content == FEED
    except OSError:
        pytest.skip("this machine has no IPv6")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!doctype html><html><title>Error</title><body>Sorry</body></html>", "links no feed"),
        (b"", "nothing in it"),
        (b"\0" * 5000, "nothing in it"),
        (b'{"error": "no"}', "this is JSON"),
    ],
)
def test_what_is_no_feed_is_told_and_the_others_are_judged(
    tmp_path: Path, content: bytes, said: str
) -> None:
    def answer(connection: socket.socket, path: str) -> None:
        found = path in {"/bad", "/good"}
        body = (FEED if path == "/good" else content) if found else b""
        status = "200 OK" if found else "404 Not Found"
        connection.sendall(head(status, Content_Length=str(len(body))) + body)

    from bloglint.api import check_sources
    from bloglint.config import Config, Settings

    with serving(answer) as address:
        sources = [f"{address}/bad", f"{address}/good"]
        report = check_sources(sources, Settings(Config()), RunOptions(as_of="2026-06-20"))
    assert [error.source for error in report.errors] == sources[:1]
    assert said in str(report.errors[0].message) and str(report.errors[0].advice)
    assert [blog.source for blog in report.blogs] == sources[1:]


BOMBS = {
    "billion laughs": b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "haha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>",
    "external entity": b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY j SYSTEM "file:///etc/passwd">]>',
}


@pytest.mark.parametrize("kind", sorted(BOMBS))
def test_entities_are_not_expanded(tmp_path: Path, kind: str) -> None:
    text = FEED.replace(b"<?xml version='1.0'?>", BOMBS[kind]).replace(b"<title>T", b"<title>T&j;")
    (tmp_path / "feed.xml").write_bytes(text)
    report = bloglint.check(tmp_path / "feed.xml", as_of="2026-06-20")
    shown = str(report)
    assert "root:" not in shown and shown.count("haha") < 100


def test_deep_nesting_and_nul_bytes_are_survived(tmp_path: Path) -> None:
    deep = b"<description>" + b"<div>" * 50_000
    (tmp_path / "deep.xml").write_bytes(FEED.replace(b"<description>", deep))
    (tmp_path / "nul.xml").write_bytes(FEED.replace(b"pump", b"pu\0mp"))
    for name in ("deep.xml", "nul.xml"):
        report = bloglint.check(tmp_path / name, as_of="2026-06-20")
        assert report.blogs or report.errors


@pytest.mark.parametrize("real", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "utf-16", "klingon", ""])
@pytest.mark.parametrize("header", ["utf-8", "us-ascii", ""])
def test_every_wrong_charset_declaration(real: str, declared: str, header: str) -> None:
    from bloglint.sources.feeds.feed import read_feed

    told = f" encoding='{declared}'" if declared else ""
    text = FEED.decode().replace("<?xml version='1.0'", f"<?xml version='1.0'{told}")
    text = text.replace("<title>T", "<title>Grüße – „Öl“")
    kind = f"application/rss+xml; charset={header}" if header else "application/rss+xml"
    blog = read_feed(text.encode(real), "x", headers={"Content-Type": kind})
    assert blog.posts[0].title == "Grüße – „Öl“"
