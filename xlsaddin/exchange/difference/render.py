"""A difference for people at a terminal, for machines, and as a workbook."""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.checklist.model import Checklist
from xlsaddin.exchange.difference.compare import Change, Difference, Sort
from xlsaddin.exchange.difference.version import REASON, STATUS
from xlsaddin.workbook.plan import BookPlan, CellPlan, PrintPlan, SheetPlan, TableColumnPlan, TablePlan

__all__ = ["HEADERS", "column_label", "item_label", "plan_difference", "render_difference", "table_rows"]

_SORTS = {
    Sort.CHANGED: "変更 changed",
    Sort.ADDED: "追加 added",
    Sort.REMOVED: "削除 removed",
}
HEADERS = ("項目 Item", "行 Row", "欄 Column", "種別 Kind", "前 Before", "後 After", "場所 Place")
_WIDTHS = (28.0, 8.0, 24.0, 16.0, 36.0, 36.0, 22.0)


def render_difference(difference: Difference) -> dict[str, object]:
    """Return a difference as JSON-able content."""
    return {
        "before": difference.before.path.name,
        "after": difference.after.path.name,
        "checklist": difference.after.checklist.key,
        "changes": [
            {
                "item": change.item,
                "column": change.column,
                "kind": change.sort.value,
                "row_before": change.row_before or None,
                "row_after": change.row_after or None,
                "before": change.before or None,
                "after": change.after or None,
                "sheet": change.location.sheet,
                "cell": change.location.cell,
            }
            for change in difference.changes
        ],
    }


def table_rows(difference: Difference) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table people see, under `HEADERS`."""
    checklist = difference.after.checklist
    for change in difference.changes:
        place = "!".join(filter(None, (change.location.sheet, change.location.cell)))
        label, column = item_label(checklist, change.item), column_label(checklist, change.item, change.column)
        yield (label, _row(change), column, _SORTS[change.sort], change.before, change.after, place)


def plan_difference(difference: Difference) -> BookPlan:
    """Return the plan of a workbook that lists a difference."""
    title = f"差分 / Difference: {difference.before.path.name} → {difference.after.path.name}"
    columns = tuple(TableColumnPlan(header, "cell") for header in HEADERS)
    rows = tuple(table_rows(difference)) or ((),)
    sheet = SheetPlan(
        key="difference",
        name="差分",
        cells=(CellPlan(1, 2, title, style="title"),),
        tables=(TablePlan("d_changes", 3, 2, columns, rows),),
        widths=((1, 1.6), *((number, width) for number, width in enumerate(_WIDTHS, start=2))),
        freeze=(4, 1),
        print=PrintPlan(landscape=True, title_rows=(3, 3)),
    )
    return BookPlan((sheet,), (), title="差分 Difference")


def item_label(checklist: Checklist, key: str) -> str:
    """Return number and label of an item; the key of one the checklist no longer has."""
    found = next((item for item in checklist.items if item.key == key), None)
    return f"{found.number} {found.label_ja}".strip() if found else key


def column_label(checklist: Checklist, item: str, column: str) -> str:
    """Return the label of a column, empty for a single item or the state of a table."""
    if column == REASON:
        return "理由 Reason"
    found = next((known for known in checklist.items if known.key == item), None)
    labels = {known.key: known.label_ja for known in found.columns} if found else {}
    return labels.get(column, column) if column != STATUS else ""


def _row(change: Change) -> str:
    if change.row_before and change.row_after and change.row_before != change.row_after:
        return f"{change.row_before}→{change.row_after}"
    return str(change.row_after or change.row_before or "")
