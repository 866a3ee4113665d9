"""`xlsaddin template`: build the checklist workbooks to be filled in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from xlsaddin.workbook.labels import Language


def template(
    kinds: Annotated[
        list[str] | None, typer.Argument(metavar="[KIND]...", help="様式の種類(省略時は全部) / Kinds, all when none.")
    ] = None,
    out: Annotated[Path, typer.Option(help="作成先フォルダー / Folder for the workbooks.")] = Path(),
    lang: Annotated[Language, typer.Option(help="言語 / Language of the workbooks.")] = Language.BOTH,
    profile: Annotated[str, typer.Option(help="資金配分機関プロファイル / Funder profile.")] = "default",
) -> None:
    """記入用のチェックリストを作る(マクロなし) / Build empty checklist workbooks, macro-free."""
    from xlsaddin.checklist.loading import checklist_keys, load_checklist
    from xlsaddin.files import write_bytes
    from xlsaddin.workbook.respondent.template import build_template

    wanted = list(dict.fromkeys(kinds or checklist_keys()))
    for kind in wanted:
        load_checklist(kind)  # a misspelt kind is said before anything is written
    for kind in wanted:
        target = out / f"{kind}.xlsx"
        write_bytes(target, build_template(kind, profile, lang, as_of=date.today()))
        print(target)
