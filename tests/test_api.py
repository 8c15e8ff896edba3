"""`bloglint.check()` takes what the command line takes; the examples in docs/api.md run."""

import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from calls import Said

import bloglint

ROOT = Path(__file__).parent.parent
BLOG = ROOT / "examples" / "failing-en"
Call = Callable[..., Said]


def test_the_command_line_gives_the_same(call: Call, tmp_path: Path) -> None:
    config = tmp_path / "own.yml"
    config.write_text("profile: strict\noptions: {bloat-length: {max_words: 900}}\n", "utf-8")
    flags = (f"--config={config}", "--select=bloat,craft", "--ignore=craft-jargon", "--limit=8")
    said = call("check", BLOG / "posts", "--as-of=2026-06-30", *flags, "--format=json")
    (blog,) = json.loads(said.out)["blogs"]
    report = bloglint.check(
        BLOG / "posts",
        as_of="2026-06-30",
        isolated=True,
        profile="strict",
        select=["bloat", "craft"],
        ignore=["craft-jargon"],
        options={"bloat-length": {"max_words": 900}},
        limit=8,
        cache=tmp_path / "cache",
    )
    (verdict,) = report.blogs
    assert isinstance(verdict, bloglint.Verdict) and verdict.score == blog["score"]
    found = [(one["rule"], one["message"]) for one in blog["findings"]]
    assert found == [(one.rule, str(one.message)) for one in verdict.findings] and found
    assert {one.rule.split("-")[0] for one in verdict.findings} <= {"bloat", "craft"}
    assert list((tmp_path / "cache").iterdir())  # the cache lies where it was asked for


def test_standard_input_is_read_only_where_it_is_the_source(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", None)  # whoever touches it fails
    assert bloglint.check(BLOG / "feed.xml", as_of="2026-06-30").blogs
    feed = (BLOG / "feed.xml").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(feed)))
    assert bloglint.check("-", as_of="2026-06-30").blogs[0].posts


def test_what_is_wrong_is_raised_and_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(bloglint.ConfigError, match="bloat-lenth"):
        bloglint.check(BLOG / "posts", select=["bloat-lenth"])
    (failure,) = bloglint.check(tmp_path / "gone").errors
    assert isinstance(failure, bloglint.SourceFailure) and failure.source.endswith("gone")


def test_every_public_name_is_there_and_documented() -> None:
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    for name in bloglint.__all__:
        assert getattr(bloglint, name)
        assert name in page or name in ("__version__", "SourceError")


def test_the_examples_of_the_page_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    first, second, third = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    second = second.replace("https://one.example/feed", str(BLOG / "feed.xml"))
    second = second.replace("https://two.example/feed", str(tmp_path / "gone"))
    second = second.replace("/var/cache/bloglint", str(tmp_path)).replace("jobs=2", "jobs=1")
    draft = next((BLOG / "posts").glob("*.md"))
    third = third.replace("draft.md", str(draft)).replace("content/posts", str(BLOG / "posts"))
    for example in (first, second, third):
        exec(example, {"bloglint": bloglint})
