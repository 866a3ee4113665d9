"""`xlsaddin letter`: drafts of inquiries, notices of measures, reports of an error and the like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Kind(StrEnum):
    """Which letter."""

    INQUIRY = "inquiry"
    MEASURES = "measures"
    ERROR_REPORT = "error_report"
    INSTITUTION = "institution"
    CLOSING = "closing"


def letter(
    kind: Annotated[
        Kind,
        typer.Argument(
            help="本人照会 inquiry、措置の通知 measures、誤りの報告 error_report、機関間 institution、終了 closing."
        ),
    ],
    roster: Annotated[Path, typer.Option(help="配布名簿 / Roster workbook.")],
    outbox: Annotated[Path, typer.Option(help="送信箱フォルダー / Outbox folder.")],
    subject: Annotated[str, typer.Option(help="対象者のID / Id of the subject.")],
    workbook: Annotated[
        Path | None, typer.Option(help="点検済みブック(差異・採用した措置を引用) / Reviewed workbook to quote from.")
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="差し込む値 項目=値(複数可) / Fact, field=value, repeatable.")
    ] = None,
    facts: Annotated[Path | None, typer.Option(help="差し込む値を書いたTOML / Facts as TOML.")] = None,
    to: Annotated[str, typer.Option(help="宛先(既定は本人) / Address, the subject's own when none.")] = "",
    due: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="回答期限 / Day by which to answer.")
    ] = None,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="基準日(既定は今日) / The day.")] = None,
) -> None:
    """Draft a letter from its editable text; a fact that is missing is named. Send the drafts with `send`."""
    from xlsaddin.exchange.outbox.letters import Letter, draft_letter
    from xlsaddin.exchange.roster import read_roster

    day = as_of.date() if as_of else date.today()
    stated = _stated(facts, set_ or [])
    read = read_roster(roster, day)
    for quoted in _quoted(kind, workbook):
        one = Letter(kind.value, subject, {**quoted, **stated}, to, due.date() if due else None)
        print(draft_letter(one, read, outbox, day))


def _quoted(kind: Kind, workbook: Path | None) -> Sequence[Mapping[str, str]]:
    from xlsaddin.exchange.outbox.quoting import adopted_measures, open_differences

    if workbook is not None and kind is Kind.INQUIRY:
        return open_differences(workbook)
    if workbook is not None and kind is Kind.MEASURES:
        return adopted_measures(workbook)
    return [{}]


def _stated(path: Path | None, pairs: Sequence[str]) -> dict[str, str]:
    """Return the facts a person states: those of a file, and over them those given one by one."""
    from xlsaddin.checklist.definition import read_toml
    from xlsaddin.errors import XlsAddinError

    stated = {key: str(value) for key, value in (read_toml(path) if path else {}).items()}
    for pair in pairs:
        key, mark, value = pair.partition("=")
        if not mark or not key.strip():
            raise XlsAddinError("RS-MAIL-015", text=pair)
        stated[key.strip()] = value.strip()
    return stated
