"""Whether a blog has a focus: how similar its posts are, its subjects, and the posts that stray."""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations
from typing import Any

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Number, Positive, Share, check
from bloglint.checks.norms import TO_DEVIATION, median
from bloglint.checks.results import Hit, Measure
from bloglint.lazy import lazy
from bloglint.model import Post, Text, translate
from bloglint.model.messages import joined, quoted
from bloglint.text.document import Document
from bloglint.text.grammar import grammar_of
from bloglint.text.patterns import fold
from bloglint.text.stems import stem_of
from bloglint.text.vectors import (
    Vector,
    cosine,
    has_nouns,
    has_table,
    weigh_words,
    word_table,
)

Likeness = list[list[float]]  # of each post to every other; 0 on the diagonal
_TOO_FEW = translate("there are too few posts of one language to compare")
#: The trend reads at most this many posts of a year, and at most this many years.
POSTS_A_YEAR, YEARS = 10, 5
#: Columns are sought among at most this many clusters, the smallest of which are strays.
MOST_CLUSTERS = 6
#: With fewer posts than this, three of a kind may be chance.
FEW_POSTS = 10
#: A subject is named by at most so many words that at least this share of its posts use, each
#: telling at least so much; a subject of a smaller share of the posts is not named.
_WORDS, _NAMING, _TELLING, _SMALLEST = 3, 0.3, 4.0, 0.05
#: How many words are looked at for a name; how many posts show that a word is no person's name;
#: how much rarer a base form may be (in the weight of a word).
_CANDIDATES, _SURE, _RARER = 16, 4, 2.0
#: The words before an English noun; with the character before, none has more letters than this.
_BEFORE_NOUN = lazy(r"\b(?:the|an?|our|your|their|its|this|these|each|every|new)\Z")
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class _Topic:
    """What one post is about: its words by weight, and the vector they add up to."""

    document: Document
    weights: Mapping[str, float]
    vector: Vector


@dataclass(frozen=True)
class _Group:
    """The judged posts of one language: their places, documents, word weights and likeness."""

    language: str
    at: Sequence[int]
    documents: Sequence[Document]
    weights: Sequence[Mapping[str, float]]
    likeness: Likeness
    names: Sequence[str] = ()

    @cached_property
    def stems(self) -> list[set[str]]:
        """The stems of the words of more than three letters in each post."""
        return [
            {stem_of(word, self.language) for word in own if len(word) > 3} for own in self.weights
        ]

    @cached_property
    def posts_with(self) -> Counter[str]:
        """The number of posts that use each of these stems."""
        return Counter(chain.from_iterable(self.stems))


class Focus(CheckOptions, frozen=True):
    """Limits of focus, and of what makes one subject or one column; likeness is a cosine.

    Attributes:
        parted: the focus below which its columns have little in common.
        least, loose: the focus below which a blog is scattered, and below which its posts have
            little in common.
        fewest: the fewest posts of a language that are judged.
        sure_at: the number of posts from which the focus is taken at face value.
        focused: the focus towards which that of fewer posts is drawn.
        fewest_words: the fewest words of a post that is compared.
        apart: the likeness below which two subjects are kept apart.
        column, columns: the least share of the posts in each column, and in all of them together.
        between: how much more alike posts are within a column than between columns, at least.
        tag: the likeness added to posts that share a tag.
    """

    least: Number
    parted: Number
    loose: Number
    fewest: Count
    sure_at: Positive
    focused: Number
    fewest_words: Count
    apart: Number
    column: Share
    columns: Share
    between: Number
    tag: Number


