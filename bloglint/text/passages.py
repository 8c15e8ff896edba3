"""Passages that two texts share, even if words in between were replaced, added or reordered."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from bloglint.text.computed import Computed
from bloglint.text.stems import Stem

#: The largest distance, in content words, between two linked matches: in the copy, in the original.
COPY_GAP, ORIGINAL_GAP = 4, 6
#: The largest distance, in content words, that a match may step back in the original.
TURNED = 3
#: Penalties for a content word skipped in the copy or in the original, and for a step back. Every
#: matched word adds 1.
SKIPPED_COPY, SKIPPED_ORIGINAL, MOVED_BACK = 0.5, 0.2, 0.5
#: The least score of a chain. Below it is chance: names and figures that belong to the topic.
LEAST = 3.0
#: A sentence is retold if this share of its telling words, and at least this many, occur in two
#: neighbouring sentences.
RETOLD, RETOLD_WORDS = 0.35, 2.5
#: If more than the first share of a text is explained already, the rest is likely to be retold,
#: too: then these lower thresholds apply.
LIKELY, LIKELY_RETOLD, LIKELY_WORDS = 0.04, 0.25, 1.5
#: Fewer retold sentences, or sentences from a smaller share of the original, only show two reports
#: on the same event.
RETOLD_SENTENCES, RETOLD_USED = 4, 0.2
#: Up to this many words between two copied ones were exchanged; more were skipped.
EXCHANGED = 3
#: A word that occurs more often than this in the original is too common to build chains on.
PLACES = 40


class Passage(msgspec.Struct, frozen=True, gc=False):
    """A run of the copy's words that was taken from a run of the original's.

    Attributes:
        start, end: the run in the copy; ``end`` is one past its last word.
        first, last: the run in the original; ``last`` is one past its last word.
        pairs: the positions, in copy and original, of the words that occur in both.
        score: the score of the chain of those words.
        retold: whether the passage keeps the facts of a sentence but not their order; then all of
            it counts as taken.
        shingles: the shingles of the run in the original, if known.
    """

    start: int
    end: int
    first: int
    last: int
    pairs: tuple[tuple[int, int], ...]
    score: float
    retold: bool = False
    shingles: tuple[int, ...] | None = None

    @property
    def taken_from(self) -> list[tuple[int, int]]:
        """The runs of the original's words that were used, without those that were skipped."""
        found: list[list[int]] = []
        for at in sorted({b for _, b in self.pairs}):
            if found and at - found[-1][1] <= EXCHANGED:
                found[-1][1] = at + 1
            else:
                found.append([at, at + 1])
        return [(start, end) for start, end in found]

    @property
    def words(self) -> int:
        """The number of the copy's words that it covers."""
        return self.end - self.start


#: The positions of a word in an original: as a mapping to the score of a chain of that word alone,
#: as a bit mask, and as a bit mask of the positions at which a chain may continue from there.
_Places = tuple[dict[int, float], int, int]
_NOWHERE: _Places = ({}, 0, 0)


class Original:
    """A text that others may have copied from, with its words indexed for searching."""

    def __init__(self, words: Sequence[Stem]) -> None:
        self.words = words
        self.telling = [n for n, word in enumerate(words) if word.tells]
        self._places: dict[str, list[int]] = defaultdict(list)
        for at, n in enumerate(self.telling):
            self._places[words[n].text].append(at)
        self.places = Computed(self._found).__getitem__

    def _found(self, text: str) -> _Places:
        """Return the positions of a telling word, none if it is too common."""
        places = self._places.get(text, ())
        found = _NOWHERE
        if 0 < len(places) <= PLACES:
            mark = sum(1 << place for place in places)
            reached = 0
            for step in range(1, ORIGINAL_GAP + 1):
                reached |= mark << step
            for step in range(1, TURNED + 1):
                reached |= mark >> step
            found = (dict.fromkeys(places, 1.0), mark, reached)
        return found


def passages(copy: Sequence[Stem], original: Original) -> list[Passage]:
    """Return the passages of ``copy`` that occur in ``original``, in the copy's reading order.

    First finds chains of equal content words (sparse dynamic programming, local and with gaps, as
    in sequence alignment), then adds the equal words between and around them.
    """
    own = [n for n, word in enumerate(copy) if word.tells]
    theirs = original.telling
    scores: dict[int, dict[int, float]] = {}
    before: dict[tuple[int, int], tuple[int, int]] = {}
    ends: list[tuple[float, int, int]] = []
    reaches: dict[int, int] = {}  # bit masks of the positions that the chains of a word reach
    reach = reaches.get
    for at, (best, mark, reached) in enumerate(map(original.places, [copy[n].text for n in own])):
        if not mark:
            continue
        reaches[at] = reached
        # Most matches are isolated: only those with another one nearby are examined one by one.
        near = mark & (reach(at - 1, 0) | reach(at - 2, 0) | reach(at - 3, 0) | reach(at - 4, 0))
        scores[at] = best = dict(best) if near else best
        for place in _bits(near):
            top = 0.0
            for back in range(1, COPY_GAP + 1):
                for other, score in scores.get(at - back, _NOWHERE[0]).items():
                    step = place - other
                    if not -TURNED <= step <= ORIGINAL_GAP or not step:
                        continue
                    cost = SKIPPED_COPY * (back - 1)
                    if step > 0:
                        cost += SKIPPED_ORIGINAL * (step - 1)
                    else:
                        cost += MOVED_BACK - SKIPPED_ORIGINAL * (step + 1)
                    if score - cost > top:
                        top = score - cost
                        before[at, place] = (at - back, other)
            best[place] = top + 1
            if top + 1 >= LEAST:
                ends.append((top + 1, at, place))
    ends.sort(key=lambda end: (-end[0], end[1], end[2]))
    used: set[int] = set()
    chains = []
    for score, at, place in ends:
        if at in used:
            continue
        chain = [(at, place)]
        rest = 0.0
        while chain[-1] in before:
            point = before[chain[-1]]
            if point[0] in used:
                rest = scores[point[0]][point[1]]
                break
            chain.append(point)
        if score - rest < LEAST:
            continue
        used.update(range(chain[-1][0], at + 1))
        pairs = [(own[a], theirs[b]) for a, b in reversed(chain)]
        chains.append((pairs, score - rest))
    return sorted(
        (_whole(pairs, score, copy, original.words) for pairs, score in chains),
        key=lambda passage: passage.start,
    )


