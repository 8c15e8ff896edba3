"""Pictures: what blind readers learn from them, and who made them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Share, check
from bloglint.checks.results import Hit, Measure
from bloglint.lazy import lazy
from bloglint.text.document import Document
from bloglint.text.markup import Image

#: How close to its picture a credit must stand, in characters of the text.
NEAR = 400
_NAME_OF_FILE = lazy(
    r"\.(?:jpe?g|png|gif|webp|svg|avif|heic)$"
    r"|^(?:img|dsc|dscn|pxl|image|bild|foto|photo|picture|screenshot|unnamed|untitled|grafik)"
    r"[\s_\-#]*\d*[\d\s_.\-:]*$",
    re.IGNORECASE,
)


#: Pictures that need no photographer: of screens (as most PNG files are), drawn, or logos.
_DRAWN = lazy(
    r"screen|bildschirm|chart|diagram|graph|plot|logo|icon|sketch|skizze|zeichnung|drawing|figure"
    r"|dashboard|schaubild|animation|architect|flow|infogra|banner|badge|avatar|mockup|wireframe|table"
    r"|tabelle|statistik|statistic|map\b|karte|cover|\.svg\b|\.gif\b|\.png\b|\.drawio",
    re.IGNORECASE,
)
#: An alternative text in front matter (alt, imageAlt, image_alt_text) of more than one word.
_ALT_OF_HEAD = lazy(
    r"^[ \t-]*[\"']?(?:[a-z]\w*[_-]?)?alt(?:[_-]?text)?[\"']?[ \t]*[:=][ \t]*\S+[ \t]+\S",
    re.I | re.M,
)
_LOGO = lazy(r"logo|brand|partner|sponsor|marken?", re.IGNORECASE)


class Images(CheckOptions, frozen=True):
    """Whether alternative texts or credits are tested.

    Attributes:
        pattern: what a credit looks like.
        habit, fewest: the share of its pictures, and how many, that a blog has to credit before one
            without is a slip.
    """

    test: Literal["alt", "credit"]
    pattern: str = ""
    habit: Share = 0.0
    fewest: Count = 1


@check(options=Images)
def images(document: Document, options: Images, context: Context) -> Iterator[Hit | Measure]:
    """Pictures without a useful alternative text, or without a credit.

    ``test`` alt: the alternative text is missing or says nothing (a file name), also in the front
    matter. An empty one is right for an ornament and is not reported. ``test`` credit: no credit
    or caption is near the picture, in a blog that credits its pictures as a habit.
    """
    if not document.images:
        return
    if options.test == "alt":
        head = document.post.source[: document.post.body_start]
        found = [
            image
            for image in document.images
            if (image.alt == "\0" or _says_nothing(image)) and not _is_described(image, head)
        ]
        yield Measure("images_without_alt", len(found))
    else:
        pattern = re.compile(options.pattern, re.IGNORECASE)
        of, credited = context.remember("credits", lambda: _credits(context, pattern))
        if credited < options.fewest or credited < options.habit * of:
            return
        photos = filter(_needs_credit, document.images)
        found = [image for image in photos if not _has_credit(document, image, pattern)]
    cases: dict[str, Image] = {}
    for image in found:
        case = "useless" if options.test == "alt" and image.alt != "\0" else "missing"
        cases.setdefault(case, image)
    for case, image in cases.items():  # one finding for one fault, at its first place
        fields = {
            "image": _shown(image),
            "alt": image.alt,
            "count": len(found),
            "of": len(document.images),
        }
        span = (image.source_start, image.source_end)
        yield Hit(case, len(found), 0, fields, quote=_shown(image)[:120], source=span)


def _needs_credit(image: Image) -> bool:
    return not _DRAWN.search(f"{image.url} {image.alt}")


def _credits(context: Context, pattern: re.Pattern[str]) -> tuple[int, int]:
    """Count the blog's pictures that need a credit, and those of them whose maker is named."""
    photos = [(d, i) for d in context.documents for i in d.images if _needs_credit(i)]
    return len(photos), sum(_names_maker(*photo, pattern) for photo in photos)


def _shown(image: Image) -> str:
    """A picture by its address, or by its alternative text where a template makes the address."""
    return " ".join(image.url.split())[:80] or image.alt.strip("\0")[:80] or "?"


def _says_nothing(image: Image) -> bool:
    alt = image.alt.strip()
    name = re.sub(r"[?#].*$", "", image.url).rsplit("/", 1)[-1].rsplit(".", 1)[0]
    same = alt and _letters(alt) == _letters(name) and not re.search(r"\s\S+\s", alt)
    if same and _LOGO.search(image.url):
        return False  # of a logo, the name is all that there is to say
    return bool(same or _NAME_OF_FILE.search(alt))


def _is_described(image: Image, head: str) -> bool:
    """Whether the front matter names a picture, or a template takes it from there, with a text."""
    name = image.url.rsplit("/", 1)[-1]
    return bool(name and (name in head or "{{" in image.url) and _ALT_OF_HEAD.search(head))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _has_credit(document: Document, image: Image, pattern: re.Pattern[str]) -> bool:
    """Whether a caption is near a picture, or its maker is named."""
    at = image.text_position
    captioned = any(b.kind == "caption" and abs(b.start - at) < NEAR for b in document.blocks)
    return captioned or _names_maker(document, image, pattern)


def _names_maker(document: Document, image: Image, pattern: re.Pattern[str]) -> bool:
    """Whether the alternative text of a picture, its markup or the text near it names its maker."""
    at = image.text_position
    near = document.text[max(0, at - NEAR) : at + NEAR]
    markup = document.post.source[image.source_start : image.source_end]
    return any(pattern.search(text) for text in (near, image.alt, markup))
