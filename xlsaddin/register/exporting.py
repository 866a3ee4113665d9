"""What the register holds, for others to use: results for summaries, tables for pandas and Excel, trends.

Leaves out what only serves the register itself: digests, salts, the kept texts of definitions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xlsaddin.files import replacing
from xlsaddin.register.tables import Base, Membership, Result, Subject
from xlsaddin.report.outcomes import is_rated
from xlsaddin.report.summary_workbook_figures import Deadline, Trend
from xlsaddin.report.summary_workbook_sheets import Pen, RowSheet

if TYPE_CHECKING:
    import pandas

    from xlsaddin.register.worklist import WorkItem

__all__ = ["deadlines_of", "entries", "frames", "trend", "work_of", "write_export"]

_HIDDEN = frozenset(
    {"answers", "content", "rests_on", "salt", "payload", "digest", "previous", "chain", "counts", "text"}
)
_EXPORTED = (
    "case", "subject", "membership", "submission", "result", "list_used", "seen_hit", "remembered", "decision",
    "agreed_measure", "follow_up", "correction", "experience", "deletion",
)  # fmt: skip
_KEPT_TEXT = frozenset({"agreed_measure", "follow_up", "experience"})
"""Tables whose `text` people need to see; elsewhere a text is a whole definition file."""


def entries(session: Session, case: str = "") -> Iterator[dict[str, Any]]:
    """Yield the JSON object of each newest result, as a batch gives it, with department and reviewed copy.

    `path` is the name the declaration came in under; where that file is now (`original`) the register does not know.
    """
    wanted = (
        select(Result, Subject)
        .join(Subject, Subject.code == Result.subject_code)
        .where(Result.newest, Result.content.is_not(None))
        .order_by(Result.subject_code, Result.id)
    )
    if case:
        wanted = wanted.join(Membership, Membership.subject_code == Subject.code).where(Membership.case_number == case)
    for result, subject in session.execute(wanted.execution_options(yield_per=100)):
        own = {
            key: value
            for key, value in (result.content or {}).items()
            if key not in ("must", "items", "judged", "asked")
        }
        place = {"department": subject.department or "-", "reviewed": result.reviewed_copy, "original": ""}
        yield {
            **own,
            **place,
            "path": result.file_name or subject.code,
            "subject": f"{subject.code} {subject.name or ''}".strip(),
        }


def trend(session: Session, case: str = "") -> list[Trend]:
    """Return how many subjects (of one case or all) stood at each level on each day of a record, oldest first."""
    standing: dict[tuple[str, str], tuple[str, int]] = {}
    days: dict[date, Trend] = {}
    rows = select(Result.subject_code, Result.checklist, Result.level, Result.to_judge, Result.reviewed_at)
    if case:
        rows = rows.join(Membership, Membership.subject_code == Result.subject_code).where(
            Membership.case_number == case
        )
    for code, checklist, level, to_judge, at in session.execute(rows.order_by(Result.reviewed_at, Result.id)):
        standing[code, checklist] = level if is_rated(checklist) else "", to_judge
        levels = Counter(found for found, _ in standing.values() if found)
        days[at.date()] = Trend(at.date(), levels, sum(count for _, count in standing.values()))
    return [days[day] for day in sorted(days)]


def work_of(session: Session, work: list[WorkItem], case: str) -> list[WorkItem]:
    """Return what of a worklist is about a case or who takes part in it; everything without a case."""
    if not case:
        return work
    members = set(session.scalars(select(Membership.subject_code).where(Membership.case_number == case)))
    return [one for one in work if one.case == case or (not one.case and one.subject in members)]


def deadlines_of(work: list[WorkItem]) -> list[Deadline]:
    """Return a worklist as the summary shows it."""
    return [Deadline(one.due, one.role.value, one.case, one.subject, one.ja, one.en, one.link) for one in work]


def frames(session: Session) -> dict[str, pandas.DataFrame]:
    """Return the tables of the register as data frames by name, for notebooks."""
    import pandas  # only notebooks need it

    return {name: pandas.DataFrame(rows, columns=list(header)) for name, header, rows in _tables(session)}


def write_export(session: Session, target: Path) -> None:
    """Write the tables of the register as one workbook, a sheet each, with filters."""
    import xlsxwriter  # only this command needs it

    with replacing(target) as temporary:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(str(temporary), options)
        pen = Pen(book, target.parent.resolve())
        for name, header, rows in _tables(session):
            sheet = RowSheet(pen, name.replace("_", ""), [(column, 18.0) for column in header])
            for row in rows:
                sheet.write([_cell(value) for value in row])
            sheet.close()
        book.close()


def _tables(session: Session) -> Iterator[tuple[str, tuple[str, ...], list[tuple[Any, ...]]]]:
    for name in _EXPORTED:
        table = Base.metadata.tables[name]
        columns = [one for one in table.columns if one.name not in _HIDDEN or _shows_text(name, one.name)]
        rows = session.execute(select(*columns).order_by(*table.primary_key.columns))
        yield name, tuple(one.name for one in columns), [tuple(row) for row in rows]


def _shows_text(table: str, column: str) -> bool:
    return column == "text" and table in _KEPT_TEXT


def _cell(value: Any) -> Any:
    match value:
        case bool():
            return "○" if value else ""
        case datetime():
            return value.isoformat(timespec="seconds")
        case list():
            return "; ".join(str(one) for one in value)
        case _:
            return value
