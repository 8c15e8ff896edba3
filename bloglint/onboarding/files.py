"""The files that a blog begins with: configuration, checks in CI, an editorial plan."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from bloglint import __version__
from bloglint.model import ConfigError, Text
from bloglint.onboarding.survey import Survey

TEMPLATES = Path(__file__).parent / "templates"
#: Where a check in CI belongs, by its kind.
CHECKS: Mapping[str, str] = {
    "github": ".github/workflows/bloglint.yml",
    "gitlab": "bloglint.gitlab-ci.yml",
    "pre-commit": ".pre-commit-config.yaml",
}
_PLAN = {"en": "editorial-plan.md", "de": "redaktionsplan.md"}


def files_for(seen: Survey, language: str, checks: list[str], year: int) -> dict[Path, str]:
    """The files by their names: configuration, those of the ``checks``, a plan without posts."""
    found = {Path("bloglint.yml"): _rendered(f"bloglint.{language}.yml.j2", seen, year)}
    if seen.source is None:
        plan = _rendered(f"editorial-plan.{language}.md.j2", seen, year)
        found[Path(_PLAN[language])] = plan
    for check in checks:
        found[Path(CHECKS[check])] = _rendered(f"{check}.yml.j2", seen, year)
    return found


def refuse(paths: Iterable[Path], *, force: bool) -> None:
    """Look whether files may be written.

    Raises:
        ConfigError: one of them is there already and ``force`` is not set.
    """
    there = [str(path) for path in paths if path.exists()]
    if there and not force:
        raise ConfigError(
            Text("it is there already, and nothing was written", "schon da, nichts geschrieben"),
            Text(
                "Write anew with --force, or leave out what you have.",
                "Mit --force neu schreiben, oder weglassen, was Sie schon haben.",
            ),
            ", ".join(there),
        )


def write(files: Mapping[Path, str], *, force: bool) -> None:
    """Write all files, or none where one is there already.

    Raises:
        ConfigError: one is there and ``force`` is not set, or it cannot be written.
    """
    refuse(files, force=force)
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise ConfigError(
                Text(
                    f"it cannot be written ({error.strerror})",
                    f"nicht zu schreiben ({error.strerror})",
                ),
                Text("Check the folder.", "Prüfen Sie den Ordner."),
                str(path),
            ) from None


def _rendered(template: str, seen: Survey, year: int) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
    environment.filters["line"] = lambda text: " ".join(
        "".join(filter(str.isprintable, text)).split()
    )
    environment.filters["days"] = lambda days: f"{days:g}"
    values = {name: getattr(seen, name) for name in seen.__struct_fields__}
    text = environment.get_template(template).render(**values, year=year, version=__version__)
    return text.rstrip("\n") + "\n"
