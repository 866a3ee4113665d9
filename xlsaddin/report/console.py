"""Results for a person at a terminal: one row a workbook, then what to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from xlsaddin.assessment.model import Level, State
from xlsaddin.findings import Finding, Severity
from xlsaddin.report.outcomes import Result, lists_of, to_judge
from xlsaddin.review_model import Review

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["print_results"]

_LEVELS: Mapping[Level, tuple[str, str]] = {
    Level.LOW: ("低 low", ""),
    Level.MODERATE: ("中 moderate", "yellow"),
    Level.HIGH: ("高 high", "bold dark_orange"),
    Level.CRITICAL: ("極めて高 critical", "bold red"),
}
_STATES: Mapping[State, str] = {
    State.FINAL: "確定 final",
    State.PROVISIONAL: "暫定 provisional",
    State.INCONCLUSIVE: "判定不能 inconclusive",
}
_SEVERITIES: Mapping[Severity, str] = {
    Severity.ERROR: "誤り error",
    Severity.WARNING: "要確認 warning",
    Severity.NOTE: "参考 note",
}


def print_results(results: Iterable[Result], *, details: bool = True) -> None:
    """Print a table of all files, the lists they rest on, and (with `details`) every finding but notes."""
    from rich.console import Console

    everything = list(results)
    console = Console(highlight=False, soft_wrap=False)
    console.print(_table(everything))
    for use in lists_of(result for _, result in everything if isinstance(result, Review)):
        shown = f"{use.title_ja} {use.edition} ({use.entries:,}件)" if use.usable else use.failure_ja
        console.print(f"リスト / list  {use.id}: {shown}", markup=False, style="dim")
    if not details:
        return
    for path, result in everything:
        findings = result.findings if isinstance(result, Review) else (result,)
        for finding in findings:
            if finding.severity is not Severity.NOTE:
                console.print(_line(path, finding), markup=False)


def _table(results: Iterable[Result]) -> Table:
    from rich.table import Table

    table = Table(title="点検結果 / Results", title_justify="left")
    for header in ("ファイル file", "様式 form", "区分 level", "状態 state"):
        table.add_column(header, overflow="fold")
    for header in ("誤り errors", "要確認 warnings", "判断待ち to judge"):
        table.add_column(header, justify="right")
    for path, result in results:
        if not isinstance(result, Review):
            table.add_row(path, "-", "[bold red]読めない unreadable[/]", "-", "-", "-", "-")
            continue
        word, style = _LEVELS[result.assessment.level]
        counts = [sum(finding.severity is kind for finding in result.findings) for kind in Severity]
        table.add_row(
            path,
            result.checklist.key,
            f"[{style}]{word}[/]" if style else word,
            _STATES[result.assessment.state],
            str(counts[0]),
            str(counts[1]),
            str(to_judge(result)),
        )
    return table


def _line(path: str, finding: Finding) -> str:
    place = "!".join(part for part in (finding.location.sheet, finding.location.cell) if part)
    return f"{path}  {place}  [{_SEVERITIES[finding.severity]}] {finding.message_ja} / {finding.message_en}"
