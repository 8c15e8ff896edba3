"""Words, sentences, language and places of a post."""

import pytest

from bloglint.model import Post
from bloglint.text.document import Document
from bloglint.text.language import detect_language


def document(body: str, front: str = "", language: str | None = None, title: str = "t") -> Document:
    return Document(
        Post(id="p", title=title, source=front + body, body_start=len(front), path="p.md"), language
    )


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("de", "Am 3. Mai kam Dr. Lau, z. B. wegen der Pumpe. Sie lief.", 2),
        ("en", "Mr. Lau came on 3 May, e.g. to see the pump. It ran.", 2),
        ("de", "- erster Punkt\n- zweiter Punkt\n", 2),
        ("en", "- first point\n- second point\n", 2),
    ],
)
def test_sentences_are_counted(language: str, text: str, sentences: int) -> None:
    assert len(document(text, language=language).sentences) == sentences


def test_words_leave_out_what_is_not_prose() -> None:
    body = "# Not this\n\nThree real words.\n\n> not the quote\n\n```\nnot code\n```\n"
    read = document(body)
    assert read.words == 3
    assert read.words / (sum(s.words for s in read.sentences) / len(read.sentences)) == 1


def test_a_place_counts_in_the_file() -> None:
    read = document("Erste Zeile.\n\nZweite *Zeile* hier.\n", front="---\ntitle: x\n---\n")
    at = read.text.index("Zeile hier")
    place = read.place(at, at + 5)
    assert place is not None
    assert (place.line, place.column, place.end_line, place.end_column) == (6, 9, 6, 14)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Wir haben die Pumpe zerlegt und das Laufrad gemessen, weil der Betreiber uns nach der "
            "Ursache gefragt hat und wir sie nicht kannten.",
            "de",
        ),
        (
            "We took the pump apart and measured the impeller because the operator had asked us "
            "for the cause and we did not know it.",
            "en",
        ),
        (
            "Nous avons démonté la pompe et mesuré la roue parce que l'exploitant nous avait "
            "demandé la cause de la panne et que nous ne la connaissions pas.",
            "fr",
        ),
    ],
)
def test_language_is_told_from_the_words(text: str, language: str) -> None:
    assert detect_language(text, declared="en-US") == language


def test_a_short_text_has_the_declared_language() -> None:
    assert detect_language("Neue Pumpe", declared="de-AT") == "de"


def test_a_single_letter_may_end_an_english_sentence() -> None:
    text = "They do x before they can do z. At scale this is slow."
    assert len(Document(Post(id="p", title="t", source=text, language="en")).sentences) == 2
    german = "Das gilt z. B. Am Abend nicht."
    assert len(Document(Post(id="p", title="t", source=german, language="de")).sentences) == 1


def test_textile_is_read_in_pieces_that_cut_no_block() -> None:
    prose = "\n\n".join(f"Paragraph {n} has _five_ words." for n in range(400))
    code = "\n\n".join("def this is code" for _ in range(300))
    kept = f"bc.. {code}\n\nbq. Quoted.\n\np. Prose again.\n\nThe end.\n"
    for source in (kept + "\n" + prose, prose + "\n\n" + kept):
        read = Document(Post(id="p", title="t", source=source, markup="textile"), "en")
        assert read.text.count("Prose again.") == read.text.count("The end.") == 1
        assert read.words == 400 * 5 + 2 + 2
        assert read.quoted_words == 1


PLANT = "A leading plant"


@pytest.mark.parametrize(
    ("front", "title", "place"),
    [
        ("---\ntitle: Unser führendes Werk\n---\n", "Unser führendes Werk", (2, 14, 23)),
        ('---\r\n"Title": "Our leading plant"\r\n---\r\n', "Our leading plant", (2, 15, 22)),
        ('+++\ntitle = "A leading plant"\n+++\n', PLANT, (2, 12, 19)),
        ('{\n  "title": "A leading plant"\n}\n', PLANT, (2, 15, 22)),
        ("---\ndate: 2026-06-01\n---\n# A leading plant\n", PLANT, (4, 5, 12)),
        ("---\n# A leading plant\ndate: x\n---\n  # A leading plant\n", PLANT, (5, 7, 14)),
        ("+++\n[extra]\ntitle = 'A leading plant'\n+++\n# A leading plant\n", PLANT, (5, 5, 12)),
        ("= Ein führendes Werk\nEva Lau\n", "Ein führendes Werk", (1, 7, 16)),
        ("---\nseo:\n  title: A leading plant!\ntitle: A leading plant\n---\n", PLANT, (4, 10, 17)),
        ("---\n# leading: a draft\ntitle: A leading plant\n---\n", PLANT, (3, 10, 17)),
        ("---\ntitle: Misleading and leading\n---\n", "Misleading and leading", (2, 23, 30)),
        # Where it is written otherwise than it is read, or said of something else, none is told.
        ("---\ntitle: 'It''s leading'\n---\n", "It's leading", None),
        ('---\n{"title": "F\\u00fchrend", "about": "leading"}\n---\n', "Führend leading", None),
        ("---\ntitle: >-\n  A\n  leading plant\n---\n", PLANT, None),
        ("---\ndescription: |\n  title: A leading plant\n---\n", PLANT, None),
        ("---\ntitle: A plant\nabout: leading\n---\n", "A plant", None),
        ("", PLANT, None),
    ],
)  # fmt: skip
def test_words_of_a_title_have_their_place_in_the_head(
    front: str, title: str, place: tuple[int, int, int] | None
) -> None:
    words = "führendes" if "führendes" in title else "leading"
    read = document("The plant is leading.\n", front=front, title=title)
    found = read.title_place(words)
    told = found and (found.line, found.column, found.end_column)
    assert told == place and (found is None or read.cut(found) == words)


def test_a_title_of_a_feed_has_no_place() -> None:
    post = Post(id="p", title="A leading plant", source="title: A leading plant\n", body_start=23)
    assert Document(post).title_place("leading") is None
