"""`xlsaddin remind`: drafts of reminders to those missing, and receipts to those who answered."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer


def remind(
    roster: Annotated[Path, typer.Argument(help="配布名簿 / Roster workbook.")],
    outbox: Annotated[Path, typer.Option(help="配布に使った送信箱 / Outbox forms were handed out from.")],
    collected: Annotated[Path, typer.Option(help="受付フォルダー / Folder of what was collected.")],
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="基準日(既定は今日) / The day.")] = None,
) -> None:
    """Draft reminders (7, 3 and 1 days before the deadline) to those missing, and receipts; send them with `send`."""
    from xlsaddin.exchange.outbox.following_up import draft_follow_ups
    from xlsaddin.exchange.roster import read_roster

    day = as_of.date() if as_of else date.today()
    for key in draft_follow_ups(read_roster(roster, day), outbox, collected, day):
        print(key)
