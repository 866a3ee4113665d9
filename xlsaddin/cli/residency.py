"""`xlsaddin residency`: residency and specific categories of cases in a JSON file, with the reasons."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from xlsaddin.assessment.residency import Case, ResidencyResult


def residency(
    file: Annotated[Path, typer.Argument(help='JSON {"cases": [...]} の入力ファイル / JSON file of cases.')],
    as_json: Annotated[bool, typer.Option("--json", help="結果を JSON で出力 / Print the results as JSON.")] = False,
) -> None:
    """外為法の居住性・特定類型を判定する / Determine residency and specific categories of the cases in a file."""
    from xlsaddin.assessment.residency import assess_residency
    from xlsaddin.assessment.residency_json import read_cases, render_result

    results = [(case, assess_residency(case)) for case in read_cases(file)]
    if as_json:
        json.dump(
            {"results": [render_result(case, result) for case, result in results]},
            sys.stdout,
            ensure_ascii=False,
            indent=1,
        )
        sys.stdout.write("\n")
    else:
        _print_table(results)


def _print_table(results: list[tuple[Case, ResidencyResult]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("ID", "居住性 / Residency", "特定類型 / Category")
    table.add_column("理由 / Why", overflow="fold")  # Japanese has no spaces to break at
    for case, result in results:
        why = "\n".join(f"{ja}\n{en}" for ja, en in zip(result.why_ja, result.why_en, strict=True))
        table.add_row(case.id, _LABELS[result.residency], ", ".join(result.specific_category) or "-", why)
    Console().print(table)


_LABELS = {
    "resident": "居住者 / Resident",
    "non_resident": "非居住者 / Non-resident",
    "undetermined": "判断未定 / Undetermined",
}
