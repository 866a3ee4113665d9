"""`xlsaddin lists`: which lists there are, taking them in, updating them, comparing editions."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xlsaddin.cli import exits, lists_shown

if TYPE_CHECKING:
    from xlsaddin.watchlist.model import ListUse
    from xlsaddin.watchlist.update import UpdateResult

app = typer.Typer(
    help="リストの状況・取込・更新・版の比較 / Watch lists: status, import, update, compare.", no_args_is_help=True
)

_Day = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="基準日 / The day looked at.")]


@app.command()
def status(as_of: _Day = None) -> None:
    """取り込んであるリストの版・件数・確認日を表示 / Show each list's edition, count and age."""
    from xlsaddin.watchlist.sources import load_definitions
    from xlsaddin.watchlist.store import ListStore

    day = as_of.date() if as_of else date.today()
    uses = ListStore().status(day)
    published = [known for known, it in load_definitions().items() if not it.source.sample]
    loaded = {use.id for use in uses}
    lists_shown.print_status(uses, day, [known for known in published if known not in loaded])
    for use in uses:
        if not use.usable:
            exits.say(use.failure_ja, use.failure_en)
    if not loaded.intersection(published):
        exits.say(
            "公表されているリストがありません。照合結果に意味はありません。次を実行してください: xlsaddin lists update",
            "No published list is loaded: screening means nothing yet. Run: xlsaddin lists update",
        )
    raise typer.Exit(_status_code(uses))


def _status_code(uses: tuple[ListUse, ...]) -> int:
    if not all(use.usable for use in uses):
        return exits.INCONCLUSIVE
    return exits.LOOK if any(use.stale or use.sample for use in uses) else exits.CLEAN


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
    store = ListStore()
    result = store.import_file(file, list_id, title, edition=day, accept_removals=accept_removals)
    lists_shown.print_result(result)
    if result.outcome.value == "added" and store.use(result.list_id, date.today()).edition == result.edition:
        lists_shown.print_cautions(result, dated_by_hand=day is not None)


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
            lists_shown.print_result(one.result)
        elif one.outcome is updating.UpdateOutcome.UNCHANGED:
            print(f"{list_id}: 最新です / up to date")
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

    lists_shown.print_diff(ListStore().diff(list_id, from_edition, to_edition))


@app.command()
def template(
    out: Annotated[Path, typer.Option(help="書き出すフォルダ / Folder to write to.")] = Path(),
) -> None:
    """独自リストのひな形(xlsx と csv)を書き出す / Write templates for an institution's own list."""
    from xlsaddin.watchlist.own_template import write_templates

    for path in write_templates(out):
        print(path)
