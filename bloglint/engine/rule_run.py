"""One run of the rules over a blog, which turns hits into findings and collects measures."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import msgspec

from bloglint.checks.context import Context
from bloglint.checks.registry import find_check, is_built_in
from bloglint.checks.results import Hit, Measure
from bloglint.engine.suppressions import Suppression, suppressions, useless_finding
from bloglint.model import Finding, SourceError, Text, replace, say, translate
from bloglint.model.messages import RuleError, in_each, plain, write_count, write_value
from bloglint.rules import Rule

#: The order in which rules run: later ones read what earlier ones measured.
SCOPES = ("post", "posts", "blog")
#: Fields that count something and are written with separators of thousands; years are not.
_COUNTS = frozenset({"words", "limit", "value", "count", "total", "own_words", "days", "dead"})
_UNMEASURED = translate("nothing could be measured")


class PostResults(msgspec.Struct, frozen=True):
    """What the rules that need no day yielded: those on single posts, and some on the blog.

    Attributes:
        findings, suppressed_findings, measures, unmeasured, per_post: as in `RuleRun`.
        notes: the notes with the indices of their posts.
        flagged: the indices of the posts with an error or a warning.
        used: the post and number of each suppression that suppressed something.
        past: the measures of posts before the window.
    """

    findings: list[Finding]
    suppressed_findings: list[Finding]
    measures: dict[str, dict[str, Any]]
    unmeasured: list[tuple[str, Text, float]]
    per_post: list[dict[str, Any]]
    notes: list[tuple[Text, list[int]]]
    flagged: list[int]
    used: list[tuple[int, int]]
    past: list[dict[str, Any]]


class RuleRun:
    """A run of rules that collects their findings and measures.

    Attributes:
        active: the rules that report and score; the others only measure.
        findings, suppressed_findings: the findings, and those that posts suppress.
        measures: the blog's measures, by reason.
        unmeasured: why each reason could not be measured, with the points at stake.
        notes: why posts could not be measured, with their indices in the context's documents.
        per_post: the measures of each document, in the same order.
    """

    def __init__(self, context: Context, active: Collection[str]) -> None:
        self.context, self.active = context, active
        self.rules = list(context.rules.values())
        self.suppressions = [suppressions(document) for document in context.documents]
        self.suppressed_findings: list[Finding] = []
        self.findings: list[Finding] = []
        self.measures: dict[str, dict[str, Any]] = {}
        self.unmeasured: dict[str, dict[Text, float]] = {}
        self.notes: dict[Text, set[int]] = {}
        self.per_post = context.measures

    def run(
        self,
        scope: str,
        only: Collection[str] | None = None,
        posts: Collection[int] | None = None,
    ) -> None:
        """Run the rules of one scope, or of these only those in ``only``.

        Rules on single posts run on all of them, or on those with the indices ``posts``.

        Raises:
            RuleError: the check of a package failed; the error names the rule and its file.
        """
        for rule in self.rules:
            if rule.scope != scope or (only is not None and rule.id not in only):
                continue
            check, options = find_check(rule.check).function, self.context.options[rule.id]
            context = dataclasses.replace(self.context, for_rule=rule)
            try:
                if scope == "post":
                    for at, document in context.whole():
                        if posts is not None and at not in posts:
                            continue
                        own = context.options_for(document) or options
                        self._collect(rule, list(check(document, own, context)), at)
                else:
                    self._collect(rule, list(check(options, context)), None)
            except Exception as error:
                if is_built_in(rule.check) or isinstance(error, SourceError):
                    raise  # a bug of ours costs one blog only, and is reported as such
                raise RuleError.of(rule.id, rule.file, error) from error

    def post_results(self) -> PostResults:
        """Return what the rules that ran so far yielded."""
        return PostResults(
            self.findings,
            self.suppressed_findings,
            self.measures,
            [(name, note, most) for name, own in self.unmeasured.items()
             for note, most in own.items()],
            list(self.per_post),
            [(note, sorted(posts)) for note, posts in self.notes.items()],
            sorted(self.context.flagged),
            [(at, n) for at, own in enumerate(self.suppressions)
             for n, one in enumerate(own) if one.used],
            [dict(measures) for _, measures in self.context.past],
        )  # fmt: skip

    def restore(self, results: PostResults) -> None:
        """Go on from what rules yielded in an earlier run."""
        self.findings = list(results.findings)
        self.suppressed_findings = list(results.suppressed_findings)
        self.measures = results.measures
        for name, note, most in results.unmeasured:
            self.unmeasured.setdefault(name, {})[note] = most
        for own, known in zip(self.per_post, results.per_post, strict=True):
            own.update(known)
        self.notes = {note: set(posts) for note, posts in results.notes}
        self.context.flagged.update(results.flagged)
        for at, n in results.used:
            self.suppressions[at][n].used = True

    def _collect(self, rule: Rule, results: list[Hit | Measure], post: int | None) -> None:
        """Collect what a rule yielded: for one post (``post``), for several or for the blog."""
        groups: dict[int | None, tuple[list[Hit], list[Measure]]] = {}
        for result in results:
            hits, measures = groups.setdefault(result.post if post is None else post, ([], []))
            if isinstance(result, Hit):
                hits.append(result)
            else:
                measures.append(result)
        for at, (hits, measures) in groups.items():
            reported = hits
            reasons: list[str | None] = [None] * len(hits)
            if at is not None:
                reasons = [self._suppressed(rule, hit, at) for hit in hits]
                reported = [hit for hit, why in zip(hits, reasons, strict=True) if why is None]
            if rule.id in self.active:
                found = [self._finding(rule, hit, at) for hit in reported]
                self.findings += found
                if at is not None and any(one.severity != "info" for one in found):
                    self.context.flagged.add(at)
                self.suppressed_findings += [
                    replace(self._finding(rule, hit, at), suppressed=why)
                    for hit, why in zip(hits, reasons, strict=True)
                    if why is not None
                ]
            if hits and not reported:
                continue  # suppressed findings do not count in the score
            for measure in measures:
                self._measure(rule, measure, at)

    def _measure(self, rule: Rule, measure: Measure, at: int | None) -> None:
        if at is not None:
            if measure.value is not None:
                self.per_post[at][measure.name] = measure.value
            elif measure.note:
                self.notes.setdefault(_as_text(measure.note), set()).add(at)
        elif measure.value is None:
            note = _as_text(measure.note or _UNMEASURED)
            known = self.unmeasured.setdefault(rule.reason, {})
            known[note] = max(known.get(note, 0.0), rule.score.most if rule.score else 0.0)
        else:
            self.measures.setdefault(rule.reason, {})[measure.name] = measure.value

    def _suppressed(self, rule: Rule, hit: Hit, at: int) -> str | None:
        """Return the author's reason for suppressing a hit, or None if it is not suppressed."""
        document = self.context.documents[at]
        position = hit.source[0] if hit.source else None
        if hit.start is not None and hit.end is not None:
            position = document.source_start(hit.start, hit.end)
        elif position is None and hit.quote:
            position = document.title_start(hit.quote)
        reason = None
        for suppression in self.suppressions[at]:
            if suppression.covers(rule.id, position):
                suppression.used = True
                reason = reason or suppression.reason
        return reason

    def unused_suppressions(self) -> Iterator[Finding]:
        """Yield a finding for each suppression that suppresses nothing or names no known rule."""
        for document, own in zip(self.context.documents, self.suppressions, strict=True):
            for one in own:
                unknown = [name for name in one.rules if not self._is_known(name)]
                if unknown or not one.rules or (not one.used and self._has_run(one)):
                    yield useless_finding(document, one, unknown, list(self.context.rules))

    def _has_run(self, one: Suppression) -> bool:
        """Whether all rules that a suppression names ran; without a newsroom some do not."""
        without_press = self.context.press is None
        return all(
            rule.id in self.active and not (without_press and find_check(rule.check).needs_press)
            for rule in self.rules
            if one.covers(rule.id, one.start)
        )

    def _is_known(self, name: str) -> bool:
        return any(rule == name or rule.startswith(name + "-") for rule in self.context.rules)

    def _finding(self, rule: Rule, hit: Hit, at: int | None) -> Finding:
        fields = {"value": hit.value, "limit": hit.limit, **hit.fields}

        def filled(texts: Mapping[str, str]) -> Text:
            def words(code: str) -> str:
                values = {
                    name: write_count(value, code) if name in _COUNTS else write_value(value, code)
                    for name, value in fields.items()
                }
                try:
                    return say(texts, code).format_map(values)
                except (LookupError, ValueError, AttributeError) as error:
                    known = ", ".join(f"{{{name}}}" for name in values)
                    raise RuleError(
                        translate("a message of {rule} names what there is not: {what}",
                                  rule=rule.id, what=str(error)),
                        translate("It may name {known}.", known=known),
                        rule.file,
                    ) from None  # fmt: skip

            return in_each(words)

        if hit.case not in rule.message:
            raise RuleError(
                translate("{rule} has no message for {case}", rule=rule.id, case=hit.case),
                translate("Write it, and advice, under this name."),
                rule.file,
            )
        document = self.context.documents[at] if at is not None else None
        post = document.post if document else None
        place, quote, passage = None, hit.quote, hit.quote
        if document and hit.start is not None and hit.end is not None:
            place = document.place(hit.start, hit.end)
            quote = passage = document.text[hit.start : hit.end]
        elif document and hit.source is not None:
            place = document.source_place(*hit.source)
        elif document and hit.quote is not None:
            place = document.title_place(hit.quote)
        if document and place and place.column is not None:
            quote = document.cut(place)
        return Finding(
            rule=rule.id,
            reason=rule.reason,
            severity=rule.severity_of(hit.case),
            message=filled(rule.message[hit.case]),
            advice=filled(rule.advice[hit.case]),
            brief=filled(rule.brief[hit.case]) if hit.case in rule.brief else None,
            post=post.id if post else None,
            title=post.title if post else None,
            url=post.url if post else None,
            path=post.path if post else None,
            place=place,
            quote=quote,
            passage=passage,
            value=hit.value,
            limit=hit.limit,
            evidence=hit.evidence,
            exhibit=hit.exhibit,
        )


def _as_text(note: Text | str) -> Text:
    return note if isinstance(note, Text) else plain(note)