@check(options=Focus, compares=True, dateless=True)
def focus(options: Focus, context: Context) -> Iterator[Hit | Measure]:
    """How similar any two posts are: the interquartile mean of the cosines of their vectors.

    0 is what any two texts of the language have in common, 1 means the same words. Only the
    language with the most posts is judged, and only from ``fewest`` posts. With fewer than
    ``sure_at`` posts, ``focus_weighed`` is drawn towards ``focused``. A blog of two or three steady
    columns (`_columns`) is not called scattered.
    """
    group = max(_groups(options, context).values(), key=lambda g: len(g.at), default=None)
    if group is None or len(group.at) < options.fewest:
        yield Measure("focus", None, _TOO_FEW)
        return
    value = round(_focus(group.likeness), 4)
    top = options.focused
    sure = min(1.0, len(group.at) / options.sure_at)
    subjects = _subjects(group, options)
    columns = _columns(group, options)
    yield Measure("focus", value)
    weighed = round(top - (top - min(top, value)) * sure, 4)
    yield Measure("focus_weighed", weighed)
    yield Measure("columns", columns)
    named = [
        _describe(subject, group)
        for subject in subjects
        if len(subject) > 1 and len(subject) >= _SMALLEST * len(group.at)
    ]
    yield Measure("subjects", named)
    yield Measure("newest_row", _row(subjects, named, group))
    years = _by_year(options, context, group.language)
    if years:
        yield Measure("focus_by_year", years)
    case = "scattered" if value < options.least else "loose"
    if columns:
        case = "columns" if value < options.parted else "loose"
    if case == "scattered" or weighed < options.loose:
        shown: list[Text | str] = [
            translate(
                "{words} ({percent}%)",
                words=", ".join(one["words"]),
                percent=round(100 * one["share"]),
            )
            for one in named[: columns or 4]
        ]
        if not columns:
            shown += [quoted(group.documents[s[0]].post.title) for s in subjects if len(s) == 1]
        fields = {
            "subjects": joined("; ", shown[:4]),
            "count": columns or len(subjects),
            "posts": len(group.at),
        }
        evidence = {"subjects": named, "focus_by_year": years}
        limits = {"scattered": options.least, "columns": options.parted}
        limit = limits.get(case, options.loose)
        yield Hit(case, value, limit, fields, evidence=evidence)


class Drift(CheckOptions, frozen=True):
    """How far below the blog's median a post stands apart; ``groups`` names the rule on focus."""

    least: Number
    focused: Number
    deviations: Number
    groups: str
    fewest_words: Count
    lists: str
    news: list[str]
    told: Positive


@check(options=Drift, compares=True)
def drift(options: Drift, context: Context) -> Iterator[Hit | Measure]:
    """Posts that stand apart: their mean likeness to the other posts, against the blog's median.

    A post is reported if its mean is below ``least`` times the median and more than ``deviations``
    robust deviations below it, unless it shares its subject with two others, is shorter than
    ``fewest_words``, or is news of the organisation itself: an event, people, the company. In a
    blog with a focus (``loose``), a post in unusual words is hardly ever another subject: there,
    ``focused`` stands for ``least``.
    """
    settings: Focus = context.options[options.groups]
    for group in _groups(settings, context).values():
        if len(group.at) < settings.fewest:
            continue
        means = [sum(row) / (len(row) - 1) for row in group.likeness]
        for at, mean in zip(group.at, means, strict=True):
            yield Measure("topic_similarity", round(mean, 4), post=at)
        middle = median(means)
        stray = TO_DEVIATION * median(abs(mean - middle) for mean in means)
        least = options.least if _focus(group.likeness) < settings.loose else options.focused
        limit = min(least * middle, middle - options.deviations * stray)
        alone = {n for subject in _subjects(group, settings) if len(subject) < 3 for n in subject}
        for number, mean in enumerate(means):
            document = group.documents[number]
            is_astray = mean < limit and number in alone
            if is_astray and not _is_own_news(document, options, context):
                nearest = max(range(len(means)), key=lambda n: group.likeness[number][n])
                fields = {
                    "similarity": round(mean, 2),
                    "usual": round(middle, 2),
                    "nearest": group.documents[nearest].post.title,
                }
                title = document.post.title
                value = round(mean, 4)
                yield Hit(
                    "drift", value, round(limit, 4), fields, quote=title, post=group.at[number]
                )


