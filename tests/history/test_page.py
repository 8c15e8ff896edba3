"""The page in a real browser: quiet, within its width, in the dark and on paper, for everybody."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import Any, Literal

import pytest
from calls import ALL_TESTS

import bloglint
from bloglint.config import Config, Settings
from bloglint.history.periodic import report_on
from bloglint.model import (
    BlogEntry,
    Planned,
    Previous,
    Report,
    SourceFailure,
    Verdict,
    replace,
)
from bloglint.reporters.html import write_html
from bloglint.running.options import RunOptions
from history.blogs import adverts, write_post

EXAMPLES = Path(__file__).parents[2] / "examples"
WIDTHS, MEDIA = (360, 1280), ("light", "dark", "print")
EVIL = "<script>alert(1)</script> \u202eevil\u202c " + "Donaudampfschiff" * 32


def _missing() -> str:
    try:
        import axe_playwright_python
        import playwright

        assert axe_playwright_python and playwright
    except ImportError as error:
        return f"needs {error.name}"
    return "" if _chromium() else "needs chromium (a Debian package)"


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    missing = _missing()
    if missing:
        if os.environ.get("BLOGLINT_ALL_TESTS"):
            pytest.fail(missing)
        pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Pages of a failing and a healthy blog, each at its second report, and of many blogs."""
    place = tmp_path_factory.mktemp("pages")
    found = {}
    verdicts: list[Verdict] = []
    for name in ("failing-en", "healthy-de", "failing-de", "healthy-en"):
        newsroom = EXAMPLES / name / "newsroom"
        settings = Settings(Config(press=[str(newsroom)] if newsroom.is_dir() else []))
        source, file = [str(EXAMPLES / name / "posts")], place / "h.sqlite"
        for day in ("2026-05-01", "2026-05-20"):
            options = RunOptions(as_of=day, cache=place / "cache")
            report = report_on(source, settings, options, history=file).report
        verdicts += report.blogs
        found[name] = write(place / f"{name}.html", report, name[-2:])
    for language in ("en", "de"):
        for name, count in (("portfolio", 90), ("few", 8)):
            file = place / f"{name}-{language}.html"
            found[file.stem] = write(file, portfolio(verdicts, count), language)
    return found


def write(path: Path, report: Report, language: str) -> Path:
    path.write_text(write_html(report, language), "utf-8")
    return path


def portfolio(verdicts: list[Verdict], count: int) -> Report:
    """So many blogs of four kinds, one with a name that nobody should have."""
    blogs = []
    for n in range(count):
        one = verdicts[n % 4]
        listing = BlogEntry(
            f"https://blog{n}.example/feed",
            EVIL if n == 2 else f"Werk {n:03}",
            owner=("Ada", "Bo")[n % 2],
            groups=(("Nord", "Süd", "Handel")[n % 3],),
            tags=("b2b",) if n % 5 == 0 else (),
        )
        development = one.development
        assert development and development.previous
        previous = Previous(development.previous.as_of, 40.0 + n % 30, "F")
        score = None if one.score is None else max(0.0, one.score - n / 10)
        blogs.append(
            replace(
                one,
                score=score,
                listing=listing,
                development=replace(development, previous=previous),
                planned=(Planned("x", EVIL, date(2026, 5, 25)),) if n < 3 else (),
                findings=one.findings[:12],
            )
        )
    unread = SourceFailure("https://gone.example/feed", "it is gone", "Call them.")
    return Report(datetime(2026, 5, 20, tzinfo=UTC), tuple(blogs), (unread,))


def show(page: Any, width: int, media: str) -> None:
    """Show a page in a window of so many pixels, in the light, in the dark or as printed."""
    page.set_viewport_size({"width": width, "height": 900})
    scheme: Literal["dark", "light"] = "dark" if media == "dark" else "light"
    page.emulate_media(media="print" if media == "print" else "screen", color_scheme=scheme)


def shown(page: Any) -> Iterator[tuple[int, str]]:
    """Show an open page in every width and medium."""
    for width in WIDTHS:
        for media in MEDIA:
            show(page, width, media)
            yield width, media


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Any]]:
    """``opened(path, width, media)`` is a page; what it says and asks for is collected in it."""
    contexts = []

    def open_page(path: Path, width: int, media: str, **more: Any) -> Any:
        context = browser.new_context(**more)
        contexts.append(context)
        page = context.new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        show(page, width, media)
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


#: Opens what is folded, of many blogs the first ones.
OPEN = (
    "[...document.querySelectorAll('details')].slice(0, document.querySelector('.one') ? 9 : 999)"
    ".forEach((one) => { one.open = true })"
)
NAMES = ("failing-en", "healthy-de", "failing-de", "healthy-en")


