"""`xlsaddin route`: record that a workbook passed a desk, or check the record it carries."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from xlsaddin.cli import exits


def route(
    workbook: Annotated[Path, typer.Argument(help="ブック / Workbook.")],
    stage: Annotated[str, typer.Option(help="段階(research_office等)。省くと確認のみ / Stage; none checks.")] = "",
    who: Annotated[str, typer.Option(help="担当者 / Who passes it on.")] = "",
    decision: Annotated[str, typer.Option(help="判断 / Decision.")] = "",
    remark: Annotated[str, typer.Option(help="備考 / Remark.")] = "",
    out: Annotated[Path | None, typer.Option(help="写し(既定は <名前>.routed.xlsx) / Copy.")] = None,
) -> None:
    """Pass a workbook on to the next desk on its stage sheet; without a stage, check that earlier fields stayed."""
    from xlsaddin.cli.showing import print_findings
    from xlsaddin.exchange.routing.stages import check_stages, pass_stage, read_stages

    findings = list(check_stages(workbook))
    print_findings(findings)
    if stage:
        target = out or workbook.with_name(f"{workbook.stem}.routed.xlsx")
        pass_stage(workbook, target, stage, who, datetime.now().astimezone(), decision=decision, remark=remark)
        print(target)
    else:
        for passing in read_stages(workbook):
            print("  ".join(filter(None, (passing.stage, passing.who, passing.at, passing.decision, passing.remark))))
    raise typer.Exit(exits.LOOK if findings else exits.CLEAN)
