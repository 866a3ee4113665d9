"""First sheet and trend of the summary workbook: counts beside native charts that follow the cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xlsaddin import __version__
from xlsaddin.assessment.model import Level, State
from xlsaddin.codes import message
from xlsaddin.report.summary_workbook_figures import Figures, Trend
from xlsaddin.report.summary_workbook_sheets import ROW_HEIGHT, Pen, RowSheet, shown
from xlsaddin.workbook.labels import Language, word_lines
from xlsaddin.workbook.styles import FONT, STYLES

__all__ = ["write_overview", "write_trend"]

_MOST_DEPARTMENTS, _MOST_KINDS = 40, 20
_CHART_COLUMN = 6
_PIXELS_A_BAR = {"by_department": 22, "by_finding": 40, "by_state": 22}  # a kind of finding has two lines
_PIXELS_A_ROW = 26  # of ROW_HEIGHT points
_COLORS = {
    Level.LOW: STYLES["is_good"].color,
    Level.MODERATE: "#C98A1B",
    Level.HIGH: "#C4593F",
    Level.CRITICAL: STYLES["is_grave"].fill,
}
_TEXT = {"name": FONT, "size": 10}
_PALE = {"color": STYLES["cell"].border}


def write_overview(pen: Pen, sheet: Any, figures: Figures, as_of: date, left_out: Mapping[str, int]) -> None:
    """Write the overview; `left_out`: rows each sheet could not take."""
    sheet.hide_gridlines(2)
    sheet.set_default_row(ROW_HEIGHT)
    sheet.set_column(0, 0, 52)
    sheet.set_column(1, 5, 16)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    writer = _Writer(pen, sheet)
    writer.line("title", shown("summary.title"))
    for key, value in _facts(figures, as_of).items():
        writer.row(shown(f"summary.{key}"), [value])
    for name, count in left_out.items():
        if count:
            writer.row(f"{name}: {shown('summary.left_out')}", [count])
    _write_levels(writer, figures)
    _write_kinds(writer, figures)
    _write_states(writer, figures)
    for text in word_lines("note.footer", Language.BOTH):
        writer.line("plain", text)


def write_trend(pen: Pen, name: str, trend: Sequence[Trend]) -> None:
    """Write the trend: one row a day, and a chart of the levels over time."""
    headers = [shown(f"level.{level.key}") for level in Level]
    columns = [(shown("summary.day"), 14.0), *((header, 14.0) for header in headers), (shown("summary.to_judge"), 14.0)]
    sheet = RowSheet(pen, name, columns)
    for one in trend:
        sheet.write([one.day, *(one.levels.get(level.key, 0) for level in Level), one.to_judge])
    sheet.close()
    chart = _chart(pen, {"type": "line"}, shown("summary.over_time"))
    for column, level in enumerate(Level, 1):
        chart.add_series(
            {
                "name": [name, 0, column],
                "categories": [name, 1, 0, sheet.rows, 0],
                "values": [name, 1, column, sheet.rows, column],
                "line": {"color": _COLORS[level], "width": 2.25},
                "marker": {"type": "circle", "size": 5, "fill": {"color": _COLORS[level]}},
            }
        )
    days = "date_axis" if len(trend) > 1 else "text_axis"  # one day alone would stand at the beginning of its year
    chart.set_x_axis({days: True, "num_format": "yyyy/m/d", "num_font": _TEXT})
    sheet.sheet.insert_chart(1, len(columns) + 1, chart)


class _Writer:
    """Rows from the top down, as a workbook of constant memory wants them."""

    def __init__(self, pen: Pen, sheet: Any) -> None:
        self.pen, self.sheet, self.next = pen, sheet, 0

    def line(self, look: str, text: str) -> None:
        self.sheet.write_string(self.next, 0, text, self.pen.looks[look])
        self.next += 1

    def row(self, label: str, values: Sequence[str | int], look: str = "text") -> None:
        looks = self.pen.looks
        if "\n" in label:
            self.sheet.set_row(self.next, 2 * ROW_HEIGHT)
        self.sheet.write_string(self.next, 0, label, looks[look])
        for column, value in enumerate(values, 1):
            if isinstance(value, int):
                self.sheet.write_number(self.next, column, value, looks["number"])
            else:
                self.sheet.write_string(self.next, column, value, looks["head" if look == "head" else "text"])
        self.next += 1


def _facts(figures: Figures, as_of: date) -> dict[str, str | int]:
    errors = sum(count for (_, severity), count in figures.findings.items() if severity == "error")
    return {
        "as_of": as_of.isoformat(),
        "engine": __version__,
        "workbooks": len(figures.lines),
        "unreadable": figures.unreadable,
        "errors": errors,
        "warnings": sum(figures.findings.values()) - errors,
        "to_judge": figures.to_judge,
    }


def _write_levels(writer: _Writer, figures: Figures) -> None:
    start = _begin(writer, "by_department", [shown(f"level.{level.key}") for level in Level], "department")
    ranked = sorted(figures.levels, key=lambda name: (-sum(figures.levels[name].values()), name))
    for name in sorted(ranked[:_MOST_DEPARTMENTS]):
        writer.row(name, [figures.levels[name][level] for level in Level])
    rest = ranked[_MOST_DEPARTMENTS:]
    if rest:
        writer.row(f"+ {len(rest)}", [sum(figures.levels[name][level] for name in rest) for level in Level])
    if ranked:
        series = [(column, _COLORS[level]) for column, level in enumerate(Level, 1)]
        _insert(writer, "by_department", {"type": "bar", "subtype": "stacked"}, start, series)


def _write_kinds(writer: _Writer, figures: Figures) -> None:
    headers = [shown(f"summary.{key}") for key in ("count", "severity", "code")]
    start = _begin(writer, "by_finding", headers, "kind")
    common = figures.findings.most_common()
    for (code, severity), count in sorted(common[:_MOST_KINDS], key=lambda one: (-one[1], one[0])):
        kind = message(code)
        writer.row(f"{kind.gist}\n{kind.gist_en}", [count, shown(f"summary.{severity}s"), code])
    if rest := common[_MOST_KINDS:]:
        writer.row(f"+ {len(rest)}", [sum(count for _, count in rest)])
    if common:
        _insert(writer, "by_finding", {"type": "bar"}, start, [(1, STYLES["title"].color)])


def _write_states(writer: _Writer, figures: Figures) -> None:
    start = _begin(writer, "by_state", [shown("summary.count")], "state")
    for state in State:
        writer.row(shown(f"result_state.{state.value}"), [figures.states[state]])
    if figures.states:
        _insert(writer, "by_state", {"type": "column"}, start, [(1, STYLES["title"].color)])


def _begin(writer: _Writer, heading: str, headers: list[str], first: str) -> int:
    """Write heading and header of a small table and return the row of the header."""
    writer.next += 1
    writer.line("heading", shown(f"summary.{heading}"))
    writer.row(shown(f"summary.{first}"), headers, "head")
    return writer.next - 1


def _insert(writer: _Writer, title: str, kind: dict[str, str], head: int, series: list[tuple[int, str]]) -> None:
    name, last = writer.sheet.get_name(), writer.next - 1
    chart = _chart(writer.pen, kind, shown(f"summary.{title}"))
    for column, color in series:
        chart.add_series(
            {
                "name": [name, head, column],
                "categories": [name, head + 1, 0, last, 0],
                "values": [name, head + 1, column, last, column],
                "fill": {"color": color},
                "gap": 60,
            }
        )
    counts = {"num_format": "0", "min": 0, "num_font": _TEXT, "major_gridlines": {"visible": True, "line": _PALE}}
    if kind["type"] == "bar":
        chart.set_y_axis({"reverse": True, "num_font": _TEXT})
        chart.set_x_axis(counts)
    else:
        chart.set_y_axis(counts)
    if len(series) == 1:
        chart.set_legend({"none": True})
    height = max(260, 90 + _PIXELS_A_BAR[title] * (last - head))
    chart.set_size({"width": 640, "height": height})
    writer.sheet.insert_chart(head - 1, _CHART_COLUMN, chart)
    writer.next = max(writer.next, head + height // _PIXELS_A_ROW)


def _chart(pen: Pen, kind: dict[str, str], title: str) -> Any:
    chart = pen.book.add_chart(kind)
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 12}})
    chart.set_legend({"position": "bottom", "font": _TEXT})
    return chart
