"""Text keeps its way back to the source file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bloglint.text.reading import read_markup


def blocks(source: str, markup: str) -> list[tuple[str, str]]:
    read = read_markup(source, 0, markup)  # type: ignore[arg-type]
    return [(b.kind, read.text[b.start : b.end].strip()) for b in read.blocks]


def test_markdown_blocks_have_their_kinds() -> None:
    source = (
        "# Über uns\n\nEin *Satz*\nmit Umbruch.\n\n- eins\n- zwei\n\n> Zitat\n\n```\ncode\n```\n"
    )
    assert blocks(source, "markdown") == [
        ("heading", "Über uns"),
        ("paragraph", "Ein Satz mit Umbruch."),
        ("item", "eins"),
        ("item", "zwei"),
        ("quote", "Zitat"),
        ("code", "code"),
    ]


def test_html_blocks_have_their_kinds() -> None:
    source = (
        "<h2>News</h2><p>One &amp; two<br>three</p><ul><li>a</li></ul>"
        "<blockquote><p>said</p></blockquote><script>x()</script><figcaption>cap</figcaption>"
    )
    assert blocks(source, "html") == [
        ("heading", "News"),
        ("paragraph", "One & two three"),
        ("item", "a"),
        ("quote", "said"),
        ("caption", "cap"),
    ]


def test_templates_and_captions_are_not_prose() -> None:
    source = "{{< figure src=x >}}\n\nText here.\n\n*Photo: Jane Doe*\n"
    assert blocks(source, "markdown") == [
        ("paragraph", "Text here."),
        ("caption", "Photo: Jane Doe"),
    ]


@pytest.mark.parametrize(
    ("source", "markup"),
    [
        ("---\nx: ü\n---\n\nGrüße 🎉 an [alle Leser](http://a.example) hier.\n", "markdown"),
        ("<p>Gr&uuml;&szlig;e 🎉 an <a href='x'>alle Leser</a> hier.</p>", "html"),
    ],
)
def test_a_span_cut_from_the_source_gives_back_the_words(source: str, markup: str) -> None:
    start = source.index("\n\n") if markup == "markdown" else 0
    read = read_markup(source, start, markup)  # type: ignore[arg-type]
    at = read.text.index("alle Leser")
    begin, end = read.source_span(at, at + len("alle Leser"))
    assert source[begin:end] == "alle Leser"
    assert read.links[0].url


@given(st.text(alphabet="ab ü🎉\n*_-#>`[]()&;<p/>!\t1.", max_size=200))
def test_no_text_breaks_the_reader(source: str) -> None:
    for markup in ("markdown", "html", "text"):
        read = read_markup(source, 0, markup)  # type: ignore[arg-type]
        for block in read.blocks:
            begin, end = read.source_span(block.start, block.end)
            assert 0 <= begin <= end <= len(source)


def test_deep_nesting_is_no_recursion() -> None:
    source = "<div><blockquote>" * 10_000 + "deep" + "</blockquote></div>" * 10_000
    assert blocks(source, "html")[0][1] == "deep"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{{< icon "x" >}} Four words stand here.\n', [("paragraph", "Four words stand here.")]),
        ("{{% note %}}Inside it.{{% /note %}}\n", [("paragraph", "Inside it.")]),
        ("{% include x.html %} Vier Wörter\n", [("paragraph", "Vier Wörter")]),
        ("{% raw %}Cache {{ gone }} words{% endraw %}\n", [("paragraph", "Cache words")]),
        ("- {{< icon >}} an item\n", [("item", "an item")]),
        ("> 1. {{< a >}} {{< b >}} quoted\n", [("quote", "quoted")]),
        ("{{< a >}}\nBetween.\n{{< /a >}}\n", [("paragraph", "Between.")]),
        ('{{< figure\n  src="x" >}} behind it\n', [("paragraph", "behind it")]),
        ("{% comment %} never {% endcomment %} but this\n", [("paragraph", "but this")]),
        ("[a]({{ site.url }}) stays a link\n", [("paragraph", "a stays a link")]),
    ],
)
def test_what_stands_behind_a_template_tag_is_prose(
    source: str, expected: list[tuple[str, str]]
) -> None:
    read = blocks(source, "markdown")
    assert [(kind, " ".join(words.split())) for kind, words in read] == expected
    last = expected[-1][1].split()[-1]
    markup = read_markup(source, 0, "markdown")
    begin, end = markup.source_span(markup.text.rindex(last), markup.text.rindex(last) + len(last))
    assert source[begin:end] == last


def test_sentences_that_begin_with_import_are_no_javascript() -> None:
    source = "import A from 'a'\nimport {\n  B,\n} from \"b\"\nexport const c = 1\n\n{w}\n"
    for words in ("import of goods is hard work", "export is harder"):
        read = blocks(source.replace("{w}", words), "mdx")
        assert read == [("paragraph", words)]
