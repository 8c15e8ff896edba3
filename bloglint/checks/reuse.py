"""Text that was written for something else: press releases, and the blog's own older posts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bloglint.checks import Context, Hit, Measure, Options
from bloglint.model import Post
from bloglint.text.document import Document
from bloglint.text.shingles import Stem, common, covered, shingles, stems

#: A passage of at least this many words is shown; shorter ones count and stay unnamed.
SHOWN_WORDS = 8
#: A text with fewer words has no passage to compare.
FEWEST_WORDS = 20


@dataclass(frozen=True)
class _Text:
    """A document ready to be compared: its words, their shingles."""

    document: Document
    words: list[Stem]
    shingles: list[int]


def _prepare(document: Document, quoted: bool = False) -> _Text:
    words = stems(document, quoted)
    return _Text(document, words, shingles(words))


def _originals(context: Context) -> tuple[list[_Text], set[int], dict[int, list[int]]]:
    """The press releases, their boilerplate, and which of them hold a shingle; built once."""
    if "press" not in context.kept:
        texts = [_prepare(Document(post), quoted=True) for post in context.press or ()]
        boilerplate = common((t.shingles for t in texts), 3) if len(texts) > 3 else set()
        holders: dict[int, list[int]] = defaultdict(list)
        for at, text in enumerate(texts):
            for shingle in set(text.shingles) - boilerplate:
                holders[shingle].append(at)
        context.kept["press"] = (texts, boilerplate, holders)
    kept: tuple[list[_Text], set[int], dict[int, list[int]]] = context.kept["press"]
    return kept


def _source(own: _Text, holders: dict[int, list[int]]) -> int | None:
    """The index of the text that shares most shingles."""
    counts: dict[int, int] = defaultdict(int)
    for shingle in set(own.shingles):
        for at in holders.get(shingle, ()):
            counts[at] += 1
    return min(counts, key=lambda at: (-counts[at], at)) if counts else None


def press(document: Document, options: Options, context: Context) -> Iterator[Hit | Measure]:
    """The share of a post's words that stand in one press release, by shingle containment.

    Quotations in the post and boilerplate (what three releases or more hold) do not count.
    Broder 1997, "On the resemblance and containment of documents".
    """
    if context.press is None:
        return
    own = _prepare(document)
    if len(own.words) < FEWEST_WORDS:
        return
    texts, _, holders = _originals(context)
    at = _source(own, holders)
    if at is None:
        yield Measure("recycled", 0.0)
        return
    release = texts[at]
    shared = {s for s in set(release.shingles) if at in holders.get(s, ())}
    runs = covered(own.shingles, shared, len(own.words))
    share = sum(end - start for start, end in runs) / len(own.words)
    yield Measure("recycled", round(share, 4))
    if share <= options["limit"]:
        return
    used = covered(release.shingles, set(own.shingles), len(release.words))
    post, origin = document.post, release.document.post
    days = (
        (post.published.date() - origin.published.date()).days
        if post.published and origin.published
        else None
    )
    used_share = sum(end - start for start, end in used) / max(1, len(release.words))
    case = "recycled" if share >= options["recycled"] else "taken"
    if days is not None and days < -1:
        case = "earlier"
    fields = {"percent": round(share * 100), "release": origin.title, "days": days}
    evidence = {
        **_origin(origin),
        "days_between": days,
        "release_used": round(used_share, 4),
        "passages": _passages(own, release, runs),
    }
    yield _hit(case, share, options["limit"], fields, evidence, own, runs)


def own_posts(options: Options, context: Context) -> Iterator[Hit | Measure]:
    """The share of a post's words that stand in an earlier post of the same blog.

    What three posts or more hold is a footer or a standing introduction and does not count.
    """
    texts = [_prepare(document) for document in context.documents]
    boilerplate = common((t.shingles for t in texts), 3)
    holders: dict[int, list[int]] = defaultdict(list)
    for at in reversed(range(len(texts))):  # oldest first
        own = texts[at]
        if len(own.words) < FEWEST_WORDS:
            continue
        source = _source(own, holders)
        share = 0.0
        if source is not None:
            shared = {s for s in texts[source].shingles if s not in boilerplate}
            runs = covered(own.shingles, shared, len(own.words))
            share = sum(end - start for start, end in runs) / len(own.words)
        yield Measure("repeated", round(share, 4), post=at)
        if source is not None and share > options["limit"]:
            earlier = texts[source].document.post
            fields = {"percent": round(share * 100), "earlier": earlier.title}
            evidence = {**_origin(earlier), "passages": _passages(own, texts[source], runs)}
            hit = _hit("repeated", share, options["limit"], fields, evidence, own, runs, at)
            yield hit
        for shingle in set(own.shingles) - boilerplate:
            holders[shingle].append(at)


def _origin(post: Post) -> dict[str, Any]:
    published = post.published.date().isoformat() if post.published else None
    return {"title": post.title, "url": post.url, "path": post.path, "published": published}


def _passages(own: _Text, other: _Text, runs: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    """The longest passages in both texts."""
    where: dict[int, int] = {}
    for at, shingle in enumerate(other.shingles):
        where.setdefault(shingle, at)
    found = []
    for start, end in sorted(runs, key=lambda run: (run[0] - run[1], run[0]))[:5]:
        if end - start < SHOWN_WORDS:
            continue
        places = [where[s] for s in own.shingles[start:end] if s in where]
        first, last = min(places), max(places) + 3
        far = last - first > 2 * (end - start)
        span = other.words[first : (first + end - start) if far else last + 1]
        here = own.words[start:end]
        found.append(
            {
                "post": own.document.text[here[0].start : here[-1].end],
                "original": other.document.text[span[0].start : span[-1].end],
                "words": end - start,
            }
        )
    return found


def _hit(
    case: str,
    share: float,
    limit: float,
    fields: dict[str, Any],
    evidence: dict[str, Any],
    own: _Text,
    runs: Sequence[tuple[int, int]],
    post: int | None = None,
) -> Hit:
    """The finding at the longest copied passage."""
    start, end = max(runs, key=lambda run: (run[1] - run[0], -run[0]))
    words = own.words[start:end]
    value = round(share, 4)
    span = (words[0].start, words[-1].end)
    return Hit(case, value, limit, fields, *span, evidence=evidence, post=post)
