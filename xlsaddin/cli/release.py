"""`xlsaddin release`: a copy of a declaration with only what its recipient may see."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer


def release(
    workbook: Annotated[Path, typer.Argument(help="本人から届いた版 / Declaration as it came in.")],
    to: Annotated[str, typer.Option(help="提供先: funder, joint_institution, export_control … / Recipient.")],
    out: Annotated[Path, typer.Option(help="写しの置き場所(.xlsx) / Where the copy goes.")],
    asked: Annotated[
        bool, typer.Option("--asked", help="資金配分機関が求めた / The recipient has asked for it.")
    ] = False,
    officer: Annotated[bool, typer.Option("--officer", help="⑧の担当者に渡す / For the officer named for ⑧.")] = False,
) -> None:
    """Make the copy a recipient may see (data/release.toml); hits, levels and judgements are never in it."""
    from xlsaddin.exchange.release.audience import Grounds, load_audience
    from xlsaddin.exchange.release.redacting import release_copy

    grounds = Grounds(asked=asked, officer=officer)
    done = release_copy(workbook, out, load_audience(), to, grounds, date.today())
    print(f"{out}  除いた項目 / left out: {', '.join(done.withheld) or '-'}")
