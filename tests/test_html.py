"""The page: complete, asks nothing of anybody, and safe against what posts hold."""

import re
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from releases import CUT, OWN, RELEASE, post, release, verdict

import bloglint
from bloglint.model import Report, SourceFailure, replace
from bloglint.reporters.html import write_html

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
    sides = re.findall(r'<section class="side">(.*?)</section>', text, re.DOTALL)
    assert len(sides) == 2
    numbers = [re.findall(r"<mark><sup>(\d+)</sup>", side) for side in sides]
    assert numbers[0] and set(numbers[0]) == set(numbers[1])
    first, second = (re.sub(r"<sup>\d+</sup>|<[^>]+>", "", side) for side in sides)
    for word in CUT[language].split():
        assert word.replace('"', "&#34;") in first
    assert "Release r" in second and RELEASE[language].split()[-1] in second


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
    assert ("<mark>" in text) == name.startswith("failing")


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
