"""A folder of posts, as the static site generators lay them out."""

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
from bloglint.sources.dates import newest_first
from bloglint.sources.folders.commits import first_commits
from bloglint.sources.folders.post import (
    LANGUAGES,
    POST_SUFFIXES,
    is_draft,
    left_in_file,
    plain,
    read_file,
)
from bloglint.sources.folders.site import Site, site_of

_NO_POSTS = frozenset({"readme", "license", "contributing", "changelog", "_index", "404", "about"})
_PLACES = frozenset(
    "posts post blog content src source docs articles news pages site www web".split()
)
_TEMPLATE_FOLDERS = frozenset(
    "_includes _layouts _data layouts templates node_modules archetypes scaffolds".split()
)
#: The most characters of text that are held at once, then of which posts: those that are compared
#: with each other, and of those without a date the first.
MOST_HELD, NEWEST, UNDATED = 40_000_000, 1000, 60
#: What Hugo, Jekyll (polyglot, lang-ref) and Astro call the key that translations share.
_TRANSLATION_KEYS = ("translationkey", "translation_key", "lang-ref", "lang_ref", "page_id")


def read_folder(folder: Path, *, zone: tzinfo = UTC, cache: Cache | None = None) -> Blog:
    """The blog in ``folder``; what is no post is counted by its reason.

    Dates without a zone count as the site's, where it sets one, else as ``zone``'s. Front matter
    is parsed once and then cache in ``cache``.

    Raises:
        SourceError: the folder holds no post at all.
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
    for path in _files(site.homes):
        if not _is_post(path, folder) or site.is_no_post(path):
            left_out["not a post"] += 1
            continue
        try:
            post, values = read_file(path, folder, site, zone, heads=heads)
        except SourceError as error:
            left_out["unreadable"] += 1
            notes.append(in_each(error.said))
            continue
        if path.suffix.lower() == ".txt" and not values:
            left_out["not a post"] += 1
            continue
        key = next((values[k] for k in _TRANSLATION_KEYS if plain(values.get(k))), None)
        if key is not None:
            keys[post.id] = f"key {key}"
        if is_draft(values, path, folder):
            left_out["draft"] += 1
            planned.append(post)
        elif post.published is None:
            undated.append(post)
        else:
            posts.append(post)
        held += len(post.source)
        if held > MOST_HELD:
            posts, planned, undated = _leave(posts), _leave(planned), _leave(undated)
            held = sum(len(one.source) for one in (*posts, *planned, *undated))
    heads.save()
    if not (posts or planned or undated):
        raise _nothing(folder, left_out)
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
        posts=newest_first(grouped),
        planned=tuple(planned),
        undated=tuple(undated),
        left_out=dict(left_out),
        notes=tuple(notes),
    )


def _leave(posts: list[Post]) -> list[Post]:
    """Posts of which all but the newest have left their texts in their files."""
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


def _by_commit(count: int) -> Text:
    return translate("{count} posts without a date have that of their first commit", count=count)


def post_files(folder: Path) -> Iterator[Path]:
    """The files of a folder that may hold posts, in a fixed order."""
    return (path for path in _files([folder]) if _is_post(path, folder))


def read_post(path: Path, folder: Path, zone: tzinfo) -> Post | None:
    """The post in one file of ``folder``, None where it is a draft.

    Raises:
        SourceError: the file cannot be read as a post.
    """
    post, values = read_file(path, folder, Site(folder), zone)
    return None if is_draft(values, path, folder) else post


def is_post(path: Path, folder: Path) -> bool:
    """Whether a file of ``folder`` is one that would be read as a post."""
    return path.suffix.lower() in POST_SUFFIXES and _is_post(path, folder)


def _is_post(path: Path, folder: Path) -> bool:
    name = path.stem.lower().split(".")[0]
    if name.startswith("_"):
        return False  # a part that pages include, or one that the generator skips
    return name not in _NO_POSTS and not _TEMPLATE_FOLDERS & set(path.relative_to(folder).parts)


def _title(folder: Path) -> str:
    """The folder's name, or the nearest one above that is more than a place for posts."""
    whole = folder.resolve()
    names = [name for name in (whole.name, *(p.name for p in whole.parents)) if name]
    return next((n for n in names if n.lower().strip("_") not in _PLACES), whole.name)


def _files(folders: list[Path]) -> Iterator[Path]:
    """Post files in a fixed order; links to folders are not followed, so none is endless."""
    for folder in folders:
        for root, inside, names in os.walk(folder, followlinks=False):
            inside[:] = sorted(name for name in inside if not name.startswith("."))
            for name in sorted(names):
                path = Path(root, name)
                if path.suffix.lower() in POST_SUFFIXES and not name.startswith("."):
                    yield path


def group_name(post: str) -> str:
    """What the ids of a post and its translations have in common: the name without a language."""
    *folders, name = Path(post).parts or ("",)
    plain_name = ".".join(part for part in name.split(".") if part not in LANGUAGES)
    return "/".join([*(part for part in folders if part not in LANGUAGES), plain_name])


def _grouped(posts: list[Post], keys: Mapping[str, str]) -> list[Post]:
    """Posts with their translations folded into the first of each group.

    Translations share a file name but for the language, or the key of their front matter.
    """
    groups: dict[str, list[Post]] = {}
    for post in posts:
        groups.setdefault(keys.get(post.id, group_name(post.id)), []).append(post)
    return [
        post
        for group in groups.values()
        for post in (
            [_with_translations(group)]
            if len({post.language for post in group}) == len(group)
            else group
        )
    ]


def _with_translations(group: list[Post]) -> Post:
    """The first of a group that stands in the site's own language, which no name tells."""
    first = min(group, key=lambda post: bool(LANGUAGES & set(re.split(r"[/.]", post.id))))
    others = tuple(post for post in group if post is not first)
    return replace(first, translations=others)
