"""The summary of many checks as a file, by its suffix: workbook, one HTML page, CSV, JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from xlsaddin.errors import XlsAddinError
from xlsaddin.files import write_bytes
from xlsaddin.report.html import write_html
from xlsaddin.report.outcomes import render_results
from xlsaddin.report.summary_workbook import write_summary_csv, write_summary_workbook
from xlsaddin.report.summary_workbook_figures import Deadline, Trend, count_figures

__all__ = ["SUFFIXES", "check_suffix", "write_summary"]

SUFFIXES = (".xlsx", ".html", ".csv", ".json")


def check_suffix(target: Path) -> None:
    """Raise XlsAddinError when a summary cannot be written as such a file: known before the work begins."""
    if target.suffix.lower() not in SUFFIXES:
        raise XlsAddinError("RS-REPORT-001", path=target.name, known=", ".join(SUFFIXES))


def write_summary(
    target: Path,
    entries: Iterable[Mapping[str, Any]],
    *,
    as_of: date,
    deadlines: Sequence[Deadline] = (),
    trend: Sequence[Trend] = (),
) -> None:
    """Write the summary of results as the kind of file its name asks for.

    Args:
        target: file. entries: the JSON object of each workbook. as_of: the day judged by.
        deadlines: what is due; trend: earlier days; both only where the register knows them.

    Raises:
        XlsAddinError: a suffix that no summary has.
    """
    check_suffix(target)
    match target.suffix.lower():
        case ".xlsx":
            write_summary_workbook(target, entries, as_of=as_of, deadlines=deadlines, trend=trend)
        case ".html":
            write_html(target, entries, as_of=as_of, deadlines=deadlines)
        case ".csv":
            write_summary_csv(target, count_figures(entries))
        case _:
            text = json.dumps(render_results(as_of, entries), ensure_ascii=False, indent=1, default=str)
            write_bytes(target, text.encode())
