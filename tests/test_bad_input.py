"""Whatever a user hands over: a clear message, the right exit code, and nothing else goes down."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from calls import ALL_TESTS

CALL = "from bloglint.cli import main; main()"
GOOD = "---\ntitle: Good\ndate: 2026-06-01\nlang: en\n---\n\nWe took the pump apart today.\n"


def run(folder: Path, *args: str, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CALL, "check", *args, "--as-of", "2026-06-20"],
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=120,
        **more,
    )


def judged(folder: Path, *args: str) -> dict[str, Any]:
    out = run(folder, *args, "--format", "json")
    assert "Traceback" not in out.stderr, out.stderr
    report: dict[str, Any] = json.loads(out.stdout)
    return report


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]><rss><channel><title>&c;</title></channel></rss>'
)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("page.html.xml", b"<!DOCTYPE html><html><body>Hi</body></html>", "an HTML page"),
        ("data.json", b'{"version": 1}', "JSON"),
        ("image.png", b"\x89PNG\r\n\x1a\n\0\0\0", "a binary file"),
        ("empty.xml", b"", "nothing in it"),
        ("other.xml", b"<?xml version='1.0'?><html5/>", "XML of another kind"),
        (
            "bomb.xml",
            BOMB,
            "no published post",
        ),
    ],
)
def test_what_is_no_feed_is_named(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.md").write_text(GOOD)
    report = judged(tmp_path, name, "good.md")
    assert said in report["errors"][0]["message"]
    assert report["errors"][0]["source"] == name and report["errors"][0]["advice"]
    assert len(report["blogs"]) == 1
    assert run(tmp_path, name, "good.md").returncode == 3


ITEM = (
    "<item><title>{n}</title><guid>{n}</guid>{date}<description>The pump {n}.</description></item>"
)


def feed(*dates: str) -> str:
    items = "".join(
        ITEM.format(n=n, date=f"<pubDate>{day}</pubDate>" if day else "")
        for n, day in enumerate(dates)
    )
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>B</title>{items}</channel></rss>"
    )


def test_a_truncated_feed_is_judged_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = feed("Mon, 01 Jun 2026 10:00:00 +0200", "Tue, 02 Jun 2026 10:00:00 +0200")
    (tmp_path / "feed.xml").write_text(whole[: whole.rindex("<description>") + 20])
    blog = judged(tmp_path, "feed.xml")["blogs"][0]
    assert blog["posts_judged"] >= 1
    assert any("not well-formed" in note for note in blog["notes"])


def test_impossible_missing_and_future_dates_are_counted(tmp_path: Path) -> None:
    text = feed(
        "Mon, 01 Jun 2026 10:00:00 GMT", "", "Fri, 32 Foo 2026", "Fri, 01 Jan 2027 10:00:00 GMT"
    )
    (tmp_path / "feed.xml").write_text(text)
    blog = judged(tmp_path, "feed.xml")["blogs"][0]
    assert (blog["posts_judged"], blog["left_out"]) == (1, {"no date": 2, "future": 1})


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_byte_order_marks(tmp_path: Path, encoding: str) -> None:
    text = "---\ntitle: Grüße\ndate: 2026-06-01\n---\n\nDie Prüfung der Pumpe für größere Flüsse.\n"
    (tmp_path / "a.md").write_bytes(text.encode(encoding))
    assert judged(tmp_path, "a.md")["blogs"][0]["posts"][0]["title"] == "Grüße"


def test_broken_front_matter_names_line_and_column_and_spares_the_others(tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_text("---\ntitle: [One\ndate: 2026-06-01\n---\n\nText.\n")
    (tmp_path / "good.md").write_text(GOOD)
    blog = judged(tmp_path, ".")["blogs"][0]
    assert blog["posts_judged"] == 1
    assert any("bad.md" in note and ":3" in note for note in blog["notes"]), blog["notes"]


def test_binary_unreadable_and_endless(tmp_path: Path) -> None:
    (tmp_path / "binary.md").write_bytes(b"\0\1\2" * 100)
    (tmp_path / "good.md").write_text(GOOD)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere")
    blog = judged(tmp_path, ".")["blogs"][0]
    assert blog["posts_judged"] == 1
    assert blog["left_out"]["unreadable"] == 2


@pytest.mark.parametrize("name", ["mit leer zeichen.md", "grüße.md", "new\nline.md"])
def test_strange_file_names(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(GOOD)
    assert judged(tmp_path, ".")["blogs"][0]["posts"][0]["id"] == name


def test_an_unknown_language_is_reported_as_not_judged(tmp_path: Path) -> None:
    text = "La pompe s'est arrêtée cette nuit parce qu'un chiffon bloquait la roue. " * 10
    (tmp_path / "fr.md").write_text(f"---\ntitle: Un\ndate: 2026-06-01\nlang: fr\n---\n\n{text}\n")
    blog = judged(tmp_path, ".")["blogs"][0]
    assert blog["languages"] == ["fr"]
    assert blog["reasons"]["advertorial"]["score"] is None
    assert any("neither English nor German" in note for note in blog["notes"])


@pytest.mark.parametrize("words", [0, 1, 200_000 if ALL_TESTS else 60_000])
def test_posts_of_no_one_and_very_many_words(tmp_path: Path, words: int) -> None:
    head = "---\ntitle: One\ndate: 2026-06-01\nlang: en\n---\n\n"
    (tmp_path / "one.md").write_text(head + "word. " * words)
    assert judged(tmp_path, "one.md")["blogs"][0]["posts"][0]["words"] == words


def test_an_empty_folder_and_one_of_drafts(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "a.md").write_text(GOOD.replace("lang: en", "draft: true"))
    report = judged(tmp_path, "empty", "drafts")
    assert [error["source"] for error in report["errors"]] == ["empty", "drafts"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["good.md", "--select", "bloat-lenght"], "Did you mean 'bloat-length'"),
        (["good.md", "--format", "jsn"], "Did you mean 'json'"),
        (["good.md", "--limit", "some"], "is no number of posts"),
        (["good.md", "--config", "none.yml"], "this file does not exist"),
        (["good.md", "--fial-on", "error"], "--fail-on"),
        ([], "no source was named"),
    ],
)
def test_a_wrong_call_judges_nothing(tmp_path: Path, args: list[str], said: str) -> None:
    (tmp_path / "good.md").write_text(GOOD)
    out = run(tmp_path, *args)
    assert out.returncode == 2, out.stdout
    assert said in out.stderr and not out.stdout


def test_a_file_that_cannot_be_written_is_told_before_anything_is_judged(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(GOOD)
    out = run(tmp_path, "good.md", "--format", "json=no/such/file.json", "--format", "terminal")
    assert out.returncode == 2
    assert "no/such/file.json" in out.stderr and not out.stdout


def test_fail_on_and_fail_under_decide_the_exit_code(tmp_path: Path) -> None:
    for n in (1, 2, 3, 4):
        (tmp_path / f"{n}.md").write_text(GOOD.replace("2026-06-01", f"2026-04-0{n}"))
    assert run(tmp_path, ".").returncode == 1
    assert run(tmp_path, ".", "--fail-on", "never").returncode == 0
    assert run(tmp_path, ".", "--fail-on", "never", "--fail-under", "90").returncode == 1


@pytest.mark.parametrize("arguments", ["--help", "rules", "check {}", "check {} --format json"])
def test_an_output_that_is_closed_from_the_start_is_none(arguments: str) -> None:
    posts = Path(__file__).parents[1] / "examples" / "healthy-en" / "posts"
    call = f"{sys.executable} -m bloglint {arguments.format(posts)} >&- 2>&-; exit $?"
    assert subprocess.run(["sh", "-c", call]).returncode in (0, 1)


def test_a_closed_pipe_is_no_error_to_shout_about() -> None:
    root = Path(__file__).parent.parent
    command = (
        f"{sys.executable} -c '{CALL}' check examples/failing-en/posts --format json | head -c 9"
    )
    out = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=root)
    assert out.stdout == '{\n  "tool'
    assert "Traceback" not in out.stderr and "Exception" not in out.stderr


def test_ctrl_c_ends_with_130() -> None:
    reading = subprocess.Popen(
        [sys.executable, "-c", CALL, "check", "-", "--verbose"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=os.fspath(Path(__file__).parent.parent),
        # A test run in the background of a shell inherits that the signal is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert reading.stderr and "configuration" in reading.stderr.readline()  # it has begun
    reading.send_signal(signal.SIGINT)
    _, said = reading.communicate(timeout=30)
    assert reading.returncode == 130
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "text",
    ["weights: {bloat: .nan}", "weights: {bloat: -1}", "fail_under: .inf",
     "max_feed_mb: .nan", "max_archive_mb: .inf", "max_archive_mb: -1",
     "options: {frequency-authors: {limit: .nan}}"],
)  # fmt: skip
def test_a_number_that_is_none_is_a_wrong_call(tmp_path: Path, text: str) -> None:
    (tmp_path / "bloglint.yml").write_text(text, "utf-8")
    (tmp_path / "a.md").write_text("Text.", "utf-8")
    call = [sys.executable, "-m", "bloglint", "check", str(tmp_path), "--quiet"]
    done = subprocess.run(call, capture_output=True, text=True)
    assert done.returncode == 2 and "no number from 0 to" in done.stderr


def test_a_path_that_is_too_long_is_a_wrong_call() -> None:
    call = [sys.executable, "-m", "bloglint", "check", "x" * 5000]
    done = subprocess.run(call, capture_output=True, text=True)
    assert done.returncode == 2 and "Traceback" not in done.stderr and len(done.stderr) < 400


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bloglint.yml", f"fail_under: {'9' * 5000}"),
        ("bloglint.yml", "names: !!timestamp x"),
        ("bloglint.yml", "options: {bloat-length: {max_words: 1" + "0" * 400 + "}}"),
        ("bloglint.yml", "options: {frequency-gap: {due_days: 1000000}}"),
        ("pyproject.toml", f"[tool.bloglint]\nfail_under = {'9' * 5000}"),
        ("bloglint-baseline.json", "!!timestamp x"),
        ("bloglint-baseline.json", "[" * 100_000),
    ],
)
def test_settings_that_no_parser_likes_are_a_wrong_call(
    tmp_path: Path, name: str, text: str
) -> None:
    """Each was found by ``benchmarks/fuzz.py --state``."""
    (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "a.md").write_text("---\ndate: 2026-06-01\n---\nText.", "utf-8")
    call = [sys.executable, "-m", "bloglint", "check", str(tmp_path), "--quiet"]
    if "baseline" in name:
        call += ["--baseline", str(tmp_path / name)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "Traceback" not in done.stderr and name in done.stderr
