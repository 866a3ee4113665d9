"""A batch accounts for every file, loses nothing that was judged, and comes out the same however it is run."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import openpyxl

from tests.batch.conftest import DAY
from xlsaddin.batch.gathering import gather_tasks
from xlsaddin.batch.pool import WorkerPool
from xlsaddin.batch.running import Plan, run_batch


def without_paths(results: list[dict[str, object]]) -> str:
    return json.dumps([{**result, "path": "", "reviewed": ""} for result in results], ensure_ascii=False)


def test_one_process_threads_and_workers_give_the_same_results_in_the_same_order(
    received: Path, tmp_path: Path
) -> None:
    plan = Plan(DAY)
    alone = list(run_batch(plan, gather_tasks([received], tmp_path / "a")))
    with ThreadPoolExecutor(2) as threads:
        threaded = list(run_batch(plan, gather_tasks([received], tmp_path / "b"), executor=threads, workers=2))
    with WorkerPool(2) as workers:
        worked = list(run_batch(plan, gather_tasks([received], tmp_path / "c"), executor=workers, workers=2))
    assert len(alone) == 5
    assert without_paths(alone) == without_paths(threaded) == without_paths(worked)
    assert all(Path(str(result["reviewed"])).exists() for result in worked)


def test_broken_and_hostile_files_are_one_row_each_among_good_ones(received: Path, tmp_path: Path) -> None:
    good = (received / "01-saeki.xlsx").read_bytes()
    (received / "10-truncated.xlsx").write_bytes(good[: len(good) // 2])
    (received / "11-text.xlsx").write_text("not a workbook", encoding="utf-8")
    (received / "12-empty.xlsx").write_bytes(b"")
    (received / "13-macro.xlsm").write_bytes(good.replace(b"sheet.main", b"sheet.main"))
    openpyxl.Workbook().save(received / "14-foreign.xlsx")
    results = list(run_batch(Plan(DAY), gather_tasks([received], tmp_path / "out")))
    states = {Path(result["path"]).name: result["status"] for result in results}
    assert [name for name, state in states.items() if state == "unreadable"] == [
        "10-truncated.xlsx",
        "11-text.xlsx",
        "12-empty.xlsx",
        "14-foreign.xlsx",
    ]
    assert all(len(result["findings"]) == 1 for result in results if result["status"] == "unreadable")


def test_a_file_whose_name_is_no_text_is_checked_like_any_other(received: Path, tmp_path: Path) -> None:
    named = Path(os.fsdecode(os.fsencode(received) + b"/caf\xe9.xlsx"))
    (received / "01-saeki.xlsx").rename(named)
    (result,) = run_batch(Plan(DAY), gather_tasks([named], tmp_path / "out"))
    assert result["status"] == "ok"
    assert result["path"].endswith("caf\\udce9.xlsx")
    json.dumps(result, ensure_ascii=False).encode()
    assert len(list((tmp_path / "out").glob("*.reviewed.xlsx"))) == 1


def test_originals_are_untouched_and_a_second_run_gives_the_same_bytes(received: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in received.iterdir()}
    results = list(run_batch(Plan(DAY), gather_tasks([received], tmp_path / "out")))
    assert {path.name: path.read_bytes() for path in received.iterdir()} == before
    again = list(run_batch(Plan(DAY), gather_tasks([received], tmp_path / "out")))
    assert without_paths(results) == without_paths(again)


def test_judgements_in_an_earlier_reviewed_copy_are_kept(received: Path, tmp_path: Path) -> None:
    tasks = gather_tasks([received / "03-lin.xlsx"], tmp_path)
    (first,) = run_batch(Plan(DAY), tasks)
    judge(tasks[0].target, "同一", "確認 花子", "略歴で確認した")
    (second,) = run_batch(Plan(DAY), tasks)
    assert {hit["ruling"] for hit in first["hits"]} == {"open"}
    assert any(hit["disposition"] == "true_match" and hit["reviewer"] == "確認 花子" for hit in second["hits"])


def test_a_file_that_is_no_reviewed_copy_is_never_replaced(received: Path, tmp_path: Path) -> None:
    (task,) = gather_tasks([received / "03-lin.xlsx"], tmp_path)
    task.target.write_bytes(b"somebody's notes")
    (result,) = run_batch(Plan(DAY), [task])
    assert result["findings"][0]["code"] == "RS-BATCH-005"
    assert task.target.read_bytes() == b"somebody's notes"


def test_a_reviewed_copy_of_somebody_else_is_never_replaced(received: Path, tmp_path: Path) -> None:
    (task,) = gather_tasks([received / "03-lin.xlsx"], tmp_path)
    list(run_batch(Plan(DAY), [task]))
    kept = task.target.read_bytes()
    (received / "03-lin.xlsx").write_bytes((received / "01-saeki.xlsx").read_bytes())
    (result,) = run_batch(Plan(DAY), [task])
    assert result["findings"][0]["code"] == "RS-BATCH-005"
    assert task.target.read_bytes() == kept


def judge(path: Path, word: str, reviewer: str, reason: str) -> None:
    """Type one complete judgement into the first row of `r_hits`, as an officer does."""
    book = openpyxl.load_workbook(path)
    sheet, table = next((s, s.tables["r_hits"]) for s in book if "r_hits" in s.tables)
    header = sheet[table.ref][0]
    for cell in header:
        label = str(cell.value).split(" / ")[0]
        typed = {"同一か": word, "確認者": reviewer, "理由": reason, "日付": date(2026, 9, 2)}.get(label)
        if typed is not None:
            sheet.cell(cell.row + 1, cell.column, typed)
    book.save(path)
