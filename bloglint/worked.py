"""What was worked out of single texts in an earlier run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import msgspec

from bloglint.kept import Kept, Together, digest, made_by, text_digest
from bloglint.model import Post
from bloglint.text.document import Document, parse
from bloglint.text.markup import Markings


class Worked:
    """What was worked out of single texts, kept in ``kept``; without it nothing is."""

    def __init__(self, kept: Kept | None = None) -> None:
        self._kept = kept

    def give(self, documents: Iterable[Document]) -> None:
        """Give each document what was worked out of it before."""
        if self._kept is None:
            return
        for document in documents:
            known = self._kept.get(self._key(document))
            document.features.known |= known if isinstance(known, dict) else {}

    def keep(self, documents: Iterable[Document]) -> None:
        """Keep what was worked out of each document, if that is more than was known."""
        if self._kept is None:
            return
        for document in documents:
            if document.features.changed:
                self._kept.put(self._key(document), document.features.known)
                document.features.changed = False

    def document(self, post: Post, declared: str | None) -> Document:
        """The text of a post, whose markup is parsed once and then kept."""
        return Document(post, declared, self._markings if self._kept else parse)

    def _markings(self, post: Post) -> Markings:
        try:
            kept = self.of_post(post, "markings", lambda: msgspec.msgpack.encode(parse(post)))
        except UnicodeEncodeError:  # half a pair of surrogates
            return parse(post)
        return msgspec.msgpack.decode(kept, type=Markings)

    def of_post(self, post: Post, name: str, make: Callable[[], Any]) -> Any:
        """A value of a post that is not parsed; ``name`` tells what it depends on beside it."""
        if self._kept is None:
            return make()
        key = self._post_key(post, name)
        found = self._kept.get(key)
        if found is None:
            found = make()
            self._kept.put(key, found)
        return found

    def of_posts(self, posts: Sequence[Post], name: str, make: Callable[[Post], Any]) -> list[Any]:
        """A value of each of many posts, as by `of_post`; they are kept together."""
        together = Together(self._kept, name)
        found = [together.of(partial(self._post_key, p), partial(make, p)) for p in posts]
        together.keep()
        return found

    @staticmethod
    def _post_key(post: Post, name: str = "") -> bytes:
        text = post.left or text_digest(post.source)
        told = f"{name} {post.body_start} {post.markup} {post.language}"
        return digest(made_by(), told.encode("utf-8", "surrogatepass"), text)

    @staticmethod
    def _key(document: Document) -> bytes:
        return digest(made_by(), document.fingerprint.encode())
