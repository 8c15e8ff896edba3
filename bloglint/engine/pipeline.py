"""The pipeline: a blog passes through the rules and becomes a verdict."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bloglint.cache.analyses import AnalysisCache
from bloglint.cache.store import Cache
from bloglint.checks.context import Context
from bloglint.checks.registry import find_kind
from bloglint.checks.results import Hit, Measure
from bloglint.digests import text_digest
from bloglint.engine import scoring
from bloglint.engine.suppressions import Suppression, is_off, suppressions, useless_finding
from bloglint.model import (
    SEVERITIES,
    WEIGHTS,
    Blog,
    Finding,
    Loss,
    Post,
    PostVerdict,
    ReasonVerdict,
    Text,
    Verdict,
    posts_counted,
    replace,
    write_date,
)
from bloglint.model.window import past_posts, scored_posts
from bloglint.rules import Rule
from bloglint.sources import restored
from bloglint.text.document import Document
from bloglint.text.footers import leave_out_footers
from bloglint.text.names import own_names
from bloglint.text.shingles import FEWEST_WORDS

if TYPE_CHECKING:
    from bloglint.press.index import Newsroom

#: The kinds of check whose measures a share is counted from.
_OF_SHARES = ("press", "own_posts", "weigh")
#: What is told of every post, whether it could be measured or not, and what only if it could.
POST_MEASURES = ("advertorial", "recycled", "readability", "topic_similarity")
MORE_MEASURES = (
    "reading_minutes",
    "school_grade",
    "lix",
    "editing",
    "longest_stretch",
    "words_before_heading",
    "unedited",
    "repeated",
    "press_style",
    "comments",
)
_NO_NEWSROOM = Text(
    "no newsroom was given (--press): judged by style and by repetition only",
    "keine Presseseite angegeben (--press): nur nach Stil und Wiederholung beurteilt",
)
_EMPTY_NEWSROOM = Text(
    "no press release could be read: judged by style and by repetition only",
    "keine Pressemitteilung war lesbar: nur nach Stil und Wiederholung beurteilt",
)
_SUMMARY = Text(
    "only a summary was available; judged by date and author alone",
    "nur ein Anreißer war da; beurteilt nach Datum und Autor allein",
)
_NO_TEXT = Text("no post holds any words", "kein Beitrag enthält Wörter")
_ONLY_SUMMARIES = Text("only summaries were available", "nur Anreißer waren da")
_UNMEASURED = Text("nothing could be measured", "nichts war messbar")


def judge(
    blog: Blog,
    rules: Mapping[str, Rule],
    *,
    as_of: datetime,
    press: Newsroom | None = None,
    profile: str = "standard",
    options: Mapping[str, Mapping[str, Any]] | None = None,
    weights: Mapping[str, float] = WEIGHTS,
    active: Collection[str] | None = None,
    names: Sequence[str] = (),
    pauses: Sequence[tuple[date, date]] = (),
    kept: Cache | None = None,
    rules_hash: bytes = b"",
) -> Verdict:
    """The verdict on ``blog`` as of the moment ``as_of``, which carries the blog's zone.

    ``press`` are the press releases to compare with, None where no newsroom was named;
    ``options`` are the user's own, by rule; ``active`` are the rules that report and score (the
    others still measure what those need); ``names`` are the company's own; ``pauses`` the
    announced ones, first and last day; ``kept`` is where what was analyses out of single texts is
    kept, and ``rules_hash`` what that was analyses out by.
    """
    judged = map(restored, scored_posts(blog.posts, as_of))
    analyses = AnalysisCache(kept)
    documents = [analyses.document(post, blog.language) for post in judged]
    leave_out_footers(documents)
    analyses.load(documents)
    context = Context(
        blog,
        as_of,
        rules,
        effective_options(rules, profile, options or {}),
        documents,
        [{} for _ in documents],
        press,
        tuple(dict.fromkeys((*names, *own_names(blog, documents)))),
        pauses,
        restore=restored,
        analyses=analyses,
        rules_hash=rules_hash,
        is_off=is_off,
    )
    chosen = rules if active is None else active
    context = dataclasses.replace(context, past=_measure_past(context, chosen))
    judging = _Judge(context, chosen)
    for scope in ("post", "posts", "blog"):
        judging.run(scope)
    verdict = judging.verdict(weights)
    analyses.save([*documents, *context.memo.get("documents", {}).values()])
    return verdict


def _measure_past(
    context: Context, active: Collection[str]
) -> list[tuple[Post, Mapping[str, Any]]]:
    """What a share over the years is counted from, of a few posts before the window."""
    shares = {rule.reason for rule in context.rules.values()
              if rule.check == "share" and rule.id in active}  # fmt: skip
    posts = past_posts(context.blog.posts, len(context.documents))
    if not posts or not shares:
        return []
    documents = [context.analyses.document(restored(p), context.blog.language) for p in posts]
    context.analyses.load(documents)
    context.memo["documents"] = {d.post.id: d for d in (*context.documents, *documents)}
    past = dataclasses.replace(context, documents=documents, measures=[{} for _ in posts])
    judging = _Judge(past, ())
    for scope in ("post", "posts"):
        judging.run(scope, {rule.id for rule in context.rules.values()
                            if rule.reason in shares and rule.check in _OF_SHARES})  # fmt: skip
    context.analyses.save(documents)
    return list(zip(posts, judging.per_post, strict=True))


def effective_options(
    rules: Mapping[str, Rule], profile: str, own: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """The options of every rule: the profile's, and the user's ``own`` over them."""
    return {
        rule.id: {
            **{name: option.at(profile) for name, option in rule.options.items()},
            **own.get(rule.id, {}),
        }
        for rule in rules.values()
    }


def write_value(value: Any, language: str) -> Any:
    """A field of a message as a reader of ``language`` writes it."""
    if isinstance(value, date):
        return write_date(value, language)
    if isinstance(value, Mapping):
        return value[language]
    if isinstance(value, list | tuple):
        return ", ".join(str(write_value(item, language)) for item in value)
    if isinstance(value, float):
        text = f"{value:g}" if value == round(value, 2) else f"{value:.2f}"
        return text.replace(".", ",") if language == "de" else text
    return value


class _Judge:
    """What gathers while the rules run."""

    def __init__(
        self,
        context: Context,
        active: Collection[str],
    ) -> None:
        self.context, self.active = context, active
        self.rules = list(context.rules.values())
        self.suppressions = [suppressions(document) for document in context.documents]
        self.silenced: list[Finding] = []
        self.findings: list[Finding] = []
        self.measures: dict[str, dict[str, Any]] = {}
        self.unmeasured: dict[str, dict[Text, float]] = {}
        self.notes: dict[Text, set[int]] = {}
        self.per_post = context.measures

    def run(self, scope: str, only: Collection[str] | None = None) -> None:
        """Run the rules of one scope."""
        for rule in self.rules:
            if rule.scope != scope or (only is not None and rule.id not in only):
                continue
            kind, options = find_kind(rule.check), self.context.options[rule.id]
            if scope == "post":
                for at, document in self.context.whole():
                    self._take(rule, kind(document, options, self.context), at)
            else:
                self._take(rule, kind(options, self.context), None)

    def _take(self, rule: Rule, results: Iterator[Hit | Measure], post: int | None) -> None:
        """Keep what a rule found: of one post (``post``), of several or of the blog."""
        groups: dict[int | None, tuple[list[Hit], list[Measure]]] = {}
        for result in results:
            hits, measures = groups.setdefault(result.post if post is None else post, ([], []))
            if isinstance(result, Hit):
                hits.append(result)
            else:
                measures.append(result)
        for at, (hits, measures) in groups.items():
            kept = hits
            why: list[str | None] = [None] * len(hits)
            if at is not None:
                why = [self._suppressed(rule, hit, at) for hit in hits]
                kept = [hit for hit, reason in zip(hits, why, strict=True) if reason is None]
            if rule.id in self.active:
                self.findings += [self._finding(rule, hit, at) for hit in kept]
                self.silenced += [
                    replace(self._finding(rule, hit, at), suppressed=reason)
                    for hit, reason in zip(hits, why, strict=True)
                    if reason is not None
                ]
            if hits and not kept:
                continue  # a suppressed finding leaves the score
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
        """The author's reason for switching a finding off, None where nobody did."""
        document = self.context.documents[at]
        place = hit.source[0] if hit.source else None
        if hit.start is not None and hit.end is not None:
            place = document.source_start(hit.start, hit.end)
        reason = None
        for one in self.suppressions[at]:
            if one.covers(rule.id, place):
                one.used = True
                reason = reason or one.reason
        return reason

    def _unused(self) -> Iterator[Finding]:
        for document, own in zip(self.context.documents, self.suppressions, strict=True):
            for one in own:
                unknown = [name for name in one.rules if not self._is_known(name)]
                if unknown or not one.rules or (not one.used and self._ran(one)):
                    yield useless_finding(document, one, unknown, list(self.context.rules))

    def _ran(self, one: Suppression) -> bool:
        """Whether all rules ran that a suppression names: without a newsroom none compares."""
        named = [rule for rule in self.rules if one.covers(rule.id, one.start)]
        return all(
            rule.id in self.active and (self.context.press is not None or rule.check != "press")
            for rule in named
        )

    def _is_known(self, name: str) -> bool:
        return any(rule == name or rule.startswith(name + "-") for rule in self.context.rules)

    def _finding(self, rule: Rule, hit: Hit, at: int | None) -> Finding:
        def words(texts: Mapping[str, str]) -> Text:
            said = {}
            for language in ("en", "de"):
                fields = {
                    name: write_value(value, language)
                    for name, value in {
                        "value": hit.value,
                        "limit": hit.limit,
                        **hit.fields,
                    }.items()
                }
                said[language] = texts[language].format_map(fields)
            return Text(said["en"], said["de"])

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
            message=words(rule.message[hit.case]),
            advice=words(rule.advice[hit.case]),
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

    def _reason(self, reason: str, weight: float) -> ReasonVerdict:
        own = [r for r in self.rules if r.reason == reason and r.id in self.active]
        measures = self.measures.get(reason, {})
        losses: list[Loss] = scoring.blog_losses(own, measures)
        missing = self.unmeasured.get(reason, {})
        whole = [self.per_post[at] for at, _ in self.context.whole()]
        if any(document.words for _, document in self.context.whole()):
            losses += scoring.post_losses(own, whole)
        elif not missing and any(rule.score and rule.scope != "blog" for rule in own):
            missing = {_NO_TEXT if whole else _ONLY_SUMMARIES: 0.0}
        notes = sorted(missing, key=lambda text: -missing[text])  # what weighs most comes first
        if reason == "recycling" and (losses or not notes):
            notes += _newsroom_notes(self.context.press)
        note = Text("; ".join(notes), "; ".join(one.de for one in notes)) if notes else None
        if not losses:
            return ReasonVerdict(None, weight, measures, note or _UNMEASURED)
        return ReasonVerdict(scoring.score_of(losses), weight, measures, note, tuple(losses))

    def verdict(self, weights: Mapping[str, float]) -> Verdict:
        """Everything that was gathered, scored."""
        blog = self.context.blog
        whole = {at for at, _ in self.context.whole()}
        if len(whole) < len(self.context.documents):
            self.notes[_SUMMARY] = set(range(len(self.context.documents))) - whole
        posts = [
            _post_verdict(document, measures)
            for document, measures in zip(self.context.documents, self.per_post, strict=True)
        ]
        reasons = {
            reason: self._reason(reason, weight)
            for reason, weight in weights.items()
            if any(rule.reason == reason and rule.id in self.active for rule in self.rules)
        }
        dead_on = self.measures.get("frequency", {}).get("dead_on")
        dead = (
            "frequency" in reasons
            and dead_on is not None
            and self.context.as_of.date() >= date.fromisoformat(dead_on)
        )
        score, grade, provisional = scoring.grade(reasons, dead)
        days = sorted(post.published.date() for post in posts if post.published)
        return Verdict(
            source=blog.source,
            title=blog.title,
            languages=tuple(sorted({post.language for post in posts if post.language})),
            posts_judged=len(posts),
            score=score,
            grade=grade,
            provisional=provisional,
            reasons=reasons,
            findings=tuple(sorted((*self.findings, *self._unused()), key=_worst_first)),
            silenced=tuple(sorted(self.silenced, key=_worst_first)),
            posts=tuple(posts),
            notes=(
                *blog.notes,
                *(_counted(note, len(at)) for note, at in sorted(self.notes.items())),
            ),
            first=days[0] if days else None,
            last=days[-1] if days else None,
            left_out=blog.left_out,
        )


