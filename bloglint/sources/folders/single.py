"""Single posts, alone or from their blog's folder, in current or other versions."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator
from datetime import tzinfo
from itertools import islice
from pathlib import Path

from bloglint.model import Blog, Post, SourceError
from bloglint.sources.folders.folder import is_post, post_files
from bloglint.sources.folders.post import is_draft, is_unlisted, read_file
from bloglint.sources.folders.site import site_of


def read_single(path: Path, *, zone: tzinfo) -> Blog:
    """Read a file with one post as a blog; the post is judged whatever its date.

    Raises:
        SourceError: the file cannot be read as a post.
    """
    post, _ = read_file(path, path.parent, site_of(path.parent), zone)
    return Blog(source=str(path), title=path.name, posts=(post,), named=(post.id,))


class Folder:
    """A folder of posts whose files are read one by one, in any version."""

    def __init__(self, path: Path, zone: tzinfo) -> None:
        self.path, self._zone = path, zone
        self._site = site_of(path)

    def post(self, path: Path, content: bytes | None = None, *, drafts: bool = True) -> Post | None:
        """Read the post in a file; return None for a draft unless ``drafts`` is set.

        ``content`` is a past or future version of the file; None reads the file itself.

        Raises:
            SourceError: the file cannot be read as a post.
        """
        post, values = read_file(path, self.path, self._site, self._zone, content)
        return (
            None
            if not drafts and (is_draft(values, path, self.path) or is_unlisted(values))
            else post
        )

    def holds(self, path: Path) -> bool:
        """Whether a file would be read as a post of this folder."""
        homes = [home.resolve() for home in self._site.homes]
        own = path.parent.resolve() / path.name
        home = next((one for one in homes if own.is_relative_to(one)), None)
        if home is None or not is_post(own, home) or self._site.is_no_post(path):
            return False
        return not any(part.startswith(".") for part in own.relative_to(home).parts)

    def unread(self, files: Iterable[Path]) -> Iterator[SourceError]:
        """Yield the errors of those ``files`` that should be posts but cannot be read."""
        for path in sorted(files):
            if self.holds(path):
                try:
                    self.post(self.path / path.relative_to(self.path.resolve()))
                except SourceError as error:
                    yield error


def folder_around(path: Path) -> Path | None:
    """The nearest folder of posts that contains a post file, or None if the file stands alone.

    This is the root of the site if its generator keeps posts where the file is, otherwise the
    folder that holds posts of its kind: not the post's own folder (``x/index.md``), nor one for a
    year or for drafts.
    """
    own = path.parent.resolve() / path.name
    place = own.parent
    if path.stem.split(".")[0] in {"index", "+page"}:
        place = place.parent
    while place.name.isdigit() or place.name in {"_drafts", "drafts"}:
        place = place.parent
    near = site_of(place)
    if near.root is not None:
        whole = dataclasses.replace(near, folder=near.root)
        homes = [home for home in whole.homes if home != near.root]
        if any(own.is_relative_to(home) for home in homes):
            return Path(os.path.relpath(near.root))
    # Search subfolders only if the layout is that of a blog: any other folder may be a home
    # directory.
    every = _posts_in(place) if place == own.parent else post_files(place)
    others = islice((one for one in every if one != own), 2)
    return Path(os.path.relpath(place)) if len(list(others)) == 2 else None


def _posts_in(folder: Path) -> Iterator[Path]:
    """Yield the posts directly in ``folder``, as single files or page bundles."""
    for path in folder.iterdir():
        bundles = (path / name for name in ("index.md", "index.mdx"))
        found = (
            next((bundle for bundle in bundles if bundle.is_file()), None)
            if path.is_dir()
            else path
        )
        if found and is_post(found, folder):
            yield found
