"""Judging on a cluster of Dask: the same verdicts, one dead worker, nothing lost or doubled."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bloglint.config import Config, Settings
from bloglint.history.periodic import report_on
from bloglint.history.store import History
from bloglint.model import ConfigError, Verdict, replace
from bloglint.running.options import RunOptions
from history.blogs import write_blog

distributed = pytest.importorskip("distributed", reason="needs bloglint[cluster]")
DAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A scheduler and three worker processes of this machine."""
    place = tmp_path_factory.mktemp("dask")
    with distributed.LocalCluster(
        n_workers=3,
        threads_per_worker=1,
        processes=True,
        dashboard_address=":0",
        local_directory=str(place),
        host="127.0.0.1",
    ) as local:
        yield local


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty-four blogs, one of them not there."""
    root = tmp_path_factory.mktemp("blogs")
    lines = ["blogs:"]
    for n in range(24):
        language = "de" if n % 2 else "en"
        write_blog(root / f"b{n}", DAY, 6 + n % 8, language) if n != 7 else None
        lines.append(f"  - {{name: Blog {n:02}, feed: b{n}, group: G{n % 3}}}")
    (root / "portfolio.yml").write_text("\n".join(lines), "utf-8")
    return root / "portfolio.yml"


def plain(report: Any) -> list[Verdict]:
    """The verdicts without what a history adds."""
    return [
        replace(
            one, development=None, findings=tuple(replace(f, change=None) for f in one.findings)
        )
        for one in report.blogs
    ]


def test_a_cluster_gives_what_one_process_gives_though_a_worker_dies(
    cluster: Any, portfolio: Path, tmp_path: Path
) -> None:
    sources, settings = [str(portfolio)], Settings(Config())
    alone = report_on(sources, settings, RunOptions(as_of="2026-06-05", jobs=1), history=None)
    workers = {name: worker.pid for name, worker in cluster.workers.items()}
    killed: list[int] = []

    def done(count: int, total: int) -> None:
        if count == 4 and not killed:
            killed.append(next(iter(workers.values())))
            os.kill(killed[0], signal.SIGKILL)

    file = tmp_path / "h.sqlite"
    together = report_on(
        sources,
        settings,
        RunOptions(as_of="2026-06-05", cluster=cluster.scheduler_address),
        history=file,
        done=done,
    )
    assert killed and together.problems == ()
    assert plain(together.report) == plain(alone.report)
    assert together.report.errors == alone.report.errors and len(alone.report.errors) == 1
    with History(file) as base:
        entries = base.entries()
    assert len(entries) == 23 and len({one.blog for one in entries}) == 23


def test_a_scheduler_without_workers_is_told(tmp_path: Path, portfolio: Path) -> None:
    with (
        distributed.LocalCluster(
            n_workers=0, dashboard_address=":0", processes=True, host="127.0.0.1"
        ) as empty,
        pytest.raises(ConfigError, match=r"no worker that fits.*Start"),
    ):
        report_on(
            [str(portfolio)],
            Settings(Config()), RunOptions(as_of="2026-06-05", cluster=empty.scheduler_address),
            history=None,
        )  # fmt: skip


def test_without_dask_the_extra_is_named(tmp_path: Path) -> None:
    blog = write_blog(tmp_path / "blog", DAY)
    code = (
        "import sys; sys.modules['distributed'] = None\n"
        "from bloglint.cli import main; main()\n"
    )  # fmt: skip
    call = [sys.executable, "-c", code, "report", str(blog), "--as-of", "2026-06-05"]
    done = subprocess.run(
        [*call, "--cluster", "tcp://127.0.0.1:9"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2 and "pip install 'bloglint[cluster]'" in done.stderr


def test_a_worker_that_is_killed_again_and_again_costs_one_blog(
    cluster: Any, portfolio: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bloglint.running.dask_cluster.lint_snapshot", _die_at_three)
    found = report_on(
        [str(portfolio)],
        Settings(Config()),
        RunOptions(as_of="2026-06-05", cluster=cluster.scheduler_address),
        history=None,
    ).report
    dead = [one for one in found.errors if one.source.endswith("b3")]
    assert len(dead) == 1 and "ended" in str(dead[0].message)
    assert len(found.blogs) >= 20  # those that were beside it each time may be lost with it


def _die_at_three(settings: Any, snapshot: Any) -> Any:
    if snapshot.source.endswith("b3"):
        time.sleep(0.2)
        os._exit(1)
    from bloglint.running.worker_process import lint_snapshot

    return lint_snapshot(settings, snapshot)
