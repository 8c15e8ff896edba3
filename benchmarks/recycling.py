"""Measures how surely a post is traced to its press release, and what a large newsroom costs.

``python benchmarks/recycling.py --data ../shared/data`` writes the tables of docs/recycling.md. The
data are other people's texts that are not ours to ship. ``--sizes 1000 10000 100000`` builds
made-up newsrooms of so many releases; without sizes that part is left as it is.
"""

import argparse
import math
import random
import re
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from statistics import mean, median

from figures import Row, auc, interval, lines, table
from labels import ENGLISH, GERMAN, posts_of

from bloglint.checks.compare import Compared, compare
from bloglint.checks.context import Context
from bloglint.checks.results import Hit
from bloglint.checks.reuse import press
from bloglint.engine.linter import effective_options
from bloglint.model import Blog, Post
from bloglint.press.index import Index, Newsroom, Part
from bloglint.rules import load_rules
from bloglint.sources import read_blog
from bloglint.text.document import Document
from bloglint.text.sentences import sentence_ends
from bloglint.text.shingles import shingles, telling_words

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "docs" / "recycling.md"
RULES = load_rules()
OPTIONS = effective_options(RULES, "standard", {})
LIMIT = OPTIONS["recycling-press"].limit
NOW = datetime(2026, 6, 30, tzinfo=UTC)
#: Changes are made on a piece of so many sentences: the length of a release.
SENTENCES = 24
#: Posts of a blog that are judged, and how many posts of other blogs make up their newsroom.
OF_A_BLOG, OTHERS = 40, 600


def sentences(text: str, language: str) -> list[str]:
    """The sentences of a text."""
    found, start = [], 0
    for end in sentence_ends(text, language):
        if text[start:end].strip():
            found.append(" ".join(text[start:end].split()))
        start = end
    return found


@dataclass
class Change:
    """What is done to a release: ``make`` gives the post and how much of it was taken."""

    name: str
    make: Callable[[list[str], str, Sequence[str], random.Random], tuple[str, float]]


def whole(parts: Sequence[str]) -> str:
    """Sentences as a text."""
    return " ".join(parts)


def cut(share: float) -> Change:
    """The first sentences, in so far as a release begins with what matters."""
    return Change(f"cut to {share:.0%}", lambda s, *_: (whole(_first(s, share)), 1.0))


def _first(parts: Sequence[str], share: float) -> list[str]:
    return list(parts[: max(2, round(len(parts) * share))])


def _thinned(
    s: list[str], language: str, pool: Sequence[str], r: random.Random
) -> tuple[str, float]:
    kept = [one for one in s if r.random() < 0.4]
    return whole(kept if len(kept) > 1 else s[:2]), 1.0


def _reordered(
    s: list[str], language: str, pool: Sequence[str], r: random.Random
) -> tuple[str, float]:
    return whole(r.sample(s, len(s))), 1.0


def _lead(s: list[str], language: str, pool: Sequence[str], r: random.Random) -> tuple[str, float]:
    lead = whole(r.choices(pool, k=25)) + "."
    rest = whole(_first(s[2:], 0.6))
    return f"{lead} {rest}", len(rest.split()) / (len(rest.split()) + 25)


_PERSON = {
    "de": {
        "er": "wir",
        "sie": "wir",
        "das Unternehmen": "wir",
        "die Firma": "wir",
        "sein": "unser",
        "seine": "unsere",
        "ihre": "unsere",
        "ihr": "unser",
        "hat": "haben",
        "ist": "sind",
        "wird": "werden",
        "soll": "sollen",
        "kann": "können",
        "habe": "haben",
        "sei": "sind",
    },
    "en": {
        "he": "we",
        "she": "we",
        "they": "we",
        "the company": "we",
        "its": "our",
        "their": "our",
        "his": "our",
        "has": "have",
        "is": "are",
        "was": "were",
        "does": "do",
        "it": "we",
    },
}
_TENSE = {
    "de": {
        "ist": "war",
        "sind": "waren",
        "hat": "hatte",
        "haben": "hatten",
        "wird": "wurde",
        "werden": "wurden",
        "kann": "konnte",
        "soll": "sollte",
        "will": "wollte",
        "sagt": "sagte",
        "gibt": "gab",
        "geht": "ging",
        "kommt": "kam",
        "steht": "stand",
        "heißt": "hieß",
    },
    "en": {
        "is": "was",
        "are": "were",
        "has": "had",
        "have": "had",
        "will": "would",
        "can": "could",
        "does": "did",
        "do": "did",
        "makes": "made",
        "gets": "got",
        "says": "said",
        "use": "used",
    },
}


