"""The settings that a blog is linted by, and a snapshot of the blog at a moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bloglint.clock import end_of_day, zone_named, zone_of
from bloglint.config import Config, Words
from bloglint.digests import text_digest
from bloglint.engine.suppressions import PER_FILE
from bloglint.globs import matches
from bloglint.model import (
    Blog,
    BlogEntry,
    Post,
    SourceError,
    SourceFailure,
    Text,
    Verdict,
    replace,
    translate,
)
from bloglint.sources import ReadContext, ReadLimit, published_by, read_blog
from bloglint.yamlfile import convert

if TYPE_CHECKING:
    from bloglint.cache.store import Cache

_NO_POST = translate("no published post was found")
_ONE_DRAFT = "1 draft or planned post, and no published one"
_DRAFTS = "{count} drafts or planned posts, and no published one"
_PUBLISH_ONE = translate("Publish one, or judge a draft by its file name.")
_CHECK_PLACE = translate("Check the address or folder.")

#: The most characters of a path in an error.
_SHOWN = 200

Outcome = Verdict | SourceFailure


class Snapshot(msgspec.Struct, frozen=True):
    """A blog as it stood at the moment ``as_of``, which carries the blog's own zone."""

    source: str
    blog: Blog
    as_of: datetime


class LintSettings(msgspec.Struct, frozen=True):
    """The settings that a blog is linted by; they can be sent to another process.

    Attributes:
        day: the day given by the user, by default the present moment.
        now: the moment of the run.
        zone: the configured time zone.
        cache: the cache folder; None disables caching.
        press: the newsroom's index files with the folders of their releases; None without a
            newsroom.
        unread: what could not be read of the newsroom.
        own_words: phrases of one blog of a list, beside those of the configuration.
        with_plan: whether verdicts say what it would take to the next grade.
    """

    config: Config
    day: str | date | datetime
    now: datetime
    zone: tzinfo | None = None
    cache: Path | None = None
    press: tuple[tuple[Path, Path | None], ...] | None = None
    unread: tuple[Text, ...] = ()
    own_words: Words = Words()
    with_plan: bool = False

    def for_blog(self, entry: BlogEntry) -> LintSettings:
        """Return the settings with a blog's own overrides from a list, but not with its newsroom.

        Raises:
            ConfigError: there is no such time zone, or a value does not fit.
        """
        if not entry.has_own_settings:
            return self
        options = {rule: dict(values) for rule, values in self.config.options.items()}
        for rule, values in entry.options.items():
            options[rule] = {**options.get(rule, {}), **values}
        own = convert(entry.own, Config, entry.name or entry.source)
        config = replace(
            self.config,
            options=options,
            profile=entry.profile or self.config.profile,
            language=entry.language or self.config.language,
            names=[*self.config.names, *own.names],
            ignore=[*self.config.ignore, *own.ignore],
            severity={**self.config.severity, **own.severity},
            pauses=[*self.config.pauses, *own.pauses],
        )
        zone = zone_named(entry.timezone) if entry.timezone else self.zone
        return replace(self, config=config, zone=zone, own_words=own.words)

    def zone_of(self, blog: Blog) -> tzinfo | None:
        """Return the time zone in which a blog's days are counted."""
        return self.zone or zone_of(blog) or self.now.tzinfo

    def fingerprint(self, active: frozenset[str]) -> str:
        """Return a hash of the terms stated in a report; ``active`` are the rules."""
        config = self.config
        parts = [sorted(active), config.profile, config.own_options, config.weights,
                 config.limit, self.press is not None]  # fmt: skip
        return text_digest(repr(parts)).hex()[:16]

    def read(
        self, source: str, context: ReadContext | None = None, cache: Cache | None = None
    ) -> Snapshot | SourceFailure:
        """Read the blog at ``source`` as it stood on the day of these settings.

        Without a ``context``, nothing is used but a ``cache`` for front matter.
        """
        if context is None:
            own = self.config
            limit = ReadLimit(own.limit, self.now, own.full_text, own.max_archive_mb)
            context = ReadContext(self.now.tzinfo or UTC, limit=limit, cache=cache)
        return self.snapshot(source, read_or_error(source, context))

    def snapshot(
        self, source: str, blog: Blog | SourceError, zone: tzinfo | None = None
    ) -> Snapshot | SourceFailure:
        """Return the blog read from ``source`` as it stood on the day of these settings.

        Its days are counted in ``zone``, by default the blog's own.
        """
        from bloglint.web.addresses import shown

        if isinstance(blog, SourceError):
            return SourceFailure(shown(source), blog.message, blog.advice)
        blog = _with_file_settings(blog, self.config)
        as_of = end_of_day(self.day, zone or self.zone_of(blog))
        blog = replace(published_by(blog, as_of), zone=self.zone)
        if not blog.posts:
            drafts = len(blog.planned)
            if drafts:
                form = _ONE_DRAFT if drafts == 1 else _DRAFTS
                found = translate(form, count=drafts)
                return SourceFailure(shown(source), found, _PUBLISH_ONE)
            return SourceFailure(shown(source), _NO_POST, _CHECK_PLACE)
        blog = _configured(blog, self.config)
        return Snapshot(source, replace(blog, notes=(*blog.notes, *self.unread)), as_of)


def read_or_error(source: str, context: ReadContext) -> Blog | SourceError:
    """Return the blog at ``source``, or the error if it cannot be read."""
    from bloglint.web.addresses import shown

    context.on_progress(shown(source))
    try:
        return read_blog(source, context)
    except SourceError as error:
        return error
    except OSError as error:  # a name that is too long, say
        place = source if len(source) <= _SHOWN else f"{source[:_SHOWN]}…"
        why = translate("cannot be read ({error})", error=error.strerror or type(error).__name__)
        return SourceError(why, _CHECK_PLACE, shown(place))


def _with_file_settings(blog: Blog, config: Config) -> Blog:
    """Return ``blog`` without excluded files, and with what is switched off for some of them."""
    if not config.exclude and not any(own.ignore for own in config.per_file.values()):
        return blog
    excluded, left_out = tuple(config.exclude), 0

    def kept(posts: tuple[Post, ...]) -> tuple[Post, ...]:
        nonlocal left_out
        found = []
        for post in posts:
            if post.path is not None and matches(post.path, excluded):
                left_out += 1
                continue
            off = [
                (rule, PER_FILE)
                for pattern, own in config.per_file.items()
                if own.ignore and post.path is not None and matches(post.path, (pattern,))
                for rule in own.ignore
            ]
            found.append(replace(post, disabled=(*post.disabled, *off)) if off else post)
        return tuple(found)

    changed = replace(
        blog, posts=kept(blog.posts), planned=kept(blog.planned), undated=kept(blog.undated)
    )
    if left_out:
        changed = replace(changed, left_out={**blog.left_out, "excluded": left_out})
    return changed


def _configured(blog: Blog, config: Config) -> Blog:
    """Return ``blog`` with the configuration's title, language and limit."""
    posts = blog.posts
    notes = blog.notes
    if isinstance(config.limit, int) and len(posts) > config.limit:
        older = len(posts) - config.limit
        posts = posts[: config.limit]
        notes = (
            *notes,
            translate(
                "{older} older posts were not read (limit {limit})", older=older, limit=config.limit
            ),
        )
    return replace(
        blog,
        posts=posts,
        notes=notes,
        title=config.title or blog.title,
        language=config.language or blog.language,
    )
