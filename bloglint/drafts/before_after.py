"""The posts that a question is about, and their blog without and with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bloglint.model import Blog, Post, SourceError, Text, replace, translate
from bloglint.sources.folders.folder import group_name
from bloglint.sources.folders.single import Folder

if TYPE_CHECKING:
    from bloglint.drafts.git import Change


class BeforeAfter(msgspec.Struct, frozen=True):
    """The question of what posts do to their blog.

    Attributes:
        after: the blog with the posts.
        posts: the ids of the posts.
        before: the blog without the posts; None if there is no blog around them.
        removed: posts that go.
        context: where the blog was read from.
        unread: errors for posts that could not be read.
        moved: the former ids of posts that were moved and changed, by id.
        is_whole: whether the posts are the whole blog.
    """

    after: Blog
    posts: tuple[str, ...]
    before: Blog | None = None
    removed: tuple[Post, ...] = ()
    context: str | None = None
    unread: tuple[SourceError, ...] = ()
    moved: Mapping[str, str] = msgspec.field(default_factory=dict)
    is_whole: bool = False


def of_files(
    files: Mapping[Path, bytes | None],
    blog: Blog | None,
    folder: Path | None,
    *,
    zone: tzinfo,
) -> BeforeAfter:
    """Return the question of whether the posts in ``files`` should appear in ``blog``.

    Args:
        files: the posts' files, each with the content it will have, None for the present one.
        blog: the blog around the posts, if there is one.
        folder: where ``blog`` was read from; files may lie elsewhere.
        zone: the time zone for dates.

    Raises:
        SourceError: none of the files can be read as a post.
    """
    posts: list[Post] = []
    unread: list[SourceError] = []
    places: dict[Path, Path] = {}
    for path in files:
        places.setdefault(_place(path), path)
    for place, path in places.items():
        home = folder if folder and place.is_relative_to(folder.resolve()) else path.parent
        own = home / place.relative_to(home.resolve())
        try:
            post = Folder(home, zone).post(own, files[path])
            assert post  # drafts are included
        except SourceError as error:
            unread.append(error)
            continue
        named = post.id if home is folder else path.as_posix()
        posts.append(replace(post, id=named, path=str(path)))
    if not posts:
        raise unread[0]
    titles = {post.title.casefold() for post in posts if folder is None}

    def is_other(post: Post) -> bool:
        is_same = post.path is not None and _place(Path(post.path)) in places
        return not is_same and post.title.casefold() not in titles

    before = _mapped(blog, lambda post: post if is_other(post) else None) if blog else None
    if before is None or blog is None or not _posts(before):
        first = next(iter(files))
        title = first.name if len(files) == 1 else ", ".join(path.name for path in files)
        ids = tuple(post.id for post in posts)
        alone = Blog(str(first), title, posts=tuple(posts), named=ids)
        return BeforeAfter(alone, ids, unread=tuple(unread), is_whole=blog is not None)
    known = {post.id for post in _posts(before)}
    posts = [_apart(post, known) for post in posts]
    after = before
    for post in posts:
        after = _joined(after, post)
    ids = tuple(post.id for post in posts)
    after = replace(after, named=ids)
    return BeforeAfter(after, ids, before, context=blog.source, unread=tuple(unread))


def of_revision(folder: Path, blog: Blog, revision: str, *, zone: tzinfo) -> BeforeAfter:
    """Return the question of what changes to the posts in ``folder`` since a Git revision do.

    A file that was only moved is not a change; one that was moved and changed is followed.

    Raises:
        ConfigError: there is no such revision here; the error says what to do.
    """
    from bloglint.drafts.git import changes

    home = Folder(folder, zone)
    found, submodules = changes(folder, revision)
    now = {_place(change.path): change for change in found if change.path}
    blog = _mapped(blog, lambda post: post, first=lambda post: _of_file(post) in now)
    asked = {place: post for post in _posts(blog) if (place := _of_file(post)) in now}
    was = {id(change): _former(change, home, asked) for change in found}
    gone = [post for c in found if c.path is None and (post := was[id(c)])]
    former = {place: post for place, c in now.items() if place in asked and (post := was[id(c)])}
    for place, post in asked.items():
        moved = None if place in former else next((o for o in gone if _is_moved(o, post)), None)
        if moved:
            former[place] = moved
            gone.remove(moved)
    same = {place for place, old in former.items() if _is_same(old, asked[place])}
    posts = tuple(post.id for place, post in asked.items() if place not in same)

    def as_it_was(post: Post) -> Post | None:
        place = _of_file(post)
        return post if place not in asked or place in same else former.get(place)

    before = _mapped(blog, as_it_was)
    for post in gone:
        before = _joined(before, post)
    notes = (*blog.notes, *map(_submodule, submodules))
    moved_ids = {asked[p].id: old.id for p, old in former.items() if old.id != asked[p].id}
    return BeforeAfter(
        replace(blog, named=posts, notes=notes),
        posts,
        replace(before, named=()),
        tuple(gone),
        blog.source,
        tuple(home.unread(now.keys() - asked.keys())),
        moved_ids,
    )


def _former(change: Change, home: Folder, asked: Mapping[Path, Post]) -> Post | None:
    """Return the post that a changed file held before, if it was not a draft."""
    if change.old_path is None or change.content is None or not home.holds(change.old_path):
        return None
    try:
        post = home.post(change.old_path, change.content, drafts=False)
    except SourceError:  # what was broken before is fixed now
        return None
    now = asked.get(_place(change.path)) if change.path else None
    if post and now and not post.published:
        post = replace(post, published=now.published)
    return post


def _place(path: Path) -> Path:
    """Return where a file lies, by its own name: a link to a file is a post like any other."""
    return path.parent.resolve() / path.name


def _of_file(post: Post) -> Path:
    """Return where a post's file lies; without a file, a path where none can lie."""
    return _place(Path(post.path)) if post.path else Path()


