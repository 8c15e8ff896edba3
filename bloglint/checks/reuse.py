"""Text that was written for something else: press releases, and the blog's own older posts."""

from __future__ import annotations

import dataclasses
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec.structs import astuple

from bloglint.checks.compare import Compared, Reuse, compare
from bloglint.checks.context import Context
from bloglint.checks.declaration import CheckOptions, Count, Share, check
from bloglint.checks.results import Hit, Measure, apart
from bloglint.digests import digest
from bloglint.languages import ENGLISH
from bloglint.model import Post, Text, replace, translate
from bloglint.model.messages import in_each, joined, quoted
from bloglint.text.dates import is_edition, is_regular, is_series
from bloglint.text.document import WORD, Document
from bloglint.text.language import detect_language
from bloglint.text.passages import Passage
from bloglint.text.shingles import COMPARED, read_past_markup, shingles, telling_words

if TYPE_CHECKING:
    from bloglint.press.index import Index, Release

#: A further source is named if it explains this share of a post beyond the sources before.
FURTHER = 0.05
#: A passage found in this many other, otherwise different texts is boilerplate.
STANDING = 2
#: An earlier post that holds a smaller share of a post's shingles is not compared with it.
LEAST_SHARED = 0.04
#: Texts sharing at least this much of their shingles are versions of one text or template.
ALIKE = 0.5
#: The share of a passage's shingles that a text must hold to contain the passage.
HELD = 0.6
#: So many releases are kept ready to be compared with further posts.
_ORIGINALS = 200

_VERBATIM = translate("copied word for word")
_CHANGED = "{reworded}% of that reworded, {moved} of {passages} passages moved"
_NO_WORDS = translate("no words of its own")
_OWN_WORD, _OWN_WORDS = "{count} word of its own", "{count} words of its own"
_SHORT = "under {fewest} words of their own, not compared with other texts"
_OTHER_LANGUAGE = translate("not compared with the press releases, none is in the post's language")
_OWN_PAGE = translate("its own page is among the press releases and was left out there")


def _short(options: Press | OwnPosts) -> Text:
    return translate(_SHORT, fewest=options.fewest_words)


class Press(CheckOptions, frozen=True):
    """The shares reported, the fewest words compared, and how many days later a release may be.

    ``said`` are words that attribute a quotation, ``closings`` the beginnings of boilerplate, both
    by language.
    """

    limit: Share
    recycled: Share
    fewest_words: Count
    tolerance: Count
    said: dict[str, list[str]]
    closings: dict[str, list[str]]


@check(options=Press, needs_press=True, measures_past=True)
def press(document: Document, options: Press, context: Context) -> Iterator[Hit | Measure]:
    """The share of a post's words that were taken from earlier press releases.

    Neither boilerplate nor quotations that the post attributes count; a release more than
    ``tolerance`` days later is not a source. Containment in the sense of Broder 1997, "On the
    resemblance and containment of documents", with aligned passages instead of equal shingles.
    """
    newsroom = context.press
    if newsroom is None or not newsroom.languages:
        return
    if document.words < options.fewest_words:
        yield Measure("recycled", None, _short(options))
        return
    language = document.language
    if language not in newsroom.languages:
        yield Measure("recycled", None, _OTHER_LANGUAGE)
        return
    post = document.post
    texts = partial(Compared, said=options.said, closings=options.closings)
    own = texts(document)
    found: list[Reuse] = []
    later: list[Reuse] = []
    originals: dict[tuple[Index, int, str | None], Compared] = context.memo.setdefault(
        "originals", {}
    )
    for release in newsroom.nearest(shingles(own.telling), language, context.as_of):
        origin = release.post
        if _is_same(post, origin):
            yield Measure("recycled_own_page", None, _OWN_PAGE)
            continue
        key = release.index, release.number, language
        original = originals.get(key)
        if original is None:
            if len(originals) >= _ORIGINALS:
                originals.pop(next(iter(originals)))
            original = originals[key] = texts(Document(origin, language), quoted=True)
        taken = _without_standing(compare(own, original), release)
        if taken.passages:
            days = _days(post, origin)
            is_later = days is not None and days < -options.tolerance
            (later if is_later else found).append(taken)
    sources = _sources(found)
    share = _share(sources)
    yield Measure("recycled", share)
    if share > options.limit:
        case = "recycled" if share >= options.recycled else "taken"
    else:
        sources, case = _sources(later), "earlier"
        share = _share(sources)
        if share <= options.limit:
            return
    yield _hit(case, share, options.limit, sources)


