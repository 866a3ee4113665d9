"""Runs of the command line that are killed without warning and started again until they come to their end."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.reading import AS_OF

TIMEOUT = 60
_JOURNAL = ".xlsaddin-batch.jsonl"
Row = dict[str, Any]
Written = dict[str, tuple[int, int]]


@dataclass
class Run:
    """One run over the folder, killed and started again until it comes to its end.

    Attributes:
        out: where its copies go; home: its state folder; temporary: its folder for passing files.
        kills: left to be done; done: copies of finished files when it was last killed; again: of them written again.
    """

    received: Path
    out: Path
    home: Path
    temporary: Path
    jobs: int
    kills: int = 0
    done: Written = field(default_factory=dict)
    again: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = ("--as-of", AS_OF.isoformat(), "--json", "--register", "--timeout", TIMEOUT, "--jobs", self.jobs)
        command = [sys.executable, "-m", "xlsaddin", "check", self.received, "--out", self.out, *options]
        told = {"XLSADDIN_HOME": str(self.home), "TMPDIR": str(self.temporary)}
        with self.said.open("ab") as said, self.printed.open("wb") as printed:
            self.process = subprocess.Popen(
                [*map(str, command)], stdout=printed, stderr=said, env={**os.environ, **told}
            )

    @property
    def printed(self) -> Path:
        return self.out.with_suffix(".json")

    @property
    def said(self) -> Path:
        return self.out.with_suffix(".txt")

    def finished(self) -> list[str]:
        """Return the names of the files noted as finished."""
        journal = self.out / _JOURNAL
        lines = journal.read_bytes().split(b"\n")[:-1] if journal.exists() else []
        return [Path(json.loads(line)["result"]["path"]).stem for line in lines if line]

    def kill(self) -> None:
        """Kill the run without warning, its workers go with it, and see what it had finished."""
        assert self.process
        self.process.kill()
        self.process.wait()
        self.kills -= 1
        self.compare()
        there = self.copies()
        self.done = {name: there[name] for name in self.finished() if name in there}

    def compare(self) -> None:
        """Count what was finished before the last kill and was written again since."""
        there = self.copies()
        self.again += sum(there.get(name) != written for name, written in self.done.items())

    def copies(self) -> Written:
        found = {}
        for path in self.out.glob("*.reviewed.xlsx"):
            told = path.stat()
            found[path.name.removesuffix(".reviewed.xlsx")] = told.st_ino, told.st_mtime_ns
        return found

    def rows(self) -> list[Row]:
        rows: list[Row] = json.loads(self.printed.read_bytes())["workbooks"]
        return rows


def run_to_the_end(runs: Sequence[Run], files: int, rng: random.Random) -> None:
    """Let the runs go side by side, each killed when it has got some part further."""
    every = files // (max(run.kills for run in runs) + 2)
    for run in runs:
        run.start()
    goals = {id(run): rng.randint(1, every) for run in runs if run.kills}
    going = list(runs)
    while going:
        time.sleep(0.2)
        for run in tuple(going):
            assert run.process
            if run.process.poll() is not None:
                if run.process.returncode != 1:
                    raise RuntimeError(f"ended with {run.process.returncode}: {run.said.read_text()[-2000:]}")
                run.compare()
                going.remove(run)
            elif run.kills and len(run.finished()) >= goals[id(run)]:
                time.sleep(rng.random())
                run.kill()
                goals[id(run)] = len(run.finished()) + rng.randint(every // 2, every)
                run.start()
