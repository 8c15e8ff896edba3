"""Made histories of blogs, labelled by somebody who had not seen the rules."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from bloglint.engine.linter import lint_blog
from bloglint.model import Blog, Post, Verdict
from bloglint.rules import load_rules
from bloglint.sources.dates import newest_first

FOLDER = Path(__file__).parent / "histories"
#: The rules about dates, and the one that finds reposts for them.
RULES = {
    name: rule
    for name, rule in load_rules().items()
    if rule.reason == "frequency" or name == "recycling-self"
}
WORDS = {
    "en": "pump seal motor valve flow we took measured because and the a to of night storm".split(),
    "de": "Pumpe Ventil Motor Fluss wir haben gemessen weil und die der zu von Nacht Sturm".split(),
}
HISTORIES = [
    (path.stem, history)
    for path in sorted(FOLDER.glob("*.yml"))
    for history in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def filler(language: str, n: int) -> str:
    random = Random(n)
    return " ".join(random.choice(WORDS[language]) for _ in range(25)).capitalize() + "."


def end_of_day(text: str) -> datetime:
    if "T" in text:
        return datetime.fromisoformat(text)
    return datetime.combine(date.fromisoformat(text), time(), UTC)


def read(language: str, history: dict[str, Any]) -> Blog:
    posts = []
    for n, line in enumerate(history["posts"].splitlines()):
        when, author, title, text = (*(part.strip() for part in line.split("|")), "", "", "")[:4]
        post = Post(
            id=f"p{n:04}",
            title=title or f"{WORDS[language][n % 3]} {n}",
            source=text or filler(language, n),
            published=end_of_day(when),
            authors=(author,) if author else (),
            language=language,
        )
        posts.append(post)
    return Blog("made", title="Made", language=language, posts=newest_first(posts))


def told(verdict: Verdict) -> set[str]:
    """The labels that a verdict gives a blog."""
    found = {f"{f.rule} {' '.join(f.evidence)}": f for f in verdict.findings}
    measures = verdict.reasons["frequency"].measures
    labels = set()
    gaps = [f for f in verdict.findings if f.rule == "frequency-gap"]
    if any(f.severity == "error" for f in found.values()):
        labels.add("dead")
    for finding in verdict.findings:
        if finding.rule == "frequency-rhythm" and "bursts" in finding.evidence:
            labels.add("burst")
        if finding.rule == "frequency-rhythm" and "expected" in finding.evidence:
            labels.add("dying")
        if finding.rule == "frequency-authors":
            labels.add("one pair of shoulders")
    if any(gap.evidence["years"] for gap in gaps):
        labels.add("seasonal pause")
    if any(gap.value and gap.value > 31 and not gap.evidence["years"] for gap in gaps):
        labels.add("back from the dead")
    if "imported_posts" in measures:
        labels.add("import")
    if measures.get("longest_gap_days", 0) > 20 and not gaps:
        labels.add("announced pause")
    return labels


@pytest.mark.parametrize(
    ("language", "history"), HISTORIES, ids=[f"{lang}-{h['name']}" for lang, h in HISTORIES]
)
def test_a_history_gets_its_label(language: str, history: dict[str, Any]) -> None:
    as_of = datetime.combine(history["as_of"], time(23, 59, 59), UTC)
    verdict = lint_blog(read(language, history), RULES, as_of=as_of)
    labels = told(verdict)
    if history["label"] == "healthy":
        assert labels == set()
        assert (verdict.reasons["frequency"].score or 0) >= 95
    else:
        assert history["label"] in labels
