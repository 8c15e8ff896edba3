"""Where one process judges: blogs become verdicts, each on its own terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from bloglint.cache.code_version import made_by
from bloglint.cache.store import Cache
from bloglint.clock import end_of_day, zone_named, zone_of
from bloglint.config import Config
from bloglint.digests import digest, text_digest
from bloglint.model import (
    SEVERITIES,
    Blog,
    BlogEntry,
    Finding,
    Planned,
    SourceError,
    SourceFailure,
    Text,
    Verdict,
    replace,
)
from bloglint.model.window import recent_posts
from bloglint.rules import Rule, load_rules, with_words
from bloglint.sources import ReadContext, ReadLimit, published_by, read_blog

if TYPE_CHECKING:
    from bloglint.press.index import Newsroom

_NO_POST = Text("no published post was found", "kein veröffentlichter Beitrag gefunden")
_CHECK_PLACE = Text("Check the address or folder.", "Prüfen Sie Adresse oder Ordner.")
#: Of so many days is told when there were posts: a year in whole weeks.
POSTED_DAYS = 371
#: So many benches for blogs on their own terms are kept.
_KEPT = 8

Outcome = Verdict | SourceFailure


class Terms(msgspec.Struct, frozen=True):
    """What all blogs of a run are judged by; it can be sent to another process.

    ``day`` is the one named, ``now`` where none is; ``zone`` the configured one; ``press`` are the
    files and folders of the newsroom's indexes, ``unread`` what of it could not be read.
    """

    config: Config
    day: str | date | datetime
    now: datetime
    zone: tzinfo | None = None
    cache: Path | None = None
    press: tuple[tuple[Path, Path | None], ...] | None = None
    unread: tuple[Text, ...] = ()

    def of(self, listing: BlogEntry | None) -> Terms:
        """The terms of a blog that a list gives limits of its own; its newsroom is not among them.

        Raises:
            ConfigError: there is no such time zone.
        """
        if listing is None or not is_special(listing):
            return self
        config = self.config
        options = {rule: dict(own) for rule, own in config.options.items()}
        for rule, own in listing.options.items():
            options[rule] = {**options.get(rule, {}), **own}
        config = replace(
            config,
            options=options,
            profile=listing.profile or config.profile,
            language=listing.language or config.language,
        )
        zone = zone_named(listing.timezone) if listing.timezone else self.zone
        return replace(self, config=config, zone=zone)


def is_special(listing: BlogEntry) -> bool:
    """Whether a blog is judged by other terms than the rest of its run."""
    own = (listing.options, listing.profile, listing.language, listing.timezone, listing.press)
    return any(own)


class Judge:
    """Judges blogs by one configuration, its rules and one newsroom; ``cache`` is a folder."""

    def __init__(
        self,
        config: Config,
        rules: Mapping[str, Rule],
        newsroom: Newsroom | None = None,
        cache: Path | None = None,
    ) -> None:
        self._config, self._rules, self._newsroom = config, rules, newsroom
        self.kept = Cache(cache)
        # Whose code is not ours is not known to be the same.
        self._keeps = cache is not None and all(_is_ours(rule.check) for rule in rules.values())
        self._terms = self._rules_hash = b""
        if self._keeps:
            self._rules_hash = digest(_packed(list(rules.values())))
            self._terms = digest(
                made_by(),
                self._rules_hash,
                _packed([config.active(rules), config.profile, config.options, config.weights]),
                _packed([config.names, config.pauses]),
            )

    def verdict(self, blog: Blog, as_of: datetime) -> Verdict:
        """The verdict on ``blog`` as of a moment in its own zone."""
        return self._weighed(self._verdict(blog, as_of))

    def _weighed(self, verdict: Verdict) -> Verdict:
        """``verdict`` with the severities that the user chose."""
        config = self._config
        if not config.severity:
            return verdict

        def weighed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
            own = [replace(f, severity=config.severity_of(f.rule, f.severity)) for f in findings]
            return tuple(sorted(own, key=lambda one: -SEVERITIES.index(one.severity)))

        findings, silenced = weighed(verdict.findings), weighed(verdict.silenced)
        return replace(verdict, findings=findings, silenced=silenced)

    def _verdict(self, blog: Blog, as_of: datetime) -> Verdict:
        key = self._key(blog, as_of) if self._keeps else b""
        if self._keeps:
            kept = self.kept.get(key)
            if isinstance(kept, Verdict):
                return kept
        from bloglint.engine.pipeline import judge

        config = self._config
        verdict = judge(
            blog,
            self._rules,
            as_of=as_of,
            press=self._newsroom,
            active=config.active(self._rules),
            profile=config.profile,
            options=config.options,
            weights=config.reason_weights(),
            names=config.names,
            pauses=[(pause.first, pause.to) for pause in config.pauses],
            kept=self.kept if self._keeps else None,
            rules_hash=self._rules_hash,
        )
        if self._keeps:
            self.kept.put(key, verdict)
        return verdict

    def _key(self, blog: Blog, as_of: datetime) -> bytes:
        """All that a verdict depends on. Of the moment that is the day, and what lies before it."""
        before = len(recent_posts(blog.posts, as_of))
        ahead = sum(1 for post in blog.planned if post.published and post.published > as_of)
        day = [as_of.date(), str(as_of.tzinfo), str(as_of.utcoffset()), before, ahead]
        press = self._newsroom.fingerprint(as_of) if self._newsroom else b""
        return digest(self._terms, _packed(day), press, _packed(blog))

    def close(self) -> None:
        """Let go of what is kept."""
        self.kept.close()


def _is_ours(check: str) -> bool:
    from bloglint.checks.registry import BUILT_IN

    return check in BUILT_IN


def _packed(value: object) -> bytes:
    """Data as bytes that are the same for the same data."""
    try:
        return msgspec.msgpack.encode(value, enc_hook=_plain, order="sorted")
    except UnicodeEncodeError:  # the name of a file may be no Unicode
        plain = msgspec.to_builtins(value, enc_hook=_plain, order="sorted")
        return repr(plain).encode("utf-8", "surrogateescape")


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return [str(value), value.de]
    if isinstance(value, tzinfo):
        return str(value)
    raise NotImplementedError(type(value))


class Bench:
    """Where one process judges."""

    def __init__(
        self,
        terms: Terms,
        rules: Mapping[str, Rule] | None = None,
        newsroom: Newsroom | None = None,
    ) -> None:
        self.terms, config = terms, terms.config
        if rules is None:
            rules = load_rules([Path(name) for name in config.rules])
            rules = with_words(rules, config.words.add, config.words.allow)
        if newsroom is None and terms.press is not None:
            from bloglint.press.index import Index, Newsroom

            newsroom = Newsroom([Index(path, folder) for path, folder in terms.press])
        self._rules, self._newsroom = rules, newsroom
        self._others: dict[bytes, Bench] = {}
        self._judge = Judge(config, rules, newsroom, terms.cache)
        told = [sorted(config.active(rules)), config.profile, config.options, config.weights,
                config.limit, terms.press is not None]  # fmt: skip
        self._told = text_digest(repr(told)).hex()[:16]
        #: What is kept to be faster.
        self.kept = self._judge.kept

    def on(self, terms: Terms) -> Bench:
        """The bench where blogs are judged on other terms, by the same rules."""
        if terms == self.terms:
            return self
        key = msgspec.msgpack.encode(terms, enc_hook=repr, order="deterministic")
        if key not in self._others:
            while len(self._others) >= _KEPT:
                self._others.pop(next(iter(self._others))).close()
            newsroom = self._newsroom if terms.press == self.terms.press else None
            self._others[key] = Bench(terms, self._rules, newsroom)
        return self._others[key]

    def zone_of(self, blog: Blog) -> tzinfo | None:
        """The zone in which a blog's days are counted."""
        return self.terms.zone or zone_of(blog) or self.terms.now.tzinfo

    def outcome(self, source: str, blog: Blog | SourceError, zone: tzinfo | None = None) -> Outcome:
        """The verdict on a blog that was read from ``source``, or why there is none.

        Its days are counted in ``zone``, if that is not its own.
        """
        from bloglint.web.addresses import shown

        terms = self.terms
        if isinstance(blog, SourceError):
            return SourceFailure(shown(source), blog.message, blog.advice)
        when = end_of_day(terms.day, zone or self.zone_of(blog))
        blog = replace(published_by(blog, when), zone=terms.zone)
        if not blog.posts:
            return SourceFailure(shown(source), _NO_POST, _CHECK_PLACE)
        blog = _configured(blog, terms.config)
        try:
            found = self._judge.verdict(replace(blog, notes=(*blog.notes, *terms.unread)), when)
        except SourceError as error:  # a file that changed in the meantime
            return SourceFailure(error.where, error.message, error.advice)
        return _with_calendar(found, blog, when, self._told)

    def read(self, source: str) -> Blog | SourceError:
        """The blog at ``source``, read on these terms."""
        terms = self.terms
        wanted = ReadLimit(terms.config.limit, terms.now, terms.config.full_text)
        zone = terms.now.tzinfo or UTC
        return read(source, ReadContext(zone, wanted=wanted, cache=self.kept))

    def close(self) -> None:
        """Let go of what is kept."""
        for other in self._others.values():
            other.close()
        self._judge.close()