def _posts(blog: Blog) -> tuple[Post, ...]:
    return (*blog.posts, *blog.planned, *blog.undated)


def _mapped(
    blog: Blog,
    change: Callable[[Post], Post | None],
    first: Callable[[Post], bool] = lambda post: False,
) -> Blog:
    """Return ``blog`` with ``change`` applied to every post and translation; None leaves one out.

    Of a post and its translations, the one for which ``first`` is true stands for all.
    """

    def changed(posts: Iterable[Post]) -> tuple[Post, ...]:
        found = []
        for post in posts:
            group = [new for old in (post, *post.translations) if (new := change(old))]
            group.sort(key=lambda one: not first(one))  # stable
            if group:
                found.append(replace(group[0], translations=tuple(group[1:])))
        return tuple(found)

    dated = changed(blog.posts)
    return replace(
        blog,
        posts=tuple(post for post in dated if post.published),
        planned=changed(blog.planned),
        undated=(*changed(blog.undated), *(post for post in dated if not post.published)),
    )


def _joined(blog: Blog, post: Post) -> Blog:
    """Return ``blog`` with one more post, which stands for the posts that it translates."""

    def is_translated(other: Post) -> bool:
        return group_name(other.id) == group_name(post.id) and other.language != post.language

    others = [one for one in blog.posts if is_translated(one)]
    translations = tuple(replace(one, translations=()) for one in others)
    translations += tuple(translation for other in others for translation in other.translations)
    rest = tuple(one for one in blog.posts if one not in others)
    return replace(blog, posts=(replace(post, translations=translations), *rest))


def _apart(post: Post, known: set[str]) -> Post:
    """Return ``post`` with an id that no other post has."""
    named = post.id
    while named in known:
        named = f"./{named}"
    known.add(named)
    return replace(post, id=named)


def _is_moved(was: Post, is_now: Post) -> bool:
    """Whether a removed post and a new one are the same: Git does not follow new files."""
    return was.title == is_now.title or was.body == is_now.body


def _is_same(was: Post, is_now: Post) -> bool:
    """Whether a post has the same title, text and date as before."""
    return (was.title, was.body, was.published) == (is_now.title, is_now.body, is_now.published)


def _submodule(path: str) -> Text:
    return translate(
        "{path} is a submodule: what changed in it is not compared (run bloglint in it)", path=path
    )
