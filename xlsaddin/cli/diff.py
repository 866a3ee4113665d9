"""`xlsaddin diff`: what differs between two of our workbooks, by item and row, not by address."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from xlsaddin.cli import exits


def diff(
    before: Annotated[Path, typer.Argument(help="前のブック / Earlier workbook.")],
    after: Annotated[Path, typer.Argument(help="後のブック / Later workbook.")],
    out: Annotated[Path | None, typer.Option(help="差分を書くブック(.xlsx) / Workbook to write.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="結果を JSON で出力 / Print the results as JSON.")] = False,
) -> None:
    """Compare two workbooks of the same form; moved and sorted rows are no difference."""
    from xlsaddin.cli.showing import print_table
    from xlsaddin.exchange.difference.compare import compare_versions
    from xlsaddin.exchange.difference.render import HEADERS, plan_difference, render_difference, table_rows
    from xlsaddin.exchange.difference.version import read_version
    from xlsaddin.files import write_bytes
    from xlsaddin.workbook.build import build_book

    difference = compare_versions(read_version(before), read_version(after))
    if out is not None:
        write_bytes(out, build_book(plan_difference(difference)))
    if as_json:
        json.dump(render_difference(difference), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        print_table(HEADERS, table_rows(difference))
    raise typer.Exit(exits.LOOK if difference.changes else exits.CLEAN)
