"""Learns the weights of advertorial-tone and writes them into the rule.

``python benchmarks/learn_tone.py`` from the checkout; needs ``pip install numpy scipy`` and the
blogs in ``../shared/data``. Learned are, from the labelled posts of real blogs, our own texts
(tests/tone) and other people's pages and news: one height a signal (a list that speaks for adverts
may only raise the odds, one that speaks against may only lower them), the weights of single words
of each language (rules/advertorial/words/), and from judgements of posts of left-out blogs how both
are joined and what probability they mean: that a post drawn at random is an advert or mixed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from figures import lines
from learning import Array, Item, Learner, calibration, write_heights
from real_posts import Labelled, documents

from bloglint.checks.context import Context
from bloglint.engine.linter import effective_options
from bloglint.model import Blog, Post
from bloglint.rules import load_rules, rules_folder
from bloglint.sources import read_blog
from bloglint.text.document import Document

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"
NOW = datetime(2026, 6, 30, tzinfo=UTC)
RULE = "advertorial-tone"
RULES = load_rules()
OPTIONS = effective_options(RULES, "standard", {})
#: How much a text that is no labelled post of a blog counts, by its origin.
OURS, WEIGHTS = 0.3, {"mozilla": 0.1, "news-de": 0.03}
#: How much the weights of words count beside the signals, both in units of their spread.
WORDS = 0.6
#: Measures that speak against adverts.
AGAINST = {"a person speaks", "outside links", "code", "sender"}
#: Shorter posts are not judged.
LEAST = OPTIONS[RULE].fewest_words


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


def item_of(sample: Sample, weight: float) -> Item:
    """A sample as a text to learn from, without a blog around it."""
    context = Context(Blog(""), NOW, RULES, OPTIONS, own_names=sample.own)
    return Item(
        sample.origin, sample.language, sample.document, context, float(sample.advertising), weight
    )


@dataclass(frozen=True)
class Model:
    """A judgement: heights of signals, weights of words by language, and how they are joined.

    The log-odds are signals / ``spread`` + `WORDS` · words / ``word_spread``, before they are
    calibrated.
    """

    heights: Array
    words: Mapping[str, dict[str, float]]
    spread: float
    word_spread: Mapping[str, float]

    def raw(self, learner: Learner, rows: Array) -> Array:
        """The joined log-odds of texts before they are calibrated."""
        odds = learner.odds(self.heights, rows) / self.spread
        for n, row in enumerate(rows):
            language = learner.items[row].language
            told = learner.wording(self.words[language], np.array([row]))[0]
            odds[n] += WORDS * told / self.word_spread[language]
        return odds


@dataclass
class Data:
    """All texts to learn from; ``labels`` holds the labels of those that are posts of blogs."""

    learner: Learner
    labels: dict[int, Labelled] = field(default_factory=dict)

    @classmethod
    def read(cls) -> Data:
        """Read and measure every text."""
        items: list[Item] = []
        labels: dict[int, Labelled] = {}
        for label, document, context in documents(RULES, OPTIONS):
            if document.words >= LEAST and document.language == label.language:
                labels[len(items)] = label
                items.append(Item(label.blog, label.language, document, context, label.ad / 2))
        for sample in (*our_samples(), *real_samples(SHARED)):
            if sample.origin == "artsy-engineering" or not is_told_by_words(sample):
                continue
            item = item_of(sample, WEIGHTS.get(sample.origin, OURS))
            if item.document.words >= LEAST:
                items.append(item)
        return cls(Learner(RULES[RULE], items, AGAINST), labels)

    def learn(self, without: str | None = None) -> Model:
        """Learn from all texts but those of a blog."""
        rows = self.learner.rows(but=[without] if without else [])
        real = np.array([n for n in rows if n in self.labels])
        heights = self.learner.fit(rows)
        words = {language: self.learner.fit_words(rows, language) for language in ("de", "en")}
        spread = {}
        for language, weights in words.items():
            own = [n for n in real if self.learner.items[n].language == language]
            spread[language] = float(self.learner.wording(weights, np.array(own)).std())
        signals = float(self.learner.odds(heights, real).std())
        return Model(heights, words, signals, spread)

    def judge(self) -> tuple[Array, Array]:
        """The labelled posts, and the joined log-odds of each by a model without its blog."""
        rows = np.array(sorted(self.labels))
        odds = np.zeros(len(rows))
        for blog in sorted({label.blog for label in self.labels.values()}):
            own = np.array([self.labels[n].blog == blog for n in rows])
            odds[own] = self.learn(blog).raw(self.learner, rows[own])
        return rows, odds

    def calibrated(self, rows: Array, odds: Array) -> Array:
        """The probabilities of posts, each calibrated on posts of other blogs drawn at random."""
        found = np.zeros(len(rows))
        for blog in sorted({self.labels[n].blog for n in rows}):
            own = np.array([self.labels[n].blog == blog for n in rows])
            slope, base = self.calibrate(rows[~own], odds[~own])
            found[own] = 1 / (1 + np.exp(-(slope * odds[own] + base)))
        return found

    def calibrate(self, rows: Array, odds: Array) -> tuple[float, float]:
        """What log-odds mean for a post drawn at random: slope and base."""
        drawn = np.array([self.labels[n].is_random for n in rows])
        is_mixed = np.array([min(1.0, self.labels[n].ad) for n in rows])
        return calibration(odds[drawn], is_mixed[drawn])


def write_words(model: Model, slope: float) -> None:
    """Write the weights of the words, in units of log-odds, a file a language."""
    folder = rules_folder() / "advertorial" / "words"
    folder.mkdir(exist_ok=True)
    for language, weights in model.words.items():
        scale = WORDS * slope / model.word_spread[language]
        named = {word: round(weight * scale, 2) for word, weight in weights.items()}
        rows = [f"    {word!r}: {weight:g}" for word, weight in
                sorted(named.items(), key=lambda pair: (-pair[1], pair[0])) if weight]  # fmt: skip
        head = [
            "name: wording",
            f"of: {RULE}",
            "about:",
            "  en: Learned by benchmarks/learn_tone.py; above 0 for adverts, below 0 against.",
            "  de: Gelernt mit benchmarks/learn_tone.py; über 0 für Werbung, unter 0 dagegen.",
            "weights:",
            f"  {language}:",
        ]
        text = "\n".join([*head, *rows]).replace("'", '"') + "\n"
        (folder / f"wording-{language}.yml").write_text(text, "utf-8")


def main() -> int:
    """Learn from all texts, calibrate on left-out blogs, and write."""
    data = Data.read()
    rows, odds = data.judge()
    slope, base = data.calibrate(rows, odds)
    model = data.learn()
    learner, rule = data.learner, RULES[RULE]
    write_words(model, slope)
    scale = slope / model.spread
    heights = {
        one.name: float(height) * scale
        for one, height in zip(learner.signals, model.heights, strict=False)
    }
    heights |= {one.name: one.curve[-1][0] for one in rule.signals if one.words}
    base += scale * float(model.heights[-1])
    write_heights(rule, heights, base)
    for name, height in heights.items():
        print(f"{name:20} {height:+.2f}")
    print(f"{'base':20} {base:+.2f}, slope {slope:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
