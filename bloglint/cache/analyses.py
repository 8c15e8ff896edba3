"""Cached analyses of individual texts: markup, sentences, phrases, shingles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from bloglint.cache.code_version import code_version
from bloglint.cache.store import BatchCache, Cache
from bloglint.digests import digest, text_digest
from bloglint.model import Post
from bloglint.text.document import Document, parse
from bloglint.text.markup import Markings


class AnalysisCache:
    """Analyses of texts, stored in a cache; without a cache, every run computes them anew."""

    def __init__(self, cache: Cache | None = None) -> None:
        self._cache = cache

    def load(self, documents: Iterable[Document]) -> None:
        """Restore the analyses of each document from an earlier run."""
        if self._cache is None:
            return
        for document in documents:
            document.memo.known |= self._cache.get_data(self._key(document), dict[str, Any]) or {}

    def save(self, documents: Iterable[Document]) -> None:
        """Store the analyses of each document that has new ones."""
        if self._cache is None:
            return
        for document in documents:
            if document.memo.changed:
                self._cache.put_data(self._key(document), document.memo.known)
                document.memo.changed = False

    def document(self, post: Post, declared: str | None) -> Document:
        """Return the document of a post, whose markup is parsed only once.

        ``declared`` is the blog's language.
        """
        return Document(post, declared, parse if self._cache is None else self._markings)

    def _markings(self, post: Post) -> Markings:
        assert self._cache is not None
        key = self._post_key(post, "markings")
        found = self._cache.get(key, Markings)
        if found is None:
            found = parse(post)
            self._cache.put(key, found)
        return found

    def for_posts(
        self, posts: Sequence[Post], name: str, kind: Any, make: Callable[[Post], Any]
    ) -> list[Any]:
        """Return a value of type ``kind`` for each of many posts, with no need to parse the posts.

        ``name`` must identify everything that the values depend on besides the posts.
        """
        batch = BatchCache(self._cache, name, kind)
        found = [batch.get(partial(self._post_key, p), partial(make, p)) for p in posts]
        batch.save()
        return found

    @staticmethod
    def _post_key(post: Post, name: str = "") -> bytes:
        text = post.left or text_digest(post.source)
        variant = f"{name} {post.body_start} {post.markup} {post.language}"
        return digest(code_version(), variant.encode("utf-8", "surrogatepass"), text)

    @staticmethod
    def _key(document: Document) -> bytes:
        return digest(code_version(), document.fingerprint.encode())
