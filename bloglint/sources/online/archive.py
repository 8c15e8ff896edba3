"""Older posts that are no longer in a blog's feed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

from bloglint.model import Blog, Post, SourceError, Text, replace, translate
from bloglint.sources.dates import newest_first
from bloglint.sources.feeds.feed import read_feed
from bloglint.sources.feeds.ids import bare_address
from bloglint.sources.online.discover import is_feed
from bloglint.sources.online.sitemap import posts_in_sitemap
from bloglint.sources.online.wordpress import posts_of_rest
from bloglint.sources.read_limit import ReadLimit
from bloglint.web import Answer, Web

#: The most pages of an archive, and the seconds after which no further one is asked for.
MAX_PAGES, MAX_SECONDS = 300, 60.0


#: A progress callback, called with the numbers of pages and posts read so far.
Counted = Callable[[int, int], None]


def whole_blog(
    web: Web,
    feed: Blog,
    answer: Answer,
    wanted: ReadLimit,
    on_progress: Counted = lambda pages, posts: None,
) -> Blog:
    """``feed`` with older posts added, as far as the read limit requires and they can be found.

    Sources are tried in this order: the archive that the feed links (RFC 5005, ``rel=next``),
    WordPress's paged feed, WordPress's REST API, and the sitemap, which knows only dates. If one
    of them fails halfway, the posts already read are kept.
    """
    known = _MergedPosts(feed)
    in_feed = len(known.posts)
    if wanted.has_enough(known.posts) or not in_feed:
        return feed
    notes: list[Text] = []
    pages, by, is_slow = 0, time.monotonic() + MAX_SECONDS, False
    for way in _ways(web, feed, answer, notes):
        try:
            for page in way:
                pages += 1
                fresh = known.add(page)
                on_progress(pages, len(known.posts))
                is_slow = time.monotonic() > by
                if is_slow or not fresh or pages >= MAX_PAGES or wanted.has_enough(known.posts):
                    break
        except SourceError as error:
            notes.append(_broke_off(error))
        if is_slow or len(known.posts) > in_feed:
            break
    if len(known.posts) > in_feed:
        notes.append(_read_on(in_feed, len(known.posts) - in_feed))
        by_sitemap = sum(not one.source and one.published is not None for one in known.posts)
        if by_sitemap:
            notes.append(_by_sitemap(by_sitemap))
    else:
        notes.append(_no_archive(known.posts))
    if is_slow:
        notes.append(_slow(pages))
    if pages >= MAX_PAGES:
        notes.append(_stopped(pages))
    return replace(
        feed,
        posts=newest_first(post for post in known.posts if post.published),
        undated=tuple(post for post in known.posts if not post.published),
        notes=(*feed.notes, *notes),
    )


class _MergedPosts:
    """Posts merged by id and link, since archives repeat the posts of the feed."""

    def __init__(self, feed: Blog) -> None:
        self.posts: list[Post] = []
        self._names: set[str] = set()
        self.add([*feed.posts, *feed.undated])

    def add(self, posts: list[Post]) -> int:
        """Add ``posts`` and return how many of them were new."""
        before = len(self.posts)
        for post in posts:
            names = {post.id, bare_address(post.url or "")} - {""}
            if not names & self._names:
                self.posts.append(post)
            self._names |= names
        return len(self.posts) - before


def _ways(
    web: Web, feed: Blog, answer: Answer, notes: list[Text]
) -> Iterator[Iterator[list[Post]]]:
    if _next_page(feed, answer.url):
        yield _linked_pages(web, feed, answer.url)
    if _is_wordpress(feed, answer):
        yield _paged(web, answer.url)
        yield posts_of_rest(web, feed, answer)
    yield posts_in_sitemap(web, feed, answer.url, notes)


def _next_page(feed: Blog, url: str) -> str | None:
    links = (feed.links.get(name) for name in ("prev-archive", "next"))
    return next((link for link in links if link and link != url), None)


def _linked_pages(web: Web, feed: Blog, url: str) -> Iterator[list[Post]]:
    seen = {url}
    page = feed
    while (link := _next_page(page, url)) and link not in seen:
        seen.add(link)
        answer = web.get(link)
        page = read_feed(answer.content, link, headers=answer.headers, url=answer.url)
        yield [*page.posts, *page.undated]


def _paged(web: Web, url: str) -> Iterator[list[Post]]:
    """Yield the older pages of a WordPress feed.

    WordPress serves them as ?paged=2 and so on, and answers 404 after the last one.
    """
    for number in range(2, MAX_PAGES):
        try:
            answer = web.get(_with_query(url, paged=str(number)))
        except SourceError as error:
            if getattr(error, "status", None) == 404:
                return
            raise
        if not is_feed(answer.content):
            return
        page = read_feed(answer.content, url, headers=answer.headers, url=answer.url)
        yield [*page.posts, *page.undated]


def _with_query(url: str, **more: str) -> str:
    parts = urlsplit(url)
    asked = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k not in more]
    return parts._replace(query=urlencode([*asked, *more.items()])).geturl()


def _is_wordpress(feed: Blog, answer: Answer) -> bool:
    maker = f"{feed.generator} {answer.headers.get('link', '')}".lower()
    return "wordpress" in maker or "api.w.org" in maker


def _broke_off(error: SourceError) -> Text:
    return translate("the archive could be read only in part: {error}", error=error)


def _read_on(in_feed: int, older: int) -> Text:
    return translate(
        "the feed holds {in_feed} posts; {older} older ones were read from the blog's archive",
        in_feed=in_feed,
        older=older,
    )


def _by_sitemap(count: int) -> Text:
    return translate(
        "{count} of them stand only in the sitemap; their day is the one in their "
        "address or that of their last change, which may be later than the day they "
        "appeared",
        count=count,
    )


def _no_archive(posts: list[Post]) -> Text:
    dates = [post.published for post in posts if post.published]
    if not dates:
        return translate("no older posts were found")
    return translate(
        "the feed reaches back to {day}, and no older posts were found; if there are some, they "
        "are not judged",
        day=min(dates).date(),
    )


def _slow(pages: int) -> Text:
    return translate(
        "reading the archive was stopped after {seconds} seconds, at page {pages}; older posts are "
        "not known",
        seconds=round(MAX_SECONDS),
        pages=pages,
    )


def _stopped(pages: int) -> Text:
    return translate("reading stopped after {pages} pages of the archive", pages=pages)
