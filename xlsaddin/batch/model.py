"""What every worker of a batch must know, and what became of one file: every file ends in exactly one outcome."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from xlsaddin import resources
from xlsaddin.batch.sharing import SharedAnswers
from xlsaddin.findings import Finding
from xlsaddin.review_model import Review
from xlsaddin.workbook.meta import BookMeta

__all__ = ["Outcome", "Plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What every worker of a batch must know.

    Attributes:
        as_of: the day to judge by. profile: key, None for each workbook's own.
        home: the state folder; folder: where relative paths begin; None for those of the worker's own process.
        register: address of the register asked for earlier judgements, which records the results; None for none.
        shared: where the workers leave their answers for each other, None when each is on its own.
    """

    as_of: date
    profile: str | None = None
    home: Path | None = None
    folder: Path | None = None
    register: str | None = field(default=None, repr=False)
    shared: SharedAnswers | None = None

    def anywhere(self) -> Plan:
        """Return the same plan for workers that run in another folder, with other settings, on another machine."""
        return replace(self, home=(self.home or resources.home()).absolute(), folder=self.folder or Path.cwd())


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one file.

    Attributes:
        path: the file as given. found: its review, or the finding that says why it could not be read.
        reviewed: the reviewed copy that was written, None when none was.
        meta: what the workbook says about itself, None for one that could not be read.
    """

    path: Path
    found: Review | Finding
    reviewed: Path | None = None
    meta: BookMeta | None = None