def _bits(mark: int) -> Iterator[int]:
    """Yield the positions of the set bits in ascending order."""
    while mark:
        lowest = mark & -mark
        yield lowest.bit_length() - 1
        mark ^= lowest


def sentences_with(
    words: Sequence[Stem], sentences: Sequence[tuple[int, int]]
) -> dict[str, set[int]]:
    """Return the numbers of the sentences, as ranges of ``words``, that hold each telling word."""
    found: dict[str, set[int]] = defaultdict(set)
    for n, (start, end) in enumerate(sentences):
        for word in words[start:end]:
            if word.tells:
                found[word.text].add(n)
    return found


def retold(
    copy: Sequence[Stem],
    original: Sequence[Stem],
    sentences: Sequence[tuple[int, int]],
    originals: Sequence[tuple[int, int]],
    holders: Mapping[str, Collection[int]],
    *,
    share: float,
    words: float,
) -> list[Passage]:
    """Return the sentences of the copy whose facts occur together in the original, in any order.

    A sentence is retold if ``share`` of its telling words, and at least ``words`` of them, occur in
    two neighbouring sentences of the original. Beyond 30 sentences in the original, one more word
    is required for every tenfold, since more words then occur together by chance. A word that
    occurs in n sentences of either text counts 1/n: names that belong to the topic are no sign of a
    copy.

    Args:
        copy, original: the words of both texts.
        sentences, originals: the sentences of both texts, as ranges of words.
        holders: the sentences of the original that hold each telling word (`sentences_with`).
        share: the least share of a sentence's telling words, by weight.
        words: the least number of telling words, by weight.
    """
    least = words + round(math.log10(max(30, len(originals)) / 30))
    sets = [{word.text for word in copy[start:end] if word.tells} for start, end in sentences]
    uses = Counter(text for stems_of_sentence in sets for text in stems_of_sentence)
    found = []
    for (start, end), stems_of_sentence in zip(sentences, sets, strict=True):
        if len(stems_of_sentence & holders.keys()) < least:
            continue
        weights = {
            text: 1 / max(uses[text], len(holders.get(text, ()))) for text in stems_of_sentence
        }
        counts: dict[int, float] = defaultdict(float)
        for text in sorted(stems_of_sentence):
            held = holders.get(text, ())
            if len(held) > PLACES:
                continue  # it weighs next to nothing
            for n in {m for at in held for m in (at - 1, at)}:
                counts[n] += weights[text]
        if not counts:
            continue
        n, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
        if count < least or count < share * sum(weights.values()):
            continue
        first, last = originals[max(0, n)][0], originals[min(n + 1, len(originals) - 1)][1]
        places = {original[at].text: at for at in range(last - 1, first - 1, -1)}
        pairs = tuple(
            (at, places[copy[at].text])
            for at in range(start, end)
            if copy[at].tells and copy[at].text in places
        )
        spots = [at for _, at in pairs]
        found.append(Passage(start, end, min(spots), max(spots) + 1, pairs, float(count), True))
    return found


def _whole(
    chain: Sequence[tuple[int, int]], score: float, copy: Sequence[Stem], original: Sequence[Stem]
) -> Passage:
    """Return a chain together with the equal words between and around its content words."""
    pairs = list(chain)
    for (a, b), (c, d) in pairwise(chain):
        if d > b:
            pairs += _common(copy, original, a + 1, c, b + 1, d)
    a, b = chain[0]
    while a and b and copy[a - 1].text == original[b - 1].text:
        a, b = a - 1, b - 1
        pairs.append((a, b))
    a, b = chain[-1]
    while a + 1 < len(copy) and b + 1 < len(original) and copy[a + 1].text == original[b + 1].text:
        a, b = a + 1, b + 1
        pairs.append((a, b))
    pairs.sort()
    at = [b for _, b in pairs]
    return Passage(pairs[0][0], pairs[-1][0] + 1, min(at), max(at) + 1, tuple(pairs), score)


def _common(
    copy: Sequence[Stem], original: Sequence[Stem], a: int, a_end: int, b: int, b_end: int
) -> list[tuple[int, int]]:
    """Return the equal words of two short gaps, in order (greedy from the left)."""
    found = []
    for n in range(a, a_end):
        for m in range(b, b_end):
            if copy[n].text == original[m].text:
                found.append((n, m))
                b = m + 1
                break
    return found
