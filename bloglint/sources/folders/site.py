"""Settings of a site that apply to all its posts: folders, authors, time zone and defaults."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import cached_property
from pathlib import Path
from typing import Any

from bloglint.lazy import lazy

_ELEVENTY = ("posts", "blog", "src/posts", "src/blog", "content/blog", "content/posts")
#: The configuration file that identifies each generator, and the folders where it keeps posts.
_GENERATORS = {
    "docusaurus.config.*": ("blog",),
    "mkdocs.yml": ("docs/blog/posts", "docs/posts", "blog/posts"),
    "astro.config.*": ("src/content/blog", "src/content/posts", "src/pages/blog"),
    "_config.yml": ("_posts", "_drafts", "source/_posts", "source/_drafts", "*/_posts"),
    "conf.py": ("posts", "blog"),
    "pelicanconf.py": ("content",),
    "hugo.*": ("content/blog", "content/posts", "content/post", "content/news"),
    "config.toml": ("content/blog", "content/posts", "content/post", "content/news"),
    "eleventy.config.*": _ELEVENTY,
    ".eleventy.js": _ELEVENTY,
}  # fmt: skip
_NAMES = {
    "docusaurus.config.*": "Docusaurus",
    "mkdocs.yml": "MkDocs",
    "astro.config.*": "Astro",
    "_config.yml": "Jekyll",
    "conf.py": "Nikola",
    "pelicanconf.py": "Pelican",
    "hugo.*": "Hugo",
    "config.toml": "Hugo",
    "eleventy.config.*": "Eleventy",
    ".eleventy.js": "Eleventy",
}
_PYTHON = lazy(r"^(AUTHOR|BLOG_AUTHOR|TIMEZONE)\s*=\s*u?['\"]([^'\"\n]+)['\"]", re.MULTILINE)
#: The number of folder levels, from the posts upwards, searched for the site's configuration.
_LEVELS = 5


@dataclass(frozen=True)
class Site:
    """The site that contains a folder of posts; empty if there is none.

    Attributes:
        folder: the folder of posts.
        root: the folder that contains the configuration file.
        generator: the file pattern of the configuration file.
        config: the values in the configuration file.
    """

    folder: Path
    root: Path | None = None
    generator: str = ""
    config: Mapping[str, Any] = field(default_factory=dict)
    _data: dict[Path, dict[str, Path]] = field(default_factory=dict, compare=False)

    @property
    def name(self) -> str | None:
        """The name of the generator, or None if unknown."""
        if self.root is None:
            return None
        if self.generator == "_config.yml" and (self.root / "source" / "_posts").is_dir():
            return "Hexo"
        if self.generator == "config.toml" and "base_url" in self.config:
            return "Zola"
        return _NAMES[self.generator]

    @property
    def homes(self) -> list[Path]:
        """The folders with posts if ``folder`` is the root of the site, otherwise ``folder``."""
        if self.root is None or self.root != self.folder.resolve():
            return [self.folder]
        found = [
            home
            for place in _GENERATORS[self.generator]
            for home in sorted(self.folder.glob(place))
            if home.is_dir()
        ]
        return found or [self.folder]

    @property
    def author(self) -> str | None:
        """The author of posts that name none."""
        named = self.config.get("author") or self.config.get("AUTHOR")
        named = named or self.config.get("BLOG_AUTHOR")
        if isinstance(named, Mapping):
            named = named.get("name")
        return named if isinstance(named, str) else None

    @cached_property
    def zone(self) -> tzinfo | None:
        """The time zone of dates that name none, if the site sets one."""
        named = self.config.get("timezone") or self.config.get("TIMEZONE")
        if not isinstance(named, str):
            return None
        from zoneinfo import ZoneInfo

        try:
            return ZoneInfo(named)
        except (KeyError, ValueError, OSError):
            return None

    @property
    def parts_tags_at_blanks(self) -> bool:
        """Whether a string of tags is split at spaces, as Jekyll does."""
        return (
            self.generator == "_config.yml"
            and (self.root or self.folder).joinpath("_posts").is_dir()
        )

    @cached_property
    def people(self) -> dict[str, str]:
        """The names of authors by key, from the data files of the generators."""
        if self.root is None:
            return {}
        found: dict[str, str] = {}
        places = (
            "_data/authors.*", "blog/authors.yml", "docs/blog/.authors.yml", "docs/.authors.yml",
            ".authors.yml", "authors.yml", "data/authors.*", "src/content/authors/*",
        )  # fmt: skip
        for place in places:
            for path in sorted(self.root.glob(place)):
                values = _load(path)
                values = values.get("authors", values)
                if isinstance(values, Mapping) and isinstance(values.get("name"), str):
                    found.setdefault(path.stem, values["name"])
                elif isinstance(values, Mapping):
                    found |= {k: _name(v) for k, v in values.items() if _name(v)}
        return found

    @cached_property
    def labels(self) -> dict[str, str]:
        """The names of tags by key, from Docusaurus' ``blog/tags.yml``."""
        values = _load(self.root / "blog" / "tags.yml") if self.root else {}
        return {
            k: str(v["label"]) for k, v in values.items() if isinstance(v, dict) and "label" in v
        }

    def is_no_post(self, path: Path) -> bool:
        """Whether the generator's rules exclude a file that lies among posts."""
        if self.generator in {"hugo.*", "config.toml"}:  # a resource of a page bundle
            return path.stem.split(".")[0] != "index" and (path.parent / "index.md").is_file()
        return self.generator == "pelicanconf.py" and path.parent.name == "pages"

    def defaults(self, path: Path) -> dict[str, Any]:
        """The site's default values for the front matter of the post at ``path``."""
        return {**self._jekyll(path), **self._eleventy(path)}

    def _jekyll(self, path: Path) -> dict[str, Any]:
        """``defaults`` from _config.yml; scopes with longer paths take precedence."""
        rules = self.config.get("defaults")
        if self.root is None or not isinstance(rules, list):
            return {}
        own = path.resolve()
        place = own.relative_to(self.root).as_posix() if own.is_relative_to(self.root) else ""
        fitting: list[tuple[int, dict[str, Any]]] = []
        for rule in rules:
            scope = rule.get("scope") if isinstance(rule, Mapping) else None
            values = rule.get("values") if isinstance(rule, Mapping) else None
            if not isinstance(scope, Mapping) or not isinstance(values, Mapping):
                continue
            start = str(scope.get("path") or "").strip("/")
            if scope.get("type", "posts") in {"posts", "drafts"} and place.startswith(start):
                fitting.append((len(start), dict(values)))
        merged: dict[str, Any] = {}
        for _, values in sorted(fitting, key=lambda pair: pair[0]):
            merged |= values
        return merged

    def _eleventy(self, path: Path) -> dict[str, Any]:
        """Values from Eleventy's data files.

        These belong to the folder (``posts/posts.json``) or the post (``x.11tydata.json``).
        """
        folder = path.parent
        if folder not in self._data:
            self._data[folder] = {data.name: data for data in folder.resolve().glob("*.json")}
        merged: dict[str, Any] = {}
        for stem in (folder.resolve().name, path.stem) if self._data[folder] else ():
            for suffix in (".json", ".11tydata.json"):
                data = self._data[folder].get(stem + suffix)
                merged |= _load(data) if data else {}
        return {k: v for k, v in merged.items() if k in {"author", "authors", "lang", "draft"}}


def site_of(folder: Path) -> Site:
    """Find the site that ``folder`` is or belongs to, up to the root of its repository."""
    place = folder.resolve()
    for _ in range(_LEVELS):
        for pattern in _GENERATORS:
            marks = sorted(place.glob(pattern))
            if marks:
                return Site(folder, place, pattern, _load(marks[0]))
        if (place / ".git").exists() or place == place.parent:
            break
        place = place.parent
    return Site(folder)


def _load(path: Path) -> dict[str, Any]:
    """Load the values in a data file; return an empty dict if it is malformed.

    Of Python files, only certain string assignments are read.
    """
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
        if path.suffix == ".json":
            import json

            values = json.loads(text)
        elif path.suffix == ".toml":
            import tomllib

            values = tomllib.loads(text)
        elif path.suffix in {".yml", ".yaml"}:
            import yaml

            values = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        else:
            values = dict(_PYTHON.findall(text))
    except Exception:  # site files only supply defaults, which posts can override
        return {}
    return values if isinstance(values, dict) else {}


def _name(value: Any) -> str:
    named = value.get("name") if isinstance(value, Mapping) else value
    return named if isinstance(named, str) else ""
