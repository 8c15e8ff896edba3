"""What other checkers of prose say of a text: how many remarks they make.

Each is used as its command, where that is on the PATH: ``pip install proselint slopscore`` and
``npm install --global write-good alex``.
"""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path


def _run(*command: str, log: bool = False) -> str:
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if log else subprocess.DEVNULL,
        text=True,
        check=False,
    )
    return done.stdout


def _proselint(path: str) -> float:
    return float(len(re.findall(r":\d+:\d+: ", _run("proselint", "check", path))))


def _write_good(path: str) -> float:
    return float(len(re.findall(r"on line \d+ at column \d+", _run("write-good", path))))


def _alex(path: str) -> float:
    return float(
        len(re.findall(r"^\s*\d+:\d+", _run("alex", "--text", path, log=True), re.MULTILINE))
    )


def _slopscore(path: str) -> float:
    return float(json.loads(_run("slopscore", "--text", "--json", path))["score"])


PEERS: dict[str, Callable[[str], float]] = {
    "proselint": _proselint,
    "write-good": _write_good,
    "alex": _alex,
    "slopscore": _slopscore,
}


def installed() -> list[str]:
    """The peers whose command is there."""
    return [name for name in PEERS if shutil.which(name)]


def remarks(peer: str, texts: Sequence[str]) -> list[float]:
    """Remarks per 1,000 words for each text; slopscore's is its own score, 0 to 100."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for n, text in enumerate(texts):
            path = Path(folder) / f"{n}.txt"
            path.write_text(text, "utf-8")
            count = PEERS[peer](str(path))
            found.append(count if peer == "slopscore" else count * 1000 / len(text.split()))
    return found
