"""The summary as one HTML file: no network, no script from elsewhere; charts as drawings, a filter as you type.

Built as a tree, never as text put together, so that whatever people wrote stays text.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from lxml import etree
from lxml.html import builder as E  # noqa: N812 - the builder's own name

from xlsaddin import __version__
from xlsaddin.assessment.model import Level, State
from xlsaddin.codes import message
from xlsaddin.files import replacing
from xlsaddin.report.outcomes import Result
from xlsaddin.report.summary_workbook_figures import (
    Deadline,
    Figures,
    Line,
    count_figures,
    hits_to_judge,
    line_of,
    open_findings,
)
from xlsaddin.report.summary_workbook_sheets import shown
from xlsaddin.workbook.labels import Language, word_lines

__all__ = ["write_html"]

_STYLE = """
:root{--ink:#1f2a37;--quiet:#5b6678;--line:#c9d1dc;--indigo:#27406b}
*{box-sizing:border-box}
body{font:15px/1.6 "Yu Gothic UI","Yu Gothic",Meiryo,"Noto Sans CJK JP",sans-serif;color:var(--ink);margin:0 auto;
max-width:1240px;padding:24px}
h1{font-size:24px;color:var(--indigo);margin:0}h2{font-size:18px;color:var(--indigo);margin:32px 0 8px}
p{margin:4px 0}.quiet{color:var(--quiet);font-size:13px}
dl{display:flex;flex-wrap:wrap;gap:12px;margin:16px 0}
dl div{border:1px solid var(--line);border-radius:6px;padding:8px 16px;min-width:130px}
dt{color:var(--quiet);font-size:12px}dd{margin:0;font-size:22px;font-weight:600}
table{border-collapse:collapse;width:100%;font-size:13px}
th,td{border:1px solid var(--line);padding:4px 8px;text-align:left;vertical-align:top;overflow-wrap:break-word;
max-width:560px}
th{background:var(--indigo);color:#fff;position:sticky;top:0}
td.n{text-align:right}
.low{background:#e4f1e8;color:#1e5e3a}.moderate{background:#fcebc8;color:#7a4b00}
.high{background:#f8ddd6;color:#8c2a16}.critical{background:#8c2a16;color:#fff}
input{font:inherit;padding:6px 10px;width:100%;max-width:480px;border:1px solid var(--line);border-radius:6px}
svg text{font-size:12px;fill:var(--ink)}
a{color:#2b5c9e}@media print{input,label{display:none}body{max-width:none}}
"""
_SCRIPT = """
document.querySelectorAll("input[data-table]").forEach(function(box){
box.addEventListener("input",function(){
var wanted=box.value.normalize("NFKC").toLowerCase().split(/\\s+/).filter(Boolean),seen=0;
document.querySelectorAll("#"+box.dataset.table+" tbody tr").forEach(function(row){
var text=row.textContent.normalize("NFKC").toLowerCase();
row.hidden=!wanted.every(function(word){return text.includes(word)});
if(!row.hidden)seen+=1});
document.getElementById(box.dataset.table+"-count").textContent=seen})});
"""
_BAR, _GAP, _LABEL, _WIDTH = 24, 8, 340, 960
_COLORS = {Level.LOW: "#1e5e3a", Level.MODERATE: "#c98a1b", Level.HIGH: "#c4593f", Level.CRITICAL: "#8c2a16"}


def write_html(target: Path, entries: Sequence[Result], *, as_of: date, deadlines: Sequence[Deadline] = ()) -> Figures:
    """Write the report and return its figures; links to reviewed copies are written as seen from the file.

    Args:
        entries: JSON object of each workbook, read more than once, one by one. as_of: the day judged by.
        deadlines: what is due.
    """
    figures = count_figures(entries)
    lines, folder = figures.lines, target.parent
    hits = (_hit_row(line, one) for line, entry in _with_lines(entries) for one in hits_to_judge(entry))
    findings = (_finding_row(line, one) for line, entry in _with_lines(entries) for one in open_findings(entry))
    with replacing(target) as temporary, etree.htmlfile(str(temporary), encoding="utf-8") as page:
        page.write_doctype("<!DOCTYPE html>")
        with page.element("html", lang="ja"):
            page.write(_head())
            with page.element("body"):
                said = f"{shown('summary.as_of')} {as_of.isoformat()} · xlsaddin {__version__}"
                page.write(E.H1(shown("summary.title")), E.P(said, E.CLASS("quiet")), _counts(figures))
                page.write(_title("by_department"), _levels_chart(figures))
                page.write(_title("by_finding"), _kinds_chart(figures))
                page.write(_title("workbooks"))
                _write_table(page, "workbooks", _WORKBOOKS, len(lines), (_line_row(one, folder) for one in lines))
                page.write(_title("to_judge"))
                _write_table(page, "hits", _HITS, figures.waiting, hits)
                page.write(_title("findings", "summary_sheet"))
                _write_table(page, "findings", _FINDINGS, sum(figures.findings.values()), findings)
                page.write(_title("deadlines", "summary_sheet"))
                _write_table(page, "deadlines", _DUE, len(deadlines), map(_due_row, deadlines))
                page.write(_title("lists", "summary_sheet"))
                _write_table(page, "lists", _LISTS, len(figures.lists), _list_rows(figures))
                page.write(*[E.P(text, E.CLASS("quiet")) for text in word_lines("note.footer", Language.BOTH)])
                page.write(_raw(E.SCRIPT, _SCRIPT))
    return figures


def _with_lines(entries: Iterable[Result]) -> Iterator[tuple[Line, Result]]:
    return ((line_of(entry), entry) for entry in entries)


_WORKBOOKS = ("level", "state", "department", "subject", "form", "errors", "warnings", "to_judge", "file")
_HITS = ("level", "department", "subject", "written", "listed", "list", "why")
_FINDINGS = ("severity", "code", "department", "subject", "sheet", "cell", "message")
_DUE = ("due", "role", "case", "subject", "message")
_LISTS = ("list", "edition", "entries", "age", "usable")


def _head() -> Any:
    """Return the head; nothing is loaded, and only our own style and script may act."""
    policy = f"default-src 'none'; style-src '{_digest(_STYLE)}'; script-src '{_digest(_SCRIPT)}'; base-uri 'none'"
    return E.HEAD(
        E.META(charset="utf-8"),
        E.META({"http-equiv": "Content-Security-Policy", "content": policy}),
        E.META(name="viewport", content="width=device-width, initial-scale=1"),
        E.TITLE(shown("summary.title")),
        _raw(E.STYLE, _STYLE),
    )


def _raw(element: Any, content: str) -> Any:
    made = element()
    made.text = content
    return made


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode()


def _title(key: str, group: str = "summary") -> Any:
    return E.H2(shown(f"{group}.{key}"))


def _counts(figures: Figures) -> Any:
    errors = sum(count for (_, severity), count in figures.findings.items() if severity == "error")
    counts = {
        "workbooks": len(figures.lines),
        "unreadable": figures.unreadable,
        "errors": errors,
        "warnings": sum(figures.findings.values()) - errors,
        "to_judge": figures.to_judge,
    }
    boxes = [E.DIV(E.DT(shown(f"summary.{key}")), E.DD(f"{value:,}")) for key, value in counts.items()]
    states = [E.DIV(E.DT(shown(f"result_state.{one.value}")), E.DD(f"{figures.states[one]:,}")) for one in State]
    return E.DL(*boxes, *states)


def _levels_chart(figures: Figures) -> Any:
    rows = [
        (name, [(figures.levels[name][level], _COLORS[level], shown(f"level.{level.key}")) for level in Level])
        for name in sorted(figures.levels)
    ]
    return _bars(rows, [(shown(f"level.{level.key}"), _COLORS[level]) for level in Level])


def _kinds_chart(figures: Figures) -> Any:
    ranked = sorted(figures.findings.items(), key=lambda one: (-one[1], one[0]))[:20]
    rows = [(_kind(code, severity), [(count, "#27406b", code)]) for (code, severity), count in ranked]
    return _bars(rows, [])


def _kind(code: str, severity: str) -> str:
    found = message(code)
    return f"{shown(f'summary.{severity}s').split(' / ')[0]}: {found.gist}\n{found.gist_en}"


def _bars(rows: Sequence[tuple[str, Sequence[tuple[int, str, str]]]], legend: Sequence[tuple[str, str]]) -> Any:
    """Return horizontal bars, each made of parts (count, colour, what it is), with the numbers written beside."""
    if not rows:
        return E.P(shown("summary.none"))
    most = max(sum(count for count, _, _ in parts) for _, parts in rows) or 1
    room = _WIDTH - _LABEL - 60
    drawn: list[Any] = []
    for number, (text, color) in enumerate(legend):
        drawn += [_rect(_LABEL + number * 150, 4, 12, 12, color), _text(_LABEL + number * 150 + 18, 15, text)]
    top = 28 if legend else 0
    for number, (name, parts) in enumerate(rows):
        y, x = top + number * (_BAR + _GAP), float(_LABEL)
        lines = name.split("\n")
        for place, line in enumerate(lines):
            drawn.append(_text(_LABEL - 8, y + (15 if len(lines) == 1 else 9 + 12 * place), line[:48], anchor="end"))
        for count, color, what in parts:
            width = room * count / most
            if count:
                drawn.append(_rect(x, y, width, _BAR, color, f"{name} {what} {count}"))
            x += width
        drawn.append(_text(x + 6, y + 15, str(sum(count for count, _, _ in parts))))
    height = top + len(rows) * (_BAR + _GAP)
    chart = etree.Element("svg", viewBox=f"0 0 {_WIDTH} {height}", width="100%", role="img")
    chart.extend(drawn)
    return chart


def _rect(x: float, y: float, width: float, height: float, color: str, title: str = "") -> Any:
    made = etree.Element("rect", x=f"{x:.1f}", y=f"{y:.1f}", width=f"{width:.1f}", height=f"{height:.1f}", fill=color)
    if title:
        etree.SubElement(made, "title").text = title
    return made


def _text(x: float, y: float, text: str, anchor: str = "start") -> Any:
    made = etree.Element("text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor})
    made.text = text
    return made


def _write_table(page: Any, name: str, columns: Sequence[str], count: int, rows: Iterable[Any]) -> None:
    """Write a table row by row, with a box to filter it and the number of rows shown."""
    if not count:
        page.write(E.P(shown("summary.none")))
        return
    box = E.INPUT({"type": "search", "data-table": name, "aria-label": shown("summary.search")})
    page.write(E.P(E.LABEL(shown("summary.search"), " ", box), " ", E.SPAN(str(count), id=f"{name}-count")))
    with page.element("table", id=name):
        page.write(E.THEAD(E.TR(*[E.TH(shown(f"summary.{column}")) for column in columns])))
        with page.element("tbody"):
            for row in rows:
                page.write(row)


def _cells(values: Iterable[Any]) -> list[Any]:
    return [E.TD(f"{one:,}", E.CLASS("n")) if isinstance(one, int) else E.TD(_clean(str(one or ""))) for one in values]


def _clean(text: str) -> str:
    """Return a text without the control characters that no document may hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")


def _level_cell(line: Line) -> Any:
    if line.level is None or not line.rated:
        return E.TD(shown("summary.unreadable" if line.level is None else "summary.not_rated"))
    if line.other is not None:
        other = f"{shown(f'institution.{line.other.institution}')}: {shown(f'level.{line.other.level.key}')}"
        return E.TD(shown(f"level.{line.level.key}"), E.BR(), E.SMALL(other), E.CLASS(line.level.key))
    return E.TD(shown(f"level.{line.level.key}"), E.CLASS(line.level.key))


def _line_row(line: Line, folder: Path | None) -> Any:
    state = shown(f"result_state.{line.state.value}") if line.state else line.problem
    values = [state, line.department, line.subject, line.form, line.errors, line.warnings, line.to_judge]
    name = _clean(PurePath(line.path).name)
    link = E.A(name, href=_address(line.reviewed, folder)) if line.reviewed else name
    return E.TR(_level_cell(line), *_cells(values), E.TD(link))


def _address(path: str, folder: Path | None) -> str:
    """Return the address of a file as seen from the page."""
    try:
        shown_path = os.path.relpath(path, folder) if folder else path
    except ValueError:  # another drive
        return Path(path).resolve().as_uri()
    return quote(shown_path.replace("\\", "/"))


def _finding_row(line: Line, finding: Mapping[str, Any]) -> Any:
    message = f"{finding['message_ja']} / {finding['message_en']}"
    severity = shown(f"summary.{finding['severity']}s")
    place = [finding["sheet"], finding["cell"], message]
    return E.TR(*_cells([severity, finding["code"], line.department, line.subject, *place]))


def _hit_row(line: Line, hit: Mapping[str, Any]) -> Any:
    values = [line.department, line.subject, hit["query"], hit["name"], f"{hit['list']}:{hit['entry']}", _why(hit)]
    return E.TR(_level_cell(line), *_cells(values))


def _why(hit: Mapping[str, Any]) -> str:
    return " ".join(" / ".join(hit.get(key, ())) for key in ("why", "why_en")).strip()


def _due_row(deadline: Deadline) -> Any:
    text = f"{deadline.ja} / {deadline.en}"
    due = deadline.due.isoformat() if deadline.due else ""
    return E.TR(*_cells([due, shown(f"work_role.{deadline.role}"), deadline.case, deadline.subject, text]))


def _list_rows(figures: Figures) -> Iterable[Any]:
    for key in sorted(figures.lists):
        use = figures.lists[key]
        usable = shown("summary.yes" if use["usable"] else "summary.no")
        yield E.TR(*_cells([use["id"], use["edition"], use["entries"], use["age_days"], usable]))
