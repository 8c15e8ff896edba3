"""The examples of rules: miniature blogs on which a rule has to report, or must not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from bloglint.config import Config
from bloglint.engine.linter import lint_blog
from bloglint.model import Blog, ConfigError, Finding, Post, replace, translate
from bloglint.press.index import Newsroom
from bloglint.rules import Example, Rule
from bloglint.sources.dates import parse_date


def findings_in(
    rule: Rule, example: Example, rules: Mapping[str, Rule], names: Sequence[str] = ()
) -> list[Finding]:
    """Return what a rule reports in one of its examples, in a company of these names.

    Raises:
        ConfigError: the rule's check failed.
    """
    releases = [Post(id=f"r{n}", title="r", source=text) for n, text in enumerate(example.press)]
    press = [replace(post, language=example.language) for post in releases] or None
    options = {rule.id: example.options} if example.options else {}
    config = Config(options=options, preview=True, names=list(names))
    day = datetime.fromisoformat(example.as_of)
    verdict = lint_blog(
        _blog(example), rules, as_of=day.replace(hour=23, minute=59, second=59, tzinfo=UTC),
        press=press and Newsroom.of(press), config=config,
    )  # fmt: skip
    return [finding for finding in verdict.findings if finding.rule == rule.id]


def check_examples(
    own: Iterable[Rule], rules: Mapping[str, Rule], names: Sequence[str] = ()
) -> None:
    """Check that each rule reports its bad examples, and not its good ones.

    Raises:
        ConfigError: one does not; names the file and the example.
    """
    for rule in own:
        for number, example in enumerate(rule.examples, 1):
            is_reported = bool(findings_in(rule, example, rules, names))
            if is_reported == (example.verdict == "bad"):
                continue
            form = "the rule reports example {number}, which is called good ({words})"
            if not is_reported:
                form = "the rule does not report example {number}, which is called bad ({words})"
            text = " ".join(next(iter(_texts(example))).split())
            raise ConfigError(
                translate(form, number=number, words=text[:60]),
                translate(
                    "Correct the rule or the example. Phrases are only sought in texts of 20 words "
                    "or more in their language."
                ),
                rule.file,
            )


def _texts(example: Example) -> Iterator[str]:
    yield from example.texts or [example.text * example.repeat or "It runs."]


def _blog(example: Example) -> Blog:
    texts = list(_texts(example))
    authors, reviews = example.authors or [""], example.reviews or [""]
    posts = [
        Post(
            id=f"p{n}",
            title="t",
            source=texts[n % len(texts)],
            published=datetime.fromisoformat(day).replace(tzinfo=UTC),
            language=example.language,
            authors=tuple(filter(None, [authors[n % len(authors)]])),
            review=parse_date(reviews[n % len(reviews)] or None, UTC),
        )
        for n, day in enumerate(example.dates or ["2026-06-20"])
    ]
    return Blog(source="x", posts=tuple(sorted(posts, key=lambda p: str(p.published))[::-1]))
