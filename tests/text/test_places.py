"""Everything that is found in a file is found again at the place that is told."""

from datetime import UTC, datetime
from html import unescape
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bloglint.engine.linter import lint_blog
from bloglint.model import Blog, Markup, Post
from bloglint.rules import load_rules
from bloglint.text.document import WORD, Document
from bloglint.text.grammar import is_judged

RULES = load_rules()
AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)


def read(source: str, markup: Markup = "markdown", front: str = "") -> Document:
    path = "p.md"
    return Document(
        Post(
            id="p",
            title="t",
            source=front + source,
            body_start=len(front),
            markup=markup,
            path=path,
        )
    )


def at(document: Document, start: int, end: int) -> str:
    place = document.place(start, end)
    assert place is not None and place.column is not None
    return document.cut(place)


FRONT = ["", "---\ntitle: x\n---\n", "+++\r\ntitle = 'ü'\r\n+++\r\n"]
MARKDOWN = [
    "Ein Satz über die Pumpe 🎉 hier.",
    "# Überschrift mit *Betonung*",
    "Ein [Link][ref] und ein ![Bild](x.png) im Text.",
    "Zeile eins\nZeile zwei",
    "- Punkt eins\n- Punkt zwei\n\t- tiefer",
    "> Zitat von jemandem",
    "Fußnote[^1] im Text.",
    "[ref]: http://a.example/",
    "[^1]: Die Note.",
    "{{< figure src=x >}}",
    "{% include y %}",
    "Caf&eacute; &amp; mehr\u00ad Text mit\u200b Tücken: u\u0308ber.",
    "| a | b |\n|---|---|\n| eins | zwei |",
    "`code` im Satz und <b>fett</b>.",
    "<div class='x'>Ein Kasten mit &uuml;ber.</div>",
    "```\ncode block\n```",
    "\tEingerückt mit Tabulator",
    "Ein  Satz   mit Leerraum.\\* Und \\_Escapes\\_.",
    "مرحبا 12 נסיון",
]
HTML = [
    "<p>Ein Satz &uuml;ber <em>die Pumpe</em> 🎉.</p>",
    "<h2>Titel &amp; mehr</h2>",
    "<ul><li>eins<li>zwei</ul>",
    "<blockquote><p>Zitat</p></blockquote>",
    "<p>so<br/>und\r\nanders&nbsp;hier &#8222;Zitat&#8220;</p>",
    "<script>x = '<p>nein</p>'</script>",
    "<p>Offen <b>fett <a href='x'>Link</p>",
    "<!-- Kommentar --><p>da\u00adnach u\u0308ber</p>",
]


def plain(cut: str) -> str:
    """A word of the source as a reader sees it."""
    return normalize(
        "NFC", unescape(cut).replace("\u00ad", "").replace("\u200b", "").replace("\\", "")
    )


@given(
    st.lists(st.sampled_from(MARKDOWN), min_size=1, max_size=8),
    st.sampled_from(FRONT),
    st.sampled_from(["\n", "\r\n"]),
)
def test_a_word_of_markdown_is_cut_from_its_place(
    parts: list[str], front: str, newline: str
) -> None:
    source = "\n\n".join(parts).replace("\n", newline)
    document = read(source, front=front)
    for block in document.blocks:
        for word in WORD.finditer(document.text, block.start, block.end):
            assert plain(at(document, *word.span())) == word.group(), (word, source)


