"""Posts cannot reach through the report to the terminal or the browser that shows it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import bloglint
from bloglint.reporters.html import write_html
from bloglint.reporters.json import write_json
from bloglint.reporters.terminal import write_terminal

EVIL = "Pump\x1b]0;owned\x07\x1b[31m\x9b2J\u202egnp.exe<script>alert(1)</script>"


def test_no_report_carries_what_a_screen_obeys(tmp_path: Path) -> None:
    for n in range(4):
        text = f"# {EVIL}\n\nWe are the best. {EVIL} TODO {EVIL}.\n"
        (tmp_path / f"2026-06-0{n + 1}-a.md").write_text(text, encoding="utf-8")
    (tmp_path / "broken.xml").write_text(f"<rss><channel><title>{EVIL}", encoding="utf-8")
    report = bloglint.check(tmp_path, as_of="2026-06-30")
    terminal, html = write_terminal(report), write_html(report)
    machine = write_json(report)
    for text in (terminal, html, machine):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert "<script" not in html
    titles = {post["title"] for post in json.loads(machine)["blogs"][0]["posts"]}
    assert any("\x1b" in title for title in titles)  # machines get what stands there
