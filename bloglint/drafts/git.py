"""What changed in a folder since a Git revision, according to Git itself."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec

from bloglint.model import ConfigError, Text, translate
from bloglint.sources import is_post_name

_SECONDS = 60
_SUBMODULE, _LINK = "160000", "120000"


class Change(msgspec.Struct, frozen=True):
    """A changed file: its path now (None: deleted), its old path (None: new), and its old content.

    Paths begin with the folder that was asked for.
    """

    path: Path | None
    old_path: Path | None = None
    content: bytes | None = None


def changes(folder: Path, revision: str) -> tuple[list[Change], list[str]]:
    """Return the files of ``folder`` changed since the branch left ``revision``, and submodules.

    Uncommitted changes count, including new files, except unstaged new ones while pre-commit runs,
    which judges what will be committed. Renamed files are followed.

    Raises:
        ConfigError: there is no repository, no such revision, or too little of its history.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel", wrong=_NO_REPOSITORY).rstrip("\n"))
    base = _base(folder, revision)
    raw = _git(folder, "diff", "--raw", "-z", "--no-abbrev", "--no-relative", "-M",
               "--ignore-submodules=none", base, "--", ".")  # fmt: skip
    found: list[Change] = []
    submodules: list[str] = []
    versions: list[tuple[Path | None, Path, str]] = []
    parts = iter(raw.split("\0"))
    for head in parts:
        if not head.startswith(":"):
            continue
        old_mode, new_mode, old_blob, _, status = head[1:].split(" ")
        first = next(parts)
        second = next(parts) if status[0] in "RC" else first
        if _SUBMODULE in (old_mode, new_mode):
            submodules.append(first)
            continue
        if _LINK in (old_mode, new_mode) or not any(map(is_post_name, (Path(first), Path(second)))):
            continue
        old = None if status[0] in "AC" else _placed(folder, top, first)
        new = None if status[0] == "D" else _placed(folder, top, second)
        if old is None:
            found.append(Change(new))
        else:
            versions.append((new, old, old_blob))
    contents = _blobs(folder, [blob for _, _, blob in versions])
    found += [
        Change(new, old, content) for (new, old, _), content in zip(versions, contents, strict=True)
    ]
    untracked = ""
    if not os.environ.get("PRE_COMMIT"):
        untracked = _git(folder, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    found += [Change(folder / name) for name in untracked.split("\0") if name]
    return found, submodules


def _placed(folder: Path, top: Path, name: str) -> Path:
    """Return a path that Git gives from the top of the repository as a path in ``folder``."""
    whole = top / name
    place = folder.resolve()
    return folder / whole.relative_to(place) if whole.is_relative_to(place) else whole


def _base(folder: Path, revision: str) -> str:
    """Return the commit at which the branch left ``revision``."""
    name = revision.removesuffix("...").strip()
    if not name or name.startswith("-") or ".." in name:
        raise ConfigError(
            translate("{revision!r} is no revision to compare with", revision=revision),
            translate("Name a branch, a tag or a commit: --changed origin/main."),
            "--changed",
        )
    commit = _run(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    is_shallow = _git(folder, "rev-parse", "--is-shallow-repository").strip() == "true"
    if commit.returncode and name == "HEAD":  # nothing was committed yet
        return _git(folder, "hash-object", "-t", "tree", os.devnull).strip()
    if commit.returncode:
        raise ConfigError(
            translate("Git knows no revision {name!r} here", name=name),
            _fetch(name, is_shallow),
            "--changed",
        )
    base = _run(folder, "merge-base", name, "HEAD")
    if base.returncode:
        raise ConfigError(
            translate(
                "{name!r} and what is checked out have no common commit in this clone", name=name
            ),
            _fetch(name, is_shallow),
            "--changed",
        )
    return base.stdout.decode().strip()


_NO_REPOSITORY = translate("this folder is no checkout of Git")


def _fetch(name: str, is_shallow: bool) -> Text:
    """Return advice on how to get the missing part of a repository's history."""
    remote, _, branch = name.partition("/")
    calls = f"git fetch {remote} {branch}:refs/remotes/{name}" if branch else "git fetch --all"
    if not is_shallow:
        return translate("Check its name, or fetch it: {calls}.", calls=calls)
    calls = f"git fetch --unshallow && {calls}"
    ci = "GitHub Actions: fetch-depth: 0, actions/checkout; GitLab: GIT_DEPTH: 0"
    return translate("This clone is shallow. Deepen it: {calls} ({ci}).", calls=calls, ci=ci)


def _run(folder: Path, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    call = ["git", "-C", str(folder), "-c", "core.quotePath=false", *words]
    try:
        return subprocess.run(call, capture_output=True, input=stdin, timeout=_SECONDS, check=False)
    except FileNotFoundError:
        raise ConfigError(
            translate("Git is not installed"),
            translate("--changed needs it."),
            "--changed",
        ) from None
    except subprocess.TimeoutExpired:
        raise ConfigError(
            translate("Git took longer than {seconds} s", seconds=_SECONDS),
            translate("Try it in this folder: git status."),
            str(folder),
        ) from None


def _git(folder: Path, *words: str, wrong: Text | None = None) -> str:
    done = _run(folder, *words)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        told = wrong or translate("Git failed")
        raise ConfigError(
            translate("{told} ({said})", told=told, said=said),
            translate("--changed compares with its history."),
            str(folder),
        )
    return done.stdout.decode("utf-8", "surrogateescape")


def _blobs(folder: Path, names: list[str]) -> Iterator[bytes]:
    """Return the contents of Git objects, in the order of their names."""
    if not names:
        return iter(())
    out = _run(folder, "cat-file", "--batch", stdin="\n".join(names).encode() + b"\n").stdout
    return _parted(out, len(names))


def _parted(out: bytes, count: int) -> Iterator[bytes]:
    at = 0
    for _ in range(count):
        end = out.index(b"\n", at)
        size = int(out[at:end].split()[-1])
        yield out[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
