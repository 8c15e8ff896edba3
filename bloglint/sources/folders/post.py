"""Reading one file as a post, from its own metadata and the defaults of its site."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, tzinfo
from pathlib import Path
from typing import Any

from bloglint.cache.store import BatchCache
from bloglint.digests import text_digest
from bloglint.lazy import lazy
from bloglint.model import Markup, Post, SourceError, replace, translate
from bloglint.sources.dates import parse_date
from bloglint.sources.fields import author_names, title_text
from bloglint.sources.files import read_bytes
from bloglint.sources.folders.frontmatter import asciidoc_values, rest_values, split_front_matter
from bloglint.sources.folders.site import Site
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
#: Front matter keys of the date of publication and of the last change, the best first, as
#: `_folded` writes them: those of the generators, of their best known themes, and German ones.
_PUBLISHED = (
    "publishdate", "date", "pubdate", "pubdatetime", "published", "datepublished", "publisheddate",
    "publishedat", "publishedon", "publishedtime", "publishtime", "publicationdate", "postdate",
    "dateposted", "postedon", "posted", "firstpublished", "firstpublishedat", "datum",
    "veröffentlicht", "veröffentlichtam", "veröffentlichungsdatum", "erschienen", "erschienenam",
    "created", "createdat", "createdon", "creationdate", "datecreated", "createddate", "erstellt",
    "erstelltam",
)  # fmt: skip
_UPDATED = (
    "updated", "lastmod", "dateupdated", "updatedat", "updateddate", "lastmodified", "lastupdated",
    "modified", "datemodified", "modifiedat", "modifieddate", "moddatetime", "aktualisiert",
    "aktualisiertam", "geändert", "geändertam",
)  # fmt: skip
_REVIEW = ("review", "reviewby", "reviewdate", "nextreview", "reviewdue", "prüfen", "prüfenam")
_REVIEWED = ("reviewed", "lastreviewed", "reviewedat", "reviewedon", "geprüft", "geprüftam")
_REVIEWER = ("reviewer", "reviewowner", "contentowner", "owner", "prüfer", "prüferin")
_AUTHORS = (
    "authors", "author", "autoren", "autor", "autorin", "autorinnen", "verfasser", "verfasserin",
    "byline", "by", "von", "authorname", "writer", "writers", "creator", "contributors",
)  # fmt: skip
#: Keys of the page elsewhere to which a post without a text leads.
_LINKS = (
    "externalurl", "externallink", "external", "link", "linkurl", "targeturl", "sourceurl",
    "originalurl", "canonical", "canonicalurl", "url",
)  # fmt: skip
_REDIRECTS = ("redirectto", "redirect", "redirecturl")
#: Keys of dates that are no dates of publication.
_OTHER_DATES = lazy(
    r"update|modif|lastmod|expir|unpublish|until|event|start|end|due|reminder|ablauf"
)
_NAME_KEYS = ("name", "display_name", "label", "key")
#: The first heading, after any MDX imports and exports, and comments on one line.
_FIRST_HEADING = lazy(
    r"(?:\s*(?:(?:import|export)\s[^\n]*|<!--(?:(?!-->)[^\n])*-->[ \t]*\r?"
    r"|\{/\*(?:(?!\*/)[^\n])*\*/\}[ \t]*\r?)\n)*\s*#[ \t]+(\S[^\n]*)(?:\n|\Z)"
)
_WHOLE_PAGE = lazy(r"<(?:html|head|body)\b", re.IGNORECASE)
#: Files that are named for what they are; the post's name is that of their folder.
_OF_FOLDER = frozenset({"index", "+page", "readme"})
_DATED_NAME = lazy(r"^(\d{4})-(\d{1,2})-(\d{1,2})[-_]?(.*)$", re.ASCII)
_LANGUAGE = lazy(r"^[a-z]{2}(?:[-_][A-Za-z]{2})?$")
LANGUAGES = frozenset("de en fr es it nl pt pl da sv no fi cs ru tr ja zh".split())


#: Control characters that stand in no text.
_CONTROLS = bytes([*range(9), *range(14, 27)])


def _is_binary(content: bytes) -> bool:
    """Whether the beginning of a file holds many control characters, as no text does."""
    start = content[:4000]
    return 20 * (len(start) - len(start.translate(None, _CONTROLS))) > len(start)


def _decode(content: bytes, where: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", "replace")
        if "\ufffd" not in text and not _is_binary(text[:2000].encode("utf-8", "replace")):
            return text
    if b"\0" in content[:4000] or _is_binary(content):
        raise SourceError(
            translate("this is a binary file, not a post"),
            translate("Remove it."),
            where,
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def left_in_file(post: Post) -> Post:
    """``post`` without its text, which can be read from its file again."""
    if post.left or not post.path:
        return post
    return replace(post, source="", left=text_digest(post.source), translations=())


def restored(post: Post) -> Post:
    """``post`` with its text read back from its file, if it was left there.

    Raises:
        SourceError: the file is gone or has changed since.
    """
    if not post.left or not post.path:
        return post
    text = _decode(read_bytes(Path(post.path), post.path), post.path).removeprefix("\ufeff")
    if text_digest(text) != post.left:
        raise SourceError(
            translate("it was changed while it was read"),
            translate("Try again."),
            post.path,
        )
    return replace(post, source=text, left=b"")


def read_file(
    path: Path,
    folder: Path,
    site: Site,
    zone: tzinfo,
    content: bytes | None = None,
    heads: BatchCache | None = None,
) -> tuple[Post, dict[str, Any]]:
    """Read the post in a file of ``folder``; return it with its front matter.

    Args:
        path: the file.
        folder: the folder of posts that contains it.
        site: the site that provides defaults.
        zone: the time zone of dates that name none, unless the site sets one.
        content: the bytes of a past or future version of the file; None reads the file itself.
        heads: front matter that was parsed earlier.

    Raises:
        SourceError: the file cannot be read, or its front matter is malformed.
    """
    content = read_bytes(path, str(path)) if content is None else content
    text = _decode(content, str(path)).removeprefix("\ufeff")
    values, body_start = _head(path, text, heads)
    values = {**site.defaults(path), **values}
    zone = site.zone or zone
    relative = path.relative_to(folder)
    slug = path.parent.name if path.stem.split(".")[0].lower() in _OF_FOLDER else path.stem
    dated = _DATED_NAME.match(slug) or _DATED_NAME.match(path.parent.name)
    published = parse_date(raw_date(values), zone)
    if published is None and dated:
        published = parse_date(f"{dated[1]}-{int(dated[2]):02}-{int(dated[3]):02}", zone)
    if published is None:
        published = parse_date(address_day(f"/{relative.with_suffix('').as_posix()}"), zone)
    title = plain(values.get("title"))
    if not title and path.suffix.lower() in {".md", ".markdown", ".mdx"}:
        body_start, title = _first_heading(text, body_start)
    post = Post(
        id=relative.as_posix(),
        title=title_text(title) or (dated[4] if dated else slug).replace("-", " "),
        source=text,
        body_start=body_start,
        markup=_MARKUP[path.suffix.lower()],
        published=published,
        updated=parse_date(_value(values, _UPDATED, zone), zone),
        authors=_authors(values, site),
        tags=_tags(values, site),
        language=_language(values, relative),
        url=plain(values.get("url")) or None,
        path=str(path),
        complete=bool(text[body_start:].strip()) or not _is_link(values),
        comments_open=values["comments"] if isinstance(values.get("comments"), bool) else None,
        disabled=_disabled(values.get("bloglint")),
        review=parse_date(_value(values, _REVIEW, zone), zone),
        reviewed=parse_date(_value(values, _REVIEWED, zone), zone),
        reviewer=_named(values, _REVIEWER),
    )
    return post, values


def _head(path: Path, text: str, heads: BatchCache | None) -> tuple[dict[str, Any], int]:
    """The metadata at the head of a file, and the position where the body starts."""
    values, body_start = split_front_matter(text, str(path), heads)
    suffix = path.suffix.lower()
    beside = path.with_suffix(".meta")
    if not values and beside.is_file():  # Nikola keeps a post in two files
        values = rest_values(_decode(read_bytes(beside, str(beside)), str(beside)))
    elif not values and suffix == ".rst":
        values = rest_values(text)
    if suffix in {".html", ".htm"} and _WHOLE_PAGE.search(text, body_start):
        from bloglint.sources.folders.htmlhead import html_values

        values = {**html_values(text[body_start:]), **values}
    if suffix in {".adoc", ".asciidoc"}:
        own, end = asciidoc_values(text[body_start:])
        values, body_start = {**own, **values}, body_start + end
    return values, body_start


def _first_heading(text: str, body_start: int) -> tuple[int, str]:
    """Take the heading at the start of the body as the title.

    Return the position of the rest of the body, and the title (empty if there is none).
    """
    found = _FIRST_HEADING.match(text, body_start)
    return (found.end(), found[1].strip(" #")) if found else (body_start, "")


def raw_date(values: Mapping[str, Any]) -> Any:
    """The date of publication as the front matter writes it, None if it names none.

    Where several keys name one, the first is taken that can be read.
    """
    return _value(values, _PUBLISHED, UTC)


def _value(values: Mapping[str, Any], keys: Sequence[str], zone: tzinfo) -> Any:
    folded = {_folded(key): _first(value) for key, value in values.items()}
    named = [folded[key] for key in keys if key in folded]
    return next((value for value in named if parse_date(value, zone)), next(iter(named), None))


def _named(values: Mapping[str, Any], keys: Sequence[str]) -> str:
    """The first plain text under one of the keys; empty if there is none."""
    folded = {_folded(key): value for key, value in values.items()}
    found = (folded[key] for key in keys if isinstance(folded.get(key), str))
    return plain(next(found, "")) or ""


def unknown_date_key(values: Mapping[str, Any]) -> str | None:
    """The key of a date in front matter that is not known as one of publication, if any."""
    known = {*_PUBLISHED, *_UPDATED, *_REVIEW, *_REVIEWED}
    return next(
        (
            key
            for key, value in values.items()
            if _folded(key) not in known and not _OTHER_DATES.search(key) and _is_date(value)
        ),
        None,
    )


def _is_date(value: Any) -> bool:
    return isinstance(value, str | date) and parse_date(value) is not None


def _folded(key: str) -> str:
    """A key without case and marks: "date-published", "datePublished" and "veroeffentlicht"."""
    plain_key = re.sub(r"[\W_]", "", key.lower())
    return plain_key.replace("oe", "ö").replace("ae", "ä").replace("ue", "ü")


def _authors(values: Mapping[str, Any], site: Site) -> tuple[str, ...]:
    """The names of the authors; keys in the site's list of people are replaced by names."""
    for holder in (values, values.get("extra"), values.get("params")):  # the post, Zola, Hugo
        if isinstance(holder, dict):
            folded = {_folded(key): value for key, value in holder.items()}
            for key in _AUTHORS:
                names = author_names(folded.get(key), site.people)
                if names:
                    return names
    return author_names(site.author)


