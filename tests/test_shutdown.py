"""How a run ends that is told to: nothing is left behind, and no error is shown."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.resource_tracker import ensure_running
from pathlib import Path
from threading import Event, Thread

import pytest
from calls import HEARS

from bloglint.running.shutdown import begin_worker, signals_held

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
BOTH = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
POST = "---\ntitle: Pump {0}\ndate: 2026-06-{0:02}\n---\n\nWe took pump {0} apart on Monday.\n"


def run(code: str, *arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    """A process of its own that runs ``code``; until nobody is left who could write."""
    call = [sys.executable, "-c", HEARS + code, *arguments]
    return subprocess.run(call, capture_output=True, timeout=60, check=False, **more)  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def blogs(tmp_path: Path) -> list[str]:
    for n in range(4):
        (tmp_path / f"b{n}").mkdir()
        for day in range(1, 7):
            (tmp_path / f"b{n}" / f"{day}.md").write_text(POST.format(day), "utf-8")
    return [str(tmp_path / f"b{n}") for n in range(4)]


@BOTH
def test_a_signal_between_two_results_ends_all_processes(
    blogs: list[str], number: signal.Signals
) -> None:
    """There the generators that started the processes are all waiting."""
    code = f"""
import os
from bloglint.cli import main
from bloglint.running.task import Task
done, count = Task.done, []
def signalled(self, outcome):
    count.append(outcome)
    if len(count) == 8:
        os.kill(os.getpid(), {int(number)})
    return done(self, outcome)
Task.done = signalled
main()
"""
    done = run(code, "check", *blogs * 10, "--jobs", "2", "--no-cache", "--isolated")
    assert (done.returncode, done.stdout, done.stderr) == (128 + number, b"", b"")


@BOTH
def test_a_signal_that_python_drops_ends_the_run_all_the_same(number: signal.Signals) -> None:
    """What is raised while garbage is cleared away reaches nobody."""
    code = f"""
import os, signal, time, weakref
from bloglint.running.shutdown import graceful_exit
class Thing: pass
with graceful_exit():
    thing = Thing()
    known = weakref.ref(thing, lambda _: os.kill(os.getpid(), {int(number)}))
    del thing
    while True:
        time.sleep(0.1)
"""
    assert run(code).returncode == 128 + number


@BOTH
def test_a_closed_output_does_not_matter(number: signal.Signals) -> None:
    code = f"""
import os, sys
from bloglint.running.shutdown import graceful_exit
sys.stdout = None
with graceful_exit():
    os.kill(os.getpid(), {int(number)})
"""
    done = run(code)
    assert (done.returncode, done.stderr) == (128 + number, b"")


@BOTH
def test_whoever_ignores_signals_goes_on_doing_so(number: signal.Signals) -> None:
    code = f"""
import os, signal
signal.signal({int(number)}, signal.SIG_IGN)
from bloglint.running.shutdown import graceful_exit
with graceful_exit():
    os.kill(os.getpid(), {int(number)})
assert signal.getsignal({int(number)}) is signal.SIG_IGN
"""
    assert run(code).returncode == 0


@BOTH
def test_a_process_that_waits_for_its_threads_can_be_ended(number: signal.Signals) -> None:
    code = f"""
import os, threading, time
from bloglint.running.shutdown import graceful_exit
with graceful_exit():
    threading.Thread(target=time.sleep, args=(60,)).start()
    threading.Timer(0.5, os.kill, (os.getpid(), {int(number)})).start()
"""
    done = run(code)
    assert (done.returncode, done.stderr) == (-number, b"")


def test_a_process_is_started_whole_and_can_be_ended() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    ensure_running()
    pool = ProcessPoolExecutor(1, get_context("spawn"), begin_worker)
    with pool:
        with signals_held():
            future = pool.submit(signal.pthread_sigmask, signal.SIG_BLOCK, ())
        assert future.result() == {signal.SIGINT}
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before


def test_a_signal_that_another_thread_hears_waits_too() -> None:
    told: list[str] = []
    stop = Event()
    thread = Thread(target=stop.wait)
    thread.start()
    before = signal.signal(signal.SIGTERM, lambda *_: told.append("heard"))
    try:
        with signals_held():
            os.kill(os.getpid(), signal.SIGTERM)
            stop.wait(0.2)
            told.append("done")
    finally:
        signal.signal(signal.SIGTERM, before)
        stop.set()
        thread.join()
    assert told == ["done", "heard"]


PARENT = """
import os, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from bloglint.running.shutdown import begin_worker
if __name__ == "__main__":
    pool = ProcessPoolExecutor(2, get_context("spawn"), begin_worker)
    print(*{pool.submit(os.getpid).result() for _ in range(20)}, flush=True)
    pool.submit(time.sleep, 60)
    time.sleep(60)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="Linux shows its processes")
def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, "utf-8")
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    workers = [int(pid) for pid in parent.stdout.readline().split()]
    parent.kill()
    parent.wait()
    end = time.monotonic() + 10
    while time.monotonic() < end and any(_is_alive(pid) for pid in workers):
        time.sleep(0.05)
    assert workers and not any(_is_alive(pid) for pid in workers)


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
