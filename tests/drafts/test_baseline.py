"""What a team knows already is not reported again."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from calls import Said
from hypothesis import given
from hypothesis import strategies as st

from bloglint.drafts.baseline import NAME, Baseline, Entry
from drafts.conftest import AS_OF, EXAMPLES

Call = Callable[..., Said]


@pytest.fixture
def blog(tmp_path: Path, language: str) -> Path:
    folder = tmp_path / "posts"
    shutil.copytree(EXAMPLES / f"failing-{language}" / "posts", folder)
    return tmp_path


@pytest.fixture
def check(call: Call, blog: Path) -> Callable[..., Any]:
    def checked(*more: str) -> Any:
        said = call("check", "posts", AS_OF, "--format=json", *more, cwd=blog)
        assert said.code in (0, 1), said.err
        return json.loads(said.out)["blogs"][0]

    return checked


def test_what_was_written_is_not_reported_and_the_score_stays(
    check: Callable[..., Any], blog: Path
) -> None:
    before = check()
    check("--write-baseline")
    after = check()
    assert before["findings"] and after["findings"] == []
    assert after["known"] == len(before["findings"]) and after["fixed"] == 0
    assert after["score"] == before["score"]
    assert check("--isolated")["findings"] == before["findings"]


def test_a_moved_renamed_and_slightly_edited_post_keeps_its_entries(
    check: Callable[..., Any], blog: Path
) -> None:
    check("--write-baseline")
    post = sorted((blog / "posts").glob("*flow*.md"))[0]
    text = post.read_text("utf-8")
    head, front, body = text.split("---\n", 2)
    (blog / "posts" / "other").mkdir()
    post.unlink()
    moved = blog / "posts" / "other" / "new-name.md"
    moved.write_text("---\n".join((head, front, "\n\n\n" + body)), encoding="utf-8")
    assert check()["findings"] == []


def test_one_more_of_the_same_kind_is_new(
    check: Callable[..., Any], blog: Path, language: str
) -> None:
    check("--write-baseline")
    post = sorted((blog / "posts").glob("*.md"))[0]
    more = {"en": "\n\nWe took the the pump.\n", "de": "\n\nWir nahmen sie und und gingen.\n"}[
        language
    ]
    post.write_text(post.read_text("utf-8") + more, encoding="utf-8")
    rules = [finding["rule"] for finding in check()["findings"]]
    assert "bloat-unedited" in rules
    again = {"en": "\n\nThey saw saw a drill.\n", "de": "\n\nSie sahen wohl wohl nichts.\n"}[
        language
    ]
    check("--write-baseline")
    post.write_text(post.read_text("utf-8") + again, encoding="utf-8")
    assert [f["rule"] for f in check()["findings"]].count("bloat-unedited") == 1


def test_what_is_mended_is_told_and_pruned_without_taking_more_in(
    check: Callable[..., Any], call: Call, blog: Path
) -> None:
    check("--write-baseline")
    known = len(Baseline.read(blog / NAME).entries)
    first, second, *_ = sorted((blog / "posts").glob("*.md"))
    gone = [f for f in check("--isolated")["findings"] if f["post"] == first.name]
    first.unlink()
    second.write_text(second.read_text("utf-8") + "\n\nthe the pump, die die Pumpe\n", "utf-8")
    fixed = check()["fixed"]
    assert fixed >= len(gone) > 0
    check("--prune-baseline")
    assert len(Baseline.read(blog / NAME).entries) == known - fixed
    assert "bloat-unedited" in {finding["rule"] for finding in check()["findings"]}


def test_rules_that_were_not_asked_keep_their_entries(
    check: Callable[..., Any], blog: Path
) -> None:
    check("--write-baseline")
    before = (blog / NAME).read_text("utf-8")
    check("--select=bloat", "--write-baseline")
    assert (blog / NAME).read_text("utf-8") == before
    check("--select=bloat", "--prune-baseline")
    assert (blog / NAME).read_text("utf-8") == before


def test_the_file_is_sorted_named_from_its_own_folder_and_readable(
    check: Callable[..., Any], call: Call, blog: Path
) -> None:
    check("--write-baseline")
    text = (blog / NAME).read_text("utf-8")
    data = yaml.safe_load(text)
    (one,) = data["blogs"]
    assert data["version"] == 1 and one["blog"] == "posts"
    assert [post["post"] for post in one["posts"]] == sorted(post["post"] for post in one["posts"])
    said = call("check", ".", AS_OF, "--write-baseline", "--quiet", cwd=blog / "posts")
    assert said.code == 0 and (blog / NAME).read_text("utf-8") == text
    assert not (blog / "posts" / NAME).exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 2\nblogs: []\n", ("version 2", "Version 2")),
        ("version: 1\nblogs: [{blog: 3}]\n", ("no baseline", "keine Baseline")),
        (
            "version: 1\nblogs: [{blog: x, posts: [{post: y, known: [{}]}]}]\n",
            ("no baseline", "keine"),
        ),
        ("version: [", ("cannot be read", "nicht lesbar")),
        ("<<<<<<< ours\n", ("no baseline", "keine Baseline")),
        ("", ("no baseline", "keine Baseline")),
    ],
)
@pytest.mark.parametrize("more", [[], ["--write-baseline"], ["--prune-baseline"]])
def test_a_broken_or_later_one_is_refused_and_kept(
    call: Call, blog: Path, text: str, said: tuple[str, str], more: list[str]
) -> None:
    (blog / NAME).write_text(text, encoding="utf-8")
    out = call("check", "posts", AS_OF, *more, cwd=blog)
    assert out.code == 2 and any(one in out.err for one in said) and NAME in out.err
    assert (blog / NAME).read_text("utf-8") == text


def test_one_that_is_named_must_exist(call: Call, blog: Path) -> None:
    assert call("check", "posts", "--baseline=no.yml", cwd=blog).code == 2
    assert (
        call("check", "posts", AS_OF, "--baseline=no.yml", "--write-baseline", cwd=blog).code == 0
    )
    assert (blog / "no.yml").is_file()


def test_it_is_written_from_the_whole_blog_only(call: Call, blog: Path) -> None:
    out = call("check", "posts", "--changed=HEAD", "--write-baseline", cwd=blog)
    assert out.code == 2
    post = sorted((blog / "posts").glob("*.md"))[0]
    assert call("check", post, "--write-baseline", cwd=blog).code == 2


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.lists(st.builds(Entry, TEXT, TEXT, st.just("bloat-length"), TEXT, TEXT), max_size=8))
def test_whatever_posts_are_called_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]
) -> None:
    titles = {(entry.blog, entry.post): entry.title for entry in entries}
    whole = [
        Entry(e.blog, e.post, e.rule, e.passage, titles[e.blog, e.post] if e.post else "")
        for e in entries
    ]
    path = tmp_path_factory.mktemp("baseline") / NAME
    Baseline(path, whole).write()
    assert Baseline.read(path).entries == sorted(whole)


@pytest.mark.parametrize("name", [".", "posts", "./posts/../posts"])
def test_it_knows_posts_however_their_folder_is_named(
    check: Callable[..., Any], call: Call, blog: Path, name: str
) -> None:
    check("--write-baseline")
    said = call("check", name, AS_OF, "--format=json", cwd=blog)
    assert json.loads(said.out)["blogs"][0]["findings"] == []


def test_it_follows_a_folder_that_was_renamed(
    call: Call, check: Callable[..., Any], blog: Path
) -> None:
    check("--write-baseline")
    (blog / "posts").rename(blog / "blog")
    said = call("check", "blog", AS_OF, "--format=json", cwd=blog)
    assert json.loads(said.out)["blogs"][0]["findings"] == []


def test_one_written_from_elsewhere_is_found_again(call: Call, blog: Path) -> None:
    elsewhere = blog / "elsewhere"
    elsewhere.mkdir()
    assert call("check", "../posts", AS_OF, "--write-baseline", cwd=elsewhere).code == 0
    assert call("check", "../posts", AS_OF, cwd=elsewhere).code == 0
    assert list(elsewhere.iterdir()) == []


def test_what_was_not_judged_is_not_mended(
    check: Callable[..., Any], call: Call, blog: Path, language: str
) -> None:
    press = f"--press={EXAMPLES / f'failing-{language}' / 'newsroom'}"
    check("--write-baseline", press)
    before = (blog / NAME).read_text("utf-8")
    assert "recycling-press" in before
    check("--prune-baseline")
    assert (blog / NAME).read_text("utf-8").count("recycling-press") == before.count(
        "recycling-press"
    )
    (blog / "empty").mkdir()
    said = call("check", "posts", AS_OF, "--prune-baseline", "--press=empty", cwd=blog)
    assert said.code == 3
    assert call("check", "posts", AS_OF, "--limit=5", "--prune-baseline", cwd=blog).code == 2
    check("--write-baseline", press)
    before = (blog / NAME).read_text("utf-8")
    later = ("check", "posts", "--as-of=2028-06-30", press, "--prune-baseline")  # most aged out
    call(*later, cwd=blog)
    left = (blog / NAME).read_text("utf-8")
    assert left.count("  - post: ") >= before.count("  - post: ") - 1


def test_a_post_of_another_name_inherits_nothing(
    check: Callable[..., Any], blog: Path, language: str
) -> None:
    check("--write-baseline")
    old, *_ = sorted((blog / "posts").glob("*flow*.md"))
    copy = blog / "posts" / "another" / "index.md"
    copy.parent.mkdir()
    text = old.read_text("utf-8")
    copy.write_text(re.sub("(?m)^date: .*$", "date: 2026-06-20", text), encoding="utf-8")
    assert {f["post"] for f in check()["findings"]} >= {"another/index.md"}


def test_it_is_pruned_only_where_there_is_one(call: Call, blog: Path) -> None:
    assert call("check", "posts", AS_OF, "--prune-baseline", cwd=blog).code == 2
    assert call("check", "posts", "--write-baseline", "--prune-baseline", cwd=blog).code == 2


def test_gaps_are_told_apart_by_their_first_day(tmp_path: Path) -> None:
    posts = tmp_path / "posts"
    posts.mkdir()
    for day in ("2026-01-05", "2026-01-12", "2026-02-20", "2026-03-01", "2026-03-10"):
        text = f"---\ntitle: P {day}\ndate: {day}\n---\n\nWe took the pump apart on {day}.\n"
        (posts / f"{day}.md").write_text(text, "utf-8")
    call = [sys.executable, "-m", "bloglint", "check", "posts", "--as-of", "2026-06-01"]
    subprocess.run([*call, "--write-baseline", "--quiet"], cwd=tmp_path, check=False)
    assert 'frequency-gap: "2026-01-12"' in (tmp_path / ".bloglint-baseline.yml").read_text()
    text = "---\ntitle: New\ndate: 2026-05-30\n---\n\nWe took another pump apart.\n"
    (posts / "new.md").write_text(text, "utf-8")
    done = subprocess.run([*call, "--format", "concise"], cwd=tmp_path, capture_output=True,
                          text=True, check=False)  # fmt: skip
    gaps = [line for line in done.stdout.splitlines() if " frequency-gap " in line]
    assert len(gaps) == 1 and "10 March 2026" in gaps[0]
