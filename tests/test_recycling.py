"""Which release a post was cut from, how much of it, and what does not count."""

import json
import random
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from releases import AS_OF, CUT, OTHER, OWN, RELEASE, post, release, taken, verdict

import bloglint
from bloglint.cli import app
from bloglint.model import Verdict, replace, say
from bloglint.press.index import Newsroom

LANGUAGES = ("en", "de")
both = pytest.mark.parametrize("language", LANGUAGES)


def share(one: Verdict, name: str = "recycled") -> float | int | None:
    return one.posts[0].measures[name]


@both
def test_a_cleverly_shortened_release_is_found_with_its_source(language: str) -> None:
    one = verdict([post(CUT[language], language)], [release(language)])
    [found] = taken(one)
    assert found.severity == "error" and found.value == share(one) and (share(one) or 0) > 0.8
    evidence = found.evidence
    assert (evidence["title"], evidence["published"]) == ("Release r", "2026-06-03")
    assert evidence["days_between"] == 7
    assert evidence["moved"] >= 1  # the last paragraph came first
    assert 0.02 < evidence["reworded"] < 0.35
    assert evidence["own_words"] >= 4  # the lead
    assert 0.4 < evidence["used"] < 0.75
    assert "Release r" in str(found.message) and "Release r" in say(found.message, "de")


@both
def test_a_post_on_the_same_event_is_nobodys_copy(language: str) -> None:
    one = verdict([post(OWN[language], language)], [release(language)])
    assert not taken(one) and (share(one) or 0) < 0.1


@both
def test_passages_have_their_places_in_both_files(language: str, tmp_path: Path) -> None:
    for folder, text in (("posts", CUT[language]), ("news", RELEASE[language])):
        (tmp_path / folder).mkdir()
        head = f"---\ntitle: {folder}\ndate: 2026-06-0{4 if folder == 'posts' else 3}\n---\n\n"
        (tmp_path / folder / "one.md").write_text(head + text, encoding="utf-8")
    import bloglint

    report = bloglint.check(tmp_path / "posts", press=[tmp_path / "news"], as_of=AS_OF.date())
    [found] = taken(report.blogs[0])
    assert found.evidence["path"] == str(tmp_path / "news" / "one.md")
    for passage in found.evidence["passages"]:
        for side, folder in (("post", "posts"), ("original", "news")):
            place = passage[f"{side}_place"]
            lines = (tmp_path / folder / "one.md").read_text("utf-8").splitlines()
            if place["line"] == place["end_line"]:
                cut = lines[place["line"] - 1][place["column"] - 1 : place["end_column"] - 1]
                assert cut == passage[side]
            else:
                assert passage[side].startswith(
                    lines[place["line"] - 1][place["column"] - 1 :][:20]
                )


ATTRIBUTED = {
    "en": "“{}”, says the release of Monday. {}",
    "de": "„{}“, heißt es in der Mitteilung vom Montag. {}",
}


@both
def test_a_marked_quotation_is_no_copy_and_an_unmarked_one_is(language: str) -> None:
    piece = " ".join(RELEASE[language].split("\n\n")[1].replace('"', "").split())
    said = ATTRIBUTED[language].format(piece, OWN[language])
    block = f"> {piece}\n\n{OWN[language]}"
    bare = f"{piece} {OWN[language]}"
    marked, quoted, copied = (
        verdict([post(text, language)], [release(language)]) for text in (said, block, bare)
    )
    assert not taken(marked) and not taken(quoted)
    assert (share(marked) or 0) < 0.1 and (share(quoted) or 0) < 0.1
    assert (share(copied) or 0) > 0.3 and taken(copied)


@both
def test_boilerplate_does_not_count(language: str) -> None:
    about = "\n\n".join(RELEASE[language].split("\n\n")[-2:])
    one = verdict([post(f"{OWN[language]}\n\n{about}", language)], [release(language)])
    assert not taken(one)
    # Without its heading it is known by standing in releases that differ otherwise.
    standing = about.split("\n\n")[1]
    texts = (_different(language, 1), _different(language, 2), _different(language, 3))
    rooms = [
        release(language, name=f"r{n}", text=f"{text}\n\n{standing}\n\n{text[:40]}")
        for n, text in enumerate(texts)
    ]
    one = verdict([post(f"{standing} {OWN[language]}", language)], rooms)
    assert (share(one) or 0) < 0.1


