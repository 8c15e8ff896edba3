"""What readers see of a page: cells, breaks, admonitions and pictures, and nothing hidden."""

from __future__ import annotations

import pytest

from bloglint.model import Markup, Post
from bloglint.text.document import Document

TOLD = "We took the pump apart on Monday."


def read(source: str, markup: Markup = "html") -> Document:
    return Document(Post("a", "t", source, markup=markup))


def blocks(source: str, markup: Markup = "html") -> list[tuple[str, str]]:
    document = read(source, markup)
    return [(b.kind, document.text[b.start : b.end].strip()) for b in document.blocks]


@pytest.mark.parametrize("markup", ["html", "markdown"])
def test_prose_directly_in_a_cell_is_prose(markup: Markup) -> None:
    table = f"<table><tr><td>{TOLD}<br><br>It ran.</td><td>9</td></tr></table>"
    assert blocks(table, markup) == [
        ("paragraph", TOLD), ("paragraph", "It ran."), ("cell", "9"),
    ]  # fmt: skip
    nested = f"<table><tr><td><table><tr><td>{TOLD}</td></tr></table></td></tr></table>"
    assert blocks(nested, markup) == [("paragraph", TOLD)]
    laid_out = "<table role='presentation'><tr><td>It runs</td></tr></table>"
    assert blocks(laid_out, markup) == [("paragraph", "It runs")]


def test_figures_in_a_table_are_no_prose() -> None:
    row = "<tr><th>Name of the pump.</th><td>Flow one</td><td>9 l</td></tr>"
    assert {kind for kind, _ in blocks(f"<table>{row}</table>")} == {"cell"}
    assert {kind for kind, _ in blocks(f"| a | b |\n|---|---|\n| {TOLD} | x |\n", "markdown")} == {
        "cell"
    }


@pytest.mark.parametrize(
    "attribute",
    [
        "hidden", "style='display:none'", "style='color: red; DISPLAY : none;'",
        "style='visibility: hidden'", "class='a screen-reader-text'", "class='sr-only'",
        "class='visually-hidden'",
    ],
)  # fmt: skip
@pytest.mark.parametrize("tag", ["div", "span", "p", "section"])
def test_what_nobody_sees_is_not_read(tag: str, attribute: str) -> None:
    inside = "" if tag == "p" else f"<{tag}>inside</{tag}>"
    source = f"<p>{TOLD}</p><{tag} {attribute}>Gone <b>and</b> {inside} over</{tag}><p>It ran.</p>"
    assert [text for _, text in blocks(source)] == [TOLD, "It ran."]
    if tag == "span":
        inline = f"{TOLD} <span {attribute}>gone <b>and</b></span> It ran."
        assert read(inline, "markdown").text.split() == [*TOLD.split(), "It", "ran."]


@pytest.mark.parametrize(
    "attribute", ["hidden='until-found'", "style='display:block'", "class='not-sr-only'", "id='x'"]
)
def test_what_everybody_sees_is_read(attribute: str) -> None:
    assert read(f"<div {attribute}>{TOLD}</div>").words == 7


@pytest.mark.parametrize("markup", ["html", "markdown"])
def test_two_line_breaks_end_a_paragraph(markup: Markup) -> None:
    assert blocks(f"{TOLD}<br><br/>It ran.<br>On.", markup) == [
        ("paragraph", TOLD), ("paragraph", "It ran. On."),
    ]  # fmt: skip
    assert len(blocks(f"{TOLD}<br>&nbsp;<br>It ran.")) == 2


@pytest.mark.parametrize(
    "source",
    [
        f"> [!NOTE]\n> {TOLD}\n",
        f"> [!warning]- A title\n> {TOLD}\n",
        f":::tip\n{TOLD}\n:::\n",
        f"{{{{% notice %}}}}\n{TOLD}\n{{{{% /notice %}}}}\n",
        f"<Note>\n{TOLD}\n</Note>\n",
    ],
)
def test_an_admonition_is_the_authors_own(source: str) -> None:
    assert blocks(source, "markdown") == [("paragraph", TOLD)]
    assert blocks(f"> {TOLD}\n", "markdown") == [("quote", TOLD)]


@pytest.mark.parametrize("markup", ["markdown", "mdx"])
def test_components_are_no_prose_their_text_is(markup: Markup) -> None:
    source = (
        "import cover from './cover.png'\nimport { A } from \"../a\"\n\n"
        f'<Callout\n  type="a long attribute"\n  data={{[1, {{a: 2}}]}}\n>\n{TOLD}\n</Callout>\n\n'
        "<Chart data={[1, 2]} />\n\nGeneric types such as `Vec<Foo>` stay.\n"
    )
    texts = [text for _, text in blocks(source, markup)]
    assert texts == [TOLD, "Generic types such as Vec<Foo> stay."]


@pytest.mark.parametrize(
    ("written", "url", "alt"),
    [
        ('{{< figure src="/a.png" alt="The pump" caption="c" >}}', "/a.png", "The pump"),
        ('{{< figure src="/a.png" caption="The pump" >}}', "/a.png", "The pump"),
        ('{{< img "a.jpg" "The big pump" >}}', "a.jpg", "The big pump"),
        ('{{% responsive-image src="a.jpg" alt="The pump" %}}', "a.jpg", "The pump"),
        ('{% image "./a.jpg", "The open pump" %}', "./a.jpg", "The open pump"),
        ('{% include image.html url="/x/y.png" alt="The pump" %}', "/x/y.png", "The pump"),
        ('{% img left /images/a.png 350 "a title" %}', "/images/a.png", "a title"),
        ('<Image\n  src={cover}\n  alt="The pump"\n/>', "cover", "The pump"),
        ('<BlogImage src="/a.png" alt="The pump" />', "/a.png", "The pump"),
    ],
)
def test_a_picture_is_one_in_every_syntax(written: str, url: str, alt: str) -> None:
    source = f"{TOLD}\n\n{written}\n\nIt ran.\n"
    document = read(source, "markdown")
    (image,) = document.images
    assert (image.url, image.alt) == (url, alt)
    assert source[image.source_start : image.source_end].startswith(written[:8])
    assert document.words == 9


def test_other_shortcodes_show_no_picture() -> None:
    assert read("{{< youtube abc >}} {% include footer.html %} <Chart a={1} />", "mdx").images == []