class OwnPosts(CheckOptions, frozen=True):
    """The share that is reported, the fewest words compared, and how many posts are searched.

    ``mostly`` is the share from which a post mostly repeats another, ``alike`` the one above which
    pages of a series are named.
    """

    limit: Share
    mostly: Share
    alike: Share
    fewest_words: Count
    among: Count
    said: dict[str, list[str]]
    closings: dict[str, list[str]]


@check(options=OwnPosts, measures_past=True)
def own_posts(options: OwnPosts, context: Context) -> Iterator[Hit | Measure]:
    """The share of a post's words that appear in earlier posts of the same blog.

    The newest ``among`` posts are searched, in the scored window or not. A story of the blog's own
    that is retold in other words has been written anew, so only passages count. A passage held by
    two other, otherwise different posts is a footer or the introduction of a series. ``reposted``
    is the same share, but 0 if the source is itself a repetition, as in a series from a template,
    or an earlier edition ("Call for papers 2025" and "2026"). A post of a series, by its title,
    repeats nothing; near-identical ones are one finding that names them all.
    """
    if "library" not in context.memo:
        context.memo["library"] = _Library(context, options)
    library: _Library = context.memo["library"]
    repeats: set[str] = set()
    series: dict[str, str] = {}  # post → the first one of its series
    alike: dict[str, list[tuple[float, list[Reuse], int, str]]] = {}
    recycled = {
        document.post.id: measures.get("recycled") or 0.0
        for document, measures in zip(context.documents, context.measures, strict=True)
    }
    for at, document in reversed(list(context.whole())):
        if document.post.id not in library.at:
            continue  # older than the newest ``among``; a few of these are measured for the trend
        if document.words < options.fewest_words:
            yield Measure("repeated", None, _short(options), post=at)
            continue
        own = library.own(document)
        found = []
        for earlier in library.earlier(document.post, library.own_shingles(own)):
            taken = library.reuse_from(own, library.text(context.document(earlier)))
            if taken.passages:
                found.append(taken)
        sources = _sources(found)
        share = _share(sources)
        origin = sources[0].original.document.post if sources else None
        if origin is not None and is_series(document.post.title, origin.title):
            yield Measure("repeated", 0.0, post=at)
            yield Measure("reposted", 0.0, post=at)
            root = series.setdefault(origin.id, origin.id)
            series[document.post.id] = root
            if share > options.alike and not is_regular(document.post.title):
                alike.setdefault(root, []).append((share, sources, at, document.post.title))
            continue
        yield Measure("repeated", share, post=at)
        is_first = origin is not None and origin.id not in repeats
        is_first = (
            is_first and origin is not None and not is_edition(document.post.title, origin.title)
        )
        yield Measure("reposted", share if is_first else 0.0, post=at)
        if share > options.limit:
            repeats.add(document.post.id)
            source = sources[0].original.document.post.id
            if min(recycled[document.post.id], recycled.get(source, 0.0)) > options.limit:
                continue  # both were cut from a release, which recycling-press reports
            case = "repeated" if share >= options.mostly else "partly"
            yield _hit(case, share, options.limit, sources, at)
    for pages in alike.values():
        share, sources, at, _ = pages[-1]
        hit = _hit("series", share, options.alike, sources, at)
        titles = [quoted(title) for *_, title in pages]
        yield dataclasses.replace(hit, fields={**hit.fields, "titles": titles})


def _is_same(post: Post, other: Post) -> bool:
    """Whether two posts are the same page: the same address or file."""
    if post.path and other.path:
        return post.path == other.path
    return bool(post.url and other.url and _plain(post.url) == _plain(other.url))


def _plain(url: str) -> str:
    return url.partition("://")[2].partition("#")[0].removeprefix("www.").rstrip("/").lower()


def _days(post: Post, origin: Post) -> int | None:
    """Return the days from the original to the post, or None if one of them has no date."""
    if not post.published or not origin.published:
        return None
    return (post.published.date() - origin.published.date()).days