def _exchanged(text: str, words: dict[str, str]) -> str:
    for one, other in words.items():
        text = re.sub(rf"\b{one}\b", other, text)
    return text


def _person(
    s: list[str], language: str, pool: Sequence[str], r: random.Random
) -> tuple[str, float]:
    return _exchanged(whole(s), _PERSON[language]), 1.0


def _tense(s: list[str], language: str, pool: Sequence[str], r: random.Random) -> tuple[str, float]:
    return _exchanged(whole(s), _TENSE[language]), 1.0


def every(step: int) -> Change:
    """Every so many words are other ones: no synonym could be further off."""

    def make(
        s: list[str], language: str, pool: Sequence[str], r: random.Random
    ) -> tuple[str, float]:
        words = whole(s).split()
        for n in range(r.randrange(step), len(words), step):
            end = re.search(r"\W*$", words[n])
            words[n] = r.choice(pool) + (end.group() if end else "")
        return whole(words), 1.0

    return Change(f"every {step}th word another", make)


def _joined(
    s: list[str], language: str, pool: Sequence[str], r: random.Random
) -> tuple[str, float]:
    link = {"de": ", und ", "en": ", and "}[language]
    text = s[0]
    for n, one in enumerate(s[1:], 1):
        text = text.rstrip(".") + link + one[:1].lower() + one[1:] if n % 2 else f"{text} {one}"
    return text, 1.0


def _split(s: list[str], language: str, pool: Sequence[str], r: random.Random) -> tuple[str, float]:
    return whole(re.sub(r", (\w)", lambda m: ". " + m[1].upper(), one) for one in s), 1.0


