"""Settings of a site that apply to all its posts: folders, authors, time zone and defaults."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import cached_property
from pathlib import Path
from typing import Any

from bloglint.lazy import lazy
from bloglint.sources.folders.frontmatter import split_front_matter
from bloglint.yamlfile import load_yaml

_ELEVENTY = ("posts", "blog", "src/posts", "src/blog", "content/blog", "content/posts")
#: The configuration file that identifies each generator, and the folders where it keeps posts.
_GENERATORS = {
    "docusaurus.config.*": ("blog",),
    "mkdocs.yml": ("docs/blog/posts", "docs/posts", "blog/posts"),
    "astro.config.*": (
        "src/content/blog", "src/content/posts", "src/content/post", "src/content/articles",
        "src/content/news", "src/data/blog", "src/data/posts", "src/data/post", "src/pages/blog",
        "src/pages/posts",
    ),
    ".vuepress/config.*": ("_posts", "posts", "blog"),
    "docs/.vuepress/config.*": ("docs/_posts", "docs/posts", "docs/blog"),
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
    ".vuepress/config.*": "VuePress",
    "docs/.vuepress/config.*": "VuePress",
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


#: Configuration keys of the language: Hugo, Zola, Jekyll, Hexo and Pelican.
_LANGUAGE_KEYS = (
    "defaultContentLanguage", "defaultcontentlanguage", "languageCode", "default_language", "lang",
    "language", "locale", "DEFAULT_LANG",
)  # fmt: skip
#: Folders that hold copies of posts, or other people's.
_NO_HOMES = frozenset({"_site", "node_modules", "vendor", "public", "themes"})
#: Where generators and their themes keep the names of authors.
_AUTHOR_FILES = (
    "_data/authors.*", "_data/authors/*", "_data/people.*", "_data/team.*", "_data/members.*",
    "_authors/*.md", "blog/authors.yml", "docs/blog/.authors.yml", "docs/.authors.yml",
    ".authors.yml", "authors.yml", "authors.json", "data/authors.*", "data/authors/*",
    "data/people.*", "data/team.*", "src/content/authors/*", "src/content/authors/*/index.*",
    "src/data/authors.*", "src/data/authors/*", "src/_data/authors.*", "content/authors/*.md",
    "content/authors/*/_index.md", "content/authors/*/index.md", "content/author/*/_index.md",
    "content/people/*/_index.md",
)  # fmt: skip


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
    _bundled: dict[Path, list[str]] = field(default_factory=dict, compare=False)

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

    @cached_property
    def homes(self) -> list[Path]:
        """The folders with posts if ``folder`` is the root of the site, otherwise ``folder``.

        Where there are folders called ``_posts``, posts lie nowhere else (Jekyll, Hexo).
        """
        jekyll = _post_folders(self.folder)
        if jekyll:
            return jekyll
        if self.root is None or self.root != self.folder.resolve():
            return [self.folder]
        found = [
            home
            for place in _GENERATORS[self.generator]
            for home in sorted(self.folder.glob(place))
            if home.is_dir()
        ]
        return found or [self.folder]

    @cached_property
    def language(self) -> str | None:
        """The language of posts that declare none (ISO 639-1), if the site sets one."""
        named = next((self.config[key] for key in _LANGUAGE_KEYS if self.config.get(key)), None)
        return named[:2].lower() if isinstance(named, str) and len(named) >= 2 else None

    @property
    def author(self) -> str | None:
        """The author that Pelican, Nikola and Hexo name in posts that name none.

        The author in the configuration of other generators is the site's owner.
        """
        named = self.config.get("AUTHOR") or self.config.get("BLOG_AUTHOR")
        if self.name == "Hexo":
            named = self.config.get("author")
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
        for place in _AUTHOR_FILES:
            for path in sorted(self.root.glob(place)):
                for key, name in _people_in(path):
                    found.setdefault(key, name)
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
        if path.stem.split(".")[0] != "index":  # a resource of a page bundle of Hugo
            is_hugo = self.generator in {"hugo.*", "config.toml"}
            folder = path.parent
            if folder not in self._bundled:
                found = (index.name for index in folder.glob("index.*") if index.suffix == ".md")
                self._bundled[folder] = sorted(found)
            if any(is_hugo or name != "index.md" for name in self._bundled[folder]):
                return True
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


def _post_folders(folder: Path) -> list[Path]:
    """The folders of posts and drafts of Jekyll and Hexo below ``folder``, at any depth."""
    found = [
        Path(root, name)
        for root, names, _ in os.walk(folder)
        for name in _walked(names)
        if name in {"_posts", "_drafts"}
    ]
    return sorted(found) if any(path.name == "_posts" for path in found) else []


def _walked(names: list[str]) -> list[str]:
    """The folders to look into, from which those that hold no posts are taken out."""
    names[:] = sorted(n for n in names if not n.startswith(".") and n not in _NO_HOMES)
    return names


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
        elif path.suffix in {".md", ".mdx"}:
            values, _ = split_front_matter(text)
        elif path.suffix in {".yml", ".yaml"}:
            values = load_yaml(text)
        else:
            values = dict(_PYTHON.findall(text))
    except Exception:  # site files only supply defaults, which posts can override
        return {}
    if isinstance(values, list):
        return {"authors": values}
    return values if isinstance(values, dict) else {}


def _people_in(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the keys and names of the authors in a data file, one for each or one for all."""
    values = _load(path)
    listed = values.get("authors") or values.get("people") or values.get("team") or values
    stem = path.parent.name if path.stem in {"index", "_index"} else path.stem
    if isinstance(listed, list):
        for person in listed:
            if isinstance(person, Mapping) and _name(person):
                keys = (person.get(k) for k in ("id", "key", "slug", "username", "handle", "nick"))
                yield from ((str(key), _name(person)) for key in keys if key)
    elif isinstance(listed, Mapping) and isinstance(listed.get("name"), str):
        yield stem, listed["name"]
    elif path.suffix in {".md", ".mdx"} and isinstance(listed, Mapping):
        yield stem, str(listed.get("title") or "") or stem
    elif isinstance(listed, Mapping):
        yield from ((str(key), _name(value)) for key, value in listed.items() if _name(value))


def _name(value: Any) -> str:
    """The name of a person in a data file."""
    if isinstance(value, str):
        return value
    if not isinstance(value, Mapping):
        return ""
    fields = {str(key).lower(): field for key, field in value.items()}
    for key in ("name", "display_name", "displayname", "full_name", "fullname", "title"):
        if isinstance(fields.get(key), str):
            return str(fields[key])
    parts = [fields.get("first_name") or fields.get("firstname")]
    parts.append(fields.get("last_name") or fields.get("lastname"))
    return " ".join(part for part in parts if isinstance(part, str))
