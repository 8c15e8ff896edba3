"""A folder of posts, as the static site generators lay them out."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, tzinfo
from pathlib import Path
from typing import Any

from bloglint.model import Blog, Markup, Post, SourceError, Text
from bloglint.sources.dates import newest_first, parse_date
from bloglint.sources.files import read_bytes
from bloglint.sources.folders.commits import first_commits
from bloglint.sources.folders.frontmatter import asciidoc_values, rest_values, split_front_matter
from bloglint.sources.folders.site import Site, site_of
from bloglint.text.dates import address_day

_MARKUP: dict[str, Markup] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "mdx",
    ".html": "html",
    ".htm": "html",
    ".rst": "rest",
    ".adoc": "asciidoc",
    ".asciidoc": "asciidoc",
    ".textile": "textile",
    ".txt": "markdown",
}
POST_SUFFIXES = frozenset(_MARKUP)
_NO_POSTS = frozenset({"readme", "license", "contributing", "changelog", "_index", "404", "about"})
_PLACES = frozenset(
    "posts post blog content src source docs articles news pages site www web".split()
)
_TEMPLATE_FOLDERS = frozenset(
    "_includes _layouts _data layouts templates node_modules archetypes scaffolds".split()
)
_NAME_KEYS = ("name", "display_name", "label", "key")
#: The first heading, behind what MDX imports.
_FIRST_HEADING = re.compile(r"(?:\s*(?:import|export)\s[^\n]*\n)*\s*#[ \t]+(\S[^\n]*)(?:\n|\Z)")
_DATED_NAME = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})[-_]?(.*)$", re.ASCII)
_LANGUAGE = re.compile(r"^[a-z]{2}(?:[-_][A-Za-z]{2})?$")
#: What Hugo, Jekyll (polyglot, lang-ref) and Astro call the key that translations share.
_TRANSLATION_KEYS = ("translationkey", "translation_key", "lang-ref", "lang_ref", "page_id")
_LANGUAGES = frozenset("de en fr es it nl pt pl da sv no fi cs ru tr ja zh".split())


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
    for path in _files(site.homes):
        if not _is_post(path, folder) or site.is_no_post(path):
            left_out["not a post"] += 1
            continue
        try:
            post, values = _read(path, folder, site, zone)
        except SourceError as error:
            left_out["unreadable"] += 1
            notes.append(Text(str(error), error.said("de")))
            continue
        key = next((values[k] for k in _TRANSLATION_KEYS if _plain(values.get(k))), None)
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


def _nothing(folder: Path, left_out: Mapping[str, int]) -> SourceError:
    reasons = ", ".join(f"{count} {why}" for why, count in sorted(left_out.items()))
    return SourceError(
        Text(
            "no post was found here" + (f" (left out: {reasons})" if reasons else ""),
            "hier ist kein Beitrag" + (f" (ausgelassen: {reasons})" if reasons else ""),
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
    post, values = _read(path, folder, Site(folder), zone)
    return None if _is_draft(values, path, folder) else post


def _is_post(path: Path, folder: Path) -> bool:
    name = path.stem.lower().split(".")[0]
    if name.startswith("_") and path.suffix == ".mdx":
        return False  # a component that pages include
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
    post, _ = _read(path, path.parent, site_of(path.parent), zone)
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


def _decode(path: Path) -> str:
    content = read_bytes(path, str(path))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\0" in content[:4000]:
        raise SourceError(
            Text("this is a binary file, not a post", "das ist eine Binärdatei, kein Beitrag"),
            Text("Remove it.", "Entfernen Sie sie."),
            str(path),
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _read(path: Path, folder: Path, site: Site, zone: tzinfo) -> tuple[Post, dict[str, Any]]:
    text = _decode(path).removeprefix("\ufeff")
    values, body_start = _head(path, text)
    values = {**site.defaults(path), **values}
    zone = site.zone or zone
    relative = path.relative_to(folder)
    slug = path.parent.name if path.stem.split(".")[0] in {"index", "+page"} else path.stem
    dated = _DATED_NAME.match(slug) or _DATED_NAME.match(path.parent.name)
    published = next(
        (d for k in ("date", "pubdate", "published", "publishdate", "date_published", "created")
         if (d := parse_date(_first(values.get(k)), zone))), None,
    )  # fmt: skip
    if published is None and dated:
        published = parse_date(f"{dated[1]}-{int(dated[2]):02}-{int(dated[3]):02}", zone)
    if published is None:
        published = parse_date(address_day(f"/{relative.with_suffix('').as_posix()}"), zone)
    title = _plain(values.get("title"))
    if not title and path.suffix.lower() in {".md", ".markdown", ".mdx"}:
        body_start, title = _first_heading(text, body_start)
    own = values.get("bloglint")
    disabled = own.get("disable", ()) if isinstance(own, dict) else ()
    changed = _first(values.get("updated") or values.get("lastmod") or values.get("date_updated"))
    post = Post(
        id=relative.as_posix(),
        title=title or (dated[4] if dated else slug).replace("-", " "),
        source=text,
        body_start=body_start,
        markup=_MARKUP[path.suffix.lower()],
        published=published,
        updated=parse_date(changed, zone),
        authors=_authors(values, site),
        tags=_tags(values, site),
        language=_language(values, relative),
        url=_plain(values.get("url")) or None,
        path=str(path),
        comments_open=values["comments"] if isinstance(values.get("comments"), bool) else None,
        disabled=tuple(str(rule) for rule in _listed(disabled)),
    )
    return post, values


def _head(path: Path, text: str) -> tuple[dict[str, Any], int]:
    """What a file says of itself before its body, and where that begins."""
    values, body_start = split_front_matter(text, str(path))
    suffix = path.suffix.lower()
    beside = path.with_suffix(".meta")
    if not values and beside.is_file():  # Nikola keeps a post in two files
        values = rest_values(_decode(beside))
    elif not values and suffix == ".rst":
        values = rest_values(text)
    if suffix in {".adoc", ".asciidoc"}:
        own, end = asciidoc_values(text[body_start:])
        values, body_start = {**own, **values}, body_start + end
    return values, body_start


def _first_heading(text: str, body_start: int) -> tuple[int, str]:
    """The heading that begins a body is its title; where the body goes on, and the title."""
    found = _FIRST_HEADING.match(text, body_start)
    return (found.end(), found[1].strip(" #")) if found else (body_start, "")


def _authors(values: Mapping[str, Any], site: Site) -> tuple[str, ...]:
    """The names of those who wrote it; keys of the site's list of people become names."""
    named = _names(values.get("authors") or values.get("author"))
    for more in (values.get("extra"), values.get("params")):  # Zola, Hugo
        if not named and isinstance(more, dict):
            named = _names(more.get("authors") or more.get("author"))
    if not named and site.author:
        named = (site.author,)
    return tuple(dict.fromkeys(site.people.get(name, name) for name in named)) if named else ()


