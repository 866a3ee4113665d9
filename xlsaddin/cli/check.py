"""`xlsaddin check`: read, validate, screen and assess workbooks; write reviewed copies; print what to look at."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xlsaddin.cli import exits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xlsaddin.report.outcomes import Result, Tally


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
    from xlsaddin.report.outcomes import Tally, counted, render_results
    from xlsaddin.report.stored import StoredResults
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
        tally = Tally()
        results = StoredResults(counted(_watched(found, len(tasks)), tally))
    for target in summary or ():
        write_summary(target, results, as_of=plan.as_of)
    if as_json:
        sys.stdout.writelines(render_results(plan.as_of, tally.lists, results))
        sys.stdout.write("\n")
    else:
        print_results(results, tally.lists)
    _say_when_nothing_was_read(tally, results)
    warn_about_lists(tally.lists)
    raise typer.Exit(exit_code(tally) if recording.say(tally) else exits.INCONCLUSIVE)


def exit_code(tally: Tally) -> int:
    """Return 0 nothing to look at, 1 something to look at, 2 inconclusive or nothing could be read."""
    if not tally.readable or any(not use["usable"] for use in tally.lists):
        return exits.INCONCLUSIVE
    return exits.LOOK if tally.readable < tally.files or tally.to_look_at else exits.CLEAN


def warn_about_lists(uses: Sequence[Result]) -> None:
    """Say loudly what the lists behind the results are worth."""
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


def _say_when_nothing_was_read(tally: Tally, results: Sequence[Result]) -> None:
    """Say on stderr why there is no result at all: of a single file its own reason, else that none could be read."""
    if tally.readable:
        return
    if tally.files == 1:
        (reason, *_) = results[0]["findings"]
        exits.say(reason["message_ja"], reason["message_en"])
    else:
        exits.say(
            f"{tally.files}件のファイルはどれも読めませんでした。理由は結果の各行にあります。",
            f"None of the {tally.files} files could be read; the results say why for each.",
        )


def _watched(results: Iterable[Result], total: int) -> Iterator[Result]:
    """Yield the results while a progress bar runs on stderr; silent where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = ("点検中 / Checking", BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), "残り / left")
    with Progress(*columns, TimeRemainingColumn(), console=console, disable=not console.is_terminal) as progress:
        yield from progress.track(results, total=total)
