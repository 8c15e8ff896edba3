"""Draws the pictures of the README: real runs on the failing example, terminal and page.

Run it from the checkout, with the extra ``test`` and Chromium: ``python docs/capture.py``.
"""

import io
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console

import bloglint
from bloglint.config import Config, Settings
from bloglint.history.periodic import report_on
from bloglint.model import replace
from bloglint.reporters.html import write_html
from bloglint.reporters.terminal import Page, print_report
from bloglint.running.options import RunOptions

ROOT = Path(__file__).parent.parent
DAYS = ("2026-05-01", "2026-05-20")
WIDTH = 100
SIZE = {"width": 1120, "height": 1500}


def draw_terminal(language: str) -> None:
    folder = f"examples/failing-{language}"
    report = bloglint.check(
        ROOT / folder / "posts", press=[ROOT / folder / "newsroom"], as_of="2026-06-30"
    )
    # Paths as a user sees them.
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
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, highlight=False
    )
    print_report(replace(report, blogs=blogs), Page(console, WIDTH, language))
    svg = console.export_svg(title=f"bloglint check {folder}/posts --press {folder}/newsroom")
    (ROOT / "docs" / f"report-{language}.svg").write_text(svg, encoding="utf-8")


def draw_page(language: str, browser: Browser, place: Path) -> None:
    folder = ROOT / "examples" / f"failing-{language}"
    settings = Settings(Config(press=[str(folder / "newsroom.xml")]))
    for day in DAYS:
        found = report_on(
            [str(folder / "feed.xml")], settings, RunOptions(as_of=day), history=place / "h"
        )
    page = place / f"{language}.html"
    page.write_text(write_html(found.report, language), encoding="utf-8")
    tab = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
    tab.goto(page.as_uri())
    tab.screenshot(path=ROOT / "docs" / f"page-{language}.png")


with TemporaryDirectory() as place, sync_playwright() as driver:
    browser = driver.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox"]
    )
    for language in ("en", "de"):
        draw_terminal(language)
        draw_page(language, browser, Path(place))
    browser.close()
