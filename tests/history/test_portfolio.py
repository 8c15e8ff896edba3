"""Many blogs: lists in YAML and OPML, own terms, ranking, groups, and what goes wrong."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from calls import Said
from pytest_httpserver import HTTPServer

from history.blogs import adverts, write_blog, write_post

Call = Callable[..., Said]
DAY = date(2026, 6, 1)


@pytest.fixture
def portfolio(tmp_path: Path) -> Path:
    """Three blogs (good, silent, advertising), one that is not there, one named twice."""
    write_blog(tmp_path / "good", DAY)
    write_blog(tmp_path / "silent", DAY - timedelta(days=60), language="de")
    for n, text in enumerate(adverts("en")):
        write_post(write_blog(tmp_path / "loud", DAY, 8), f"ad{n}", DAY - timedelta(days=n), text)
    file = tmp_path / "portfolio.yml"
    file.write_text(
        """title: Holding
blogs:
  - {name: Good Co, feed: good, owner: Ada, group: North, tags: [b2b]}
  - {name: Still GmbH, feed: ./silent, language: de, owner: Bo, group: South}
  - {name: Loud Ltd, feed: loud, groups: [South, Big]}
  - {name: Gone AG, feed: missing}
  - {name: Good again, feed: good, group: Big, tags: [twice]}
""",
        "utf-8",
    )
    return file


def test_the_worst_comes_first_and_what_is_unreadable_stands_on_top(
    portfolio: Path, call: Call
) -> None:
    for language, failed, worst in (("en", "Could not", "explained"), ("de", "Nicht", "erklärt")):
        done = call("report", portfolio, "--as-of", DAY, "--lang", language)
        assert done.code == 3
        out = done.out
        order = [out.index(one) for one in (failed, "Gone AG", "Still GmbH", "Loud Ltd", "Good Co")]
        assert order == sorted(order) and worst in out
        assert "North" in out and "South" in out


def test_the_table_for_spreadsheets(portfolio: Path, call: Call) -> None:
    done = call("report", portfolio, "--as-of", DAY, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [row["blog"] for row in rows] == ["Gone AG", "Still GmbH", "Loud Ltd", "Good Co"]
    assert rows[0]["error"] and not rows[0]["score"]
    assert rows[3]["groups"] == "North; Big" and rows[3]["tags"] == "b2b; twice"
    assert float(rows[1]["score"]) < float(rows[2]["score"]) < float(rows[3]["score"])
    assert rows[1]["dead_on"] == "2026-05-04" and rows[3]["owner"] == "Ada"


def test_a_spreadsheet_takes_no_title_for_a_formula(tmp_path: Path, call: Call) -> None:
    write_blog(tmp_path / "good", DAY)
    file = tmp_path / "p.yml"
    file.write_text("blogs: [{name: '=cmd|calc', owner: '@x', feed: good}]")
    row = next(csv.DictReader(io.StringIO(
        call("report", file, "--as-of", DAY, "--format", "csv").out
    )))  # fmt: skip
    assert row["blog"] == "'=cmd|calc" and row["owner"] == "'@x"


def blogs_of(done: Said) -> dict[str, dict[str, Any]]:
    return {one["listing"]["name"]: one for one in json.loads(done.out)["blogs"]}


def test_a_blog_has_its_own_limits_language_and_newsroom(tmp_path: Path, call: Call) -> None:
    for name in ("one", "two"):
        write_blog(tmp_path / name, DAY - timedelta(days=20))
    text = (tmp_path / "one" / "p00.md").read_text("utf-8").split("---", 2)[2]
    write_post(tmp_path / "room", "release", DAY - timedelta(days=30), text)
    file = tmp_path / "p.yml"
    file.write_text(
        """blogs:
  - {name: One, feed: one, newsroom: room}
  - {name: Two, feed: two, limits: {frequency-silence: {due_days: 40}}, profile: strict}
