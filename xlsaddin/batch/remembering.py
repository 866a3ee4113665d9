"""The register in a batch: workers ask it what was judged before, one process alone writes what came out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from xlsaddin.files import printable
from xlsaddin.findings import Finding, Location, make_finding
from xlsaddin.report.machine import Json, render_finding
from xlsaddin.review_model import Judgements, Review

if TYPE_CHECKING:
    from xlsaddin.batch.gathering import Task
    from xlsaddin.checklist.answers import Answers
    from xlsaddin.register.opening import RegisterError
    from xlsaddin.register.register import Register
    from xlsaddin.screening.model import Judgement
    from xlsaddin.workbook.read.book import ReadBook

__all__ = ["NOT_KEPT", "Keeper", "Memory"]

NOT_KEPT, _NOT_READ, _UNUSABLE = "RS-REG-022", "RS-REG-023", "RS-REG-002"


class Memory:
    """What a worker asks the register for. Trouble with it is said and stops nothing.

    Args:
        address: of the register, opened when it is first asked.
    """

    def __init__(self, address: str) -> None:
        self._address = address

    def recall(
        self, book: ReadBook, answers: Answers, placed: Mapping[tuple[str, str, str], Judgement]
    ) -> tuple[Judgements, list[Finding]]:
        """Return the judgements a review may use, and what there is to say about them; see `Register.judgements`."""
        from xlsaddin.register.opening import RegisterError

        try:
            return self._register.judgements(book.checklist, answers, book.meta.subject_id, placed)
        except RegisterError as trouble:
            ja, en = trouble.ja, trouble.en
            return Judgements(placed), [make_finding(_NOT_READ, Location(), reason_ja=ja, reason_en=en)]

    @cached_property
    def _register(self) -> Register:
        from xlsaddin.register.register import Register

        return Register.open(self._address)


class Keeper:
    """Takes the results of a batch into the register as they come in.

    A file checked again after a break is counted once: the same file or answers are the same version, the same result
    is the same result.

    Args:
        register: open; workers ask it by its address.
        names: under which a file came in, where that is not its own.
    """

    def __init__(self, register: Register, names: Mapping[Path, str] | None = None) -> None:
        self.register = register
        self._names = names or {}

    @property
    def address(self) -> str:
        """The address by which workers open the register."""
        return self.register.address

    def naming(self, names: Mapping[Path, str]) -> Keeper:
        """Return a keeper of the same register that knows under which names files came in."""
        return Keeper(self.register, names)

    def keep(self, task: Task, result: Json) -> Json:
        """Return a result as it is shown: without what only recording needs, with subject and version recorded."""
        from xlsaddin.register.opening import RegisterError
        from xlsaddin.register.recording import Received

        review, file = result.pop("review", None), result.pop("file", {})
        if not isinstance(review, Review):
            return {**result, "recorded": None}
        copy = str(Path(result["reviewed"]).absolute()) if result["reviewed"] else ""
        name = self._names.get(task.path, printable(task.path.name))
        received = Received(name, received_at=datetime.now(UTC), reviewed_copy=copy, **file)
        try:
            recorded = self.register.record_review(review, received)
        except RegisterError as trouble:
            lost = render_finding(_not_kept(trouble))
            return {**result, "findings": [lost, *result["findings"]], "recorded": None}
        said = [render_finding(finding) for finding in recorded.findings]
        where = {"subject": recorded.subject, "version": recorded.version}
        return {**result, "findings": [*said, *result["findings"]], "recorded": where}


def _not_kept(trouble: RegisterError) -> Finding:
    """Return why a result was not recorded: the register refuses it (an erased person), or cannot be used at all."""
    if trouble.code != _UNUSABLE:
        return trouble.at(Location())
    return make_finding(NOT_KEPT, Location(), reason_ja=trouble.ja, reason_en=trouble.en)