@given(st.lists(st.sampled_from(HTML), min_size=1, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_a_word_of_html_is_cut_from_its_place(parts: list[str], newline: str) -> None:
    document = read(newline.join(parts), "html")
    for block in document.blocks:
        for word in WORD.finditer(document.text, block.start, block.end):
            assert plain(at(document, *word.span())) == word.group()


@given(
    st.lists(st.sampled_from(MARKDOWN), min_size=1, max_size=6),
    st.sampled_from(["the the pump", "auf auf dem Motor", "[insert figure]", "TODO: write"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_the_source_cut_at_a_findings_span_is_its_quote(
    parts: list[str], slip: str, newline: str
) -> None:
    source = "\n\n".join([*parts, f"We *took* {slip} apart&hellip;"]).replace("\n", newline)
    post = Post(id="p", title="t", source=source, path="p.md", language="en")
    lines = source.splitlines(keepends=True)
    verdict = lint_blog(Blog("x", posts=(post,)), RULES, as_of=AS_OF)
    document = Document(post, "en")
    language = document.block_language(document.blocks[-1])
    if language is None or is_judged(language):  # among much Arabic and Hebrew, it is neither
        assert any(f.rule == "bloat-unedited" for f in verdict.findings)
    for finding in verdict.findings:
        if finding.place and finding.column and finding.end_column and finding.end_line:
            start = sum(map(len, lines[: finding.place.line - 1])) + finding.column - 1
            end = sum(map(len, lines[: finding.end_line - 1])) + finding.end_column - 1
            assert source[start:end] == finding.quote


def test_links_images_and_headings_know_their_places() -> None:
    source = "# Über *uns*\n\nEin [Link][r] und ![Bild *x*](y.png).\n\n[r]: http://a.example\n"
    document = read(source)
    (link,) = document.links
    assert (link.url, at(document, link.start, link.end)) == ("http://a.example", "Link")
    (image,) = document.images
    assert source[image.source_start : image.source_end] == "![Bild *x*](y.png)"
    (heading,) = document.headings
    assert at(document, heading.start, heading.end).startswith("Über *uns")


def test_rest_has_lines_and_no_columns() -> None:
    source = "Titel\n=====\n\nEin Satz mit\n*zwei* Zeilen.\n\n- ein Punkt\n"
    document = read(source, "rest")
    place = document.place(document.text.index("zwei"), document.text.index("zwei") + 4)
    assert place is not None and (place.line, place.column, place.end_column) == (5, None, None)
    assert [block.kind for block in document.blocks] == ["paragraph", "item"]


@pytest.mark.parametrize("code", ["import A from './lib';", "let a;\n\nexport default {\n  a,\n};"])
@pytest.mark.parametrize("fence", ["```", "~~~"])
def test_javascript_in_a_code_block_does_not_hide_the_text_behind_it(code: str, fence: str) -> None:
    text = f"Hello.\n\n{fence} js\n{code}\n{fence}\n\nThe pump can go on.\n"
    document = Document(Post("p.md", "P", text, language="en"), "en")
    assert document.text[document.blocks[-1].start :].strip() == "The pump can go on."
    assert document.blocks[-1].kind == "paragraph"


def test_mdx_is_prose_without_its_javascript() -> None:
    source = (
        "import A from './a'\n\nText mit {props.name} hier.\n\n"
        "{/* bloglint-disable bloat reason */}\n\n<A x={1}>Im Kasten.</A>\n"
    )
    document = read(source, "mdx")
    assert document.prose_text.split() == ["Text", "mit", "hier.", "Im", "Kasten."]
    assert document.comments[0][0].strip() == "bloglint-disable bloat reason"


def test_a_standing_footer_is_no_prose_and_a_repeated_post_stays_one() -> None:
    footer = "About us: we build pumps since 1974 and like it."
    posts = [
        Post(id=f"{n}", title="t", source=f"Post number {n} is here.\n\n{footer}", published=AS_OF)
        for n in range(4)
    ]
    words = [
        post.words for post in lint_blog(Blog("x", posts=tuple(posts)), RULES, as_of=AS_OF).posts
    ]
    assert words == [5] * 4
    same = tuple(Post(id=f"{n}", title="t", source=footer, published=AS_OF) for n in range(4))
    assert [p.words for p in lint_blog(Blog("x", posts=same), RULES, as_of=AS_OF).posts] == [10] * 4


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A state-of-the-art R&D team of 1,200 people.", 7),
        ("Die E-Mail-Adresse z.B. von AT&T, ca. 3,5 km.", 8),
        ("See https://example.com/a?b=c or mail a@b.example.", 5),
        ("Wir – also du und ich … sind 50–70 Leute.", 8),
        ("He said: “Don’t!” and left.", 5),
    ],
)
def test_words_are_what_an_editor_counts(text: str, words: int) -> None:
    assert read(text).words == words
