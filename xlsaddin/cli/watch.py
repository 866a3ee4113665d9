"""`xlsaddin watch`: a folder whose arrivals are collected, checked, recorded in the register and put away."""

from __future__ import annotations

import signal
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from xlsaddin.cli import exits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsaddin.batch.watching import Pass, Watch


def watch(
    inbox: Annotated[Path, typer.Argument(help="監視するフォルダー / Folder to watch.", exists=True, file_okay=False)],
    out: Annotated[Path, typer.Option(help="処理したものの置き場所 / Folder for everything else.")],
    outbox: Annotated[
        list[Path] | None, typer.Option(help="送信箱(何を配ったか。複数可) / Outboxes: what was handed out.")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="一巡して終わる(定期実行用) / One pass, for cron.")] = False,
    every: Annotated[float, typer.Option(min=1, help="見に行く間隔(秒) / Seconds between two looks.")] = 30,
    settle: Annotated[float, typer.Option(min=0.1, help="書き終わりとみなす秒数 / Seconds without a change.")] = 5,
    profile: Annotated[str | None, typer.Option(help="資金配分機関プロファイル / Funder profile.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="並列数 / Worker processes.")] = 1,
    timeout: Annotated[float, typer.Option(min=1, help="1ファイルの制限秒数 / Seconds a file may take.")] = 120,
    register: Annotated[
        bool, typer.Option("--register/--no-register", help="登録簿に記録する / Record in the register.")
    ] = True,
) -> None:
    """届いたものを回収・点検・記録して片付ける / Collect, check, record and put away whatever arrives in a folder.

    Stop it at any time with Ctrl-C: nothing is lost, nothing is counted twice, the next start goes on.
    """
    from xlsaddin.batch.watching import Watch
    from xlsaddin.cli.recording import open_recording
    from xlsaddin.exchange.inbox.collecting import Desk

    recording = open_recording(register)
    if recording.failed:  # watching on would put files away that the register never saw
        raise typer.Exit(exits.INCONCLUSIVE)
    keeper = recording.keeper
    desk = Desk(tuple(outbox or ()), register=keeper.register if keeper else None)
    watching = Watch(inbox, out, keeper, desk, settle, jobs, timeout, profile)
    for stop in (signal.SIGINT, signal.SIGTERM):  # also where a shell in the background left them ignored
        signal.signal(stop, signal.default_int_handler)
    with watching.held():
        if once:
            found = watching.once(date.today())
            _tell(found)
            raise typer.Exit(_exit_code(found))
        _go_on(watching, every)


def _go_on(watching: Watch, every: float) -> None:
    from xlsaddin.errors import XlsAddinError

    exits.say(
        f"「{watching.inbox}」を{every:g}秒ごとに見ます。Ctrl-C で終わります。",
        f"Looking at {watching.inbox} every {every:g} seconds. Ctrl-C ends it.",
    )
    try:
        while True:
            try:
                found = watching.step(date.today())
                _tell(found)
            except (XlsAddinError, OSError) as trouble:  # said once a look: the next one may go well
                exits.run(lambda trouble=trouble: _raise(trouble))  # type: ignore[misc]
                found = None
            time.sleep(min(watching.settle, every) if found and found.waiting else every)
    except KeyboardInterrupt:
        exits.say(
            "監視を終えました。途中のものは、次に始めたとき続きから扱います。",
            "Watching ended. Whatever was under way is taken up at the next start.",
        )


def _raise(trouble: Exception) -> None:
    raise trouble


def _tell(found: Pass) -> None:
    """Print what a pass came to, one line a file."""
    for name in found.taken:
        print(f"受領 taken     {name}")
    for result in found.checked:
        level = _level(result)
        where = result.get("recorded") or {}
        version = f" v{where['version']}" if where else ""
        print(f"点検 checked   {result['subject'] or result['path']}{version}  {result['status']} {level}")
        for finding in result["findings"] if result["assessment"] is None else ():
            print(f"  {finding['message_ja']}\n  {finding['message_en']}")
    for piece in found.open:
        ja, en = piece.reason
        print(f"要確認 look at {piece.received.origin}\n  {ja}\n  {en}")


def _level(result: Mapping[str, Any]) -> str:
    from xlsaddin.report.outcomes import is_rated
    from xlsaddin.workbook.labels import words

    if not result["assessment"]:
        return "-"
    rated = is_rated(result["checklist"])
    return " ".join(words()[f"level.{result['assessment']['level']}" if rated else "summary.not_rated"])


def _exit_code(found: Pass) -> int:
    """Return 0 nothing to look at, 1 something in this pass to look at, 2 something could not be recorded."""
    from xlsaddin.batch.remembering import NOT_KEPT
    from xlsaddin.report.outcomes import Tally

    tally = Tally()
    for result in found.checked:
        tally.count(result)
    if NOT_KEPT in tally.codes:
        return exits.INCONCLUSIVE
    look = found.open or tally.readable < tally.files or tally.to_look_at
    return exits.LOOK if look else exits.CLEAN
