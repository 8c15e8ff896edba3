"""Judged like a good editor would: length, structure, oversights, subjects, dialogue, pictures."""

import json
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bloglint.config import Config
from bloglint.engine.linter import lint_blog
from bloglint.model import Blog, Finding, Post, Verdict, replace, say
from bloglint.rules import load_rules

RULES = load_rules()
NOW = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)
SENTENCE = "The pump on the left stood still because a wet wipe had blocked it. "


def posts(*texts: str, language: str = "en", **more: Any) -> tuple[Post, ...]:
    return tuple(
        Post(
            id=f"p{n:02}",
            title=f"t{n}",
            source=text,
            published=NOW - timedelta(days=7 * n, hours=1),
            language=language,
            path=f"p{n}.md",
            **more,
        )
        for n, text in enumerate(texts)
    )


def judged(*texts: str, language: str = "en", config: Config | None = None, **more: Any) -> Verdict:
    blog = Blog("x", posts=posts(*texts, language=language, **more))
    return lint_blog(blog, RULES, as_of=NOW, config=config)


def found(verdict: Verdict, rule: str) -> list[Finding]:
    return [finding for finding in verdict.findings if finding.rule == rule]


# Length against editing


def section(n: int, words: int) -> str:
    return f"## Part {n}\n\n" + SENTENCE * (words // 13) + "\n\n- a list\n- of two\n\n"


def test_long_and_edited_is_fine_long_and_unedited_is_an_error() -> None:
    edited = "".join(section(n, 250) for n in range(16))
    unedited = "When " + "the pump and its motor stood still in the night of the storm " * 330
    verdict = judged(edited, unedited.strip() + ".")
    (finding,) = found(verdict, "bloat-length")
    assert (finding.post, finding.severity) == ("p01", "error")
    assert verdict.posts[0].words > 4000
    assert verdict.posts[0].measures["editing"] > 0.8  # type: ignore[operator]
    assert "min. read" in str(finding.message) and "Minuten" in say(finding.message, "de")


def test_a_summary_is_a_sign_of_editing() -> None:
    text = SENTENCE * 150
    plain = judged(text).posts[0].measures["editing"]
    told = judged(f"## At a glance\n\nIt was a wipe.\n\n{text}").posts[0].measures["editing"]
    assert (told or 0) > (plain or 0)


def test_far_over_the_blogs_own_norm_is_told_as_information() -> None:
    texts = [SENTENCE * (10 + n % 3) for n in range(9)] + [
        "".join(section(n, 300) for n in range(9))
    ]
    (finding,) = found(judged(*texts), "bloat-length")
    assert (finding.post, finding.severity) == ("p09", "info")
    assert "as a rule" in str(finding.message)
    assert found(judged(*texts[3:]), "bloat-length") == []  # under eight posts nothing is usual


def test_skipped_levels_and_a_long_way_to_the_first_heading() -> None:
    text = f"{SENTENCE * 35}\n\n## One\n\n{SENTENCE}\n\n#### Two\n\n{SENTENCE}"
    findings = found(judged(text), "bloat-structure")
    assert len(findings) == 2 and {f.severity for f in findings} == {"info"}
    skip = next(f for f in findings if "level" in str(f.message))
    assert skip.quote == "Two" and skip.line == 7


# Oversights


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("We saw {++a new++} valve.", "en", "left over from editing"),
        ("Das ist neu [AB: bitte prüfen, stimmt das?].", "de", "vom Bearbeiten übrig"),
        ("Kommentiert [AB1]: Bitte kürzen.", "de", "vom Bearbeiten übrig"),
        ("We saw (as told before the pump.", "en", "unclosed bracket"),
        ("Das kam (wie immer zu spät.", "de", "Klammer wird nicht geschlossen"),
        ("TODO: write this part", "en", "placeholder"),
        ("Hier steht [Bild einfügen] bald etwas.", "de", "Platzhalter"),
        ("Lorem ipsum dolor sit amet.", "en", "placeholder"),
    ],
)
def test_oversights(text: str, language: str, said: str) -> None:
    (finding,) = found(judged(text, language=language), "bloat-unedited")
    assert said in (finding.message if language == "en" else say(finding.message, "de"))
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    "text",
    [
        "[Name der Redaktion bekannt] sprach mit uns :( und lachte.",
        "a) one thing, b) another thing (see above).",
        "The [link](x.html) and a footnote[^1].\n\n[^1]: Done.",
        "That that is, is. He had had enough.",
    ],
)
def test_what_is_no_oversight(text: str) -> None:
    assert found(judged(text), "bloat-unedited") == []


def test_sentences_that_say_the_same_again_are_information() -> None:
    filler = " ".join(f"The pump number {n} was checked by colleague {n + 70}." for n in range(12))
    again = "We replaced the old seal with a new one made of better rubber on Monday."
    verdict = judged(f"{again} {filler}\n\nAnd {again.replace('We', 'we')}")
    (finding,) = found(verdict, "bloat-unedited")
    assert finding.severity == "info" and "repeats" in str(finding.message)
    assert verdict.posts[0].measures["unedited"] == 0


def test_two_spellings_of_one_name() -> None:
    (finding,) = found(
        judged("We use GitHub. On GitHub we found the Github page."), "bloat-unedited"
    )
    assert "“Github” is written “GitHub”" in str(finding.message)


# Subjects