def _typed(s: list[str], language: str, pool: Sequence[str], r: random.Random) -> tuple[str, float]:
    text = whole(s)
    for one, other in {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", '"': "”", "'": "’"}.items():
        text = text.replace(one, other)
    text = re.sub(r"(\d)[.,](\d{3})\b", r"\1\2", text)
    return re.sub(r"(\w{5})(\w{5})", "\\1\u00ad\\2", text), 1.0


def _half_own(
    s: list[str], language: str, pool: Sequence[str], r: random.Random
) -> tuple[str, float]:
    taken = whole(_first(s, 0.5))
    own = r.choices(pool, k=len(taken.split()))
    middle = len(own) // 2
    return f"{whole(own[:middle])}. {taken} {whole(own[middle:])}.", 0.5


SINGLE = [
    cut(0.7),
    cut(0.5),
    cut(0.3),
    Change("40 % of the sentences, here and there", _thinned),
    Change("sentences reordered", _reordered),
    Change("new lead, cut", _lead),
    Change("another person", _person),
    Change("another tense", _tense),
    every(8),
    every(4),
    Change("sentences joined", _joined),
    Change("sentences split", _split),
    Change("ae for ä, soft hyphens, quotes, figures", _typed),
    Change("half own text around", _half_own),
]


def both(one: Change, other: Change, more: Change | None = None) -> Change:
    """One change after the other."""

    def make(
        s: list[str], language: str, pool: Sequence[str], r: random.Random
    ) -> tuple[str, float]:
        text, first = one.make(s, language, pool, r)
        text, second = other.make(sentences(text, language), language, pool, r)
        third = 1.0
        if more:
            text, third = more.make(sentences(text, language), language, pool, r)
        return text, first * second * third

    names = [change.name for change in (one, other, more) if change]
    return Change(" + ".join(names), make)


def changes() -> Iterator[Change]:
    """The single changes, all pairs of them, and the hard triples that the aims name."""
    yield from SINGLE
    for one, other in combinations(SINGLE, 2):
        yield both(one, other)
    lead, person, joined = SINGLE[5], SINGLE[6], SINGLE[10]
    yield both(person, lead, every(8))
    yield both(cut(0.5), every(4), joined)


def judged(text: str, language: str, room: Newsroom) -> tuple[float, str | None]:
    """The share taken from the newsroom and the title of the release it is from."""
    context = Context(Blog("x"), NOW, RULES, OPTIONS, press=room)
    document = Document(Post("post", "", text, published=NOW, language=language))
    share, source = 0.0, None
    for result in press(document, OPTIONS["recycling-press"], context):
        if isinstance(result, Hit):
            source = result.evidence["title"]
        elif result.name == "recycled":
            share = result.value or 0.0
    return share, source


def articles(data: Path, language: str) -> list[tuple[str, str]]:
    """Texts with their section: German news, English posts of an engineering blog."""
    if language == "de":
        return [(one["topic"], one["text"]) for one in lines(data / "news-de" / "articles.jsonl")]
    posts = read_blog(str(data / "blogs" / "artsy-engineering" / "_posts")).posts
    texts = [Document(post).prose_text for post in posts]
    return [("engineering", text) for text in texts if len(text.split()) > 150]


def of_changes(data: Path) -> str:
    """Recall, the right source and the error of the share, for every change on both halves."""
    parts = []
    for language in ("de", "en"):
        texts = [text for _, text in articles(data, language)]
        pieces = [sentences(text, language)[:SENTENCES] for text in texts]
        pool = [w for text in texts for w in re.findall(r"\b[^\W\d_]{3,}\b", text)]
        room = Newsroom.of(
            Post(f"r{n}", str(n), whole(piece), language=language) for n, piece in enumerate(pieces)
        )
        rows: list[Row] = []
        pairs: dict[str, list[tuple[float, float, bool]]] = defaultdict(list)
        for change in changes():
            results: dict[int, list[tuple[float, float, bool]]] = {0: [], 1: []}
            single = "+" not in change.name
            for n in range(0, len(pieces), 2 if single else 12):
                for half in (0, 1):
                    at = n + half
                    if at >= len(pieces) or len(pieces[at]) < 4:
                        continue
                    r = random.Random(f"{change.name} {at}")
                    text, taken = change.make(pieces[at], language, pool, r)
                    if len(text.split()) < 40:
                        continue
                    share, source = judged(text, language, room)
                    results[half].append((share, taken, source == str(at)))
            if change.name.count("+") == 1:
                pairs["all pairs of changes"] += results[1]
                pairs["worst pair: " + change.name] = results[1]
                continue
            rows.append(_row(change.name, results[0], results[1]))
        everything = pairs.pop("all pairs of changes")
        worst = min(pairs, key=lambda name: (_recall(pairs[name]), name))
        rows.append(_row(f"all {len(pairs)} pairs of changes", [], everything))
        rows.append(_row(worst, [], pairs[worst]))
        head = [
            {"de": "German news", "en": "English posts"}[language],
            "number",
            "recall",
            "right source",
            "mean share",
            "mean error of the share",
            "recall, other half",
        ]
        parts.append(table(head, rows))
    return "\n\n".join(parts)


def _recall(results: Sequence[tuple[float, float, bool]]) -> float:
    return mean(share > LIMIT for share, _, _ in results) if results else 1.0


def _row(
    name: str,
    chosen: Sequence[tuple[float, float, bool]],
    reported: Sequence[tuple[float, float, bool]],
) -> Row:
    found = [one for one in reported if one[0] > LIMIT]
    return [
        name,
        len(reported),
        _recall(reported),
        mean(one[2] for one in found) if found else "–",
        mean(one[0] for one in reported),
        mean(abs(share - taken) for share, taken, _ in reported),
        _recall(chosen) if chosen else "–",
    ]


def of_unrelated(data: Path) -> str:
    """How many pairs of texts that have nothing to do with each other are taken for a copy."""
    rows: list[Row] = []
    for language in ("de", "en"):
        texts = articles(data, language)
        ready = [
            Compared(Document(Post(str(n), "", text, language=language)), {}, {})
            for n, (_, text) in enumerate(texts)
        ]
        results: dict[str, list[float]] = defaultdict(list)
        for n, copy in enumerate(ready):
            for m, original in enumerate(ready):
                if n == m:
                    continue
                covered = compare(copy, original).covered
                same = texts[n][0] == texts[m][0]
                share = len(covered) / max(1, len(copy.words))
                results["of one section" if same else "of two sections"].append(share)
        for name, shares in results.items():
            high = max(shares)
            rows.append(
                [
                    {"de": "German news", "en": "English posts of one blog"}[language],
                    name,
                    len(shares),
                    sum(s > LIMIT for s in shares),
                    f"{mean(s > LIMIT for s in shares):.4%}",
                    high,
                ]
            )
    rows += [_of_other_blogs(language) for language in ("de", "en")]
    return table(["texts", "pairs", "number", "taken for a copy", "share", "highest share"], rows)


def _of_other_blogs(language: str) -> Row:
    """Posts of real blogs against newsrooms made of the posts of other blogs."""
    names = GERMAN if language == "de" else ENGLISH
    blogs = {
        name: [post for _, post in sorted(posts_of(name).items()) if len(post.body.split()) >= 30]
        for name in names
    }
    drawing = random.Random(1)
    shares: list[float] = []
    for name, posts in blogs.items():
        others = [post for other in names if other != name for post in blogs[other]]
        drawn = drawing.sample(others, min(OTHERS, len(others)))
        room = Newsroom.of(
            Post(f"r{n}", post.title, post.body, language=language) for n, post in enumerate(drawn)
        )
        chosen = drawing.sample(posts, min(OF_A_BLOG, len(posts)))
        shares += [judged(post.body, language, room)[0] for post in chosen]
    kind = f"with {OTHERS} of other blogs, as a newsroom"
    name = {"de": "German posts of 10 blogs", "en": "English posts of 11 blogs"}[language]
    copies = [share > LIMIT for share in shares]
    return [name, kind, len(shares), sum(copies), f"{mean(copies):.4%}", max(shares)]


def of_people() -> str:
    """Posts that people made of releases, and posts on the same events that they did not."""
    rows: list[Row] = []
    for language in ("de", "en"):
        sets = lines(ROOT / "benchmarks" / "data" / f"releases-{language}.jsonl")
        room = Newsroom.of(
            Post(f"r{n}", one["title"], one["release"], language=language)
            for n, one in enumerate(sets)
        )
        for half, name in ((0, "choices"), (1, "reported")):
            own = sets[half::2]
            for kind in ("light", "heavy", "mixed", "independent", "discusses"):
                results = [judged(one[kind], language, room) for one in own]
                shares = [share for share, _ in results]
                right = [
                    source == one["title"]
                    for (share, source), one in zip(results, own, strict=True)
                    if share > LIMIT
                ]
                error: object = "–"
                if kind == "mixed":
                    error = mean(
                        abs(s - one["mixed_share"]) for s, one in zip(shares, own, strict=True)
                    )
                again = [
                    mean(s > LIMIT for s in random.Random(n).choices(shares, k=len(shares)))
                    for n in range(400)
                ]
                rows.append(
                    [
                        language,
                        name,
                        kind,
                        len(own),
                        f"{mean(s > LIMIT for s in shares):.2f} ({interval(again)})",
                        mean(right) if right else "–",
                        median(shares),
                        max(shares),
                        error,
                    ]
                )
    head = [
        "language",
        "half",
        "post",
        "number",
        f"taken for a copy (over {LIMIT})",
        "right source",
        "median share",
        "highest share",
        "error of the share",
    ]
    return table(head, rows)


def made_up(texts: Sequence[str], language: str, number: int) -> Post:
    """A release of shuffled sentences in which every fifth word is drawn by its frequency."""
    r = random.Random(number)
    words: list[str] = []
    paragraphs = []
    while len(words) < 260:
        one = r.choice(_SENTENCES[language]).split()
        one = [r.choice(_POOL[language]) if r.random() < 0.2 else word for word in one]
        words += one
        paragraphs.append(whole(one))
    day = NOW - timedelta(days=number % 3000)
    return Post(
        f"r{number}", f"Release {number}", "\n\n".join(paragraphs), published=day, language=language
    )


def of_style() -> str:
    """Whether a text reads like a release, on texts by people who saw no rule."""
    from bloglint.checks.signals import signals

    rule, options = RULES["recycling-style"], OPTIONS["recycling-style"]
    rows: list[Row] = []
    for language in ("de", "en"):
        told: dict[tuple[str, str], list[float]] = defaultdict(list)
        for one in lines(ROOT / "tests" / "heldback" / f"style-{language}.jsonl"):
            post = Post("p", one["title"], one["text"], published=NOW, language=language)
            context = Context(Blog("x"), NOW, RULES, OPTIONS)
            odds = options.base + signals(rule, Document(post), context)[0]
            told[one["label"], one["kind"]].append(1 / (1 + math.exp(-odds)))
        for (label, kind), values in told.items():
            flagged = sum(value > options.limit for value in values)
            rows.append([language, label, kind, len(values), mean(values), flagged])
        real, none = (
            [v for (label, _), values in told.items() if label == kind for v in values]
            for kind in ("release", "post")
        )
        hits, false = (sum(v > options.limit for v in values) for values in (real, none))
        said = (
            f"AUC {auc(real, none):.3f}, precision {hits / (hits + false):.3f}, "
            f"recall {hits / len(real):.3f}"
        )
        rows.append([language, "all", said, len(real) + len(none), "", hits + false])
    head = ["language", "text", "kind", "number", "mean probability", f"over {options.limit}"]
    return table(head, rows)


_SENTENCES: dict[str, list[str]] = {}
_POOL: dict[str, list[str]] = {}


def of_sizes(data: Path, sizes: Sequence[int]) -> str:
    """Time to build and to bring up to date, size, memory and the time of a look-up."""
    texts = [text for _, text in articles(data, "de")]
    _SENTENCES["de"] = [s for t in texts for s in sentences(t, "de") if 5 < len(s.split()) < 40]
    _POOL["de"] = [word for text in texts for word in text.split()]
    rows: list[Row] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "index.sqlite"
            index = Index(path)

            def parts(size: int = size) -> Iterator[Part]:
                for n in range(size):
                    yield Part(f"{n}", b"1", lambda n=n: (made_up(texts, "de", n),))

            making = time.perf_counter()
            for n in range(min(size, 2000)):
                made_up(texts, "de", n)
            made = (time.perf_counter() - making) * size / min(size, 2000)
            start = time.perf_counter()
            index.update(parts)
            build = time.perf_counter() - start - made
            start = time.perf_counter()
            index.update(parts)
            again = time.perf_counter() - start
            bytes_a_release = path.stat().st_size / size
            times, right = [], 0
            room = Newsroom([index])
            for n in range(100):
                number = random.Random(n).randrange(size)
                origin = made_up(texts, "de", number).body.split("\n\n")
                other = made_up(texts, "de", 10**9 + n).body
                document = Document(
                    Post("p", "", f"{whole(origin[: len(origin) // 2])}\n\n{other}")
                )
                wanted = shingles(telling_words(document.own_words, "de"))
                start = time.perf_counter()
                found = room.nearest(wanted, "de", NOW)
                times.append((time.perf_counter() - start) * 1000)
                right += bool(found) and found[0].number == number + 1
            index.close()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        times.sort()
        rows.append(
            [
                f"{size:,}",
                f"{build:.1f} s",
                f"{build / size * 1000:.2f} ms",
                f"{again:.2f} s",
                f"{bytes_a_release:.0f}",
                f"{median(times):.1f} ms",
                f"{times[94]:.1f} ms",
                f"{right} of 100",
                f"{memory:.0f} MB",
            ]
        )
    head = [
        "releases",
        "built in",
        "a release",
        "looked at again, unchanged",
        "bytes a release",
        "look-up, median",
        "95th",
        "right one first",
        "most memory so far",
    ]
    return table(head, rows)


def write(name: str, found: str) -> None:
    """Put a table into the report between its marks."""
    print(f"{name}\n\n{found}\n", flush=True)
    text = REPORT.read_text("utf-8")
    marks = f"<!-- {name} -->", f"<!-- end of {name} -->"
    start, end = text.index(marks[0]) + len(marks[0]), text.index(marks[1])
    REPORT.write_text(f"{text[:start]}\n\n{found}\n\n{text[end:]}", "utf-8")


def main() -> None:
    """Measure everything, or the named parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="TABLE", help="changes, unrelated, people, style"
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--sizes", type=int, nargs="*", default=[])
    given = parser.parse_args()
    names = given.names or ([] if given.sizes else ["changes", "unrelated", "people", "style"])
    for name in names:
        parts = {
            "changes": of_changes,
            "unrelated": of_unrelated,
            "people": lambda _: of_people(),
            "style": lambda _: of_style(),
        }
        write(name, parts[name](given.data))
    if given.sizes:
        write("sizes", of_sizes(given.data, given.sizes))


if __name__ == "__main__":
    main()