@both
def test_a_later_release_is_told_and_is_no_source(language: str) -> None:
    def judged(day: int) -> Verdict:
        return verdict([post(CUT[language], language, day=10)], [release(language, day=day)])

    assert (share(judged(11)) or 0) > 0.8  # within a day: an embargo, another zone
    later = judged(12)
    assert share(later) == 0
    [found] = taken(later)
    assert found.severity == "warning" and found.evidence["days_between"] == -2
    assert "after the post" in str(found.message) and "nach dem Beitrag" in say(found.message, "de")


@both
def test_an_undated_release_is_a_source_too(language: str) -> None:
    [found] = taken(verdict([post(CUT[language], language)], [release(language, day=None)]))
    assert found.evidence["days_between"] is None


@both
def test_a_release_of_after_as_of_is_none_yet(language: str) -> None:
    late = replace(release(language), published=AS_OF.replace(year=2027))
    one = verdict([post(CUT[language], language)], [late])
    assert share(one) == 0 and not taken(one)


@both
def test_the_posts_own_page_among_the_releases_is_left_out(language: str) -> None:
    page = post(CUT[language], language, url="https://www.brunn.example/news/pumps/")
    same = release(language, text=CUT[language], url="http://brunn.example/news/pumps#top")
    one = verdict([page], [same])
    assert not taken(one) and share(one) == 0
    assert any("own page" in note for note in one.notes)


def test_a_newsroom_in_another_language_is_told_and_not_compared() -> None:
    one = verdict([post(CUT["de"], "de")], [release("en")])
    assert share(one) is None
    assert any("none is in the post's language" in note for note in one.notes)
    mixed = verdict([post(CUT["de"], "de")], [release("en"), release("de", name="d")])
    assert taken(mixed)[0].evidence["title"] == "Release d"


@both
def test_short_posts_are_not_compared_and_that_is_said(language: str) -> None:
    one = verdict([post(" ".join(RELEASE[language].split()[:29]), language)], [release(language)])
    assert share(one) is None
    assert any("under 30 words" in note for note in one.notes)


@both
def test_the_same_release_many_times_is_one_source(language: str) -> None:
    rooms = [release(language, name=f"r{n}", day=n + 1) for n in range(9)]
    [found] = taken(verdict([post(CUT[language], language)], rooms))
    assert found.evidence["title"] == "Release r0" and not found.evidence["further"]


@both
def test_versions_of_one_release_are_no_boilerplate(language: str) -> None:
    rooms = [release(language, name=f"r{n}", text=f"{RELEASE[language]}\n\nVersion {n} {n}{n}.")
             for n in range(5)]  # fmt: skip
    assert (share(verdict([post(CUT[language], language)], rooms)) or 0) > 0.8


@both
def test_a_post_made_of_two_releases_names_both(language: str) -> None:
    paragraphs = RELEASE[language].split("\n\n")
    second = release(language, name="s", text=OTHER[language])
    text = f"{paragraphs[1]}\n\n{OTHER[language]}"
    one = verdict([post(text, language)], [release(language), second])
    [found] = taken(one)
    assert (share(one) or 0) > 0.9
    assert {found.evidence["title"], found.evidence["further"][0]["title"]} == {
        "Release r",
        "Release s",
    }


@both
def test_releases_of_any_size_are_compared(language: str) -> None:
    long = _different(language, 1, 3100)
    assert len(long.split()) > 49_000
    short = RELEASE[language].split("\n\n")[1]
    assert not taken(verdict([post(OTHER[language] * 2, language)], [release(language, text=long)]))
    room = [release(language, text=f"{long}\n\n{RELEASE[language]}\n\n{long}")]
    assert (share(verdict([post(CUT[language], language)], room)) or 0) > 0.6
    one = verdict([post(f"{short} {OTHER[language]}", language)], [release(language, text=short)])
    assert 0.3 < (share(one) or 0) < 0.7


def test_empty_releases_are_counted_and_harm_nothing() -> None:
    one = verdict([post(CUT["de"], "de")], [release("de", text=" "), release("de", name="full")])
    assert taken(one)[0].evidence["title"] == "Release full"
    assert "under 20 words were left out: 1" in str(one.reasons["recycling"].note)
    only = verdict([post(CUT["de"], "de")], [release("de", text=" ")])
    assert share(only) is None and "no press release" in str(only.reasons["recycling"].note)


@both
def test_a_repost_after_years_is_found_outside_of_the_window(language: str) -> None:
    old = replace(post(OTHER[language], language, name="old"), published=AS_OF.replace(year=2019))
    one = verdict([post(OTHER[language], language, day=20, name="new"), old], None)
    [found] = taken(one, "recycling-self")
    assert found.evidence["title"] == "Post old" and (share(one, "repeated") or 0) > 0.9


