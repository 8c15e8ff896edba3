"""A folder of posts, as laid out by a static site generator."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any

from bloglint.cache.store import BatchCache, Cache
from bloglint.model import Blog, Post, SourceError, Text, left_out_said, replace, translate
from bloglint.model.messages import in_each
from bloglint.sources.dates import DateOrder, newest_first
from bloglint.sources.folders.commits import first_commits
from bloglint.sources.folders.post import (
    LANGUAGES,
    POST_SUFFIXES,
    is_draft,
    is_redirect,
    is_template,
    is_unlisted,
    left_in_file,
    plain,
    raw_date,
    read_file,
    unknown_date_key,
)
from bloglint.sources.folders.site import Site, site_of

_README = "readme"
#: Files that say something about the folder or the site.
_NO_POSTS = frozenset(
    "license licence contributing contribute changelog code_of_conduct security _index 404 about "
    "imprint impressum datenschutz privacy".split()
)
_PLACES = frozenset(
    "posts post blog content src source docs articles news pages site www web".split()
)
_TEMPLATE_FOLDERS = frozenset(
    "_includes _layouts _data layouts templates node_modules archetypes scaffolds".split()
)
#: The most characters of text to hold in memory, and the posts that keep their text beyond that:
#: the newest, which are compared with each other, and the first undated ones.
MOST_HELD, NEWEST, UNDATED = 40_000_000, 1000, 60
#: Front matter fields that link translations in Hugo, Jekyll (polyglot, lang-ref) and Astro.
_TRANSLATION_KEYS = ("translationkey", "translation_key", "lang-ref", "lang_ref", "page_id")


def read_folder(folder: Path, *, zone: tzinfo = UTC, cache: Cache | None = None) -> Blog:
    """Read the blog in ``folder``; files that are left out are counted by reason.

    Dates without a zone are in the site's time zone if it sets one, otherwise in ``zone``. Parsed
    front matter is stored in ``cache``, so that it is parsed only once.

    Raises:
        SourceError: the folder contains no posts.
    """
    site = site_of(folder)
    left_out: Counter[str] = Counter()
    notes: list[Text] = []
    posts: list[Post] = []
    planned: list[Post] = []
    undated: list[Post] = []
    keys: dict[str, str] = {}
    held = 0
    heads = BatchCache(cache, f"front matter {folder.absolute()}", dict[str, Any])
    unlisted: list[Post] = []
    dates: dict[str, Any] = {}
    date_keys: Counter[str] = Counter()
    for path in _files(site.homes):
        if not _is_post(path, folder) or site.is_no_post(path):
            left_out["not a post"] += 1
            continue
        try:
            post, values = read_file(path, folder, site, zone, heads=heads)
        except SourceError as error:
            left_out["unreadable"] += 1
            notes.append(in_each(error.in_language))
            continue
        is_dated = post.published is not None or raw_date(values) is not None
        if is_redirect(post, values) or (not is_dated and _is_page(path, folder, post, values)):
            left_out["not a post"] += 1
            continue
        key = next((values[k] for k in _TRANSLATION_KEYS if plain(values.get(k))), None)
        if key is not None:
            keys[post.id] = f"key {key}"
        dates[post.id] = raw_date(values)
        if is_unlisted(values):
            unlisted.append(post)
        elif is_draft(values, path, folder):
            left_out["draft"] += 1
            if is_template(post, path, folder):
                left_out["draft"] -= 1
                left_out["template"] += 1
            else:
                planned.append(post)
        elif post.published is None:
            undated.append(post)
            date_keys[unknown_date_key(values) or ""] += 1
        else:
            posts.append(post)
        held += len(post.source)
        if held > MOST_HELD:
            posts, planned, undated = _leave(posts), _leave(planned), _leave(undated)
            held = sum(len(one.source) for one in (*posts, *planned, *undated))
    heads.save()
    posts, undated = _ordered(posts, undated, dates, zone)
    originals = {group_name(post.id) for post in unlisted if not _language_parts(post.id)}
    lists = [[p for p in own if group_name(p.id) not in originals] for own in (posts, undated)]
    count = len(posts) + len(undated) - sum(map(len, lists)) + len(unlisted)
    posts, undated = lists
    left_out += Counter({"unlisted": count})
    if not (posts or planned or undated):
        raise _nothing(folder, left_out)
    date_keys.pop("", None)
    notes += [_unknown_key(name, count) for name, count in date_keys.most_common(3) if undated]
    dated = first_commits(folder, [post.path or "" for post in undated])
    if dated:
        posts += [replace(p, published=dated[p.path]) for p in undated if p.path in dated]
        undated = [post for post in undated if post.path not in dated]
        notes.append(_by_commit(len(dated)))
    grouped = _grouped(posts, keys)
    if len(grouped) < len(posts):
        left_out["translation"] = len(posts) - len(grouped)
    return Blog(
        source=str(folder),
        title=_title(folder),
        language=site.language,
        posts=newest_first(grouped),
        planned=tuple(planned),
        undated=tuple(undated),
        left_out=dict(left_out),
        notes=tuple(notes),
    )


def _leave(posts: list[Post]) -> list[Post]:
    """Leave the texts of ``posts`` in their files, except for the newest and first undated ones."""
    newest = {post.id for post in newest_first(p for p in posts if p.published)[:NEWEST]}
    newest |= {post.id for post in posts[:UNDATED] if not post.published}
    return [post if post.id in newest else left_in_file(post) for post in posts]


def _nothing(folder: Path, left_out: Mapping[str, int]) -> SourceError:
    reasons = left_out_said(left_out)
    return SourceError(
        translate("no post was found here (left out: {reasons})", reasons=reasons)
        if reasons
        else translate("no post was found here"),
        translate("Name the folder in which the posts lie."),
        str(folder),
    )


def _ordered(
    posts: list[Post], undated: list[Post], dates: Mapping[str, Any], zone: tzinfo
) -> tuple[list[Post], list[Post]]:
    """Date posts whose dates only the others' order of day and month makes clear."""
    order = DateOrder(dates.values(), zone)
    if order.day_first is None or not undated:
        return posts, undated
    late = [replace(post, published=order.parse(dates.get(post.id))) for post in undated]
    return [*posts, *(p for p in late if p.published)], [p for p in late if not p.published]


