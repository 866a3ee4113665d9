"""What became of one file of a batch: every file ends in exactly one outcome."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xlsaddin.findings import Finding
from xlsaddin.review_model import Review

__all__ = ["Outcome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one file.

    Attributes:
        path: the file as given. found: its review, or the finding that says why it could not be read.
        reviewed: the reviewed copy that was written, None when none was.
    """

    path: Path
    found: Review | Finding
    reviewed: Path | None = None

    @property
    def result(self) -> tuple[str, Review | Finding]:
        """The form reports take: path as text, review or finding."""
        return str(self.path), self.found
