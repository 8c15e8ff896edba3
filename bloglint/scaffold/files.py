"""A blog's initial files: configuration, CI checks and an editorial plan."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from bloglint.languages import ENGLISH, labels
from bloglint.model import ConfigError, translate
from bloglint.paths import root_of
from bloglint.scaffold.package import package
from bloglint.scaffold.survey import Survey

TEMPLATES = Path(__file__).parent / "templates"
CONFIGURATION = Path("bloglint.yml")
#: The path of a CI check, by its kind, relative to the root of the repository.
CHECKS: Mapping[str, str] = {
    "github": ".github/workflows/bloglint.yml",
    "gitlab": "bloglint.gitlab-ci.yml",
    "pre-commit": ".pre-commit-config.yaml",
}


def home_of_checks() -> Path:
    """The folder for CI checks: the root of the enclosing repository, else this folder."""
    return Path(os.path.relpath(root_of(Path()) or Path()))


def files_for(seen: Survey, language: str, checks: Iterable[str], year: int) -> dict[Path, str]:
    """Return the contents of the initial files, by path.

    These are the configuration, the CI ``checks`` and, for a blog without posts, an editorial plan.
    """
    root = home_of_checks()
    inner = Path(os.path.relpath(Path(), root))
    values = {
        "year": year,
        "lang": "" if language == ENGLISH else f" --lang {language}",
        # A call from the repository's root finds the configuration through the posts below it.
        "package": package(),
        "place": _argument(inner / (seen.source or ".")) if inner.parts else "",
    }
    found = {CONFIGURATION: _rendered(f"bloglint.{language}.yml.j2", seen, values)}
    if seen.source is None:
        plan = _rendered(f"editorial-plan.{language}.md.j2", seen, values)
        found[Path(labels("scaffold", language)["plan"])] = plan
    for check in checks:
        found[root / CHECKS[check]] = _rendered(f"{check}.yml.j2", seen, values)
    return found


def _argument(path: Path) -> str:
    """A path as an additional command-line argument, quoted if necessary."""
    text = path.as_posix()
    return f" {text}" if re.fullmatch(r"[\w./-]+", text) else f' "{text}"'


def refuse(paths: Iterable[Path], *, force: bool) -> None:
    """Check that files may be written.

    Raises:
        ConfigError: one of them already exists, and ``force`` is not set.
    """
    there = [str(path) for path in paths if path.exists()]
    if there and not force:
        raise ConfigError(
            translate("it is there already, and nothing was written"),
            translate("Write anew with --force."),
            ", ".join(there),
        )


def write(files: Mapping[Path, str]) -> None:
    """Write all files.

    Raises:
        ConfigError: one cannot be written.
    """
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            reason = error.strerror
            raise ConfigError(
                translate("it cannot be written ({reason})", reason=reason),
                translate("Check the folder."),
                str(path),
            ) from None


def _rendered(template: str, seen: Survey, more: Mapping[str, object]) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
    environment.filters["line"] = _in_line
    environment.filters["days"] = lambda days: f"{days:g}"
    values = {name: getattr(seen, name) for name in (*seen.__struct_fields__, "is_folder")}
    text = environment.get_template(template).render(**values, **more)
    return text.rstrip("\n") + "\n"


def _in_line(text: str) -> str:
    """A name in a form that fits into a comment."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
