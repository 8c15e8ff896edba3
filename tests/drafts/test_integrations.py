"""What others run: pre-commit, GitHub's action, Docker, shells, editors."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from calls import Said

from drafts.conftest import ADVERT, AS_OF, commit, git

ROOT = Path(__file__).parents[2]
Call = Callable[..., Said]


@pytest.fixture
def configured(repository: Path) -> Path:
    (repository / "bloglint.yml").write_text(
        "source: content/posts\nfail_on: warning\n", encoding="utf-8"
    )
    commit(repository, "configuration")
    return repository


def test_the_real_pre_commit_runs_the_hook(
    configured: Path, tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit"))
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    hook = dict(hooks[0], language="system", entry=f"{sys.executable} -m {hooks[0]['entry']}")
    config = {"repos": [{"repo": "local", "hooks": [hook]}]}
    (configured / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    commit(configured)
    run = [sys.executable, "-m", "pre_commit", "run", "--verbose"]

    def ran() -> subprocess.CompletedProcess[str]:
        git(configured, "add", "-A")
        return subprocess.run(run, cwd=configured, capture_output=True, text=True)

    assert "Skipped" in ran().stdout
    (configured / "README.md").write_text(ADVERT[language], encoding="utf-8")
    done = ran()
    assert done.returncode == 0, done.stdout  # no post of the blog
    (configured / "content/posts/x.md").write_text(ADVERT[language], encoding="utf-8")
    done = ran()
    assert done.returncode == 1 and "advertorial-seal" in done.stdout


def test_the_hooks_are_valid() -> None:
    check = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    assert subprocess.run(check, cwd=ROOT).returncode == 0


@pytest.mark.parametrize(
    ("schema", "file"),
    [("actions", "action.yml"), ("workflows", ".github/workflows/release.yml")],
)
def test_the_action_and_the_release_are_valid(schema: str, file: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.github-{schema}",
         file], cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("inputs", "base", "code", "said"),
    [
        ({}, "main", 1, "x.md"),
        ({"ARGS": "--fail-on never --quiet"}, "main", 0, "score stays"),
        ({"CHANGED": "HEAD"}, "", 0, "No post differs"),
        ({"CHANGED": "all", "ARGS": "--fail-on error"}, "main", 0, "of 100"),
        ({"SOURCE": "content/posts; touch broken"}, "", 3, "touch broken"),
        ({"ARGS": "--select $(touch broken)"}, "", 2, ""),
    ],
)
@pytest.mark.parametrize("language", ["en"])
def test_the_steps_of_the_action_do_what_they_say(
    configured: Path,
    tmp_path: Path,
    language: str,
    inputs: dict[str, str],
    base: str,
    code: int,
    said: str,
) -> None:
    shutil.copy(configured / "bloglint.yml", tmp_path)
    (configured / "content/posts/x.md").write_text(ADVERT[language], encoding="utf-8")
    commit(configured)
    git(configured, "update-ref", "refs/remotes/origin/main", "main")
    install, judge = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
    subprocess.run(["bash", "-n", "-c", install["run"]], check=True)
    assert set(install["env"]) == {"PACKAGE"} and '"$PACKAGE"' in install["run"]
    place = tmp_path / "bloglint" / "bin"
    place.mkdir(parents=True)
    program = place / "bloglint"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bloglint "$@" {AS_OF}\n', "utf-8")
    program.chmod(0o755)
    assert set(judge["env"]) == {"SOURCE", "CHANGED", "ARGS"}
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", judge["run"]],
        cwd=configured, capture_output=True, text=True,
        env={**os.environ, "SOURCE": "", "CHANGED": "", "ARGS": "", **inputs, "LC_ALL": "C.UTF-8",
             "RUNNER_TEMP": str(tmp_path), "GITHUB_BASE_REF": base, "GITHUB_ACTIONS": "true",
             "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")},
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    assert said in done.stdout + done.stderr
    assert not (configured / "broken").exists()


def test_the_image_runs_as_nobody_special() -> None:
    last = (ROOT / "Dockerfile").read_text("utf-8").rsplit("FROM", 1)[1]
    assert "--uid 10001" in last and last.index("USER 10001") < last.index("ENTRYPOINT")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_is_told_how_to_complete(shell: str) -> None:
    start = [sys.executable, "-m", "bloglint"]
    env = {**os.environ, "_BLOGLINT_COMPLETE": f"source_{shell}"}
    call = "import sys; sys.argv[0] = 'bloglint'; from bloglint.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True, env=env)
    assert "bloglint" in done.stdout and "COMPLETE" in done.stdout, done.stderr
    if shell == "bash":
        words = {
            "_BLOGLINT_COMPLETE": "complete_bash",
            "COMP_WORDS": "bloglint ch",
            "COMP_CWORD": "1",
        }
        done = subprocess.run(
            [sys.executable, "-c", call], capture_output=True, text=True, env={**env, **words}
        )
        assert done.stdout.split() == ["check"]
    assert subprocess.run([*start, "--version"], capture_output=True).returncode == 0


def _matcher() -> re.Pattern[str]:
    """The regular expression that docs/editors.md gives to VS Code."""
    text = (ROOT / "docs" / "editors.md").read_text("utf-8")
    (written,) = re.findall(r'"regexp": "(.+)"', text)
    return re.compile(str(yaml.safe_load(f'"{written}"')))


def test_the_problem_matcher_of_the_docs_fits_real_output(
    call: Call, repository: Path, language: str
) -> None:
    post = repository / "content" / "posts" / "ein Entwurf: neu.md"
    post.write_text(ADVERT[language], encoding="utf-8")
    name = "content/posts/ein Entwurf: neu.md"
    said = call("check", name, AS_OF, "--format=concise", cwd=repository)
    lines = said.out.splitlines()
    found = [_matcher().fullmatch(line) for line in lines]
    assert lines and all(found)
    for one in filter(None, found):
        file, line, column, severity, rule, message = one.groups()
        assert file == name and int(line) <= ADVERT[language].count("\n") and int(column) > 0
        assert severity in {"error", "warning", "info"} and "-" in rule and message


def test_vim_reads_the_output_with_the_errorformat_of_the_docs(
    call: Call, repository: Path, language: str, tmp_path: Path
) -> None:
    vim = shutil.which("vim")
    if vim is None:
        assert not os.environ.get("BLOGLINT_ALL_TESTS"), "vim is missing"
        pytest.skip("vim is not installed")
    (format_,) = re.findall(r"errorformat=(.+)", (ROOT / "docs" / "editors.md").read_text("utf-8"))
    post = repository / "content" / "posts" / "x.md"
    post.write_text(ADVERT[language], encoding="utf-8")
    said = call("check", "content/posts/x.md", AS_OF, "--format=concise", cwd=repository)
    (repository / "out.txt").write_text(said.out, encoding="utf-8")
    script = (
        f"set errorformat={format_}\ncgetfile out.txt\n"
        "call writefile(map(filter(getqflist(), 'v:val.valid'), "
        "'v:val.lnum . \":\" . v:val.col . \":\" . v:val.type'), 'list.txt')\nquitall!\n"
    )
    (repository / "script.vim").write_text(script, encoding="utf-8")
    subprocess.run([vim, "-u", "NONE", "-es", "-S", "script.vim"], cwd=repository, timeout=60)
    found = (repository / "list.txt").read_text("utf-8").split()
    assert len(found) == len(said.out.splitlines())
    assert all(re.fullmatch(r"\d+:\d+:[ewi]", one) for one in found), found
