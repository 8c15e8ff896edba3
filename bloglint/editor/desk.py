"""The blogs that an editor has open, each kept ready; no protocol in here."""

from __future__ import annotations

from pathlib import Path

from bloglint.config import load
from bloglint.drafts.baseline import Baseline, find_baseline
from bloglint.engine.linter import Linter
from bloglint.engine.workbench import Workbench
from bloglint.globs import absolute
from bloglint.model import Blog, Finding, Post, SourceError, SourceFailure
from bloglint.paths import place_of
from bloglint.rules import Rule
from bloglint.running.options import RunOptions
from bloglint.running.session import Session
from bloglint.sources.folders.single import Folder, folder_around

#: How many blogs are kept ready at once.
MOST = 4


class OpenBlog:
    """One blog with its settings; without a folder of posts around it, a file is a blog alone."""

    def __init__(self, folder: Path | None, file: Path, cache: Path | None) -> None:
        start = folder or file.parent
        options = RunOptions(cache=cache, offline=True)
        self.session = Session(load(place_of(str(start))), options)
        self.folder, self._home = folder, Folder(start, self.session.context.zone)
        self._bench: Workbench | None = None
        baseline = find_baseline(start)
        self._baseline = Baseline.read(baseline) if baseline else None

    @property
    def rules(self) -> dict[str, Rule]:
        """The rules in force, by id."""
        return dict(self.session.rules)

    def judge(self, file: Path, text: str) -> list[Finding]:
        """Return the findings in a file with this content, but those in the baseline.

        Raises:
            SourceError: the content is no post.
            ConfigError: a rule failed.
        """
        post = self._read(file, text)
        found = self._ready(post).judge(post) if post else []
        return self._baseline.new_in(str(file), found) if self._baseline else found

    def keep(self, file: Path, text: str) -> None:
        """Take over what was saved."""
        post = self._read(file, text)
        if post and self._bench:
            self._bench.keep(post)

    def close(self) -> None:
        """Close the cache and the newsroom."""
        self.session.__exit__()

    def _read(self, file: Path, text: str) -> Post | None:
        return self._home.post(file, text.encode("utf-8", "surrogatepass"))

    def _ready(self, post: Post) -> Workbench:
        if self._bench is None:
            settings, linters = self.session.settings, self.session.linters
            linter = Linter(settings, self.session.rules, linters.newsroom, linters.cache)
            found = None
            if self.folder is not None:
                found = settings.read(str(self.folder), self.session.context)
            if found is None or isinstance(found, SourceFailure):  # no other post is there yet
                alone = Blog(source=str(post.path), posts=(post,), named=(post.id,))
                found = settings.snapshot(str(post.path), alone)
            if isinstance(found, SourceFailure):
                raise SourceError(found.message, found.advice, found.source)
            self._bench = Workbench(linter, found)
        return self._bench


class Desk:
    """All blogs that are open, the last few of them."""

    def __init__(self, cache: Path | None) -> None:
        self._cache = cache
        self._blogs: dict[Path, OpenBlog] = {}
        self._folders: dict[Path, Path | None] = {}

    def blog_of(self, file: Path) -> OpenBlog:
        """Return the blog that a file belongs to.

        Raises:
            ConfigError: its configuration or its baseline is wrong.
        """
        near = file.parent
        if near not in self._folders:
            around = folder_around(file)
            self._folders[near] = absolute(around) if around else None
        folder = self._folders[near]
        key = folder or file
        if key not in self._blogs:
            while len(self._blogs) >= MOST:
                self._blogs.pop(next(iter(self._blogs))).close()
            self._blogs[key] = OpenBlog(folder, file, self._cache)
        return self._blogs[key]

    def forget(self) -> None:
        """Read everything anew: settings, rules or other posts have changed."""
        for blog in self._blogs.values():
            blog.close()
        self._blogs.clear()
        self._folders.clear()
