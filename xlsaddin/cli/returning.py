"""`xlsaddin return`: send a form back for correction, with findings on its form alone; and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from xlsaddin.cli import exits
from xlsaddin.cli.showing import print_findings
from xlsaddin.exchange.outbox.delivery import Delivery

_Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="基準日(既定は今日) / The day looked at.")]


def return_form(
    workbooks: Annotated[list[Path], typer.Argument(help="本人から届いた版(accepted) / Workbooks as they came in.")],
    outbox: Annotated[Path, typer.Option(help="配布に使った送信箱 / Outbox they were handed out from.")],
    roster: Annotated[Path, typer.Option(help="配布名簿 / Roster workbook.")],
    deliver: Annotated[Delivery, typer.Option(help="渡し方 / How forms travel.")] = Delivery.SHARE,
    due: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="再提出の期限 / Day by which it is to be back.")
    ] = None,
    as_of: _Day = None,
) -> None:
    """Make the copies and mails that send forms back: form and completeness only, no hit, no level, no judgement."""
    from xlsaddin.exchange.returning.returning import return_form as send_back
    from xlsaddin.exchange.roster import read_roster

    day = as_of.date() if as_of else date.today()
    read = read_roster(roster, day)
    returned = False
    for path in workbooks:
        done = send_back(path, outbox, read, day, how=deliver, due=due.date() if due else None)
        returned = returned or done.entry is not None
        print(f"{path.name}: " + (done.entry.file if done.entry else "直すところはありません / nothing to mend"))
        print_findings(done.findings)
    raise typer.Exit(exits.LOOK if returned else exits.CLEAN)


def mended(
    workbook: Annotated[Path, typer.Argument(help="差戻し後に届いた版 / Workbook that came back.")],
    outbox: Annotated[Path, typer.Option(help="差戻しに使った送信箱 / Outbox it was sent back from.")],
    as_of: _Day = None,
) -> None:
    """Say what was mended in a form that was sent back, what was not, and what is new."""
    from xlsaddin.exchange.returning.coming_back import mended_since_return

    found = mended_since_return(workbook, outbox, as_of.date() if as_of else date.today())
    kinds = (("直った mended", found.mended), ("残り open", found.open), ("新しい new", found.new))
    for label, entries in kinds:
        for one in entries:
            print(f"{label}  {one.place}  {one.code}\n  {one.message_ja}\n  {one.message_en}")
    print(" / ".join(f"{label} {len(entries)}" for label, entries in kinds))
    raise typer.Exit(exits.LOOK if found.open or found.new else exits.CLEAN)
