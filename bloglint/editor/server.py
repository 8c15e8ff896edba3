"""The protocol: diagnostics while typing, what a rule wants on hover, and quick fixes."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path
from pygls.workspace import TextDocument

from bloglint import __version__
from bloglint.config import NAMES
from bloglint.drafts.baseline import NAME as BASELINE
from bloglint.editor.desk import Desk
from bloglint.lazy import lazy
from bloglint.model import BloglintError, Finding, Severity, say, translate
from bloglint.model.messages import joined
from bloglint.reporters.rule_page import rule_page
from bloglint.rules import address_of
from bloglint.sources.folders.post import POST_SUFFIXES

#: How long a pause in typing is before a post is judged, in seconds.
PAUSE = 0.2
_LEVELS: dict[Severity, lsp.DiagnosticSeverity] = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "info": lsp.DiagnosticSeverity.Information,
}
_SETTINGS = (*NAMES, BASELINE, "pyproject.toml")
#: A word that stands twice, with its first occurrence.
_DOUBLED = lazy(r"(\w+)\s+\1", re.IGNORECASE)
_OFF = translate("Switch {rule} off here, with a reason")
_OFF_IN_POST = translate("Switch {rule} off in this post, with a reason")
_DELETE = translate("Delete one of the two")
_WHY = translate("why it does not fit here")
_WRITE = translate("Write {better}")
_READ = translate("What {rule} wants")
#: The command that shows the page of a rule in the editor.
SHOW = "bloglint.showRule"
#: The folder for such pages, which are no posts.
PAGES = "bloglint-rules"


def serve(cache: Path | None, language: str) -> None:
    """Serve one editor on standard input and output, until it says that it ends."""
    server_for(Desk(cache), language).start_io()


def server_for(desk: Desk, language: str) -> LanguageServer:
    """Return a server that judges posts at a desk, and speaks the editor's language."""
    server = LanguageServer("bloglint", __version__)
    pages = TemporaryDirectory(prefix="bloglint-", ignore_cleanup_errors=True)
    shown: dict[str, list[lsp.Diagnostic]] = {}

    def show(document: TextDocument) -> None:
        shown[document.uri] = diagnostics = list(_diagnostics(desk, document, language))
        server.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(document.uri, diagnostics, document.version)
        )

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        show(server.workspace.get_text_document(params.text_document.uri))

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        version = params.text_document.version
        await asyncio.sleep(PAUSE)
        document = server.workspace.get_text_document(params.text_document.uri)
        if document.version == version:  # else somebody is still typing
            show(document)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        document = server.workspace.get_text_document(params.text_document.uri)
        path = _path(document)
        if path is not None:
            try:
                desk.blog_of(path).keep(path, document.source)
            except BloglintError:
                return  # it was told when it was opened

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        shown.pop(params.text_document.uri, None)
        server.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(params.text_document.uri, [])
        )

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def moved(params: lsp.DidChangeWatchedFilesParams) -> None:
        is_blog_the_same = all(
            one.type == lsp.FileChangeType.Changed and one.uri.rpartition("/")[2] not in _SETTINGS
            for one in params.changes
        )
        if is_blog_the_same:
            return
        desk.forget()
        for document in server.workspace.text_documents.values():
            show(document)

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        document = server.workspace.get_text_document(params.text_document.uri)
        path = _path(document)
        for one in shown.get(document.uri, ()):
            if path and one.range.start <= params.position <= one.range.end:
                rule = desk.blog_of(path).rules.get(str(one.code))
                if rule is None:
                    return None
                said = f"**{say(rule.title, language)}** (`{rule.id}`)\n\n"
                source = f"*{say(rule.source, language)}*" if rule.source else ""
                said += "\n\n".join(filter(None, (say(rule.why, language), source)))
                return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, said), one.range)
        return None

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix]),
    )
    def actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        document = server.workspace.get_text_document(params.text_document.uri)
        own = [one for one in params.context.diagnostics if one.source == "bloglint"]
        return [action for one in own for action in _actions(document, one, language)]

    @server.command(SHOW)
    def show_rule(uri: str, rule: str) -> None:
        path = _path(server.workspace.get_text_document(uri))
        known = desk.blog_of(path).rules.get(rule) if path else None
        if known is None:
            return
        window = server.client_capabilities.window
        if window and window.show_document and window.show_document.support:
            page = Path(pages.name, PAGES, f"{rule}.md")
            page.parent.mkdir(exist_ok=True)
            page.write_text(rule_page(known, language), encoding="utf-8")
            server.window_show_document(lsp.ShowDocumentParams(page.as_uri()))
        else:
            said = f"{say(known.title, language)}: {say(known.why, language)}"
            server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Info, said))

    return server


def _path(document: TextDocument) -> Path | None:
    """Return the file of a document that may be a post."""
    name = to_fs_path(document.uri)
    path = Path(name) if name else None
    if path is None or path.suffix.lower() not in POST_SUFFIXES or path.parent.name == PAGES:
        return None
    return path


