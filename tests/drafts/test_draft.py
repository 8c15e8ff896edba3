"""A draft is judged by what it does to its blog."""

import json
import re
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from calls import Said
from jsonschema import Draft202012Validator

import bloglint
from bloglint.reporters.json import to_dict
from drafts.conftest import ADVERT, AS_OF, EXAMPLES, commit

Call = Callable[..., Said]


def judged(said: Said) -> Any:
    return json.loads(said.out)["blogs"][0]


def adverts(folder: Path, language: str, count: int) -> list[Path]:
    paths = []
    for number in range(1, count + 1):
        path = folder / f"advert-{number}.md"
        text = ADVERT[language].replace("Flow", "Flow" * number)
        path.write_text(text.replace("\n\n", f"\n\n{number * 111} ", 1), encoding="utf-8")
        paths.append(path)
    return paths


def test_a_draft_elsewhere_is_judged_in_the_blog_that_is_named(
    call: Call, tmp_path: Path, language: str
) -> None:
    (draft,) = adverts(tmp_path, language, 1)
    blog = EXAMPLES / f"healthy-{language}" / "posts"
    found = judged(call("check", draft, "--blog", blog, AS_OF, "--format=json"))
    effect = found["effect"]
    assert effect["context"] == str(blog) and len(effect["posts"]) == 1
    assert {finding["post"] for finding in found["findings"]} == {draft.as_posix()}
    assert {"advertorial-tone", "advertorial-seal"} <= {f["rule"] for f in found["findings"]}
    assert all(f["severity"] != "error" for f in found["findings"])  # one in ten is fine


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "with these posts 3 of the last 10 read as advertising (limit 2)"),
        ("de", "mit diesen Beiträgen: 3 der letzten 10 lesen sich wie Werbung (Grenze 2)"),
    ],
)
def test_the_draft_that_is_too_much_is_the_error(
    call: Call, repository: Path, language: str, said: str
) -> None:
    paths = adverts(repository / "content" / "posts", language, 3)
    out = call("check", *paths, AS_OF, "--format=json", f"--lang={language}", "--no-cache")
    found = judged(out)
    assert said in found["effect"]["said"]
    errors = [finding for finding in found["findings"] if finding["severity"] == "error"]
    assert {one["rule"] for one in errors} == {"advertorial-tone", "advertorial-share"}
    assert found["effect"]["after"]["score"] < found["effect"]["before"]["score"]
    assert out.code == 1


def test_the_one_more_advert_is_blamed_and_not_the_old_ones(
    call: Call, repository: Path, language: str
) -> None:
    posts = repository / "content" / "posts"
    *old, new = adverts(posts, language, 3)
    for number, path in enumerate(old):
        text = path.read_text("utf-8").replace("author:", f"date: 2026-06-2{number}\nauthor:")
        path.write_text(text.replace("\n\n", "\n\nBuy now! Jetzt kaufen! ", 2), encoding="utf-8")
    found = judged(call("check", new, AS_OF, "--format=json"))
    beyond = [
        f for f in found["findings"] if (f["rule"], f["severity"]) == ("advertorial-tone", "error")
    ]
    assert [finding["post"] for finding in beyond] == [new.name]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "it ends a silence of 70 days"), ("de", "damit endet ein Schweigen von 70 Tagen")],
)
def test_the_end_of_a_silence_is_told_and_the_gap_it_leaves_is_no_harm(
    call: Call, tmp_path: Path, language: str, said: str
) -> None:
    draft = tmp_path / "draft.md"
    body = {
        "en": "How do you wind a cable? I asked three people. ",
        "de": "Wie rollt man ein Kabel auf? Ich habe drei Leute gefragt. ",
    }
    draft.write_text(f"# Cables\n\n{body[language] * 12}", encoding="utf-8")
    blog = EXAMPLES / f"failing-{language}" / "posts"
    found = judged(
        call("check", draft, "--blog", blog, AS_OF, "--format=json", f"--lang={language}")
    )
    effect = found["effect"]
    assert said in effect["said"]
    assert effect["after"]["score"] > effect["before"]["score"]
    assert "frequency-silence" in {finding["rule"] for finding in effect["mended"]}
    assert not [f for f in found["findings"] if f["rule"].startswith("frequency")]


