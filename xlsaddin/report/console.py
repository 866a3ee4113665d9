"""Results for a person at a terminal: one row a workbook, then what to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from xlsaddin.codes import Severity
from xlsaddin.report.outcomes import Result, count_findings, lists_of

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["print_results"]

_LEVELS: Mapping[str, tuple[str, str]] = {
    "low": ("低 low", ""),
    "moderate": ("中 moderate", "yellow"),
    "high": ("高 high", "bold dark_orange"),
    "critical": ("極めて高 critical", "bold red"),
}
_STATES: Mapping[str, str] = {
    "final": "確定 final",
    "provisional": "暫定 provisional",
    "inconclusive": "判定不能 inconclusive",
}
_LAYERS: Mapping[str, str] = {
    "lead": "研究代表機関 lead institution",
    "joint": "共同研究機関 joint institution",
}
_SEVERITIES: Mapping[str, str] = {
    Severity.ERROR: "誤り error",
    Severity.WARNING: "要確認 warning",
    Severity.NOTE: "参考 note",
}


def print_results(results: Iterable[Result], *, details: bool = True) -> None:
    """Print a table of all files, the lists they rest on, and (with `details`) every finding but notes."""
    from rich.console import Console

    everything = list(results)
    console = Console(highlight=False, soft_wrap=True)
    console.print(_table(everything))
    for use in lists_of(everything):
        shown = f"{use['title']} {use['edition']} ({use['entries']:,}件)" if use["usable"] else use["failure"]["ja"]
        console.print(f"リスト / list  {use['id']}: {shown}", markup=False, style="dim")
    for result in everything if details else ():
        for finding in result["findings"]:
            if finding["severity"] != Severity.NOTE:
                console.print(_line(result["path"], finding), markup=False)


def _table(results: Iterable[Result]) -> Table:
    from rich.table import Table

    table = Table(title="点検結果 / Results", title_justify="left")
    for header in ("ファイル file", "様式 form", "区分 level", "状態 state"):
        table.add_column(header, overflow="fold")
    for header in ("誤り errors", "要確認 warnings", "判断待ち to judge"):
        table.add_column(header, justify="right")
    for result in results:
        if result["assessment"] is None:
            table.add_row(result["path"], "-", "[bold red]読めない unreadable[/]", "-", "-", "-", "-")
            continue
        word, style = _LEVELS[result["assessment"]["level"]]
        table.add_row(
            result["path"],
            result["checklist"],
            f"[{style}]{word}[/]" if style else word,
            _STATES[result["assessment"]["state"]],
            str(count_findings(result, Severity.ERROR)),
            str(count_findings(result, Severity.WARNING)),
            str(result["to_judge"]),
        )
        for layer in result.get("layers", ()):
            table.add_row(*_layer_row(layer))
    return table


def _layer_row(layer: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the row of one of the two institutions that check a Co-PI."""
    word, style = _LEVELS[layer["level"]]
    shown = f"[{style}]{word}[/]" if style else word
    return (
        f"  └ {_LAYERS[layer['layer']]}",
        layer["clauses"][0],
        shown,
        _STATES[layer["state"]],
        "",
        "",
        str(layer["to_judge"]),
    )


def _line(path: str, finding: Mapping[str, Any]) -> str:
    place = "!".join(part for part in (finding["sheet"], finding["cell"]) if part)
    return f"{path}  {place}  [{_SEVERITIES[finding['severity']]}] {finding['message_ja']} / {finding['message_en']}"
