"""The summary workbook of many checks: charts, filters, and a link to each reviewed copy; with CSV beside it.

Built row by row from the JSON objects of the workbooks (`machine`), so that 10,000 of them stay light.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from xlsaddin import __version__
from xlsaddin.files import replacing
from xlsaddin.report.summary_workbook_figures import Deadline, Figures, Line, Trend, hits_to_judge, open_findings
from xlsaddin.report.summary_workbook_overview import write_overview, write_trend
from xlsaddin.report.summary_workbook_sheets import Pen, RowSheet, shown
from xlsaddin.workbook.labels import words

__all__ = ["CSV_COLUMNS", "write_summary_csv", "write_summary_workbook"]

CSV_COLUMNS = (
    "path", "department", "subject", "checklist", "level", "state", "errors", "warnings", "to_judge", "reviewed",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_summary_workbook(
    target: Path,
    entries: Iterable[Mapping[str, Any]],
    *,
    as_of: date,
    deadlines: Sequence[Deadline] = (),
    trend: Sequence[Trend] = (),
) -> Figures:
    """Write the summary and return its figures.

    Args:
        target: file. entries: JSON object of each workbook, with `reviewed` (path of the copy) and `department` where
            known; read once, in order.
        as_of: the day judged by. deadlines: what is due, from the register; trend: earlier days, oldest first.
    """
    import xlsxwriter  # only this command needs it

    figures = Figures()
    with replacing(target) as temporary:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(str(temporary), options)
        book.set_properties({"title": shown("summary.title"), "comments": f"xlsaddin {__version__}"})
        pen = Pen(book, target.parent.resolve())
        overview = book.add_worksheet(_sheet_name("overview"))
        workbooks = RowSheet(pen, _sheet_name("workbooks"), _WORKBOOKS)
        findings = RowSheet(pen, _sheet_name("findings"), _FINDINGS)
        hits = RowSheet(pen, _sheet_name("hits"), _HITS)
        due = RowSheet(pen, _sheet_name("deadlines"), _DEADLINES)
        for entry in entries:
            line = figures.count(entry)
            _write_findings(findings, line, entry)
            _write_hits(hits, line, entry)
        figures.sort()
        for line in figures.lines:
            _write_line(workbooks, line)
        for deadline in deadlines:
            _write_deadline(due, deadline)
        if trend:
            write_trend(pen, _sheet_name("trend"), trend)
        lists = RowSheet(pen, _sheet_name("lists"), _LISTS)
        for key in sorted(figures.lists):
            _write_list(lists, figures.lists[key])
        sheets = (workbooks, findings, hits, due, lists)
        for sheet in sheets:
            sheet.close()
        workbooks.sheet.print_area(0, 0, max(workbooks.rows, 1), len(_WORKBOOKS) - 2)  # the order is never printed
        write_overview(pen, overview, figures, as_of, {sheet.name: sheet.left_out for sheet in sheets})
        overview.activate()
        book.close()
    return figures


def write_summary_csv(target: Path, figures: Figures) -> None:
    """Write one line a workbook as CSV that spreadsheet programs open as text (UTF-8 with mark)."""
    with replacing(target) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(CSV_COLUMNS)
        for line in figures.lines:
            level = "unreadable" if line.level is None else line.level.key if line.rated else "not_rated"
            state = line.state.value if line.state else ""
            texts = [line.path, line.department, line.subject, line.checklist, level, state]
            counts = [line.errors, line.warnings, line.to_judge]
            writer.writerow([*map(_as_text, texts), *counts, _as_text(line.reviewed)])


def _sheet_name(key: str) -> str:
    """Return the name of a sheet, in Japanese as in all our workbooks."""
    return words()[f"summary_sheet.{key}"][0]


def _as_text(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) and text != "-" else text


def _columns(*columns: tuple[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple((shown(f"summary.{key}"), width) for key, width in columns)


_WORKBOOKS = _columns(
    ("level", 20), ("state", 22), ("department", 18), ("subject", 24), ("form", 26), ("errors", 9), ("warnings", 9),
    ("to_judge", 9), ("file", 40), ("reviewed", 40), ("other", 30), ("order", 12),
)  # fmt: skip
_FINDINGS = _columns(
    ("severity", 18), ("code", 16), ("department", 18), ("subject", 24), ("sheet", 14), ("cell", 8), ("message", 80),
    ("file", 40),
)  # fmt: skip
_HITS = _columns(
    ("score", 9), ("level", 14), ("department", 18), ("subject", 24), ("written", 36), ("listed", 36), ("list", 22),
    ("why", 60), ("file", 40),
)  # fmt: skip
_DEADLINES = _columns(("due", 12), ("role", 28), ("case", 14), ("subject", 14), ("message", 90), ("file", 30))
_LISTS = _columns(("list", 18), ("edition", 12), ("entries", 10), ("age", 12), ("usable", 12), ("message", 60))


def _write_line(sheet: RowSheet, line: Line) -> None:
    level = ("", shown("summary.unreadable")) if line.level is None else _level(line)
    state = shown(f"result_state.{line.state.value}") if line.state else line.problem
    values = [level, state, line.department, line.subject, line.form, line.errors, line.warnings, line.to_judge]
    sheet.write([*values, line.path, line.reviewed, _other(line), line.score], {8: line.original, 9: line.reviewed})


def _level(line: Line) -> tuple[str, str]:
    if not line.rated:
        return "", shown("summary.not_rated")
    key = line.level.key if line.level is not None else ""
    return key, shown(f"level.{key}")


def _other(line: Line) -> str:
    """Return level and state as the other institution that checks the same Co-PI has them."""
    if line.other is None:
        return ""
    names = (
        f"institution.{line.other.institution}",
        f"level.{line.other.level.key}",
        f"result_state.{line.other.state}",
    )
    return "\n".join(shown(name) for name in names)


def _write_findings(sheet: RowSheet, line: Line, entry: Mapping[str, Any]) -> None:
    for one in open_findings(entry):
        message = f"{one['message_ja']}\n{one['message_en']}"
        severity = shown(f"summary.{one['severity']}s")
        place = [one["sheet"], one["cell"], message, line.reviewed or line.path]
        sheet.write(
            [severity, one["code"], line.department, line.subject, *place]
        )  # links are in the list of workbooks


def _write_hits(sheet: RowSheet, line: Line, entry: Mapping[str, Any]) -> None:
    for hit in hits_to_judge(entry):
        why = "\n".join(" / ".join(hit.get(key, ())) for key in ("why", "why_en")).strip()
        values = [hit["query"], hit["name"], f"{hit['list']}:{hit['entry']}", why, line.reviewed or line.path]
        link = line.reviewed or line.original
        sheet.write([hit["score"], _level(line), line.department, line.subject, *values], {8: link})


def _write_deadline(sheet: RowSheet, deadline: Deadline) -> None:
    text = f"{deadline.ja}\n{deadline.en}"
    values = [deadline.due, shown(f"work_role.{deadline.role}"), deadline.case, deadline.subject, text, deadline.link]
    sheet.write(values, {5: deadline.link})


def _write_list(sheet: RowSheet, use: Mapping[str, Any]) -> None:
    failure = use.get("failure") or {}
    usable = shown("summary.yes" if use["usable"] else "summary.no")
    problem = f"{failure['ja']} / {failure['en']}" if failure else ""
    sheet.write([use["id"], use["edition"], use["entries"], use["age_days"], usable, problem])
