"""What was worked out of single texts in an earlier run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import msgspec

from bloglint.cache.code_version import made_by
from bloglint.cache.store import BatchCache, Cache
from bloglint.digests import digest, text_digest
from bloglint.model import Post
from bloglint.text.document import Document, parse
from bloglint.text.markup import Markings


class AnalysisCache:
    """What was worked out of single texts, cache in ``cache``; without it nothing is."""

    def __init__(self, cache: Cache | None = None) -> None:
        self._cache = cache

    def load(self, documents: Iterable[Document]) -> None:
        """Give each document what was worked out of it before."""
        if self._cache is None:
            return
        for document in documents:
            known = self._cache.get(self._key(document))
            document.memo.known |= known if isinstance(known, dict) else {}

    def save(self, documents: Iterable[Document]) -> None:
        """Keep what was worked out of each document, if that is more than was known."""
        if self._cache is None:
            return
        for document in documents:
            if document.memo.changed:
                self._cache.put(self._key(document), document.memo.known)
                document.memo.changed = False

    def document(self, post: Post, declared: str | None) -> Document:
        """The text of a post, whose markup is parsed once and then cache."""
        return Document(post, declared, self._markings if self._cache else parse)

    def _markings(self, post: Post) -> Markings:
        try:
            cache = self.for_post(post, "markings", lambda: msgspec.msgpack.encode(parse(post)))
        except UnicodeEncodeError:  # half a pair of surrogates
            return parse(post)
        return msgspec.msgpack.decode(cache, type=Markings)

    def for_post(self, post: Post, name: str, make: Callable[[], Any]) -> Any:
        """A value of a post that is not parsed; ``name`` tells what it depends on beside it."""
        if self._cache is None:
            return make()
        key = self._post_key(post, name)
        found = self._cache.get(key)
        if found is None:
            found = make()
            self._cache.put(key, found)
        return found

    def for_posts(self, posts: Sequence[Post], name: str, make: Callable[[Post], Any]) -> list[Any]:
        """A value of each of many posts, as by `for_post`; they are cache batch."""
        batch = BatchCache(self._cache, name)
        found = [batch.get(partial(self._post_key, p), partial(make, p)) for p in posts]
        batch.save()
        return found

    @staticmethod
    def _post_key(post: Post, name: str = "") -> bytes:
        text = post.left or text_digest(post.source)
        variant = f"{name} {post.body_start} {post.markup} {post.language}"
        return digest(made_by(), variant.encode("utf-8", "surrogatepass"), text)

    @staticmethod
    def _key(document: Document) -> bytes:
        return digest(made_by(), document.fingerprint.encode())
