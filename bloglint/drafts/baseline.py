"""Baselines: the findings that a team already knows about, in a file beside its blog.

There is one entry per finding, by post, rule and the words that it refers to, and never by line: a
post that was moved, renamed or slightly edited keeps its entries.
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
from bloglint.model import ConfigError, Finding, Report, Verdict, replace, translate
from bloglint.paths import root_of
from bloglint.sources import is_address
from bloglint.yamlfile import load_yaml

NAME = ".bloglint-baseline.yml"
VERSION = 1
#: How many characters of a passage are kept, and the share of words that makes two passages one.
KEPT, ALIKE = 80, 0.6
#: Characters that YAML forbids or takes for line ends.
_NO_YAML = lazy("[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_HEAD = """\
# What bloglint found when this file was written, and does not report again.
# Made by `bloglint check --write-baseline`; entries that are mended go with --prune-baseline.
"""
_NO_BASELINE = translate("there is no such baseline")
_WRITE_IT = translate("Write it with --write-baseline.")
_MEND = translate("Correct it, or delete it and write it anew with --write-baseline.")


class Entry(msgspec.Struct, frozen=True, order=True):
    """A known finding: its blog, its post (empty: the blog itself), its rule and its passage.

    A post in a file is named by its path relative to the baseline's folder, others by their ids.
    """

    blog: str
    post: str
    rule: str
    passage: str
    title: str = ""


class Baseline:
    """The entries of a baseline file."""

    def __init__(self, path: Path, entries: Iterable[Entry] = ()) -> None:
        self.path, self.entries = path, sorted(entries)

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Read the baseline in a file.

        Raises:
            ConfigError: it cannot be read, or is of a later version; the file is left as it is.
        """
        import yaml

        try:
            text = path.read_text(encoding="utf-8")
            data = load_yaml(text)
        except FileNotFoundError:
            raise ConfigError(_NO_BASELINE, _WRITE_IT, str(path)) from None
        except (OSError, ValueError, yaml.YAMLError) as error:
            mark = getattr(error, "problem_mark", None)
            line = f":{mark.line + 1}" if mark else ""
            first = getattr(error, "problem", None) or getattr(error, "strerror", None)
            problem = first or str(error).partition("\n")[0]
            message = translate("it cannot be read ({problem})", problem=problem)
            raise ConfigError(message, _MEND, f"{path}{line}") from None
        version = data.get("version") if isinstance(data, Mapping) else None
        if isinstance(version, int) and version > VERSION:
            raise ConfigError(
                translate(
                    "this baseline is of version {version}, and this bloglint knows {version2}",
                    version=version,
                    version2=VERSION,
                ),
                translate("Update bloglint."),
                str(path),
            )
        try:
            if version != VERSION:
                raise ValueError
            return cls(path, list(_entries(data)))
        except (ValueError, TypeError, AttributeError, KeyError):
            message = translate("this is no baseline")
            raise ConfigError(message, _MEND, str(path)) from None

    def write(self) -> None:
        """Write the file, always in the same order.

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

    def applied(self, report: Report, rules: Collection[str]) -> Report:
        """Return ``report`` without known findings.

        Entries of the ``rules`` that ran whose findings are fixed are counted.
        """
        found = []
        for verdict in report.blogs:
            known, mended = self._match(verdict, rules)
            ids = set(map(id, known))
            new = tuple(finding for finding in verdict.findings if id(finding) not in ids)
            every = (*verdict.known, *known)
            found.append(replace(verdict, findings=new, known=every, fixed=len(mended)))
        return replace(report, blogs=tuple(found))

    def new_in(self, path: str, findings: Iterable[Finding]) -> list[Finding]:
        """Return those of the findings in a post's file that are not known."""
        place, found = self._relative(path), list(findings)
        known: set[int] = set()
        for rule in {one.rule for one in found}:
            left = [entry for entry in self.entries if (entry.post, entry.rule) == (place, rule)]
            known.update(map(id, _matched((one for one in found if one.rule == rule), left)))
        return [one for one in found if id(one) not in known]

    def updated(self, report: Report, rules: Collection[str]) -> Baseline:
        """Return the baseline for ``report``; rules that did not run keep their entries."""
        others = list(self.entries)
        new: list[Entry] = []
        for verdict in report.blogs:
            judged = self._judged(verdict)
            others = [
                e for e in others if not (e.rule in rules and self._is_of(e, verdict, judged))
            ]
            new += [self._entry(verdict, finding) for finding in verdict.findings]
        return Baseline(self.path, (*others, *new))

    def pruned(self, report: Report, rules: Collection[str]) -> Baseline:
        """Return the baseline without the entries whose findings are fixed."""
        left = list(self.entries)
        for verdict in report.blogs:
            for one in self._match(verdict, rules)[1]:
                left.remove(one)
        return Baseline(self.path, left)

    def _match(self, verdict: Verdict, rules: Collection[str]) -> tuple[list[Finding], list[Entry]]:
        """Return which findings are known, and which entries are fixed."""
        judged = self._judged(verdict)
        by_place = self._by_place(verdict, judged)
        known: list[Finding] = []
        for place, findings in self._grouped(verdict).items():
            known += _matched(findings, by_place.get(place, []))
        asked = None
        if verdict.effect is not None:
            asked = {self._post_named(verdict, one, None) for one in verdict.effect.posts}
            asked |= {
                self._post_of(verdict, one)
                for one in verdict.posts
                if one.id in verdict.effect.posts
            }
        mended = [
            entry
            for (post, rule), left in by_place.items()
            for entry in left
            if rule in rules
            and self._is_of(entry, verdict, judged)
            and (asked is None or post in asked)
        ]
        return known, mended

    def _by_place(
        self, verdict: Verdict, judged: Mapping[str, str]
    ) -> dict[tuple[str, str], list[Entry]]:
        """Return the entries by post and rule.

        A post whose file is gone is taken for one with its title or file name.
        """
        taken = {entry.post for entry in self.entries}
        free = [post for post in judged if post not in taken]
        moved: dict[str, str] = {}
        for entry in self.entries:
            if entry.post in moved or not entry.post or self._is_there(entry.post):
                continue
            same = [new for new in free if entry.title and judged[new] == entry.title]
            if not same and Path(entry.post).stem != "index":
                same = [new for new in free if Path(new).name == Path(entry.post).name]
            if len(same) == 1:
                moved[entry.post] = same[0]
        found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            if entry.post or self._is_of(entry, verdict, judged):
                found[moved.get(entry.post, entry.post), entry.rule].append(entry)
        return found

    def _grouped(self, verdict: Verdict) -> dict[tuple[str, str], list[Finding]]:
        found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in verdict.findings:
            found[self._post_of(verdict, finding), finding.rule].append(finding)
        return found

    def _is_of(self, entry: Entry, verdict: Verdict, judged: Mapping[str, str]) -> bool:
        """Whether an entry is about what was judged, not about an existing post left out."""
        name = self._relative(verdict.source)
        if not entry.post:
            blogs = {one.blog for one in self.entries if not one.post}
            return entry.blog == name or (blogs == {entry.blog} and self._is_same(entry.blog, name))
        if entry.post in judged:
            return True
        inside = entry.blog == name or entry.post.startswith(f"{name}/") or name == "."
        return inside and not self._is_there(entry.post)

    def _is_same(self, blog: str, name: str) -> bool:
        """Whether two folders are the same blog: one contains the other, or it was renamed."""
        inside = blog.startswith(f"{name}/") or name.startswith(f"{blog}/") or "." in (blog, name)
        return inside or not self._is_there(blog)

    def _judged(self, verdict: Verdict) -> dict[str, str]:
        """Return the titles of the posts that were judged, by the names they have here."""
        return {
            **{self._post_of(verdict, post): post.title for post in verdict.posts},
            **{self._post_of(verdict, f): f.title or "" for f in verdict.findings if f.post},
        }

    def _entry(self, verdict: Verdict, finding: Finding) -> Entry:
        return Entry(
            self._relative(verdict.source),
            self._post_of(verdict, finding),
            finding.rule,
            _passage(finding),
            finding.title or "" if finding.post else "",
        )

    def _post_of(self, verdict: Verdict, one: Any) -> str:
        """Return the name used here for a judged post, or for the post of a finding."""
        post = one.post if isinstance(one, Finding) else one.id
        return self._post_named(verdict, post, one.path) if post else ""

    def _post_named(self, verdict: Verdict, post: str, path: str | None) -> str:
        return self._relative(path) if path else f"{self._relative(verdict.source)}#{post}"

    def _relative(self, source: str) -> str:
        """Return a file or folder relative to the baseline's folder, an address as it is."""
        if is_address(source) or source == "-":
            return source
        near = Path(os.path.relpath(Path(source).resolve(), self._home)).as_posix()
        return near.encode("utf-8", "replace").decode()  # names need not be valid Unicode

    def _is_there(self, name: str) -> bool:
        return not is_address(name) and (self._home / name).exists()

    @property
    def _home(self) -> Path:
        return self.path.resolve().parent


