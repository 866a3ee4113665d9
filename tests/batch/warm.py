"""Imported by a process that runs are forked from: one check is done, and what a check needs is there."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.batch.conftest import DAY
from xlsaddin.batch.demonstration import fill_workbooks
from xlsaddin.batch.gathering import gather_tasks
from xlsaddin.batch.model import Plan
from xlsaddin.batch.running import run_batch
from xlsaddin.watchlist.store import ListStore

with tempfile.TemporaryDirectory() as folder:
    fill_workbooks(ListStore(), DAY, Path(folder))
    list(run_batch(Plan(DAY), gather_tasks([Path(folder)])[:1], write=False))
