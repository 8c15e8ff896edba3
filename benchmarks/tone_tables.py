"""The tables on tone: held-back texts, false alarms, other checkers."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean

from figures import Row, auc, calibration_error, interval, table
from learn_tone import (
    NOW,
    OPTIONS,
    ROOT,
    RULE,
    RULES,
    Sample,
    file_samples,
    real_samples,
)
from peers import installed, remarks

from bloglint.engine.linter import lint_blog
from bloglint.model import Blog, Post, PostVerdict, Verdict

LIMIT = OPTIONS[RULE].limit
SAMPLES = 400
_NAMES = {"de": "German", "en": "English"}
_NEUTRAL = {"de": "Ding", "en": "thing"}


@dataclass(frozen=True)
class Judged:
    """A text's probability and its label."""

    value: float
    advertising: bool


def told(sample: Sample) -> Verdict:
    """The verdict on a text as the one post of its company's blog."""
    post = Post("p", sample.title, sample.text, published=NOW, language=sample.language)
    title = f"{sample.own[0]} Blog" if sample.own else ""
    return lint_blog(Blog("x", title=title, posts=(post,)), RULES, as_of=NOW)


def judged(samples: Sequence[Sample]) -> list[Judged]:
    """The shipped judgement of each text that was long enough."""
    found = []
    for sample in samples:
        post: PostVerdict = told(sample).posts[0]
        value = post.measures["advertorial"]
        if value is not None:
            found.append(Judged(value, sample.advertising))
    return found


def misjudged(texts: Sequence[Judged]) -> float:
    """The calibration error of probabilities."""
    return calibration_error([(t.value, float(t.advertising)) for t in texts])


def area(texts: Sequence[Judged]) -> float:
    """How often an advert is above an information."""
    return auc(
        [t.value for t in texts if t.advertising], [t.value for t in texts if not t.advertising]
    )


def precision(texts: Sequence[Judged]) -> float:
    """The share of the flagged texts that are adverts."""
    return mean([t.advertising for t in texts if t.value > LIMIT] or [0])


def recall(texts: Sequence[Judged]) -> float:
    """The share of the adverts that are flagged."""
    return mean([t.value > LIMIT for t in texts if t.advertising] or [0])


def with_interval(texts: Sequence[Judged], figure: Callable[[Sequence[Judged]], float]) -> str:
    """A figure with the middle 95 % of samples of the texts, as many of each label."""
    chance = random.Random(1)
    groups = [[t for t in texts if t.advertising is label] for label in (True, False)]
    values = [
        figure([t for group in groups for t in chance.choices(group, k=len(group))])
        for _ in range(SAMPLES)
    ]
    return f"{figure(texts):.3f} ({interval(values)})"


def held_back(language: str) -> list[Sample]:
    """Texts that nobody who writes the lists has read."""
    path = ROOT / "tests" / "heldback" / f"tone-{language}.jsonl"
    return list(file_samples(path, "held back", language))


def masked(samples: Sequence[Sample]) -> list[Sample]:
    """The pairs without their brand and without every longer word that both members share."""
    found = []
    for first, second in zip(samples[::2], samples[1::2], strict=True):
        words = [set(re.findall(r"\w{4,}", s.text.lower())) for s in (first, second)]
        shared = words[0] & words[1]
        for sample in (first, second):
            brand = {part.lower() for name in sample.own for part in name.split()}

            def mask(
                word: re.Match[str], hidden: set[str] = shared | brand, s: Sample = sample
            ) -> str:
                return _NEUTRAL[s.language] if word.group().lower() in hidden else word.group()

            found.append(
                replace(
                    sample,
                    own=(),
                    title=re.sub(r"\w+", mask, sample.title),
                    text=re.sub(r"\w+", mask, sample.text),
                )
            )
    return found


def on_held_back() -> Iterator[str]:
    """The shipped judgement on the held-back texts."""
    rows: list[Row] = []
    kinds: list[Row] = []
    for language in ("de", "en"):
        samples = held_back(language)
        for name, texts in (("as written", samples), ("brand and subject masked", masked(samples))):
            found = judged(texts)
            rows.append([
                _NAMES[language], name, len(found), with_interval(found, area),
                with_interval(found, precision), with_interval(found, recall),
                with_interval(found, misjudged),
            ])  # fmt: skip
        for degree in ("plain", "page", "loud", "subtle", "hard"):
            found = judged([s for s in samples if s.degree == degree])
            flagged = mean(t.value > LIMIT for t in found if not t.advertising)
            kinds.append(
                [_NAMES[language], degree, len(found), area(found), recall(found), flagged]
            )
    yield table(
        ["language", "held-back texts", "number", "AUC", "precision", "recall", "ECE"], rows
    )
    yield table(
        ["language", "degree", "number", "AUC", "adverts flagged", "information flagged"], kinds
    )


def false_alarms(data: Path) -> str:
    """What the phrase rules report in neutral texts."""
    sets = {
        f"held-back information, {_NAMES[language]}": [
            s for s in held_back(language) if not s.advertising
        ]
        for language in ("de", "en")
    }
    for sample in real_samples(data):
        if sample.origin != "mozilla":
            sets.setdefault(sample.origin, []).append(sample)
    rows: list[Row] = []
    for name, samples in sets.items():
        verdicts = [told(sample) for sample in samples]
        words = [verdict.posts[0].words for verdict in verdicts]
        for rule in RULES.values():
            if rule.check != "phrases":
                continue
            counts = [sum(f.rule == rule.id for f in verdict.findings) for verdict in verdicts]
            chance = random.Random(1)
            values = []
            for _ in range(SAMPLES):
                drawn = chance.choices(range(len(counts)), k=len(counts))
                values.append(sum(counts[n] for n in drawn) * 1000 / sum(words[n] for n in drawn))
            rows.append([
                name, rule.id, len(samples), sum(words),
                f"{sum(counts) * 1000 / sum(words):.3f} ({interval(values)})",
                f"{mean(c > 0 for c in counts):.3f}",
            ])  # fmt: skip
    return table(
        ["neutral texts", "rule", "texts", "words", "findings per 1,000 words", "texts with one"],
        rows,
    )


def side_by_side() -> str:
    """What other checkers say of the same texts."""
    rows: list[Row] = []
    for language in ("en", "de"):
        samples = held_back(language)
        texts = [f"{s.title}\n\n{s.text}" for s in samples]
        own = judged(samples)
        rows.append([_NAMES[language], "bloglint, probability", area(own),
                     mean(t.value for t in own if t.advertising),
                     mean(t.value for t in own if not t.advertising)])  # fmt: skip
        for peer in installed():
            found = [
                Judged(value, sample.advertising)
                for value, sample in zip(remarks(peer, texts), samples, strict=True)
            ]
            unit = "score 0–100" if peer == "slopscore" else "remarks per 1,000 words"
            rows.append([_NAMES[language], f"{peer}, {unit}", area(found),
                         mean(t.value for t in found if t.advertising),
                         mean(t.value for t in found if not t.advertising)])  # fmt: skip
    return table(
        ["held-back texts", "checker", "AUC", "mean of adverts", "mean of information"], rows
    )


def tables(data: Path) -> str:
    """All tables on tone."""
    return "\n\n".join([
        *on_held_back(), false_alarms(data), side_by_side(),
    ])  # fmt: skip
