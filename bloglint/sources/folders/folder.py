"""A folder of Markdown and HTML posts, as the static site generators lay them out."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import Any

from bloglint.model import Blog, Markup, Post, SourceError
from bloglint.sources.dates import newest_first, parse_date
from bloglint.sources.folders.frontmatter import rest_values, split_front_matter

_MARKUP: dict[str, Markup] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "mdx",
    ".html": "html",
    ".htm": "html",
    ".rst": "rest",
    ".txt": "markdown",
}
POST_SUFFIXES = frozenset(_MARKUP)
_NO_POSTS = frozenset({"readme", "license", "contributing", "changelog", "_index", "404", "about"})
_PLACES = frozenset(
    "posts post blog content src source docs articles news pages site www web".split()
)
_TEMPLATE_FOLDERS = frozenset({"_includes", "_layouts", "layouts", "templates", "node_modules"})
_DATED_NAME = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})[-_]?(.*)$")
_LANGUAGE = re.compile(r"^[a-z]{2}(?:[-_][A-Za-z]{2})?$")
#: What Hugo, Jekyll (polyglot, lang-ref) and Astro call the key that translations share.
_TRANSLATION_KEYS = ("translationkey", "translation_key", "lang-ref", "lang_ref", "page_id")
_LANGUAGES = frozenset("de en fr es it nl pt pl da sv no fi cs ru tr ja zh".split())


def read_folder(folder: Path, *, zone: tzinfo) -> Blog:
    """The blog in ``folder``; what is no post is counted by its reason.

    Dates without a zone count as ``zone``'s.

    Raises:
        SourceError: the folder holds no post at all.
    """
    left_out: Counter[str] = Counter()
    notes: list[str] = []
    posts: list[Post] = []
    planned: list[Post] = []
    undated: list[Post] = []
    keys: dict[str, str] = {}
    for path in _files(folder):
        if not _is_post(path, folder):
            left_out["not a post"] += 1
            continue
        try:
            post, values = _read(path, folder, zone)
        except SourceError as error:
            left_out["unreadable"] += 1
            notes.append(str(error))
            continue
        key = next((values[k] for k in _TRANSLATION_KEYS if values.get(k)), None)
        if key is not None:
            keys[post.id] = f"key {key}"
        if _is_draft(values, path, folder):
            left_out["draft"] += 1
            planned.append(post)
        elif post.published is None:
            undated.append(post)
        else:
            posts.append(post)
    if not (posts or planned or undated):
        reasons = ", ".join(f"{count} {why}" for why, count in sorted(left_out.items()))
        message = "no post was found here" + (f" (left out: {reasons})" if reasons else "")
        raise SourceError(message, "Name the folder in which the posts lie.", str(folder))
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


def post_files(folder: Path) -> Iterator[Path]:
    """The files of a folder that may hold posts, in a fixed order."""
    return (path for path in _files(folder) if _is_post(path, folder))


def read_post(path: Path, folder: Path, zone: tzinfo) -> Post | None:
    """The post in one file of ``folder``, None where it is a draft.

    Raises:
        SourceError: the file cannot be read as a post.
    """
    post, values = _read(path, folder, zone)
    return None if _is_draft(values, path, folder) else post


def _is_post(path: Path, folder: Path) -> bool:
    name = path.stem.lower().split(".")[0]
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
    post, _ = _read(path, path.parent, zone)
    return Blog(source=str(path), title=path.name, posts=(post,), named=(post.id,))


def _files(folder: Path) -> Iterator[Path]:
    """Post files in a fixed order; links to folders are not followed, so none is endless."""
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if path.suffix.lower() in POST_SUFFIXES and not name.startswith("."):
                yield path


def _decode(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror})", "Check it.", str(path)) from None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\0" in content[:4000]:
        raise SourceError("this is a binary file, not a post", "Remove it.", str(path))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _read(path: Path, folder: Path, zone: tzinfo) -> tuple[Post, dict[str, Any]]:
    text = _decode(path).removeprefix("\ufeff")
    values, body_start = split_front_matter(text, str(path))
    if not values and path.suffix.lower() == ".rst":
        values = rest_values(text)
    relative = path.relative_to(folder)
    slug = path.parent.name if path.stem.split(".")[0] in {"index", "+page"} else path.stem
    dated = _DATED_NAME.match(slug) or _DATED_NAME.match(path.parent.name)
    published = next(
        (d for k in ("date", "pubdate", "published", "publishdate", "created")
         if (d := parse_date(_first(values.get(k)), zone))), None,
    )  # fmt: skip
    if published is None and dated:
        published = parse_date(f"{dated[1]}-{int(dated[2]):02}-{int(dated[3]):02}", zone)
    own = values.get("bloglint")
    disabled = own.get("disable", ()) if isinstance(own, dict) else ()
    post = Post(
        id=relative.as_posix(),
        title=str(values.get("title") or (dated[4] if dated else slug).replace("-", " ")),
        source=text,
        body_start=body_start,
        markup=_MARKUP[path.suffix.lower()],
        published=published,
        updated=parse_date(_first(values.get("updated") or values.get("lastmod")), zone),
        authors=_names(values.get("authors") or values.get("author")),
        tags=_names(values.get("tags") or values.get("categories")),
        language=_language(values, relative),
        url=str(values["url"]) if values.get("url") else None,
        path=str(path),
        comments_open=values["comments"] if isinstance(values.get("comments"), bool) else None,
        disabled=tuple(str(rule) for rule in _listed(disabled)),
    )
    return post, values


def _first(value: Any) -> Any:
    """A date, or the creation date of MkDocs' ``date: {created: …}``."""
    return value.get("created") if isinstance(value, dict) else value


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _names(value: Any) -> tuple[str, ...]:
    """Names from a string, a list, or dicts with a ``name``; commas part names in a string."""
    names: list[str] = []
    for item in _listed(value):
        if isinstance(item, dict):
            item = item.get("name") or item.get("display_name") or ""
        names += [part.strip() for part in str(item).split(",") if part.strip()]
    return tuple(dict.fromkeys(names))


def _language(values: dict[str, Any], relative: Path) -> str | None:
    declared = values.get("lang") or values.get("language") or values.get("locale")
    if isinstance(declared, str) and _LANGUAGE.match(declared):
        return declared[:2]
    suffixes = [part for part in relative.name.split(".")[1:-1] if part in _LANGUAGES]
    folders = [part for part in relative.parts[:-1] if part in _LANGUAGES]
    return next(iter([*suffixes, *folders]), None)


def _is_draft(values: dict[str, Any], path: Path, folder: Path) -> bool:
    flags = (values.get("draft"), values.get("published") is False, values.get("status") == "draft")
    return any(flag is True or str(flag).lower() == "true" for flag in flags) or (
        "_drafts" in path.relative_to(folder).parts
    )


def _grouped(posts: list[Post], keys: Mapping[str, str]) -> list[Post]:
    """Posts with their translations folded into the first of each group.

    Translations share a file name but for the language, or the key of their front matter.
    """
    groups: dict[str, list[Post]] = {}
    for post in posts:
        parts = Path(post.id).parts
        folders = [part for part in parts[:-1] if part not in _LANGUAGES]
        name = ".".join(part for part in parts[-1].split(".") if part not in _LANGUAGES)
        groups.setdefault(keys.get(post.id, "/".join([*folders, name])), []).append(post)
    return [
        replace(group[0], translations=tuple(group[1:]))
        if len({post.language for post in group}) == len(group)
        else post
        for group in groups.values()
        for post in (group[:1] if len({p.language for p in group}) == len(group) else group)
    ]
