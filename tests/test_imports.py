"""Imports go one way: from the command line down to the model."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "bloglint"
#: A module may import only from its own layer's folder or from layers further down.
LAYERS = [
    "cli",
    "watch onboarding",
    "run",
    "tasks gate",
    "workers",
    "fleet",
    "bench",
    "judging",
    "lint config",
    "sources checks scoring reporters suppress",
    "newsroom",
    "rules worked",
    "text web",
    "window moments",
    "yamlfile lazy kept checkout spool",
    "model",
]


def layer_of(name: str) -> int | None:
    return next((n for n, layer in enumerate(LAYERS) if name in layer.split()), None)


def test_imports_go_downwards_only() -> None:
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        own = path.relative_to(PACKAGE).with_suffix("").parts[0]
        level = layer_of(own)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith(
                "bloglint."
            ):
                continue
            target = str(node.module).split(".")[1]
            other = layer_of(target)
            if target != own and level is not None and (other is None or other <= level):
                wrong.append(f"{path.name} imports {node.module}")
    assert wrong == []