def _tags(values: Mapping[str, Any], site: Site) -> tuple[str, ...]:
    own = values.get("taxonomies")
    tags = own.get("tags") if isinstance(own, dict) else None
    tags = tags or values.get("tags") or values.get("tag") or values.get("categories")
    if isinstance(tags, str) and "," not in tags and site.parts_tags_at_blanks:
        tags = tags.split()
    return tuple(site.labels.get(tag, tag) for tag in _names(tags))


def _plain(value: Any) -> str:
    """A value that is one word or line; lists and tables, however deep, are none."""
    return str(value) if isinstance(value, str | int | float | date) else ""


def _first(value: Any) -> Any:
    """A date, or the creation date of MkDocs' ``date: {created: …}``."""
    return value.get("created") if isinstance(value, dict) else value


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _names(value: Any) -> tuple[str, ...]:
    """Names from a string, a list, or dicts with a name; commas part names in a string."""
    names: list[str] = []
    for item in _listed(value):
        if isinstance(item, dict):
            item = next((item[k] for k in _NAME_KEYS if item.get(k)), "")
        names += [part.strip() for part in _plain(item).split(",") if part.strip()]
    return tuple(dict.fromkeys(names))


def _language(values: dict[str, Any], relative: Path) -> str | None:
    declared = values.get("lang") or values.get("language") or values.get("locale")
    if isinstance(declared, str) and _LANGUAGE.match(declared):
        return declared[:2]
    suffixes = [part for part in relative.name.split(".")[1:-1] if part in _LANGUAGES]
    folders = [part for part in relative.parts[:-1] if part in _LANGUAGES]
    return next(iter([*suffixes, *folders]), None)


def _is_draft(values: Mapping[str, Any], path: Path, folder: Path) -> bool:
    draft, published, status = (
        _plain(values.get(name)).lower() for name in ("draft", "published", "status")
    )
    return (
        draft == "true"
        or published == "false"
        or status in {"draft", "hidden"}
        or bool({"_drafts", "drafts"} & set(path.relative_to(folder).parts))
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
