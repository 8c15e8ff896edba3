"""What learning a judgement needs: texts with labels, their signals, and two regressions.

A judgement adds up signals (authored lists and measures, each with one learned height) and the
weights of single words (learned as a whole, the strongest kept). Both are logistic regressions with
an L2 penalty; how they are joined and calibrated is learned from posts that neither has seen.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from bloglint.checks.context import Context
from bloglint.checks.signals import values, words_told
from bloglint.rules import Rule, rules_folder
from bloglint.text.document import Document

#: The penalty on the heights of signals in units of their spread, and on words' weights.
PENALTY, WORD_PENALTY = 100.0, 0.33
#: A word is learned if so many texts of so many origins hold it; the strongest are kept.
TEXTS, ORIGINS, KEPT = 8, 5, 2500
#: Words that nobody would call a sign: parts of names and addresses.
_ODD = re.compile(r"[^a-z ]|^.$")

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Item:
    """A text to learn from.

    ``target`` is how far it is of the kind, 0 to 1; ``weight`` how much it counts.
    """

    origin: str
    language: str
    document: Document
    context: Context
    target: float
    weight: float = 1.0


def _minimise(
    x: Any, y: Array, weights: Array, penalty: Array, bounds: Sequence[tuple[Any, Any]]
) -> Array:
    """Logistic regression: the coefficients, the intercept last, each within its bounds."""

    def loss(given: Array) -> tuple[float, Array]:
        heights, base = given[:-1], given[-1]
        margins = y * (x @ heights + base)
        pull = -weights * y / (1 + np.exp(np.clip(margins, -30, 30)))
        total = weights @ np.logaddexp(0, -margins) + penalty @ heights**2 / 2
        return total, np.append(x.T @ pull + penalty * heights, pull.sum())

    start = np.zeros(x.shape[1] + 1)
    return minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x


def _balanced(y: Array, weights: Array) -> Array:
    """Weights with which texts of the kind and others count the same in sum."""
    half = weights.sum() / 2
    return weights * np.where(y > 0, half / weights[y > 0].sum(), half / weights[y < 0].sum())


def _both(x: Any, targets: Array, weights: Array) -> tuple[Any, Array, Array]:
    """Each text twice, as one of the kind and as none, by how far it is of the kind."""
    twice = np.r_[np.arange(len(targets)), np.arange(len(targets))]
    share = np.r_[weights * targets, weights * (1 - targets)]
    signs = np.r_[np.ones(len(targets)), -np.ones(len(targets))]
    kept = share > 0
    return x[twice[kept]], signs[kept], share[kept]


class Learner:
    """The signals of a rule, measured once on all texts.

    ``against`` names the measures that may only lower the odds, ``bounds`` limits other signals.
    """

    def __init__(
        self,
        rule: Rule,
        items: Iterable[Item],
        against: Collection[str] = (),
        bounds: Mapping[str, tuple[float | None, float | None]] = {},
        penalty: float = PENALTY,
    ) -> None:
        self.rule, self.against, self.limits = rule, against, bounds
        self.items, self.penalty = list(items), penalty
        self.signals = [one for one in rule.signals if not one.words]
        ends = np.array([one.curve[-1][0] for one in self.signals])
        starts = np.array([one.curve[0][0] for one in self.signals]) / ends
        measured = np.array([self._measure(item) for item in self.items])
        self.x = np.clip(measured / ends, starts, 1)
        self.targets = np.array([item.target for item in self.items])
        self.weights = np.array([item.weight for item in self.items])
        self.stems = [words_told(item.document, item.context) for item in self.items]

    def _measure(self, item: Item) -> list[float]:
        found = values(self.rule, item.document, item.context)
        return [value for one, value in zip(self.rule.signals, found, strict=True) if not one.words]

    def rows(self, of: str | None = None, *, but: Collection[str] = ()) -> Array:
        """The numbers of the texts of an origin, or of all but some."""
        return np.array([
            n for n, item in enumerate(self.items)
            if (of is None or item.origin == of) and item.origin not in but
        ])  # fmt: skip

    def _bounds(self, spread: Array) -> list[tuple[float | None, float | None]]:
        speaking = {f"{self.rule.id}/{one.name}": one.speaks for one in self.rule.lists}
        found: list[tuple[float | None, float | None]] = []
        for one, unit in zip(self.signals, spread, strict=True):
            if one.name in self.limits:
                low, high = self.limits[one.name]
                found.append((None if low is None else low * unit,
                              None if high is None else high * unit))  # fmt: skip
            elif speaking.get(one.phrases or "") == "against" or one.name in self.against:
                found.append((None, 0))
            else:
                found.append((0, None))
        return found

    def fit(self, rows: Array) -> Array:
        """The height of each signal's curve, then the base, from the texts with these numbers."""
        spread = self.x[rows].std(0) + 0.02
        x, y, weights = _both(self.x[rows] / spread, self.targets[rows], self.weights[rows])
        penalty = np.full(x.shape[1], self.penalty)
        bounds = [*self._bounds(spread), (None, None)]
        found = _minimise(x, y, _balanced(y, weights), penalty, bounds)
        return np.append(found[:-1] / spread, found[-1])

    def odds(self, heights: Array, rows: Array) -> Array:
        """The log-odds of the texts with these numbers, by signals alone."""
        return self.x[rows] @ heights[:-1] + heights[-1]

    def fit_words(self, rows: Array, language: str) -> dict[str, float]:
        """The strongest words of a language with their weights, learned without a base."""
        own = [n for n in rows if self.items[n].language == language]
        texts: Counter[str] = Counter()
        origins: dict[str, set[str]] = defaultdict(set)
        for n in own:
            texts.update(self.stems[n])
            for stem in self.stems[n]:
                origins[stem].add(self.items[n].origin)
        known = sorted(
            stem for stem, count in texts.items()
            if count >= TEXTS and len(origins[stem]) >= ORIGINS and not _ODD.search(stem)
        )  # fmt: skip
        place = {stem: at for at, stem in enumerate(known)}
        x, y, weights = _both(self._table(own, place), self.targets[own], self.weights[own])
        bounds = [*[(None, None)] * len(known), (0.0, 0.0)]
        penalty = np.full(len(known), WORD_PENALTY)
        found = _minimise(x, y, _balanced(y, weights), penalty, bounds)
        strongest = np.argsort(-np.abs(found[:-1]), kind="stable")[:KEPT]
        return {known[n]: float(found[n]) for n in sorted(strongest)}

    def _table(self, rows: Sequence[int], place: Mapping[str, int]) -> csr_matrix:
        data, across, down = [], [], []
        for row, n in enumerate(rows):
            known = sorted(place[stem] for stem in self.stems[n] if stem in place)
            data += [1 / math.sqrt(len(known))] * len(known)
            across += known
            down += [row] * len(known)
        return csr_matrix((data, (down, across)), shape=(len(rows), len(place)))

    def wording(self, weights: Mapping[str, float], rows: Array) -> Array:
        """What the words of the texts with these numbers weigh, as the rule sums it up."""
        found = []
        for n in rows:
            known = [weights[stem] for stem in sorted(self.stems[n]) if stem in weights]
            found.append(sum(known) / math.sqrt(len(known)) if known else 0.0)
        return np.array(found)


