"""Learns how much each signal of advertorial-tone weighs and writes it into the rule's curves.

``python benchmarks/learn_tone.py`` from the checkout; needs ``pip install numpy scipy``. The words
are authored (rules/advertorial/); learned are one height a signal and the base, for both languages
together, by logistic regression with an L2 penalty. A list that speaks for advertising may
only raise the odds, one that speaks against may only lower them; no phrase may add more than 0.85
to the log-odds, and a text without any signal is none. Adverts and information weigh the same in
sum.
"""

import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from figures import lines
from scipy.optimize import minimize

from bloglint.checks.context import Context
from bloglint.checks.signals import LEAST_WORDS, values
from bloglint.engine.linter import effective_options
from bloglint.model import Blog, Post
from bloglint.rules import Rule, load_rules, rules_folder
from bloglint.sources import read_blog
from bloglint.text.document import Document

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 6, 30, tzinfo=UTC)
RULE = "advertorial-tone"
RULES = load_rules()
OPTIONS = effective_options(RULES, "standard", {})
#: One phrase in a text of the least words; what it may add at most.
MOST = 0.85 * LEAST_WORDS / 1000
PENALTY = 0.15
#: The most that the base may be: a text without any signal is no advertising.
SILENT = -0.4
#: How much a text of an origin weighs; 1 where it is not named.
WEIGHTS = {"artsy-engineering": 0.2, "news-de": 0.1, "mozilla": 0.3}
#: Signals that could speak either way by their name, and speak against.
AGAINST = {"a person speaks", "outside links", "code"}


@dataclass(frozen=True)
class Sample:
    """One text of an origin; ``advertising`` is its label, ``own`` what the company is called."""

    origin: str
    language: str
    title: str
    text: str
    advertising: bool
    degree: str = ""
    own: tuple[str, ...] = ()

    @property
    def document(self) -> Document:
        """The parsed text."""
        post = Post("p", self.title, self.text, published=NOW, language=self.language)
        return Document(post)


def _split(text: str) -> tuple[str, str]:
    title, _, body = text.strip().partition("\n")
    return (title.lstrip("# ").strip(), body.strip()) if len(title) < 160 else ("", text)


def file_samples(path: Path, origin: str, language: str) -> Iterator[Sample]:
    """The labelled texts of one of our files; the first line is the title."""
    for one in lines(path):
        own = tuple(filter(None, [one.get("organisation") or one.get("brand")]))
        yield Sample(
            origin, language, *_split(one["text"]), one["advertising"], one.get("degree", ""), own
        )


def our_samples() -> Iterator[Sample]:
    """tests/tone: pairs of one subject, pages and posts, by writers who saw no list."""
    for path in sorted((ROOT / "tests" / "tone").glob("*.jsonl")):
        name, _, language = path.stem.rpartition("-")
        yield from file_samples(path, name, language)


def real_samples(shared: Path) -> Iterator[Sample]:
    """Other people's pages, posts and news, labelled by the kind of page."""
    for language in ("de", "en"):
        for kind in ("advertising", "neutral"):
            for path in sorted((shared / "tone" / language / kind).iterdir()):
                title, text = _split(path.read_text("utf-8"))
                advertising = kind == "advertising"
                yield Sample("mozilla", language, title, text, advertising, "", ("Mozilla",))
    for post in read_blog(str(shared / "blogs" / "artsy-engineering" / "_posts")).posts:
        body = post.source[post.body_start :]
        yield Sample("artsy-engineering", "en", post.title, body, False, "", ("Artsy",))
    for one in lines(shared / "news-de" / "articles.jsonl"):
        yield Sample("news-de", "de", *_split(one["text"]), False)


def is_told_by_words(sample: Sample) -> bool:
    """Adverts told as literature, in two of the files, give nothing away by their words."""
    unmarked = sample.origin == "mixed" or (sample.origin, sample.language) == ("pairs", "de")
    return not (sample.advertising and sample.degree == "hard" and unmarked)


