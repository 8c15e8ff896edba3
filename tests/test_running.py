"""Several processes give what one gives, in the same order, and lose nothing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from calls import HEARS

from bloglint.api import check_sources
from bloglint.config import Config, Settings
from bloglint.engine.cached_linter import CachedLinter
from bloglint.engine.settings import LintSettings, Outcome
from bloglint.model import Report
from bloglint.running import runner
from bloglint.running.options import RunOptions
from bloglint.running.session import Session
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
