"""Whether a blog has a subject: how alike its posts are in the words that carry meaning."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from bloglint.checks import Context, Hit, Measure, Options
from bloglint.model import Text
from bloglint.text.document import Document
from bloglint.text.shingles import stemmer, stems

Vector = Mapping[str, float]
_TOO_FEW = Text("there are too few posts to compare", "es gibt zu wenige Beiträge zum Vergleichen")


def vector(document: Document, common: frozenset[str]) -> Vector:
    """The stems of the title and prose without ``common`` ones: 1 + ln(count), of length 1."""
    counts = Counter(s.text for s in stems(document, quoted=True))
    stem = stemmer(document.language or "en").stemWord
    counts.update(stem(word) for word in document.post.title.lower().split())
    weights = {
        word: 1 + math.log(count)
        for word, count in counts.items()
        if len(word) > 3 and word not in common and word.isalpha()
    }
    length = math.sqrt(sum(value * value for value in weights.values())) or 1.0
    return {word: value / length for word, value in weights.items()}


def cosine(one: Vector, other: Vector) -> float:
    """The likeness of two vectors of length 1, from 0 to 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other.get(word, 0.0) for word, value in one.items())


def _vectors(options: Options, context: Context) -> dict[str, list[tuple[int, Vector]]]:
    """By language, the vectors of the posts that are long enough, and which posts they are."""
    if "vectors" not in context.kept:
        found: dict[str, list[tuple[int, Vector]]] = defaultdict(list)
        for at, document in enumerate(context.documents):
            language = document.language
            if language not in ("en", "de") or document.words < options["fewest_words"]:
                continue
            stem = stemmer(language).stemWord
            words = context.rules["topic-focus"].phrases["common"][language]
            names = [part for name in context.own_names for part in name.lower().split()]
            common = frozenset(stem(word) for word in (*words, *names))
            found[language].append((at, vector(document, common)))
        context.kept["vectors"] = found
    kept: dict[str, list[tuple[int, Vector]]] = context.kept["vectors"]
    return kept


def _likeness(vectors: Sequence[Vector]) -> list[list[float]]:
    """The likeness of every post to every other, without itself, most alike first."""
    pairs = [[cosine(a, b) for b in vectors] for a in vectors]
    return [
        sorted((v for j, v in enumerate(row) if j != i), reverse=True)
        for i, row in enumerate(pairs)
    ]


def focus(options: Options, context: Context) -> Iterator[Hit | Measure]:
    """How evenly the posts are alike: mean likeness of all pairs by that of the nearest.

    With one subject any two posts are nearly as alike as neighbours are (towards 1); with several
    subjects only those of the same one. The largest language is judged. ``focus_weighed`` is drawn
    towards ``focused`` while there are fewer than ``sure_at`` posts.
    """
    groups = _vectors(options, context)
    largest = max(groups.values(), key=len, default=[])
    if len(largest) < options["fewest"]:
        yield Measure("focus", None, _TOO_FEW)
        return
    rows = _likeness([vector for _, vector in largest])
    nearest = sum(row[0] for row in rows) / len(rows)
    mean = sum(sum(row) / len(row) for row in rows) / len(rows)
    value = round(mean / nearest, 4) if nearest else 0.0
    yield Measure("focus", value)
    yield Measure("likeness", round(mean, 4))
    top = options["focused"]
    sure = min(1.0, len(rows) / options["sure_at"])
    yield Measure("focus_weighed", round(top - (top - min(top, value)) * sure, 4))
    if value < options["least"]:
        subjects = [context.documents[at].post.title for at, _ in largest[:4]]
        yield Hit("scattered", value, options["least"], {"subjects": subjects})


def drift(options: Options, context: Context) -> Iterator[Hit | Measure]:
    """Posts far from the others: likeness to the rest under ``least`` of the blog's median."""
    for group in _vectors(options, context).values():
        if len(group) < options["fewest"]:
            continue
        rows = _likeness([one for _, one in group])
        means = [sum(row) / len(row) for row in rows]
        middle = median(means)
        for (at, _), mean in zip(group, means, strict=True):
            yield Measure("topic_similarity", round(mean, 4), post=at)
            if mean < options["least"] * middle:
                limit = round(options["least"] * middle, 4)
                fields = {"similarity": round(mean, 3), "usual": round(middle, 3)}
                document = context.documents[at]
                yield Hit(
                    "drift", round(mean, 4), limit, fields, quote=document.post.title, post=at
                )