@pytest.mark.parametrize("name", [*NAMES, "few-en", "few-de"])
def test_the_page_is_quiet_and_keeps_to_its_width(
    pages: dict[str, Path], opened: Callable[..., Any], name: str
) -> None:
    page = opened(pages[name], 1280, "light")
    page.evaluate(OPEN)
    for width, media in shown(page):
        beyond = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert (width, media, beyond, page.said) == (width, media, 0, [])
    assert page.asked == [pages[name].as_uri()]


@pytest.mark.parametrize("name", [*NAMES, "few-en", "few-de"])
def test_everybody_can_use_the_page(
    pages: dict[str, Path], opened: Callable[..., Any], name: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    every = [(width, media) for width in WIDTHS for media in ("light", "dark")]
    chosen = every[:1] if name.endswith("de") else every[-1:]
    for width, media in every if ALL_TESTS else chosen:
        page = opened(pages[name], width, media, bypass_csp=True)
        page.evaluate(OPEN)
        found = Axe().run(page).response
        told = [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]
        assert told == [] and len(found["passes"]) > 20


def test_the_table_is_sorted_and_filtered(
    pages: dict[str, Path], opened: Callable[..., Any]
) -> None:
    page = opened(pages["portfolio-de"], 1280, "light")
    scores = (
        "[...document.querySelectorAll('#portfolio tbody')].map((body) => "
        "[...body.querySelectorAll('.blog-row')].map((row) => Number(row.dataset.score)))"
    )
    before = page.evaluate(scores)
    falling = "[...document.querySelectorAll('.falling .blog-row')].map((r) => +r.dataset.change)"
    losses = page.evaluate(falling)
    assert losses == sorted(losses) and losses[-1] <= -1
    assert before[1] == sorted(before[1]) and sum(map(len, before)) == 90
    heads = page.locator("#portfolio .section th").all_text_contents()
    assert [head.split()[0] for head in heads] == ["Im", "Gesund"]
    button = page.get_by_role("button", name="Bewertung")
    button.click()
    button.click()
    assert page.get_by_role("columnheader", name="Bewertung").get_attribute("aria-sort") == (
        "descending"
    )
    assert page.evaluate(scores) == [sorted(chain(*before), reverse=True), []]
    assert page.locator("#portfolio .section:visible").count() == 0
    button.click()
    assert page.evaluate(scores) == before
    assert page.evaluate(falling) == losses
    page.get_by_label("filtern").fill("ada süd")
    assert page.locator("#portfolio .blog-row:visible").count() == 15
    assert page.get_by_role("status").text_content() == "15 gezeigt"
    counts = page.locator("#portfolio .count:visible").all_text_contents()
    assert sum(map(int, counts)) == 15
    page.get_by_role("link", name="Werk 004").click()
    assert page.locator("details.one[open] > summary").text_content().strip().startswith("F")
    assert page.said == []


def test_the_page_works_without_its_script(
    pages: dict[str, Path], opened: Callable[..., Any]
) -> None:
    page = opened(pages["portfolio-en"], 1280, "light", java_script_enabled=False)
    assert page.locator("#portfolio .blog-row:visible").count() == 90
    assert not page.get_by_label("Filter").is_visible()
    assert page.get_by_role("button").count() == 0


def test_nothing_but_our_own_script_would_run(
    pages: dict[str, Path], opened: Callable[..., Any], tmp_path: Path
) -> None:
    text = pages["portfolio-en"].read_text("utf-8")
    bad = tmp_path / "bad.html"
    bad.write_text(text.replace("</main>", "<script>document.title = 'bad'</script></main>"))
    page = opened(bad, 1280, "light")
    assert page.title() != "bad" and any("Content Security Policy" in one for one in page.said)


def test_no_title_is_too_long_or_too_wicked(opened: Callable[..., Any], tmp_path: Path) -> None:
    blog = tmp_path / "blog"
    for n, text in enumerate(adverts("en")):
        title = '"' + f"{n} {EVIL}".replace('"', "") + '"'
        write_post(blog, f"p{n}", date(2026, 5, 1 + n), f"{text}\n\n{EVIL}", title=title)
    settings = Settings(Config(title=EVIL))
    reported = report_on(
        [str(blog)], settings, RunOptions(as_of="2026-05-20"), history=tmp_path / "h"
    )
    file = write(tmp_path / "evil.html", reported.report, "en")
    page = opened(file, 1280, "light")
    page.evaluate(OPEN)
    for width, media in shown(page):
        beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (width, media, page.said) == (width, media, []) and beyond <= 0
    assert page.locator("script").count() == 0 and "evil" in page.title()


def test_a_check_has_the_same_page(opened: Callable[..., Any], tmp_path: Path) -> None:
    report = bloglint.check(EXAMPLES / "failing-en" / "posts", as_of="2026-05-20")
    page = opened(write(tmp_path / "one.html", report, "en"), 360, "light")
    assert page.get_by_role("heading", name="Do this first").is_visible() and page.said == []
    assert not page.get_by_role("heading", name="What changed").count()
