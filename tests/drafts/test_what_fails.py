"""What makes a check fail: the table of exit codes, one test a row, and what changes it."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from calls import HEARS, Said

from drafts.conftest import ADVERT, AS_OF, EXAMPLES

Call = Callable[..., Said]


@pytest.fixture
def failing(language: str) -> Path:
    return EXAMPLES / f"failing-{language}" / "posts"


@pytest.fixture
def healthy(language: str) -> Path:
    return EXAMPLES / f"healthy-{language}" / "posts"


def test_0_nothing_at_or_above_the_limit(call: Call, healthy: Path) -> None:
    assert call("check", healthy, AS_OF, "--fail-on=error", "--fail-under=90").code == 0


@pytest.mark.parametrize("more", [[], ["--fail-on=warning"], ["--fail-on=info"]])
def test_1_findings(call: Call, failing: Path, more: list[str]) -> None:
    assert call("check", failing, AS_OF, *more).code == 1
    assert call("check", failing, AS_OF, "--fail-on=never").code == 0


def test_1_a_score_under_the_limit(call: Call, failing: Path) -> None:
    assert call("check", failing, AS_OF, "--fail-on=never", "--fail-under=60").code == 1


def test_a_score_that_is_none_fails_nothing_and_that_is_said(call: Call, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("---\ntitle: x\n---\n", encoding="utf-8")
    said = call("check", tmp_path / "x.md", AS_OF, "--fail-under=60")
    assert said.code == 0 and "--fail-under" in said.err


@pytest.mark.parametrize(
    "args",
    [["--select=no-such"], ["--format=x"], ["--as-of=soon"], ["--config=no.yml"], ["--jobs=0"]],
)
def test_2_a_wrong_call(call: Call, failing: Path, args: list[str]) -> None:
    said = call("check", failing, *args)
    assert (said.code, said.out) == (2, "")


def test_3_a_source_that_cannot_be_read(call: Call, failing: Path, tmp_path: Path) -> None:
    said = call("check", tmp_path / "no", failing, AS_OF, "--format=json")
    assert said.code == 3 and len(json.loads(said.out)["blogs"]) == 1


def test_4_a_result_that_cannot_be_delivered(call: Call, failing: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    assert call("check", failing, AS_OF, "--format=json=/dev/full").code == 4


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_130_interrupted_and_143_told_to_end(number: signal.Signals, code: int) -> None:
    start = f"{HEARS}from bloglint.cli import main; main()"
    call = [sys.executable, "-c", start, "check", "-", "--verbose"]
    pipe = subprocess.PIPE
    with subprocess.Popen(call, stdin=pipe, stderr=pipe) as process:
        assert process.stderr
        process.stderr.readline()  # from here on it waits for its input
        time.sleep(0.5)
        process.send_signal(number)
        assert process.wait(20) == code
        assert b"Traceback" not in process.stderr.read()


def test_the_first_that_applies_counts(call: Call, failing: Path, tmp_path: Path) -> None:
    missing, full = tmp_path / "no", "--format=json=/dev/full"
    assert call("check", failing, missing, AS_OF, full).code == 3
    assert call("check", failing, missing, AS_OF, full, "--format=no").code == 2


def test_severities_are_the_users(call: Call, tmp_path: Path, language: str) -> None:
    post = tmp_path / "x.md"
    post.write_text(ADVERT[language], encoding="utf-8")
    config = tmp_path / "bloglint.yml"

    def levels() -> tuple[int, dict[str, str]]:
        said = call("check", post, AS_OF, "--format=json")
        return said.code, {
            f["rule"]: f["severity"] for f in json.loads(said.out)["blogs"][0]["findings"]
        }

    code, before = levels()
    assert code == 0 and before["advertorial-seal"] == "info"
    config.write_text("severity: {advertorial: info, advertorial-seal: error}\n", "utf-8")
    code, after = levels()
    assert code == 1
    assert (after["advertorial-seal"], after["advertorial-tone"]) == ("error", "info")
    assert next(iter(after)) == "advertorial-seal"
    config.write_text("severity: {advertorial-sea: info}\n", "utf-8")
    assert call("check", post).code == 2
    config.write_text("severity: {advertorial: off}\n", "utf-8")
    assert call("check", post).code == 2


def test_a_stricter_profile_finds_more(
    call: Call, healthy: Path, tmp_path: Path, language: str
) -> None:
    post = tmp_path / "x.md"
    post.write_text(ADVERT[language], encoding="utf-8")
    errors = {}
    for profile in ("starter", "standard", "strict"):
        said = call(
            "check", post, "--blog", healthy, AS_OF, f"--profile={profile}", "--format=json"
        )
        found = json.loads(said.out)["blogs"][0]["findings"]
        errors[profile] = sum(one["severity"] != "info" for one in found)
    assert errors["starter"] <= errors["standard"] <= errors["strict"]
