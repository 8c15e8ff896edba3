"""Substack exports: archives with a table of posts and one HTML file per post."""

from __future__ import annotations

import csv
import io
import re
from math import inf
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from bloglint.model import Blog, Post
from bloglint.sources.dates import parse_date
from bloglint.sources.exports.gather import Gathered, members
from bloglint.sources.exports.pages import attribute, without
from bloglint.sources.fields import title_text

#: Types of written posts; the others are threads, pages and recordings without text.
_TYPES = frozenset({"newsletter", "post", "podcast", "video", ""})
#: Parts of the classes of what asks readers to subscribe, or stands around buttons.
_WIDGETS = {
    "div": ("subscription-widget", "subscribe", "button-wrapper", "captioned-button"),
    "p": ("button-wrapper",),
}


def read_substack(path: Path, source: str, most: float = inf) -> Blog:
    """Read the blog in a Substack export, of which ``most`` bytes are unpacked.

    The subscriber lists in it are not opened.

    Raises:
        SourceError: the export contains no posts.
    """
    found = Gathered(source, most)
    try:
        with ZipFile(path) as archive:
            tables = [text for name, text in members(archive, "posts.csv", found)]
            bodies = {
                name.rpartition("/")[2].partition(".")[0]: content.decode("utf-8", "replace")
                for name, content in members(archive, ".html", found)
            }
        for row in csv.DictReader(io.StringIO(tables[0].decode("utf-8-sig", "replace"))):
            _take({key: value or "" for key, value in row.items() if key}, bodies, found)
    except (
        BadZipFile,
        OSError,
        RuntimeError,
        csv.Error,
        LookupError,
    ) as error:
        found.broke_off(error)
    return found.blog(title=path.stem)


def _take(row: dict[str, str], bodies: dict[str, str], found: Gathered) -> None:
    number = row.get("post_id", "").partition(".")[0]
    if row.get("type", "") not in _TYPES or not bodies.get(number, "").strip():
        found.left_out["not a post"] += 1
        return
    post = Post(
        id=row["post_id"],
        title=title_text(row.get("title")),
        source=without(bodies[number], "div|p|form", _is_widget),
        markup="html",
        published=parse_date(row.get("post_date")),
    )
    found.add(post, draft=row.get("is_published", "").lower() != "true")


def _is_widget(tag: re.Match[str]) -> bool:
    """Whether an opening tag is that of a form, or of something that no reader reads."""
    named = attribute(tag.group(), "class")
    return tag[1] == "form" or any(mark in named for mark in _WIDGETS[tag[1]])