def calibration(odds: Array, targets: Array) -> tuple[float, float]:
    """Slope and base of the logistic curve from log-odds to how often a text is of the kind."""
    x, y, weights = _both(odds[:, None], targets, np.ones(len(targets)))
    slope, base = _minimise(x, y, weights, np.zeros(1), [(None, None)] * 2)
    return float(slope), float(base)


def write_heights(rule: Rule, heights: Mapping[str, float], base: float) -> None:
    """Put the heights of the signals and the base into the rule's file."""
    name = rule.id.removeprefix(f"{rule.reason}-")
    path = rules_folder() / rule.reason / f"{name}.yml"
    text = path.read_text("utf-8")
    for signal in rule.signals:
        height = heights[signal.name]
        start, end = signal.curve[0][0], signal.curve[-1][0]
        first = height * start / end
        text, count = re.subn(
            rf"(- name: {re.escape(signal.name)}\n(?:    .*\n)*?    curve: )\[\[.*\]\]",
            rf"\g<1>[[{start:g}, {first + 0.0:.2f}], [{end:g}, {height + 0.0:.2f}]]",
            text,
        )
        assert count == 1, signal.name
    text, count = re.subn(r"(base: \{default: )-?[\d.]+", rf"\g<1>{base:.2f}", text)
    assert count == 1
    path.write_text(text, "utf-8")