def _tags(values: Mapping[str, Any], site: Site) -> tuple[str, ...]:
    own = values.get("taxonomies")
    tags = own.get("tags") if isinstance(own, dict) else None
    tags = tags or values.get("tags") or values.get("tag") or values.get("categories")
    if isinstance(tags, str) and "," not in tags and site.parts_tags_at_blanks:
        tags = tags.split()
    return tuple(site.labels.get(tag, tag) for tag in _names(tags))


def plain(value: Any) -> str:
    """``value`` as a string if it is a scalar; the empty string for lists and tables."""
    return str(value) if isinstance(value, str | int | float | date) else ""


def _is_link(values: Mapping[str, Any]) -> bool:
    """Whether the front matter names a page elsewhere, to which the post only leads."""
    folded = {_folded(key): plain(value) for key, value in values.items()}
    return any(folded.get(key, "").startswith(("http://", "https://")) for key in _LINKS)


def is_redirect(post: Post, values: Mapping[str, Any]) -> bool:
    """Whether a file without a text sends readers to another page of the site."""
    folded = {_folded(key): plain(value) for key, value in values.items()}
    is_sent = folded.get("layout", "").startswith("redirect") or any(map(folded.get, _REDIRECTS))
    return is_sent and not post.body.strip()


def _disabled(own: Any) -> tuple[tuple[str, str], ...]:
    """The pairs of rule and reason that a post disables.

    Reads ``{disable: [RULE], reason: …}`` and ``{disable: {RULE: reason}}``.
    """
    named = own.get("disable") if isinstance(own, dict) else None
    if isinstance(named, dict):
        return tuple((plain(rule), plain(reason)) for rule, reason in named.items())
    reason = plain(own.get("reason")) if isinstance(own, dict) else ""
    return tuple((plain(rule), reason) for rule in _listed(named))


