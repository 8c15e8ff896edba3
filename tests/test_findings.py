"""Findings that an editor signs: what is a slip, praise or a call, and what only looks like one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bloglint.config import Config
from bloglint.engine.linter import lint_blog
from bloglint.model import Blog, Finding, Post
from bloglint.reporters.groups import grouped, others_said
from bloglint.rules import load_rules
from bloglint.text.sentences import sentence_ends

AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)
RULES = load_rules()
PREVIEW = Config(preview=True)
#: Any phrase, in any post.
ANY_PRAISE = Config(
    options={
        "advertorial-self-praise": {"least": 0.0, "allowed": 0},
        "advertorial-superlative": {"least": 0.0, "allowed": 0},
    }
)
FILLER = {
    "en": "We took the pump apart on the bench. It had run for years and then it stopped. ",
    "de": "Wir haben die Pumpe auf der Bank zerlegt. Sie lief jahrelang, dann stand sie still. ",
}


def found(
    text: str, language: str, rule: str, *more: str, config: Config = PREVIEW
) -> list[Finding]:
    posts = tuple(
        Post(
            f"p{n}.md",
            f"P{n}",
            one,
            one.find("\n---\n") + 5 if one.startswith("---\n") else 0,
            published=AS_OF,
            language=language,
            path=f"p{n}.md",
        )
        for n, one in enumerate((text, *more))
    )
    verdict = lint_blog(Blog("x", title="Pumpwerk", posts=posts), RULES, as_of=AS_OF, config=config)
    return [one for one in verdict.findings if one.rule == rule and one.post == "p0.md"]


def slips(text: str, language: str) -> list[str]:
    text = f"{FILLER[language]}\n\n{text}\n"
    return [str(one.quote) for one in found(text, language, "bloat-unedited")]


@pytest.mark.parametrize(
    "text",
    [
        "Wir prüfen Farben, die die Fassade schützen.",
        "Es gibt Bretter, auf die die Sonne scheint, und ein Verfahren, das das Holz härtet.",
        "Das ist die Frau, der der Laden gehört, und der Mann, den den ganzen Tag keiner sah.",
        "Wir folgen der der Nachbarin. Früher war das das Übliche. Wir wissen, dass es es gibt.",
        "Wir suchen eine Gärtner/in in Teilzeit. Das Check-In in der Halle beginnt um acht.",
        "Am Abend sah er, dass die Waren waren wie zuvor. Er fängt an an der Tür.",
        "Das war sehr sehr schön. Er rief: nein, nein, nein.",
    ],
)
def test_german_doubles_that_are_right(text: str) -> None:
    assert slips(text, "de") == []


@pytest.mark.parametrize(
    "text",
    [
        "We know that that pump had had a fault. What we do do well is wait. Her her pump ran.",
        "What it is is a pump. Have a look at at least two. Log in in the morning.",
        "It is love love love. When we are done done, we are done. No no, it ran.",
        "Read the [manual] [manual] and the **pump** pump. It was _like_ like a song.",
        "Run `pump -I test test/x` and set `--shelves` shelves.",
        "The The sang, and Boutros Boutros came.",
    ],
)
def test_english_doubles_that_are_right(text: str) -> None:
    assert slips(text, "en") == []


@pytest.mark.parametrize(
    ("text", "language", "slip"),
    [
        ("We saw the the pump.", "en", "the the"),
        ("It has to to run.", "en", "to to"),
        ("We have a a pump.", "en", None),
        ("Wir sahen die Pumpe und und den Motor.", "de", "und und"),
        ("Sie steht auf auf dem Hof.", "de", "auf auf"),
        ("Das haben haben wir gesehen.", "de", "haben haben"),
        ("The *pump* stood on the the bench.", "en", "the the"),
    ],
)
def test_real_doubles_are_found(text: str, language: str, slip: str | None) -> None:
    assert slips(text, language) == ([slip] if slip else [])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ('Der Kurs heißt „Streichen ohne Tropfen" und dauert zwei Stunden.', "de"),
        ('Das Heft "Farben mischen“ liegt aus. “Das können wir besser“, sagt sie.', "de"),
        ("Er sagte „Wir gehen” und ging, „sofort“, wie er sagte.", "de"),
        ("„Erst der eine Absatz.\n\n„Dann der andere“, sagte er.", "de"),
        ("“The first paragraph goes on.\n\n“And here it ends,” she said.", "en"),
        ("“The first paragraph goes on.\n\nAnd here it ends,” she said.", "en"),
        ('She said “stop" and left. A 5" pipe, a 6″ pipe and the ’90s.', "en"),
        ("We call `.then((x) => {` and wait. It works :(", "en"),
    ],
)
def test_quotations_and_brackets_that_are_closed(text: str, language: str) -> None:
    assert slips(text, language) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Sie sagte: „Wir gehen jetzt und kommen nicht wieder.", "de"),
        ("She said “we leave now and will not come back.", "en"),
        ("We left (at five and came back at six.", "en"),
    ],
)
def test_quotations_and_brackets_that_are_not_closed(text: str, language: str) -> None:
    assert len(slips(text, language)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Lorem Ipsum is the text that printers use.",
        "Write \\[your industry\\] into the box, or use `[insert figure]`.",
        "Feel free to [add a ticket] [tickets] or [insert one](x).",
    ],
)
def test_placeholders_that_are_spoken_of(text: str) -> None:
    assert slips(text, "en") == []


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("de", '"Ich lebe am See. Im Winter baue ich Boote. Seit Mai kartiere ich Wege."', 3),
        ("de", "„Wir sind spät gestartet. Die Würfe saßen nicht. Dann lief es“, sagt er.", 3),
        ("de", "Man sagt: „Es läuft. Wirklich“, und geht.", 1),
        ("de", "Wir bauten das Werk. 9 Leute kamen. 2,5 Liter liefen aus.", 3),
        ("de", "Die Seite ist neu. cloud.gov hilft dabei. npm lief.", 3),
        ("de", "Es gibt Holz, Steine usw. Und dann kam der Regen.", 2),
        (
            "de",
            "Die Fa. Muster kam mit Dipl.-Ing. Ada Muster am 3. März, vgl. Abs. 3 und Eq. 5.",
            1,
        ),
        ("en", "The boss (We tried it twice. It failed. Then it ran.) was glad.", 3),
        ("en", "“We left late. The pump was cold. Then it ran,” says Ada. She smiled.", 4),
        ("en", "We moved the site. npm was slow. cloud.gov helped. iOS came last.", 4),
        ("en", "See Eq. 5 and Sec. 3 for more, as of Sept. 4 in the list.", 1),
    ],
)
def test_sentences_are_counted_as_an_editor_counts(language: str, text: str, count: int) -> None:
    assert len(sentence_ends(text, language)) == count


@pytest.mark.parametrize("mark", ["**{}**", "<b>{}</b>", "__{}__"])
def test_bold_questions_divide_an_interview(mark: str) -> None:
    parts = [
        f"{mark.format(f'How did it begin, part {n}?')}\n\n{FILLER['en'] * 12}" for n in range(5)
    ]
    assert found("\n\n".join(parts), "en", "bloat-structure") == []
    assert found("\n\n".join([FILLER["en"] * 12] * 5), "en", "bloat-structure")


@pytest.mark.parametrize(
    "box",
    [
        '{% include partials/infobox.liquid float="left" headline="Making" %}',
        '{%- include quote.html text="We left." -%}',
        '{{< youtube id="w7Ft2ymGmfc" >}}',
    ],
)
def test_boxes_that_a_generator_puts_in_divide_a_text(box: str) -> None:
    parts = [FILLER["en"] * 12] * 5
    assert found(f"\n\n{box}\n\n".join(parts), "en", "bloat-structure") == []
    inline = box.replace("\n", " ")
    picture = '[<img src="pump.jpg" alt="The pump">](pump.jpg)'
    assert found(f"\n\n{picture} ".join(parts), "en", "bloat-structure") == []
    assert found(f"\n\nSee {inline} here.\n\n".join(parts), "en", "bloat-structure")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Do not open the door before the light is green and the fan stands still.",
         "Do open the door before the light is green and the fan stands still."),
        ("The small machine comes with 16 GB of memory and two disks in a row.",
         "The small machine comes with 128 GB of memory and two disks in a row."),
        ("The tool writes the result as plain text into the folder of the day.",
         "The tool writes the result as json text into the folder of the day."),
    ],
)  # fmt: skip
def test_sentences_that_differ_in_what_matters_do_not_repeat(one: str, other: str) -> None:
    assert slips(f"{one} It took a week. {other}", "en") == []


def test_a_refrain_is_one_finding() -> None:
    again = "We replaced the old seal with a new one made of better rubber."
    text = "\n\n".join(f"{again} " + " ".join(f"Step {n} {k} took us a day." for k in range(9))
                       for n in range(4))  # fmt: skip
    assert len(slips(text, "en")) <= 1


@pytest.mark.parametrize(
    ("language", "rule", "text"),
    [
        ("de", "testimonial", "Ich bin überzeugt davon. Die Kinder waren sehr begeistert. Wer neu "
         "anfängt, dem kann ich nur empfehlen, klein zu beginnen."),
        ("de", "testimonial", "Entscheidet sich der Kunde für unser Paket A, baut er selbst. "
         "Entscheidet sich der Kunde für unser Paket B, betreiben wir die Anlage."),
        ("en", "testimonial", "Surveys show how customer satisfaction changes. A customer "
         "satisfaction score fits on a slide."),
        ("de", "call-to-action", "Starte jetzt den Debugger. In einem Fenster testen wir unseren "
         "Endpunkt. Folge dem Dialog und wähle den Anbieter deiner Wahl."),
        ("en", "call-to-action", "Two years ago she decided to give it a try. They read more about "
         "our hiring of students. You can read more about it in our manual."),
        ("en", "superlative", "Where do you find the best gas prices? The map shows the best gas "
         "prices on the road. It is the best solution they had."),
        ("en", "superlative", "We cut the time by 40 %, the best result in the industry, as the "
         "study measured. Our pump moved 8 litres, the best in the market."),
        ("en", "seal", "The team from the port won the award for biggest impact. One was awarded "
         "best bug fix, and another took home a prize."),
    ],
)  # fmt: skip
def test_what_only_looks_like_an_advert(language: str, rule: str, text: str) -> None:
    assert found(text, language, f"advertorial-{rule}") == []


@pytest.mark.parametrize(
    ("language", "rule", "text"),
    [
        ("en", "testimonial", "“The best decision we ever made, it exceeded our expectations,” "
         "says Jane. Our customers love us, and thousands of satisfied customers trust our pumps."),
        ("en", "call-to-action", "Contact us today. Book your free demo, and order now."),
        ("de", "call-to-action", "Jetzt bestellen! Vereinbaren Sie noch heute eine Demo."),
        ("en", "superlative", "Our new pump is truly unique. It is the perfect solution for us."),
        ("en", "seal", "We won the innovation award and were named best employer."),
    ],
)  # fmt: skip
def test_what_is_an_advert(language: str, rule: str, text: str) -> None:
    assert found(text, language, f"advertorial-{rule}")


def test_a_bilingual_post_addresses_nobody_in_two_ways() -> None:
    both = (
        "Auf der Liste finden Sie die Projekte. Wenn Sie helfen wollen, schreiben Sie uns.\n\n"
        "The list shows the projects. If you want to help us, please write to us. Your name will "
        "be printed on the poster, and you will get a ticket."
    )
    assert found(both, "de", "dialogue-address") == []
    mixed = (
        "Das Haus lädt Sie und euch alle ein. Wir freuen uns, Sie und Euch wieder begrüßen zu "
        "dürfen. Melde dich bis Freitag, und bringen Sie bitte eine Tasse mit."
    )
    assert found(mixed, "de", "dialogue-address")


@pytest.mark.parametrize(
    "end",
    [
        "**We’d love to hear what YOUR Friday is like!** Shoot us an email at x@pump.example.",
        "If you find anything interesting while playing, email me and we'll write about it!",
        "Come and talk to us in our Slack, or open an issue.",
    ],
)
def test_ends_that_invite(end: str) -> None:
    assert found(f"{FILLER['en'] * 10}\n\n{end}", "en", "dialogue-invitation") == []


def test_the_quoted_end_is_a_sentence_of_the_author() -> None:
    end = "So much for the halls.\n\n(_Photo by\n[Rita](https://p.example/@rita)\non\n[P](x)._)\n"
    (finding,) = found(f"{FILLER['en'] * 10}\n\n{end}", "en", "dialogue-invitation")
    assert finding.quote == "So much for the halls."


@pytest.mark.parametrize(
    ("language", "footer"),
    [
        (
            "en",
            "## Getting help\n\nIf you have any questions, please raise an issue or write to us.",
        ),
        (
            "de",
            "## Kontakt\n\nWenn ihr Fragen habt, schreibt uns eine Mail oder kommt in den Chat.",
        ),
    ],
)
def test_a_standing_footer_may_invite(language: str, footer: str) -> None:
    bodies = [
        f"{FILLER[language].replace('e', letter)}{FILLER[language] * 9}" for letter in "eaiouy"
    ]
    with_footer = [f"{body}\n\n{footer}" for body in bodies]
    assert found(with_footer[0], language, "dialogue-invitation", *with_footer[1:]) == []
    assert found(bodies[0], language, "dialogue-invitation", *bodies[1:])


@pytest.mark.parametrize(
    ("language", "end"),
    [
        ("en", "We are eagerly awaiting feedback from the community."),
        ("en", "We're always happy to hear from you, our users, about what you think."),
        ("en", "Don't hesitate to open a pull request."),
        ("en", "If you have any questions setting it up, please post in our forum."),
        ("de", "Wer Interesse hat, ist herzlich eingeladen, sich bei uns zu melden."),
        ("de", "Falls Sie einen Fehler finden, sind wir froh, wenn Sie ihn mitteilen."),
        ("de", "Wir freuen uns über Hinweise für Ergänzungen."),
        ("de", "Dabei laden wir euch zu einer offenen Diskussion ein."),
    ],
)
def test_invitations_of_real_blogs(language: str, end: str) -> None:
    assert found(f"{FILLER[language] * 10}\n\n{end}", language, "dialogue-invitation") == []


def test_a_quotation_of_several_sentences_ends_behind_a_bracket() -> None:
    text = '"I live by the sea (in a small, old house). I build pumps. I like them."'
    assert len(sentence_ends(text, "en")) == 3


def test_doubled_words_of_other_languages_are_not_judged() -> None:
    french = "Nous nous en occupons chaque jour, et vous vous demandez comment cela marche ici. "
    assert slips(french * 3, "de") == []


def test_release_notes_need_no_closing_question() -> None:
    post = Post("p", "Pump 0.3.0 released", FILLER["en"] * 10, published=AS_OF, language="en")
    verdict = lint_blog(Blog("x", posts=(post,)), RULES, as_of=AS_OF)
    assert not [one for one in verdict.findings if one.rule == "dialogue-invitation"]


def test_the_spelling_with_a_capital_inside_is_the_right_one() -> None:
    text = f"{FILLER['en']} We use Github, then Github again, and GitHub once."
    (finding,) = found(text, "en", "bloat-unedited")
    assert finding.quote == "Github"


@pytest.mark.parametrize(
    ("language", "rule", "text", "count"),
    [
        ("en", "advertorial-self-praise", "Seal is a revolutionary, award-winning norm.", 0),
        ("en", "advertorial-self-praise", "They are proud of their world-class service.", 0),
        ("en", "advertorial-self-praise", "We offer a revolutionary, award-winning service.", 2),
        ("de", "advertorial-self-praise", "Die Norm ist eine revolutionäre Neuerung.", 0),
        ("de", "advertorial-self-praise", "Unsere Norm ist eine revolutionäre Neuerung.", 1),
        (
            "de",
            "advertorial-superlative",
            "## Einmalig\n\nZehn Euro.\n\n## Monatlich\n\nEin Euro.",
            0,
        ),
        ("de", "advertorial-superlative", "## Unser einmaliges Angebot\n\nEine Pumpe.", 1),
    ],
)
def test_praise_counts_where_the_company_speaks_of_itself(
    language: str, rule: str, text: str, count: int
) -> None:
    assert len(found(text, language, rule, config=ANY_PRAISE)) == count


def test_a_blog_that_hardly_credits_its_pictures_has_no_such_habit() -> None:
    text = f"![The port](a.jpg)\n\n{FILLER['en'] * 8}"
    others = [f"![The yard {n}](yard-{n}.jpg)\n\n{FILLER['en'] * 8}" for n in range(5)]
    assert found(text, "en", "craft-image-credit", CREDITED, *others) == []
    assert found(text, "en", "craft-image-credit", CREDITED)


def test_the_subject_of_a_post_is_no_jargon() -> None:
    text = f"Best practices help. Our mindset and learnings too. {FILLER['en'] * 4}"
    assert len(found(text, "en", "craft-jargon")) == 3
    assert found(f"## Three best practices\n\n{text}", "en", "craft-jargon") == []


def test_findings_of_a_rule_in_a_post_are_grouped() -> None:
    text = f"Our mindset changed.\n\nThe learnings too.\n\nBest practices help. {FILLER['en'] * 4}"
    findings = found(text, "en", "craft-jargon")
    (group,) = grouped(findings)
    assert (group.first, group.size) == (findings[0], len(findings))
    assert others_said(group, "en") == "2 more in this post, lines 3, 5"
    assert others_said(group, "de") == "2 weitere Stellen in diesem Beitrag, Zeilen 3, 5"
    assert others_said(grouped(findings[:1])[0], "en") == ""


CREDITED = (
    "The motor. ![The motor](motor.jpg) ![Its shaft](b.jpg) ![Its seal](c.jpg) ![Its hood](d.jpg) "
    "![Its bed](e.jpg) ![Its oil](f.jpg) ![Its belt](g.jpg) Photos: Bob Marsh"
)


@pytest.mark.parametrize(
    ("pictures", "count"),
    [
        ("![The new screen](/img/screen-1.png) ![Chart of counts](/img/c.png)", 0),
        ("![The new hall](hall.png)", 0),
        ("![The port](a.jpg)\n\n*Foto Meier*", 0),
        ("![A diagram](a.svg) ![The logo of Acme](acme.png)", 0),
        ("![The port](a.jpg)\n\n![The hall](b.jpg)\n\n![The yard](c.jpg)", 1),
    ],
)
def test_pictures_without_a_credit_are_one_finding(pictures: str, count: int) -> None:
    text = f"{FILLER['en']}\n\n{pictures}\n\n{FILLER['en'] * 8}"
    assert len(found(text, "en", "craft-image-credit", CREDITED)) == count


@pytest.mark.parametrize(
    ("pictures", "count"),
    [
        ("![](a.jpg) ![](b.jpg) ![](c.jpg)", 1),
        ("[![Meerfirma](logos/meerfirma.png)](https://m.example/)", 0),
        ("<img src='ornament.png' alt=''>", 0),
        ("![pump](pump.jpg)", 1),
    ],
)
def test_alternative_texts(pictures: str, count: int) -> None:
    assert len(found(f"{FILLER['en']}\n\n{pictures}\n", "en", "craft-alt-text")) == count


@pytest.mark.parametrize(
    ("head", "count"),
    [
        ("image: pump.jpg\nimage_alt: The open pump on a bench", 0),
        ("heroImage: img/pump.jpg\nheroImageAlt: 'The open pump'", 0),
        ("images:\n- src: pump.jpg\n  alt: The open pump", 0),
        ("image: pump.jpg\nimage_alt: ''", 1),
        ("image: other.jpg\nimage_alt: The other pump", 1),
    ],
)
def test_alternative_texts_in_front_matter(head: str, count: int) -> None:
    text = f"---\ntitle: The pump\n{head}\n---\n{FILLER['en']}\n\n![](pump.jpg)\n"
    assert len(found(text, "en", "craft-alt-text")) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("GET and POST are verbs. GET reads, POST writes. CSV and YAML, PHP and CSV and YAML.", 0),
        ("The [XRP](https://x.example) is new. The XRP runs.", 0),
        ("Run `XRP` now. The XRP runs.", 0),
        ("The XRP is new. The XRP runs.", 1),
    ],
)
def test_acronyms(text: str, count: int) -> None:
    text = f"{text} {FILLER['en']}"
    assert len(found(text, "en", "craft-jargon", config=Config(profile="strict"))) == count
    assert found(text, "en", "craft-jargon") == []  # readers of the field may know them


ANSWER = "We took the pump apart on the bench and put it together again before noon. " * 20


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"**Why does it leak {n}?**\n\n{ANSWER}\n\n" for n in range(3)),
        "".join(f"**Why does it leak {n}?**<br>{ANSWER}\n\n" for n in range(3)),
        "".join(f"**Why does it leak {n}?**  \n{ANSWER}\n\n" for n in range(3)),
        "".join(f"**The pump:** {ANSWER}\n\n" for n in range(3)),
        "".join(f"<p><b>Why does it leak {n}?</b><br>{ANSWER}</p>" for n in range(3)),
        "".join(f"*Why does it leak {n}?*\n\n{ANSWER}\n\n" for n in range(3)),
        "".join(f"_The pump, part {n}_\n\n{ANSWER}\n\n" for n in range(3)),
        "".join(f"<p><em>The pump, part {n}</em></p>\n\n{ANSWER}\n\n" for n in range(3)),
        "".join(f"##The pump, part {n}\n\n{ANSWER}\n\n" for n in range(3)),
        "We stood by the pump  \nand heard the rain,  \nit ran all night  \nand leaked again.\n\n"
        * 40,
    ],
)
def test_a_question_or_cue_in_bold_type_divides_a_text(text: str) -> None:
    walls = [one for one in found(text, "en", "bloat-structure") if one.value]
    assert walls == []


def test_bold_words_in_a_sentence_divide_nothing() -> None:
    text = "".join(f"**The pump** leaks. *Never again.* {ANSWER}\n\n" for _ in range(3))
    assert len(found(text, "en", "bloat-structure")) == 1


def test_a_question_before_a_line_break_is_a_paragraph() -> None:
    words = "We took the pump apart and put it together again. " * 16  # 160 words
    question = "**Why did the pump in the old hall leak again and again this year?**"
    (finding,) = found(f"{question}<br>\n{words}", "en", "bloat-paragraphs")
    assert "A paragraph of 160 words" in str(finding.message)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("To take part, [add a ticket] [tickets].", []),
        ("To take part, [add a ticket] [tickets].\n\n[tickets]: https://x.example/tickets", []),
        ("There is nobody to talk to to get it done.", []),
        ("It saves [add figure] per cent.", ["[add figure]"]),
    ],
)
def test_placeholders_and_what_looks_like_one(text: str, quotes: list[str]) -> None:
    assert slips(text, "en") == quotes


def test_steps_may_repeat_themselves() -> None:
    step = "Install the new valve in the old pump with the long spanner."
    between = "The second pump is blue, and new here."
    twice = f"{{0}}{step}\n\n{between}\n\n{{0}}{step}"
    assert slips(twice.format("- "), "en") == []
    assert slips(twice.format(""), "en") == [step]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Er las den Anfang „und dann wie ein großes Scheiß“ laut vor. Alle hörten zu."),
        ("de", "Er sagte „Scheiß“ und „Spaß“, und „Ä“ sagte er auch noch."),
        ("en", "Some call it “work work”, as against the work that they like to do."),
    ],
)
def test_correct_letters_and_coinages_are_no_slips(language: str, text: str) -> None:
    assert slips(text, language) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('She said "we are nearly there and went home. The pump ran.', 1),
        ('She said "we are nearly there" and went home. The pump ran.', 0),
        ('The "pump" and the "valve" have a 12" pipe and a seal of rubber.', 0),
        ('She said "we are nearly there.\n\n"And then we waited for the rain."', 0),
    ],
)
def test_a_straight_mark_that_nobody_closes(text: str, count: int) -> None:
    assert len(slips(text, "en")) == count


def test_what_recurs_under_each_entry_is_no_repetition() -> None:
    note = "We do not recommend this version because its pump may stop at night. "
    entry = f"{FILLER['en'] * 4}{{}}\n\n"
    assert found(entry.format(note) * 2, "en", "bloat-unedited")
    assert not found(entry.format(note) * 3, "en", "bloat-unedited")
    link = "If the film does not play, you can load it [from our own site](x.mp4) as well. "
    assert not found(entry.format(link) * 2, "en", "bloat-unedited")


@pytest.mark.parametrize("line", ["  \n", "\\\n", "<br>"])
def test_lines_that_the_author_broke_are_paragraphs_of_their_own(line: str) -> None:
    words = FILLER["en"] * 6
    assert found(words * 2, "en", "bloat-paragraphs")
    assert not found(f"{words.strip()}{line}{words}", "en", "bloat-paragraphs")


def test_captions_alone_are_no_habit_of_naming_photographers() -> None:
    captions = "".join(
        f"<figure><img src='{n}.jpg' alt='The port'><figcaption>The port</figcaption></figure>"
        for n in range(4)
    )
    text = f"{FILLER['en']}\n\n![The hall](hall.jpg)\n\n{FILLER['en'] * 8}"
    assert not found(text, "en", "craft-image-credit", f"The port.\n\n{captions}")


def test_a_long_text_with_a_heading_for_each_part_is_no_error() -> None:
    part = FILLER["en"] * 55
    assert [one.severity for one in found(part * 6, "en", "bloat-length")] == ["error"]
    parts = "".join(f"## Part {n}\n\n{part}\n\n" for n in range(6))
    assert [one.severity for one in found(parts, "en", "bloat-length")] != ["error"]
