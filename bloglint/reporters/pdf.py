"""The page as a PDF, printed by an installed Chromium.

Chromium prints what the reader sees, with the same style sheet; a second engine would need a second
one, and its own fonts and libraries.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from errno import EIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bloglint.model import ConfigError, Report, translate

if TYPE_CHECKING:
    from bloglint.rules import Rule

#: Names of Chromium and its relatives on the path, and where other systems install them.
_NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge",
    "microsoft-edge", "brave-browser",
)  # fmt: skip
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
#: How long printing may take, in seconds.
_PATIENCE = 120


def browser() -> str | None:
    """Return the program that prints, by ``BLOGLINT_BROWSER`` or the first that is installed."""
    chosen = os.environ.get("BLOGLINT_BROWSER")
    if chosen:
        return shutil.which(chosen)
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def check_pdf() -> None:
    """Raise a ConfigError if there is no browser that prints."""
    if browser() is None:
        raise ConfigError(
            translate("a PDF is printed by Chromium, Chrome or Edge, and none was found"),
            translate("Install one, name it in BLOGLINT_BROWSER, or print the page by hand."),
            "--format pdf",
        )


def write_pdf(
    report: Report, language: str = "en", rules: Mapping[str, Rule] | None = None
) -> bytes:
    """Return the page as a PDF.

    Raises:
        OSError: the browser failed, or took too long.
    """
    from bloglint.reporters.html import write_html

    program = browser()
    assert program is not None
    with TemporaryDirectory() as folder:
        page, pdf = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(write_html(report, language, rules), "utf-8", "replace")
        command = [
            program, "--headless", "--disable-gpu", "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile", f"--print-to-pdf={pdf}", page.as_uri(),
        ]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # as root, as in containers, Chromium has none
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)
            return pdf.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise OSError(EIO, f"{Path(program).name} could not print the page") from error
