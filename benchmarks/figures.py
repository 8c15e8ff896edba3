"""What several measurements need: files of texts, tables, intervals, areas under curves."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any

Row = Sequence[object]


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file with one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a table by the names of its columns; none where the file is missing."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(head: Row, rows: Sequence[Row]) -> str:
    """A Markdown table; floats with three digits."""
    cells = [[f"{c:.3f}" if isinstance(c, float) else str(c) for c in row] for row in rows]
    parts = [[str(h) for h in head], ["---"] * len(head), *cells]
    return "\n".join(f"| {' | '.join(row)} |" for row in parts)


def interval(values: Sequence[float]) -> str:
    """The middle 95 % of bootstrap values."""
    ordered = sorted(values)
    return f"{ordered[len(ordered) // 40]:.2f}–{ordered[-len(ordered) // 40 - 1]:.2f}"


def calibration_error(texts: Sequence[tuple[float, float]]) -> float:
    """Mean distance of promised and true share over ten equal bins, by their size (ECE).

    Each text is its probability and how far it is of the kind, 0 to 1.
    """
    error = 0.0
    for n in range(10):
        own = [text for text in texts if n / 10 <= text[0] < (n + 1) / 10 + (n == 9)]
        if own:
            gap = mean(value for value, _ in own) - mean(true for _, true in own)
            error += abs(gap) * len(own) / len(texts)
    return error


def auc(better: Sequence[float], worse: Sequence[float]) -> float:
    """How often a value of the first is above one of the second; ties count half."""
    wins = sum((a > b) + (a == b) / 2 for a in better for b in worse)
    return wins / (len(better) * len(worse))
