"""`xlsaddin collect`: what came back, each file in exactly one state, with a reason."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xlsaddin.cli import exits

if TYPE_CHECKING:
    from xlsaddin.exchange.inbox.collecting import Collection
    from xlsaddin.exchange.inbox.sorting import Sorted

_STATES = {
    "accepted": "受付 accepted",
    "duplicate": "重複 duplicate",
    "superseded": "旧版 superseded",
    "conflict": "食い違い conflict",
    "unreadable": "読めない unreadable",
    "not_ours": "対象外 not ours",
}


def collect(
    inbox: Annotated[
        Path, typer.Argument(help="受信フォルダー / Folder of received files.", exists=True, file_okay=False)
    ],
    out: Annotated[Path, typer.Option(help="受付フォルダー / Folder for what was collected.")],
    outbox: Annotated[
        list[Path] | None, typer.Option(help="送信箱(何を配ったか。複数可) / Outboxes: what was handed out.")
    ] = None,
    take: Annotated[
        list[str] | None, typer.Option(help="食い違いのうち採る写しの番号(先頭8文字) / Copy to take, by its number.")
    ] = None,
    ask: Annotated[bool, typer.Option("--ask", help="開けないときパスワードを尋ねる / Ask for passwords.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="結果を JSON で出力 / Print the results as JSON.")] = False,
) -> None:
    """Collect workbooks, mails and archives; originals stay untouched, a second run changes nothing."""
    from xlsaddin.exchange.inbox.collecting import Desk, render_collection
    from xlsaddin.exchange.inbox.collecting import collect as collect_inbox
    from xlsaddin.register.place import has_register
    from xlsaddin.register.register import Register

    with Register.open() if has_register() else nullcontext() as register:
        desk = Desk(tuple(outbox or ()), _ask if ask else (lambda _name: None), tuple(take or ()), register)
        collection = collect_inbox(inbox, out, desk)
    if as_json:
        json.dump(render_collection(collection), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        _print(collection)
    raise typer.Exit(exits.LOOK if any(map(_to_look_at, collection.pieces)) else exits.CLEAN)


def _to_look_at(piece: Sorted) -> bool:
    """Return True for a piece a person has to look at: by its state, or for what was noted beside it."""
    from xlsaddin.codes import Severity, message

    noted = (message(note.code).severity for note in piece.received.found.notes)
    return piece.state.value in ("conflict", "unreadable") or any(one is not Severity.NOTE for one in noted)


def _print(collection: Collection) -> None:
    from xlsaddin.cli.showing import print_table

    print_table(
        ("ファイル file", "ID", "様式 form", "状態 state", "写し copy", "理由 reason"),
        [
            (
                piece.received.origin,
                piece.received.found.subject_id,
                piece.received.found.form,
                _STATES[piece.state.value],
                piece.received.found.sha256[:12],
                "\n".join(piece.reason),
            )
            for piece in collection.pieces
        ],
    )
    for piece in collection.pieces:
        for note in piece.received.found.notes:
            print(f"{piece.received.origin}  {note.place or '-'}  {note.code}\n  {note.ja}\n  {note.en}")
    if missing := collection.missing():
        print("未提出 / not yet returned: " + ", ".join(f"{entry.subject_id} ({entry.form})" for entry in missing))


def _ask(name: str) -> str | None:
    from getpass import getpass

    return getpass(f"{name} のパスワード / password: ") or None
