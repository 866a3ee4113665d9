"""`xlsaddin addin`: build, install, remove and examine the Excel add-in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xlsaddin.cli import exits

app = typer.Typer(
    no_args_is_help=True, help="Excel アドインの作成・導入・診断 / Build, install, examine the Excel add-in."
)


@app.command()
def build(
    out: Annotated[Path, typer.Option(help="保存先のフォルダ / Folder to write to.")] = Path("workbooks"),
) -> None:
    """アドインを作る(Excel 不要) / Build xlsaddin.xlam from the text in `macros/`; Excel is not needed."""
    from xlsaddin.excel.addin_build import build_addin

    print(build_addin(out))


@app.command()
def install() -> None:
    """アドインを導入する(管理者権限不要) / Install the add-in for this user (Windows, macOS)."""
    from xlsaddin.excel.install import install_addin
    from xlsaddin.excel.places import this_machine

    for path in install_addin(this_machine()):
        print(path)
    exits.say(
        "導入しました。Excelを起動し直すと、タブ「研究セキュリティ」が現れます。",
        "Installed. Start Excel again; the tab “Research Security” appears.",
    )


@app.command()
def uninstall() -> None:
    """アドインを外す(リストや設定は残る) / Remove the add-in; lists, register and settings stay."""
    from xlsaddin.excel.install import uninstall_addin
    from xlsaddin.excel.places import this_machine

    for path in uninstall_addin(this_machine()):
        print(path)


@app.command()
def doctor() -> None:
    """アドインが動かない原因と直し方を示す / Say what may keep the add-in from working, and how to mend it."""
    from datetime import date

    from xlsaddin.excel.doctor import diagnose
    from xlsaddin.excel.places import this_machine

    found = diagnose(this_machine(), date.today())
    for diagnosis in found:
        print(f"{'OK ' if diagnosis.fine else '!! '} {diagnosis.code}  {diagnosis.ja}\n     {diagnosis.en}")
    raise typer.Exit(exits.CLEAN if all(diagnosis.fine for diagnosis in found) else exits.LOOK)


@app.command()
def settings(
    key: Annotated[str, typer.Argument(help="設定の名前(省くと一覧) / Name of a setting; none shows all.")] = "",
    value: Annotated[str | None, typer.Argument(help="新しい値(空文字で消す) / New value; empty clears it.")] = None,
) -> None:
    """リボンの設定を見る・変える(macOSではここで) / Show or change what the ribbon's boxes hold (on macOS: here)."""
    from dataclasses import asdict

    from xlsaddin.excel.settings import change_setting, load_settings

    if value is not None:
        change_setting(key, value)
    chosen = asdict(load_settings())
    for name in [key] if key in chosen else chosen:
        print(f"{name}\t{chosen[name]}")


@app.command()
def calc(
    files: Annotated[list[Path] | None, typer.Argument(help="開くワークブック / Workbooks to open.")] = None,
) -> None:
    """Calc で同じ関数とメニューを使う / Work in LibreOffice Calc with the same functions and commands."""
    from xlsaddin.libreoffice.host import CalcHost
    from xlsaddin.libreoffice.office import running_office

    with running_office(recalculate_on_load=False, visible=True) as office:
        host = CalcHost(office)
        host.add_menu()
        for path in files or []:
            host.app.books.open(path)
        if not files:
            host.app.books.add()
        office.wait()
