"""Passages that two texts share, though words between were exchanged, added or turned round."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from bloglint.text.stems import Stem

#: How many content words may lie between two that belong together: in the copy, in the original.
COPY_GAP, ORIGINAL_GAP = 4, 6
#: How far a word may have moved back.
TURNED = 3
#: What a content word found adds, and what one skipped takes, in copy and original.
SKIPPED_COPY, SKIPPED_ORIGINAL, MOVED_BACK = 0.5, 0.2, 0.5
#: A chain of less is chance: names and figures that belong to the matter.
LEAST = 3.0
#: A sentence is retold if so much of its telling words, and so many, stand in two neighbours.
RETOLD, RETOLD_WORDS = 0.35, 2.5
#: The same in a text of which so much is explained already that the rest is likely to be.
LIKELY, LIKELY_RETOLD, LIKELY_WORDS = 0.04, 0.25, 1.5
#: Fewer retold sentences, or from less of the original, are two reports on one event.
RETOLD_SENTENCES, RETOLD_USED = 4, 0.2
#: So many words between two that were taken were exchanged; more were skipped.
EXCHANGED = 3
#: A word with more places in the original is too common there to lead.
PLACES = 40


class Passage(msgspec.Struct, frozen=True, gc=False):
    """A run of the copy's words taken from a run of the original's; ends are one past the last.

    ``pairs`` are the words that stand in both; ``score`` is that of their chain. A passage that was
    ``retold`` keeps the facts of a sentence and not its order: all of it counts as taken.
    ``shingles`` are those of the original there, where they are known.
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
        """The runs of the original's words that it was made of, what was skipped left out."""
        found: list[list[int]] = []
        for at in sorted({b for _, b in self.pairs}):
            if found and at - found[-1][1] <= EXCHANGED:
                found[-1][1] = at + 1
            else:
                found.append([at, at + 1])
        return [(start, end) for start, end in found]

    @property
    def words(self) -> int:
        """How many words of the copy it covers."""
        return self.end - self.start


#: Where a word stands in an original, alone there: each place with the score of a chain of one,
#: the places as bits, and as bits those that a chain may go on to from there.
_Places = tuple[dict[int, float], int, int]
_NOWHERE: _Places = ({}, 0, 0)


class Original:
    """A text that others may have taken from: its words, ready to be found."""

    def __init__(self, words: Sequence[Stem]) -> None:
        self.words = words
        self.telling = [n for n, word in enumerate(words) if word.tells]
        self._places: dict[str, list[int]] = defaultdict(list)
        for at, n in enumerate(self.telling):
            self._places[words[n].text].append(at)
        self.known: dict[str, _Places] = {}

    def places(self, text: str) -> _Places:
        """Where a telling word stands that is not too common; kept in ``known``."""
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
        self.known[text] = found
        return found


def passages(copy: Sequence[Stem], original: Original) -> list[Passage]:
    """The passages of ``copy`` that stand in ``original``, in reading order of the copy.

    Chains of equal content words (sparse dynamic programming, local and with gaps, as aligners of
    sequences do it); then the words between them.
    """
    own = [n for n, word in enumerate(copy) if word.tells]
    theirs, known = original.telling, original.known
    scores: list[dict[int, float]] = []
    before: dict[tuple[int, int], tuple[int, int]] = {}
    ends: list[tuple[float, int, int]] = []
    recent = [0] * COPY_GAP  # the places, as bits, that a chain over the words before reaches
    for at, n in enumerate(own):
        text = copy[n].text
        best, mark, reached = known.get(text) or original.places(text)
        # Most words stand alone: only those with another one near are looked at one by one.
        near = mark and mark & (recent[0] | recent[1] | recent[2] | recent[3])
        if near:
            best = dict(best)
        scores.append(best)
        for place in _bits(near):
            top = 0.0
            for back in range(1, min(COPY_GAP, at) + 1):
                for other, score in scores[at - back].items():
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
        recent[at % COPY_GAP] = reached
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
    """The places of the bits that are set, in ascending order."""
    while mark:
        lowest = mark & -mark
        yield lowest.bit_length() - 1
        mark ^= lowest


def retold(
    copy: Sequence[Stem],
    original: Sequence[Stem],
    sentences: Sequence[tuple[int, int]],
    originals: Sequence[tuple[int, int]],
    *,
    share: float,
    words: float,
) -> list[Passage]:
    """Sentences of the copy whose facts stand together in the original, in whatever order.

    ``sentences`` and ``originals`` are ranges of words. A sentence is retold if ``share`` of its
    telling words, and ``words`` at least, stand in two neighbouring sentences there; one word more
    for every tenfold of thirty sentences, in which more stands together by chance. A word that
    stands in so many sentences of one of the texts counts one part of it: names that belong to the
    matter are no sign of a copy.
    """
    least = words + round(math.log10(max(30, len(originals)) / 30))
    holders: dict[str, set[int]] = defaultdict(set)
    for n, (start, end) in enumerate(originals):
        for word in original[start:end]:
            if word.tells:
                holders[word.text].add(n)
    sets = [{word.text for word in copy[start:end] if word.tells} for start, end in sentences]
    uses = Counter(text for stems_of_sentence in sets for text in stems_of_sentence)
    found = []
    for (start, end), stems_of_sentence in zip(sentences, sets, strict=True):
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
    """A chain with the equal words between and around its content words."""
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
    """Equal words of two short gaps, in order (greedy from the left)."""
    found = []
    for n in range(a, a_end):
        for m in range(b, b_end):
            if copy[n].text == original[m].text:
                found.append((n, m))
                b = m + 1
                break
    return found
