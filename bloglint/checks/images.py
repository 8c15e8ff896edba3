"""Pictures: what a blind reader gets of them, and who made them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bloglint.checks import Context, Hit, Measure, Options
from bloglint.text.document import Document


def images(document: Document, options: Options, context: Context) -> Iterator[Hit | Measure]:
    """``test`` alt: pictures without alternative text; credit: none is named for any picture."""
    if not document.images:
        return
    if options["test"] == "alt":
        missing = [i for i in document.images if i.alt == "\0" or i.alt.strip().lower() in _NO_ALT]
        yield Measure("images_without_alt", len(missing))
        for image in missing:
            fields = {"image": image.url[:80], "count": len(missing), "of": len(document.images)}
            yield Hit("missing", len(missing), 0, fields, quote=image.url[:120])
        return
    credit = re.compile(options["pattern"], re.IGNORECASE)
    named = credit.search(document.text) or any(credit.search(i.alt) for i in document.images)
    if not named:
        fields = {"count": len(document.images)}
        yield Hit("missing", len(document.images), 0, fields, quote=document.images[0].url[:120])


#: Alternative texts that say nothing. An empty one is right for an ornament and stays.
_NO_ALT = frozenset({"image", "img", "bild", "foto", "photo", "picture", "screenshot"})
