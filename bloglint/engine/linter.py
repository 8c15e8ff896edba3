"""The linter: settings in, verdict out. It holds the only loop over the rules."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from bloglint.cache.analyses import AnalysisCache
from bloglint.checks.calendar import calendar
from bloglint.checks.context import Context
from bloglint.checks.registry import find_check
from bloglint.config import Config
from bloglint.engine.plan import plan_of
from bloglint.engine.rule_run import SCOPES, PostResults, RuleRun
from bloglint.engine.settings import LintSettings, Snapshot
from bloglint.engine.steps import steps_of
from bloglint.engine.suppressions import is_off
from bloglint.engine.verdict import verdict_of
from bloglint.model import (
    SEVERITIES,
    Blog,
    ConfigError,
    Finding,
    Planned,
    Post,
    Verdict,
    replace,
)
from bloglint.model.window import past_posts, scored_posts
from bloglint.rules import Rule, rules_digest
from bloglint.sources import restored

if TYPE_CHECKING:
    from bloglint.cache.store import Cache
    from bloglint.model.plan import Plan
    from bloglint.press.index import Newsroom
    from bloglint.text.document import Document

#: How many days back the days with posts are listed: a year in whole weeks.
POSTED_DAYS = 371
#: Of how many posts the text is kept, to be shown with its findings.
SHOWN_TEXTS = 25


class Linter:
    """A linter for one set of settings, rules and press releases, with analyses in ``cache``.

    ``key`` names everything that the rules on single posts depend on; then their results are kept.
    """

    def __init__(
        self,
        settings: LintSettings,
        rules: Mapping[str, Rule],
        newsroom: Newsroom | None = None,
        cache: Cache | None = None,
        key: Callable[[Snapshot], bytes] | None = None,
    ) -> None:
        self._key = key
        self._settings, self._rules, self._newsroom = settings, rules, newsroom
        self._cache = cache if cache is not None and cache.is_open else None
        self.active = settings.config.active(rules)

    @cached_property
    def _options(self) -> dict[str, Any]:
        config = self._settings.config
        return effective_options(self._rules, config.profile, config.own_options)

    @cached_property
    def _options_of_files(self) -> list[tuple[str, dict[str, Any]]]:
        """The options of rules that differ for some files, by the pattern of these."""
        config = self._settings.config
        found = []
        for pattern, own in config.per_file.items():
            values = {
                rule: {**config.own_options.get(rule, {}), **more}
                for rule, more in own.options.items()
            }
            rules = {rule: self._rules[rule] for rule in values}
            found.append((pattern, effective_options(rules, config.profile, values)))
        return found

    @cached_property
    def _dateless(self) -> frozenset[str]:
        """The rules on the blog whose verdict does not depend on the day."""
        rules = self._rules.values()
        return frozenset(rule.id for rule in rules if find_check(rule.check).dateless)

    @cached_property
    def _rules_digest(self) -> bytes:
        return rules_digest(self._rules)

    def lint(self, snapshot: Snapshot) -> Verdict:
        """Return the verdict on a blog as it stood at a moment.

        Raises:
            SourceError: the file of a post is gone or has changed since it was read.
            ConfigError: a rule's check failed, or does not exist.
        """
        analyses = AnalysisCache(self._cache)
        run = self._run_on_posts(snapshot, self.context_of(snapshot, analyses))
        run.run("blog", run.context.rules.keys() - self._dateless)
        context = run.context
        verdict = verdict_of(run, self._settings.config.reason_weights())
        texts = dict(_texts(context.documents, verdict))
        plan = plan_of(run, verdict) if self._settings.with_plan and verdict.grade else None
        verdict = replace(
            verdict, steps=steps_of(run, verdict), plan=plan, texts=texts,
            new_days=_new_days(context) if "frequency" in verdict.reasons else (),
        )  # fmt: skip
        analyses.save([*context.documents, *context.memo.get("documents", {}).values()])
        return self._finished(verdict, snapshot)

    def plan(self, snapshot: Snapshot) -> Plan:
        """Return the fewest steps to the blog's next grade.

        Raises:
            ConfigError: the blog has no grade, or a rule's check failed.
        """
        run = self._run_on_posts(snapshot, self.context_of(snapshot, AnalysisCache(self._cache)))
        run.run("blog", run.context.rules.keys() - self._dateless)
        return plan_of(run, verdict_of(run, self._settings.config.reason_weights()))

    def _run_on_posts(self, snapshot: Snapshot, context: Context) -> RuleRun:
        """Run the rules that need no day, or restore what they yielded on another one."""
        key = self._key(snapshot) if self._key and self._cache else None
        known = self._cache.get(key, PostResults) if key and self._cache else None
        if known is not None:
            posts = past_posts(context.blog.posts, len(context.documents))
            measured = list(zip(posts, known.past, strict=False))
            run = RuleRun(dataclasses.replace(context, past=measured), self.active)
            run.restore(known)
            return run
        past = _measure_past(context, self.active)
        run = RuleRun(dataclasses.replace(context, past=past), self.active)
        for scope in SCOPES[:2]:
            run.run(scope)
        run.run("blog", self._dateless)
        if key and self._cache:
            self._cache.put(key, run.post_results())
        return run

    def context_of(self, snapshot: Snapshot, analyses: AnalysisCache) -> Context:
        """Return what the rules may consult of a blog, before any of them has run."""
        blog, config = snapshot.blog, self._settings.config
        posts = map(restored, scored_posts(blog.posts, snapshot.as_of))
        documents, names = analyses.documents(blog, posts)
        return Context(
            blog,
            snapshot.as_of,
            self._rules,
            self._options,
            documents,
            [{} for _ in documents],
            self._newsroom,
            tuple(dict.fromkeys((*config.names, *names))),
            [(pause.first, pause.to) for pause in config.pauses],
            restore=restored,
            analyses=analyses,
            rules_hash=self._rules_digest,
            is_off=is_off,
            options_of_files=self._options_of_files,
        )

    def _finished(self, verdict: Verdict, snapshot: Snapshot) -> Verdict:
        """Return ``verdict`` with the user's severities and the blog's calendar."""
        blog, as_of, zone = snapshot.blog, snapshot.as_of, snapshot.blog.zone
        days = [_day(post.published, zone) for post in blog.posts if post.published]
        first = as_of.date() - timedelta(days=POSTED_DAYS - 1)
        return replace(
            verdict,
            findings=self.with_severities(verdict.findings),
            suppressed_findings=self.with_severities(verdict.suppressed_findings),
            as_of=as_of,
            terms=self._settings.fingerprint(self.active),
            home=blog.url,
            posted=tuple(sorted(day for day in days if first <= day <= as_of.date())),
            planned=tuple(_planned(post, as_of, zone) for post in blog.planned),
        )

    def with_severities(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Return findings with the severities that the user has given to rules."""
        config = self._settings.config
        if not config.severity:
            return findings
        own = [replace(f, severity=config.severity_of(f.rule, f.severity)) for f in findings]
        return tuple(sorted(own, key=lambda one: -SEVERITIES.index(one.severity)))


