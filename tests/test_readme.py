"""Every command of both READMEs works as printed, against a loopback server."""

import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from calls import Said
from pytest_httpserver import HTTPServer

ROOT = Path(__file__).parent.parent
LAYOUTS = ROOT / "tests/sources/layouts"
#: What needs a mail server of the user's own.
MAIL = re.compile(r" --mail-to \S+")


def commands() -> list[str]:
    """The lines of the READMEs' code blocks that call bloglint, without comments."""
    found: list[str] = []
    for name in ("README.md", "README.de.md"):
        text = (ROOT / name).read_text("utf-8")
        for block in re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
            for line in block.splitlines():
                command = re.split(r"\s+# ", line)[0].strip()
                if command.startswith("bloglint "):
                    found.append(command)
    return list(dict.fromkeys(found))


@pytest.fixture
def company(tmp_path: Path, httpserver: HTTPServer) -> Path:
    """A repository with posts, releases, an export and lists, and the same blog on the web."""
    import shutil

    shutil.copytree(ROOT / "examples/failing-en/posts", tmp_path / "content/posts")
    for name in ("newsroom", "presse"):
        shutil.copytree(ROOT / "examples/failing-en/newsroom", tmp_path / name)
    export = next((LAYOUTS / "exports").rglob("*.xml"))
    shutil.copy(export, tmp_path / "export.xml")
    feed = (ROOT / "examples/failing-en/feed.xml").read_bytes()
    link = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    for path, body, kind in (
        ("/feed.xml", feed, "application/rss+xml"),
        ("/", f"<html><head>{link}</head></html>".encode(), "text/html"),
        ("/news", feed, "application/rss+xml"),
        ("/news/feed.xml", feed, "application/rss+xml"),
    ):
        httpserver.expect_request(path).respond_with_data(body, content_type=kind)
    (tmp_path / "blogs.opml").write_text(
        '<opml version="2.0"><body><outline type="rss" text="Pumps" '
        f'xmlUrl="{httpserver.url_for("/feed.xml")}"/></body></opml>',
        "utf-8",
    )
    (tmp_path / "portfolio.yml").write_text(
        f"blogs:\n  - {{name: Pumps, feed: '{httpserver.url_for('/feed.xml')}'}}\n", "utf-8"
    )
    post = sorted((tmp_path / "content/posts").iterdir())[0]
    for name in ("draft.md", "entwurf.md"):
        shutil.copy(post, tmp_path / name)
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@b.example"]
    for arguments in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "x"],
                      ["update-ref", "refs/remotes/origin/main", "HEAD"]):  # fmt: skip
        subprocess.run([*git, *arguments], cwd=tmp_path, check=True, capture_output=True)
    return tmp_path


def test_the_readmes_hold_commands() -> None:
    assert len(commands()) > 15


@pytest.mark.parametrize("command", commands())
def test_a_command_of_the_readme_works(
    call: Callable[..., Said],
    company: Path,
    httpserver: HTTPServer,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
) -> None:
    monkeypatch.setenv("BLOGLINT_CACHE", str(company / "cache"))
    monkeypatch.setenv("BLOGLINT_HISTORY", str(company / "history.sqlite"))
    here = httpserver.url_for("")
    asked = re.sub(r"https://(?:blog|x)\.example", here.rstrip("/"), MAIL.sub("", command))
    if "--changed" in asked:
        (company / "bloglint.yml").write_text("source: content/posts\n", "utf-8")
    said = call(*shlex.split(asked)[1:], cwd=company)
    assert said.code in (0, 1), said.err
    assert "Traceback" not in said.err and (said.out or said.err)
