"""What becomes of a batch when all goes wrong at once: hostile files, kills in the middle, two runs on one register.

    python -m bench faults [--count N] [--write]

As many broken files as good ones in one folder, checked by two runs at once that record in one register; each is
killed again and again in the middle and started anew.  In the end every file must be accounted for once, and the good
ones must come out as in a run that nothing disturbed.  Anything else stops the benchmark with an error.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import func, select

from bench._killing import Row, Run, run_to_the_end
from bench._pages import publish, table
from bench._state import state_folder
from bench.reading import fill_books
from tests.batch.broken import WAYS, write_broken
from xlsaddin.register.register import Register
from xlsaddin.register.tables import Result, Submission

COUNT = 500
KILLS = 6


def write_odd(good: Path, folder: Path) -> dict[str, list[Path]]:
    """Write what is no ordinary file, by kind; all of it must get its row but the folder, which is none."""
    content = good.read_bytes()
    odd = {
        "name of 254 bytes": [folder / f"{'長' * 83}.xlsx"],
        "name that is no text": [Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.xlsx"))],
        "closed file": [folder / "closed.xlsx"],
        "link in a circle": [folder / "circle-1.xlsx", folder / "circle-2.xlsx"],
        "link that leads nowhere": [folder / "nowhere.xlsx"],
        "pipe: hangs the reader": [folder / "pipe.xlsx"],
    }
    for kind in ("name of 254 bytes", "name that is no text", "closed file"):
        odd[kind][0].write_bytes(content)
    odd["closed file"][0].chmod(0)
    one, other = odd["link in a circle"]
    one.symlink_to(other.name)
    other.symlink_to(one.name)
    odd["link that leads nowhere"][0].symlink_to("no such file")
    os.mkfifo(odd["pipe: hangs the reader"][0])
    (folder / "folder.xlsx").mkdir()
    return odd


def shown(path: Path) -> str:
    """Return the name of a file as results show it."""
    return path.name.encode("utf-8", "backslashreplace").decode()


def by_name(rows: Sequence[Row]) -> dict[str, Row]:
    found = {Path(row["path"]).name: row for row in rows}
    if len(found) != len(rows):
        raise RuntimeError("a file counts twice")
    return found


def alike(row: Row) -> str:
    """Return a row without what differs between two runs: where files are, and what the register says of them."""
    findings = [finding for finding in row["findings"] if not finding["code"].startswith("RS-REG-")]
    return json.dumps({**row, "findings": findings, "path": "", "reviewed": "", "recorded": None}, sort_keys=True)


def check_rows(run: Run, expected: Mapping[str, str], kinds: Mapping[str, str]) -> dict[str, Row]:
    """Return the rows of a run by file, once each file has one and each good one is as it was undisturbed."""
    found = by_name(run.rows())
    must("every file has one row", set(found) == {*expected, *kinds})
    differing = [name for name, row in expected.items() if alike(found[name]) != row]
    must(f"good ones are as undisturbed, but {differing}", not differing)
    for row in found.values():
        must(
            f"{row['path']} has a copy or a reason", bool(row["reviewed"]) == (row["status"] == "ok") or row["findings"]
        )
    must("a copy for each that was read", len(run.copies()) == sum(bool(row["reviewed"]) for row in found.values()))
    for path in run.out.glob("*.reviewed.xlsx"):
        with zipfile.ZipFile(path) as archive:
            must(f"{path.name} is whole", archive.testzip() is None)
    left = {path.name for path in run.out.iterdir() if not path.name.endswith(".reviewed.xlsx")}
    must(f"nothing is left over, but {left}", left <= {".running.lock"})
    must("no trace of a program", "Traceback" not in run.said.read_text(encoding="utf-8"))
    must("nothing finished was done again", run.again == 0)
    return found


def check_register(runs: Sequence[dict[str, Row]], home: Path) -> tuple[int, int]:
    """Return how many versions and results the register holds, once they are those that the runs say they recorded."""
    told = [{name: row["recorded"] for name, row in rows.items() if row["status"] == "ok"} for rows in runs]
    must("all that was read is recorded, alike in both", told[0] == told[1] and all(told[0].values()))
    read = [row for rows in runs for row in rows.values() if row["recorded"]]
    results = {(row["recorded"]["subject"], row["recorded"]["version"], alike(row)) for row in read}
    wanted = len({(subject, version) for subject, version, _ in results}), len(results)
    with Register.open(f"sqlite:///{home / 'register.sqlite'}") as register:
        must("the chain of the register is whole", register.verify().whole)
        with register.looking() as session:
            held = tuple(session.scalar(select(func.count()).select_from(one)) for one in (Submission, Result))
    must(f"the register holds {held} versions and results, recorded were {wanted}", held == wanted)
    return wanted


def must(what: str, true: object) -> None:
    if not true:
        raise RuntimeError(f"not so: {what}")


def outcome(row: Row) -> str:
    """Return how a broken file came out."""
    return "read" if row["status"] == "ok" else row["findings"][0]["code"]


def outcomes(rows: Mapping[str, Row], kinds: Mapping[str, str]) -> list[tuple[str, int, str]]:
    """Return a line a kind: how many there are and how they came out."""
    counted: dict[str, Counter[str]] = {}
    for name, kind in kinds.items():
        counted.setdefault(kind, Counter())[outcome(rows[name])] += 1
    return [
        (kind.replace("_", " "), sum(found.values()), ", ".join(f"{code} {n}" for code, n in sorted(found.items())))
        for kind, found in counted.items()
    ]


def main(count: int = COUNT) -> None:
    with state_folder() as (home, lists), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        received, alone, temporary = (folder / part for part in ("received", "alone", "tmp"))
        for made in (received, alone, temporary):
            made.mkdir()
        shutil.copytree(home, folder / "home")
        *filled, other = fill_books(folder, count + 1)
        for number, path in enumerate(filled):  # by name among the broken ones
            for place in (received, alone):
                os.link(path, place / f"broken-{number:04}-good.xlsx")
        kinds = {
            path.name: WAYS[number % len(WAYS)].__name__
            for number, path in enumerate(write_broken(other, received, count))
        }
        kinds |= {shown(path): kind for kind, paths in write_odd(other, received).items() for path in paths}
        quiet = Run(alone, folder / "quiet", folder / "home", temporary, jobs=2)
        run_to_the_end([quiet], count, random.Random(0))
        expected = {name: alike(row) for name, row in by_name(quiet.rows()).items()}
        start = time.perf_counter()
        runs = [Run(received, folder / part, home, temporary, jobs=1, kills=KILLS) for part in ("one", "two")]
        run_to_the_end(runs, count + len(kinds), random.Random(1))
        minutes = (time.perf_counter() - start) / 60
        rows = [check_rows(run, expected, kinds) for run in runs]
        versions, results = check_register(rows, home)
        must("no passing file is left", not list(temporary.iterdir()))
    files = count + len(kinds)
    publish(
        "faults",
        f"{count} good researcher workbooks and {len(kinds)} broken or hostile ones in one folder, against {lists}: "
        f"two runs at once over all of them, recording in one register, each killed without warning {KILLS} times in "
        f"the middle and started again ({minutes:.0f} minutes).  Each run: a row for each of the {files:,} files, "
        f"{count} good ones as in a run that nothing disturbed, no finished file done again, no copy torn, nothing "
        f"left over.  The register: {versions} versions with {results} results, all that was read and nothing twice; "
        "its chain is whole.",
        table(("kind of broken file", "files", "how they came out"), outcomes(rows[0], kinds)),
    )


if __name__ == "__main__":
    main()
