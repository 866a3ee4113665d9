"""`xlsaddin lists`: which lists there are, taking them in, updating them, comparing editions."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from xlsaddin.cli import exits

if TYPE_CHECKING:
    from xlsaddin.watchlist.diff import ListDiff
    from xlsaddin.watchlist.model import ListUse
    from xlsaddin.watchlist.taking_in import ImportResult
    from xlsaddin.watchlist.update import UpdateResult

app = typer.Typer(
    help="リストの状況・取込・更新・版の比較 / Watch lists: status, import, update, compare.", no_args_is_help=True
)

_Day = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="基準日 / The day looked at.")]
_SHOWN = 20
_PIPED_WIDTH = 200  # columns when the output is no terminal: nothing should be folded into a file


@app.command()
def status(as_of: _Day = None) -> None:
    """取り込んであるリストの版・件数・確認日を表示 / Show each list's edition, count and age."""
    from xlsaddin.watchlist.sources import load_definitions
    from xlsaddin.watchlist.store import ListStore

    day = as_of.date() if as_of else date.today()
    uses = ListStore().status(day)
    _console().print(_status_table(uses, day))
    loaded = {use.id for use in uses}
    missing = [known for known, it in load_definitions().items() if known not in loaded and not it.source.sample]
    _console().print("未取込 / not loaded: " + (", ".join(missing) or "-"), soft_wrap=True, highlight=False)
    if all(use.sample for use in uses):
        exits.say(
            "実在のリストがありません。照合結果に意味はありません。次を実行してください: xlsaddin lists update",
            "No real list is loaded: screening means nothing yet. Run: xlsaddin lists update",
        )
    raise typer.Exit(_status_code(uses))


@app.command("import")
def import_list(
    file: Annotated[
        Path, typer.Argument(help="公表元のファイル・フォルダ・ZIP、又は独自リスト / File, folder or ZIP.")
    ],
    list_id: Annotated[
        str | None, typer.Option("--list", help="独自リストの ID (own_...) / Id of an own list.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="独自リストの題名 / Title of an own list.")] = None,
    edition: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="版の日付 / Date of the edition, if not in the file.")
    ] = None,
    accept_removals: Annotated[
        bool, typer.Option("--accept-removals", help="大きく減っていても取り込む / Take it in although much is gone.")
    ] = False,
) -> None:
    """リストのファイルを検証して取り込む / Verify a list file and take it in."""
    from xlsaddin.watchlist.store import ListStore

    day = edition.date() if edition else None
    result = ListStore().import_file(file, list_id, title, edition=day, accept_removals=accept_removals)
    _print_result(result)


@app.command()
def update(
    list_ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="既定は自動取得できる全リスト")
    ] = None,
    mirror: Annotated[
        str, typer.Option(envvar="XLSADDIN_LIST_MIRROR", help="機関内の写しの所在 / Address of an internal mirror.")
    ] = "",
) -> None:
    """公表元から最新の版を取得して取り込む / Fetch the newest editions from their publishers."""
    from xlsaddin.watchlist import update as updating
    from xlsaddin.watchlist.fetching import Fetcher
    from xlsaddin.watchlist.store import ListStore

    fetcher = Fetcher(updating.limits(date.today()), mirror)
    ids = list_ids or updating.updatable_lists()
    results: list[UpdateResult] = []
    for list_id in ids:
        one = updating.update_lists(ListStore(), fetcher, [list_id])[0]
        results.append(one)
        if one.result:
            _print_result(one.result)
        elif one.outcome is updating.UpdateOutcome.UNCHANGED:
            _console().print(f"{list_id}: 最新です / up to date")
        else:
            exits.say(f"{list_id}: {one.failure_ja}", f"{list_id}: {one.failure_en}")
    failed = sum(one.outcome is updating.UpdateOutcome.FAILED for one in results)
    raise typer.Exit(exits.INCONCLUSIVE if failed == len(results) else exits.LOOK if failed else exits.CLEAN)


