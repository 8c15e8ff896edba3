"""The server for editors, asked by a client as an editor asks it."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient
from pygls.uris import to_fs_path

from bloglint.api import check_sources
from bloglint.config import load
from bloglint.editor.desk import Desk
from bloglint.editor.server import SHOW
from bloglint.running.options import RunOptions

ROOT = Path(__file__).parents[1]
#: An editor that shows documents when it is asked to.
ABLE = lsp.ClientCapabilities(
    window=lsp.WindowClientCapabilities(show_document=lsp.ShowDocumentClientCapabilities(True))
)
SLIP = "\n\nWe took the the pump apart on Monday, because it had stopped in the night.\n"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    folder = tmp_path / "healthy" / "posts"
    shutil.copytree(ROOT / "examples" / "healthy-en" / "posts", folder)
    return folder


class Editor:
    """A client that keeps the diagnostics it is sent."""

    def __init__(self) -> None:
        self.client = LanguageClient("test", "1")
        self.shown: dict[str, list[lsp.Diagnostic]] = {}
        self.told = asyncio.Event()
        self.pages: asyncio.Queue[str] = asyncio.Queue()

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def shown(params: lsp.PublishDiagnosticsParams) -> None:
            self.shown[params.uri] = list(params.diagnostics)
            self.told.set()

        @self.client.feature(lsp.WINDOW_SHOW_DOCUMENT)
        def page(params: lsp.ShowDocumentParams) -> lsp.ShowDocumentResult:
            self.pages.put_nowait(Path(to_fs_path(params.uri) or "").read_text("utf-8"))
            return lsp.ShowDocumentResult(success=True)

    async def start(self, folder: Path, *arguments: str) -> None:
        call = (sys.executable, "-m", "bloglint", "lsp", "--no-cache", *arguments)
        await self.client.start_io(*call)
        await self.client.initialize_async(
            lsp.InitializeParams(capabilities=ABLE, root_uri=folder.as_uri())
        )
        self.client.initialized(lsp.InitializedParams())

    async def open(self, file: Path, text: str) -> list[lsp.Diagnostic]:
        item = lsp.TextDocumentItem(file.as_uri(), "markdown", 1, text)
        self.told.clear()
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        return await self._shown(file)

    async def change(self, file: Path, text: str, version: int) -> list[lsp.Diagnostic]:
        document = lsp.VersionedTextDocumentIdentifier(version, file.as_uri())
        self.told.clear()
        self.client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                document, [lsp.TextDocumentContentChangeWholeDocument(text)]
            )
        )
        return await self._shown(file)

    async def notice(
        self, changed: Path, kind: lsp.FileChangeType, file: Path
    ) -> list[lsp.Diagnostic]:
        """Tell that a file has changed on disk, and wait for what is then said of another."""
        self.told.clear()
        self.client.workspace_did_change_watched_files(
            lsp.DidChangeWatchedFilesParams([lsp.FileEvent(changed.as_uri(), kind)])
        )
        return await self._shown(file)

    async def _shown(self, file: Path) -> list[lsp.Diagnostic]:
        await asyncio.wait_for(self.told.wait(), 60)
        return self.shown[file.as_uri()]

    async def stop(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()


def edited(work: Callable[[Editor], Awaitable[Any]], folder: Path, *arguments: str) -> Any:
    async def whole() -> Any:
        editor = Editor()
        await editor.start(folder, *arguments)
        try:
            return await work(editor)
        finally:
            await editor.stop()

    return asyncio.run(whole())


def test_findings_come_and_go_while_a_post_is_written(blog: Path) -> None:
    file = max(blog.glob("*.md"))
    text = file.read_text("utf-8")

    async def work(editor: Editor) -> None:
        before = await editor.open(file, text)
        assert "bloat-unedited" not in {one.code for one in before}
        wrong = await editor.change(file, text + "\n\n😀 We took the the pump apart.\n", 2)
        slip = next(one for one in wrong if one.code == "bloat-unedited")
        line = text.count("\n") + 2
        assert slip.severity == lsp.DiagnosticSeverity.Warning and slip.source == "bloglint"
        assert slip.range == lsp.Range(lsp.Position(line, 11), lsp.Position(line, 18))  # UTF-16
        hover = await editor.client.text_document_hover_async(
            lsp.HoverParams(lsp.TextDocumentIdentifier(file.as_uri()), lsp.Position(line, 12))
        )
        assert hover and "bloat-unedited" in hover.contents.value
        actions = await editor.client.text_document_code_action_async(
            lsp.CodeActionParams(
                lsp.TextDocumentIdentifier(file.as_uri()), slip.range, lsp.CodeActionContext([slip])
            )
        )
        fix, off, read = actions
        assert read.title == "What bloat-unedited wants"
        assert list(fix.edit.changes[file.as_uri()]) == [lsp.TextEdit(slip.range, "the")]
        comment = off.edit.changes[file.as_uri()][0]
        assert comment.new_text.startswith(" <!-- bloglint-disable-line bloat-unedited ")
        lines = (text + "\n\n😀 We took the the pump apart.\n").split("\n")
        assert comment.range.start.character == len(lines[line].encode("utf-16-le")) // 2
        lines[line] += comment.new_text
        assert "bloat-unedited" not in {
            one.code for one in await editor.change(file, "\n".join(lines), 3)
        }
        assert await editor.change(file, text, 4) == before
        await editor.client.workspace_execute_command_async(
            lsp.ExecuteCommandParams(SHOW, [file.as_uri(), "bloat-unedited"])
        )
        page = await asyncio.wait_for(editor.pages.get(), 60)
        assert page.startswith("# bloat-unedited\n") and "## What to do" in page

    edited(work, blog)


def test_an_editor_is_told_what_check_tells(blog: Path) -> None:
    desk = Desk(None)
    verdict = check_sources([str(blog)], load(blog), RunOptions()).blogs[0]
    for file in sorted(blog.glob("*.md"))[-5:]:
        found = desk.blog_of(file).judge(file, file.read_text("utf-8"))
        known = [f for f in verdict.findings if f.path and Path(f.path).name == file.name]
        assert {(f.rule, f.line, f.severity) for f in found} == {
            (f.rule, f.line, f.severity) for f in known
        }


def test_what_a_baseline_knows_is_not_told(blog: Path) -> None:
    file = sorted(blog.glob("*.md"))[-1]
    old = file.read_text("utf-8") + SLIP
    file.write_text(old, "utf-8")
    assert "bloat-unedited" in {one.rule for one in Desk(None).blog_of(file).judge(file, old)}
    done = subprocess.run([sys.executable, "-m", "bloglint", "check", ".", "--write-baseline"],
                          cwd=blog, capture_output=True, check=False, timeout=120)  # fmt: skip
    assert done.returncode == 0, done.stderr
    desk = Desk(None)
    assert not desk.blog_of(file).judge(file, old)
    new = old.replace("in the night", "in in the night")
    assert {one.rule for one in desk.blog_of(file).judge(file, new)} == {"bloat-unedited"}


def test_a_new_post_is_compared_with_the_blog(blog: Path) -> None:
    old = max(blog.glob("*.md"))
    copy = blog / "2026-06-29-copy.md"
    desk = Desk(None)
    found = desk.blog_of(copy).judge(copy, old.read_text("utf-8").replace("title: ", "title: A "))
    assert "recycling-self" in {one.rule for one in found}
    assert not copy.exists()


def test_what_is_saved_is_what_others_are_compared_with(blog: Path) -> None:
    first, second = sorted(blog.glob("*.md"))[-2:]
    desk = Desk(None)
    text = second.read_text("utf-8")
    assert not [f for f in desk.blog_of(second).judge(second, text) if f.rule == "recycling-self"]
    desk.blog_of(first).keep(first, text)
    found = desk.blog_of(second).judge(second, text)
    assert [f.rule for f in found].count("recycling-self") <= 1


def test_settings_that_change_are_read_anew(blog: Path) -> None:
    file = max(blog.glob("*.md"))
    text = file.read_text("utf-8") + SLIP

    async def work(editor: Editor) -> None:
        assert "bloat-unedited" in {one.code for one in await editor.open(file, text)}
        settings = blog / "bloglint.yml"
        settings.write_text("ignore: [bloat-unedited]", "utf-8")
        shown = await editor.notice(settings, lsp.FileChangeType.Created, file)
        assert "bloat-unedited" not in {one.code for one in shown}
        settings.write_text("ignored: []", "utf-8")
        shown = await editor.notice(settings, lsp.FileChangeType.Changed, file)
        (one,) = shown
        assert "ignored" in one.message and one.severity == lsp.DiagnosticSeverity.Error

    edited(work, blog)


def test_it_speaks_german_and_leaves_other_files_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.py").write_text("the the", "utf-8")
    post = tmp_path / "neu.md"
    text = "---\ntitle: Die Pumpe\n---\n\n" + "Wir haben die Pumpe und und den Motor zerlegt. " * 8

    async def work(editor: Editor) -> None:
        found = await editor.open(post, text)
        assert any("und und" in one.message and "Streichen" in one.message for one in found)
        assert await editor.open(tmp_path / "notes.py", "the the") == []
        broken = await editor.open(tmp_path / "broken.md", "---\ntitle: [\n---\n\nText.\n")
        assert "Front Matter" in broken[0].message or "front matter" in broken[0].message.lower()

    edited(work, tmp_path, "--lang", "de")


def test_a_rule_is_switched_off_where_the_format_allows_it(tmp_path: Path) -> None:
    (tmp_path / "bloglint.yml").write_text("terms: {web site: website}", "utf-8")
    body = "We took the pump apart on Monday because it had stopped in the night. " * 6
    head = "---\ntitle: The web site\n---\n\n"

    async def offered(editor: Editor, file: Path, text: str) -> dict[str, lsp.TextEdit]:
        found = [one for one in await editor.open(file, text) if one.code == "craft-terms"]
        actions = await editor.client.text_document_code_action_async(
            lsp.CodeActionParams(
                lsp.TextDocumentIdentifier(file.as_uri()),
                found[0].range,
                lsp.CodeActionContext(found[:1]),
            )
        )
        edits = {one.title: one.edit for one in actions if isinstance(one, lsp.CodeAction)}
        return {title: edit.changes[file.as_uri()][0] for title, edit in edits.items()}

    async def work(editor: Editor) -> None:
        edits = await offered(editor, tmp_path / "a.md", f"{head}{body}\n")
        assert edits["Write website"].new_text == "website"
        off = edits["Switch craft-terms off in this post, with a reason"]
        assert off.range.start == lsp.Position(2, 0)
        lines = f"{head}{body}\n".splitlines(keepends=True)
        lines.insert(2, off.new_text)
        again = await editor.open(tmp_path / "b.md", "".join(lines))
        assert "craft-terms" not in {one.code for one in again}
        edits = await offered(editor, tmp_path / "c.mdx", f"{body}\n\nOur web site.\n")
        off = edits["Switch craft-terms off here, with a reason"]
        assert off.new_text.startswith(" {/* bloglint-disable-line craft-terms ")
        edits = await offered(editor, tmp_path / "d.md", f"{body}\n\n## Our web site\n\n{body}")
        off = edits["Switch craft-terms off here, with a reason"]
        assert off.new_text.startswith("<!-- bloglint-disable-next-line craft-terms ")
        text = f"{body}\n\n- The pump.\n\n  Our web site has more.\n- The valve.\n"
        off = (await offered(editor, tmp_path / "e.md", text))[
            "Switch craft-terms off here, with a reason"
        ]
        lines = text.splitlines()
        lines[off.range.start.line] += off.new_text
        assert not [
            one
            for one in await editor.open(tmp_path / "f.md", "\n".join(lines))
            if one.code in ("craft-terms", "unused-suppression")
        ]

    edited(work, tmp_path)


def test_settings_for_files_are_checked_as_others_are(tmp_path: Path) -> None:
    from bloglint.model import ConfigError

    (tmp_path / "x.md").write_text("Text.", "utf-8")
    own = "per_file: {x.md: {options: {frequency-silence: {due_days: 3}}}}"
    (tmp_path / "bloglint.yml").write_text(own, "utf-8")
    with pytest.raises(ConfigError, match="judges more than one post"):
        Desk(None).blog_of(tmp_path / "x.md")
