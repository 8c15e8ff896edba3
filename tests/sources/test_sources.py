"""Reading a blog from a feed, a folder or a file."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from feedgen.feed import FeedGenerator

import bloglint
from bloglint.api import check_sources
from bloglint.config import Config, Settings
from bloglint.model import Blog, SourceError
from bloglint.running.options import RunOptions
from bloglint.sources import published_by, read_blog, restored
from bloglint.sources.dates import parse_date
from bloglint.sources.folders import folder as folder_module
from bloglint.sources.folders.frontmatter import split_front_matter

AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)


def read(source: str) -> Blog:
    return published_by(read_blog(source), AS_OF)


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_feed_is_read(tmp_path: Path, form: str) -> None:
    made = FeedGenerator()
    made.id("https://blog.example/")
    made.title("Grüße aus dem Werk")
    made.link(href="https://blog.example/")
    made.description("d")
    for day in (3, 1, 2):
        entry = made.add_entry()
        entry.id(f"p{day}")
        entry.title(f"Post {day}")
        entry.content("<p>Ein Satz.</p>", type="html")
        entry.author(name="Eva Muster", email="eva@blog.example")
        entry.published(datetime(2026, 6, day, 9, tzinfo=UTC))
    path = tmp_path / "feed.xml"
    (made.rss_file if form == "rss" else made.atom_file)(str(path))
    blog = read(str(path))
    assert blog.title == "Grüße aus dem Werk"
    assert [post.title for post in blog.posts] == ["Post 3", "Post 2", "Post 1"]
    assert blog.posts[0].published == datetime(2026, 6, 3, 9, tzinfo=UTC)


def test_a_folder_says_what_it_left_out(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "2026-05-01-first-post.md": "Body.\n",
            "toml.md": '+++\ntitle = "T"\ndate = 2026-05-02T10:00:00+02:00\n+++\nBody.\n',
            "pelican.md": "Title: P\nDate: 2026-05-03\nAuthor: A. B., C. D.\n\nBody.\n",
            "json.html": '{"title": "J", "date": "2026-05-04"}\n<p>Body.</p>',
            "draft.md": "---\ndate: 2026-05-05\ndraft: true\n---\nBody.\n",
            "future.md": "---\ndate: 2026-12-01\n---\nBody.\n",
            "undated.md": "Body.\n",
            "broken.md": "---\ntitle: [x\n---\nBody.\n",
            "README.md": "Hello.\n",
            "trip/index.en.md": "---\ndate: 2026-05-06\n---\nBody.\n",
            "trip/index.de.md": "---\ndate: 2026-05-06\n---\nText.\n",
        },
    )
    blog = read(str(tmp_path))
    assert [post.title for post in blog.posts] == ["trip", "J", "P", "T", "first post"]
    assert blog.posts[2].authors == ("A. B.", "C. D.")
    assert len(blog.posts[0].translations) == 1
    assert blog.left_out == {
        "draft": 1, "future": 1, "no date": 1, "unreadable": 1, "not a post": 1, "translation": 1,
    }  # fmt: skip
    assert "broken.md:" in blog.notes[0]


def test_a_named_file_is_always_judged(tmp_path: Path) -> None:
    path = write(tmp_path, {"d.md": "---\ntitle: D\ndraft: true\n---\nBody.\n"}) / "d.md"
    assert read(str(path)).posts[0].published == AS_OF


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "nothing in it"),
        (b"<!DOCTYPE html><html><body>Hi</body></html>", "an HTML page"),
        (b'{"a": 1}', "JSON"),
        (b"\x89PNG\r\n\0\0", "a binary file"),
    ],
)
def test_what_is_no_feed_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=said):
        read(str(path))


def test_a_missing_source_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read(str(tmp_path / "none"))
    with pytest.raises(SourceError, match="no post was found"):
        read(str(tmp_path))


def test_a_server_that_refuses_is_named(httpserver) -> None:  # type: ignore[no-untyped-def]
    httpserver.expect_request("/feed").respond_with_data("gone", status=410)
    with pytest.raises(SourceError, match="410"):
        read(httpserver.url_for("/feed"))


def test_broken_front_matter_names_line_and_column() -> None:
    with pytest.raises(SourceError) as caught:
        split_front_matter("---\ntitle: ok\ndate: [\n---\n", "p.md")
    assert caught.value.where.startswith("p.md:")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05-03", "2026-05-03T00:00:00+00:00"),
        ("2026-05-03 10:00:00 +0200", "2026-05-03T10:00:00+02:00"),
        ("Sun, 03 May 2026 10:00:00 +0200", "2026-05-03T10:00:00+02:00"),
        ("3. Mai 2026", "2026-05-03T00:00:00+00:00"),
        ("2026-02-30", None),
        ("soon", None),
    ],
)
def test_dates(text: str, expected: str | None) -> None:
    found = parse_date(text)
    assert (found.isoformat() if found else None) == expected


def test_a_date_without_zone_takes_the_blogs() -> None:
    found = parse_date(datetime(2026, 5, 3), zone=AS_OF.tzinfo or UTC)
    assert found is not None and found.utcoffset() == timedelta(0)


def test_translations_are_found_by_the_key_of_their_front_matter(tmp_path: Path) -> None:
    post = "---\ntitle: {0}\ndate: 2026-06-0{1}\nlang: {2}\n{3}: {4}\n---\n\nText.\n"
    for n, (key, value) in enumerate((("translationKey", "a"), ("lang-ref", "b")), 1):
        write(
            tmp_path,
            {
                f"{key}-one.md": post.format("One", n, "en", key, value),
                f"{key}-eins.md": post.format("Eins", n, "de", key, value),
            },
        )
    blog = read(str(tmp_path))
    assert [len(p.translations) for p in blog.posts] == [1, 1]
    assert blog.left_out == {"translation": 2}


def test_a_blog_may_lie_below_a_folder_called_templates(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "templates" / "site",
        {"a.md": "---\ntitle: A\ndate: 2026-06-01\n---\n\nText.\n", "_layouts/b.md": "x"},
    )
    blog = read(str(folder))
    assert (len(blog.posts), blog.left_out) == (1, {"not a post": 1})


RSS = "<?xml version='1.0'?><rss version='2.0'><channel><title>B</title>{}</channel></rss>"
ITEM = "<item><guid>{0}</guid><link>{1}</link>{2}<description>Text.</description></item>"


def test_a_feeds_future_entry_is_told_as_a_wrong_clock_perhaps(tmp_path: Path) -> None:
    items = [
        ITEM.format(n, "https://x.example", f"<pubDate>{day}</pubDate>")
        for n, day in enumerate(("Wed, 01 Jan 2031 10:00:00 GMT", "Mon, 01 Jun 2026 10:00:00 GMT"))
    ]
    (tmp_path / "feed.xml").write_text(RSS.format("".join(items)))
    blog = read(str(tmp_path / "feed.xml"))
    assert (len(blog.posts), blog.left_out) == (1, {"future": 1})
    assert "1 January 2031" in blog.notes[0] and "wrong clock" in blog.notes[0]


def test_an_entry_without_a_date_has_that_of_its_address(tmp_path: Path) -> None:
    item = ITEM.format("a", "https://x.example/2026/05/03/a", "")
    (tmp_path / "feed.xml").write_text(RSS.format(item))
    assert str(read(str(tmp_path / "feed.xml")).posts[0].published) == "2026-05-03 00:00:00+00:00"


def test_a_day_ends_in_the_blogs_own_zone(tmp_path: Path) -> None:
    import bloglint

    item = ITEM.format("a", "", "<pubDate>Tue, 30 Jun 2026 23:00:00 -0700</pubDate>")
    (tmp_path / "feed.xml").write_text(RSS.format(item))
    blog = bloglint.check(tmp_path / "feed.xml", as_of="2026-06-30").blogs[0]
    assert blog.reasons["frequency"].measures["days_since_last_post"] == 0


def test_a_post_without_a_date_has_that_of_its_first_commit(tmp_path: Path) -> None:
    import subprocess

    def git(*args: str, day: str = "") -> None:
        dated = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day} if day else {}
        who = ["-c", "user.name=E", "-c", "user.email=e@x.example"]
        subprocess.run(["git", *who, *args], cwd=tmp_path, check=True, env={**os.environ, **dated},
                       capture_output=True)  # fmt: skip

    write(tmp_path, {"posts/größe.md": "# Größe\n\nText.\n", "posts/b.md": "Text.\n"})
    git("init", "-q")
    git("add", "posts/größe.md")
    git("commit", "-qm", "a", day="2026-05-01T10:00:00+02:00")
    write(tmp_path, {"posts/größe.md": "# Größe\n\nMehr Text.\n"})
    git("commit", "-qam", "b", day="2026-06-01T10:00:00+02:00")
    blog = read(str(tmp_path / "posts"))
    assert [(p.title, p.published.isoformat()) for p in blog.posts if p.published] == [
        ("Größe", "2026-05-01T10:00:00+02:00")
    ]
    assert any("first commit" in note for note in blog.notes)
    assert [post.title for post in blog.undated] == ["b"]
    write(tmp_path, {f"posts/import{n}.md": "Text.\n" for n in range(4)})
    git("add", "posts")
    git("commit", "-qm", "five at once", day="2026-06-02T10:00:00+02:00")
    blog = read(str(tmp_path / "posts"))
    assert len(blog.undated) == 5 and len(blog.posts) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So, 03 Mai 2026 10:00:00 +0200", "2026-05-03T10:00:00+02:00"),
        ("Mi, 04 Mrz 2026 09:00:00 MEZ", "2026-03-04T09:00:00+01:00"),
        ("Sonntag, 3. Mai 2026, 10:00 Uhr", "2026-05-03T10:00:00+00:00"),
        ("Sun, 3 May 26 10:00 EST", "2026-05-03T10:00:00-05:00"),
        ("Tue, 16 Sept 2025 08:00:00 PDT", "2025-09-16T08:00:00-07:00"),
        ("Jul 08 2026", "2026-07-08T00:00:00+00:00"),
        ("July 8th, 2026 5:30 pm", "2026-07-08T17:30:00+00:00"),
        ("2026/3/2 8:05:00", "2026-03-02T08:05:00+00:00"),
        ("2026-05-03t10:00:00z", "2026-05-03T10:00:00+00:00"),
        ("2026-05-03 10:00:00 UTC+02:00", "2026-05-03T10:00:00+02:00"),
        ("2026-05-03 10h30m00s +0200", "2026-05-03T10:30:00+02:00"),
        ("Sun, 03 May 2026 24:00:00 GMT", "2026-05-04T00:00:00+00:00"),
        ("Mon Jun  1 10:00:00 2026", "2026-06-01T10:00:00+00:00"),
        ("1780000000", "2026-05-28T20:26:40+00:00"),
        ("25/03/2026", "2026-03-25T00:00:00+00:00"),
        ("05/03/2026", None),
        ("Wed, 30 Nov -0001 00:00:00 +0000", None),
        ("0000-00-00 00:00:00", None),
        ("May 2026", None),
    ],
)
def test_dates_as_they_are_written(text: str, expected: str | None) -> None:
    found = parse_date(text)
    assert (found.isoformat() if found else None) == expected


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("blog.example/feed", "Did you mean https://blog.example/feed?"),
        ("http:/blog.example", "Did you mean https://blog.example?"),
        ("localhost:8000/feed", "Did you mean https://localhost:8000/feed?"),
        ("", "the source's name is empty"),
        ("no/such/place", "Check the path."),
    ],
)
def test_an_address_without_its_scheme_is_recognised(source: str, said: str) -> None:
    with pytest.raises(SourceError) as raised:
        read_blog(source)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("name", "front"),
    [
        ("a.md", "headless: true"),
        ("a.md", "unlisted: true"),
        ("a.md", "permalink: false"),
        ("a.md", "eleventyExcludeFromCollections: true"),
        ("_part.md", "title: x"),
        ("notes.txt", None),
    ],
)
def test_what_the_generator_does_not_publish_is_no_post(
    tmp_path: Path, name: str, front: str | None
) -> None:
    head = f"---\ntitle: x\ndate: 2026-05-01\n{front}\n---\n" if front else ""
    (tmp_path / name).write_text(f"{head}Words.\n")
    (tmp_path / "b.md").write_text("---\ndate: 2026-06-01\n---\nWords.\n")
    assert [post.id for post in read_blog(str(tmp_path)).posts] == ["b.md"]


def test_a_post_of_hugo_appears_on_its_publish_date(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ndate: 2026-05-01\npublishDate: 2026-09-01\n---\nWords.\n")
    assert [f"{post.published:%F}" for post in read_blog(str(tmp_path)).posts] == ["2026-09-01"]


def test_the_original_is_the_post_and_its_translation_hangs_on_it(tmp_path: Path) -> None:
    for name, words in (("a.de.md", "Deutsche Wörter."), ("a.md", "English words.")):
        (tmp_path / name).write_text(f"---\ndate: 2026-05-01\n---\n{words}\n")
    blog = read_blog(str(tmp_path))
    assert [post.id for post in blog.posts] == ["a.md"]
    assert [post.id for post in blog.posts[0].translations] == ["a.de.md"]


def test_authors_are_parted_by_semicolons_where_there_are_some(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "Title: x\nDate: 2026-05-01\nAuthors: Lau, Eva; Roe, Bo\n\nWords.\n"
    )
    assert read_blog(str(tmp_path)).posts[0].authors == ("Lau, Eva", "Roe, Bo")


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ("bob@x.example", "bob@x.example"),
        ("press@firma.technology", "press@firma.technology"),
        ("bob@x.example (Bob Roe)", "Bob Roe"),
        ("Bob Roe &lt;bob@x.example&gt;", "Bob Roe"),
        ("Bob Roe", "Bob Roe"),
    ],
)
def test_an_author_with_an_address_keeps_the_name(written: str, author: str) -> None:
    from bloglint.sources.feeds.feed import read_feed

    item = f"<item><title>T</title><author>{written}</author></item>"
    blog = read_feed(f"<rss version='2.0'><channel>{item}</channel></rss>".encode(), "x")
    assert blog.undated[0].authors == (author,)


PAGE = """<!doctype html><html lang="de-AT"><head><title>Die Pumpe | Werk</title>{head}</head>
<body><h1>Die Pumpe</h1>{body}<p>Wir haben die Pumpe zerlegt.</p></body></html>"""


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (
            '<meta name="author" content="Eva Lau"><meta property="og:title" content="Die Pumpe">'
            '<meta property="article:published_time" content="2026-05-04T10:00:00+02:00">',
            '<time datetime="2020-01-01">alt</time>',
        ),
        (
            '<script type="application/ld+json">{"@graph": [{"headline": "Die Pumpe", '
            '"datePublished": "2026-05-04", "author": {"name": "Eva Lau"}}]}</script>',
            "",
        ),
        (
            '<script type="application/ld+json">{"broken</script>'
            '<meta name="DC.creator" content="Eva Lau"><meta name="DC.title" content="Die Pumpe">',
            '<time datetime="2026-05-04">heute</time>',
        ),
    ],
)
def test_a_page_of_html_says_who_wrote_it_and_when(tmp_path: Path, head: str, body: str) -> None:
    page = PAGE.replace("{head}", head).replace("{body}", body)
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    post = read_blog(str(tmp_path)).posts[0]
    assert (post.title, post.authors, post.language) == ("Die Pumpe", ("Eva Lau",), "de")
    assert f"{post.published:%F}" == "2026-05-04"


@pytest.mark.parametrize("example", ["failing-de", "failing-en", "healthy-en"])
def test_texts_that_were_left_in_their_files_change_no_verdict(
    example: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(__file__).parents[2] / "examples" / example / "posts"
    whole = bloglint.check(folder, as_of="2026-06-30")
    monkeypatch.setattr(folder_module, "MOST_HELD", 5000)
    monkeypatch.setattr(folder_module, "NEWEST", 2)
    blog = read_blog(str(folder))
    assert sum(bool(post.left) for post in blog.posts) > 5
    assert sum(len(post.source) for post in blog.posts) < 40_000
    again = check_sources([str(folder)], Settings(Config()), RunOptions(as_of="2026-06-30"))
    assert again.blogs == whole.blogs


def test_a_file_that_changes_while_the_blog_is_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_module, "MOST_HELD", 10)
    monkeypatch.setattr(folder_module, "NEWEST", 0)
    write(tmp_path, {"a.md": "---\ndate: 2026-06-01\n---\nSome words of this post.\n"})
    post = read_blog(str(tmp_path)).posts[0]
    assert post.left and restored(post).body == "Some words of this post.\n"
    (tmp_path / "a.md").write_text("---\ndate: 2026-06-01\n---\nOther words.\n")
    with pytest.raises(SourceError, match="changed while it was read"):
        restored(post)
