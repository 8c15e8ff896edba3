"""Many blogs from loopback: time, memory, and what more processes and workers are worth.

python benchmarks/fleet.py [--blogs 1000] [--posts 50] [--dead 100] [--work FOLDER] [--words 300]

Every blog is a feed at a host of its own (127.x.y.z), served by another process. ``--dead`` of
them are hosts that refuse or never answer. Each run begins with empty caches and a new history;
those to be compared take turns. Memory is the most that the reporting process itself held, by the
operating system's account; two sizes tell what one more blog takes.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Thread

from corpus import AUTHORS, NEWEST, paragraphs, sentence

AS_OF = "2026-06-30"
_REPORT = """
import json, resource, sys, time
from bloglint.cli import main
begun = time.perf_counter()
try:
    main()
except SystemExit as end:
    code = end.code
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print("\\nMEASURED", json.dumps({"code": code, "seconds": time.perf_counter() - begun, "kb": most}),
      file=sys.stderr)
"""


def feed(number: int, posts: int, words: int) -> bytes:
    """A blog as RSS, with whole posts, every five to nine days; every third is German."""
    random = Random(f"fleet {number}")
    language = "de" if number % 3 == 0 else "en"
    day, items = NEWEST - timedelta(days=random.randint(0, 40)), []
    for n in range(posts):
        title = " ".join(sentence(random, language)[:6]).rstrip(".,")
        body = "".join(f"<p>{escape(p)}</p>" for p in paragraphs(random, language, words))
        when = format_datetime(_noon(day))
        items.append(
            f"<item><title>{escape(title)}</title><guid>p{number}-{n}</guid>"
            f"<link>https://blog{number}.example/{n}</link><pubDate>{when}</pubDate>"
            f"<author>{random.choice(AUTHORS)}</author>"
            f"<description>{escape(body)}</description></item>"
        )
        day -= timedelta(days=random.randint(5, 9))
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Blog {number}'
        f"</title><link>https://blog{number}.example/</link><language>{language}</language>"
        f"{''.join(items)}</channel></rss>"
    ).encode()


def _noon(day: date):  # type: ignore[no-untyped-def]
    from datetime import UTC, datetime

    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def host(number: int) -> str:
    return f"127.{1 + number // 60_000}.{number // 250 % 240}.{1 + number % 250}"


class Server(ThreadingHTTPServer):
    request_queue_size = 512
    daemon_threads = True


class Feeds(BaseHTTPRequestHandler):
    """/N is the feed N, read from the folder of the process."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        file = Path(self.path.strip("/"))
        body = file.read_bytes() if file.name.isdigit() and file.is_file() else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def serve() -> None:
    """Serve feeds at every loopback address, and at one port more nothing at all."""
    server = Server(("0.0.0.0", 0), Feeds)
    silent = socket.create_server(("0.0.0.0", 0), backlog=512)
    held: list[object] = []
    Thread(target=lambda: [held.append(silent.accept()) for _ in iter(int, 1)], daemon=True).start()
    print(server.server_port, silent.getsockname()[1], flush=True)
    server.serve_forever()


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, int]]:
    call = [sys.executable, str(Path(__file__).resolve()), "--serve"]
    with subprocess.Popen(call, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        port, silent = process.stdout.readline().split()
        yield int(port), int(silent)
        process.kill()


def portfolio(work: Path, blogs: int, dead: int, port: int, silent: int) -> Path:
    """A list of so many blogs; half of the dead refuse, half of them never answer."""
    lines = ["blogs:"]
    for n in range(blogs):
        place = f"http://{host(n)}:{port}/{n}"
        if dead and n % (blogs // dead) == 0:
            place = f"http://{host(n)}:{silent if n // (blogs // dead) % 2 else 1}/feed"
        lines.append(f"  - {{name: Blog {n}, feed: '{place}', group: G{n % 7}}}")
    file = work / f"portfolio-{blogs}-{dead}.yml"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def report(file: Path, *more: str) -> dict[str, float]:
    """One run with empty caches: its seconds, its memory and what it said."""
    with TemporaryDirectory() as place:
        environment = {**os.environ, "BLOGLINT_CACHE": f"{place}/cache"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        call = [sys.executable, "-c", _REPORT, "report", str(file), "--as-of", AS_OF, "--isolated"]
        call += ["--db", f"{place}/history.sqlite", "--format", f"html={place}/report.html", *more]
        done = subprocess.run(call, capture_output=True, text=True, env=environment, check=False)
        _, found, measured = done.stderr.partition("\nMEASURED ")
        if not found:
            raise SystemExit(done.stderr)
        values: dict[str, float] = json.loads(measured)
        values["history_kb"] = Path(place, "history.sqlite").stat().st_size / 1024
        summary = next(line for line in done.stderr.splitlines() if "unreadable" in line)
        print(f"  {' '.join(more) or '--jobs 1'}: {values['seconds']:.1f} s, "
              f"{values['kb'] / 1024:.0f} MB | {summary}", flush=True)  # fmt: skip
    return values


def new_day(file: Path) -> None:
    """Runs on the same feeds with one cache: cold, again on the same day, and on the next two."""
    with TemporaryDirectory() as place:
        environment = {**os.environ, "BLOGLINT_CACHE": f"{place}/cache"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        first = NEWEST + timedelta(days=20)
        for name, days in (("cold", 0), ("same day", 0), ("next day", 1), ("the day after", 2)):
            call = [sys.executable, "-c", _REPORT, "report", str(file), "--isolated"]
            call += ["--as-of", f"{first + timedelta(days=days):%Y-%m-%d}"]
            call += ["--db", f"{place}/history.sqlite", "--format", f"html={place}/report.html"]
            done = subprocess.run(
                call, capture_output=True, text=True, env=environment, check=False
            )
            seconds = json.loads(done.stderr.partition("\nMEASURED ")[2])["seconds"]
            print(f"  {name}: {seconds:.1f} s", flush=True)


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """A Dask scheduler with so many worker processes of one thread."""
    code = (
        "import sys; from distributed import LocalCluster\n"
        "if __name__ == '__main__':\n"
        "    c = LocalCluster(n_workers=int(sys.argv[1]), threads_per_worker=1, processes=True,\n"
        "                     dashboard_address=':0', host='127.0.0.1')\n"
        "    print(c.scheduler_address, flush=True); sys.stdin.read()\n"
    )
    with TemporaryDirectory() as place:
        script = Path(place, "cluster.py")
        script.write_text(code)
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        call = [sys.executable, str(script), str(workers)]
        with subprocess.Popen(
            call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
            cwd=place, stderr=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            assert process.stdout and process.stdin
            yield process.stdout.readline().strip()
            process.stdin.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--blogs", type=int, default=1000)
    parser.add_argument("--posts", type=int, default=50)
    parser.add_argument("--words", type=int, default=300)
    parser.add_argument("--dead", type=int, default=100)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--new-day", action="store_true", help="only cold, same day, next days")
    parser.add_argument("--serve", action="store_true")
    asked = parser.parse_args()
    if asked.serve:
        serve()
        return
    with TemporaryDirectory() as place:
        work = asked.work or Path(place)
        work.mkdir(parents=True, exist_ok=True)
        for n in range(asked.blogs):
            if not (work / str(n)).exists():
                (work / str(n)).write_bytes(feed(n, asked.posts, asked.words))
        size = sum((work / str(n)).stat().st_size for n in range(asked.blogs)) / 1e6
        print(f"{asked.blogs} blogs of {asked.posts} posts, {size:.0f} MB", flush=True)
        with served(work) as (port, silent):
            whole = portfolio(work, asked.blogs, 0, port, silent)
            if asked.new_day:
                new_day(whole)
                return
            few = portfolio(work, asked.blogs // 4, 0, port, silent)
            quarter, one = report(few, "--jobs", "1"), report(whole, "--jobs", "1")
            more = asked.blogs - asked.blogs // 4
            memory = (one["kb"] - quarter["kb"]) / more
            history = (one["history_kb"] - quarter["history_kb"]) / more
            print(f"one more blog: {memory:.0f} KB of memory, {history:.0f} KB of history")
            two = report(whole, "--jobs", "2")
            print(f"1 to 2 processes: {one['seconds'] / two['seconds']:.2f} times as fast")
            with cluster(1) as address:
                single = report(whole, "--cluster", address)
            with cluster(2) as address:
                double = report(whole, "--cluster", address)
            print(f"1 to 2 workers: {single['seconds'] / double['seconds']:.2f} times as fast")
            if asked.dead:
                report(portfolio(work, asked.blogs, asked.dead, port, silent), "--jobs", "2")


if __name__ == "__main__":
    begun = time.perf_counter()
    main()
    if "--serve" not in sys.argv:
        print(f"{time.perf_counter() - begun:.0f} s altogether")
