"""A disk that is full, or a file that may not grow: the report is made all the same."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bloglint.api import check_sources
from bloglint.cache.spool import Spool
from bloglint.config import Config, Settings
from bloglint.running.options import RunOptions

POSTS = Path(__file__).parents[2] / "examples" / "healthy-en" / "posts"


class Full:
    """A file that takes so many bytes; where it ends, it takes a part of what it is given."""

    def __init__(self, file: Any, most: int) -> None:
        self.file, self.most = file, most

    def write(self, body: bytes) -> int:
        left = self.most - self.file.tell()
        if left <= 0:
            raise OSError(28, "No space left on device")
        return int(self.file.write(body[:left]))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)


@pytest.mark.parametrize("most", [0, 1, 100, 20_000, 60_000])
def test_verdicts_are_kept_in_memory_if_their_file_is_full(most: int) -> None:
    (verdict,) = check_sources(
        [str(POSTS)], Settings(Config()), RunOptions(as_of="2026-06-30")
    ).blogs
    spool = Spool()
    spool._held.file = Full(spool._held.file, most)  # type: ignore[assignment]
    for _ in range(5):
        spool.add(verdict)
    assert list(spool) == [verdict] * 5 and spool.arranged([4, 0])[1] == verdict


def test_a_report_is_made_where_no_file_may_grow(tmp_path: Path) -> None:
    call = (
        f"ulimit -f 8; BLOGLINT_HISTORY={tmp_path}/h.sqlite {sys.executable} -m bloglint report "
        f"{POSTS} --as-of 2026-06-30 --no-cache --format json=- --format html={tmp_path}/x.html"
    )
    done = subprocess.run(["sh", "-c", call], capture_output=True, text=True, check=False)
    assert done.returncode == 4 and "Traceback" not in done.stderr
    assert "x.html" in done.stderr and "h.sqlite" in done.stderr
