"""Findings that a team knows of already: a file that it keeps beside its blog.

One entry a finding, by blog, post and rule, with the words that it stands at, and never by its
line: a post that was moved, renamed or slightly edited keeps its entries.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from bloglint.lazy import lazy
from bloglint.model import ConfigError, Finding, Report, Text, Verdict, replace

NAME = ".bloglint-baseline.yml"
VERSION = 1
#: So many characters of a passage are kept, and two passages are one from such a share of words.
KEPT, ALIKE = 80, 0.6
#: What YAML forbids, or takes for the end of a line.
_NO_YAML = lazy("[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_HEAD = """\
# What bloglint found when this file was written, and does not report again.
# Made by `bloglint check --write-baseline`; entries that are mended go with --prune-baseline.
"""
_MEND = Text(
    "Mend it, or delete it and write it anew with --write-baseline.",
    "Berichtigen Sie sie, oder löschen Sie sie und schreiben Sie sie neu mit --write-baseline.",
)


class Entry(msgspec.Struct, frozen=True, order=True):
    """One finding that is known: in which blog and post (empty: the blog itself), and where."""

    blog: str
    post: str
    rule: str
    passage: str
    title: str = ""


class Baseline:
    """The entries of a file; blogs are named from its own folder."""

    def __init__(self, path: Path, entries: Iterable[Entry] = ()) -> None:
        self.path, self.entries = path, sorted(entries)

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """The baseline in a file.

        Raises:
            ConfigError: it cannot be read, or is of a later version; it stays as it is.
        """
        import yaml

        try:
            text = path.read_text(encoding="utf-8")
            data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            first = str(getattr(error, "problem", None) or getattr(error, "strerror", "")) or "?"
            raise _wrong(
                path, Text(f"it cannot be read ({first})", f"nicht lesbar ({first})")
            ) from None
        version = data.get("version") if isinstance(data, Mapping) else None
        if isinstance(version, int) and version > VERSION:
            raise ConfigError(
                Text(
                    f"this baseline is of version {version}, and this bloglint knows {VERSION}",
                    f"diese Baseline hat Version {version}, dieses bloglint kennt {VERSION}",
                ),
                Text("Update bloglint.", "Aktualisieren Sie bloglint."),
                str(path),
            )
        try:
            if version != VERSION:
                raise ValueError
            return cls(path, _entries(data))
        except (ValueError, TypeError, AttributeError, KeyError):
            raise _wrong(path, Text("this is no baseline", "das ist keine Baseline")) from None

    def write(self) -> None:
        """Write the file, in an order that never changes.

        Raises:
            OSError: it cannot be written.
        """
        lines = [_HEAD, f"version: {VERSION}\nblogs:\n"]
        blog = post = None
        for entry in self.entries:
            if entry.blog != blog:
                blog, post = entry.blog, None
                lines.append(f"- blog: {_quoted(blog)}\n  posts:\n")
            if entry.post != post:
                post = entry.post
                lines.append(f"  - post: {_quoted(post)}\n")
                lines.append(f"    title: {_quoted(entry.title)}\n" if post else "")
                lines.append("    known:\n")
            passage = f": {_quoted(entry.passage)}" if entry.passage else ""
            lines.append(f"    - {entry.rule}{passage}\n")
        draft = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        draft.write_text("".join(lines), encoding="utf-8", newline="\n")
        draft.replace(self.path)

    def applied(self, report: Report, active: Collection[str]) -> Report:
        """``report`` without what is known; of the ``active`` rules, what is mended is counted."""
        blogs = [self._applied(verdict, active)[0] for verdict in report.blogs]
        return replace(report, blogs=tuple(blogs))

    def updated(self, report: Report, active: Collection[str]) -> Baseline:
        """The baseline of what ``report`` holds; rules that were not asked keep their entries."""
        blogs = {self._name(verdict.source) for verdict in report.blogs}
        kept = [e for e in self.entries if e.blog not in blogs or e.rule not in active]
        new = [
            self._entry(verdict, finding)
            for verdict in report.blogs
            for finding in (*verdict.findings, *verdict.known)
        ]
        return Baseline(self.path, (*kept, *new))

    def pruned(self, report: Report, active: Collection[str]) -> Baseline:
        """The baseline without the entries that are mended."""
        mended = [one for v in report.blogs for one in self._applied(v, active)[1]]
        left = list(self.entries)
        for one in mended:
            left.remove(one)
        return Baseline(self.path, left)

    def _applied(self, verdict: Verdict, active: Collection[str]) -> tuple[Verdict, list[Entry]]:
        name = self._name(verdict.source)
        own = [entry for entry in self.entries if entry.blog == name]
        posts = {post.id: post.title for post in verdict.posts}
        posts |= {one.post: one.title or "" for one in verdict.findings if one.post}
        by_place = _by_place(own, posts)
        known: list[Finding] = []
        new: list[Finding] = []
        for place, findings in _grouped(verdict.findings).items():
            matched = _matched(findings, by_place.get(place, []))
            for finding in findings:
                (known if id(finding) in matched else new).append(finding)
        order = {id(finding): n for n, finding in enumerate(verdict.findings)}
        new.sort(key=lambda one: order[id(one)])
        asked = None if verdict.effect is None else set(verdict.effect.posts)
        mended = [
            entry
            for (post, rule), left in by_place.items()
            for entry in left
            if rule in active
            and (asked is None or post in asked)
            and (not post or post in posts or asked is None)
        ]
        found = replace(verdict, findings=tuple(new), known=tuple(known), fixed=len(mended))
        return found, mended

    def _entry(self, verdict: Verdict, finding: Finding) -> Entry:
        return Entry(
            self._name(verdict.source),
            finding.post or "",
            finding.rule,
            _passage(finding),
            finding.title or "" if finding.post else "",
        )

    def _name(self, source: str) -> str:
        if "://" in source or source == "-":
            return source
        return Path(os.path.relpath(Path(source).resolve(), self.path.resolve().parent)).as_posix()


def find_baseline(start: Path) -> Path | None:
    """The nearest baseline from ``start`` upward, up to the root of the repository."""
    place = start.resolve()
    for folder in (place, *place.parents):
        if (folder / NAME).is_file():
            return folder / NAME
        if (folder / ".git").exists():
            break
    return None


_Place = tuple[str, str]  # post and rule


def _by_place(entries: Iterable[Entry], posts: Mapping[str, str]) -> dict[_Place, list[Entry]]:
    """The entries by where they count today: a post that went is one of the same title or name."""
    known = list(entries)
    gone = {entry.post: entry.title for entry in known if entry.post and entry.post not in posts}
    taken = {entry.post for entry in known}
    moved = {}
    for old, title in gone.items():
        names = [new for new in posts if new not in taken]
        same = [new for new in names if title and posts[new] == title]
        same = same or [new for new in names if Path(new).name == Path(old).name]
        if len(same) == 1:
            moved[old] = same[0]
    found: dict[_Place, list[Entry]] = defaultdict(list)
    for entry in known:
        found[moved.get(entry.post, entry.post), entry.rule].append(entry)
    return found


def _grouped(findings: Iterable[Finding]) -> dict[_Place, list[Finding]]:
    found: dict[_Place, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.post or "", finding.rule].append(finding)
    return found


def _matched(findings: Collection[Finding], left: list[Entry]) -> set[int]:
    """Which findings are known, by identity; what knows them is taken from ``left``."""
    matched: set[int] = set()
    for is_known in (_is_same, _is_alike):
        for finding in findings:
            entry = next((e for e in left if is_known(_passage(finding), e.passage)), None)
            if entry is not None and id(finding) not in matched:
                matched.add(id(finding))
                left.remove(entry)
    return matched


def _is_same(one: str, other: str) -> bool:
    return one == other


def _is_alike(one: str, other: str) -> bool:
    words, others = (set(re.findall(r"\w+", text.lower())) for text in (one, other))
    return len(words & others) >= ALIKE * max(1, len(words | others))


def _passage(finding: Finding) -> str:
    """The beginning of what a finding stands at; nothing where that is the post or the blog."""
    if not finding.post:
        return ""
    return " ".join((finding.passage or "").split())[:KEPT].strip()


def _quoted(text: str) -> str:
    import json

    written = json.dumps(text, ensure_ascii=False)
    return _NO_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def _entries(data: Any) -> Iterator[Entry]:
    for blog in data["blogs"] or ():
        for post in blog["posts"] or ():
            for one in post["known"] or ():
                rule, passage = next(iter(one.items())) if isinstance(one, dict) else (one, "")
                named = (blog["blog"], post["post"], rule, passage, post.get("title", ""))
                if not all(isinstance(value, str) for value in named):
                    raise ValueError
                yield Entry(*named)


def _wrong(path: Path, message: Text) -> ConfigError:
    return ConfigError(message, _MEND, str(path))
