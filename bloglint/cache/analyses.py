"""Cached analyses of texts: markup, sentences, phrases, shingles; footers and own names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import msgspec

from bloglint.cache.code_version import code_version
from bloglint.cache.store import BatchCache, Cache
from bloglint.digests import digest, text_digest
from bloglint.model import Blog, Post
from bloglint.text.document import Document, Facts, parse
from bloglint.text.footers import leave_out_footers
from bloglint.text.markup import Markings
from bloglint.text.names import own_names


class _Overview(msgspec.Struct):
    """What is known of a blog's texts as a whole: left-out blocks and facts by document, names."""

    left_out: list[list[int]]
    facts: list[Facts]
    names: list[str]


class AnalysisCache:
    """Analyses of texts, stored in a cache; without a cache, every run computes them anew."""

    def __init__(self, cache: Cache | None = None) -> None:
        self._cache = cache

    def load(self, documents: Iterable[Document]) -> None:
        """Restore the analyses of each document from an earlier run, once one is asked for."""
        if self._cache is None:
            return
        for document in documents:
            document.memo.recall = partial(self._analyses, document)

    def _analyses(self, document: Document) -> dict[str, Any] | None:
        assert self._cache is not None
        return self._cache.get_data(self._key(document), dict[str, Any])

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

    def documents(
        self, blog: Blog, posts: Iterable[Post]
    ) -> tuple[list[Document], tuple[str, ...]]:
        """Return the documents of a blog's posts, without recurring footers, and its own names.

        If they are those of an earlier run, no text is read before something is sought in it.
        """
        documents = [self.document(post, blog.language) for post in posts]
        key = self._overview_key(blog, documents) if self._cache else b""
        known = self._cache.get(key, _Overview) if self._cache else None
        if known and not len(known.left_out) == len(known.facts) == len(documents):
            known = None  # somebody else wrote it
        if known is None:
            leave_out_footers(documents)
        else:
            for one, left_out, facts in zip(documents, known.left_out, known.facts, strict=True):
                one.leave_out(left_out)
                one.facts = facts
        self.load(documents)
        names = own_names(blog, documents) if known is None else tuple(known.names)
        if known is None and self._cache:
            left = [one.left_out for one in documents]
            told = [one.facts for one in documents]
            self._cache.put(key, _Overview(left, told, list(names)))
        return documents, names

    def _overview_key(self, blog: Blog, documents: Sequence[Document]) -> bytes:
        authors = sorted({author for post in blog.posts for author in post.authors})
        about = repr([blog.title, blog.url, blog.language, authors])
        texts = [
            self._post_key(one.post, f"overview {one.post.title} {one.post.url}")
            for one in documents
        ]
        return digest(about.encode("utf-8", "surrogatepass"), *texts)

    def _markings(self, post: Post) -> Markings:
        assert self._cache is not None
        key = self._post_key(post, "markings")
        found = self._cache.get(key, Markings)
        if found is None:
            found = parse(post)
            self._cache.put(key, found)
        return found

    def for_posts(
        self,
        posts: Sequence[Post],
        name: str,
        kind: Any,
        make: Callable[[Post], Any],
        variant: Callable[[Post], str] = lambda post: "",
    ) -> list[Any]:
        """Return a value of type ``kind`` for each of many posts, with no need to parse the posts.

        ``name`` must identify the blog and everything that the values depend on besides the posts'
        texts, and ``variant`` what else they depend on, by post.
        """
        batch = BatchCache(self._cache, name, kind)
        found = [batch.get(partial(self._post_key, p, variant(p)), partial(make, p)) for p in posts]
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
