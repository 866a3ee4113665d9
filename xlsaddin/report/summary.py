"""The summary of many checks as a file, by its suffix: workbook, one HTML page, CSV, JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from xlsaddin.errors import XlsAddinError
from xlsaddin.files import replacing
from xlsaddin.report.html import write_html
from xlsaddin.report.outcomes import Result, Tally, counted, render_results
from xlsaddin.report.stored import StoredResults
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
    entries: Iterable[Result],
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
            write_html(target, _stored(entries), as_of=as_of, deadlines=deadlines)
        case ".csv":
            write_summary_csv(target, count_figures(entries))
        case _:
            _write_json(target, entries, as_of)


def _stored(entries: Iterable[Result]) -> Sequence[Result]:
    """Return results that can be read more than once."""
    return entries if isinstance(entries, Sequence) else StoredResults(entries)


def _write_json(target: Path, entries: Iterable[Result], as_of: date) -> None:
    tally = Tally()
    stored = StoredResults(counted(entries, tally))
    with replacing(target) as temporary, temporary.open("w", encoding="utf-8") as stream:
        stream.writelines(render_results(as_of, tally.lists, stored))
