"""A release in both languages, and what a blog made of it."""

from datetime import UTC, datetime

from bloglint.engine.linter import lint_blog
from bloglint.model import Blog, Finding, Post, Verdict
from bloglint.press.index import Newsroom
from bloglint.rules import load_rules

RULES = load_rules()
AS_OF = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)

RELEASE = {
    "en": """Melldorf, 3 June 2026 – The town of Melldorf has ordered four pumps for its new waterworks \
at the river. The manufacturer Brunn will deliver them in October and mount them in the hall of 1961.

The contract is worth 2,400,000 euros. Two of the pumps carry the load of a normal day, and the others \
take over during floods. According to the company the machines need a third less current than the old \
ones, which ran for thirty years.

"We have waited for this order since the flood of 2021," said Anna Brunn, chief executive of the \
manufacturer. "It secures forty jobs in our workshop for the coming winter."

The work is to last until the spring of next year. During the change the town is supplied from the \
neighbouring valley, so that no household has to go without water.

About Brunn

Brunn Pumps plc was founded in 1923 and employs 180 people at two sites. It is a leading provider of \
pumps for waterworks, breweries and ships.""",
    "de": """Melldorf, 3. Juni 2026 – Die Stadt Melldorf hat vier Pumpen für ihr neues Wasserwerk am \
Fluss bestellt. Der Hersteller Brunn liefert sie im Oktober und montiert sie in der Halle von 1961.

Der Auftrag hat einen Wert von 2.400.000 Euro. Zwei der Pumpen tragen die Last eines gewöhnlichen \
Tages, die anderen übernehmen bei Hochwasser. Laut Unternehmen brauchen die Maschinen ein Drittel \
weniger Strom als die alten, die dreißig Jahre lang gelaufen sind.

„Auf diesen Auftrag haben wir seit dem Hochwasser von 2021 gewartet“, sagte Anna Brunn, Vorständin \
des Herstellers. „Er sichert vierzig Stellen in unserer Werkstatt für den kommenden Winter.“

Die Arbeiten sollen bis zum Frühjahr des nächsten Jahres dauern. Während des Umbaus wird die Stadt aus \
dem Nachbartal versorgt, sodass kein Haushalt ohne Wasser auskommen muss.

Über Brunn

Die Brunn Pumpen AG wurde 1923 gegründet und beschäftigt 180 Menschen an zwei Standorten. Sie ist ein \
führender Anbieter von Pumpen für Wasserwerke, Brauereien und Schiffe.""",
}
#: Shortened, moved round, in the first person, with other words here and there.
CUT = {
    "en": """Great news from our workshop!

The work will last until the spring of next year. During the rebuilding the town is supplied from the \
neighbouring valley, so that no household must go without water.

The town of Melldorf ordered four of our pumps for its new waterworks at the river. We deliver them in \
October and mount them in the old hall of 1961. The contract is worth 2.4 million euros. Two of the \
pumps carry the load of a usual day, the others take over during floods.""",
    "de": """Tolle Nachrichten aus unserer Werkstatt!

Die Arbeiten werden bis zum Frühjahr des nächsten Jahres dauern. Während der Bauzeit wird die Stadt \
aus dem Nachbartal versorgt, sodass kein Haushalt ohne Wasser bleiben muss.

Die Stadt Melldorf bestellte vier unserer Pumpen für ihr neues Wasserwerk am Fluss. Wir liefern sie im \
Oktober und montieren sie in der alten Halle von 1961. Der Auftrag ist 2,4 Millionen Euro wert. Zwei \
der Pumpen tragen die Last eines normalen Tages, die anderen übernehmen bei Hochwasser.""",
}
#: The same event, told by somebody who was there.
OWN = {
    "en": """I drove to Melldorf on a wet Tuesday to measure the hall, and nobody had told me about the \
pillar. It stands where pump three should go, and the drawing from 1961 simply leaves it out.

We argued for an hour over coffee. Could the fourth machine sit lower? Could the crane pass? In the end \
Anna Brunn drew a sketch on a napkin that moved all four of them by forty centimetres. That napkin is \
what the town signed for, give or take a comma, and the 2,400,000 euros include my pillar.""",
    "de": """An einem nassen Dienstag bin ich nach Melldorf gefahren, um die Halle auszumessen, und von \
dem Pfeiler hatte mir keiner erzählt. Er steht genau dort, wo Pumpe drei hinsoll, und in der Zeichnung \
von 1961 fehlt er einfach.

Eine Stunde haben wir beim Kaffee gestritten. Passt die vierte Maschine tiefer? Kommt der Kran vorbei? \
Am Ende zeichnete Anna Brunn eine Skizze auf eine Serviette, die alle vier um vierzig Zentimeter \
verschob. Diese Serviette hat die Stadt unterschrieben, und in den 2.400.000 Euro steckt mein Pfeiler.""",
}
#: Release and post on something else, in the same languages.
OTHER = {
    "en": "The oldest pump of the workshop stands in a garden now. Children climb on it, and nobody "
    "remembers who painted it blue. The fitter who knew died in March, and his notebook with the "
    "recipes for seals, greases and soups has been looked for ever since, behind every cupboard.",
    "de": "Die älteste Pumpe der Werkstatt steht heute in einem Garten. Kinder klettern auf ihr herum, "
    "und niemand weiß mehr, wer sie blau gestrichen hat. Der Monteur, der es wusste, starb im März, "
    "und sein Notizbuch mit Rezepten für Dichtungen, Fette und Suppen wird seither überall gesucht.",
}


def post(text: str, language: str, day: int = 10, name: str = "p", **fields: object) -> Post:
    """A post of June 2026."""
    when = datetime(2026, 6, day, 9, tzinfo=UTC)
    return Post(name, f"Post {name}", text, published=when, language=language, **fields)  # type: ignore[arg-type]


def release(
    language: str, day: int | None = 3, name: str = "r", text: str = "", **fields: object
) -> Post:
    """A press release of June 2026."""
    when = datetime(2026, 6, day, 8, tzinfo=UTC) if day else None
    source = text or RELEASE[language]
    return Post(name, f"Release {name}", source, published=when, language=language, **fields)  # type: ignore[arg-type]


def verdict(posts: list[Post], releases: list[Post] | Newsroom | None) -> Verdict:
    """The verdict on a blog of these posts."""
    room = Newsroom.of(releases) if isinstance(releases, list) else releases
    return lint_blog(Blog("x", posts=tuple(posts)), RULES, as_of=AS_OF, press=room)


def taken(one: Verdict, rule: str = "recycling-press") -> list[Finding]:
    """The findings of one rule."""
    return [finding for finding in one.findings if finding.rule == rule]
