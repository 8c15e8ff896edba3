"""A folder of posts, as the static site generators lay them out."""

from __future__ import annotations

import dataclasses
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, tzinfo
from itertools import islice
from pathlib import Path

from bloglint.model import Blog, Post, SourceError, Text, left_out_said, replace
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


def read_folder(folder: Path, *, zone: tzinfo = UTC) -> Blog:
    """The blog in ``folder``; what is no post is counted by its reason.

    Dates without a zone count as the site's, where it sets one, else as ``zone``'s.

    Raises:
        SourceError: the folder holds no post at all.
    """
    site = site_of(folder)
    left_out: Counter[str] = Counter()
    notes: list[str] = []
    posts: list[Post] = []
    planned: list[Post] = []
    undated: list[Post] = []
    keys: dict[str, str] = {}
    held = 0
    for path in _files(site.homes):
        if not _is_post(path, folder) or site.is_no_post(path):
            left_out["not a post"] += 1
            continue
        try:
            post, values = read_file(path, folder, site, zone)
        except SourceError as error:
            left_out["unreadable"] += 1
            notes.append(Text(str(error), error.said("de")))
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
    if not (posts or planned or undated):
        raise _nothing(folder, left_out)
    dated = first_commits(folder, [post.path or "" for post in undated])
    if dated:
        posts += [replace(p, published=dated[p.path]) for p in undated if p.path in dated]
        undated = [post for post in undated if post.path not in dated]
        notes.append(_by_commit(len(dated)))
    kept = _grouped(posts, keys)
    if len(kept) < len(posts):
        left_out["translation"] = len(posts) - len(kept)
    return Blog(
        source=str(folder),
        title=_title(folder),
        posts=newest_first(kept),
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
        Text(
            "no post was found here" + (f" (left out: {reasons})" if reasons else ""),
            "hier ist kein Beitrag" + (f" (ausgelassen: {reasons.de})" if reasons else ""),
        ),
        Text(
            "Name the folder in which the posts lie.",
            "Nennen Sie den Ordner, in dem die Beiträge liegen.",
        ),
        str(folder),
    )


def _by_commit(count: int) -> Text:
    return Text(
        f"{count} posts without a date have that of their first commit",
        f"{count} Beiträge ohne Datum haben das ihres ersten Commits",
    )


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


class Folder:
    """A folder of posts, of which single files are read, now or as they stood once."""

    def __init__(self, path: Path, zone: tzinfo) -> None:
        self.path, self._zone = path, zone
        self._site = site_of(path)

    def post(self, path: Path, content: bytes | None = None, *, drafts: bool = True) -> Post | None:
        """The post in a file, with what will stand or stood there; None for an unwanted draft.

        Raises:
            SourceError: the file cannot be read as a post.
        """
        post, values = read_file(path, self.path, self._site, self._zone, content)
        return None if not drafts and is_draft(values, path, self.path) else post

    def holds(self, path: Path) -> bool:
        """Whether a file would be read as a post of this folder."""
        homes = [home.resolve() for home in self._site.homes]
        own = path.parent.resolve() / path.name
        home = next((one for one in homes if own.is_relative_to(one)), None)
        if home is None or not is_post(own, home) or self._site.is_no_post(path):
            return False
        return not any(part.startswith(".") for part in own.relative_to(home).parts)

    def unread(self, files: Iterable[Path]) -> Iterator[SourceError]:
        """Why files that would be posts are none."""
        for path in sorted(files):
            if self.holds(path):
                try:
                    self.post(self.path / path.relative_to(self.path.resolve()))
                except SourceError as error:
                    yield error


def folder_around(path: Path) -> Path | None:
    """The nearest folder of posts around a post's file; None where it lies alone.

    That is the site, where its generator keeps posts there, else the folder of its kind: not the
    post's own one (``x/index.md``), nor one of a year or of drafts.
    """
    own = path.parent.resolve() / path.name
    place = own.parent
    if path.stem.split(".")[0] in {"index", "+page"}:
        place = place.parent
    while place.name.isdigit() or place.name in {"_drafts", "drafts"}:
        place = place.parent
    near = site_of(place)
    if near.root is not None:
        whole = dataclasses.replace(near, folder=near.root)
        homes = [home for home in whole.homes if home != near.root]
        if any(own.is_relative_to(home) for home in homes):
            return Path(os.path.relpath(near.root))
    # Deep down only in a folder that is laid out as a blog: others may be somebody's home.
    every = _posts_in(place) if place == own.parent else post_files(place)
    others = islice((one for one in every if one != own), 2)
    return Path(os.path.relpath(place)) if len(list(others)) == 2 else None


def _posts_in(folder: Path) -> Iterator[Path]:
    """The posts that lie in a folder, as files or as bundles."""
    for path in folder.iterdir():
        bundles = (path / name for name in ("index.md", "index.mdx"))
        found = next((one for one in bundles if one.is_file()), None) if path.is_dir() else path
        if found and is_post(found, folder):
            yield found


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


def read_single(path: Path, *, zone: tzinfo) -> Blog:
    """The blog of one post's file, which is judged whatever its date.

    Raises:
        SourceError: the file cannot be read as a post.
    """
    post, _ = read_file(path, path.parent, site_of(path.parent), zone)
    return Blog(source=str(path), title=path.name, posts=(post,), named=(post.id,))


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
