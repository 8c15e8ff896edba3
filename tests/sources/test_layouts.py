"""Every usual source, as the generators' and platforms' own documentation lays it out.

The files in ``layouts`` were written from that documentation, by somebody who had not seen the
readers; ``layouts/expected`` says what a person reads in them.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from bloglint.model import Blog, Post
from bloglint.sources import read_blog
from bloglint.text.document import Document

HERE = Path(__file__).parent / "layouts"
SOURCES = {
    path.stem: next(
        place
        for place in (
            HERE / "folders" / path.stem,
            *(HERE / "exports").glob(f"{path.stem}.*"),
            *(HERE / "feeds").glob(f"{path.stem}.*"),
        )
        if place.exists()
    )
    for path in sorted((HERE / "expected").glob("*.json"))
    if path.stem != "blogs"
}


def expected(name: str) -> dict[str, Any]:
    text = (HERE / "expected" / f"{name}.json").read_text(encoding="utf-8")
    whole: dict[str, Any] = json.loads(text)
    return whole


def prose(post: Post) -> str:
    document = Document(post)
    return " ".join(
        " ".join(document.text[block.start : block.end].split())
        for block in document.blocks
        if block.kind != "code"
    )


def by_title(blog: Blog) -> dict[str, Post]:
    return {post.title: post for post in (*blog.posts, *blog.undated, *blog.planned)}


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_a_source_is_read_as_a_person_reads_it(name: str) -> None:
    blog = read_blog(str(SOURCES[name]))
    found = by_title(blog)
    wrong = []
    whole = expected(name)
    for want in whole["posts"]:
        post = found.pop(want["title"] or "", None)
        if post is None:
            wrong.append(f"{want['title']!r} is missing")
            continue
        text = prose(post)
        wrong += [
            f"{want['title']}: {said}"
            for said in (
                _wrong_date(post, want),
                "" if [*post.authors] == want["authors"] else f"by {post.authors}",
                "" if {*want["tags"]} <= {*post.tags} else f"tags {post.tags}",
                "" if (post in blog.planned) == want["draft"] or "status" in want else "draft",
                "" if want["must_contain"] in text else f"lacks {want['must_contain']!r}: {text}",
                *(f"holds {one!r}" for one in want["must_not_contain"] if one in text),
            )
            if said
        ]
    either = {one["title"] for one in whole.get("ambiguous", ())}
    wrong += [f"{title!r} is no post" for title in found if title not in either]
    wrong += [
        f"{name} is not told"
        for name in whole.get("broken", ())
        if not any(name in note for note in blog.notes)
    ]
    assert wrong == []


def _wrong_date(post: Post, want: dict[str, Any]) -> str:
    told = want.get("date_with_site_zone") or want["date"]
    if told is None or want["draft"]:
        return ""
    if post.published is None:
        return f"no date, not {told}"
    if len(told) == 10:
        right = post.published.date() == date.fromisoformat(told)
    else:
        moment = datetime.fromisoformat(told)
        mine = post.published if moment.tzinfo else post.published.replace(tzinfo=None)
        right = mine == moment
    return "" if right else f"{post.published}, not {told}"
