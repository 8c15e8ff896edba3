"""Reading the blog at an address: its feed, its archive up to the read limit, its articles."""

from __future__ import annotations

from collections.abc import Callable

from bloglint.model import Blog, Post, replace, translate
from bloglint.sources.feeds.feed import read_feed
from bloglint.sources.feeds.honesty import about_feed
from bloglint.sources.feeds.ids import changed_ids
from bloglint.sources.online.archive import whole_blog
from bloglint.sources.online.discover import find_feed
from bloglint.sources.read_limit import ReadLimit
from bloglint.web import Web, shown


def read_online(
    web: Web, source: str, limit: ReadLimit, on_progress: Callable[[str], None]
) -> Blog:
    """Read the blog at ``source``, the address of its feed or of a page, trusted by ``web``.

    Raises:
        SourceError: the address cannot be fetched or leads to no feed.
    """
    name = shown(source)
    on_progress(name)
    answer, notes = find_feed(web, source)
    feed = read_feed(answer.content, name, headers=answer.headers, url=answer.url)
    about = [*about_feed(feed, len(answer.content), completed=limit.full_text)]
    changed = changed_ids(feed, web.cache) if web.cache else None
    if changed:
        about.append(changed)
    if web.blind:
        notes.append(_BEHIND_PROXY)

    def count(pages: int, posts: int) -> None:
        on_progress(f"{name}: {posts} posts, page {pages} of the archive")

    blog = whole_blog(web, feed, answer, limit, count)
    if limit.full_text:
        from bloglint.sources.online.articles import with_articles

        blog = with_articles(
            web, blog, limit, lambda n, of: on_progress(f"{name}: article {n}/{of}")
        )
    return replace(
        blog,
        url=shown(blog.url) if blog.url else None,
        posts=tuple(_without_secrets(post) for post in blog.posts),
        undated=tuple(_without_secrets(post) for post in blog.undated),
        notes=(*notes, *blog.notes, *about),
    )


def _without_secrets(post: Post) -> Post:
    """``post`` without the tokens that addresses in a private feed may contain."""
    url = shown(post.url) if post.url else None
    return post if url == post.url else replace(post, url=url, id=shown(post.id))


_BEHIND_PROXY = translate(
    "a proxy looks names up here, so that private addresses behind redirects were "
    "refused by their names only"
)
