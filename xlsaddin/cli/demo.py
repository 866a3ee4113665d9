"""`xlsaddin demo`: a realistic case from empty templates to reviewed workbooks, by the product's own code."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from xlsaddin.cli import exits

DAY = date(2026, 9, 1)
"""The day the fictional case is judged by; its declarations are dated that day."""


def demo(
    out: Annotated[Path, typer.Option(help="作成先フォルダー / Folder for the workbooks.")] = Path("xlsaddin-demo"),
) -> None:
    """架空の課題で作成から評価まで試す / Build, fill, check and assess the workbooks of a fictional project."""
    from rich.console import Console

    from xlsaddin.batch.demonstration import fill_workbooks
    from xlsaddin.batch.gathering import gather_tasks
    from xlsaddin.batch.running import Plan, run_batch
    from xlsaddin.cli.check import warn_about_lists
    from xlsaddin.report.console import print_results
    from xlsaddin.report.html import write_html
    from xlsaddin.report.outcomes import Tally, counted
    from xlsaddin.report.summary_workbook import write_summary_workbook
    from xlsaddin.watchlist.store import ListStore

    console = Console(highlight=False, soft_wrap=True)
    received, reviewed = out / "received", out / "reviewed"
    filled = fill_workbooks(ListStore(), DAY, received)
    console.print(f"記入済みの様式 / filled workbooks: {received}", markup=False)
    for workbook in filled.workbooks:
        console.print(f"  {workbook.path.name}: {workbook.shows_ja} / {workbook.shows_en}", markup=False)
    console.print(f"掲載機関の出典 / listed bodies taken from: {filled.list_id}\n", markup=False)
    tally = Tally()
    results = list(counted(run_batch(Plan(DAY), gather_tasks([received], reviewed)), tally))
    shown = [{**result, "path": Path(result["path"]).name} for result in results]
    print_results(shown, tally.lists, details=False)
    console.print(f"\n点検済みの写し / reviewed workbooks: {reviewed}", markup=False)
    summary = out / "summary.xlsx"
    write_summary_workbook(summary, results, as_of=DAY)
    write_html(summary.with_suffix(".html"), results, as_of=DAY)
    console.print(f"まとめ / summary: {summary}, {summary.with_suffix('.html').name}", markup=False)
    warn_about_lists(tally.lists)
    unreadable = [result for result in results if result["assessment"] is None]
    for result in unreadable:
        name, why = Path(result["path"]).name, result["findings"][0]
        exits.say(f"{name}: {why['message_ja']}", f"{name}: {why['message_en']}")
    if unreadable:
        raise typer.Exit(exits.INCONCLUSIVE)
