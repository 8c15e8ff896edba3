"""Full texts, taken from the pages of posts that are incomplete in a feed or sitemap."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from bloglint.lazy import lazy
from bloglint.model import Blog, Post, SourceError, Text, replace, translate
from bloglint.model.messages import missing_extra
from bloglint.sources.dates import newest_first, parse_date
from bloglint.sources.feeds.charset import decode
from bloglint.sources.read_limit import ENOUGH_MOST, ReadLimit
from bloglint.web import Web

_TITLE = lazy(r"<h1[^>]*>(.*?)</h1>\s*", re.DOTALL)
_TAG = lazy(r"<[^>]+>")


def with_articles(
    web: Web,
    blog: Blog,
    wanted: ReadLimit,
    on_progress: Callable[[int, int], None] = lambda n, of: None,
) -> Blog:
    """``blog`` with the full texts of its newest incomplete posts, as many as are judged.

    If a page cannot be read, its post stays as it was, and a note reports the failure.

    Raises:
        ConfigError: the optional dependency that extracts articles is not installed.
    """
    extract = extractor()
    most = ENOUGH_MOST if wanted.limit is None else wanted.limit
    posts = list(newest_first(blog.posts)) + list(blog.undated)
    lacking = [at for at, post in enumerate(posts) if not post.complete and post.url]
    chosen = lacking if most == "all" else [at for at in lacking if at < most]
    failed: list[SourceError] = []
    completed: dict[int, tuple[Post, str]] = {}
    for number, at in enumerate(chosen, 1):
        on_progress(number, len(chosen))
        try:
            completed[at] = _completed(web, posts[at], extract)
        except SourceError as error:
            failed.append(error)
    texts = Counter(text for _, text in completed.values())
    own = {at: post for at, (post, text) in completed.items() if texts[text] == 1}
    for at, post in own.items():
        posts[at] = post
    notes = [_read(len(own))] if own else []
    if len(own) < len(completed):
        notes.append(_same_text(len(completed) - len(own)))
    if failed:
        notes.append(_not_read(len(failed), failed[0]))
    return replace(
        blog,
        posts=newest_first(post for post in posts if post.published),
        undated=tuple(post for post in posts if not post.published),
        notes=(*blog.notes, *notes),
    )


def extractor() -> Any:
    """Return the library that finds the article in a page.

    Raises:
        ConfigError: it is not installed; the error says how to install it.
    """
    try:
        import trafilatura
    except ImportError:
        message = translate("one more package is needed")
        raise missing_extra(message, "web", "--full-text") from None
    return trafilatura


def _completed(web: Web, post: Post, trafilatura: Any) -> tuple[Post, str]:
    """``post`` with the article from its page, and that page's title and text.

    The date and authors of the post take precedence over those of the page.
    """
    assert post.url
    answer = web.page(post.url)
    if not urlsplit(answer.url).path.strip("/") and urlsplit(post.url).path.strip("/"):
        raise SourceError(
            translate("its page leads to the home page"),
            translate("Check it in a browser."),
            post.url,
        )
    page = decode(answer.content, answer.headers.get("content-type", ""))
    text = trafilatura.extract(
        page,
        url=answer.url,
        output_format="html",
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_images=True,
        include_tables=True,
    )
    if not text:
        raise SourceError(
            translate("no article was found in the page"),
            translate("Check it in a browser."),
            post.url,
        )
    found = trafilatura.extract_metadata(page, default_url=answer.url)
    title = post.title if post.source else (found.title or post.title)
    whole = replace(
        post,
        title=title,
        source=_without_title(text, title),
        body_start=0,
        markup="html",
        published=post.published or parse_date(found.date),
        authors=post.authors or tuple(n.strip() for n in (found.author or "").split(";") if n),
        complete=True,
    )
    return whole, f"{found.title}\n{text}"


def _without_title(text: str, title: str) -> str:
    """The article without its headline, which is not part of the body."""
    head = _TITLE.search(text)
    if head and " ".join(_TAG.sub("", head[1]).split()).lower() == " ".join(title.split()).lower():
        return text[: head.start()] + text[head.end() :]
    return text


def _read(count: int) -> Text:
    return translate("the whole text of {count} posts was read from their pages", count=count)


def _same_text(count: int) -> Text:
    return translate(
        "the pages of {count} posts all show the same text, as an error page or a "
        "question for consent does; it was not taken for theirs",
        count=count,
    )


def _not_read(count: int, first: SourceError) -> Text:
    return translate(
        "the pages of {count} posts could not be read (the first: {first})",
        count=count,
        first=first,
    )
