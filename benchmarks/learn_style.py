"""Learns how much each signal of recycling-style weighs and writes it into the rule's curves.

``python benchmarks/learn_style.py`` from the checkout; needs ``pip install numpy scipy`` and the
blogs in ``../shared/data``. Learned from releases and what people made of them in ten minutes
(benchmarks/data/releases-*.jsonl) against posts on the same events, from the posts and pages of
tests/tone, and from the labelled posts of real blogs. Signs and penalty as in learn_tone.py. What
left-out halves of the releases and left-out blogs say is printed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

import numpy as np
from figures import auc, lines
from learn_tone import OPTIONS, ROOT, RULES, Sample, item_of, our_samples
from learning import Array, Item, Learner, write_heights
from real_posts import Labelled, documents

RULE = "recycling-style"
AGAINST = {"a person speaks", "you", "questions", "headings", "code"}
#: What the texts tell too seldom to learn it is bounded by judgement: no sign decides alone.
BOUNDS = {
    "marked as a release": (9, 9),
    "dateline": (2, 2.5),
    "third person": (0.5, 2.5),
    "boilerplate": (1, 2.5),
    "headings": (-0.5, 0),
}
#: What people made of releases, and whether it still is one.
KINDS = {"release": True, "light": True, "independent": False, "discusses": False}
#: How much a text of each origin counts.
RELEASE, OURS, REAL = 1.0, 0.3, 1.0
#: The penalty on the heights: real releases have more of fewer signs than our own.
PENALTY = 30.0
LEAST = OPTIONS[RULE].fewest_words


def pairs() -> Iterator[Sample]:
    """Releases and posts on one event; the halves are two origins."""
    for language in ("de", "en"):
        path = ROOT / "benchmarks" / "data" / f"releases-{language}.jsonl"
        for n, one in enumerate(lines(path)):
            for kind, is_release in KINDS.items():
                origin = f"releases {n % 2}"
                yield Sample(origin, language, one["title"], one[kind], is_release, kind)


def read() -> tuple[Learner, dict[int, Labelled]]:
    """Measure every text; also the labels of those that are posts of blogs."""
    items = [item_of(sample, RELEASE) for sample in pairs()]
    items += [
        item_of(Sample("tone", one.language, one.title, one.text, False), OURS)
        for one in our_samples()
    ]
    labels = {}
    for label, document, context in documents(RULES, OPTIONS):
        if document.words >= LEAST and document.language == label.language:
            labels[len(items)] = label
            target = min(1.0, label.press)
            items.append(Item(label.blog, label.language, document, context, target, REAL))
    return Learner(RULES[RULE], items, AGAINST, BOUNDS, PENALTY), labels


def told(learner: Learner, heights: Array, rows: Array) -> Array:
    """The probabilities of texts."""
    return 1 / (1 + np.exp(-learner.odds(heights, rows)))


def judge(learner: Learner, labels: Mapping[int, Labelled]) -> dict[int, float]:
    """The probability of each labelled post, by weights learned without its blog."""
    found: dict[int, float] = {}
    for blog in sorted({label.blog for label in labels.values()}):
        rows = learner.rows(blog)
        heights = learner.fit(learner.rows(but=[blog]))
        found |= dict(zip(map(int, rows), map(float, told(learner, heights, rows)), strict=True))
    return found


def main() -> int:
    """Tell what left-out texts say, then learn from everything, and write."""
    learner, labels = read()
    limit = OPTIONS[RULE].limit
    for half in (0, 1):
        rows = learner.rows(f"releases {half}")
        values = told(learner, learner.fit(learner.rows(but=[f"releases {half}"])), rows)
        real = learner.targets[rows] > 0.5
        print(
            f"half {half}: AUC {auc(values[real], values[~real]):.3f}, found "
            f"{np.mean(values[real] > limit):.2f}, false {np.mean(values[~real] > limit):.2f}"
        )
    judged = judge(learner, labels)
    for language in ("de", "en"):
        own = [n for n, label in labels.items() if label.language == language]
        plain = [judged[n] for n in own if labels[n].press == 0]
        releases = [judged[n] for n in own if labels[n].press >= 1]
        print(
            f"real posts, {language}: AUC {auc(releases, plain):.3f}, "
            f"found {sum(v > limit for v in releases)} of {len(releases)}, "
            f"false {np.mean([v > limit for v in plain]):.3f} of {len(plain)}"
        )
    heights = learner.fit(learner.rows())
    named = {one.name: float(h) for one, h in zip(learner.signals, heights, strict=False)}
    write_heights(RULES[RULE], named, float(heights[-1]))
    for name, height in named.items():
        print(f"{name:20} {height:+.2f}")
    print(f"{'base':20} {heights[-1]:+.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
