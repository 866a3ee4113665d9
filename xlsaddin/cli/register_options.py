"""What the commands of the register share: options, opening it, printing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from xlsaddin.register.register import Register

_FORMATS = ["%Y-%m-%d"]

AsOf = Annotated[datetime | None, typer.Option("--as-of", formats=_FORMATS, help="基準日 / The day looked at.")]
On = Annotated[datetime | None, typer.Option("--on", formats=_FORMATS, help="その日(既定は今日) / When; today.")]
Due = Annotated[datetime, typer.Option("--due", formats=_FORMATS, help="期日 / Until when.")]
By = Annotated[str, typer.Option("--by", help="氏名 / Name of the person.")]
Why = Annotated[str, typer.Option("--reason", help="理由 / Why.")]
AFile = Annotated[Path, typer.Argument(help="ファイル / File.")]
ACase = Annotated[str, typer.Argument(help="課題番号 / Number of the case.")]
ASubject = Annotated[str, typer.Argument(help="申告者ID / ID of the subject.")]
ANumber = Annotated[int, typer.Argument(help="作業一覧の番号 / Number in the worklist.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON で出力 / Print JSON.")]


def check_choice(given: str | None, known: Iterable[str]) -> None:
    """Raise BadParameter, naming what may be given, for anything else; None is nothing given."""
    choices = list(known)
    if given is not None and given not in choices:
        raise typer.BadParameter(f"{given}: {' | '.join(choices)}")


def open_register() -> Register:
    """Open the register of this installation."""
    from xlsaddin.register.register import Register

    return Register.open()


def day_of(given: datetime | None) -> date:
    """Return the day given, else today."""
    return given.date() if given else date.today()


def print_json(content: object) -> None:
    """Print content as JSON."""
    json.dump(content, sys.stdout, ensure_ascii=False, indent=1, default=str)
    sys.stdout.write("\n")
