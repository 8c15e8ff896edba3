"""Posts that compete for one question, and posts that repeat another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import log, sqrt

from bloglint.text.dates import is_edition, is_regular
from bloglint.text.document import Document
from bloglint.text.shingles import shingles, telling_words

#: From which likeness of their texts two posts compete whose titles say the same, and the share of
#: the longer title's telling words that the shorter one has.
ALIKE, TITLE = 0.4, 0.6
#: The share of its word pairs from which a post repeats another, and the fewest pairs compared.
REPEATS, FEWEST_PAIRS = 0.7, 8
#: The heaviest words of a text that stand for it, and how often a title's word may occur.
_WORDS, _COMMON = 60, 0.05
#: A pair of words in more posts than this belongs to a template, and the share of a post's pairs
#: that has to be its own for it to be compared.
_TEMPLATE, _OWN = 12, 0.5


@dataclass
class Subject:
    """What a post is about.

    Attributes:
        document: the post.
        words: its telling words with their numbers.
        pairs: a sample of the pairs of neighbouring telling words.
        title: the telling words of its title.
        vector: its heaviest words by tf-idf, of length one.
    """

    document: Document
    words: Counter[str]
    pairs: set[int]
    title: frozenset[str]
    vector: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> Subject:
        """Return the subject of a post."""
        language = document.language or ""
        title = telling_words(map(_bare, document.post.title.split()), language)
        words = telling_words(document.own_words, language)
        return cls(document, Counter(words), shingles(words), frozenset(title))


def _bare(word: str) -> str:
    return word.strip(".,:;!?…\"'„“”‚‘’()[]«»–—-")


def weigh(subjects: Sequence[Subject]) -> None:
    """Give every subject its vector: the heaviest words by tf-idf, of length one."""
    number = len(subjects)
    posts = Counter(word for subject in subjects for word in subject.words)
    for subject in subjects:
        rated = {
            word: (1 + log(count)) * log((1 + number) / (1 + posts[word]))
            for word, count in subject.words.items()
        }
        heaviest = sorted(rated.items(), key=lambda one: (-one[1], one[0]))[:_WORDS]
        length = sqrt(sum(weight * weight for _, weight in heaviest)) or 1.0
        subject.vector = {word: weight / length for word, weight in heaviest}


def likeness(one: Subject, other: Subject) -> float:
    """Return the cosine of two vectors."""
    shorter, longer = sorted((one.vector, other.vector), key=len)
    return sum(weight * longer.get(word, 0.0) for word, weight in shorter.items())


def competing(subjects: Sequence[Subject], lasting: Collection[int]) -> list[list[int]]:
    """Return groups of posts, by index, that are near in subject and in title.

    Only ``lasting`` posts compete: news does not. Issues of a series and release notes are left
    out; so are posts in different languages.
    """
    titles: dict[str, list[int]] = defaultdict(list)
    for at, subject in enumerate(subjects):
        if at in lasting and not is_regular(subject.document.post.title):
            for word in subject.title:
                titles[word].append(at)
    most = max(4, _COMMON * len(subjects))
    pairs = {pair for own in titles.values() if len(own) <= most for pair in combinations(own, 2)}
    return _groups(pair for pair in sorted(pairs) if _compete(*(subjects[at] for at in pair)))


def _compete(one: Subject, other: Subject) -> bool:
    first, second = one.document, other.document
    if first.language != second.language or _of_one_series(first.post.title, second.post.title):
        return False
    common = len(one.title & other.title)
    if common < 2 or common < min(len(one.title), len(other.title)):
        return False  # each asks for something that the other does not
    if common < TITLE * max(len(one.title), len(other.title)):
        return False
    return likeness(one, other) >= ALIKE


def _of_one_series(one: str, other: str) -> bool:
    """Whether titles differ in number or date, or go on behind the same "Meet the team:"."""
    column, mark, _ = one.partition(":")
    same_column = bool(mark) and other.lower().startswith(f"{column}:".lower())
    return same_column or is_edition(one, other)


def _groups(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the connected groups of pairs."""
    group_of: dict[int, list[int]] = {}
    for one, other in pairs:
        first, second = group_of.get(one, [one]), group_of.get(other, [other])
        if first is second:
            continue
        joined = sorted({*first, *second})
        for at in joined:
            group_of[at] = joined
    unique = {tuple(group): group for group in group_of.values()}
    return [unique[key] for key in sorted(unique)]


def repeats(subjects: Sequence[Subject]) -> dict[int, tuple[int, float]]:
    """Return, for each post that repeats a newer one, that one and the share of its pairs there.

    ``subjects`` are newest first. Editions of one report repeat nothing, and pairs that stand in
    many posts belong to a template.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for at, subject in enumerate(subjects):
        for pair in subject.pairs:
            holders[pair].append(at)
    found: dict[int, tuple[int, float]] = {}
    for at, subject in enumerate(subjects):
        own = [pair for pair in subject.pairs if len(holders[pair]) <= _TEMPLATE]
        if len(own) < max(FEWEST_PAIRS, _OWN * len(subject.pairs)):
            continue  # most of it is a template
        shared = Counter(other for pair in own for other in holders[pair] if other < at)
        for other, count in shared.most_common(1):
            titles = subject.document.post.title, subjects[other].document.post.title
            if count >= REPEATS * len(own) and not is_edition(*titles):
                found[at] = other, count / len(own)
    return found


def own_passage(weaker: Subject, stronger: Subject, fewest: int = 25) -> str:
    """Return the paragraph of a post of whose words the other has the fewest, if it lacks many."""
    document, best, least = weaker.document, "", 0.6
    for block in document.prose:
        words = document.words_of(block).texts
        if len(words) < fewest:
            continue
        telling = telling_words(words, document.language or "")
        shared = sum(word in stronger.words for word in telling) / max(1, len(telling))
        if shared < least:
            best, least = document.text[block.start : block.end], shared
    return " ".join(best.split())
