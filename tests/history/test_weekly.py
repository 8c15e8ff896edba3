"""What stands in examples/weekly runs: the script, cron, systemd, GitHub and Docker."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from check_jsonschema import main as check_schema
from click.testing import CliRunner

WEEKLY = Path(__file__).parents[2] / "examples" / "weekly"


@pytest.fixture
def run(tmp_path: Path) -> dict[str, str]:
    """The environment in which the script finds this bloglint and a place for its reports."""
    program = tmp_path / "bloglint"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bloglint "$@"\n')
    program.chmod(0o755)
    return {
        **os.environ,
        "BLOGLINT": str(program),
        "BLOGLINT_REPORTS": str(tmp_path / "reports"),
        "LANG": "C.UTF-8",
    }


@pytest.mark.skipif(os.name == "nt", reason="a script of a Unix shell")
def test_the_script_reports_every_week(tmp_path: Path, run: dict[str, str]) -> None:
    for day, said in (("2026-05-04", "nothing to compare"), ("2026-05-11", "silence of 20 days")):
        done = subprocess.run(
            [str(WEEKLY / "weekly.sh"), "--as-of", day], env=run, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        assert said in done.stdout and "bloglint: blogs: 4, unreadable: 0" in done.stderr
    names = {path.suffix for path in (tmp_path / "reports").iterdir()}
    assert names >= {".html", ".csv", ".ics", ".sqlite"}


def test_the_line_for_cron() -> None:
    (line,) = (
        line for line in (WEEKLY / "crontab").read_text().splitlines() if line[:1] not in ("#", "")
    )
    fields = line.split(None, 5)
    assert fields[:5] == ["0", "6", "*", "*", "1"] and "weekly.sh" in fields[5]
    assert "%" not in line  # which cron would take for the end of the line


def test_systemd_finds_nothing_wrong() -> None:
    if not shutil.which("systemd-analyze"):
        assert not os.environ.get("BLOGLINT_ALL_TESTS"), "systemd-analyze is missing"
        pytest.skip("needs systemd-analyze (Debian: systemd)")
    units = [str(WEEKLY / f"bloglint-weekly.{kind}") for kind in ("service", "timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("schema", "name"),
    [
        ("vendor.github-workflows", "github-workflow.yml"),
        ("vendor.compose-spec", "compose.yml"),
    ],
)
def test_github_and_docker_would_take_it(schema: str, name: str) -> None:
    done = CliRunner().invoke(check_schema, ["--builtin-schema", schema, str(WEEKLY / name)])
    assert done.exit_code == 0, done.output


def test_no_secret_and_no_other_names_of_variables(run: dict[str, str]) -> None:
    text = "".join(path.read_text("utf-8") for path in WEEKLY.iterdir() if path.is_file())
    known = {"BLOGLINT", "BLOGLINT_REPORTS", "BLOGLINT_CACHE", "BLOGLINT_MAIL_TO"}
    known |= {f"BLOGLINT_SMTP_{name}" for name in ("HOST", "USER", "PASSWORD", "")}
    assert set(re.findall(r"BLOGLINT(?:_[A-Z_]+)?", text)) - known == set()
