"""Folders of posts as generators, themes and their users write them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bloglint.model import Blog
from bloglint.sources import published_by, read_blog
from bloglint.text.document import Document

AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)
BODY = "We took the pump apart on Monday. It had run for years.\n"


def read(folder: Path, files: dict[str, str]) -> Blog:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return published_by(read_blog(str(folder)), AS_OF)


def post(**fields: object) -> str:
    return "---\n" + "".join(f"{k}: {v}\n" for k, v in fields.items()) + f"---\n\n{BODY}"


@pytest.mark.parametrize(
    "text",
    [
        f"---\ntitle: Dots\ndate: 2026-06-02\nauthor: Ada\n...\n\n{BODY}",
        f"\n\n  \n---\ntitle: Dots\ndate: 2026-06-02\nauthor: Ada\n---\n\n{BODY}",
        f"\ufeff---\r\ntitle: Dots\r\ndate: 2026-06-02\r\nauthor: Ada\r\n---\r\n\r\n{BODY}",
        f"\n+++\ntitle = 'Dots'\ndate = 2026-06-02\nauthor = 'Ada'\n+++\n{BODY}",
    ],
)
def test_front_matter_begins_and_ends_in_several_ways(tmp_path: Path, text: str) -> None:
    (one,) = read(tmp_path, {"a.md": text}).posts
    assert (one.title, one.authors, f"{one.published:%F}") == ("Dots", ("Ada",), "2026-06-02")
    assert Document(one).words == 12


def test_a_rule_between_paragraphs_is_no_front_matter(tmp_path: Path) -> None:
    (one,) = read(tmp_path, {"2026-06-02-a.md": f"\n---\n\n{BODY}\n---\n\n{BODY}"}).posts
    assert Document(one).words == 24


def test_an_impossible_date_costs_the_date_only(tmp_path: Path) -> None:
    blog = read(tmp_path, {"a.md": post(title="A", date="2026-06-31"), "b.md": post(date="1.6.26")})
    assert len(blog.undated) == 2 and "unreadable" not in blog.left_out


@pytest.mark.parametrize(
    "key",
    [
        "date", "pubDate", "pubDatetime", "publishDate", "publish_date", "publishedAt",
        "published_at", "published", "date-published", "datePublished", "publication_date",
        "datum", "Datum", "veroeffentlicht", "veröffentlicht", "Veröffentlicht am", "created",
    ],
)  # fmt: skip
@pytest.mark.parametrize("day", ["2026-06-13", "13.06.2026", '"13. Juni 2026"', "13/06/2026"])
def test_a_date_has_many_names_and_forms(tmp_path: Path, key: str, day: str) -> None:
    blog = read(tmp_path, {"a.md": post(**{key: day})})
    assert [f"{one.published:%F}" for one in blog.posts] == ["2026-06-13"]


def test_an_unknown_key_with_a_date_is_named(tmp_path: Path) -> None:
    files = {"a.md": post(stichtag="2026-06-01", expiryDate="2027-01-01"), "b.md": post(date=2026)}
    blog = read(tmp_path, files)
    assert len(blog.undated) == 2
    assert "1 post has a date under “stichtag” only" in str(blog.notes[0])


def test_other_posts_show_the_order_of_day_and_month(tmp_path: Path) -> None:
    files = {"a.md": post(date="26-05-2026"), "b.md": post(date="02-06-2026")}
    blog = read(tmp_path, files)
    assert [f"{one.published:%F}" for one in blog.posts] == ["2026-06-02", "2026-05-26"]


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("draft", "1", "draft"),
        ("draft", '"True"', "draft"),
        ("draft", "yes", "draft"),
        ("published", "false", "draft"),
        ("status", "pending", "draft"),
        ("build", "{list: never}", "unlisted"),
        ("_build", "{render: false}", "unlisted"),
        ("unlisted", "true", "unlisted"),
        ("eleventyExcludeFromCollections", "true", "unlisted"),
        ("permalink", "false", "unlisted"),
        ("draft", "false", None),
        ("build", "{list: always}", None),
    ],
)
def test_what_no_reader_finds_is_no_post(
    tmp_path: Path, field: str, value: str, reason: str | None
) -> None:
    files = {"a.md": post(date="2026-06-01"), "b.md": post(date="2026-06-02", **{field: value})}
    blog = read(tmp_path, files)
    assert len(blog.posts) == (1 if reason else 2)
    assert blog.left_out == ({reason: 1} if reason else {})
    assert len(blog.planned) == (reason == "draft")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("a.md", {"title": '"Vorlage: Sicherheit"'}),
        ("a.md", {"title": "Template"}),
        ("a.md", {"title": "Blog post template"}),
        ("a.md", {"title": '"{{ title }}"'}),
        ("a.md", {"title": "X", "date": "2000-01-01"}),
        ("vorlagen/a.md", {"title": "X"}),
        ("new/a.md", {"title": "X"}),
        ("template.md", {"title": "X"}),
    ],
)
def test_a_template_is_no_draft(tmp_path: Path, name: str, fields: dict[str, str]) -> None:
    blog = read(tmp_path, {"p.md": post(date="2026-06-01"), name: post(draft="true", **fields)})
    assert not blog.planned and blog.left_out == {"template": 1}


def test_a_draft_about_templates_is_a_draft(tmp_path: Path) -> None:
    files = {"p.md": post(date="2026-06-01"), "a.md": post(title="Template engines", draft="true")}
    assert [one.title for one in read(tmp_path, files).planned] == ["Template engines"]


def test_a_readme_in_a_dated_folder_is_a_post_of_vuepress(tmp_path: Path) -> None:
    files = {
        "README.md": post(title="About this folder", date="2026-06-01"),
        "2026-05-06-new-scanner/README.md": post(title="The new scanner"),
        "new-hall/README.md": post(title="The new hall", date="2026-05-20"),
        "notes/README.md": "Notes.\n",
    }
    blog = read(tmp_path, files)
    assert [one.title for one in blog.posts] == ["The new hall", "The new scanner"]
    assert blog.left_out == {"not a post": 2}


def test_what_is_hidden_is_hidden_in_every_language(tmp_path: Path) -> None:
    files = {
        "storm/index.md": post(date="2026-06-01", unlisted="true"),
        "storm/index.en.md": post(date="2026-06-01"),
        "pump/index.de.md": post(date="2026-06-02", translationKey="pump"),
        "pump/index.en.md": post(date="2026-06-02", translationKey="pump-en"),
    }
    blog = read(tmp_path, files)
    assert [one.id for one in blog.posts] == ["pump/index.de.md"]
    assert blog.left_out == {"unlisted": 2, "translation": 1}


def test_posts_lie_in_the_folders_of_posts_at_any_depth(tmp_path: Path) -> None:
    files = {
        "_posts/2026-06-01-a.md": post(title="A"),
        "travel/far/_posts/2026-06-02-b.md": post(title="B"),
        "travel/_drafts/c.md": post(title="C"),
        "_changes/d.md": post(title="D", date="2026-06-03"),
        "LICENSE-of-origin.md": "Ours.\n",
        "press/e.md": post(title="E"),
        "_site/_posts/2026-06-04-f.md": post(title="F"),
    }
    blog = read(tmp_path, files)
    assert [one.title for one in blog.posts] == ["B", "A"] and not blog.undated
    assert [one.title for one in blog.planned] == ["C"] and blog.left_out == {"draft": 1}


def test_pages_and_redirects_are_no_posts(tmp_path: Path) -> None:
    files = {
        "a.md": post(date="2026-06-01"),
        "index.md": post(title="Blog"),
        "topics/pumps.md": "---\ntitle: Pumps\n---\n",
        "old.md": "---\ntitle: Old\ndate: 2020-01-01\nredirect_to: /new\n---\n",
        "bundle/index.en.md": post(date="2026-06-02"),
        "bundle/more.md": post(title="A resource"),
    }
    blog = read(tmp_path, files)
    assert [one.id for one in blog.posts] == ["bundle/index.en.md", "a.md"]
    assert not blog.undated and blog.left_out == {"not a post": 4}


def test_a_site_says_what_language_it_is_in(tmp_path: Path) -> None:
    files = {
        "hugo.toml": "defaultContentLanguage = 'de'\n",
        "content/posts/a.md": "---\ndate: 2026-06-01\n---\n\nSommerfest.\n",
    }
    blog = read(tmp_path, files)
    assert blog.language == "de" and Document(blog.posts[0], blog.language).language == "de"


def test_a_link_to_another_page_is_no_text(tmp_path: Path) -> None:
    files = {"a.md": "---\ndate: 2026-06-01\nexternalUrl: https://other.example/1\n---\n"}
    assert [one.complete for one in read(tmp_path, files).posts] == [False]


@pytest.mark.parametrize(
    ("files", "authors"),
    [
        ({"_config.yml": "author: Webmaster\n"}, ()),
        ({"_config.yml": "x: 1\n", "_data/authors.yml": "rita: {name: Rita Lang}\n"}, None),
        ({"_config.yml": "x: 1\n", "_data/people.yml": "- {id: rita, name: Rita Lang}\n"}, None),
        ({"hugo.toml": "", "data/authors/rita.yml": "name: Rita Lang\n"}, None),
        ({"hugo.toml": "", "content/authors/rita/_index.md": "---\ntitle: Rita Lang\n---\n"}, None),
        ({"astro.config.mjs": "", "src/content/authors/rita.json": '{"name": "Rita Lang"}'}, None),
    ],
)
def test_ids_of_authors_are_looked_up(
    tmp_path: Path, files: dict[str, str], authors: tuple[str, ...] | None
) -> None:
    homes = {"_config.yml": "_posts", "hugo.toml": "content/posts"}
    home = next((homes[name] for name in files if name in homes), "src/content/blog")
    own = "" if authors == () else "author: rita\n"
    files[f"{home}/2026-06-01-a.md"] = f"---\ndate: 2026-06-01\n{own}---\n\n{BODY}"
    (one,) = read(tmp_path, files).posts
    assert one.authors == (("Rita Lang",) if authors is None else authors)


@pytest.mark.parametrize("key", ["author", "autor", "Autorin", "authors", "byline", "author_name"])
def test_authors_have_several_keys(tmp_path: Path, key: str) -> None:
    (one,) = read(tmp_path, {"a.md": post(date="2026-06-01", **{key: "Ada Muster"})}).posts
    assert one.authors == ("Ada Muster",)


def test_the_name_of_an_author_is_one_person(tmp_path: Path) -> None:
    written = "[{name: 'Ada Muster, Pump Ambassador'}, {name: 'Bo Beispiel (Acme)'}]"
    (one,) = read(tmp_path, {"a.md": post(date="2026-06-01", authors=written)}).posts
    assert one.authors == ("Ada Muster", "Bo Beispiel")
