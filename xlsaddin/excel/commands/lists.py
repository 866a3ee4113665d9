"""Lists: which are in use, taking in the file that is open, fetching new editions."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

from xlsaddin.errors import ListError
from xlsaddin.excel.commands.new_book import show_table
from xlsaddin.excel.steps import Desk, Steps
from xlsaddin.watchlist.model import ListUse
from xlsaddin.watchlist.store import ListStore


def show_status(desk: Desk) -> Steps:
    """Show edition, count and last confirmation of each list in a new workbook."""
    yield desk.say("RS-LIVE-030")
    say = desk.settings.say
    headers = {
        "ID": (20.0, "cell"),
        say("リスト", "List"): (44.0, "cell"),
        say("版", "Edition"): (14.0, "cell_center"),
        say("件数", "Entries"): (10.0, "cell_number"),
        say("最新と確認した日", "Confirmed newest on"): (20.0, "cell_date"),
        say("状態", "State"): (60.0, "cell"),
    }
    show_table(desk.app, "リストの状況", headers, [_status_row(use, desk) for use in ListStore().status(date.today())])
    return ""


def import_active(desk: Desk) -> Steps:
    """Take in the list file that is open in front, from the disk: its digest is that of the published file."""
    book = desk.book
    path = Path(book.fullname)
    if not path.is_file():
        raise ListError("RS-LIVE-031", book=book.name)
    yield desk.say("RS-LIVE-032", book=book.name)
    taken = ListStore().import_file(path, _own_id(path))
    return desk.say("RS-LIVE-033", list=taken.list_id, edition=taken.edition, entries=taken.entries)


def update_lists(desk: Desk) -> Steps:
    """Fetch new editions of all lists that can be fetched, one list a step; a failure leaves the old edition."""
    from xlsaddin.watchlist import update
    from xlsaddin.watchlist.fetching import Fetcher

    fetcher = Fetcher(update.limits(date.today()), os.environ.get("XLSADDIN_LIST_MIRROR", ""))
    failed, done = [], 0
    for list_id in update.updatable_lists():
        yield desk.say("RS-LIVE-034", list=list_id)
        for result in update.update_lists(ListStore(), fetcher, [list_id]):
            if result.outcome is update.UpdateOutcome.FAILED:
                failed.append(f"{list_id}: {desk.settings.say(result.failure_ja, result.failure_en)}")
            else:
                done += 1
    if failed:
        desk.tell("\n".join(failed))
    return desk.say("RS-LIVE-035", done=done, failed=len(failed))


def _status_row(use: ListUse, desk: Desk) -> tuple[str | int | date | None, ...]:
    say = desk.settings.say
    state = say("使用できます", "usable")
    if not use.usable:
        state = say(use.failure_ja, use.failure_en)
    elif use.sample:
        state = say("架空の見本です", "fictional sample")
    elif use.stale:
        state = say("要更新", "to be updated")
    return use.id, say(use.title_ja, use.title_en), use.edition, use.entries, use.confirmed_on, state


def _own_id(path: Path) -> str | None:
    """Return the id of an institution's own list, told by a file name such as `own_partners.csv`."""
    found = re.match(r"own_[a-z0-9_]+", path.stem.lower())
    return found.group() if found else None
