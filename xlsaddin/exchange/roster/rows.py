"""Rows of a roster: which column holds the ID, which projects a row names, which rows get no form."""

from __future__ import annotations

from xlsaddin.checklist.answers import Row

__all__ = ["ID_COLUMNS", "case_numbers", "is_out_of_scope", "plain", "written"]

ID_COLUMNS = {
    "persons": "subject_id",
    "partners": "subject_id",
    "supporters": "subject_id",
    "contracts": "contract_no",
}


def case_numbers(row: Row) -> tuple[str, ...]:
    """Return the project numbers a row names, each once."""
    value = row.value("case_numbers")
    return tuple(dict.fromkeys(value)) if isinstance(value, tuple) else ()


def is_out_of_scope(table: str, row: Row) -> bool:
    """Return True for a body the procedure leaves out: Japanese universities and the like, public bodies of Japan."""
    return table in ("partners", "supporters") and str(row.value("kind") or "").startswith("jp_")


def written(row: Row, key: str) -> str:
    """Return what stands in a column, as one line of text."""
    return plain(row.cell(key).raw)


def plain(raw: object) -> str:
    """Return a content as one line of text; a whole number without its `.0`."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return "" if raw is None else " ".join(str(raw).split())