def test_python_and_the_schema_know_the_effect(tmp_path: Path, language: str) -> None:
    (draft,) = adverts(tmp_path, language, 1)
    text = draft.read_text("utf-8").replace(
        "\nauthor:", "\nbloglint: {disable: {craft: x}}\nauthor:"
    )
    draft.write_text(text, encoding="utf-8")
    blog = EXAMPLES / f"failing-{language}" / "posts"
    report = bloglint.check(draft, blog=blog, as_of="2026-06-30")
    assert report.blogs[0].effect and report.blogs[0].effect.mended
    schema = json.loads((files("bloglint") / "schemas" / "report-1.json").read_text("utf-8"))
    written = json.loads(json.dumps(to_dict(report)))
    assert [str(e.message) for e in Draft202012Validator(schema).iter_errors(written)] == []
    del written["blogs"][0]["effect"]["before"]
    assert not Draft202012Validator(schema).is_valid(written)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "What the posts do to the blog"), ("de", "Was die Beiträge dem Blog tun")],
)
def test_the_page_tells_the_effect(call: Call, tmp_path: Path, language: str, said: str) -> None:
    (draft,) = adverts(tmp_path, language, 1)
    blog = EXAMPLES / f"healthy-{language}" / "posts"
    out = call("check", draft, "--blog", blog, AS_OF, "--format=html", f"--lang={language}")
    assert said in out.out and draft.name in out.out


def test_the_nearest_folder_of_posts_is_the_context_and_the_output_says_so(
    call: Call, repository: Path, language: str
) -> None:
    (draft,) = adverts(repository / "content" / "posts", language, 1)
    out = call("check", "content/posts/advert-1.md", AS_OF, "--lang=en", cwd=repository)
    assert "in the context of content/posts" in out.out
    (repository / "bloglint.yml").write_text("source: content\n", encoding="utf-8")
    out = call("check", draft, AS_OF, "--format=json", cwd=repository)
    assert judged(out)["effect"]["context"] == "content"


