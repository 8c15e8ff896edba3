"""The first day: a configuration from what can be seen, checks in CI, a plan without posts."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from calls import Said
from pytest_httpserver import HTTPServer

import bloglint
from drafts.conftest import AS_OF, EXAMPLES

Call = Callable[..., Said]


@pytest.fixture
def site(tmp_path: Path, language: str) -> Path:
    shutil.copytree(EXAMPLES / f"failing-{language}" / "posts", tmp_path / "content" / "posts")
    shutil.copytree(EXAMPLES / f"failing-{language}" / "newsroom", tmp_path / "newsroom")
    return tmp_path


def test_it_finds_posts_newsroom_brand_and_authors(call: Call, site: Path, language: str) -> None:
    said = call("init", AS_OF, f"--lang={language}", cwd=site)
    assert said.code == 0, said.err
    text = (site / "bloglint.yml").read_text("utf-8")
    config = yaml.safe_load(text)
    assert config["source"] == "content/posts" and config["press"] == ["newsroom"]
    assert config["names"] == ["Nordvanta"] and config["profile"] == "standard"
    author = {"en": "Sandra Kroger (21)", "de": "Sabine Kröger (21)"}[language]
    assert author in text and "105" in text
    grade = {"en": "Grade F", "de": "Bewertung F"}[language]
    assert grade in said.out and "bloglint check" in said.out.splitlines()[-1]
    out = call("check", AS_OF, "--quiet", f"--lang={language}", cwd=site)
    assert out.code == 1 and grade in out.out


def test_nothing_is_written_over_without_force(call: Call, site: Path) -> None:
    own = site / "bloglint.yml"
    own.write_text("profile: strict\n", encoding="utf-8")
    said = call("init", AS_OF, cwd=site)
    assert said.code == 2 and "bloglint.yml" in said.err
    assert own.read_text("utf-8") == "profile: strict\n"
    assert call("init", "--force", AS_OF, cwd=site).code == 0
    assert "newsroom" in own.read_text("utf-8")


@pytest.mark.parametrize(
    ("language", "plan"), [("en", "editorial-plan.md"), ("de", "redaktionsplan.md")]
)
def test_a_blog_without_posts_gets_a_plan(
    call: Call, tmp_path: Path, language: str, plan: str
) -> None:
    (tmp_path / "README.md").write_text("# Hi\n", encoding="utf-8")
    said = call("init", f"--lang={language}", cwd=tmp_path)
    assert said.code == 0 and plan in said.out
    assert "14" in (tmp_path / plan).read_text("utf-8")
    assert yaml.safe_load((tmp_path / "bloglint.yml").read_text("utf-8"))["fail_on"] == "error"


@pytest.mark.parametrize(
    ("mark", "home", "name"),
    [
        ("hugo.toml", "content/posts", "Hugo"),
        ("_config.yml", "_posts", "Jekyll"),
        ("mkdocs.yml", "docs/blog/posts", "MkDocs"),
        ("astro.config.mjs", "src/content/blog", "Astro"),
        ("docusaurus.config.js", "blog", "Docusaurus"),
        ("pelicanconf.py", "content", "Pelican"),
    ],
)
@pytest.mark.parametrize("language", ["en"])
def test_the_generator_is_seen(
    call: Call, tmp_path: Path, language: str, mark: str, home: str, name: str
) -> None:
    (tmp_path / mark).write_text("", encoding="utf-8")
    shutil.copytree(EXAMPLES / "healthy-en" / "posts", tmp_path / home)
    said = call("init", AS_OF, "--lang=en", cwd=tmp_path)
    assert f"made by {name}" in said.out
    assert yaml.safe_load((tmp_path / "bloglint.yml").read_text("utf-8"))["source"] == home


def test_a_feed_is_enough(call: Call, tmp_path: Path, language: str) -> None:
    feed = EXAMPLES / f"healthy-{language}" / "feed.xml"
    said = call("init", feed, AS_OF, cwd=tmp_path)
    assert said.code == 0, said.err
    assert call("check", AS_OF, "--quiet", cwd=tmp_path).code == 0


def test_an_address_is_enough(
    call: Call, tmp_path: Path, language: str, httpserver: HTTPServer
) -> None:
    feed = (EXAMPLES / f"healthy-{language}" / "feed.xml").read_bytes()
    httpserver.expect_request("/feed.xml").respond_with_data(feed, content_type="application/xml")
    address = httpserver.url_for("/feed.xml")
    said = call("init", address, "--github", AS_OF, "--lang=en", cwd=tmp_path)
    assert said.code == 0 and "Grade A" in said.out, said.err
    assert yaml.safe_load((tmp_path / "bloglint.yml").read_text("utf-8"))["source"] == address
    assert call("check", AS_OF, "--offline", "--quiet", "--fail-on=never", cwd=tmp_path).code == 0


def test_an_address_that_cannot_be_read_gets_no_configuration(call: Call, tmp_path: Path) -> None:
    said = call("init", "http://127.0.0.1:9/feed", "--no-cache", "--lang=en", cwd=tmp_path)
    assert said.code == 3 and "Nothing was written" in said.err
    assert list(tmp_path.iterdir()) == []


def test_what_ci_gets_is_valid(call: Call, site: Path) -> None:
    said = call("init", "--github", "--gitlab", "--pre-commit", AS_OF, "--lang=en", cwd=site)
    assert said.code == 0 and "bloglint.gitlab-ci.yml" in said.out
    for schema, file in (
        ("vendor.github-workflows", ".github/workflows/bloglint.yml"),
        ("vendor.gitlab-ci", "bloglint.gitlab-ci.yml"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, file],
            cwd=site, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout
    check = [sys.executable, "-m", "pre_commit", "validate-config", ".pre-commit-config.yaml"]
    assert subprocess.run(check, cwd=site).returncode == 0


def test_checks_are_added_to_a_configuration_that_is_there(call: Call, site: Path) -> None:
    own = site / "bloglint.yml"
    own.write_text("names: [Acme]\nsource: content/posts\n", encoding="utf-8")
    hooks = site / ".pre-commit-config.yaml"
    hooks.write_text("repos: []\n", encoding="utf-8")
    said = call("init", "--github", "--pre-commit", AS_OF, "--lang=en", cwd=site)
    assert said.code == 0 and "stays as it is" in said.out
    assert "names: [Acme]" in own.read_text("utf-8")
    assert hooks.read_text("utf-8") == "repos: []\n" and "id: bloglint" in said.out
    assert call("init", "--github", AS_OF, cwd=site).code == 2
    assert call("init", "--pre-commit", "--force", AS_OF, cwd=site).code == 0
    assert hooks.read_text("utf-8") == "repos: []\n"


def test_checks_lie_at_the_root_of_the_repository(call: Call, tmp_path: Path, site: Path) -> None:
    repository = tmp_path / "repository"
    inner = repository / "web site"
    shutil.copytree(site / "content", inner / "content")
    subprocess.run(["git", "init", "-q", str(repository)], check=True)
    said = call("init", "--github", "--pre-commit", AS_OF, "--lang=de", cwd=inner)
    assert said.code == 0 and (inner / "bloglint.yml").is_file()
    workflow = (repository / ".github/workflows/bloglint.yml").read_text("utf-8")
    run = yaml.safe_load(workflow)["jobs"]["bloglint"]["steps"][-1]["run"]
    assert run == 'bloglint check "web site/content/posts" --changed "origin/$BASE" --lang de'
    hook = yaml.safe_load((repository / ".pre-commit-config.yaml").read_text("utf-8"))
    entry = hook["repos"][0]["hooks"][0]["entry"]
    assert entry == 'bloglint check "web site/content/posts" --changed HEAD --lang de'


def test_a_feed_has_no_changes(call: Call, tmp_path: Path, language: str) -> None:
    feed = EXAMPLES / f"healthy-{language}" / "feed.xml"
    assert call("init", feed, "--github", "--gitlab", AS_OF, cwd=tmp_path).code == 0
    for file in (".github/workflows/bloglint.yml", "bloglint.gitlab-ci.yml"):
        assert "--changed" not in (tmp_path / file).read_text("utf-8")


def test_a_mistyped_source_writes_nothing(call: Call, tmp_path: Path) -> None:
    said = call("init", "conntent/posts", "--force", cwd=tmp_path)
    assert said.code == 2 and "conntent/posts" in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("noted", "installs", "copy"),
    [
        (None, f"bloglint=={bloglint.__version__}", False),
        ({"url": "https://git.example/b", "vcs_info": {"vcs": "git", "commit_id": "a1"}},
         "bloglint @ git+https://git.example/b@a1", False),
        ({"url": "file:///home/a%20b/bloglint", "dir_info": {}},
         f"tools/bloglint-{bloglint.__version__}-py3-none-any.whl", True),
        ({"url": "https://x.example/bloglint-1-py3-none-any.whl"},
         "bloglint @ https://x.example/bloglint-1-py3-none-any.whl", False),
    ],
)  # fmt: skip
def test_a_check_installs_what_there_is(
    site: Path, call: Call, monkeypatch: pytest.MonkeyPatch, noted: Any, installs: str, copy: bool
) -> None:
    import importlib.metadata

    class Noted:
        def read_text(self, name: str) -> str | None:
            return json.dumps(noted) if noted else None

    monkeypatch.setattr(importlib.metadata, "distribution", lambda name: Noted())
    said = call("init", "--github", "--gitlab", AS_OF, cwd=site)
    assert ("pip wheel --no-deps -w tools '/home/a b/bloglint'" in said.out) is copy
    for file in (".github/workflows/bloglint.yml", "bloglint.gitlab-ci.yml"):
        text = (site / file).read_text("utf-8")
        assert f'"{installs}"' in text and yaml.safe_load(text)
        assert ("No index has it yet" in text) is copy