def _new_days(context: Context) -> tuple[date, ...]:
    """Return the days with something new of the last year, and the last one before."""
    days, since = calendar(context).days, context.as_of.date() - timedelta(days=POSTED_DAYS - 1)
    before = [day for day in days if day < since][-1:]
    return (*before, *(day for day in days if day >= since))


def effective_options(
    rules: Mapping[str, Rule], profile: str, own: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Return the options of every rule by id: the profile's, overridden by the user's ``own``.

    Raises:
        ConfigError: a value does not fit what the rule's check declares.
    """
    found = {}
    for rule in rules.values():
        values = rule.options_at(profile) | dict(own.get(rule.id, {}))
        try:
            found[rule.id] = find_check(rule.check).options_from(values)
        except msgspec.ValidationError as error:
            raise ConfigError(str(error), "", f"options: {rule.id}") from None
    return found


def _texts(
    documents: Sequence[Document], verdict: Verdict
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the paragraphs of the posts that the first findings are about."""
    first = list(dict.fromkeys(finding.post for finding in verdict.findings if finding.post))
    shown = frozenset(first[:SHOWN_TEXTS])
    for document in documents:
        if document.post.id in shown:
            spans = ((block.start, block.end) for block in document.readable)
            yield document.post.id, tuple(document.text[start:end] for start, end in spans)


def _measure_past(
    context: Context, active: Collection[str]
) -> list[tuple[Post, Mapping[str, Any]]]:
    """Return a few posts before the window, with the measures that yearly counts need."""
    rules = [(rule, find_check(rule.check)) for rule in context.rules.values()]
    reasons = {rule.reason for rule, check in rules if check.counts_past and rule.id in active}
    posts = past_posts(context.blog.posts, len(context.documents))
    if not posts or not reasons:
        return []
    documents = [context.analyses.document(restored(p), context.blog.language) for p in posts]
    context.analyses.load(documents)
    context.memo["documents"] = {d.post.id: d for d in (*context.documents, *documents)}
    past = dataclasses.replace(context, documents=documents, measures=[{} for _ in posts])
    run = RuleRun(past, ())
    only = {rule.id for rule, check in rules if check.measures_past and rule.reason in reasons}
    for scope in SCOPES[:2]:
        run.run(scope, only)
    context.analyses.save(documents)
    return list(zip(posts, run.per_post, strict=True))


def _planned(post: Post, as_of: datetime, zone: tzinfo | None) -> Planned:
    is_future = post.published is not None and post.published > as_of
    day = _day(post.published, zone) if post.published and is_future else None
    return Planned(post.id, post.title, day, post.url, post.path)


def _day(moment: datetime, zone: tzinfo | None) -> date:
    return (moment.astimezone(zone) if zone else moment).date()


def lint_blog(
    blog: Blog,
    rules: Mapping[str, Rule],
    *,
    as_of: datetime,
    press: Newsroom | None = None,
    config: Config | None = None,
) -> Verdict:
    """Return the verdict on ``blog``, all of whose posts were published by ``as_of``.

    ``press`` holds the releases to compare with; it is None without a newsroom.
    """
    settings = LintSettings(config or Config(), as_of, as_of)
    return Linter(settings, rules, press).lint(Snapshot(blog.source, blog, as_of))
