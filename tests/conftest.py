"""What every test needs: nothing of it touches the user's own files."""

import io
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from calls import ALL_TESTS, Said
from hypothesis import settings
from pytest_httpserver import HTTPServer

import bloglint
from bloglint.cli import app

EXAMPLES = Path(__file__).parents[1] / "examples"

# The processes that tests start compile the program once, not each for itself.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("quick", max_examples=20, deadline=None)
settings.register_profile("thorough", max_examples=40, deadline=None)
settings.load_profile("thorough" if ALL_TESTS else "quick")


@pytest.fixture
def httpserver(httpserver: HTTPServer) -> HTTPServer:
    """A server that answers 404 where a test names nothing: 500 would be asked for again."""
    httpserver.no_handler_status_code = 404
    return httpserver


@pytest.fixture(scope="session")
def judged_examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a cache in which the four examples have been judged."""
    folder = tmp_path_factory.mktemp("judged")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BLOGLINT_CACHE", str(folder))
        for posts in sorted(EXAMPLES.glob("*/posts")):
            bloglint.check(posts, as_of="2026-06-30")
    return folder


@pytest.fixture(autouse=True)
def _own_cache(
    judged_examples: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A test's own cache, which already knows the texts of the examples."""
    folder = tmp_path_factory.mktemp("cache")
    shutil.copytree(judged_examples, folder, dirs_exist_ok=True)
    monkeypatch.setenv("BLOGLINT_CACHE", str(folder))
    monkeypatch.setenv("BLOGLINT_HISTORY", str(folder / "history.sqlite"))
    return folder


@pytest.fixture
def call(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    """``call("check", …, cwd=…, stdin=…)`` in this process, without the runner's own variables."""
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)

    def called(*args: object, cwd: Path | None = None, stdin: str = "") -> Said:
        monkeypatch.setattr(sys, "argv", ["bloglint", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        before = Path.cwd()
        os.chdir(cwd or before)
        code = 0
        try:
            app.run()
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            os.chdir(before)
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return called
