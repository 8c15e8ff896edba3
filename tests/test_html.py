"""The page: complete, asks nothing of anybody, and safe against what posts hold."""

import re
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from releases import CUT, OWN, RELEASE, post, release, verdict

import bloglint
from bloglint.model import Report, SourceFailure, replace
from bloglint.reporters.html import write_html
from bloglint.reporters.html.evidence import aligned
from bloglint.reporters.html.posts import marked

LANGUAGES = ("en", "de")
EXAMPLES = Path(__file__).parent.parent / "examples"


def page(*verdicts: object, language: str = "en") -> str:
    report = Report(datetime(2026, 6, 30, tzinfo=UTC), tuple(verdicts))  # type: ignore[arg-type]
    return write_html(report, language)


class Tags(HTMLParser):
    """Which tags and attributes a page has, and whether they close."""

    VOID = frozenset({"meta", "br", "hr"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_post_and_release_stand_side_by_side_with_their_passages(language: str) -> None:
    text = page(verdict([post(CUT[language], language)], [release(language)]), language=language)
    Tags(text)
    assert f'<html lang="{language}">' in text
    sides = re.findall(r'<div class="side">(.*?)</div>', text, re.DOTALL)
    assert len(sides) >= 2 and len(sides) % 2 == 0
    assert '<mark class="copied">' in text
    first, second = (unescape(re.sub(r"<[^>]+>", "", " ".join(sides[at::2]))) for at in (0, 1))
    assert [word for word in CUT[language].split() if word not in first] == []
    assert [word for word in RELEASE[language].split() if word not in second] == []


def test_each_paragraph_stands_beside_the_one_that_it_was_taken_from() -> None:
    report = bloglint.check(
        EXAMPLES / "failing-en/posts", press=[EXAMPLES / "failing-en/newsroom"], as_of="2026-06-30"
    )
    found = next(one for one in report.blogs[0].findings if "compiles its seals" in str(
        one.evidence.get("title")))  # fmt: skip
    assert found.exhibit
    rows = list(aligned(found.exhibit))
    for row in rows:
        assert len(row["original"]) <= 1
    text = ["".join(piece.text for piece in row["post"]) for row in rows]
    assert text[0].startswith("Quality has always been") and rows[-1]["post"] == ()
    origins = {piece.origin for side in found.exhibit.post for piece in side}
    assert origins == {"copied", "reworded", "own"}
    said = " ".join(piece.text for side in found.exhibit.original for piece in side
                    if piece.origin == "uncounted")  # fmt: skip
    assert "Press contact" in said


def test_a_post_shows_its_text_with_the_places_of_its_findings() -> None:
    text = "We are the best pump maker of the world. It rained."
    found = bloglint.check(EXAMPLES / "failing-en/posts", as_of="2026-06-30").blogs[0]
    one = next(f for f in found.findings if f.passage and f.rule == "bloat-sentences")
    pieces = list(marked([text, f"x {one.passage} y"], [one]))
    assert pieces[0] == [{"text": text, "mark": ""}]
    assert [piece["mark"] for piece in pieces[1]] == ["", one.severity, ""]
    assert len(found.texts) == len({f.post for f in found.findings if f.post})


@pytest.mark.parametrize("name", ["failing-en", "failing-de", "healthy-en", "healthy-de"])
def test_the_page_asks_nothing_of_anybody(name: str) -> None:
    newsroom = EXAMPLES / name / "newsroom"
    press = [newsroom] if newsroom.is_dir() else []
    report = bloglint.check(EXAMPLES / name / "posts", press=press, as_of="2026-06-30")
    text = write_html(report, name[-2:])
    tags = Tags(text)
    assert not tags.names & {"script", "img", "link", "iframe", "object", "form", "input"}
    assert not [value for key, value in tags.attributes if key == "src" or key.startswith("on")]
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style and "url(" not in style[1] and "@import" not in style[1]
    allowed = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{allowed}'" in text
    assert ('<mark class="copied">' in text) == name.startswith("failing")


def test_nothing_of_a_post_becomes_markup() -> None:
    evil = '<script>alert(1)</script> "><img src=x onerror=alert(1)>'
    bad = replace(post(CUT["en"], "en"), title=evil, url="javascript:alert(1)")
    one = verdict([bad], [replace(release("en"), title=evil, url="data:text/html,x")])
    one = replace(one, title=evil, source=evil)
    text = page(one)
    text += write_html(
        Report(datetime(2026, 6, 30, tzinfo=UTC), (), (SourceFailure(evil, evil, ""),))
    )
    tags = Tags(text)
    assert "script" not in tags.names and "img" not in tags.names
    assert all(v.startswith("#") for k, v in tags.attributes if k == "href")
    assert "&lt;script&gt;" in text


def test_the_page_is_written_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from bloglint.cli import app

    (tmp_path / "one.md").write_text(f"---\ntitle: t\ndate: 2026-06-04\n---\n{OWN['de']}", "utf-8")
    target = tmp_path / "out.html"
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as stopped:
        arguments = [str(tmp_path), "--as-of", "2026-06-30", "--format", f"html={target}"]
        patch.setattr("sys.argv", ["bloglint", "check", *arguments, "--lang", "de", "--no-cache"])
        app.run()
    assert stopped.value.code == 0 and capsys.readouterr().out == ""
    assert 'lang="de"' in target.read_text("utf-8")
