"""The tables of the report as a workbook, a sheet each, by XlsxWriter (the extra ``xlsx``)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from bloglint.model import Report, translate
from bloglint.model.messages import missing_extra
from bloglint.reporters.printable import printable
from bloglint.reporters.tables import TABLES, Table, table_of

#: A cell's most characters, and the widths of columns, in characters.
_MOST, _WIDTH, _WIDE = 32_000, 12, 44
_LONG = frozenset({"title", "message", "advice", "why", "quote", "worst_message", "next_step",
                   "error", "first_step", "url", "path", "source", "reasons", "partner",
                   "passage"})  # fmt: skip


def check_xlsx() -> None:
    """Raise a ConfigError if XlsxWriter is not installed."""
    if find_spec("xlsxwriter") is None:
        raise missing_extra(
            translate("this format needs an extra package"), "xlsx", "--format xlsx"
        )


def write_xlsx(report: Report, language: str = "en") -> bytes:
    """Return the workbook. Text is written as text, so that nothing in it is a formula."""
    report = printable(report)
    return workbook([table_of(report, name, language) for name in TABLES], report.as_of)


def workbook(tables: Sequence[Table], as_of: datetime) -> bytes:
    """Return a workbook with a sheet for each table, made at a moment."""
    from xlsxwriter import Workbook

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        book.set_properties({"created": as_of.replace(tzinfo=None)})
        head = book.add_format({"bold": True, "bottom": 1})
        for table in tables:
            _write_sheet(book.add_worksheet(table.name), table, head)
    return out.getvalue()


def _write_sheet(sheet: Any, table: Table, head: Any) -> None:
    last = 0
    for at, name in enumerate(table.columns):
        sheet.set_column(at, at, _WIDE if name in _LONG else _WIDTH)
        sheet.write_string(0, at, name, head)
    for last, row in enumerate(table.rows, 1):
        for at, name in enumerate(table.columns):
            value = row.get(name)
            if isinstance(value, int | float):
                sheet.write_number(last, at, value)
            elif value:
                sheet.write_string(last, at, str(value)[:_MOST])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, last), len(table.columns) - 1)