def test_a_draft_of_jekyll_lies_beside_the_posts(call: Call, tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("title: x\n", encoding="utf-8")
    for place, names in (("_posts", ("2026-06-01-a", "2026-06-11-b")), ("_drafts", ("c",))):
        (tmp_path / place).mkdir()
        for name in names:
            (tmp_path / place / f"{name}.md").write_text(f"# {name}\n\nWords of {name}.\n")
    found = judged(call("check", "_drafts/c.md", AS_OF, "--format=json", cwd=tmp_path))
    assert (found["posts_judged"], found["effect"]["context"]) == (3, ".")


def test_a_post_alone_has_no_effect(call: Call, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("# X\n\nSome words of mine.\n", encoding="utf-8")
    found = judged(call("check", tmp_path / "x.md", AS_OF, "--format=json"))
    assert found["effect"]["context"] is None and found["posts_judged"] == 1
    assert any("judged alone" in note for note in found["notes"])


def test_several_posts_without_a_blog_are_one_set(call: Call, tmp_path: Path) -> None:
    paths = []
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        paths.append(tmp_path / name / f"{name}.md")
        paths[-1].write_text(f"# {name}\n\nSome words of mine.\n", encoding="utf-8")
    found = judged(call("check", *paths, AS_OF, "--format=json"))
    assert found["posts_judged"] == 2


def test_all_posts_named_are_the_blog(call: Call, repository: Path) -> None:
    posts = sorted((repository / "content" / "posts").glob("*.md"))
    for number in range(60):
        post = posts[0].with_name(f"old-{number}.md")
        post.write_text(f"---\ntitle: Old {number}\ndate: 2019-05-05\n---\n\nthe the, und und\n")
        posts.append(post)
    whole = judged(call("check", posts[0].parent, AS_OF, "--format=json"))
    found = judged(call("check", *posts, AS_OF, "--format=json"))
    assert found["effect"] is None and found["score"] == whole["score"]
    unedited = [one for one in found["findings"] if one["rule"] == "bloat-unedited"]
    assert len({one["path"] for one in unedited}) == 60  # each file that is named is judged


def test_a_blog_that_cannot_be_read_leaves_the_draft_judged_alone(
    call: Call, tmp_path: Path
) -> None:
    (tmp_path / "x.md").write_text("# X\n\nSome words of mine.\n", encoding="utf-8")
    out = call("check", tmp_path / "x.md", "--blog", tmp_path / "no", AS_OF, "--format=json")
    assert out.code == 3 and judged(out)["posts_judged"] == 1


def test_an_unsaved_buffer_is_judged_as_its_file(
    call: Call, repository: Path, language: str
) -> None:
    name = "content/posts/advert.md"
    args = ("check", "-", "--stdin-filename", name, AS_OF, "--format=json")
    out = call(*args, cwd=repository, stdin=ADVERT[language])
    found = judged(out)
    assert found["effect"]["posts"] == ["advert.md"]
    assert {finding["path"] for finding in found["findings"]} == {name}
    first = next(f for f in found["findings"] if f["line"])
    line = ADVERT[language].split("\n")[first["line"] - 1]
    assert line[first["column"] - 1 :].startswith(first["quote"][: first["end_column"] - 1][:10])
    assert call("check", name, "--stdin-filename", name).code == 2


def test_an_old_post_is_judged_by_itself(call: Call, repository: Path, language: str) -> None:
    posts = repository / "content" / "posts"
    old = posts / "old.md"
    old.write_text(ADVERT[language].replace("author:", "date: 2019-05-05\nauthor:"), "utf-8")
    found = judged(call("check", old, AS_OF, "--format=json"))
    assert "advertorial-self-praise" in {finding["rule"] for finding in found["findings"]}
    assert any("judged by itself" in note for note in found["notes"])


def test_a_lower_score_fails_only_where_the_draft_lowers_it(
    call: Call, tmp_path: Path, language: str
) -> None:
    (draft,) = adverts(tmp_path, language, 1)
    good = tmp_path / "good.md"
    model = next((EXAMPLES / f"healthy-{language}" / "posts").glob("*.md"))
    good.write_text(model.read_text("utf-8"), "utf-8")
    blog = EXAMPLES / f"failing-{language}" / "posts"
    args = ("--blog", blog, AS_OF, "--fail-on=never", "--fail-under=99", "--quiet")
    assert call("check", good, *args).code == 0  # a dead blog of 20 points, but not by its fault
    healthy = ("--blog", EXAMPLES / f"healthy-{language}" / "posts", *args[2:])
    assert call("check", *adverts(tmp_path, language, 3), *healthy).code == 1
    assert draft.exists()


def test_a_draft_named_like_a_post_of_the_blog_is_another_one(
    call: Call, tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog = EXAMPLES / f"healthy-{language}" / "posts"
    name = sorted(blog.glob("*.md"))[-1].name
    (tmp_path / name).write_text(ADVERT[language], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    out = call("check", name, f"../{tmp_path.name}/{name}", "--blog", blog, AS_OF, "--format=json")
    found = judged(out)
    assert found["effect"]["posts"] == [f"./{name}"]
    assert "advertorial-tone" in {finding["rule"] for finding in found["findings"]}
    assert found["posts_judged"] == len(list(blog.glob("*.md"))) + 1


def test_a_translation_is_judged_and_counts_once(
    call: Call, repository: Path, language: str
) -> None:
    posts = repository / "content" / "posts"
    whole = len(list(posts.glob("*.md")))
    other = {"en": "de", "de": "en"}[language]
    original = sorted(posts.glob("*.md"))[-1]
    translated = original.with_name(f"{original.stem}.{other}.md")
    date = "date: 2026-06-29\nauthor:"
    translated.write_text(ADVERT[other].replace("author:", date), encoding="utf-8")
    found = judged(call("check", translated, AS_OF, "--format=json", "--no-cache"))
    assert found["posts_judged"] == whole
    assert found["effect"]["posts"] == [translated.name]
    assert "advertorial-tone" in {finding["rule"] for finding in found["findings"]}
    commit(repository)
    translated.write_text(translated.read_text("utf-8") + "\nMehr. More.\n", encoding="utf-8")
    args = ("check", posts, "--changed=HEAD", AS_OF, "--format=json", "--no-cache")
    found = judged(call(*args))
    assert found["effect"]["posts"] == [translated.name]
    assert found["effect"]["before"] == found["effect"]["after"]


@pytest.mark.parametrize(
    ("front", "judged_on"),
    [
        ("draft: true\ndate: 2026-06-25", "2026-06-25"),
        ("draft: true\ndate: 2026-08-01", "2026-06-30"),
    ],
)
def test_a_draft_flag_changes_nothing(
    call: Call, repository: Path, language: str, front: str, judged_on: str
) -> None:
    draft = repository / "content" / "posts" / "new.md"
    draft.write_text(ADVERT[language].replace("author:", f"{front}\nauthor:"), encoding="utf-8")
    args = ("check", "content/posts", "--changed=HEAD", AS_OF, "--format=json")
    found = judged(call(*args, cwd=repository))
    (post,) = [one for one in found["posts"] if one["id"] == "new.md"]
    assert post["published"].startswith(judged_on)


def test_a_blog_without_dates_keeps_its_posts(call: Call, tmp_path: Path, language: str) -> None:
    for source in sorted((EXAMPLES / f"healthy-{language}" / "posts").glob("*.md"))[:8]:
        text = re.sub(r"(?m)^date:.*\n", "", source.read_text("utf-8"))
        (tmp_path / source.name[11:]).write_text(text, encoding="utf-8")
    (draft,) = adverts(tmp_path, language, 1)
    found = judged(call("check", draft, AS_OF, "--format=json"))
    assert found["posts_judged"] == 9


@pytest.mark.parametrize("where", ["posts/2026", "posts/bundle"])
def test_the_blog_is_found_from_inside_a_folder(call: Call, tmp_path: Path, where: str) -> None:
    shutil.copytree(EXAMPLES / "healthy-en" / "posts", tmp_path / "posts")
    place = tmp_path / where
    place.mkdir()
    name = "index.md" if where.endswith("bundle") else "x.md"
    (place / name).write_text(ADVERT["en"], encoding="utf-8")
    (place / "link.md").symlink_to(place / name)
    for file in (name, "link.md") if name == "x.md" else (name,):
        found = judged(call("check", file, AS_OF, "--format=json", cwd=place))
        assert found["effect"]["context"] == ".."


def test_one_broken_draft_takes_no_other_down(call: Call, tmp_path: Path, language: str) -> None:
    (draft,) = adverts(tmp_path, language, 1)
    broken = tmp_path / "broken.md"
    broken.write_text("---\ntitle: [\n---\nx\n", encoding="utf-8")
    out = call("check", draft, broken, AS_OF, "--format=json")
    assert out.code == 3 and judged(out)["findings"]
    out = call("check", broken, AS_OF, "--format=concise")
    assert out.code == 3 and out.out.startswith(f"{broken}:3:1: error unreadable ")
    out = call("check", broken, AS_OF, "--format=gitlab")
    assert json.loads(out.out)[0]["location"] == {
        "path": str(broken),
        "lines": {"begin": 3, "end": 3},
    }


def test_a_post_may_come_by_standard_input(call: Call, language: str) -> None:
    out = call("check", "-", AS_OF, "--format=json", stdin=ADVERT[language])
    assert "advertorial-tone" in {finding["rule"] for finding in judged(out)["findings"]}


@pytest.mark.parametrize("name", ["", "x", "x.json", "content/", ".md"])
def test_a_buffer_needs_the_name_of_a_post(call: Call, name: str) -> None:
    out = call("check", "-", "--stdin-filename", name, stdin="# X\n")
    assert (out.code, out.out) == (2, "") and "--stdin-filename" in out.err


def test_a_blog_is_for_posts_only(call: Call, language: str) -> None:
    blog = EXAMPLES / f"healthy-{language}" / "posts"
    assert call("check", blog, "--blog", blog, AS_OF).code == 2


def test_posts_in_folders_of_years_are_one_blog(call: Call, tmp_path: Path) -> None:
    for source in sorted((EXAMPLES / "healthy-en" / "posts").glob("*.md"))[:6]:
        place = tmp_path / "blog" / source.name[:4] / source.name[5:7]
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, place)
    draft = place / "new.md"
    draft.write_text(ADVERT["en"], encoding="utf-8")
    found = judged(call("check", draft, AS_OF, "--format=json", cwd=tmp_path))
    assert (found["effect"]["context"], found["posts_judged"]) == ("blog", 7)