def _first(value: Any) -> Any:
    """``value``, or the creation date in MkDocs' ``date: {created: …}``."""
    return value.get("created") if isinstance(value, dict) else value


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _names(value: Any) -> tuple[str, ...]:
    """The names in a string, a list, or dicts with a name.

    Names in a string are separated by semicolons, or by commas if it contains no semicolon.
    """
    names: list[str] = []
    for item in _listed(value):
        if isinstance(item, dict):
            item = next((item[k] for k in _NAME_KEYS if item.get(k)), "")
        text = plain(item)
        names += [part.strip() for part in text.split(";" if ";" in text else ",") if part.strip()]
    return tuple(dict.fromkeys(names))


def _language(values: dict[str, Any], relative: Path) -> str | None:
    declared = values.get("lang") or values.get("language") or values.get("locale")
    if isinstance(declared, str) and _LANGUAGE.match(declared):
        return declared[:2]
    suffixes = [part for part in relative.name.split(".")[1:-1] if part in LANGUAGES]
    folders = [part for part in relative.parts[:-1] if part in LANGUAGES]
    return next(iter([*suffixes, *folders]), None)


_YES, _NEVER = frozenset({"true", "1", "yes", "on", "ja"}), frozenset({"false", "never"})


def is_draft(values: Mapping[str, Any], path: Path, folder: Path) -> bool:
    """Whether a post is not published yet, by its front matter or its folder."""
    return (
        plain(values.get("draft")).lower() in _YES
        or plain(values.get("published")).lower() == "false"
        or plain(values.get("status")).lower() in {"draft", "pending", "private", "unpublished"}
        or bool({"_drafts", "drafts"} & set(path.relative_to(folder).parts))
    )