@app.command()
def diff(
    list_id: Annotated[str, typer.Argument(metavar="ID", help="リストの ID")],
    from_edition: Annotated[str | None, typer.Option("--from", help="古い版 / Older edition.")] = None,
    to_edition: Annotated[str | None, typer.Option("--to", help="新しい版 / Newer edition.")] = None,
) -> None:
    """2つの版の違いを、正規化した名称で表示 / Show what one edition changed against another."""
    from xlsaddin.watchlist.store import ListStore

    found = ListStore().diff(list_id, from_edition, to_edition)
    _console().print(_diff_table(found))
    _console().print(_diff_line(found), highlight=False)


@app.command()
def template(
    out: Annotated[Path, typer.Option(help="書き出すフォルダ / Folder to write to.")] = Path(),
) -> None:
    """独自リストのひな形(xlsx と csv)を書き出す / Write templates for an institution's own list."""
    from xlsaddin.watchlist.own_template import write_templates

    for path in write_templates(out):
        _console().print(os.fspath(path), highlight=False, soft_wrap=True)


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else _PIPED_WIDTH)


def _status_table(uses: tuple[ListUse, ...], day: date) -> Table:
    table = Table(title=f"リスト / Lists ({day.isoformat()})", box=None, title_justify="left")
    for heading in (
        "ID",
        "題名\nTitle",
        "版\nEdition",
        "件数\nEntries",
        "確認日\nConfirmed",
        "日数\nDays",
        "状態\nState",
    ):
        table.add_column(heading, overflow="fold", no_wrap=heading == "ID")
    for use in uses:
        confirmed = use.confirmed_on.isoformat() if use.confirmed_on else "-"
        row = (use.id, use.title_ja, use.edition or "-", f"{use.entries:,}", confirmed, str(use.age_days), _state(use))
        table.add_row(*row)
    return table


def _state(use: ListUse) -> str:
    if not use.usable:
        return f"使用不可 / unusable: {use.failure_ja}"
    if use.sample:
        return "架空の見本 / fictional sample"
    return "要更新 / stale" if use.stale else "OK"


def _status_code(uses: tuple[ListUse, ...]) -> int:
    if not all(use.usable for use in uses):
        return exits.INCONCLUSIVE
    return exits.LOOK if any(use.stale or use.sample for use in uses) else exits.CLEAN


def _print_result(result: ImportResult) -> None:
    """Print what a file was, and what it changed."""
    word = "取り込みました / added" if result.outcome.value == "added" else "取込済みです / already stored"
    in_force = f"{result.in_force_from.isoformat()} から有効 / in force"
    console = _console()
    line = f"{result.list_id} {result.edition} ({in_force}): {result.entries:,} 件 {word}"
    console.print(line, highlight=False, soft_wrap=True)
    if result.diff:
        console.print("  " + _diff_line(result.diff), highlight=False, soft_wrap=True)
    for note in result.notes[:_SHOWN]:
        console.print(f"  注 / note: {note}", highlight=False, soft_wrap=True, markup=False)


def _diff_line(found: ListDiff) -> str:
    counts = (
        f"追加 / added {len(found.added)}, 削除 / removed {len(found.removed)}, 変更 / changed {len(found.changed)}"
    )
    return f"{found.from_edition} -> {found.to_edition}: {counts}"


def _diff_table(found: ListDiff) -> Table:
    table = Table(title=f"{found.list_id}: {found.from_edition} -> {found.to_edition}", box=None, title_justify="left")
    for heading in ("", "No.", "名称 / Name", "変わった点 / What changed"):
        table.add_column(heading, overflow="fold")
    for sign, entries in (("+", found.added), ("-", found.removed)):
        for entry in entries:
            table.add_row(sign, entry.number, entry.name, "")
    for change in found.changed:
        table.add_row("~", change.after.number, change.after.name, ", ".join(change.facts))
    return table
