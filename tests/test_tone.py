"""Whether a post reads as advertising: words that speak for and against, and whose they are."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bloglint.checks.context import Context
from bloglint.config import Config, Settings, Words, check_rules, load
from bloglint.engine.linter import lint_blog
from bloglint.model import Blog, ConfigError, Post, Verdict, say
from bloglint.rules import load_rules, with_words
from bloglint.text.dates import is_series
from bloglint.text.document import Document
from bloglint.text.names import own_names
from bloglint.text.phrases import _Searched

HERE = Path(__file__).parent
NOW = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)
RULES = load_rules()
ADVERT = {e.language: e.text for e in RULES["advertorial-tone"].examples if e.verdict == "bad"}
PLAIN = {e.language: e.text for e in RULES["advertorial-tone"].examples if e.verdict == "good"}


def post(text: str, language: str = "en", title: str = "A title", name: str = "p") -> Post:
    return Post(name, title, text, published=NOW, language=language)


#: Phrases are reported in adverts; here, anywhere.
EVEN_IN_PLAIN_POSTS = Config(options={"advertorial-self-praise": {"least": 0.0}})


def verdict(*posts: Post, title: str = "", rules=RULES) -> Verdict:  # type: ignore[no-untyped-def]
    return lint_blog(Blog("x", title=title, posts=posts), rules, as_of=NOW)


def tone(text: str, language: str = "en") -> float | None:
    return verdict(post(text, language)).posts[0].measures["advertorial"]


def phrases(text: str, rule: str, language: str = "en", own: Sequence[str] = ()) -> list[str]:
    context = Context(Blog("x"), NOW, RULES, own_names=tuple(own))
    found = context.matches(Document(post(text, language, title="")), rule)
    return [match.text for match in found if not match.quoted]


def lines(name: str) -> list[dict[str, object]]:
    text = (HERE / name).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_words_beside_the_own_name_fit_without_a_name_too() -> None:
    for own in ((), ("Brunn",)):
        found = phrases("Der Geschäftsführer von nebenan kommt.", "recycling-style", "de", own)
        assert found == ["Geschäftsführer von"]


@pytest.mark.parametrize(
    ("language", "rule", "text"),
    [
        ("en", "advertorial-self-praise", "The parser drops leading zeros and leading spaces."),
        (
            "en",
            "advertorial-superlative",
            "Each row has a unique key, and best practice is an index.",
        ),
        ("en", "advertorial-self-praise", "Free software is not free of cost."),
        ("en", "advertorial-seal", "The Nobel prize was awarded to three chemists."),
        ("en", "advertorial-seal", "The contract was awarded in May."),
        ("en", "advertorial-call-to-action", "Contact the police if the alarm does not stop."),
        ("de", "advertorial-self-praise", "Führende Nullen gehen beim Import verloren."),
        ("de", "advertorial-superlative", "Fällig wird eine einmalige Gebühr von 20 Euro."),
        ("de", "advertorial-seal", "Den Nobelpreis erhielten drei Chemiker."),
        ("de", "advertorial-call-to-action", "Rufen Sie die 112 an, wenn es brennt."),
        ("de", "advertorial-self-praise", "Der selbsternannte führende Anbieter antwortete nicht."),
    ],
)
def test_what_is_said_of_another_matter_is_no_praise(language: str, rule: str, text: str) -> None:
    assert phrases(text, rule, language) == []


@pytest.mark.parametrize(
    ("language", "rule", "text"),
    [
        ("en", "advertorial-self-praise", "We are the leading company in zeros."),
        ("en", "advertorial-superlative", "Ours is a unique solution."),
        ("en", "advertorial-seal", "We were awarded the prize in May."),
        ("de", "advertorial-self-praise", "Wir sind das führende Unternehmen für Nullen."),
        ("de", "advertorial-superlative", "Das ist ein einmaliges Angebot."),
        ("de", "advertorial-seal", "Wir haben den Preis für Pumpen erhalten."),
    ],
)
def test_the_same_words_in_praise_are_found(language: str, rule: str, text: str) -> None:
    assert phrases(text, rule, language)


@pytest.mark.parametrize(
    ("language", "said", "denied", "mentioned"),
    [
        (
            "en",
            "Our pump is truly unique.",
            "Our pump is not truly unique.",
            "The word “truly unique” is banned from our brochures.",
        ),
        (
            "de",
            "Unsere Pumpe ist konkurrenzlos.",
            "Unsere Pumpe ist nicht konkurrenzlos.",
            "Das Wort „konkurrenzlos“ ist bei uns gestrichen.",
        ),
    ],
)
def test_denied_and_mentioned_praise_is_none(
    language: str, said: str, denied: str, mentioned: str
) -> None:
    rule = "advertorial-superlative"
    assert phrases(said, rule, language)
    assert not phrases(denied, rule, language)
    assert not phrases(mentioned, rule, language)


@pytest.mark.parametrize(
    ("language", "own", "others"),
    [
        (
            "en",
            "Brunn is the leading supplier of pumps, a market leader and a true pioneer. ",
            "They say that Kessel is the leading supplier, a market leader and a pioneer. ",
        ),
        (
            "de",
            "Brunn ist führender Anbieter von Pumpen, Marktführer und ein echter Vorreiter. ",
            "Es heißt, dass Anna Kessel führende Anbieterin ist, Marktführerin und Vorreiterin. ",
        ),
    ],
)
def test_praise_for_somebody_else_is_no_self_praise(language: str, own: str, others: str) -> None:
    def found(text: str) -> list[str]:
        blog = Blog("x", title="Brunn", posts=(post(f"{PLAIN[language]} {text}", language),))
        told = lint_blog(blog, RULES, as_of=NOW, config=EVEN_IN_PLAIN_POSTS)
        return [f.rule for f in told.findings if f.rule == "advertorial-self-praise"]

    assert found(own)
    assert not found(others)


def test_the_own_name_is_found_without_being_told() -> None:
    texts = [
        f"We at Quellmar tested it, and the pumps from Quellmar ran for {n} days." for n in range(6)
    ]
    documents = [Document(post(text, name=str(n))) for n, text in enumerate(texts)]
    assert "Quellmar" in own_names(Blog("x"), documents)
    assert own_names(Blog("x", url="https://blog.quellmar.de/feed"), documents[:1]) == ("Quellmar",)
    by_author = [
        Post(p.id, p.title, p.source, authors=("Quellmar Smith",))
        for p in (d.post for d in documents)
    ]
    assert own_names(Blog("x", posts=tuple(by_author)), documents) == ()


def test_a_closing_invitation_is_normal() -> None:
    for language, call in (
        ("en", "If you have seen the same, get in touch with us today."),
        ("de", "Wenn Sie das auch kennen, nehmen Sie gern Kontakt mit uns auf."),
    ):
        without = tone(PLAIN[language], language)
        closed = verdict(post(f"{PLAIN[language]}\n\n{call}", language))
        value = closed.posts[0].measures["advertorial"]
        assert without is not None
        assert value < 0.5 and value - without < 0.2
        assert not [f for f in closed.findings if f.reason == "advertorial"]


def test_short_texts_lists_of_code_and_other_languages_are_not_judged() -> None:
    for text, language in (
        ("We are proud of our unique platform. Buy it now!", "en"),
        (
            "```\nbest ever\n```\n\n> We are the leading provider.\n\n| a | b |\n|---|---|\n",
            "en",
        ),
        ("Nous sommes fiers de notre plateforme unique et de nos clients satisfaits. " * 10, "fr"),
    ):
        told = verdict(post(text, language))
        assert told.posts[0].measures["advertorial"] is None
        assert any("judge" in note for note in told.notes)


def test_each_paragraph_is_read_in_its_own_language() -> None:
    english, german = ADVERT["en"], ADVERT["de"]
    both = tone(f"{english}\n\n{german}", "de")
    assert both is not None and both > 0.9
    assert phrases(f"{english}\n\n{german}", "advertorial-superlative", "de") == [
        "truly unique",
        "einzigartig",
    ]


def test_capitals_and_emoji_neither_hide_nor_break() -> None:
    for language, text in ADVERT.items():
        assert (tone(text.upper(), language) or 0) > 0.6
        assert (tone("🚀🎉✨ " * 500 + text, language) or 0) > 0.3


@pytest.mark.parametrize(
    "piece",
    [
        "the best ",
        "our most our most ",
        "leading world leading market ",
        "innovativ innovative ",
        "jetzt gleich sofort ",
        "aaaaaaaaaa-",
        "nicht kein ",
        "„“„“ ",
        "!",
    ],
)
def test_the_search_is_linear_in_the_text(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = 0
    original = _Searched.end_at

    def counted(self, tokens, at, part=0):  # type: ignore[no-untyped-def]
        nonlocal steps
        steps += 1
        return original(self, tokens, at, part)

    monkeypatch.setattr(_Searched, "end_at", counted)
    counts = []
    for size in (1_000, 10_000):
        for language in ("en", "de"):
            phrases(piece * size, "advertorial-tone", language)
        counts.append(steps)
        steps = 0
    assert counts[1] <= 11 * counts[0] + 100


def test_a_company_adds_and_allows_words_of_its_own() -> None:
    rules = with_words(
        RULES,
        {"advertorial-superlative": ["galactic*"], "advertorial-tone/goods": ["Wumms"]},
        ["peace of mind"],
    )
    text = "Our galactic offer is galactical. Peace of mind is the name of our policy. Wumms it is."
    context = Context(Blog("x"), NOW, rules)
    document = Document(post(text, title=""))
    assert [m.text for m in context.matches(document, "advertorial-superlative")] == [
        "galactic",
        "galactical",
    ]
    assert "Peace of mind" not in [m.text for m in context.matches(document, "advertorial-tone")]
    assert "Wumms" in [m.text for m in context.matches(document, "advertorial-tone")]
    assert not [m for m in context.matches(document, "advertorial-self-praise") if "mind" in m.text]
    for place, said in (("advertorial-tonne", "no rule"), ("advertorial-tone/goodz", "no group")):
        with pytest.raises(ConfigError, match=said):
            check_rules(Settings(Config(words=Words(add={place: ["galactic"]}))), RULES)


def test_a_wrong_key_in_the_words_is_told_with_the_nearest(tmp_path: Path) -> None:
    file = tmp_path / "bloglint.yml"
    file.write_text("words:\n  alow: [peace of mind]\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="Did you mean 'allow'") as caught:
        load(tmp_path)
    assert caught.value.where == f"{file}:2:3"


def test_self_presentation_up_to_the_measure_costs_nothing_and_is_said() -> None:
    texts = [ADVERT["en"]] * 2 + [PLAIN["en"]] * 8
    told = verdict(*(post(t, name=str(n), title=f"Post {n}") for n, t in enumerate(texts)))
    assert told.reasons["advertorial"].score == 100
    within = [f for f in told.findings if f.rule == "advertorial-tone"]
    assert len(within) == 2
    assert all("are fine" in str(f.message) and f.severity == "warning" for f in within)


def test_beyond_the_measure_the_blogs_own_best_posts_are_models() -> None:
    texts = [ADVERT["de"]] * 5 + [PLAIN["de"]] * 5
    told = verdict(*(post(t, "de", name=str(n), title=f"Beitrag {n}") for n, t in enumerate(texts)))
    share = next(f for f in told.findings if f.rule == "advertorial-share")
    # The others repeat the oldest: a post with a warning is no model.
    assert say(share.advice, "de").endswith("Vorbilder unter den eigenen: „Beitrag 9“.")
    only = verdict(*(post(ADVERT["de"], "de", name=str(n)) for n in range(5)))
    advice = next(f for f in only.findings if f.rule == "advertorial-share").advice
    assert "noch keiner" in say(advice, "de")


def test_every_list_says_why_in_both_languages() -> None:
    lists = [words for rule in RULES.values() for words in rule.lists]
    assert len(lists) >= 12
    for words in lists:
        assert {"en", "de"} == set(words.why) == set(words.about) == set(words.phrases), words.name
        read = [signal.phrases for signal in RULES[words.of].signals]
        # What tells who the sender is is read by a measure.
        assert f"{words.of}/{words.name}" in read or words.of == "advertorial-share"


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_pairs_are_pairs(language: str) -> None:
    for name, least in (
        (f"tone/pairs-{language}.jsonl", 60),
        (f"heldback/tone-{language}.jsonl", 50),
    ):
        labels: dict[object, list[object]] = {}
        for one in lines(name):
            labels.setdefault(one["pair"], []).append(one["advertising"])
        assert len(labels) >= least
        assert all(sorted(map(bool, both)) == [False, True] for both in labels.values())


@pytest.mark.parametrize("language", ["en", "de"])
def test_adverts_are_told_from_information_on_the_same_subject(language: str) -> None:
    """On texts that were written before the lists; the figures are in docs/accuracy.md."""
    values: dict[bool, list[float]] = {True: [], False: []}
    for one in lines(f"heldback/tone-{language}.jsonl"):
        title, _, text = str(one["text"]).partition("\n\n")
        found = verdict(post(text, language, title), title=str(one["brand"])).posts[0]
        values[bool(one["advertising"])].append(found.measures["advertorial"])
    right = sum(a > i for a in values[True] for i in values[False])
    assert right / len(values[True]) / len(values[False]) >= 0.94
    assert sum(value > 0.6 for value in values[False]) <= 0.04 * len(values[False])
    assert sum(value > 0.6 for value in values[True]) >= 0.75 * len(values[True])


@pytest.mark.parametrize("language", ["en", "de"])
def test_words_have_weights_for_and_against(language: str) -> None:
    weights = RULES["advertorial-tone"].weights("wording", language)
    assert 1000 < len(weights) <= 2500
    assert any(weight > 0 for weight in weights.values())
    assert any(weight < 0 for weight in weights.values())
    assert RULES["advertorial-tone"].weights("wording", "fr") == {}


NOTICES = {
    "en": [
        "Dear members, the membership fee for the new year is due by the end of January: 60 "
        "euros for adults, 30 for children. Please use your number as the reference of the "
        "bank transfer. Many thanks for your support and your commitment. If you have any "
        "questions, we are always happy to help. The next general meeting of the association "
        "is on Friday at seven in the hall.",
        "On Tuesday between two and four in the morning the network will be down: we replace "
        "both switches in the cellar of the town hall. You need not do anything; your "
        "connection comes back by itself. We are sorry for the outage and thank the "
        "volunteers who give up their night. If something does not work afterwards, write to "
        "us, and we will have a look at it.",
    ],
    "de": [
        "Liebe Mitglieder, der Beitrag für das neue Jahr ist bis Ende Januar zu überweisen: "
        "60 Euro für Erwachsene, 30 für Kinder. Als Verwendungszweck genügt die Nummer. Wir "
        "danken Ihnen herzlich für Ihre Unterstützung und Ihr Engagement. Bei Fragen stehen "
        "wir jederzeit gern zur Verfügung. Die nächste Mitgliederversammlung des Vereins ist "
        "am Freitag um sieben im Saal. Den Kaffee kocht diesmal die Jugend, und wer einen "
        "Kuchen mitbringt, sagt Frau Lau Bescheid.",
        "Am Dienstag zwischen zwei und vier Uhr fällt das Netz aus: Wir tauschen beide "
        "Switches im Keller des Rathauses. Sie müssen nichts tun, die Verbindung kommt von "
        "selbst zurück. Wir bitten um Verständnis für die Unterbrechung und danken den "
        "Ehrenamtlichen, die ihre Nacht opfern. Es sind dieselben, die im März die Leitung "
        "über die Brücke gezogen haben. Wenn danach etwas nicht läuft, schreiben Sie uns, "
        "dann sehen wir uns das an.",
    ],
}


@pytest.mark.parametrize("language", ["en", "de"])
def test_notices_of_an_association_are_no_adverts(language: str) -> None:
    for text in NOTICES[language]:
        found = verdict(post(text, language))
        assert found.posts[0].measures["advertorial"] < 0.75
        assert not [f for f in found.findings if f.reason == "advertorial"]


def test_a_finding_quotes_the_clearest_sentences() -> None:
    told = verdict(*(post(ADVERT["en"], name=str(n)) for n in range(4)))
    finding = next(f for f in told.findings if f.rule == "advertorial-tone")
    assert finding.quote in ADVERT["en"] and finding.quote.endswith((".", "!"))
    assert "almost certainly" in str(finding.message)
    assert "fast sicher" in say(finding.message, "de")


def test_advice_fits_an_association() -> None:
    members = "The volunteers of our nonprofit met on Friday; every donation helps. "
    posts = [post(f"{members}{ADVERT['en']}", name=str(n)) for n in range(6)]
    told = verdict(*posts)
    [share] = [f for f in told.findings if f.rule == "advertorial-share"]
    assert "product in the title" in str(share.advice)  # six adverts with customers sell
    own = [post(f"{members}{PLAIN['en']}", name=f"m{n}") for n in range(20)]
    more = [f for f in verdict(*posts, *own).findings if f.rule == "advertorial-share"]
    assert all("members, guests or users" in str(f.advice) for f in more)


@pytest.mark.parametrize(
    ("title", "other", "same"),
    [
        ("Change log of 7 March", "Change log of 21 March", True),
        ("Pump 0.2.0 released", "Valve library 1.4 released", True),
        ("Meet the team: Ada", "Meet the team: Ben", True),
        ("Neue Server am Standort Wien", "Neue Server am Standort München", True),
        ("How a pump works", "Why our valve leaked", False),
        ("How a pump works", "How a pump works", False),
    ],
)
def test_titles_of_a_series(title: str, other: str, same: bool) -> None:
    assert is_series(title, other) is same
