"""Whether a report that is cut off at any moment leaves a history like that of one that was not.

Run it from the checkout: ``python benchmarks/crash.py [--rounds N]``. In each round a report on 24
blogs is started on a copy of a history and ended by SIGKILL, SIGTERM or SIGINT at a random moment;
then it is run again to its end, and the exported history is compared with that of an undisturbed
run. Some rounds start two reports on one history at the same moment, or run out of space on a small
disk (a tmpfs, where mounting one is allowed), or go back to an earlier day in between. With
``--cluster`` each round ends a worker of a Dask cluster instead.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

BLOGS, POSTS = 24, 6
POST = (
    "---\ntitle: Pump {n} of {blog}\ndate: 2026-{month:02}-{day:02}\nauthor: Eva\n---\n\n{text}\n"
)
TEXT = "We took pump {n} of hall {blog} apart, and wrote down what was in it. Was it worn? "
FIRST, SECOND = "2026-06-20", "2026-06-27"
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
#: The most seconds that a report may need after it has been told to end.
PATIENCE = 30


def write_blogs(folder: Path) -> Path:
    """Write the blogs and a portfolio of them."""
    lines = ["blogs:"]
    for blog in range(BLOGS):
        posts = folder / f"blog{blog}"
        posts.mkdir()
        for n in range(POSTS):
            text = (TEXT.format(n=n, blog=blog) * (3 + blog % 4)).strip()
            post = POST.format(n=n, blog=blog, month=6 - n // 2, day=3 + blog % 9 + 14 * (n % 2),
                               text=text)  # fmt: skip
            (posts / f"p{n}.md").write_text(post, "utf-8")
        lines.append(f"  - {{name: Blog {blog}, feed: blog{blog}}}")
    portfolio = folder / "portfolio.yml"
    portfolio.write_text("\n".join(lines) + "\n", "utf-8")
    return portfolio


def call(portfolio: Path, history: Path, day: str, *more: str) -> list[str]:
    """Return the call of a report."""
    return [sys.executable, "-m", "bloglint", "report", str(portfolio), "--isolated", "--quiet",
            "--as-of", day, "--db", str(history), "--format", f"json={history.parent}/out.json",
            *more]  # fmt: skip


def done(arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a report to its end."""
    return subprocess.run(arguments, capture_output=True, text=True, check=False, env=environment,
                          timeout=600)  # fmt: skip


def exported(history: Path, environment: dict[str, str]) -> str:
    """Return everything that a history holds."""
    export = ["history", "export", "--format", "json", "--db", str(history)]
    asked = [sys.executable, "-m", "bloglint", *export]
    return done(asked, environment).stdout