def made_blog(order: list[tuple[str, int]]) -> list[str]:
    path = Path(__file__).parent.parent / "benchmarks" / "data" / "topics-en.jsonl"
    texts: dict[str, list[str]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        one = json.loads(line)
        texts[one["topic"]].append(one["text"])
    return [texts[subject][n] for subject, n in order]


def test_one_subject_scores_high_and_is_named() -> None:
    reason = judged(*made_blog([("dental", n) for n in range(10)])).reasons["topic"]
    assert (reason.score or 0) >= 85
    assert any("dent" in w or "teeth" in w or "tooth" in w
               for w in reason.measures["subjects"][0]["words"])  # fmt: skip


def test_many_subjects_are_scattered_and_two_columns_are_not() -> None:
    names = ["dairy", "security", "museum", "tax", "hiking", "dental", "coffee", "childcare"]
    many = judged(*made_blog([(name, 3) for name in names]))
    assert (many.reasons["topic"].score or 100) <= 50
    assert found(many, "topic-focus")
    two = judged(*made_blog([(name, n) for n in range(7) for name in ("dairy", "security")]))
    (finding,) = found(two, "topic-focus")
    assert finding.severity == "info" and "holds 2 blogs" in str(finding.message)
    assert two.reasons["topic"].measures["columns"] == 2


def test_under_six_posts_topic_is_not_judged() -> None:
    reason = judged(*made_blog([("tax", n) for n in range(5)])).reasons["topic"]
    assert reason.score is None and "too few posts" in str(reason.note)


def test_shared_tags_bring_posts_nearer() -> None:
    texts = made_blog([(name, n) for n in range(3) for name in ("dairy", "security", "museum")])
    tagged = tuple(
        replace(post, tags=(("a", "b", "c")[n % 3], "news")) for n, post in enumerate(posts(*texts))
    )
    plain = judged(*texts).reasons["topic"].measures["subjects"]
    with_tags = lint_blog(Blog("x", posts=tagged), RULES, as_of=NOW).reasons["topic"]
    assert len(with_tags.measures["subjects"]) >= len(plain)
    likeness = [p.measures["topic_similarity"] or 0 for p in judged(*texts).posts]
    nearer = [p.measures["topic_similarity"] or 0
              for p in lint_blog(Blog("x", posts=tagged), RULES, as_of=NOW).posts]  # fmt: skip
    assert all(b > a for a, b in zip(likeness, nearer, strict=True))


def test_a_stray_post_is_named_with_its_nearest() -> None:
    order = [("dairy", n) for n in range(9)]
    verdict = judged(*made_blog([("security", 0), *order]))
    lowest = min(verdict.posts, key=lambda p: p.measures["topic_similarity"] or 0)
    assert lowest.id == "p00"


# Dialogue and craft


def test_an_invitation_to_comment_where_comments_are_closed() -> None:
    text = SENTENCE * 8 + "How do you clean yours? Tell us in the comments below."
    (finding,) = found(judged(text, comments_open=False), "dialogue-invitation")
    assert finding.severity == "warning" and "closed" in str(finding.message)
    assert found(judged(text, comments_open=True), "dialogue-invitation") == []


def test_a_rhetorical_question_is_no_invitation() -> None:
    end = "Was it worth it? It was. We would do it again. The pump has run ever since."
    assert found(judged(SENTENCE * 8 + end), "dialogue-invitation")


def test_a_post_that_says_du_in_a_blog_that_says_sie() -> None:
    formal = "Wenn Sie die Pumpe zerlegen, brauchen Sie einen Schlüssel. Wir helfen Ihnen."
    informal = "Wenn du die Pumpe zerlegst, brauchst du einen Schlüssel. Wir helfen dir."
    verdict = judged(informal, *[formal] * 4, language="de")
    (finding,) = found(verdict, "dialogue-address")
    assert finding.post == "p00" and "4 der 5" in say(finding.message, "de")


def test_both_places_of_a_mixed_address_are_told() -> None:
    text = "Wenn Sie kommen, helfen wir Ihnen.\n\nUnd du bringst dein Werkzeug mit."
    (finding,) = found(judged(text, language="de"), "dialogue-address")
    assert finding.evidence["formal"][0]["line"] == 1
    assert finding.evidence["informal"][0] == {"quote": "du", "line": 3}


@pytest.mark.parametrize(
    ("image", "case"),
    [
        ("![IMG_1234](a.jpg)", "does not describe"),
        ("![pump-hall-2.jpg](pump-hall-2.jpg)", "does not describe"),
        ("![Bild1](x.png)", "does not describe"),
        ('<img src="a.jpg">', "without alt text"),
    ],
)
def test_alternative_texts_that_help_nobody(image: str, case: str) -> None:
    (finding,) = found(judged(f"{SENTENCE}\n\n{image}"), "craft-alt-text")
    assert case in str(finding.message)
    assert (finding.line, finding.column, finding.quote) == (3, 1, image)


def test_jargon_has_a_plainer_word_and_acronyms_an_explanation() -> None:
    text = "Going forward we leverage synergies. Our KVP helps. The KVP works. " + SENTENCE
    strict = Config(profile="strict")
    messages = [str(f.message) for f in found(judged(text, config=strict), "craft-jargon")]
    assert any("plainer: use" in message for message in messages)
    assert any("“KVP” is used 2 times" in message for message in messages)
    assert not any("KVP" in str(one.message) for one in judged(text).findings)
    explained = "The KVP (continuous improvement) helps. The KVP works."
    assert found(judged(explained, config=strict), "craft-jargon") == []
