"""Learns how much each signal of recycling-style weighs and writes it into the rule's curves.

``python benchmarks/learn_style.py`` from the checkout; needs ``pip install numpy scipy``. Releases
and what people made of them in ten minutes (benchmarks/data/releases-*.jsonl) against posts on the
same events, the posts and pages of tests/tone and an engineering blog. Signs and penalty as in
learn_tone.py.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from figures import auc, lines
from learn_tone import ROOT, RULES, WEIGHTS, Learner, Sample, our_samples, real_samples, write

RULE = "recycling-style"
AGAINST = {"a person speaks", "you", "questions", "headings", "code"}
#: What the texts tell too seldom to learn it, or of one kind only, is bounded by judgement.
LIMITS = {
    "marked as a release": (9, 9),
    "dateline": (2.2, 2.2),
    "third person": (1.4, 1.4),
    "quotations": (0, 1.5),
    "long sentences": (0, 1.5),
    "figures": (0, 2),
    "you": (-1.5, -1.5),
    "questions": (-1, -1),
}
#: What people made of releases, and whether it still is one.
KINDS = {"release": True, "light": True, "independent": False, "discusses": False}
WEIGHTS |= {"tone": 0.3, "artsy-engineering": 0.1, "news-de": 0.05}


def pairs() -> Iterator[Sample]:
    """Releases and posts on one event; the halves are two origins."""
    for language in ("de", "en"):
        path = ROOT / "benchmarks" / "data" / f"releases-{language}.jsonl"
        for n, one in enumerate(lines(path)):
            for kind, is_release in KINDS.items():
                origin = f"releases {n % 2}"
                yield Sample(origin, language, one["title"], one[kind], is_release, kind)


def others(shared: Path) -> Iterator[Sample]:
    """Texts that are no releases: information, adverts, engineering."""
    for one in our_samples():
        yield Sample("tone", one.language, one.title, one.text, False)
    if shared.is_dir():
        for one in real_samples(shared):
            if one.origin == "artsy-engineering":
                yield one


def main(arguments: Sequence[str]) -> None:
    """Learn from everything, and write; tell what one half says of the other first."""
    shared = Path(arguments[0]) if arguments else ROOT.parent / "shared" / "data"
    learner = Learner(RULES[RULE], [*pairs(), *others(shared)], AGAINST, LIMITS)
    for half in (0, 1):
        rows = learner.rows(f"releases {half}")
        told = learner.predict(learner.fit(learner.rows(but=[f"releases {half}"])), rows)
        real = learner.labels[rows]
        print(
            f"half {half}: AUC {auc(told[real], told[~real]):.3f}, found "
            f"{np.mean(told[real] > 0.5):.2f}, false {np.mean(told[~real] > 0.5):.2f}"
        )
    heights = learner.fit(learner.rows())
    write(heights, RULES[RULE])
    for signal, height in zip(RULES[RULE].signals, heights, strict=False):
        print(f"{signal.name:20} {height:+.2f}")
    print(f"{'base':20} {heights[-1]:+.2f}")
    for origin in sorted({sample.origin for sample in learner.samples}):
        rows = learner.rows(origin)
        told = learner.predict(heights, rows)
        real = learner.labels[rows]
        flagged = np.mean(told[~real] > 0.5) if (~real).any() else 0
        print(f"{origin}: {len(rows)} texts, flagged of those that are none: {flagged:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