def _is_own_news(document: Document, options: Drift, context: Context) -> bool:
    """Whether a post is too short to judge, or news of the organisation: its people, its events."""
    title = document.post.title.lower()
    if document.words < options.fewest_words:
        return True
    if any(name.lower() in title for name in context.own_names):
        return True
    told = [m for m in context.matches(document, options.lists) if m.group in options.news]
    return any(m.start is None for m in told) or len(told) >= options.told


def _groups(options: Focus, context: Context) -> dict[str, _Group]:
    """Return the posts that are long enough, by language, compared once."""
    if "topic" not in context.memo:
        found: dict[str, list[tuple[int, _Topic]]] = defaultdict(list)
        whole = list(context.whole())
        for at, document in whole if len(whole) >= options.fewest else ():
            topic = _topic(document, options, context)
            if topic is not None:
                found[str(document.language)].append((at, topic))
        context.memo["topic"] = {
            language: _group(language, posts, options, context) for language, posts in found.items()
        }
    groups: dict[str, _Group] = context.memo["topic"]
    return groups


def _topic(document: Document, options: Focus, context: Context) -> _Topic | None:
    """Return what a post is about, or None if its language has no table or it is too short."""
    topics: dict[str, _Topic | None] = context.memo.setdefault("topics", {})
    if document.post.id not in topics:
        topics[document.post.id] = None
        language = document.language
        if language and has_table(language) and document.words >= options.fewest_words:
            weights, direction = document.memo.get(
                f"topic {context.digest}", lambda: _measured(document, language, context)
            )
            if direction is not None:
                topics[document.post.id] = _Topic(document, weights, array("d", direction))
    return topics[document.post.id]


def _measured(
    document: Document, language: str, context: Context
) -> tuple[dict[str, float], list[float] | None]:
    """Return a post's words by weight, and the vector of those that are not own names."""
    weights = weigh_words(f"{document.post.title} {document.prose_text}", language)
    names = {part for name in context.own_names for part in name.split()}
    vector = word_table(language).vector({w: v for w, v in weights.items() if w not in names})
    return weights, None if vector is None else list(vector)


def _group(
    language: str, posts: Sequence[tuple[int, _Topic]], options: Focus, context: Context
) -> _Group:
    topics = [one for _, one in posts]
    likeness = _likeness([topic.vector for topic in topics])
    _add_tags([topic.document.post for topic in topics], likeness, options.tag)
    return _Group(
        language,
        [at for at, _ in posts],
        [topic.document for topic in topics],
        [topic.weights for topic in topics],
        likeness,
        [*context.own_names, *(name for topic in topics for name in topic.document.post.authors)],
    )


def _likeness(vectors: Sequence[Vector]) -> Likeness:
    rows = [[0.0] * len(vectors) for _ in vectors]
    for n, one in enumerate(vectors):
        for m in range(n):
            rows[n][m] = rows[m][n] = cosine(one, vectors[m])
    return rows


