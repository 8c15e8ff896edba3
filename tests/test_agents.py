"""What agents are told: the format for them, and the server."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bloglint.agents.server import Desk, server
from bloglint.cli.app import application

ROOT = Path(__file__).parents[1]
BLOG = ROOT / "examples" / "failing-en"
AS_OF = "2026-06-30"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(BLOG, cache=None)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "bloglint", *arguments]
    return subprocess.run(call, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_report_for_models_has_one_fact_a_line(language: str) -> None:
    done = run("check", str(BLOG / "posts"), "--as-of", AS_OF, "--isolated", "--format", "llm",
               "--lang", language)  # fmt: skip
    lines = done.stdout.splitlines()
    assert lines[0] == f"as_of: {AS_OF}" and lines[1].startswith("blog: ")
    names = ("as_of", "blog", "judged", "verdict", "summary", "step ", "reason ", "error ",
             "warning ", "info ", "more", "note")  # fmt: skip
    assert all(line.startswith(names) for line in lines) and "\x1b" not in done.stdout
    findings = [line for line in lines if line.startswith(("error ", "warning ", "info "))]
    assert len(findings) == 40 and lines[-1].startswith(("note", "more"))
    few = run("check", str(BLOG / "posts"), "--as-of", AS_OF, "--isolated", "--format", "llm",
              "--show", "3")  # fmt: skip
    assert sum(line.startswith(("error ", "warning ")) for line in few.stdout.splitlines()) == 3


def test_a_draft_is_judged_in_its_blog(desk: Desk) -> None:
    text = "# The pump\n\nWe took the the pump apart on Monday, because it had stopped. " * 6
    said = desk.check_draft(text, "posts/2026-06-29-the-pump.md")
    assert "decision: " in said and "bloat-unedited" in said and "the-pump.md:" in said
    assert not (BLOG / "posts" / "2026-06-29-the-pump.md").exists()


@pytest.mark.parametrize("path", ["../../README.md", "/etc/passwd", "posts/../../healthy-en"])
def test_nothing_is_read_outside_of_the_folder(desk: Desk, path: str) -> None:
    for said in (desk.check_draft("Text.", path), desk.check_blog(path), desk.list_due(path)):
        assert said.startswith("error: ") and "reads only below" in said


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "link").symlink_to(BLOG / "posts")
    said = Desk(tmp_path / "inside", cache=None).check_blog("link", AS_OF)
    assert "reads only below" in said


def test_addresses_are_not_read_unless_that_is_allowed(desk: Desk) -> None:
    assert "reads files only" in desk.check_blog("https://blog.example/feed.xml")
    assert "nur Dateien" in desk.list_due("http://127.0.0.1:9/feed", language="de")


def test_a_rule_is_explained_and_what_is_due_is_listed(desk: Desk) -> None:
    assert "## Where the limits come from" in desk.explain_rule("bloat-length")
    assert "known: " in desk.explain_rule("bloat")
    due = desk.list_due("posts", AS_OF)
    assert due.splitlines() and all(line[:3] == "202" for line in due.splitlines())


def test_the_server_answers_a_client(desk: Desk) -> None:
    mcp = pytest.importorskip("mcp")

    async def asked() -> tuple[set[str], str]:
        async with mcp.Client(server(desk)) as client:
            tools = await client.list_tools()
            answer = await client.call_tool("explain_rule", {"rule": "bloat-length"})
            return {tool.name for tool in tools.tools}, answer.content[0].text

    names, said = asyncio.run(asked())
    assert names == {"check_draft", "check_blog", "explain_rule", "list_due"}
    assert said.startswith("# bloat-length")


def test_the_command_speaks_on_its_standard_streams() -> None:
    ask = {"jsonrpc": "2.0", "id": 1, "method": "initialize",
           "params": {"protocolVersion": "2025-06-18", "capabilities": {},
                      "clientInfo": {"name": "test", "version": "1"}}}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "bloglint", "mcp", str(BLOG), "--no-cache"],
        input=json.dumps(ask) + "\n", capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    answer = json.loads(done.stdout.splitlines()[0])
    assert answer["result"]["serverInfo"]["name"] == "bloglint"


def test_a_folder_that_is_missing_is_told() -> None:
    done = run("mcp", "nowhere")
    assert done.returncode == 2 and "no such folder" in done.stderr


def test_explain_is_another_name_of_rule() -> None:
    assert run("explain", "bloat-length").stdout == run("rule", "bloat-length").stdout
    assert [one.name for one in application(["explain"]).registered_commands] == ["explain"]