def _unknown_key(key: str, count: int) -> Text:
    if count == 1:
        return translate(
            "1 post has a date under “{key}” only, which is not known as that of publication: call "
            "it date",
            key=key,
        )
    return translate(
        "{count} posts have a date under “{key}” only, which is not known as that of publication: "
        "call it date",
        count=count,
        key=key,
    )


def _by_commit(count: int) -> Text:
    return translate("{count} posts without a date have that of their first commit", count=count)


def post_files(folder: Path) -> Iterator[Path]:
    """Yield the files in ``folder`` that may contain posts, in a fixed order."""
    return (path for path in _files([folder]) if _is_post(path, folder))


def read_post(path: Path, site: Site, zone: tzinfo) -> Post | None:
    """Read the post in one file of a folder that belongs to ``site``; return None for a draft.

    Raises:
        SourceError: the file cannot be read as a post.
    """
    post, values = read_file(path, site.folder, site, zone)
    return None if is_draft(values, path, site.folder) or is_unlisted(values) else post


def is_post(path: Path, folder: Path) -> bool:
    """Whether a file in ``folder`` would be read as a post."""
    return path.suffix.lower() in POST_SUFFIXES and _is_post(path, folder)


def _is_post(path: Path, folder: Path) -> bool:
    name = path.stem.lower().split(".")[0]
    if name.startswith("_"):
        return False  # a partial, or a file that the generator skips
    if name == _README and path.parent == folder:
        return False
    if name.partition("-")[0] in {"license", "licence"}:
        return False
    return name not in _NO_POSTS and not _TEMPLATE_FOLDERS & set(path.relative_to(folder).parts)


def _is_page(path: Path, folder: Path, post: Post, values: Mapping[str, Any]) -> bool:
    """Whether an undated file is a page or a note: the index of the folder, a readme, a stub."""
    name, is_top = path.stem.split(".")[0].lower(), path.parent == folder
    return (
        name == _README
        or (name == "index" and is_top)
        or (path.suffix.lower() == ".txt" and not values)
        or (bool(values) and not post.body.strip())
    )


def _title(folder: Path) -> str:
    """The name of the folder, or of its nearest parent that is not just a place for posts."""
    whole = folder.resolve()
    names = [name for name in (whole.name, *(p.name for p in whole.parents)) if name]
    return next((n for n in names if n.lower().strip("_") not in _PLACES), whole.name)


def _files(folders: list[Path]) -> Iterator[Path]:
    """Yield post files in a fixed order; symlinked folders are skipped to avoid endless loops."""
    for folder in folders:
        for root, inside, names in os.walk(folder, followlinks=False):
            inside[:] = sorted(name for name in inside if not name.startswith("."))
            for name in sorted(names):
                path = Path(root, name)
                if path.suffix.lower() in POST_SUFFIXES and not name.startswith("."):
                    yield path


def group_name(post: str) -> str:
    """The id that a post and its translations share: the path without its language parts."""
    *folders, name = Path(post).parts or ("",)
    plain_name = ".".join(part for part in name.split(".") if part not in LANGUAGES)
    return "/".join([*(part for part in folders if part not in LANGUAGES), plain_name])


def _language_parts(post: str) -> frozenset[str]:
    """The languages that a path names."""
    return LANGUAGES & set(re.split(r"[/.]", post))


def _grouped(posts: list[Post], keys: Mapping[str, str]) -> list[Post]:
    """``posts`` with translations folded into the main post of each group.

    Translations have file names that differ only in language, or the same key in their front
    matter.
    """
    groups: dict[str, list[Post]] = {}
    for post in posts:
        names = [group_name(post.id), keys.get(post.id, group_name(post.id))]
        joined = {id(groups[name]): groups[name] for name in names if name in groups}
        group = [*(one for own in joined.values() for one in own), post]
        if len({one.language for one in group}) < len(group):
            joined, group, names = {}, [post], [post.id]
        for name in (*names, *(n for n, own in groups.items() if id(own) in joined)):
            groups[name] = group
    every = {id(group): group for group in groups.values()}
    return [_with_translations(group) for group in every.values()]


def _with_translations(group: list[Post]) -> Post:
    """The main post of a group, with the other posts as its translations.

    The main post is the first without a language in its path, as usual for the site's own language.
    """
    if len(group) == 1:
        return group[0]
    first = min(group, key=lambda post: bool(_language_parts(post.id)))
    others = tuple(post for post in group if post is not first)
    return replace(first, translations=others)
