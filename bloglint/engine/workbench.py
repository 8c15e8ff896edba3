"""A blog kept ready, so that a post that is being written is judged anew in little time."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from bloglint.cache.analyses import AnalysisCache
from bloglint.checks.context import Context
from bloglint.engine.linter import Linter
from bloglint.engine.rule_run import SCOPES, RuleRun
from bloglint.engine.settings import Snapshot
from bloglint.model import Finding, Post, replace
from bloglint.text.document import Document
from bloglint.text.footers import leave_out_by, passage_counts

#: What checks keep of each post, under its id; and what they keep of all posts together.
_BY_POST = ("documents", "words told", "topics")
_BY_MEASURE = "text measures"
_OF_ALL = ("topic", "calendar")


class Workbench:
    """The judged posts of a blog, parsed and measured once.

    Only rules on posts run here: the verdict on the blog as a whole is no business of an editor.
    """

    def __init__(self, linter: Linter, snapshot: Snapshot) -> None:
        self._linter = linter
        context = linter.context_of(snapshot, AnalysisCache())
        self._counts = passage_counts(context.documents)
        run = RuleRun(context, linter.active)
        for scope in SCOPES[:2]:
            run.run(scope)
        self._context = context

    def judge(self, post: Post) -> list[Finding]:
        """Return the findings in a post, read anew or not yet part of the blog, by their place."""
        run = self._run(post)
        found = [*run.findings, *run.unused_suppressions()]
        own = self._linter.with_severities(tuple(one for one in found if one.post == post.id))
        return sorted(own, key=lambda one: (one.line or 0, one.column or 0, one.rule))

    def keep(self, post: Post) -> None:
        """Take over a post as it is now: others are compared with it from here on."""
        self._context = self._run(post).context

    def _run(self, post: Post) -> RuleRun:
        context, at = self._with(post)
        run = RuleRun(context, self._linter.active)
        run.run("post", posts={at})
        run.run("posts")
        return run

    def _with(self, post: Post) -> tuple[Context, int]:
        """Return the context with a post in place of its earlier version, and where it stands."""
        old = self._context
        document = Document(post, old.blog.language)
        places = {one.post.id: n for n, one in enumerate(old.documents)}
        at = places.get(post.id, 0)
        leave_out_by(document, self._counts, len(old.documents))
        documents = list(old.documents)
        measures = [dict(one) for one in old.measures]
        posts = list(old.blog.posts)
        if post.id in places:
            documents[at], measures[at] = document, {}
        else:
            documents.insert(0, document)
            measures.insert(0, {})
        known = {one.id: n for n, one in enumerate(posts)}
        if post.id in known:
            posts[known[post.id]] = post
        else:
            posts.insert(0, post)
        memo = _without(old.memo, post.id, is_new=post.id not in known)
        memo.setdefault("documents", {})[post.id] = document
        return dataclasses.replace(
            old,
            blog=replace(old.blog, posts=tuple(posts)),
            documents=documents,
            measures=measures,
            flagged=set(),
            memo=memo,
        ), at


def _without(memo: Mapping[str, Any], post: str, *, is_new: bool) -> dict[str, Any]:
    """Return what checks know, without what they know of one post."""
    left = {name: value for name, value in memo.items() if name not in _OF_ALL}
    for name in _BY_POST:
        left[name] = {key: value for key, value in memo.get(name, {}).items() if key != post}
    measured = memo.get(_BY_MEASURE, {})
    left[_BY_MEASURE] = {key: value for key, value in measured.items() if key[1] != post}
    library = left.get("library")
    if library is not None:
        library.texts.pop(post, None)
        if is_new:
            left.pop("library")  # it numbers the posts
    return left