def _sources(found: Iterable[Reuse]) -> list[Reuse]:
    """Return the texts that explain a post: the best one, then others by what each adds."""
    rest = list(found)
    taken: set[int] = set()
    chosen: list[Reuse] = []
    while rest:
        rest = [one for one in (one.without(taken) for one in rest) if one.passages]
        best = max(rest, key=lambda one: len(one.covered - taken), default=None)
        if best is None or (chosen and len(best.covered - taken) < FURTHER * best.copy.count):
            break
        chosen.append(best)
        taken |= best.covered
        rest = [one for one in rest if one.original is not best.original]
    return chosen


def _share(sources: Sequence[Reuse]) -> float:
    covered = set().union(*(source.covered for source in sources)) if sources else set()
    return round(len(covered) / max(1, sources[0].copy.count), 4) if sources else 0.0


def _without_standing(taken: Reuse, release: Release) -> Reuse:
    """Return ``taken`` without passages that other, otherwise different releases share."""
    if not taken.passages:
        return taken
    others = partial(release.index.others, release.number, held=HELD, alike=ALIKE)
    return _dropped(taken, others)


def _dropped(taken: Reuse, holders: Callable[[set[int]], Iterator[int]]) -> Reuse:
    """Return ``taken`` without passages that at least `STANDING` other texts hold.

    ``holders`` yields the otherwise different texts that hold a passage, given its shingles.
    """
    own = []
    for passage in taken.passages:
        known = passage.shingles
        query_shingles = set(_shingles_of(taken.original, passage) if known is None else known)
        if not query_shingles or len(list(islice(holders(query_shingles), STANDING))) < STANDING:
            own.append(passage)
    return Reuse(taken.copy, taken.original, tuple(own))


def _shingles_of(text: Compared, passage: Passage) -> set[int]:
    """Return the shingles of the content words in a passage of the original."""
    return shingles(w.text for w in text.words[passage.first : passage.last] if w.tells)


def _shingles(context: Context, post: Post) -> bytes:
    text = read_past_markup(context.restore(post).body)
    words = WORD.findall(text)
    language = detect_language(text, post.language or context.blog.language, words) or ""
    return array("I", sorted(shingles(telling_words(words, language)))).tobytes()


def _sorted_shingles(own: Compared) -> list[int]:
    return sorted(shingles(own.telling))


def _passages(own: Compared, original: Compared) -> list[tuple[Any, ...]]:
    return [
        astuple(replace(passage, shingles=tuple(sorted(_shingles_of(original, passage)))))
        for passage in compare(own, original, also_retold=False).passages
    ]


