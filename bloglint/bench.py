"""Where one process judges: blogs become verdicts, each on its own terms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bloglint.config import Config
from bloglint.judging import Judge
from bloglint.kept import text_digest
from bloglint.model import (
    Blog,
    Listing,
    Planned,
    SourceError,
    SourceFailure,
    Text,
    Verdict,
    replace,
)
from bloglint.moments import moment, zone_named, zone_of
from bloglint.rules import Rule, load_rules, with_words
from bloglint.sources import Reading, Wanted, published_by, read_blog

if TYPE_CHECKING:
    from bloglint.newsroom import Newsroom

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

    def of(self, listing: Listing | None) -> Terms:
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


def is_special(listing: Listing) -> bool:
    """Whether a blog is judged by other terms than the rest of its run."""
    own = (listing.options, listing.profile, listing.language, listing.timezone, listing.press)
    return any(own)


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
            from bloglint.newsroom import Index, Newsroom

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
        when = moment(terms.day, zone or self.zone_of(blog))
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
        wanted = Wanted(terms.config.limit, terms.now, terms.config.full_text)
        zone = terms.now.tzinfo or UTC
        return read(source, Reading(zone, wanted=wanted, kept=self.kept))

    def close(self) -> None:
        """Let go of what is kept."""
        for other in self._others.values():
            other.close()
        self._judge.close()


def read(source: str, reading: Reading) -> Blog | SourceError:
    """The blog at ``source``, or why it cannot be read."""
    from bloglint.web.addresses import shown

    reading.told(shown(source))
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
