"""A real server (nginx) with TLS, redirects, compression and conditional requests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bloglint.api import check_sources
from bloglint.config import Config, Settings
from bloglint.running.options import RunOptions

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
CONFIGURATION = """
daemon off; master_process off; pid {place}/pid; error_log {place}/errors;
events {{}}
http {{
  types {{ application/rss+xml xml; text/html html; }}
  log_format told '$status $body_bytes_sent $sent_http_content_encoding $uri';
  access_log {place}/log told;
  client_body_temp_path {place}/1; proxy_temp_path {place}/2; fastcgi_temp_path {place}/3;
  uwsgi_temp_path {place}/4; scgi_temp_path {place}/5;
  gzip on; gzip_types application/rss+xml; gzip_min_length 100;
  server {{
    listen 127.0.0.1:{port} ssl;
    server_name localhost;
    ssl_certificate {place}/cert.pem; ssl_certificate_key {place}/cert.pem;
    root {root};
    location = /old {{ return 301 https://localhost:{port}/feed-en.xml; }}
    location = /away {{ return 302 https://127.0.0.1:{port}/feed-en.xml; }}
  }}
}}
"""


@pytest.fixture
def nginx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an nginx that serves the examples; its log is ``log`` in ``tmp_path``."""
    if not shutil.which("nginx"):
        if os.environ.get("BLOGLINT_ALL_TESTS"):
            pytest.fail("nginx is not installed")
        pytest.skip("needs nginx (a Debian package)")
    import trustme

    authority = trustme.CA()
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(
        tmp_path / "cert.pem"
    )
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = tmp_path / "root"
    root.mkdir()
    for language in ("en", "de"):
        shutil.copy(EXAMPLES / f"healthy-{language}" / "feed.xml", root / f"feed-{language}.xml")
    (root / "index.html").write_text(
        '<!doctype html><link rel="alternate" type="application/rss+xml" href="feed-de.xml">'
    )
    settings = tmp_path / "nginx.conf"
    settings.write_text(CONFIGURATION.format(place=tmp_path, port=port, root=root))
    server = subprocess.Popen(["nginx", "-p", str(tmp_path), "-c", str(settings)])
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"https://localhost:{port}"
    finally:
        server.terminate()
        server.wait(10)


def test_a_second_check_downloads_nothing_anew(nginx: str, tmp_path: Path) -> None:
    sources = [f"{nginx}/old", f"{nginx}/", f"{nginx}/away"]

    def run() -> tuple[list[str], list[str], list[str]]:
        (tmp_path / "log").write_text("")
        report = check_sources(
            sources, Settings(Config()), RunOptions(as_of="2026-06-30", cache=tmp_path)
        )
        log = (tmp_path / "log").read_text().splitlines()
        scores = [f"{blog.title} {blog.score} {blog.posts_judged}" for blog in report.blogs]
        notes = [note for blog in report.blogs for note in blog.notes]
        assert [error.source for error in report.errors] == sources[2:]
        assert "private network" in str(report.errors[0].message)
        return scores, log, notes

    scores, log, notes = run()
    assert len(scores) == 2 and any("moved for good" in note for note in notes)
    loaded = [line.split() for line in log if line.startswith("200") and "/feed-" in line]
    assert len(loaded) == 2 and {line[2] for line in loaded} == {"gzip"}
    again, log, _ = run()
    assert again == scores
    assert not [line for line in log if line.startswith("200") and int(line.split()[1]) > 0], log