def _newsroom_notes(press: Newsroom | None) -> Iterator[Text]:
    """What could not be compared with press releases, and why."""
    if press is None:
        yield _NO_NEWSROOM
    elif not press.languages:
        yield _EMPTY_NEWSROOM
    if press and press.counts["empty"]:
        count = press.counts["empty"]
        yield Text(
            f"press releases under {FEWEST_WORDS} words were left out: {count}",
            f"Pressemitteilungen unter {FEWEST_WORDS} Wörtern zählen nicht: {count}",
        )


def _as_text(note: str) -> Text:
    return note if isinstance(note, Text) else Text(note, note)


def _counted(note: Text, count: int) -> Text:
    posts = posts_counted(count)
    return Text(f"{posts}: {note}", f"{posts.de}: {note.de}")


def _worst_first(finding: Finding) -> tuple[Any, ...]:
    places = list(WEIGHTS)
    return (
        -SEVERITIES.index(finding.severity),
        places.index(finding.reason),
        finding.post is not None,
        -_excess(finding),
        finding.post or "",
        finding.rule,
        (finding.place.line, finding.place.column or 0) if finding.place else (0, 0),
    )


def _excess(finding: Finding) -> float:
    """How many times the limit was exceeded."""
    return (finding.value or 0.0) / (finding.limit or 1.0)


def _post_verdict(document: Document, measured: Mapping[str, Any]) -> PostVerdict:
    post, sentences = document.post, len(document.sentences)
    measures: dict[str, Any] = {name: measured.get(name) for name in POST_MEASURES}
    measures["sentence_words_mean"] = document.words / sentences if sentences else None
    measures["questions"] = measured.get("questions")
    measures["quoted_words"] = document.quoted_words
    measures.update({name: measured[name] for name in MORE_MEASURES if name in measured})
    return PostVerdict(
        id=post.id,
        title=post.title,
        url=post.url,
        path=post.path,
        published=post.published,
        authors=post.authors,
        language=document.language,
        words=document.words,
        complete=post.complete,
        measures=measures,
        digest=text_digest(f"{post.title}\0{post.source}").hex()[:16],
    )
