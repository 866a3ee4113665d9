"""`xlsaddin distribute`: from a roster, one prefilled workbook and one mail draft each."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from xlsaddin.cli import exits
from xlsaddin.cli.showing import print_findings, print_table
from xlsaddin.exchange.outbox.delivery import Delivery


class PersonForm(StrEnum):
    """Which form persons get."""

    RESEARCHER = "researcher"
    INTEGRITY = "integrity"


def distribute(
    roster: Annotated[Path, typer.Argument(help="配布名簿 / Roster workbook (xlsaddin template roster).")],
    out: Annotated[Path, typer.Option(help="送信箱フォルダー / Outbox folder.")],
    deliver: Annotated[
        Delivery,
        typer.Option(help="渡し方: share ファイル共有、encrypt 暗号化して添付、attach 添付 / How forms travel."),
    ] = Delivery.SHARE,
    form: Annotated[PersonForm, typer.Option(help="研究者に配る様式 / Form persons get.")] = PersonForm.RESEARCHER,
    sources: Annotated[
        Path | None, typer.Option(help="researchmap・ORCID・BibTeXの書き出し(ID.jsonl等) / Folder of exports.")
    ] = None,
    earlier: Annotated[Path | None, typer.Option(help="前回の申告のフォルダー / Folder of last declarations.")] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="基準日(既定は今日) / The day to reckon from.")
    ] = None,
) -> None:
    """Make prefilled workbooks, a manifest and unsent mails; run again, it takes in only what is new."""
    from xlsaddin.exchange.outbox import distributing
    from xlsaddin.exchange.prefill.carrying import EarlierForms
    from xlsaddin.exchange.prefill.filling import Known
    from xlsaddin.exchange.prefill.sources import Sources
    from xlsaddin.exchange.roster import read_roster
    from xlsaddin.findings import Severity

    day = as_of.date() if as_of else date.today()
    read = read_roster(roster, day)
    print_findings(read.findings)
    known = Known(Sources(sources), EarlierForms(earlier))
    terms = distributing.Terms(day, known, deliver, form.value)
    done = distributing.distribute(read, out, terms)
    made = {entry.copy_id for entry in done.made}
    now = {True: "作成 made", False: "-"}
    print_table(
        ("ID", "様式 form", "課題 projects", "ファイル file", "今回 now"),
        [
            (entry.subject_id, entry.form, "・".join(entry.cases), entry.file, now[entry.copy_id in made])
            for entry in done.entries
        ],
    )
    for entry in done.sent_before:
        exits.say(
            f"{entry.subject_id}: 送信済みのため、名簿の変更後も送ったものを残しました。",
            f"{entry.subject_id}: already sent, so the copy stays as it was though the roster has changed.",
        )
    for refused in known.earlier.left_out:
        exits.say(f"前回の申告を転記していません: {refused.ja}", f"Not carried over: {refused.en}")
    look = (
        done.sent_before
        or known.earlier.left_out
        or any(finding.severity is not Severity.NOTE for finding in read.findings)
    )
    raise typer.Exit(exits.LOOK if look else exits.CLEAN)
