"""Draws docs/report-en.svg and docs/report-de.svg: real runs on the failing example.

Run it from the checkout: ``python docs/capture.py``.
"""

import io
from dataclasses import replace
from pathlib import Path

from rich.console import Console

import bloglint
from bloglint.reporters.terminal import print_report

ROOT = Path(__file__).parent.parent

for language in ("en", "de"):
    folder = f"examples/failing-{language}"
    report = bloglint.check(
        ROOT / folder / "posts", press=[ROOT / folder / "newsroom"], as_of="2026-06-30"
    )
    # Paths as a user sees them; four findings are enough for a picture.
    blogs = tuple(
        replace(
            verdict,
            findings=tuple(
                replace(f, path=f.path and f.path.removeprefix(f"{ROOT}/"))
                for f in verdict.findings
            ),
        )
        for verdict in report.blogs
    )
    console = Console(
        record=True, width=100, file=io.StringIO(), force_terminal=True, highlight=False
    )
    print_report(replace(report, blogs=blogs), console, language, shown=4)
    svg = console.export_svg(title=f"bloglint check {folder}/posts --press {folder}/newsroom")
    (ROOT / "docs" / f"report-{language}.svg").write_text(svg, encoding="utf-8")