class Learner:
    """The signals of the rule, measured on samples.

    ``against`` are those that may only lower the odds; ``limits`` bound the heights of others.
    """

    def __init__(
        self,
        rule: Rule,
        samples: Sequence[Sample],
        against: Collection[str] = AGAINST,
        limits: Mapping[str, tuple[float, float]] = {},
    ) -> None:
        self.rule, self.against, self.limits = rule, against, limits
        documents = [sample.document for sample in samples]
        least = OPTIONS[rule.id].fewest_words
        kept = [n for n, document in enumerate(documents) if document.words >= least]
        self.samples = [samples[n] for n in kept]
        self.ends = np.array([signal.curve[-1][0] for signal in rule.signals])
        measured = np.array([self._measure(samples[n], documents[n]) for n in kept])
        self.signals = np.hstack([np.minimum(measured / self.ends, 1), np.ones((len(kept), 1))])
        self.labels = np.array([sample.advertising for sample in self.samples])

    def _measure(self, sample: Sample, document: Document) -> list[float]:
        context = Context(Blog(""), NOW, RULES, OPTIONS, own_names=sample.own)
        return values(self.rule, document, context)

    def _bounds(self) -> Iterator[tuple[float | None, float | None]]:
        against = {
            f"{self.rule.id}/{one.name}" for one in self.rule.lists if one.speaks == "against"
        }
        for signal, end in zip(self.rule.signals, self.ends, strict=True):
            if signal.name in self.limits:
                yield self.limits[signal.name]
            elif signal.phrases in against or signal.name in self.against:
                yield None, 0
            else:
                yield 0, MOST * end

    def fit(self, rows: np.ndarray) -> np.ndarray:
        """Height of each signal's curve, then the base, from the samples with these numbers."""
        x, y = self.signals[rows], self.labels[rows]
        weights = np.array([WEIGHTS.get(self.samples[n].origin, 1.0) for n in rows])
        half = weights.sum() / 2
        weights *= np.where(y, half / weights[y].sum(), half / weights[~y].sum())
        signs = np.where(y, 1, -1)

        def loss(heights: np.ndarray) -> tuple[float, np.ndarray]:
            margins = signs * (x @ heights)
            total = weights @ np.logaddexp(0, -margins) + PENALTY * (heights[:-1] ** 2).sum() / 2
            pull = -weights * signs / (1 + np.exp(np.clip(margins, -30, 30)))
            return total, x.T @ pull + PENALTY * np.append(heights[:-1], 0)

        start = np.zeros(len(self.ends) + 1)
        bounds = [*self._bounds(), (None, SILENT)]
        return minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x

    def predict(self, heights: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """The probabilities of the samples with these numbers."""
        return 1 / (1 + np.exp(-(self.signals[rows] @ heights)))

    def rows(self, origin: str | None = None, *, but: Collection[str] = ()) -> np.ndarray:
        """The numbers of the samples of an origin, or of all but some."""
        found = [
            n
            for n, sample in enumerate(self.samples)
            if (origin is None or sample.origin == origin) and sample.origin not in but
        ]
        return np.array([n for n in found if is_told_by_words(self.samples[n])])


def write(heights: np.ndarray, rule: Rule) -> None:
    """Put the heights into the rule's file."""
    path = rules_folder() / rule.reason / f"{rule.id.removeprefix(f'{rule.reason}-')}.yml"
    text = path.read_text("utf-8")
    for signal, height in zip(rule.signals, heights, strict=False):
        text = re.sub(
            rf"(- name: {re.escape(signal.name)}\n(?:    .*\n)*?    curve: \[\[0, 0\], \[[\d.]+, )"
            r"-?[\d.]+\]\]",
            rf"\g<1>{height + 0.0:.2f}]]",
            text,
        )
    text = re.sub(r"(base: \{default: )-?[\d.]+", rf"\g<1>{heights[-1]:.2f}", text)
    path.write_text(text, "utf-8")


def main(arguments: Sequence[str]) -> None:
    """Learn from all origins that are there, and write."""
    shared = Path(arguments[0]) if arguments else ROOT.parent / "shared" / "data"
    samples = [*our_samples(), *real_samples(shared)]
    learner = Learner(RULES[RULE], samples)
    heights = learner.fit(learner.rows())
    write(heights, RULES[RULE])
    counts: Mapping[str, int] = {s.origin: 0 for s in learner.samples}
    for origin in counts:
        rows = learner.rows(origin)
        print(f"{origin}: {len(rows)} texts, {int(learner.labels[rows].sum())} of them adverts")
    for signal, height in zip(RULES[RULE].signals, heights, strict=False):
        print(f"{signal.name:20} {height:+.2f}")
    print(f"{'base':20} {heights[-1]:+.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
