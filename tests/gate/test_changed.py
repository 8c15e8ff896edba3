"""Only what changed since a revision is reported."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gate.conftest import ADVERT, AS_OF, Said, commit, git

Call = Callable[..., Said]
POSTS = Path("content/posts")


@pytest.fixture
def check(call: Call, repository: Path) -> Callable[..., Any]:
    """The blog that a check of what changed gives."""

    def checked(revision: str, *more: str) -> Any:
        args = ("check", POSTS, "--changed", revision, AS_OF, "--format=json", *more)
        said = call(*args, cwd=repository)
        assert said.code in (0, 1), said.err
        return json.loads(said.out)["blogs"][0]

    return checked


def first_post(repository: Path) -> Path:
    return sorted((repository / POSTS).glob("*.md"))[0]


def test_nothing_changed(check: Callable[..., Any]) -> None:
    blog = check("main")
    assert blog["findings"] == [] and blog["effect"]["posts"] == []
    assert blog["effect"]["before"] == blog["effect"]["after"]


@pytest.mark.parametrize("revision", ["main", "main...", "HEAD~1", "HEAD"])
def test_a_new_post_is_reported_committed_or_not(
    check: Callable[..., Any], repository: Path, language: str, revision: str
) -> None:
    name = "„neu“ & 'ä' x.md"
    (repository / POSTS / name).write_text(ADVERT[language], encoding="utf-8")
    if revision != "HEAD":
        commit(repository)
    blog = check(revision)
    assert blog["effect"]["posts"] == [name]
    assert {f["path"] for f in blog["findings"]} == {str(POSTS / name)}


def test_a_name_with_a_line_break_is_read(
    check: Callable[..., Any], repository: Path, language: str
) -> None:
    (repository / POSTS / "two\nlines.md").write_text(ADVERT[language], encoding="utf-8")
    commit(repository)
    assert check("main")["effect"]["posts"] == ["two\nlines.md"]


def test_the_base_is_where_the_branch_left(
    check: Callable[..., Any], repository: Path, language: str
) -> None:
    git(repository, "checkout", "-q", "main")
    (repository / POSTS / "theirs.md").write_text(ADVERT[language], encoding="utf-8")
    commit(repository)
    git(repository, "checkout", "-q", "draft")
    assert check("main")["effect"]["posts"] == []
    git(repository, "checkout", "-q", "--detach", "main")
    assert check("draft")["effect"]["posts"] == ["theirs.md"]


def test_a_changed_post_is_compared_with_what_it_was(
    check: Callable[..., Any], repository: Path, language: str
) -> None:
    post = first_post(repository)
    text = post.read_text("utf-8")
    more = ADVERT[language].split("---\n")[2] * 3
    post.write_text(text + more, encoding="utf-8")
    blog = check("HEAD")
    assert blog["effect"]["posts"] == [post.name]
    assert blog["posts_judged"] == len(list((repository / POSTS).glob("*.md")))
    assert {f["post"] for f in blog["findings"]} == {post.name}


@pytest.mark.parametrize("committed", [True, False])
def test_a_moved_post_is_no_change_and_one_that_changed_too_is_followed(
    check: Callable[..., Any], repository: Path, committed: bool
) -> None:
    post = first_post(repository)
    post.rename(post.with_name("moved.md"))
    if committed:
        commit(repository)
    blog = check("main")
    assert (blog["effect"]["posts"], blog["effect"]["removed"], blog["findings"]) == ([], [], [])
    moved = post.with_name("moved.md")
    moved.write_text(moved.read_text("utf-8") + "\nMore words. Mehr Worte.\n", encoding="utf-8")
    if committed:
        commit(repository)
    blog = check("main")
    assert (blog["effect"]["posts"], blog["effect"]["removed"]) == (["moved.md"], [])


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_deleted_post_is_told_as_an_effect(
    check: Callable[..., Any], repository: Path, language: str
) -> None:
    newest = sorted((repository / POSTS).glob("*.md"))[-3:]
    for post in newest:
        post.unlink()
    blog = check("main", f"--lang={language}")
    effect = blog["effect"]
    assert len(effect["removed"]) == 3
    assert effect["after"]["score"] < effect["before"]["score"]
    go = {"en": "3 posts go: ", "de": "3 Beiträge entfallen: "}[language]
    assert any(said.startswith(go) for said in effect["said"])
    assert any(f["rule"].startswith("frequency") for f in blog["findings"])


def test_known_troubles_of_the_blog_fail_nothing(call: Call, repository: Path) -> None:
    for post in sorted((repository / POSTS).glob("*.md"))[-5:]:
        post.unlink()
    commit(repository)
    first = first_post(repository)
    first.write_text(first.read_text("utf-8") + "\nOne more line.\n", encoding="utf-8")
    args = ("check", POSTS, AS_OF, "--fail-on=warning", "--quiet")
    assert call(*args, cwd=repository).code == 1
    assert call(*args, "--changed=HEAD", cwd=repository).code == 0


def test_a_broken_new_post_is_an_error(call: Call, repository: Path) -> None:
    (repository / POSTS / "new.md").write_text("---\ntitle: [\n---\nx\n", encoding="utf-8")
    said = call("check", POSTS, "--changed=main", AS_OF, cwd=repository)
    assert said.code == 3 and "new.md" in said.out


@pytest.mark.parametrize(
    ("revision", "said"),
    [("nowhere", "knows no revision"), ("--all", "is no revision"), ("a..b", "is no revision")],
)
def test_a_wrong_revision_is_explained(
    call: Call, repository: Path, revision: str, said: str
) -> None:
    out = call("check", POSTS, f"--changed={revision}", "--lang=en", cwd=repository)
    assert out.code == 2 and (said in out.err or "keine Revision" in out.err)


def test_no_repository_is_explained(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nWords.\n", encoding="utf-8")
    out = call("check", tmp_path, "--changed=main")
    assert out.code == 2 and str(tmp_path) in out.err


def test_only_folders_are_compared(call: Call, repository: Path) -> None:
    assert call("check", first_post(repository), "--changed=main", cwd=repository).code == 2


def test_a_shallow_clone_says_how_to_deepen_it(
    call: Call, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    (repository / POSTS / "a.md").write_text("# A\n\nWords.\n", encoding="utf-8")
    commit(repository)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth=1", "--branch=draft", f"file://{repository}", str(clone))
    git(clone, "fetch", "-q", "--depth=1", "origin", "main:refs/remotes/origin/main")
    out = call("check", POSTS, "--changed=origin/main", cwd=clone)
    assert out.code == 2 and "fetch-depth: 0" in out.err and "--unshallow" in out.err
    git(clone, "fetch", "-q", "--unshallow", "origin")
    git(clone, "fetch", "-q", "origin", "main:refs/remotes/origin/main")
    out = call("check", POSTS, "--changed=origin/main", AS_OF, "--format=json", cwd=clone)
    assert json.loads(out.out)["blogs"][0]["effect"]["posts"] == ["a.md"]


def test_a_submodule_is_named(call: Call, repository: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    (other / "b.md").write_text("# B\n\nWords.\n", encoding="utf-8")
    commit(other)
    git(repository, "submodule", "--quiet", "add", str(other), str(POSTS / "sub"))
    commit(repository)
    out = call("check", POSTS, "--changed=main", AS_OF, "--format=json", cwd=repository)
    notes = json.loads(out.out)["blogs"][0]["notes"]
    assert any("content/posts/sub is a submodule" in note for note in notes)


def test_without_git_it_says_so(
    call: Call, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*args: object, **more: object) -> None:
        raise FileNotFoundError("git")

    monkeypatch.setattr(subprocess, "run", missing)
    out = call("check", POSTS, "--changed=main", cwd=repository)
    assert out.code == 2 and "Git" in out.err
