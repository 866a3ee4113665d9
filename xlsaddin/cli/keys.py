"""`xlsaddin keys`: the keys seals are made and trusted with."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="封印の鍵 / Keys of seals: create, list, trust, export.", no_args_is_help=True)


@app.command()
def create(owner: Annotated[str, typer.Argument(help="機関と部署の名前 / Institution and office.")]) -> None:
    """鍵を作り、公開する1行を表示 / Make a signing key and print the line to publish; the newest key signs."""
    from xlsaddin.exchange.seal.keys import KeyStore

    key = KeyStore().create(owner, date.today().isoformat())
    print(f"{key.id}\n{key.line}")


@app.command("list")
def list_keys() -> None:
    """信頼している鍵の一覧 / List the keys trusted here."""
    from xlsaddin.cli.showing import print_table
    from xlsaddin.exchange.seal.keys import KeyStore

    trusted = KeyStore().keys()
    rows = [(key.id, key.owner, key.since, "自分 own" if key.own else "-") for key in trusted]
    print_table(("鍵 key", "持ち主 owner", "作成日 since", "秘密鍵 private"), rows)


@app.command()
def trust(
    source: Annotated[str, typer.Argument(help="公開鍵の行、又はそれを書いたファイル / Key line, or a file with it.")],
) -> None:
    """公開鍵を信頼する(番号を電話などで確かめてから) / Trust a published key, its id compared by telephone."""
    from xlsaddin.exchange.seal.keys import KeyStore

    is_line = source.startswith("xlsaddin-key ")
    key = KeyStore().trust(source if is_line else Path(source).read_text(encoding="utf-8"))
    print(f"{key.id}  {key.owner}  {key.since}")


@app.command()
def export() -> None:
    """自分の公開鍵の行を表示 / Print the lines of own public keys, to be published."""
    from xlsaddin.exchange.seal.keys import KeyStore

    trusted = KeyStore().keys()
    for key in trusted:
        if key.own:
            print(key.line)
