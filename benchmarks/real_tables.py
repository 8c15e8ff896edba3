"""The tables on labelled posts of real blogs: how right the verdicts on adverts and releases are.

Every post is judged by weights learned without its blog.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import learn_style
from figures import Row, auc, calibration_error, table
from learn_tone import OPTIONS, RULE, Data
from real_posts import Labelled

LIMIT = OPTIONS[RULE].limit
_NAMES = {"de": "German", "en": "English"}


@dataclass(frozen=True)
class Judged:
    """A post's labels and the probability that it is an advert or mixed."""

    label: Labelled
    value: float

    @property
    def is_advert(self) -> bool:
        """Both readers call it an advert, or one does and the other calls it mixed."""
        return self.label.ad >= 1.5

    @property
    def is_information(self) -> bool:
        """Both readers call it information, or one does and the other calls it mixed."""
        return self.label.ad <= 0.5

    @property
    def is_flagged(self) -> bool:
        """Whether the rule reports it."""
        return self.value > LIMIT


def judged() -> list[Judged]:
    """Every labelled post that is long enough, judged by a model that has not seen its blog."""
    data = Data.read()
    rows, odds = data.judge()
    values = data.calibrated(rows, odds)
    return [Judged(data.labels[n], float(v)) for n, v in zip(rows, values, strict=True)]


def _share(posts: Sequence[bool]) -> str:
    count = sum(map(bool, posts))
    return f"{count / len(posts):.1%} ({count} of {len(posts)})" if posts else "–"


def _whole(posts: Sequence[Judged]) -> Iterator[Row]:
    for language, name in _NAMES.items():
        own = [p for p in posts if p.label.language == language]
        adverts = [p for p in own if p.is_advert]
        information = [p for p in own if p.is_information]
        random = [p for p in information if p.label.is_random]
        yield [
            name, len(own), auc([p.value for p in adverts], [p.value for p in information]),
            _share([p.is_flagged for p in random]), _share([p.is_flagged for p in adverts]),
            _share([p.label.ad >= 1 for p in own if p.is_flagged]),
            calibration_error(
                [(p.value, min(1.0, p.label.ad)) for p in own if p.label.is_random]
            ),
        ]  # fmt: skip


def _kinds(posts: Sequence[Judged]) -> Iterator[Row]:
    for kind in sorted({p.label.kind for p in posts}):
        own = [p for p in posts if p.label.kind == kind]
        information = [p for p in own if p.is_information]
        adverts = [p for p in own if p.is_advert]
        yield [kind, len(own), _share([p.is_flagged for p in information]),
               _share([p.is_flagged for p in adverts])]  # fmt: skip


def _releases() -> Iterator[Row]:
    learner, labels = learn_style.read()
    limit, told = OPTIONS[learn_style.RULE].limit, learn_style.judge(learner, labels)
    for language, name in _NAMES.items():
        own = [n for n, label in labels.items() if label.language == language]
        plain = [n for n in own if labels[n].press == 0]
        releases = [n for n in own if labels[n].press >= 1]
        yield [
            name, len(own), auc([told[n] for n in releases], [told[n] for n in plain]),
            _share([told[n] > limit for n in plain if labels[n].is_random]),
            _share([told[n] > limit for n in plain]),
            _share([told[n] > limit for n in releases]),
        ]  # fmt: skip


def tables() -> str:
    """Adverts by language and by kind of post, and releases."""
    posts = judged()
    head = ["language", "posts", "AUC, adverts against information",
            "random information flagged", "adverts found", "flagged that are adverts or mixed",
            "ECE, random posts"]  # fmt: skip
    kinds = ["kind", "posts", "information flagged", "adverts found"]
    releases = ["language", "posts", "AUC, releases against plain posts",
                "random plain posts flagged", "plain posts flagged", "releases found"]  # fmt: skip
    return "\n\n".join([
        table(head, list(_whole(posts))), table(kinds, list(_kinds(posts))),
        table(releases, list(_releases())),
    ])  # fmt: skip
