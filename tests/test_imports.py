"""Imports go one way: from the command line down to the model."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "bloglint"
#: A module may import only from its own layer's folder or from layers further down.
LAYERS = [
    "cli",
    "scaffold history agents editor",
    "api",
    "archive drafts running",
    "engine",
    "checks",
    "press",
    "sources reporters config",
    "rules cache extending",
    "text web",
    "yamlfile clock paths digests lazy globs",
    "model",
    "languages",
]


def layer_of(name: str) -> int | None:
    return next((n for n, layer in enumerate(LAYERS) if name in layer.split()), None)


def imported(source: str) -> Iterator[str]:
    """The packages and modules of bloglint that a module imports, by their first name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "bloglint":
            names = [f"bloglint.{one.name}" for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("bloglint."))


def upward(own: str, source: str) -> list[str]:
    """The imports that a module called ``own`` must not have."""
    level = layer_of(own)
    wrong = []
    for target in imported(source):
        if target.startswith("__") or target == own:  # the version stands in the package itself
            continue
        other = layer_of(target)
        if other is None or level is None or other <= level:
            wrong.append(target)
    return wrong


def test_imports_go_downwards_only() -> None:
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        own = path.relative_to(PACKAGE).with_suffix("").parts[0]
        if own in ("__init__", "__main__"):  # the package's face, and its door
            continue
        name, source = path.relative_to(PACKAGE), path.read_text(encoding="utf-8")
        wrong += [f"{name} imports {target}" for target in upward(own, source)]
    assert wrong == []


def test_every_module_has_a_layer() -> None:
    names = {
        path.relative_to(PACKAGE).with_suffix("").parts[0] for path in PACKAGE.rglob("*.py")
    } - {"__init__", "__main__"}
    assert {name for name in names if layer_of(name) is None} == set()
    assert {name for layer in LAYERS for name in layer.split()} <= names


@pytest.mark.parametrize(
    "source",
    [
        "from bloglint.cli import app",
        "from bloglint import cli",
        "import bloglint.cli.app",
        "def f():\n    from bloglint import api",
        "from bloglint import nowhere",
    ],
)
def test_every_form_of_an_import_is_seen(source: str) -> None:
    assert upward("text", source)