SERIES = {
    "en": "In this series the people of our workshop show how a pump is kept alive over thirty "
    "years, step by step and with all the mistakes that they made on the way.",
    "de": "In dieser Reihe zeigen die Leute aus unserer Werkstatt, wie man eine Pumpe dreißig "
    "Jahre am Leben hält, Schritt für Schritt und mit allen Fehlern, die sie dabei gemacht haben.",
}


GRAMMAR = {
    "en": "the and of with for not are this that have",
    "de": "die und der mit für nicht sind das ist haben",
}


def _different(language: str, seed: int, sentences: int = 6) -> str:
    """A text in which no telling word is like one of another seed."""
    r = random.Random(seed)
    parts = [a + b for a in "bdfgklmnprstvw" for b in "aeiou"]
    little = GRAMMAR[language].split()
    lines = (
        " ".join("".join(r.choices(parts, k=3)) + " " + r.choice(little) for _ in range(8))
        for _ in range(sentences)
    )
    return ". ".join(line.capitalize() for line in lines) + "."


@both
def test_the_introduction_of_a_series_and_code_are_no_repetition(language: str) -> None:
    code = "```\nlicence = 'MIT'\n" + "for pump in hall: pump.start(now, slow, oil)\n" * 9 + "```"
    posts = [
        post(f"{n}. {SERIES[language]} {_different(language, n)}\n\n{code}", language, day=20 - n,
             name=f"s{n}")
        for n in range(4)
    ]  # fmt: skip
    one = verdict(posts, None)
    assert not taken(one, "recycling-self")
    assert all((p.measures["repeated"] or 0) < 0.3 for p in one.posts)


@both
def test_a_template_that_is_filled_in_every_month_is_a_repetition(language: str) -> None:
    posts = [post(f"{OTHER[language]} {n}, {n + 7} {n * 3}.", language, day=20 - n, name=f"t{n}")
             for n in range(4)]  # fmt: skip
    one = verdict(posts, None)
    assert len(taken(one, "recycling-self")) == 3


@both
def test_a_best_of_names_the_posts_it_was_made_of(language: str) -> None:
    parts = [_different(language, n) for n in range(3)]
    posts = [post("\n\n".join(parts), language, day=20, name="best")]
    posts += [post(text, language, day=10 - n, name=f"b{n}") for n, text in enumerate(parts)]
    [found] = taken(verdict(posts, None), "recycling-self")
    assert len(found.evidence["further"]) == 2


@both
def test_the_last_posts_are_marked_and_the_years_counted(language: str) -> None:
    posts = [post(CUT[language] if n % 2 else _different(language, n), language, day=28 - n,
                  name=f"p{n}") for n in range(6)]  # fmt: skip
    posts += [replace(post(_different(language, 50 + n), language, name=f"o{n}"),
                      published=AS_OF.replace(year=2020, month=1 + n % 12, day=2))
              for n in range(12)]  # fmt: skip
    measures = verdict(posts, [release(language)]).reasons["recycling"].measures
    assert measures["recycling_marks"][:6] == [0, 1, 0, 1, 0, 1]
    assert measures["recycling_by_year"]["2026"] == {"posts": 6, "of_kind": 3}
    assert measures["recycling_by_year"]["2020"]["of_kind"] == 0


def test_a_newsroom_that_cannot_be_read_leaves_the_blog_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.md").write_text(f"---\ntitle: t\ndate: 2026-06-04\n---\n{OWN['en']}", "utf-8")
    (tmp_path / "no").mkdir()
    arguments = ["check", str(tmp_path), "--press", str(tmp_path / "no"), "--as-of", "2026-06-30"]
    monkeypatch.setattr("sys.argv", ["bloglint", *arguments, "--lang", "en"])
    with pytest.raises(SystemExit) as stopped:
        app.run()
    printed = capsys.readouterr()
    out = " ".join(printed.out.split())
    assert stopped.value.code == 3
    assert "no press release was found here" in printed.err
    assert "judged by style and by repetition only" in out
    assert "1 post judged" in out


def test_a_broken_release_takes_no_other_down(tmp_path: Path) -> None:
    import bloglint

    for folder in ("news", "posts"):
        (tmp_path / folder).mkdir()
    (tmp_path / "news" / "bad.md").write_bytes(b"\0" * 100)
    dated = "---\ntitle: t\ndate: 2026-06-0{}\n---\n{}"
    (tmp_path / "news" / "good.md").write_text(dated.format(3, RELEASE["de"]), "utf-8")
    (tmp_path / "posts" / "one.md").write_text(dated.format(4, CUT["de"]), "utf-8")
    for _ in range(2):  # the second time from the index
        report = bloglint.check(tmp_path / "posts", press=[tmp_path / "news"], as_of="2026-06-30")
        assert not report.errors and taken(report.blogs[0])
        assert any("could not be read" in note for note in report.blogs[0].notes)