def is_unlisted(values: Mapping[str, Any]) -> bool:
    """Whether the generator makes no page of a file, or lists it nowhere."""
    build = values.get("build") or values.get("_build")
    build = build if isinstance(build, dict) else {}
    return (
        any(plain(values.get(name)).lower() in _YES for name in _UNLISTED)
        or plain(values.get("permalink")).lower() == "false"
        or plain(values.get("status")).lower() in {"hidden", "unlisted"}
        or any(plain(build.get(name)).lower() in _NEVER for name in ("list", "render"))
    )


_UNLISTED = ("unlisted", "headless", "eleventyexcludefromcollections")
_TEMPLATE_FOLDERS = frozenset(
    "template templates vorlage vorlagen archetypes scaffolds new neu muster".split()
)
_TEMPLATE_TITLE = lazy(
    r"^\W*(?:vorlage|template|muster)\s*(?:[:–—-].*)?$|\b(?:template|vorlage)\W*$|\{\{|<[a-z]+>"
    r"|^\W*(?:your |post |dein |ihr )?(?:title|titel|überschrift)(?: here| hier)?\W*$",
    re.IGNORECASE,
)
#: Drafts dated up to this year are made by templates: no blog is that old.
_TEMPLATE_YEAR = 2000


def is_template(post: Post, path: Path, folder: Path) -> bool:
    """Whether a draft is no post to come but the form from which posts are made."""
    parts = {part.lower() for part in path.relative_to(folder).parts[:-1]}
    return (
        not _TEMPLATE_FOLDERS.isdisjoint(parts)
        or path.stem.lower().strip("_-") in {"template", "vorlage", "post-template", "example"}
        or bool(_TEMPLATE_TITLE.search(post.title))
        or (post.published is not None and post.published.year <= _TEMPLATE_YEAR)
    )
