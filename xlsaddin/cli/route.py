"""`xlsaddin route`: record that a workbook passed a desk, or check the record it carries, or send it on in one go."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xlsaddin.cli import exits

if TYPE_CHECKING:
    from xlsaddin.exchange.routing.sending import Order, SentOn


def route(
    workbook: Annotated[Path, typer.Argument(help="ブック / Workbook.")],
    stage: Annotated[str, typer.Option(help="段階(research_office等)。省くと確認のみ / Stage; none checks.")] = "",
    who: Annotated[str, typer.Option(help="担当者 / Who passes it on.")] = "",
    decision: Annotated[str, typer.Option(help="判断 / Decision.")] = "",
    remark: Annotated[str, typer.Option(help="備考 / Remark.")] = "",
    out: Annotated[Path | None, typer.Option(help="写し(既定は <名前>.routed.xlsx) / Copy.")] = None,
    send: Annotated[
        Path | None,
        typer.Option(help="凍結・封印・下書きまで一度に行い、このフォルダーへ / Send on, into this folder."),
    ] = None,
    to: Annotated[str, typer.Option(help="次の段階(既定は次の担当) / Desk it goes to.")] = "",
    question: Annotated[str, typer.Option(help="判断してほしいこと / What is to be decided.")] = "",
    encrypt: Annotated[bool, typer.Option("--encrypt", help="暗号化して添付 / Attach it encrypted.")] = False,
    officer: Annotated[bool, typer.Option("--officer", help="⑧の担当者に渡す / For the officer named for ⑧.")] = False,
    due: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="期限 / Day by which it is to be done.")
    ] = None,
) -> None:
    """Record a stage; with --send freeze, seal and draft in one go; without a stage check the record."""
    from xlsaddin.cli.showing import print_findings
    from xlsaddin.exchange.routing.sending import Order
    from xlsaddin.exchange.routing.stages import check_stages, pass_stage, read_stages
    from xlsaddin.workbook.read.book import read_workbook

    findings = tuple(check_stages(read_workbook(workbook)))
    print_findings(findings)
    now = datetime.now().astimezone()
    if stage and send:
        last = due.date() if due else None
        order = Order(stage, who, decision, remark, to, question, "", officer, last)
        done = _send_on(workbook, send, order, now, encrypt=encrypt)
        print(f"{done.workbook}\n{done.draft}\n{done.to}")
        if done.withheld:
            print("除いた項目 / left out: " + ", ".join(done.withheld))
    elif stage:
        target = out or workbook.with_name(f"{workbook.stem}.routed.xlsx")
        pass_stage(workbook, target, stage, who, now, decision=decision, remark=remark)
        print(target)
    else:
        for passing in read_stages(workbook):
            print("  ".join(filter(None, (passing.stage, passing.who, passing.at, passing.decision, passing.remark))))
    raise typer.Exit(exits.LOOK if findings else exits.CLEAN)


def _send_on(workbook: Path, folder: Path, order: Order, at: datetime, *, encrypt: bool) -> SentOn:
    from dataclasses import replace

    from xlsaddin.exchange.protection.passphrases import passphrases_for
    from xlsaddin.exchange.routing.sending import send_on
    from xlsaddin.exchange.seal.keys import KeyStore
    from xlsaddin.register.register import Register

    if encrypt:
        key = order.to or "desks"
        folder.mkdir(parents=True, exist_ok=True)
        order = replace(order, passphrase=passphrases_for(folder, [key])[key])
    with Register.open() as register:
        return send_on(workbook, folder, order, keys=KeyStore(), register=register, at=at)