def find_baseline(start: Path) -> Path | None:
    """Return the nearest baseline from ``start`` upwards, up to the root of the repository."""
    place = start.resolve()
    for folder in (place, *place.parents):
        if (folder / NAME).is_file():
            return folder / NAME
        if (folder / ".git").exists():
            break
    return None


def home_of(place: Path) -> Path:
    """Return the folder for a new baseline, so that it is found from ``place``.

    It is the working directory if ``place`` lies in it, else the root of the repository of
    ``place``, or ``place`` itself.
    """
    inner, here = place.resolve(), Path.cwd().resolve()
    if inner.is_relative_to(here):
        return Path()
    return root_of(inner) or inner


def _matched(findings: Iterable[Finding], left: list[Entry]) -> list[Finding]:
    """Return which findings are known, and remove the entries that match from ``left``."""
    matched: list[Finding] = []
    rest = list(findings)
    for is_known in (_is_same, _is_alike, _is_unnamed):
        for finding in list(rest):
            entry = next((e for e in left if is_known(_passage(finding), e.passage)), None)
            if entry is not None:
                matched.append(finding)
                rest = [one for one in rest if one is not finding]
                left.remove(entry)
    return matched


def _is_same(one: str, other: str) -> bool:
    return one == other


def _is_unnamed(one: str, other: str) -> bool:
    """Whether an entry is one of an earlier version, which did not tell gaps apart."""
    return bool(one) and not other


def _is_alike(one: str, other: str) -> bool:
    words, others = (set(re.findall(r"\w+", text.lower())) for text in (one, other))
    return len(words & others) >= ALIKE * max(1, len(words | others))


def _passage(finding: Finding) -> str:
    """Return the beginning of the words a finding refers to; of one on the blog, since when.

    Gaps are told apart by it; the other rules on the blog have one finding at most.
    """
    if finding.post:
        return finding.words[:KEPT].strip()
    return str(finding.evidence.get("from") or "")


def _quoted(text: str) -> str:
    import json

    written = json.dumps(text, ensure_ascii=False)
    return _NO_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def _entries(data: Any) -> Iterator[Entry]:
    for blog in data["blogs"] or ():
        for post in blog["posts"] or ():
            for one in post["known"] or ():
                (found,) = one.items() if isinstance(one, dict) else ((one, ""),)
                named = (blog["blog"], post["post"], *found, post.get("title", ""))
                if not all(isinstance(value, str) for value in named):
                    raise ValueError
                yield Entry(*named)
