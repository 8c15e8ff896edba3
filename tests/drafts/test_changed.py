"""Only what changed since a revision is reported."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from calls import Said

from drafts.conftest import ADVERT, AS_OF, commit, git

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


def test_a_draft_that_moves_to_the_posts_is_judged(
    call: Call, repository: Path, language: str
) -> None:
    (repository / "_config.yml").write_text("title: x\n", encoding="utf-8")
    for place, names in (("_posts", ("2026-06-01-a", "2026-06-11-b")), ("_drafts", ())):
        (repository / place).mkdir()
        for name in names:
            (repository / place / f"{name}.md").write_text(f"# {name}\n\nWords of {name}.\n")
    (repository / "_drafts" / "c.md").write_text(ADVERT[language], encoding="utf-8")
    commit(repository)
    git(repository, "mv", "_drafts/c.md", "_posts/2026-06-29-c.md")
    for staged in (True, False):
        if not staged:
            git(repository, "reset", "-q")
        out = call("check", ".", "--changed=HEAD", AS_OF, "--format=json", cwd=repository)
        assert json.loads(out.out)["blogs"][0]["effect"]["posts"] == ["_posts/2026-06-29-c.md"]


def test_another_date_is_a_change(check: Callable[..., Any], repository: Path) -> None:
    post = sorted((repository / POSTS).glob("*.md"))[-1]
    text = post.read_text("utf-8")
    post.unlink()
    older = post.with_name("2026-01-18-older.md")
    older.write_text(re.sub("(?m)^date: .*$", "date: 2026-01-18", text), encoding="utf-8")
    assert check("HEAD")["effect"]["posts"] == [older.name]


def test_what_stood_there_before_is_known(
    check: Callable[..., Any], call: Call, repository: Path, language: str
) -> None:
    post = repository / POSTS / "advert.md"
    text = ADVERT[language].replace("author:", "date: 2026-06-29\nauthor:")
    post.write_text(text, encoding="utf-8")
    commit(repository)
    post.write_text(text.replace("Acme", "Ajax"), "utf-8")
    blog = check("HEAD")
    assert blog["effect"]["posts"] == ["advert.md"]
    assert (blog["findings"], blog["effect"]["said"]) == ([], []) and blog["known"] > 5
    said = call("check", POSTS, "--changed=HEAD", AS_OF, "--fail-on=info", cwd=repository)
    assert said.code == 0


def test_what_is_no_post_of_the_site_is_nothing(
    check: Callable[..., Any], call: Call, repository: Path
) -> None:
    (repository / "hugo.toml").write_text("", encoding="utf-8")
    for name in ("requirements.txt", "docs/guide.md", "content/posts/.hidden.md"):
        (repository / name).parent.mkdir(exist_ok=True)
        (repository / name).write_text("# Guide\n\nWords.\n", encoding="utf-8")
    commit(repository)
    for name in ("requirements.txt", "docs/guide.md", "content/posts/.hidden.md"):
        (repository / name).unlink()
    (repository / "docs" / "template.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    out = call("check", ".", "--changed=HEAD", AS_OF, "--format=json", cwd=repository)
    effect = json.loads(out.out)["blogs"][0]["effect"]
    assert out.code == 0 and (effect["posts"], effect["removed"]) == ([], [])


def test_a_blog_of_which_all_goes(call: Call, repository: Path, language: str) -> None:
    for post in (repository / POSTS).glob("*.md"):
        post.unlink()
    (repository / POSTS / "draft.md").write_text("---\ndraft: true\n---\nx\n", encoding="utf-8")
    commit(repository, "a draft")
    out = call("check", POSTS, "--changed=main", AS_OF, "--format=json", cwd=repository)
    blog = json.loads(out.out)["blogs"][0]
    assert len(blog["effect"]["removed"]) > 10
    (repository / POSTS / "draft.md").unlink()
    assert call("check", POSTS, "--changed=main", AS_OF, cwd=repository).code == 3


def test_the_users_own_settings_of_git_change_nothing(
    check: Callable[..., Any], repository: Path, language: str
) -> None:
    for name in ("diff.relative=true", "diff.renames=false", "core.quotePath=true"):
        git(repository, "config", *name.split("="))
    (repository / POSTS / "ä.md").write_text(ADVERT[language], encoding="utf-8")
    commit(repository)
    assert check("main")["effect"]["posts"] == ["ä.md"]


def test_before_the_first_commit_everything_is_new(
    call: Call, tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "-q")
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.md").write_text(ADVERT[language].replace("Flow", name), "utf-8")
    out = call("check", tmp_path, "--changed=HEAD", AS_OF, "--format=json")
    assert len(json.loads(out.out)["blogs"][0]["effect"]["posts"]) == 3
    git(tmp_path, "add", "a.md")
    monkeypatch.setenv("PRE_COMMIT", "1")  # it judges what will be committed
    out = call("check", tmp_path, "--changed=HEAD", AS_OF, "--format=json")
    assert json.loads(out.out)["blogs"][0]["effect"]["posts"] == ["a.md"]


def test_a_name_that_is_no_unicode_breaks_no_format(
    call: Call, repository: Path, language: str, tmp_path: Path
) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    try:
        (repository / POSTS / name).write_text(ADVERT[language], encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes Unicode only")
    for one in ("sarif", "gitlab", "junit", "github", "markdown", "json", "html", "concise"):
        file = tmp_path / one
        args = ("check", POSTS, "--changed=HEAD", AS_OF, f"--format={one}={file}")
        out = call(*args, "--fail-on=never", cwd=repository)
        assert out.code == 0 and file.stat().st_size, out.err
    assert call("check", POSTS, AS_OF, "--write-baseline", cwd=repository).code == 0
    assert call("check", POSTS, AS_OF, cwd=repository).code == 0
