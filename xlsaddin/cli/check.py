"""`xlsaddin check`: read, validate, screen and assess workbooks; write reviewed copies; print what to look at."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xlsaddin.cli import exits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xlsaddin.report.outcomes import Result


def check(
    paths: Annotated[list[Path], typer.Argument(help="ワークブック又はフォルダー / Workbooks or folders.")],
    out: Annotated[Path | None, typer.Option(help="点検済みの写しの置き場所 / Folder for reviewed copies.")] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="基準日(既定は今日) / The day to judge by.")
    ] = None,
    profile: Annotated[
        str | None, typer.Option(help="資金配分機関プロファイル(既定は様式のもの) / Funder profile.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="並列数 / Worker processes.")] = 1,
    executor: Annotated[
        str | None, typer.Option(help="既存のクラスター(dask:アドレス) / A cluster that is there: dask:ADDRESS.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=1, help="1ファイルの制限秒数 / Seconds a file may take.")] = 120,
    register: Annotated[
        bool | None,
        typer.Option("--register/--no-register", help="登録簿に記録(既定は登録簿があるとき) / Record in the register."),
    ] = None,
    summary: Annotated[
        list[Path] | None, typer.Option(help="まとめ(.xlsx .html .csv .json、複数可) / Summary, by its ending.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="結果を JSON で出力 / Print the results as JSON.")] = False,
) -> None:
    """点検・照合・評価して写しに結果を書く / Check workbooks: findings, hits, level, measures; originals untouched."""
    from xlsaddin.batch.executors import open_executor
    from xlsaddin.batch.gathering import gather_tasks, journal_folder
    from xlsaddin.batch.journal import keeping_journal
    from xlsaddin.batch.running import Plan, run_batch
    from xlsaddin.cli.recording import open_recording
    from xlsaddin.report.console import print_results
    from xlsaddin.report.outcomes import render_results
    from xlsaddin.report.summary import check_suffix, write_summary

    for target in summary or ():
        check_suffix(target)
    tasks = gather_tasks(paths, out)
    recording = open_recording(register)
    plan = Plan(as_of.date() if as_of else date.today(), profile, register=recording.address)
    processes = min(jobs, len(tasks)) if len(tasks) > 1 else 0  # beside others, a file that hangs must not stop them
    with (
        keeping_journal(plan, journal_folder(paths, out), tasks) as journal,
        open_executor(executor, plan, jobs=processes, timeout=timeout) as (pool, workers),
    ):
        found = run_batch(
            plan, tasks, executor=pool, workers=workers, journal=journal, patience=timeout, keeper=recording.keeper
        )
        results = list(_watched(found, len(tasks)))
    for target in summary or ():
        write_summary(target, results, as_of=plan.as_of)
    if as_json:
        _print_json(render_results(plan.as_of, results))
    else:
        print_results(results)
    _say_when_nothing_was_read(results)
    warn_about_lists(results)
    raise typer.Exit(exit_code(results) if recording.say(results) else exits.INCONCLUSIVE)


def exit_code(results: Iterable[Result]) -> int:
    """Return 0 nothing to look at, 1 something to look at, 2 inconclusive or nothing could be read."""
    from xlsaddin.report.outcomes import lists_of, something_to_look_at

    everything = list(results)
    readable = [result for result in everything if result["assessment"] is not None]
    if not readable or any(not use["usable"] for use in lists_of(everything)):
        return exits.INCONCLUSIVE
    look = len(readable) < len(everything) or any(something_to_look_at(result) for result in readable)
    return exits.LOOK if look else exits.CLEAN


def warn_about_lists(results: Iterable[Result]) -> None:
    """Say loudly what the lists behind the results are worth."""
    from xlsaddin.report.outcomes import lists_of

    uses = lists_of(results)
    for use in uses:
        if not use["usable"]:
            exits.say(f"判定不能: {use['failure']['ja']}", f"Inconclusive: {use['failure']['en']}")
        elif use["stale"]:
            exits.say(
                f"注意: リスト「{use['title']}」は最新と確認してから{use['age_days']}日たっています。"
                "「xlsaddin lists update」を実行してください。",
                f"Note: list “{use['id']}” was last confirmed newest {use['age_days']} days ago. "
                "Run “xlsaddin lists update”.",
            )
    if uses and all(use["sample"] for use in uses):
        exits.say(
            "注意: 公表されているリストが一つも取り込まれていません。架空の見本リストだけで照合しました。"
            "「xlsaddin lists update」で取り込んでください。",
            "Note: no published list is loaded. Only the fictional sample list was used. "
            "Run “xlsaddin lists update” to get them.",
        )


def _say_when_nothing_was_read(results: list[Result]) -> None:
    """Say on stderr why there is no result at all: of a single file its own reason, else that none could be read."""
    if any(result["assessment"] is not None for result in results):
        return
    reasons = [finding for result in results for finding in result["findings"]]
    if len(reasons) == 1:
        exits.say(reasons[0]["message_ja"], reasons[0]["message_en"])
    else:
        exits.say(
            f"{len(results)}件のファイルはどれも読めませんでした。理由は結果の各行にあります。",
            f"None of the {len(results)} files could be read; the results say why for each.",
        )


def _print_json(content: object) -> None:
    json.dump(content, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def _watched(results: Iterable[Result], total: int) -> Iterator[Result]:
    """Yield the results while a progress bar runs on stderr; silent where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = ("点検中 / Checking", BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), "残り / left")
    with Progress(*columns, TimeRemainingColumn(), console=console, disable=not console.is_terminal) as progress:
        yield from progress.track(results, total=total)
