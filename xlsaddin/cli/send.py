"""`xlsaddin send`: send the drafts of an outbox, or put them into Outlook. A mail never leaves twice by itself."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xlsaddin.cli import exits
from xlsaddin.cli.showing import print_table
from xlsaddin.exchange.mail.smtp import Security, Server, send_outbox

if TYPE_CHECKING:
    from xlsaddin.exchange.mail.journal import Record


class Decision(StrEnum):
    """What a person found out about a mail of unknown state."""

    SENT = "sent"
    AGAIN = "again"


def send(
    outbox: Annotated[Path, typer.Argument(help="送信箱フォルダー / Outbox folder.", exists=True, file_okay=False)],
    host: Annotated[str, typer.Option(envvar="XLSADDIN_SMTP_HOST", help="メールサーバー / Mail server.")] = "",
    port: Annotated[int, typer.Option(envvar="XLSADDIN_SMTP_PORT", help="ポート / Port.")] = 587,
    security: Annotated[
        Security, typer.Option(envvar="XLSADDIN_SMTP_SECURITY", help="暗号化 / How the line is encrypted.")
    ] = Security.STARTTLS,
    user: Annotated[
        str, typer.Option(envvar="XLSADDIN_SMTP_USER", help="利用者(パスワードはキーリングか環境変数) / Login name.")
    ] = "",
    trust: Annotated[
        Path | None, typer.Option(envvar="XLSADDIN_SMTP_TRUST", help="機関独自の認証局の証明書 / Own authority (PEM).")
    ] = None,
    per_minute: Annotated[float, typer.Option(min=0.1, help="1分あたりの通数の上限 / Mails a minute at most.")] = 20,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="送らずに一覧だけ / List, send nothing.")] = False,
    outlook: Annotated[bool, typer.Option("--outlook", help="Outlookの下書きへ / Into Outlook's drafts.")] = False,
    resolve: Annotated[str, typer.Option(help="不明なメールの番号 / Key of an unknown mail.")] = "",
    found: Annotated[
        Decision, typer.Option(help="届いていた sent、送り直す again / What you found out.")
    ] = Decision.SENT,
) -> None:
    """Send what was not sent yet; look first with --dry-run. Stopped runs are simply run again."""
    from xlsaddin.exchange.mail.journal import Journal, Sending
    from xlsaddin.exchange.mail.outlook import draft_in_outlook

    journal = Journal(outbox)
    if resolve:
        journal.resolve(resolve, sent=found is Decision.SENT)
    elif outlook:
        draft_in_outlook(outbox)
    elif not dry_run:
        if not host:
            raise typer.BadParameter("--host (XLSADDIN_SMTP_HOST)")
        server = Server(host, port, security, user=user, per_minute=per_minute, trust=trust)
        send_outbox(outbox, server)
    records = journal.records()
    print_table(
        ("メール mail", "宛先 to", "件名 subject", "状態 state", "日時 changed", "備考 remark"),
        [
            (record.key, *_heading(outbox, record), record.state.value, record.changed, record.remark)
            for record in records
        ],
    )
    open_ones = {Sending.UNKNOWN, Sending.REFUSED, Sending.IN_FLIGHT}
    raise typer.Exit(exits.LOOK if any(record.state in open_ones for record in records) else exits.CLEAN)


def _heading(outbox: Path, record: Record) -> tuple[str, str]:
    """Return to whom a draft goes and its subject; a draft that is gone has neither."""
    from xlsaddin.exchange.mail.draft import read_message

    try:
        message = read_message(outbox / record.file)
    except OSError:
        return "-", "-"
    return str(message["To"] or "-"), str(message["Subject"] or "-")
