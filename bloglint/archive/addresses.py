"""The pages that posts link to, and which posts of their own blog these are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from bloglint.sources.traffic import slug, slug_of
from bloglint.text.document import Document

#: How a link to the file of a post ends.
_ENDING = re.compile(r"\.(?:md|mdx|markdown)$")
_BETWEEN_WORDS, _APOSTROPHE = re.compile(r"[\W_]+"), re.compile(r"['’]")
#: A picture, which is no page.
_PICTURE = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)|<img\b[^>]{0,2000}>", re.I)
#: An address in a tag, or one that stands for itself.
_ADDRESS = re.compile(r"\bhref\s{0,9}=\s{0,9}[\"']([^\"'\n]+)|https?://[^\s<>\"'()\[\]]+", re.I)
#: The number before the name of a file ("1203-why"), and how Jekyll's tags name a post's file.
_NUMBER = re.compile(r"^\d{2,8}-(?=\D)")
_JEKYLL = re.compile(r"\{%-?\s*(?:post_url|link)\s+(?:\S*/)?([^\s/%]+)")


def addresses(document: Document) -> set[str]:
    """Return the pages that a post links to, or names, wherever it does so: in tables too."""
    post = document.post
    body = _PICTURE.sub(" ", post.source[post.body_start :])
    found = {link.url for link in document.links}
    found.update(one[1] or one[0] for one in _ADDRESS.finditer(body))
    found.update(f"/{one[1]}" for one in _JEKYLL.finditer(body))
    return {one for one in found if one and not one.startswith(("mailto:", "#", "{"))}


def links_in(documents: Sequence[Document], linked: Sequence[Collection[str]]) -> list[int]:
    """Count, for each post, the other posts that link to it, by the last part of addresses.

    ``linked`` are the addresses that each post links to.

    A post's address ends with the name of its file, with or without the number before it, or with
    its title, in either case with hyphens or underscores; Jekyll names the file.
    """
    names = [
        {_hyphened(name), _hyphened(_NUMBER.sub("", name)), _hyphened(one.post.title)}
        for one in documents
        for name in [slug_of(one.post)]
    ]
    slugs = Counter(name for every in names for name in every)
    at_slug = {name: at for at, every in enumerate(names) for name in every}
    found: list[set[int]] = [set() for _ in documents]
    for at, own in enumerate(linked):
        for address in own:
            name = _hyphened(_ENDING.sub("", slug(address)))
            other = at_slug.get(name)
            if other is not None and other != at and slugs[name] == 1 and len(name) > 3:
                found[other].add(at)
    return list(map(len, found))


def _hyphened(name: str) -> str:
    """Return a title or the end of an address as an address writes it: lower case, hyphens."""
    return _BETWEEN_WORDS.sub("-", _APOSTROPHE.sub("", name.lower())).strip("-")