def read(source: str, reading: ReadContext) -> Blog | SourceError:
    """The blog at ``source``, or why it cannot be read."""
    from bloglint.web.addresses import shown

    reading.on_progress(shown(source))
    try:
        return read_blog(source, reading)
    except SourceError as error:
        return error


def _with_calendar(verdict: Verdict, blog: Blog, when: datetime, terms: str) -> Verdict:
    """``verdict`` with the days on which there were posts, and those that are planned."""
    zone = blog.zone
    days = [_day(post.published, zone) for post in blog.posts if post.published]
    first = when.date() - timedelta(days=POSTED_DAYS - 1)
    return replace(
        verdict,
        as_of=when,
        terms=terms,
        home=blog.url,
        posted=tuple(sorted(day for day in days if first <= day <= when.date())),
        planned=tuple(
            Planned(
                post.id,
                post.title,
                _day(post.published, zone) if post.published and post.published > when else None,
                post.url,
                post.path,
            )
            for post in blog.planned
        ),
    )


def _day(moment: datetime, zone: tzinfo | None) -> date:
    return (moment.astimezone(zone) if zone else moment).date()


def _configured(blog: Blog, config: Config) -> Blog:
    posts = blog.posts
    notes = blog.notes
    if isinstance(config.limit, int) and len(posts) > config.limit:
        older = len(posts) - config.limit
        posts = posts[: config.limit]
        notes = (
            *notes,
            Text(
                f"{older} older posts were not read (limit {config.limit})",
                f"{older} ältere Beiträge nicht gelesen (limit {config.limit})",
            ),
        )
    return replace(
        blog,
        posts=posts,
        notes=notes,
        title=config.title or blog.title,
        language=config.language or blog.language,
    )