class Rounds:
    """The rounds of one run, on copies of a history with one report."""

    def __init__(self, folder: Path, random: Random) -> None:
        self.folder, self.random = folder, random
        self.portfolio = write_blogs(folder)
        self.environment = {**os.environ, "BLOGLINT_CACHE": str(folder / "cache")}
        self.base = folder / "base" / "history.sqlite"
        self.base.parent.mkdir()
        began = time.monotonic()
        done(call(self.portfolio, self.base, FIRST), self.environment)
        whole = self.copy("whole")
        done(call(self.portfolio, whole, SECOND, "--no-cache"), self.environment)
        self.seconds = time.monotonic() - began
        self.wanted = exported(whole, self.environment)

    def copy(self, name: str) -> Path:
        """Return a copy of the first history."""
        place = self.folder / name
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        return Path(shutil.copy(self.base, place / "history.sqlite"))

    def equals(self, history: Path) -> bool:
        """Whether a history is that of an undisturbed run, once the report has been run again."""
        again = done(call(self.portfolio, history, SECOND), self.environment)
        return again.returncode in (0, 1) and exported(history, self.environment) == self.wanted

    def interrupted(self) -> tuple[str, bool]:
        """End a report at a random moment."""
        history, number = self.copy("round"), self.random.choice(SIGNALS)
        jobs, cached = self.random.choice("12"), self.random.choice(("--no-cache", "--refresh"))
        asked = call(self.portfolio, history, SECOND, "--jobs", jobs, cached)
        process = subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                   env=self.environment, text=True)  # fmt: skip
        time.sleep(self.random.uniform(0.05, 0.75 * self.seconds))
        process.send_signal(number)
        _, said = process.communicate(timeout=PATIENCE)
        fine = "Traceback" not in said
        return f"{number.name} with {jobs} process(es)", fine and self.equals(history)

    def two_at_once(self) -> tuple[str, bool]:
        """Start two reports on one history at the same moment."""
        history = self.copy("round")
        both = [
            subprocess.Popen(call(self.portfolio, history, SECOND), stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE, env=self.environment, text=True)
            for _ in range(2)
        ]  # fmt: skip
        said = [one.communicate(timeout=300)[1] for one in both]
        fine = not any("Traceback" in text for text in said)
        return "two at once", fine and self.equals(history)

    def back(self) -> tuple[str, bool]:
        """Report on an earlier day in between, as after a clock that was put back."""
        history = self.copy("round")
        earlier = done(call(self.portfolio, history, "2026-06-13"), self.environment)
        again = done(call(self.portfolio, history, SECOND), self.environment)
        known = exported(history, self.environment)
        fine = "Traceback" not in earlier.stderr + again.stderr
        return "an earlier day", fine and all(day in known for day in (FIRST, SECOND))

    def worker_killed(self) -> tuple[str, bool]:
        """End a worker of a cluster at a random moment; another one does its work."""
        from distributed import LocalCluster

        history = self.copy("round")
        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None,
                          silence_logs=50) as cluster:  # fmt: skip
            asked = call(self.portfolio, history, SECOND, "--no-cache", "--cluster",
                         cluster.scheduler_address)  # fmt: skip
            process = subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                       env=self.environment, text=True)  # fmt: skip
            time.sleep(self.random.uniform(0.5, max(1.0, self.seconds)))
            worker = self.random.choice(list(cluster.workers.values()))
            if worker.pid:
                os.kill(worker.pid, signal.SIGKILL)
            _, said = process.communicate(timeout=300)
        fine = "Traceback" not in said and process.returncode in (0, 1)
        if not fine:
            print(f"exit code {process.returncode}: {said[-2000:]}", flush=True)
        return "a cluster's worker killed", fine and self.equals(history)

    def full(self, disk: Path) -> tuple[str, bool]:
        """Run out of space while the history is written."""
        history = disk / "history.sqlite"
        shutil.copy(self.base, history)
        filler = disk / "filler"
        free = shutil.disk_usage(disk).free - self.random.randrange(0, 60_000)
        filler.write_bytes(b"x" * max(0, free))
        stopped = done(call(self.portfolio, history, SECOND), self.environment)
        filler.unlink()
        fine = "Traceback" not in stopped.stderr and stopped.returncode in (0, 1, 4)
        equal = fine and self.equals(history)
        for file in disk.iterdir():
            file.unlink() if file.is_file() else shutil.rmtree(file)
        return "full disk", equal


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """Mount a disk of 1 MB, or yield None where that is not allowed."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def main() -> int:
    """Print how many rounds of each kind gave the same history; 1 if one did not."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cluster", action="store_true", help="kill workers of a cluster only")
    options = parser.parse_args()
    equal: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    with TemporaryDirectory() as name, small_disk(Path(name) / "disk") as disk:
        rounds = Rounds(Path(name), Random(options.seed))
        others: list[Callable[[], tuple[str, bool]]] = [rounds.two_at_once, rounds.back]
        if options.cluster:
            others = [rounds.worker_killed]
        if disk and not options.cluster:
            others.append(lambda: rounds.full(disk))
        for number in range(options.rounds):
            is_other = options.cluster or number % 8 == 7
            kind, same = others[number // 8 % len(others)]() if is_other else rounds.interrupted()
            tried[kind] += 1
            equal[kind] += same
            if not same:
                print(f"round {number}: {kind}: the history differs", flush=True)
    print("| kind | rounds | same history |\n| --- | ---: | ---: |")
    for kind, count in sorted(tried.items()):
        print(f"| {kind} | {count} | {equal[kind]} |")
    return 0 if equal == tried else 1


if __name__ == "__main__":
    sys.exit(main())
