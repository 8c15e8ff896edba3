"""``check --watch``, and the manual page."""

import subprocess
import sys
import time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

POST = "---\ntitle: A pump\ndate: 2026-06-20\n---\n{}\n"
WAITS = 20


def wait_for(text: str, count: int, file: Path) -> None:
    until = time.monotonic() + WAITS
    while time.monotonic() < until:
        if file.read_text("utf-8").count(text) >= count:
            return
        time.sleep(0.05)
    raise AssertionError(f"{text!r} was not written {count} times: {file.read_text('utf-8')}")


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
def test_a_change_is_judged_anew_and_its_own_files_are_none(tmp_path: Path) -> None:
    blog = tmp_path / "blog"
    blog.mkdir()
    (blog / "a.md").write_text(POST.format("We took it apart."), "utf-8")
    out, said = blog / "out.txt", tmp_path / "said"  # the output lies in the blog
    until = time.monotonic() + 3 * WAITS
    call = [sys.executable, "-m", "bloglint", "check", ".", "--watch", "--isolated", "--no-cache",
            "--as-of", "2026-06-30", "--format", "concise", "--format", "json=v.json"]  # fmt: skip
    with out.open("w") as stdout, said.open("w") as stderr:
        process = subprocess.Popen(call, cwd=blog, stdout=stdout, stderr=stderr)
        try:
            wait_for("Ctrl-C", 1, said)
            while said.read_text("utf-8").count("Ctrl-C") < 2:  # until the folder is watched
                assert time.monotonic() < until, "no change was seen"
                (blog / "a.md").write_text(POST.format("We took the the pump apart."), "utf-8")
                time.sleep(2)
            runs = said.read_text("utf-8").count("Ctrl-C")
            time.sleep(3)  # its own output is no reason to judge again
            assert said.read_text("utf-8").count("Ctrl-C") <= runs + 1  # of the last writing
            process.terminate()
            assert process.wait(WAITS) in (0, 143)
        finally:
            process.kill()
    assert "doubled word" in out.read_text("utf-8")


def test_only_files_can_be_watched() -> None:
    call = [sys.executable, "-m", "bloglint", "check", "https://blog.example/", "--watch"]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "this machine" in done.stderr


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_manual_page_says_what_the_help_says(language: str, tmp_path: Path) -> None:
    docs = Path(__file__).parent.parent / "docs"
    spec = spec_from_file_location("man_pages", docs / "man_pages.py")
    assert spec and spec.loader
    pages = module_from_spec(spec)
    spec.loader.exec_module(pages)
    pages.write(tmp_path)
    name = Path("man1" if language == "en" else "de/man1") / "bloglint.1"
    written = (docs / "man" / name).read_text("utf-8")
    assert written == (tmp_path / name).read_text("utf-8"), "run python docs/man_pages.py"
    assert "\\-\\-watch" in written