def _diagnostics(desk: Desk, document: TextDocument, language: str) -> Iterator[lsp.Diagnostic]:
    path = _path(document)
    if path is None:
        return
    try:
        findings = desk.blog_of(path).judge(path, document.source)
    except BloglintError as error:
        start = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
        yield lsp.Diagnostic(start, error.in_language(language), source="bloglint",
                             severity=lsp.DiagnosticSeverity.Error)  # fmt: skip
        return
    lines = document.lines
    for one in findings:
        said = joined(" ", (one.message, one.advice))
        address = address_of(one.rule, language)
        yield lsp.Diagnostic(
            document.position_codec.range_to_client_units(lines, _range(one, lines)),
            say(said, language),
            severity=_LEVELS[one.severity],
            code=one.rule,
            source="bloglint",
            code_description=lsp.CodeDescription(address) if address else None,
            data={"write": one.evidence.get("write"), "is_whole": one.place is None},
        )


def _range(finding: Finding, lines: Sequence[str]) -> lsp.Range:
    """Return the place of a finding; the first line for one on the whole post."""
    place = finding.place
    if place is None:
        return lsp.Range(
            lsp.Position(0, 0), lsp.Position(0, len(lines[0].rstrip()) if lines else 0)
        )
    first, last = place.line - 1, place.end_line - 1
    end = place.end_column
    if end is None:
        end = len(lines[last].rstrip("\r\n")) + 1 if last < len(lines) else 1
    return lsp.Range(
        lsp.Position(first, (place.column or 1) - 1), lsp.Position(last, max(0, end - 1))
    )


def _actions(
    document: TextDocument, diagnostic: lsp.Diagnostic, language: str
) -> Iterator[lsp.CodeAction]:
    rule, line = str(diagnostic.code), diagnostic.range.start.line
    marked = document.position_codec.range_from_client_units(document.lines, diagnostic.range)
    first, last = marked.start, marked.end
    if first.line == last.line and first.line < len(document.lines):
        text = document.lines[first.line][first.character : last.character]
        twice = _DOUBLED.fullmatch(text)
        if rule == "bloat-unedited" and twice:
            yield _edit(document, diagnostic, say(_DELETE, language), diagnostic.range, twice[1])
    data = diagnostic.data if isinstance(diagnostic.data, dict) else {}
    if better := data.get("write"):
        fix = say(_WRITE, language).format(better=better)
        yield _edit(document, diagnostic, fix, diagnostic.range, better)
    is_whole = bool(data.get("is_whole"))
    where, text = _switched_off(document, rule, line, say(_WHY, language), is_whole=is_whole)
    if text:
        is_whole = is_whole or text.startswith("bloglint:")
        title = say(_OFF_IN_POST if is_whole else _OFF, language).format(rule=rule)
        yield _edit(document, diagnostic, title, lsp.Range(where, where), text)
    read = say(_READ, language).format(rule=rule)
    show = lsp.Command(read, SHOW, arguments=[document.uri, rule])
    kind = lsp.CodeActionKind.QuickFix
    yield lsp.CodeAction(read, kind, diagnostics=[diagnostic], command=show)


def _switched_off(
    document: TextDocument, rule: str, line: int, why: str, *, is_whole: bool
) -> tuple[lsp.Position, str]:
    """Return where to write what, so that a rule is off; no text if that is not known.

    In the front matter it is a key for the whole post. Elsewhere it is a comment: above what is
    said of the whole post, above a heading, and at the end of any other line, where it breaks no
    list and no quotation.
    """
    lines = document.lines
    fence = lines[0].rstrip() if lines else ""
    if fence == "---":
        end = next((n for n, one in enumerate(lines[1:], 1) if one.rstrip() == fence), len(lines))
        if line <= end:
            has_own = any(one.startswith("bloglint:") for one in lines[:end])
            text = "" if has_own else f"bloglint: {{disable: [{rule}], reason: {why}}}\n"
            return lsp.Position(end, 0), text
    name, own = document.uri.lower(), lines[line] if line < len(lines) else ""
    opening, closing = ("{/*", "*/}") if name.endswith(".mdx") else ("<!--", "-->")
    if not name.endswith((".md", ".markdown", ".mdx", ".html", ".htm")):
        return lsp.Position(line, 0), ""
    if is_whole:
        return lsp.Position(0, 0), f"{opening} bloglint-disable {rule} {why} {closing}\n"
    if own.lstrip().startswith("#") or not own.strip():
        above = f"{opening} bloglint-disable-next-line {rule} {why} {closing}\n"
        return lsp.Position(line, 0), above
    end = document.position_codec.client_num_units(own.rstrip())
    return lsp.Position(line, end), f" {opening} bloglint-disable-line {rule} {why} {closing}"


def _edit(
    document: TextDocument, diagnostic: lsp.Diagnostic, title: str, where: lsp.Range, text: str
) -> lsp.CodeAction:
    edits = lsp.WorkspaceEdit(changes={document.uri: [lsp.TextEdit(where, text)]})
    return lsp.CodeAction(title, lsp.CodeActionKind.QuickFix, diagnostics=[diagnostic], edit=edits)
