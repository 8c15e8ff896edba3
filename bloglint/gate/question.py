"""Which posts are asked about, and their blog without and with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from pathlib import Path

import msgspec

from bloglint.gate.revision import changes
from bloglint.model import Blog, Post, SourceError, Text, replace
from bloglint.sources.folders.folder import is_post, read_named


class Question(msgspec.Struct, frozen=True):
    """``after`` is the blog with the ``posts`` that are asked about (their ids), ``before`` the one
    without them, None where there is no blog around them; ``removed`` are posts that go.
    ``context`` is where the blog was read from, ``unread`` what could not be.
    """

    after: Blog
    posts: tuple[str, ...]
    before: Blog | None = None
    removed: tuple[Post, ...] = ()
    context: str | None = None
    unread: tuple[SourceError, ...] = ()


def of_files(
    files: Mapping[Path, bytes | None],
    blog: Blog | None,
    folder: Path | None,
    *,
    zone: tzinfo,
) -> Question:
    """Whether the posts in ``files`` should appear, in the context of ``blog``.

    ``folder`` is where that blog was read from; a file may lie elsewhere. With a file may come what
    will stand in it.

    Raises:
        SourceError: a file cannot be read as a post.
    """
    posts: list[Post] = []
    for path, content in files.items():
        place = folder if folder and _lies_in(path, folder) else path.parent
        own = place / path.resolve().relative_to(place.resolve())
        (post,) = read_named({own: content}, place, zone=zone)
        named = post.id if place is folder else path.as_posix()
        posts.append(replace(post, id=named, path=str(path)))
    ids = tuple(post.id for post in posts)
    titles = {post.title.casefold() for post in posts if folder is None}
    places = {path.resolve() for path in files}

    def is_other(post: Post) -> bool:
        is_same = post.path is not None and Path(post.path).resolve() in places
        return not is_same and post.title.casefold() not in titles

    before = _only(blog, is_other) if blog else None
    if before is None or blog is None or not (before.posts or before.planned or before.undated):
        first = next(iter(files))
        title = first.name if len(files) == 1 else ", ".join(path.name for path in files)
        return Question(Blog(str(first), title, posts=tuple(posts), named=ids), ids)
    return Question(_with(before, posts, ids), ids, before, context=blog.source)


def of_revision(folder: Path, blog: Blog, revision: str, *, zone: tzinfo) -> Question:
    """What became of the posts in ``folder`` since a revision of Git.

    A file that was only moved is no change; one that was moved and changed is followed.

    Raises:
        ConfigError: there is no such revision here; says what to do.
    """
    found, submodules = changes(folder, revision)
    now = {place.resolve() for one in found if (place := one.path)}
    old: list[Post] = []
    unread: list[SourceError] = []
    notes = [_submodule(path) for path in submodules]
    before = _only(blog, lambda post: post.path is None or Path(post.path).resolve() not in now)
    posts = [
        post
        for post in (*blog.posts, *blog.planned, *blog.undated)
        if post.path and Path(post.path).resolve() in now
    ]
    dates = {Path(post.path or "").resolve(): post.published for post in posts}
    unread += _unread(now - dates.keys(), folder, zone)
    for change in found:
        if change.old_path and change.content is not None and is_post(change.old_path, folder):
            files = {change.old_path: change.content}
            try:
                was = read_named(files, folder, zone=zone, drafts=False)
            except SourceError:  # what was broken before is mended now
                continue
            today = dates.get(change.path.resolve()) if change.path else None
            old += [replace(one, published=one.published or today) for one in was]
    gone = {change.old_path for change in found if change.path is None}
    removed = [post for post in old if post.path and Path(post.path) in gone]
    moved = [(was, is_now) for was in removed for is_now in posts if _is_moved(was, is_now)]
    removed = [post for post in removed if all(post is not was for was, _ in moved)]
    same = [(was, is_now) for was, is_now in moved if was.body == is_now.body]
    old = [post for post in old if all(post is not was for was, _ in same)]
    old += [is_now for _, is_now in same]
    ids = tuple(p.id for p in posts if all(p is not is_now for _, is_now in same))
    return Question(
        replace(blog, named=ids, notes=(*blog.notes, *notes)),
        ids,
        _with(before, old, ()),
        tuple(removed),
        blog.source,
        tuple(unread),
    )


def _is_moved(was: Post, is_now: Post) -> bool:
    """Whether a post that went and one that came are one: Git does not follow new files."""
    return was.title == is_now.title or was.body == is_now.body


def _unread(files: Iterable[Path], folder: Path, zone: tzinfo) -> Iterator[SourceError]:
    """Why files of ``folder`` that should be posts are none."""
    home = folder.resolve()
    for path in sorted(files):
        if path.is_relative_to(home) and is_post(own := folder / path.relative_to(home), folder):
            try:
                read_named({own: None}, folder, zone=zone)
            except SourceError as error:
                yield error


def _lies_in(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _only(blog: Blog, kept: Callable[[Post], bool]) -> Blog:
    def chosen(posts: Iterable[Post]) -> tuple[Post, ...]:
        return tuple(
            replace(one, translations=tuple(filter(kept, one.translations)))
            for post in posts
            if (one := _first(post, kept))
        )

    return replace(
        blog,
        posts=chosen(blog.posts),
        planned=chosen(blog.planned),
        undated=chosen(blog.undated),
    )


def _first(post: Post, kept: Callable[[Post], bool]) -> Post | None:
    """``post``, or the translation that stands for it where it is none of those kept."""
    if kept(post):
        return post
    others = [one for one in post.translations if kept(one)]
    return replace(others[0], translations=tuple(others[1:])) if others else None


def _with(blog: Blog, posts: Sequence[Post], named: tuple[str, ...]) -> Blog:
    """``blog`` with further posts, those of ``named`` judged whatever their date."""
    asked = set(named)
    dated = tuple(post for post in posts if post.published or post.id in asked)
    undated = tuple(post for post in posts if not post.published and post.id not in asked)
    return replace(
        blog, posts=(*dated, *blog.posts), undated=(*blog.undated, *undated), named=named
    )


def _submodule(path: str) -> Text:
    return Text(
        f"{path} is a submodule: what changed in it is not compared (run bloglint in it)",
        f"{path} ist ein Submodul: was sich darin änderte, ist nicht verglichen (rufen Sie "
        "bloglint darin auf)",
    )