@both
def test_no_newsroom_and_an_empty_one_are_told_apart(language: str) -> None:
    posts = [post(OWN[language], language)]
    assert "no newsroom was given" in str(verdict(posts, None).reasons["recycling"].note)
    assert "could be read" in str(verdict(posts, Newsroom()).reasons["recycling"].note)


MARKED = {
    "en": ["Press release", "FOR IMMEDIATE RELEASE", "Embargo: 3 June 2026", "###"],
    "de": ["Pressemitteilung", "Presseinformation", "Sperrfrist: 3. Juni 2026, 10 Uhr", "###"],
}


@both
def test_a_text_that_calls_itself_a_release_is_one_whatever_its_style(language: str) -> None:
    plain = verdict([post(OWN[language], language)], None)
    assert (share(plain, "press_style") or 0) < 0.2
    for mark in MARKED[language]:
        one = verdict([post(f"{mark}\n\n{OWN[language]}\n\n{mark}", language)], None)
        assert (share(one, "press_style") or 0) > 0.65, mark


LINK = {"en": "[The press release]({})", "de": "[Zur Pressemitteilung]({})"}


@both
def test_a_link_to_the_release_is_no_sign_of_one(language: str) -> None:
    link = LINK[language].format("/press/2026/pumps")
    story, notice = (
        [
            share(verdict([post(text + more, language)], None), "press_style") or 0
            for more in ("", f"\n\n{link}")
        ]
        for text in (OWN[language], CUT[language])
    )
    assert max(story) < 0.3  # somebody tells it, and links the facts
    assert abs(notice[1] - notice[0]) < 0.2  # its words count, and it is no mark


@both
def test_the_style_of_a_release_is_told_with_its_signals(language: str) -> None:
    one = verdict([post(RELEASE[language], language)], None)
    [found] = taken(one, "recycling-style")
    assert (share(one, "press_style") or 0) > 0.65
    assert len(found.evidence) >= 4 and "dateline" in found.evidence


@both
def test_three_posts_from_one_release_do_not_excuse_each_other(language: str) -> None:
    paragraphs = RELEASE[language].split("\n\n")
    copied = "\n\n".join((*paragraphs[:2], paragraphs[3]))
    posts = [
        post(f"{copied}\n\n{_different(language, n, 2)}", language, day=20 - n, name=f"c{n}")
        for n in range(4)
    ]
    one = verdict(posts, [release(language)])
    assert len(taken(one)) == 4 and not taken(one, "recycling-self")  # told once


@both
def test_what_the_post_skipped_is_not_shown_as_used(language: str) -> None:
    sentences = re.split(r"(?<=[.])\s+", RELEASE[language].split("\n\n")[1])
    text = f"{sentences[0]} {sentences[-1]} {OTHER[language]}"
    [found] = taken(verdict([post(text, language)], [release(language)]))
    assert found.exhibit is not None
    marked = " ".join(r.text for p in found.exhibit.original for r in p if r.passage)
    assert sentences[0][:-1] in marked and sentences[1] not in marked


@both
def test_a_copy_of_a_text_that_repeats_itself_is_compared_fast(language: str) -> None:
    text = " ".join([OTHER[language].split(".")[0] + "."] * 3000)
    one = verdict([post(OTHER[language], language)], [release(language, text=text)])
    assert share(one) is not None


def test_posts_before_those_compared_are_no_copies_of_later_ones(tmp_path: Path) -> None:
    words = " ".join(f"word{n} of a text that stands here" for n in range(20))
    for n in range(14):
        day = date(2026, 6, 20) - timedelta(days=120 * n)
        text = f"---\ntitle: T{n}\ndate: {day}\nlang: en\n---\n\n{words} {n}.\n"
        (tmp_path / f"{n:02}.md").write_text(text, "utf-8")
    options = {"recycling-self": {"among": 4}}
    (tmp_path / "bloglint.yml").write_text(json.dumps({"options": options}), "utf-8")
    verdict = bloglint.check(tmp_path, as_of="2026-06-20").blogs[0]
    repeated = [post.measures.get("repeated") for post in verdict.posts]
    assert repeated[0] and repeated[2] and repeated[3] == 0.0
    assert repeated[4:] == [None] * len(repeated[4:])  # they are not compared at all
