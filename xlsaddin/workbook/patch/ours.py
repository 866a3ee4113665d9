"""Which sheets of a received book are ours, so that a result may take their place."""

from __future__ import annotations

from xlsaddin.workbook.meta import META_SHEET, BookMeta
from xlsaddin.workbook.plan import SheetPlan
from xlsaddin.workbook.structure import Sheet, Structure, parse_reference

__all__ = ["find_ours"]

_RESULT = "r_"


def find_ours(structure: Structure, meta: BookMeta, plan: SheetPlan) -> Sheet | None:
    """Return the sheet a planned one replaces: ours by name, or under another name holding its tables or its place.

    Raises:
        WorkbookError: when a person's own sheet has that name.
    """
    keys = (table.name.casefold() for table in plan.tables)
    tables = [structure.tables[key] for key in keys if key in structure.tables]
    named = structure.sheet_by_name.get(plan.name.casefold())
    if named is None:
        earlier = tables[0].sheet if tables else meta.sheets.get(plan.key, "")
        return structure.sheet_by_name.get(earlier.casefold())
    if named.name.casefold() not in _our_names(structure, meta):
        raise structure.package.error("RS-FILE-014", sheet_name=named.name)
    return named


def _our_names(structure: Structure, meta: BookMeta) -> set[str]:
    """Return the names of the sheets that `_meta` lists, or that hold results of ours by table or name."""
    results = [table.sheet for key, table in structure.tables.items() if key.startswith(_RESULT)]
    referred = [parse_reference(text) for key, text in structure.names.items() if key.startswith(_RESULT)]
    names = [META_SHEET, *meta.sheets.values(), *results, *(found[0] for found in referred if found)]
    return {name.casefold() for name in names}
