"""Every format is what its consumers read, and no text of a post becomes markup or a command."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import junitparser
import pytest
from calls import Said
from markdown_it import MarkdownIt
from sarif_pydantic import Sarif

from bloglint.reporters.registry import FORMATS, names
from drafts.conftest import ADVERT, AS_OF, EXAMPLES

Call = Callable[..., Said]
#: The formats that are text.
TEXTS = [name for name in names("check") if not FORMATS[name].is_binary]
#: What could break out of one format or another.
EVIL = '|`x` ::error:: ##[error]x <img src=x onerror=alert(1)> ]]> [a](b) @octocat %0A \\" & *b*'


@pytest.fixture
def evil(tmp_path: Path, language: str) -> Path:
    """A post whose title, name and words attack every format."""
    path = tmp_path / "a|b`::,c%.md"
    front = f"---\ntitle: {json.dumps(EVIL + chr(27) + '[31m')}\ndate: 2026-06-29\n---\n\n"
    body = ADVERT[language].split("---\n")[2]
    path.write_text(f"{front}::error::injected the the end of it\n\n{EVIL} the the {body}", "utf-8")
    return path


def written(call: Call, path: Path, name: str, *more: str) -> str:
    said = call("check", path, AS_OF, f"--format={name}", "--fail-on=never", *more)
    assert said.code == 0, said.err
    return said.out


def test_sarif_is_read_by_another_library(call: Call, language: str) -> None:
    source = EXAMPLES / f"failing-{language}" / "posts"
    text = written(call, source, "sarif", f"--lang={language}")
    (run,) = Sarif.model_validate_json(text).runs
    blog = json.loads(written(call, source, "json"))["blogs"][0]
    assert run.results and len(run.results) == len(blog["findings"])
    rules = run.tool.driver.rules or []
    raw = json.loads(text)["runs"][0]
    assert raw["columnKind"] == "unicodeCodePoints"
    seen = set()
    for result, finding in zip(raw["results"], blog["findings"], strict=True):
        assert rules[result["ruleIndex"]].id == result["ruleId"] == finding["rule"]
        assert result["level"] == {"info": "note"}.get(finding["severity"], finding["severity"])
        seen.add(result["partialFingerprints"]["bloglint/v1"])
        region = result["locations"][0]["physicalLocation"].get("region", {})
        assert region.get("startLine") == finding["line"]
        assert region.get("endColumn") == finding["end_column"]
    assert len(seen) == len(raw["results"])
    assert all(rule["help"]["text"] for rule in raw["tool"]["driver"]["rules"][:-2])


def test_sarif_names_what_is_suppressed_with_its_reason(
    call: Call, tmp_path: Path, language: str
) -> None:
    path = tmp_path / "x.md"
    body = {"en": "We saw the the pump.", "de": "Wir sahen sie und und gingen."}[language]
    off = "<!-- bloglint-disable-next-line bloat-unedited quoted (as it is) -->"
    path.write_text(f"# X\n\n{off}\n{body}\n", encoding="utf-8")
    results = json.loads(written(call, path, "sarif"))["runs"][0]["results"]
    (one,) = [r for r in results if r["ruleId"] == "bloat-unedited"]
    assert one["suppressions"] == [{"kind": "inSource", "justification": "quoted (as it is)"}]


def test_fingerprints_stay_when_lines_move(call: Call, tmp_path: Path, language: str) -> None:
    path = tmp_path / "x.md"

    def prints() -> set[str]:
        found = json.loads(written(call, path, "gitlab"))
        return {one["fingerprint"] for one in found}

    path.write_text(ADVERT[language], encoding="utf-8")
    before = prints()
    path.write_text(ADVERT[language].replace("---\n\n", "---\n\n\n\n\n"), encoding="utf-8")
    assert before and prints() == before


def test_junit_is_read_by_another_library(call: Call, language: str, tmp_path: Path) -> None:
    source = EXAMPLES / f"failing-{language}" / "posts"
    file = tmp_path / "junit.xml"
    blog = json.loads(written(call, source, "json"))["blogs"][0]
    call("check", source, AS_OF, f"--format=junit={file}")
    (suite,) = junitparser.JUnitXml.fromfile(str(file))
    assert suite.tests == blog["posts_judged"] + 1
    errors = {f["post"] for f in blog["findings"] if f["severity"] == "error"}
    assert suite.failures == len(errors)
    call("check", source, AS_OF, f"--format=junit={file}", "--fail-on=never")
    (suite,) = junitparser.JUnitXml.fromfile(str(file))
    assert suite.failures == 0


def test_junit_tells_what_could_not_be_read(call: Call, tmp_path: Path) -> None:
    said = call("check", tmp_path / "no", "--format=junit")
    (suite,) = junitparser.JUnitXml.fromstring(said.out.encode())
    assert said.code == 3 and suite.errors == 1


def test_gitlab_has_what_its_documentation_asks_for(call: Call, language: str) -> None:
    found = json.loads(written(call, EXAMPLES / f"failing-{language}" / "posts", "gitlab"))
    assert len({one["fingerprint"] for one in found}) == len(found) > 10
    for one in found:
        assert set(one) >= {"description", "check_name", "fingerprint", "severity", "location"}
        assert one["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert one["location"]["lines"]["begin"] >= 1


COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def test_github_annotates_ten_of_a_kind_and_counts_the_rest(call: Call, language: str) -> None:
    source = EXAMPLES / f"failing-{language}" / "posts"
    lines = written(call, source, "github", f"--lang={language}").splitlines()
    kinds = [found[1] for line in lines if (found := COMMAND.fullmatch(line))]
    blog = json.loads(written(call, source, "json"))["blogs"][0]
    count = sum(finding["severity"] == "warning" for finding in blog["findings"])
    assert kinds.count("warning") == 10 < count
    assert any(str(count - 10) in line for line in lines if not line.startswith("::"))


def test_github_says_where(call: Call, tmp_path: Path, language: str) -> None:
    (tmp_path / "a b.md").write_text(ADVERT[language], encoding="utf-8")
    said = call("check", "a b.md", AS_OF, "--format=github", cwd=tmp_path)
    fields = [
        dict(pair.split("=", 1) for pair in found[2].split(","))
        for line in said.out.splitlines()
        if (found := COMMAND.fullmatch(line))
    ]
    whole = [one for one in fields if "col" in one]
    assert whole and all(one["file"] == "a b.md" for one in fields)
    assert set(whole[0]) == {"file", "line", "endLine", "col", "endColumn", "title"}


def test_inside_github_annotations_and_a_summary_come_by_themselves(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    post = tmp_path / "x.md"
    post.write_text(ADVERT[language], encoding="utf-8")
    assert call("check", post, AS_OF).err == ""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    said = call("check", post, AS_OF, "--lang=en")
    assert "::warning " in said.err and "::" not in said.out
    assert "### bloglint" in (tmp_path / "summary.md").read_text("utf-8")


def test_no_text_becomes_a_command(call: Call, evil: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = written(call, evil, "github")
    for line in out.splitlines():
        assert not line.startswith("::") or COMMAND.fullmatch(line), line
        assert "file=" not in line or ":" not in line.partition("file=")[2].partition(",")[0]
    assert "\n::error::injected" not in out
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    text = written(call, evil, "terminal")
    assert not re.search(r"^\s*::|##\[", text, re.MULTILINE)


def test_no_text_becomes_markdown(call: Call, evil: Path) -> None:
    text = written(call, evil, "markdown")
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    kinds = {token.type for one in tokens for token in (one.children or [one])}
    assert not kinds & {"image", "link_open", "em_open", "code_inline"}
    html = [token.content for token in tokens if token.type == "html_block"]
    inline = [c.content for t in tokens for c in t.children or () if c.type == "html_inline"]
    assert set(inline) <= {"<!-- -->"} and not any("img" in one for one in html)
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert rows and all(len(re.findall(r"(?<!\\)\|", row)) == 4 for row in rows)
    assert not re.search(r"@\w", text)


@pytest.mark.parametrize("name", TEXTS)
def test_no_format_holds_what_a_terminal_obeys(call: Call, evil: Path, name: str) -> None:
    assert "\x1b" not in written(call, evil, name)


def test_json_and_xml_stay_whole(call: Call, evil: Path) -> None:
    for name in ("json", "sarif", "gitlab"):
        json.loads(written(call, evil, name))
    junitparser.JUnitXml.fromstring(written(call, evil, "junit").encode())
    sarif = written(call, evil, "sarif")
    Sarif.model_validate_json(sarif)
    results = json.loads(sarif)["runs"][0]["results"]
    assert all("](" not in result["message"]["text"] for result in results)
    assert "<img" not in written(call, evil, "html")


def test_several_formats_at_once(call: Call, tmp_path: Path, language: str) -> None:
    source = EXAMPLES / f"healthy-{language}" / "posts"
    named = [f"--format={name}={tmp_path / name}" for name in TEXTS if name != "github"]
    said = call("check", source, AS_OF, *named, "--format=terminal")
    assert said.code == 0 and said.out == (tmp_path / "terminal").read_text("utf-8")
    assert all((tmp_path / name).stat().st_size for name in TEXTS if name != "github")


@pytest.mark.parametrize(
    "formats",
    [
        ["json", "terminal"],
        ["json=x", "sarif=x"],
        ["json=no/folder/x"],
        ["json=."],
        ["jsn"],
    ],
)
def test_what_cannot_be_delivered_is_told_before_anything_is_judged(
    call: Call, tmp_path: Path, language: str, formats: list[str]
) -> None:
    args = [f"--format={one}" for one in formats]
    said = call("check", EXAMPLES / f"healthy-{language}" / "posts", *args, cwd=tmp_path)
    assert (said.code, said.out) == (2, "") and said.err.startswith("bloglint: ")


def test_a_file_that_fails_late_takes_no_other_down(
    call: Call, tmp_path: Path, language: str
) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    source = EXAMPLES / f"healthy-{language}" / "posts"
    other = tmp_path / "x.json"
    said = call("check", source, AS_OF, f"--format=html={full}", f"--format=json={other}")
    assert said.code == 4 and str(full) in said.err
    assert json.loads(other.read_text("utf-8"))["blogs"]