""",
        "utf-8",
    )
    for cache in ((), ("--no-cache",)):
        for jobs in ("1", "2"):
            done = call(
                "report", file, "--as-of", DAY, "--format", "json", "--jobs", jobs, *cache
            )  # fmt: skip
            assert done.code == 0, done.err
            found = blogs_of(done)
            rules = {name: {f["rule"] for f in one["findings"]} for name, one in found.items()}
            assert "recycling-press" in rules["One"] and "recycling-press" not in rules["Two"]
            assert "frequency-silence" in rules["One"] and "frequency-silence" not in rules["Two"]
            (taken,) = (p for p in found["One"]["posts"] if p["id"] == "p00.md")
            assert taken["measures"]["recycled"] == 1.0


def test_a_newsroom_that_cannot_be_read_costs_only_itself(tmp_path: Path, call: Call) -> None:
    write_blog(tmp_path / "one", DAY)
    file = tmp_path / "p.yml"
    file.write_text("blogs: [{name: One, feed: one, newsroom: nowhere}]")
    done = call("report", file, "--as-of", DAY, "--format", "json")
    found = json.loads(done.out)
    assert done.code == 3 and "nowhere" in found["errors"][0]["source"]
    assert found["blogs"][0]["score"] is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("blogs: [{feed: good, newsrom: x}]", "newsroom"),
        ("blogs: [{name: x}]", "feed"),
        ("blogs: []", "names no blog"),
        ("blog: []", "blogs"),
        ("blogs: [{feed: good, language: fr}]", "language"),
        ("blogs: [{feed: good, timezone: Mars/Base}]", "Mars/Base"),
        ("blogs: [{feed: good, limits: {frequency-silense: {due_days: 7}}}]", "frequency-silence"),
        ("blogs: [{feed: good, limits: {frequency-silence: {due_day: 7}}}]", "due_days"),
        ("blogs: [{feed: good, limits: {frequency-silence: {due_days: 0}}}]", "from 1 to"),
        ("blogs: [{feed: good, limits: {frequency-silence: {due_days: seven}}}]", "no number"),
        ("blogs: [", "no YAML"),
        ("- just\n- a list", "Expected"),
    ],
)
def test_a_wrong_portfolio_is_refused_with_advice(
    tmp_path: Path, call: Call, text: str, said: str
) -> None:
    write_blog(tmp_path / "good", DAY)
    file = tmp_path / "p.yml"
    file.write_text(text)
    for command in ("report", "check"):
        done = call(command, file, "--as-of", DAY)
        assert done.code == 2 and said in done.err and done.out == ""


def test_check_takes_a_portfolio_too(portfolio: Path, call: Call) -> None:
    done = call("check", portfolio, "--as-of", DAY, "--format", "json", "--fail-on", "never")
    assert done.code == 3
    assert list(blogs_of(done)) == ["Good Co", "Still GmbH", "Loud Ltd"]  # as the list has them


def test_the_groups_of_an_opml_list(tmp_path: Path, httpserver: HTTPServer, call: Call) -> None:
    feed = Path(__file__).parents[2] / "examples" / "healthy-en" / "feed.xml"
    for n in (1, 2):
        httpserver.expect_request(f"/{n}").respond_with_data(
            feed.read_bytes(), content_type="application/rss+xml"
        )
    host = httpserver.url_for("")
    (tmp_path / "list.opml").write_text(
        f"""<opml version="2.0"><body>
        <outline text="North"><outline text="One" xmlUrl="{host}/1"/>
          <outline text="Harbour"><outline title="Two" text="x" xmlUrl="{host}/2"/></outline>
        </outline>
        <outline text="Big"><outline text="One" xmlUrl="{host}/1/"/></outline></body></opml>""",
        "utf-8",
    )
    done = call("report", tmp_path / "list.opml", "--as-of", "2026-06-30", "--format", "json")
    found = blogs_of(done)
    assert found["One"]["listing"]["groups"] == ["North", "Big"]
    assert found["Two"]["listing"]["groups"] == ["North", "Harbour"]


def test_dead_hosts_never_stop_the_run(tmp_path: Path, httpserver: HTTPServer, call: Call) -> None:
    feed = Path(__file__).parents[2] / "examples" / "healthy-en" / "feed.xml"
    httpserver.expect_request("/feed").respond_with_data(feed.read_bytes())
    lines = ["blogs:"]
    for n in range(30):
        place = httpserver.url_for("/feed") if n == 15 else f"http://127.0.0.1:1/{n}"
        lines.append(f"  - {{name: Blog {n:02}, feed: '{place}'}}")
    (tmp_path / "p.yml").write_text("\n".join(lines))
    done = call("report", tmp_path / "p.yml", "--as-of", "2026-06-30", "--format", "json")
    found = json.loads(done.out)
    assert done.code == 3 and len(found["errors"]) == 29 and len(found["blogs"]) == 1
    assert "blogs: 1, unreadable: 29" in done.err


def test_the_run_has_its_newsroom_for_blogs_on_their_own_terms(tmp_path: Path, call: Call) -> None:
    write_blog(tmp_path / "one", DAY)
    text = (tmp_path / "one" / "p00.md").read_text("utf-8").split("---", 2)[2]
    write_post(tmp_path / "room", "release", DAY - timedelta(days=9), text)
    file = tmp_path / "p.yml"
    file.write_text("blogs: [{name: One, feed: one, language: en}]")
    for cache in ((), ("--no-cache",)):
        for jobs in ("1", "2"):
            done = call(
                "report", file, "--as-of", DAY, "--press", tmp_path / "room", "--format", "json",
                "--jobs", jobs, *cache,
            )  # fmt: skip
            rules = {f["rule"] for f in blogs_of(done)["One"]["findings"]}
            assert "recycling-press" in rules


def test_a_newsroom_is_read_where_no_cache_can_be_written(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_blog(tmp_path / "one", DAY)
    text = (tmp_path / "one" / "p00.md").read_text("utf-8").split("---", 2)[2]
    write_post(tmp_path / "room", "release", DAY - timedelta(days=9), text)
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("BLOGLINT_CACHE", str(tmp_path / "file" / "cache"))
    (tmp_path / "p.yml").write_text("blogs: [{name: One, feed: one, newsroom: room}]")
    done = call("report", tmp_path / "p.yml", "--as-of", DAY, "--format", "json")
    assert "recycling-press" in {f["rule"] for f in blogs_of(done)["One"]["findings"]}


def test_blogs_whose_addresses_differ_in_case_are_two(tmp_path: Path, call: Call) -> None:
    for name in ("a", "A"):
        write_blog(tmp_path / name, DAY, 8 if name == "a" else 11)
    (tmp_path / "p.yml").write_text("blogs: [{name: One, feed: a}, {name: Two, feed: A}]")
    done = call("report", tmp_path / "p.yml", "--as-of", DAY, "--format", "json")
    assert set(blogs_of(done)) == {"One", "Two"}


def test_a_portfolio_has_its_title(portfolio: Path, call: Call) -> None:
    done = call("report", portfolio, "--as-of", DAY, "--format", "html", "--lang", "de")
    assert '<h1 class="title">Redaktionelle Gesundheit: Holding (4 Blogs)</h1>' in done.out
