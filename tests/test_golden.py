"""What the examples look like on terminals of four widths, and one line a finding.

``python tests/test_golden.py`` writes the expected texts anew; look at them before you commit.
"""

from functools import cache
from pathlib import Path

import pytest

import bloglint
from bloglint.model import Finding, Report, replace
from bloglint.reporters.concise import closing_lines, write_concise
from bloglint.reporters.terminal import write_terminal

HERE = Path(__file__).parent
ROOT = HERE.parent
EXAMPLES = [f"{kind}-{language}" for kind in ("failing", "healthy") for language in ("en", "de")]
WIDTHS = (60, 80, 120, 200)
#: The most lines of the verdict on the failing example at 80 columns.
LINES = 40


@cache
def judged(example: str) -> Report:
    """The report on an example, with paths as they are seen from the checkout."""
    folder = ROOT / "examples" / example
    press = [folder / "newsroom"] if (folder / "newsroom").exists() else []
    report = bloglint.check(folder / "posts", press=press, as_of="2026-06-30")

    def seen(one: Finding) -> Finding:
        return replace(one, path=one.path and one.path.removeprefix(f"{ROOT}/"))

    blogs = tuple(replace(b, findings=tuple(map(seen, b.findings))) for b in report.blogs)
    return replace(report, blogs=blogs)


def texts(example: str) -> dict[str, str]:
    """The expected files by name."""
    report, language = judged(example), example[-2:]
    found = {f"{example}-{n}.txt": write_terminal(report, language, width=n) for n in WIDTHS}
    lines = write_concise(report, language, configuration="bloglint.yml")
    found[f"{example}-concise.txt"] = lines + "\n".join(closing_lines(report, language)) + "\n"
    return found


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_look_as_they_were_approved(example: str) -> None:
    for name, text in texts(example).items():
        assert text == (HERE / "golden" / name).read_text("utf-8"), name


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_verdict_fits_on_a_screen(example: str) -> None:
    text = texts(example)[f"{example}-80.txt"]
    assert len(text.splitlines()) <= LINES


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_concise_line_is_short_but_for_its_path(example: str) -> None:
    for line in write_concise(judged(example), example[-2:]).splitlines():
        path = line.partition(":")[0]
        assert len(line) - len(path) < 130 and "→" not in line
        assert not path.endswith("/posts")  # no folder: an editor could not open it


def write() -> None:
    """Write the expected texts anew."""
    for example in EXAMPLES:
        for name, text in texts(example).items():
            (HERE / "golden" / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
