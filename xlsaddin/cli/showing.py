"""What several commands print alike: findings of a workbook, plain tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsaddin.findings import Finding

_SEVERITIES = {"error": "誤り error", "warning": "要確認 warning", "note": "参考 note"}


def print_findings(findings: Iterable[Finding]) -> None:
    """Print findings with their places, notes left out."""
    from xlsaddin.findings import Severity

    for finding in findings:
        if finding.severity is not Severity.NOTE:
            place = "!".join(filter(None, (finding.location.sheet, finding.location.cell))) or "-"
            print(f"{_SEVERITIES[finding.severity]}  {place}  {finding.code}")
            print(f"  {finding.message_ja}\n  {finding.message_en}")


def print_table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; where the output is no terminal nothing is folded."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=250)
    table = Table(*headers)
    for row in rows:
        table.add_row(*row)
    console.print(table)
