"""What leaves the program beside the page: tables, workbooks, PDFs, pages for clients, notices."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from calls import ALL_TESTS, Said
from pytest_httpserver import HTTPServer

from bloglint.reporters.html.charts import _summing_to
from bloglint.reporters.paths import file_names
from bloglint.reporters.pdf import browser
from history.blogs import adverts, write_blog, write_post

Call = Callable[..., Said]
DAY = date(2026, 6, 1)
EVIL = "=HYPERLINK(1)"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>'


def rows(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


@pytest.mark.parametrize(("table", "count"), [("blogs", 1), ("posts", 12), ("findings", None)])
def test_a_table_has_a_row_for_each(
    tmp_path: Path, call: Call, table: str, count: int | None
) -> None:
    blog = write_blog(tmp_path / "blog", DAY)
    said = call("check", blog, "--as-of", DAY, "--format=csv", "--table", table)
    found = rows(said.out)
    assert len(found) == count if count else {row["rule"] for row in found}
    assert not any(
        value.startswith(("=", "+", "-", "@")) for row in found for value in row.values()
    )


def test_csv_is_written_as_the_language_writes_numbers(tmp_path: Path, call: Call) -> None:
    blog = write_blog(tmp_path / "blog", DAY, language="de")
    said = call("check", blog, "--as-of", DAY, "--format=csv", "--table=posts", "--lang=de")
    assert said.out.startswith("\ufeffblog;owner;title")
    tone = [row["advertorial"] for row in rows(said.out, ";") if row["advertorial"]]
    assert tone and all(re.fullmatch(r"\d,\d+", value) for value in tone)


def test_a_workbook_holds_text_as_text(tmp_path: Path, call: Call) -> None:
    for n, text in enumerate(adverts("en")):
        write_post(tmp_path / "blog", f"p{n}", DAY - timedelta(days=n), text, title=f'"{EVIL}"')
    file = tmp_path / "out.xlsx"
    said = call("check", tmp_path / "blog", "--as-of", DAY, f"--format=xlsx={file}")
    assert said.code in (0, 1), said.err
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["blogs", "posts", "findings"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(cell.value == EVIL for cell in cells)
    words = [row[6].value for row in book["posts"].iter_rows(min_row=2)]
    assert all(isinstance(count, int) for count in words)


@pytest.mark.parametrize("name", ["xlsx", "pdf"])
def test_what_is_no_text_needs_a_file(tmp_path: Path, call: Call, name: str) -> None:
    if name == "pdf" and not browser():
        pytest.skip("needs a browser that prints")
    said = call("check", write_blog(tmp_path / "blog", DAY), f"--format={name}")
    assert said.code == 2 and f"--format {name}=report.{name}" in said.err and not said.out


def test_a_pdf_has_a_few_pages(tmp_path: Path, call: Call) -> None:
    if not browser():
        if ALL_TESTS:
            pytest.fail("needs chromium (a Debian package)")
        pytest.skip("needs chromium (a Debian package)")
    example = Path(__file__).parents[2] / "examples" / "failing-en"
    file = tmp_path / "out.pdf"
    args = ("--press", example / "newsroom", "--as-of", "2026-06-30", f"--format=pdf={file}")
    said = call("check", example / "posts", *args)
    assert said.code == 1, said.err
    content = file.read_bytes()
    assert content.startswith(b"%PDF")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", content)) <= 6


def test_without_a_browser_there_is_no_pdf(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BLOGLINT_BROWSER", str(tmp_path / "none"))
    said = call("check", write_blog(tmp_path / "blog", DAY), f"--format=pdf={tmp_path / 'x.pdf'}")
    assert said.code == 2 and "BLOGLINT_BROWSER" in said.err


def test_a_page_is_opened_only_if_one_is_written(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog = write_blog(tmp_path / "blog", DAY)
    said = call("check", blog, "--open")
    assert said.code == 2 and "--format html=report.html" in said.err
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    call("check", blog, "--open", "--as-of", DAY, f"--format=html={tmp_path / 'x.html'}")
    assert opened == [(tmp_path / "x.html").resolve().as_uri()]


def portfolio(tmp_path: Path, more: str = "", of_blog: str = "") -> Path:
    write_blog(tmp_path / "one", DAY)
    for n, text in enumerate(adverts("en")):
        write_post(tmp_path / "two", f"p{n}", DAY - timedelta(days=9 * n), text)
    (tmp_path / "logo.svg").write_text(LOGO, "utf-8")
    file = tmp_path / "list.yml"
    file.write_text(
        f"title: Clients\n{more}\nblogs:\n- {{feed: one, name: Ärzte & Co, owner: Ada}}\n"
        f"- {{feed: two, name: Ärzte & Co, owner: Bo{of_blog}}}\n",
        "utf-8",
    )
    return file


def test_each_client_gets_a_page_with_the_senders_name(tmp_path: Path, call: Call) -> None:
    brand = 'brand: {name: Agency Field, logo: logo.svg, colour: "#00aa77"}'
    folder = tmp_path / "pages"
    args = ("--as-of", DAY, "--db", tmp_path / "h.sqlite", "--split", folder)
    said = call("report", portfolio(tmp_path, brand), *args)
    assert said.code == 0 and "2 pages" in said.err
    pages = sorted(folder.iterdir())
    assert [page.name for page in pages] == ["arzte-co-2.html", "arzte-co.html"]
    for page in pages:
        text = page.read_text("utf-8")
        assert "Agency Field" in text and 'src="data:image/svg+xml;base64,' in text
        assert "#00aa77" in text and "img-src data:" in text and "<script" not in text


@pytest.mark.parametrize(
    "brand", ["{logo: none.svg}", "{logo: list.yml}", "{colour: red}", "{color: '#fff'}"]
)
def test_a_brand_that_cannot_be_used_is_refused(tmp_path: Path, call: Call, brand: str) -> None:
    said = call("report", portfolio(tmp_path, f"brand: {brand}"), "--db", tmp_path / "h.sqlite")
    assert said.code == 2 and "list.yml" in said.err and not said.out


def test_a_blog_of_a_portfolio_may_have_settings_of_its_own(tmp_path: Path, call: Call) -> None:
    own = (
        ", ignore: [dialogue], severity: {advertorial-tone: info}, names: [Nordvanta], "
        "pauses: [{from: 2026-06-02, to: 2026-06-29}], words: {allow: [market leader]}"
    )
    args = ("--as-of", "2026-06-30", "--format=csv", "--table=findings")
    found = []
    for n, of_blog in enumerate(("", own)):
        db = tmp_path / f"h{n}.sqlite"
        said = call("report", portfolio(tmp_path, of_blog=of_blog), *args, "--db", db)
        found.append([row for row in rows(said.out) if row["owner"] == "Bo"])
    before, after = ({(row["rule"], row["severity"]) for row in one} for one in found)
    assert ("advertorial-tone", "info") in after - before
    assert {rule.partition("-")[0] for rule, _ in before - after} >= {"dialogue", "frequency"}


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (", ignore: [dialog]", "dialogue"),
        (", severity: {bloat-length: bad}", "Use one of"),
        (", pauses: [{from: 2026-06-29, to: 2026-06-02}]", "ends before it begins"),
        (", words: {add: {craft-alt-text: [market leader]}}", "has phrases"),
        (", word: {}", "word"),
    ],
)
def test_a_wrong_setting_of_a_blog_is_refused(
    tmp_path: Path, call: Call, own: str, said: str
) -> None:
    done = call("report", portfolio(tmp_path, of_blog=own), "--db", tmp_path / "h.sqlite")
    assert done.code == 2 and said in done.err and "Traceback" not in done.err


def test_a_notice_goes_to_the_services_of_the_environment(
    tmp_path: Path, call: Call, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    httpserver.expect_oneshot_request("/hook", method="POST").respond_with_data("ok")
    args = ("--as-of", DAY, "--db", tmp_path / "h.sqlite", "--notify")
    monkeypatch.delenv("BLOGLINT_NOTIFY", raising=False)
    assert call("report", portfolio(tmp_path), *args).code == 2
    address = f"json://127.0.0.1:{httpserver.port}/hook"
    monkeypatch.setenv("BLOGLINT_NOTIFY", address)
    done = call("report", portfolio(tmp_path), *args)
    assert done.code == 0, done.err
    ((request, _),) = httpserver.log
    sent = request.get_json()
    assert "2 blogs" in sent["title"] and "Ärzte & Co" in sent["message"]
    monkeypatch.setenv("BLOGLINT_NOTIFY", f"{address}/gone/s3cret")
    done = call("report", portfolio(tmp_path), *args)
    assert done.code == 4 and "s3cret" not in done.err + done.out


def test_file_names_are_plain_and_unlike() -> None:
    assert file_names(["Ärzte & Co", "arzte-co", "日本", "", "../x"]) == [
        "arzte-co", "arzte-co-2", "blog", "blog-2", "x",
    ]  # fmt: skip


def test_rounded_parts_add_up() -> None:
    parts = {"a": 31.4, "b": 22.4, "c": 10.4, "d": 0.9, "e": 4.9}
    assert sum(_summing_to(70, parts).values()) == 70
    assert _summing_to(0, {"a": 0.4}) == {"a": 0}
