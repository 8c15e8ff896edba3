"""The command as a scheduler calls it: one at a time, in time, with a line for the log."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from calls import Said
from jsonschema import Draft202012Validator

from bloglint.api import check as judged
from bloglint.cli.output import exit_code
from bloglint.config import find_file
from bloglint.history.periodic import only_one
from bloglint.model import Report, replace
from history.blogs import write_blog

Call = Callable[..., Said]
DAY = date(2026, 6, 1)
SCHEMA = Path(__file__).parents[2] / "bloglint" / "schemas" / "report-1.json"


def test_the_json_holds_to_its_schema(tmp_path: Path, call: Call) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    blog = write_blog(tmp_path / "blog", DAY)
    for day in (DAY, DAY + timedelta(days=30)):
        done = call("report", blog, "--as-of", day, "--format", "json")
        found = json.loads(done.out)
        Draft202012Validator(schema).validate(found)
        (one,) = found["blogs"]
        assert all(finding["change"] in ("new", "open", "fixed") for finding in one["findings"])
    assert one["previous"]["as_of"].startswith("2026-06-01")


def test_a_second_run_on_the_same_history_is_refused(tmp_path: Path, call: Call) -> None:
    file, blog = tmp_path / "h.sqlite", write_blog(tmp_path / "blog", DAY)
    with only_one(file):
        for language, said in (("en", "another report runs"), ("de", "anderer Bericht läuft")):
            done = call("report", blog, "--db", file, "--as-of", DAY, "--lang", language)
            if language == "en":
                assert said in done.err
            assert done.code == 2 and re.search(r"pid \d+, \d{4}-", done.err) and done.out == ""
        other = call("report", blog, "--db", tmp_path / "other", "--as-of", DAY)
        assert other.code == 0
    assert call("report", blog, "--db", file, "--as-of", DAY).code == 0


def test_a_lock_of_a_process_that_died_holds_nobody(tmp_path: Path, call: Call) -> None:
    file, blog = tmp_path / "h.sqlite", write_blog(tmp_path / "blog", DAY)
    code = (
        "import os, sys; from pathlib import Path\n"
        "from bloglint.history.periodic import only_one\n"
        "with only_one(Path(sys.argv[1])):\n    os._exit(1)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(file)], check=False)
    assert call("report", blog, "--db", file, "--as-of", DAY).code == 0


def test_a_line_for_the_log(tmp_path: Path, call: Call) -> None:
    blog = write_blog(tmp_path / "blog", DAY)
    call("report", blog, "--as-of", DAY)
    for language, said in (
        ("en", r"blogs: 1, unreadable: 0; worse: 1, better: 0; findings new: 1, fixed: 0; \d+ s"),
        ("de", r"Blogs: 1, unlesbar: 0; schlechter: 1, besser: 0; Befunde neu: 1, behoben: 0; \d+"),
    ):
        day = DAY + timedelta(days=20)
        done = call("report", blog, "--as-of", day, "--lang", language, "--quiet")
        assert re.search(said, done.err), done.err
        assert len(done.out.splitlines()) == 1


@pytest.mark.parametrize(("text", "code"), [("1h", 0), ("soon", 2), ("0", 2), ("15x", 2)])
def test_how_long_a_run_may_take(tmp_path: Path, call: Call, text: str, code: int) -> None:
    blog = write_blog(tmp_path / "blog", DAY)
    assert call("report", blog, "--as-of", DAY, "--max-runtime", text).code == code


def test_what_is_not_done_in_time_is_named_and_the_rest_is_reported(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bloglint.running import runner

    for n in range(3):
        write_blog(tmp_path / f"b{n}", DAY, 10 + n)
    (tmp_path / "p.yml").write_text("blogs: [{feed: b0}, {feed: b1}, {feed: b2}]")
    answers = iter([False, True, True, True])
    monkeypatch.setattr(runner, "is_over", lambda until: next(answers))
    done = call(
        "report", tmp_path / "p.yml", "--as-of", DAY, "--max-runtime", "1h", "--format", "json"
    )
    found = json.loads(done.out)
    assert done.code == 3 and len(found["blogs"]) == 1 and len(found["errors"]) == 2
    assert all("time given was over" in one["message"] for one in found["errors"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "sarif"), "no format 'sarif'"),
        (("--only-changes",), "--mail-to"),
        (("--as-of", "tomorrow"), "no date"),
        (("--cluster", "tcp://127.0.0.1:1"), "no scheduler answers"),
    ],
)
def test_wrong_calls_judge_nothing(
    tmp_path: Path,
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.setattr("bloglint.running.dask_cluster.PATIENCE", 1)
    done = call("report", write_blog(tmp_path / "b", DAY), *arguments)
    assert done.code == 2 and said in done.err and done.out == ""


def test_findings_fail_a_report_only_when_asked(tmp_path: Path, call: Call) -> None:
    blog = write_blog(tmp_path / "blog", DAY)
    late = ("report", blog, "--as-of", DAY + timedelta(days=60))
    assert call(*late).code == 0
    assert call(*late, "--fail-on", "error").code == 1
    assert call(*late, "--fail-under", "90").code == 1


def test_markdown_and_terminal_tell_the_change_in_both_languages(
    tmp_path: Path, call: Call
) -> None:
    blog = write_blog(tmp_path / "blog", DAY)
    call("report", blog, "--as-of", DAY)
    day = DAY + timedelta(days=20)
    for language, words in (("en", "silence of 20 days"), ("de", "20 Tage Schweigen")):
        for kind in ("terminal", "markdown", "html"):
            done = call("report", blog, "--as-of", day, "--format", kind, "--lang", language)
            assert words in done.out, kind


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--as-of", "morgen"), "ist kein Datum"),
        (("--as-of", "9999-12-31"), "ist kein Datum"),
        (("--format", "jsn"), "Meinten Sie 'json'?"),
        (("--only-changes",), "betrifft, was gesendet wird"),
        (("--max-runtime", "bald"), "ist keine Zeit"),
        (("--max-runtime", "²"), "ist keine Zeit"),
        (("--select", "bloat-lenght"), "Meinten Sie 'bloat-length'?"),
        (("--mail-to", "niemand"), "ist keine Adresse"),
        (("--limit", "viele"), "ist keine Anzahl"),
        (("--offline", "--refresh"), "widersprechen sich"),
    ],
)
def test_errors_are_in_the_language_that_was_asked_for(
    tmp_path: Path, call: Call, arguments: tuple[str, ...], said: str
) -> None:
    blog = write_blog(tmp_path / "b", DAY)
    for lang in (("--lang", "de"), ("--lang=de",)):
        done = call("report", blog, *arguments, *lang)
        assert done.code == 2 and said in done.err, done.err


def test_a_score_of_nothing_is_under_any_limit(tmp_path: Path) -> None:
    report = judged(write_blog(tmp_path / "b", DAY), as_of=DAY)
    for score, code in ((0.0, 1), (59.9, 1), (60.0, 0), (None, 0)):
        one = Report(report.as_of, (replace(report.blogs[0], score=score),))
        assert exit_code(one, [], 60.0, True, lambda blog: blog.name) == code


def test_a_folder_that_may_not_be_looked_into_has_no_configuration(tmp_path: Path) -> None:
    def forbidden(self: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(self))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "is_file", forbidden)
        assert find_file(tmp_path) is None


def test_another_day_gives_what_it_gives_without_a_cache(tmp_path: Path, call: Call) -> None:
    """What needs no day is kept from one day to the next; nothing of it may be of yesterday."""
    blog = write_blog(tmp_path / "blog", DAY)
    text = "We saw the the pump. <!-- bloglint-disable-next-line bloat-unedited -->\n"
    (blog / "p03.md").write_text((blog / "p03.md").read_text("utf-8") + text, "utf-8")
    said = []
    for days in (0, 1, 40, 300):
        day = DAY + timedelta(days=days)
        kept = call("check", blog, "--as-of", day, "--format=json")
        anew = call("check", blog, "--as-of", day, "--format=json", "--no-cache")
        assert kept.out == anew.out and json.loads(kept.out)["blogs"]
        said.append(kept.out)
    assert len(set(said)) == len(said)