def _focus(likeness: Likeness) -> float:
    """Return the mean likeness of the middle half of all pairs; one stray post moves it little."""
    pairs = sorted(likeness[n][m] for n in range(len(likeness)) for m in range(n))
    middle = pairs[len(pairs) // 4 : -(-3 * len(pairs) // 4)]
    return sum(middle) / len(middle)


def _add_tags(posts: Sequence[Post], likeness: Likeness, weight: float) -> None:
    """Add ``weight`` to the likeness of posts that share a tag, unless most posts have it."""
    counts = Counter(tag.lower() for post in posts for tag in set(post.tags))
    telling = {tag for tag, count in counts.items() if 2 <= count <= len(posts) / 2}
    tags = [telling.intersection(tag.lower() for tag in post.tags) for post in posts]
    for n, one in enumerate(tags):
        for m in range(n):
            if one & tags[m]:
                likeness[n][m] += weight
                likeness[m][n] += weight


def _linkage(likeness: Likeness) -> Iterator[tuple[float, list[list[int]]]]:
    """Yield the clusters of average linkage, from one for each post down to a single one.

    Each step comes with the likeness of its two nearest clusters, -1 for the last.
    """
    clusters = {n: [n] for n in range(len(likeness))}
    near = [list(row) for row in likeness]
    while len(clusters) > 1:
        best, one, two = max((near[a][b], -a, -b) for a in clusters for b in clusters if a < b)
        yield best, sorted(clusters.values(), key=lambda posts: (-len(posts), posts))
        a, b = -one, -two
        size, other = len(clusters[a]), len(clusters[b])
        for c in clusters:
            near[a][c] = near[c][a] = (size * near[a][c] + other * near[b][c]) / (size + other)
        clusters[a] = clusters[a] + clusters.pop(b)
    yield -1.0, list(clusters.values())


def _subjects(group: _Group, options: Focus) -> list[list[int]]:
    """Return the posts by subject, largest first; subjects are less alike than ``apart``."""
    return next(posts for near, posts in _linkage(group.likeness) if near < options.apart)


def _row(
    subjects: Sequence[Sequence[int]], named: Sequence[Mapping[str, Any]], group: _Group
) -> dict[str, Any]:
    """Return how many newest posts in a row share a subject, its words, and the newest post."""
    newest_first = sorted(range(len(group.at)), key=lambda n: group.at[n])
    at, own = next((k, s) for k, s in enumerate(subjects) if newest_first[0] in s)
    count = next((k for k, n in enumerate(newest_first) if n not in own), len(newest_first))
    words = named[at]["words"] if at < len(named) else []
    newest = group.documents[newest_first[0]].post.id
    return {"posts": count, "of": len(group.at), "words": words, "newest": newest}


def _columns(group: _Group, options: Focus) -> int:
    """Return how many steady columns a blog has, two or three, or 0 for none.

    Each column holds the share ``column`` of the posts and all together ``columns``; posts are more
    alike within a column than between any two columns, by ``between``.
    """
    count = len(group.at)
    fewest = max(3 if count >= FEW_POSTS else 4, options.column * count)
    for _, clusters in _linkage(group.likeness):
        if len(clusters) > MOST_CLUSTERS:
            continue
        steady = [cluster for cluster in clusters if len(cluster) >= fewest]
        for number in (2, 3):
            columns = steady[:number]
            if len(columns) == number and sum(map(len, columns)) >= options.columns * count:
                own = sum(_mean(group, column, column) * len(column) for column in columns)
                others = max(_mean(group, a, b) for a, b in combinations(columns, 2))
                if own / sum(map(len, columns)) - others >= options.between:
                    return number
    return 0


def _mean(group: _Group, one: Sequence[int], other: Sequence[int]) -> float:
    """Return the mean likeness between the posts of two clusters, or within one."""
    pairs = [group.likeness[n][m] for n in one for m in other if n != m]
    return sum(pairs) / len(pairs)


def _describe(subject: Sequence[int], group: _Group) -> dict[str, Any]:
    """Return a subject with the two or three content words that name it, in their shortest form.

    A word names a subject if at least `_NAMING` of its posts use it, more than others do.
    """
    inside = Counter(chain.from_iterable(group.stems[n] for n in subject))
    outside = group.posts_with
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for n in subject:
        for word in group.weights[n]:
            forms[stem_of(word, group.language)][word] += 1
    total, own = len(group.at), len(subject)
    least = max(2, _NAMING * own)

    def tells(stem: str) -> float:
        rest = (outside[stem] - inside[stem] + 0.5) / (total - own + 1)
        weight = _content(forms[stem], group, is_usual=2 * inside[stem] >= own >= _SURE)
        return weight * inside[stem] / own / math.sqrt(rest)

    value = {stem: tells(stem) for stem, count in inside.items() if count >= least}
    best = sorted((stem for stem in value if value[stem]), key=lambda stem: (-value[stem], stem))
    text = "\n".join(group.documents[n].prose_text for n in subject)
    words: list[str] = []
    for stem in best[:_CANDIDATES]:
        usual = max(forms[stem], key=lambda form: (forms[stem][form], form))
        is_new = not any(stem[:6] == stem_of(word, group.language)[:6] for word in words)
        if is_new and len(words) < _WORDS and _is_noun(usual, text, group.language):
            words.append(_base_form(usual, forms[stem], group.language))
    return {
        "words": words or [group.documents[subject[0]].post.title],
        "posts": own,
        "share": round(own / total, 3),
        "titles": [group.documents[n].post.title for n in subject[:5]],
    }


def _is_noun(word: str, text: str, language: str) -> bool:
    """Whether a word is used as a noun: capitalised in mid-sentence, or after "the" or "our".

    One such use in five is enough, since a plural has no article.
    """
    if has_nouns(language):
        return bool(re.search(rf"[a-zäöüß,] {re.escape(word)}\b", text))
    uses = len(re.findall(rf"\b{re.escape(word)}\b", text))
    low = text.lower()
    places = (found.start() for found in re.finditer(rf" {re.escape(word.lower())}\b", low))
    nouns = sum(bool(_BEFORE_NOUN.search(low, max(0, at - _LONGEST), at)) for at in places)
    return 5 * nouns >= uses


def _base_form(word: str, forms: Counter[str], language: str) -> str:
    """Return a word without the ending of its plural or case, if that form is as common."""
    table = word_table(language)
    shorter = [word.removesuffix(e) for e in ("s", "es", "n", "en", "e", "ern", "er")]
    stem = stem_of(word, language)
    known = [
        form
        for form in shorter
        if form != word
        and stem_of(form, language) == stem
        and (form in forms or table.tells(word) >= table.tells(form) - _RARER)
        and (form in forms or form.lower() in table.index)
    ]
    return min(known, key=len, default=word)


def _content(forms: Counter[str], group: _Group, *, is_usual: bool) -> float:
    """Return how well a word names a subject: rare ones better; 0 for words of grammar and names.

    Where nouns are capitalised, other words name no subject. A word that is not in the table is a
    person's name, or of another language, unless it ``is_usual``.
    """
    word = forms.most_common(1)[0][0]
    table, grammar = word_table(group.language), grammar_of(group.language)
    small = forms.total() - sum(n for form, n in forms.items() if form[0].isupper())
    is_noun = not has_nouns(group.language) or 4 * small <= forms.total()
    if grammar is None or not is_noun or fold(word) in grammar.grammar_words:
        return 0.0
    names = {part.lower() for name in group.names for part in name.split()}
    if word.lower() in names or not (is_usual or table.knows(word)):
        return 0.0
    telling = table.tells(word)
    return math.sqrt(telling) if telling >= _TELLING else 0.0


def _by_year(options: Focus, context: Context, language: str) -> dict[str, float]:
    """Return the focus of recent calendar years from a sample of posts each, oldest first."""
    years: dict[int, list[Post]] = defaultdict(list)
    for post in context.blog.posts:
        if post.published:
            years[post.published.year].append(post)
    found = {}
    for year in sorted(years)[-YEARS:]:
        step = max(1, -(-len(years[year]) // POSTS_A_YEAR))
        documents = [context.document(post) for post in years[year][::step]]
        topics = [_topic(d, options, context) for d in documents if d.language == language]
        vectors = [topic.vector for topic in topics if topic is not None]
        if len(vectors) >= options.fewest:
            found[str(year)] = round(_focus(_likeness(vectors)), 4)
    return found if len(found) > 1 else {}
