"""Several processes give what one gives, in the same order, and lose nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from calls import HEARS

from bloglint.api import check_sources
from bloglint.config import Config, Settings
from bloglint.engine.cached_linter import CachedLinter
from bloglint.engine.settings import LintSettings, Outcome
from bloglint.model import BlogEntry, Report, SourceFailure
from bloglint.model.messages import plain
from bloglint.running import runner
from bloglint.running.options import RunOptions
from bloglint.running.session import Session
from bloglint.running.task import Task
from bloglint.running.worker_process import lint_source

POST = "---\ntitle: Pump {n}\ndate: 2026-06-{day:02}\nlang: en\n---\n\n{words}\n"
WORDS = "Nobody had looked at the seal of pump {} since spring, and so it was worn. " * 9


@pytest.fixture(scope="module")
def blogs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    root = tmp_path_factory.mktemp("blogs")
    for b in range(5):
        (root / f"b{b}").mkdir()
        for n in range(4):
            text = POST.format(n=n, day=3 * n + b + 1, words=WORDS.replace("{}", f"{b} and {n}"))
            (root / f"b{b}" / f"p{n}.md").write_text(text, "utf-8")
    return [*(str(root / f"b{b}") for b in range(5)), str(root / "missing")]


def check(
    sources: list[str], jobs: int | None, *, press: Sequence[str] = (), cache: Path | None = None
) -> Report:
    settings = Settings(Config(press=list(press)))
    return check_sources(sources, settings, RunOptions("2026-06-30", cache, jobs=jobs))


def test_two_processes_give_what_one_gives(blogs: list[str], tmp_path: Path) -> None:
    alone = check(blogs, 1)
    assert [one.source for one in alone.blogs] == blogs[:5] and len(alone.errors) == 1
    assert check(blogs, 2) == alone
    release = tmp_path / "room" / "one.md"
    release.parent.mkdir()
    release.write_text(Path(blogs[0], "p0.md").read_text("utf-8").replace("2026-06", "2026-05"))
    room = [str(release.parent)]
    with_press = check(blogs, 1, press=room)
    assert with_press != alone
    for cache in (tmp_path / "cache", None):  # a newsroom in memory is not shared
        assert check(blogs, 2, press=room, cache=cache) == with_press


def test_others_join_only_where_it_is_worth_it(
    blogs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    original = runner.ProcessRunner.run

    def counted(self, tasks):  # type: ignore[no-untyped-def]
        rest = list(tasks)
        started.extend([len(rest)] if rest else [])
        return original(self, iter(rest))

    monkeypatch.setattr(runner.ProcessRunner, "run", counted)
    monkeypatch.setattr(runner, "_processors", lambda: 2)
    monkeypatch.setattr(runner, "WORTH", 1e9)
    alone = check(blogs, None)
    assert started == []
    monkeypatch.setattr(runner, "WORTH", 0.0)
    assert check(blogs, None) == alone
    assert started == [5]  # the first was judged alone, to see what one costs
    monkeypatch.setattr(runner, "_processors", lambda: 1)
    assert check(blogs, None) == alone and started == [5]


def test_what_a_process_that_dies_had_in_hand_is_done_again(
    blogs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = check(blogs, 1)
    monkeypatch.setattr(runner, "lint_source", _die_once)
    assert check(blogs, 2) == alone
    assert Path(blogs[0], "..", "died").is_file()


def test_a_blog_at_which_processes_die_takes_no_other_down(
    blogs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = check(blogs, 1)
    monkeypatch.setattr(runner, "lint_source", _die_at_b2)
    report = check(blogs, 2)
    assert report.blogs == tuple(one for one in alone.blogs if not one.source.endswith("b2"))
    (dead,) = (one for one in report.errors if one.source.endswith("b2"))
    assert "ended, twice" in str(dead.message) and "--limit" in str(dead.advice)


def test_a_mistake_of_ours_costs_one_blog(
    blogs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = check(blogs, 1)
    monkeypatch.setattr(runner, "lint_source", _stumble_at_b2)
    original = CachedLinter.lint

    def stumbling(self, snapshot):  # type: ignore[no-untyped-def]
        if snapshot.source.endswith("b2"):
            raise RuntimeError("stumbled")
        return original(self, snapshot)

    monkeypatch.setattr(CachedLinter, "lint", stumbling)
    for jobs in (1, 2):
        report = check(blogs, jobs)
        assert report.blogs == tuple(one for one in alone.blogs if not one.source.endswith("b2"))
        (one,) = (one for one in report.errors if one.source.endswith("b2"))
        assert "RuntimeError: stumbled" in str(one.message) and "report it" in str(one.advice)


def test_what_is_not_done_in_time_is_told(blogs: list[str]) -> None:
    settings = Settings(Config())
    for jobs in (1, 2):
        options = RunOptions("2026-06-30", jobs=jobs, deadline=time.monotonic() - 1)
        with Session(settings, options) as session:
            judge, prefetcher = session.runner(session.blogs(blogs[:5]))
            found = dict(judge.run(prefetcher.tasks()))
        assert len(found) == 5
        assert all("time given" in str(one.message) for one in found.values())  # type: ignore[union-attr]


def _die_once(settings: LintSettings, source: str) -> Outcome:
    died = Path(source).parent / "died"
    if not died.exists():
        died.touch()
        os._exit(1)
    return lint_source(settings, source)


def _stumble_at_b2(settings: LintSettings, source: str) -> Outcome:
    if source.endswith("b2"):
        raise RuntimeError("stumbled")
    return lint_source(settings, source)


def _die_at_b2(settings: LintSettings, source: str) -> Outcome:
    if source.endswith("b2"):
        os._exit(1)
    return lint_source(settings, source)


MAIN = f"{HEARS}from bloglint.cli import main; print('begun', flush=True); main()"


@pytest.mark.skipif(os.name == "nt", reason="signals of a terminal")
@pytest.mark.parametrize("seconds", [0.3, 0.6, 1.0, 3.0])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_all_processes_at_once(
    blogs: list[str], number: signal.Signals, seconds: float
) -> None:
    call = [sys.executable, "-c", MAIN, "check", *blogs[:5] * 400]
    process = subprocess.Popen(
        [*call, "--jobs", "2", "--no-cache", "--isolated"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout and process.stdout.readline() == b"begun\n"
    time.sleep(seconds)
    assert process.poll() is None
    if number == signal.SIGINT:
        os.killpg(process.pid, number)  # as a terminal does: to all of the group
    else:
        process.send_signal(number)  # as a supervisor does: to the first process
    began = time.monotonic()
    _, said = process.communicate(timeout=30)  # ends when nobody is left who could write
    assert time.monotonic() - began < 10
    assert process.returncode == 128 + number and b"Traceback" not in said


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no timers")
def test_a_blog_that_takes_too_long_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    module = tmp_path / "never.py"
    module.write_text(
        "import time\n"
        "def never(document, options, context):\n"
        "    if 'ENDLESS' in document.text:\n"
        "        while True:\n"
        "            time.sleep(0.01)\n"
        "    yield from ()\n",
        "utf-8",
    )
    for name, text in (("good", "Pumps run."), ("bad", "ENDLESS pumps."), ("fine", "They do.")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "2026-06-01-a.md").write_text(text, "utf-8")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import never\n"
        "from bloglint.checks import unedited\n"
        "import bloglint.checks.unedited as u\n"
        "def slow(document, options, context):\n"
        "    yield from never.never(document, options, context)\n"
        "slow.options = u.unedited.options\n"
        "u.unedited = slow\n"
        "from bloglint.cli import main\n"
        "sys.argv = ['bloglint', 'report', *sys.argv[2:]]\n"
        "main()\n"
    )
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), *(str(tmp_path / n) for n in
         ("good", "bad", "fine")), "--as-of", "2026-06-30", "--isolated", "--no-cache", "--jobs",
         "1", "--blog-timeout", "1", "--db", str(tmp_path / "h.sqlite"), "--format",
         f"json={tmp_path}/r.json"],
        capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60,
    )  # fmt: skip
    report = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert len(report["blogs"]) == 2 and len(report["errors"]) == 1, done.stderr
    assert "more than 1 seconds" in report["errors"][0]["message"]
    assert time.monotonic() - begun < 30


def test_a_worker_that_takes_too_long_costs_its_blog_only(tmp_path: Path) -> None:
    from concurrent.futures import Future

    def handed(task: Task) -> Future[Outcome]:
        future: Future[Outcome] = Future()
        future.set_exception(TimeoutError())
        return future

    settings = LintSettings(Config(), "2026-06-30", datetime(2026, 6, 30, tzinfo=UTC))
    unread = SourceFailure("x", plain("x"), plain(""))
    tasks = iter([Task(0, BlogEntry("x"), True, settings, lambda: unread)])
    ((_, told),) = runner.run_on_pool(
        tasks, handed, lambda: 1, KeyError, attempts=2, deadline=None, seconds=7.0
    )
    assert isinstance(told, SourceFailure) and "more than 7 seconds" in str(told.message)
