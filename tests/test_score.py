"""The score's reference points and what always holds of it."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bloglint.engine.linter import lint_blog
from bloglint.model import Blog, Post, Verdict
from bloglint.press.index import Newsroom
from bloglint.rules import load_rules

RULES = load_rules()
AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)
ADVERT = next(e for e in RULES["advertorial-tone"].examples if e.verdict == "bad").text
SUBJECTS = {
    language: [
        texts
        for rule in ("topic-focus",)
        for e in RULES[rule].examples
        if e.language == language
        for texts in [e.texts]
    ]
    for language in ("en", "de")
}
WORDS = (
    "pump seal motor casing flow valve shaft bearing impeller current night storm drawing torch "
    "station pipe sensor meter bolt gasket turned opened measured cleaned lifted moved broke held "
    "showed cost the a this one two old wet slow under over near with after before at last again"
).split()


def good(n: int) -> str:
    """A plain text on one subject; no two are alike."""
    random = Random(n)
    lines = [" ".join(random.choice(WORDS) for _ in range(10)) for _ in range(8)]
    return ". ".join(line.capitalize() for line in lines) + "."


RELEASE = (
    "The town of Melldorf has ordered four pumps for its new waterworks at the river number {n}. "
    "They will be delivered in October {n}, and the work is to last until the spring of {n}. "
    "Engineer {n} explains that the foundation of hall {n} must be renewed before that."
)
KINDS = {
    "good": good,
    "advert": lambda n: ADVERT,
    "release": lambda n: RELEASE.format(n=n),
    "epic": lambda n: ("word " * 40 + "end. ") * 98,
}


def post(n: int, text: str, language: str = "en", every: int = 7) -> Post:
    moment = AS_OF - timedelta(days=every * n, hours=1)
    return Post(id=f"p{n:02}", title=f"t{n}", source=text, published=moment, language=language)


def newsroom(count: int) -> Newsroom:
    return Newsroom.of(Post(f"r{n}", "r", RELEASE.format(n=n)) for n in range(count))


def blog(kinds: list[str], *, shuffled: int = 0) -> Verdict:
    posts = [post(n, KINDS[kind](n)) for n, kind in enumerate(kinds)]
    press = newsroom(len(kinds))
    return lint_blog(Blog("x", posts=tuple(posts)), RULES, as_of=AS_OF, press=press)


def score(verdict: Verdict, reason: str) -> float:
    found = verdict.reasons[reason].score
    assert found is not None
    return found


def test_reference_points_of_recycling() -> None:
    def taken(count: int) -> float:
        return score(blog(["release"] * count + ["good"] * (10 - count)), "recycling")

    assert taken(0) >= 95
    assert 70 <= taken(2) <= 90
    assert 35 <= taken(5) <= 60
    assert taken(8) <= 20


def test_reference_points_of_advertorial() -> None:
    def adverts(count: int) -> float:
        return score(blog(["good", "advert"] * count + ["good"] * (10 - 2 * count)), "advertorial")

    assert min(adverts(0), adverts(1), adverts(2)) >= 90
    assert 35 <= adverts(5) <= 65
    mostly = score(blog(["advert"] * 8 + ["good"] * 2), "advertorial")
    assert mostly <= 20


def test_reference_points_of_topic() -> None:
    for language, (one, many) in SUBJECTS.items():
        for texts, least, most in ((one, 85, 100), (many, 0, 50)):
            posts = tuple(post(n, text, language) for n, text in enumerate(texts))
            verdict = lint_blog(Blog("x", posts=posts), RULES, as_of=AS_OF)
            assert least <= score(verdict, "topic") <= most, language


def test_one_author_costs_at_most_ten() -> None:
    from bloglint.model import replace

    posts = tuple(replace(post(n, good(n)), authors=("Ann Field",)) for n in range(30))
    verdict = lint_blog(Blog("x", posts=posts), RULES, as_of=AS_OF)
    assert 90 <= score(verdict, "frequency") < 100


#: A whole blog is judged once or twice in each example.
FEW = settings(max_examples=settings.default.max_examples // 5)
kinds = st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=14)


@FEW
@given(kinds)
def test_a_score_is_100_less_the_losses_that_are_listed(chosen: list[str]) -> None:
    verdict = blog(chosen)
    for reason in verdict.reasons.values():
        assert all(loss.points >= 0 for loss in reason.losses)
        lost = sum(loss.points for loss in reason.losses)
        assert reason.score is None or abs(reason.score - max(0, 100 - lost)) <= 0.051
    measured = [r for r in verdict.reasons.values() if r.score is not None and r.weight]
    mean = sum(r.score * r.weight for r in measured) / sum(r.weight for r in measured)  # type: ignore[operator]
    assert verdict.score == pytest.approx(mean, abs=0.051)


@FEW
@given(kinds, st.data())
def test_a_bad_post_in_place_of_a_good_one_never_helps(
    chosen: list[str], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(chosen) - 1))
    bad = data.draw(st.sampled_from(["advert", "release", "epic"]))
    reason = {"advert": "advertorial", "release": "recycling", "epic": "bloat"}[bad]
    better = blog([*chosen[:at], "good", *chosen[at + 1 :]])
    worse = blog([*chosen[:at], bad, *chosen[at + 1 :]])
    assert score(worse, reason) <= score(better, reason) + 0.1


@FEW
@given(kinds, st.randoms(use_true_random=False))
def test_the_order_of_the_posts_in_the_source_does_not_matter(
    chosen: list[str], random: object
) -> None:
    posts = [post(n, KINDS[kind](n)) for n, kind in enumerate(chosen)]
    mixed = list(posts)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    by_date = sorted(mixed, key=lambda p: (p.published, p.id), reverse=True)
    one = lint_blog(Blog("x", posts=tuple(posts)), RULES, as_of=AS_OF)
    other = lint_blog(Blog("x", posts=tuple(by_date)), RULES, as_of=AS_OF)
    assert (one.score, one.findings) == (other.score, other.findings)


@FEW
@example(["advert", "advert", "epic", "epic", "epic", "release"], "advert")
@given(
    st.lists(st.sampled_from(sorted(KINDS)), min_size=6, max_size=14),
    st.sampled_from(sorted(KINDS)),
)
def test_one_more_post_costs_at_most_fifteen_points(chosen: list[str], more: str) -> None:
    press = newsroom(20)
    posts = [post(n + 1, KINDS[kind](n + 1)) for n, kind in enumerate(chosen)]
    newest = post(0, KINDS[more](0))
    before = lint_blog(Blog("x", posts=tuple(posts)), RULES, as_of=AS_OF, press=press)
    after = lint_blog(Blog("x", posts=(newest, *posts)), RULES, as_of=AS_OF, press=press)
    for name, reason in before.reasons.items():
        new = after.reasons[name].score
        # Word-for-word repeats make subjects of their own; topic is held to it below.
        if name != "topic" and reason.weight and reason.score is not None and new is not None:
            assert reason.score - new <= 15, (name, reason.score, new)


@pytest.mark.parametrize("language", ["en", "de"])
def test_one_stray_post_costs_the_blog_at_most_fifteen_points(language: str) -> None:
    """Of topic itself it may cost more, which weighs 1 of 15: one of seven posts is much of it."""
    one, many = SUBJECTS[language]
    for start in range(1, len(many)):
        posts = [post(n + 1, text, language) for n, text in enumerate(one)]
        last = None
        for n, text in enumerate(many[start : start + 3]):
            verdict = lint_blog(Blog("x", posts=tuple(posts)), RULES, as_of=AS_OF)
            now = verdict.score
            assert now is not None
            assert last is None or last - now <= 15, (start, n, last, now)
            last = now
            posts.insert(0, post(-n, text, language))


PHRASES = {
    "en": [
        "We are a leading provider.",
        "Our solutions are innovative.",
        "Contact us today.",
        "Our customers love it.",
        "It received the innovation award.",
        "It is truly unique.",
        "We are proud.",
        "Book your demo.",
        "It has a proven track record.",
    ],
    "de": [
        "Wir sind ein führender Anbieter.",
        "Unsere Lösungen sind innovativ.",
        "Kontaktieren Sie uns.",
        "Unsere Kunden sind begeistert.",
        "Es erhielt ein Gütesiegel.",
        "Es ist einzigartig.",
        "Wir sind stolz.",
        "Vereinbaren Sie jetzt einen Termin.",
        "Es überzeugt durch Qualität.",
    ],
}


@pytest.mark.parametrize("language", ["en", "de"])
def test_one_more_phrase_costs_at_most_five_points(language: str) -> None:
    """A post that takes up phrase after phrase, beside none, some and many adverts."""
    by_verdict = {
        e.verdict: e.text for e in RULES["advertorial-tone"].examples if e.language == language
    }
    for adverts in (0, 2, 4, 6, 8):
        last = None
        for size in range(len(PHRASES[language]) + 1):
            texts = [f"{by_verdict['good']} {' '.join(PHRASES[language][:size])}"]
            texts += [by_verdict["bad"]] * adverts + [by_verdict["good"]] * (9 - adverts)
            posts = tuple(post(n, text, language) for n, text in enumerate(texts))
            now = score(lint_blog(Blog("x", posts=posts), RULES, as_of=AS_OF), "advertorial")
            assert last is None or last - now <= 5, (adverts, size, last, now)
            last = now
