"""Results for a person at a terminal: one row a workbook, then what to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from xlsaddin.codes import Severity
from xlsaddin.report.outcomes import Result, count_findings, is_rated

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


_ROWS = 500
"""Files in one table: of more a table each, so that no table grows with the batch."""


def print_results(results: Sequence[Result], lists: Iterable[Result], *, details: bool = True) -> None:
    """Print a table of all files, the lists they rest on, and (with `details`) every finding but notes.

    Args:
        results: read twice, one by one.
    """
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    rows = iter(results)
    for _ in range(0, len(results), _ROWS):
        console.print(_table(islice(rows, _ROWS)))
    for use in lists:
        shown = f"{use['title']} {use['edition']} ({use['entries']:,}件)" if use["usable"] else use["failure"]["ja"]
        console.print(f"リスト / list  {use['id']}: {shown}", markup=False, style="dim")
    for result in results if details else ():
        for finding in result["findings"]:
            if finding["severity"] != Severity.NOTE:
                console.print(_line(result["path"], finding), markup=False)


def _table(results: Iterable[Result]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(title="点検結果 / Results", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("ファイル\nfile", overflow="fold")
    for header in ("様式\nform", "区分・状態\nlevel, state"):
        table.add_column(header, no_wrap=True)
    for header in ("誤り\nerrors", "要確認\nwarnings", "候補\nhits"):
        table.add_column(header, justify="right", no_wrap=True)
    for result in results:
        if result["assessment"] is None:
            table.add_row(result["path"], "-", "[bold red]読めない unreadable[/]", "-", "-", "-")
            continue
        table.add_row(
            result["path"],
            result["checklist"],
            _outcome(result["assessment"], rated=is_rated(result["checklist"])),
            str(count_findings(result, Severity.ERROR)),
            str(count_findings(result, Severity.WARNING)),
            str(result["to_judge"]),
        )
        for layer in result.get("layers", ()):
            table.add_row(*_layer_row(layer))
    return table


def _outcome(result: Mapping[str, Any], *, rated: bool = True) -> str:
    """Return level and state, one below the other; a form nobody rates has no level."""
    word, style = _LEVELS[result["level"]] if rated else ("区分なし not rated", "")
    return (f"[{style}]{word}[/]" if style else word) + "\n" + _STATES[result["state"]]


def _layer_row(layer: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the row of one of the two institutions that check a Co-PI."""
    return (
        f"  └ {_LAYERS[layer['layer']]}",
        layer["clauses"][0],
        _outcome(layer),
        "",
        "",
        str(layer["to_judge"]),
    )


def _line(path: str, finding: Mapping[str, Any]) -> str:
    place = "!".join(part for part in (finding["sheet"], finding["cell"]) if part)
    return f"{path}  {place}  [{_SEVERITIES[finding['severity']]}] {finding['message_ja']} / {finding['message_en']}"
