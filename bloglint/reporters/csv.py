"""One table of the report as CSV, with the separators that a reader's spreadsheet expects."""

from __future__ import annotations

import csv
import io
from typing import Any

from bloglint.languages import formats
from bloglint.model import Report
from bloglint.model.messages import write_number
from bloglint.reporters.printable import printable
from bloglint.reporters.registry import TableName
from bloglint.reporters.tables import Table, table_of, usual_table

#: Text starting with these would pass for a formula, so it is prefixed with an apostrophe.
_FORMULA = ("=", "+", "-", "@")


def write_csv(report: Report, language: str = "en", table: TableName | None = None) -> str:
    """Return a table as text; without a name, the one that fits the report.

    Where decimals have a comma, values are separated by semicolons, and a byte order mark says that
    the text is UTF-8.
    """
    report = printable(report)
    return csv_of(table_of(report, table or usual_table(report), language), language)


def csv_of(found: Table, language: str) -> str:
    """Return a table as text, with the separators of a language."""
    has_commas = formats(language).decimal == ","
    out = io.StringIO()
    if has_commas:
        out.write("\ufeff")
    lines = csv.DictWriter(out, found.columns, restval="", delimiter=";" if has_commas else ",")
    lines.writeheader()
    for row in found.rows:
        lines.writerow({name: safe(value, language) for name, value in row.items()})
    return out.getvalue()


def safe(value: Any, language: str = "en") -> Any:
    """Return a value as a cell on one line that no spreadsheet takes for a formula.

    None becomes empty; decimals are written as the language does.
    """
    if isinstance(value, float):
        return write_number(str(value), language)
    if not isinstance(value, str):
        return "" if value is None else value
    line = " ".join(value.split())
    return f"'{line}" if line.startswith(_FORMULA) else line