class _Library:
    """The posts of a blog by their shingles; texts are parsed only if they are compared."""

    def __init__(self, context: Context, options: OwnPosts) -> None:
        self.posts = context.blog.posts[: options.among]
        self.said, self.closings = options.said, options.closings
        self.terms = digest(repr((self.said, self.closings)).encode()).hex()
        self.texts: dict[str, Compared] = {}
        self.at = {post.id: n for n, post in enumerate(self.posts)}
        self.shingles: list[set[int]] = []
        self.holders: dict[int, list[int]] = defaultdict(list)
        name = f"shingles {context.where} {context.blog.language}"
        for packed in context.analyses.for_posts(
            self.posts, name, bytes, partial(_shingles, context)
        ):
            self.shingles.append(set(array("I", packed)))
        for n, own in enumerate(self.shingles):
            for shingle in own:
                self.holders[shingle].append(n)

    def text(self, document: Document) -> Compared:
        """Return a post prepared for comparison, once for each post."""
        name = document.post.id
        if name not in self.texts:
            self.texts[name] = Compared(document, self.said, self.closings)
        return self.texts[name]

    def own(self, document: Document) -> Compared:
        """Return a post prepared for comparison with earlier ones."""
        own = self.text(document)
        own.count = document.memo.get(f"own words {self.terms}", lambda: len(own.words))
        return own

    def own_shingles(self, own: Compared) -> set[int]:
        """Return the shingles of the words that count in a post."""
        make = partial(_sorted_shingles, own)
        return set(own.document.memo.get(f"own shingles {self.terms}", make))

    def reuse_from(self, own: Compared, original: Compared) -> Reuse:
        """Return what a post took from an earlier one, without what other posts share."""
        name = f"taken {self.terms} {original.document.fingerprint}"
        found = own.document.memo.get(name, partial(_passages, own, original))
        passages = tuple(Passage(*one) for one in found)
        return self.without_standing(Reuse(own, original, passages))

    def earlier(self, post: Post, query_shingles: set[int]) -> list[Post]:
        """Return the earlier posts that share the most shingles with a text."""
        own = self.at.get(post.id, -1)
        counts: Counter[int] = Counter()
        rare = [
            s for s in query_shingles if len(self.holders.get(s, ())) * 4 < len(self.posts) + 40
        ]
        # Shingles in a quarter of the posts tell none apart, unless a post has few others.
        for shingle in rare if 2 * len(rare) >= len(query_shingles) else query_shingles:
            counts.update(n for n in self.holders.get(shingle, ()) if n > own)
        best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:COMPARED]
        return [
            self.posts[n]
            for n, count in best
            if count >= max(2, LEAST_SHARED * len(query_shingles))
        ]

    def without_standing(self, taken: Reuse) -> Reuse:
        """Return ``taken`` without passages that other, otherwise different posts share."""
        if not taken.passages:
            return taken
        copy, original = (self.at[t.document.post.id] for t in (taken.copy, taken.original))

        def holders(query_shingles: set[int]) -> Iterator[int]:
            held = Counter(n for s in query_shingles for n in self.holders.get(s, ()))
            holding = (n for n, count in held.items() if count >= HELD * len(query_shingles))
            others = (n for n in holding if n not in (copy, original))
            return (n for n in others if not self._alike(n, original))

        return _dropped(taken, holders)

    def _alike(self, one: int, other: int) -> bool:
        shared = len(self.shingles[one] & self.shingles[other])
        return shared >= ALIKE * max(1, len(self.shingles[other]))


def _percent(share: float, language: str) -> str:
    """A share in percent, as written in a language."""
    return f"{round(share * 100)}{'' if language == ENGLISH else ' '}%"


def _copying(evidence: Mapping[str, Any], passages: int) -> Text:
    """Say how closely the text was taken, and what was added."""
    reworded, moved = round(evidence["reworded"] * 100), evidence["moved"]
    how = _VERBATIM
    if reworded or moved:
        how = translate(_CHANGED, reworded=reworded, moved=moved, passages=passages)
    count = evidence["own_words"]
    own = translate(_OWN_WORDS if count != 1 else _OWN_WORD, count=count) if count else _NO_WORDS
    return joined("; ", [how, own])


def _hit(
    case: str,
    share: float,
    limit: float,
    sources: Sequence[Reuse],
    post: int | None = None,
) -> Hit:
    """Return the finding, placed at the longest passage, with the figures and both texts."""
    first = sources[0]
    evidence = first.evidence()
    origin = first.original.document.post
    longest = first.longest
    start, end = first.copy.words[longest.start].start, first.copy.words[longest.end - 1].end
    further = [
        {
            **_origin(source.original.document.post),
            "share": _share([source]),
            "passages": source.evidence()["passages"],
        }
        for source in sources[1:]
    ]
    covered = set[int]().union(*(source.covered for source in sources))
    evidence["own_words"] = len(first.copy.words) - len(covered)
    named = [source.original.document.post.title or "–" for source in sources]
    return Hit(
        case,
        share,
        limit,
        {
            "percent": apart(share * 100, limit * 100),
            "limit": in_each(lambda code: _percent(limit, code)),
            "sources": [quoted(title) for title in named],
            "used": round(evidence["used"] * 100),
            "reworded": round(evidence["reworded"] * 100),
            "moved": evidence["moved"],
            "passages": len(first.passages),
            "own_words": evidence["own_words"],
            "copying": _copying(evidence, len(first.passages)),
        },
        start,
        end,
        evidence={
            **_origin(origin),
            "days_between": _days(first.copy.document.post, origin),
            **evidence,
            "further": further,
        },
        exhibit=first.exhibit(),
        post=post,
    )


def _origin(post: Post) -> dict[str, Any]:
    published = post.published.date().isoformat() if post.published else None
    return {"title": post.title, "url": post.url, "path": post.path, "published": published}
