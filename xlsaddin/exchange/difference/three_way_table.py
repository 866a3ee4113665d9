"""A three-way difference as a workbook: what was sent, and what the two made of it, cell by cell."""

from __future__ import annotations

from xlsaddin.exchange.difference.render import column_label, item_label
from xlsaddin.exchange.difference.three_way import ThreeWay, ThreeWayCell, Verdict
from xlsaddin.workbook.plan import BookPlan, CellPlan, PrintPlan, SheetPlan, TableColumnPlan, TablePlan

__all__ = ["plan_three_way"]

_VERDICTS = {
    Verdict.CONFLICT: "食い違い contradicts",
    Verdict.MINE: "1だけ変更 only 1",
    Verdict.THEIRS: "2だけ変更 only 2",
    Verdict.SAME: "同じ変更 same",
}
_HEADERS = ("判定 Verdict", "項目 Item", "行 Row", "欄 Column", "配布時 As sent", "1", "2")
_WIDTHS = (18.0, 28.0, 8.0, 24.0, 30.0, 30.0, 30.0)


def plan_three_way(three: ThreeWay, first: str, second: str) -> BookPlan:
    """Return the plan of the table; contradictions come first.

    Args:
        three: the difference. first, second: where the two came from, as people know them.
    """
    cells = sorted(three.cells, key=lambda cell: cell.verdict is not Verdict.CONFLICT)
    rows = tuple(_row(three, cell) for cell in cells) or ((),)
    sheet = SheetPlan(
        key="three_way",
        name="三者比較",
        cells=(
            CellPlan(1, 2, "配布したものからの変更 / Changes since the copy was sent", style="title"),
            CellPlan(2, 2, f"1: {first}", style="hint"),
            CellPlan(3, 2, f"2: {second}", style="hint"),
        ),
        tables=(TablePlan("d_three_way", 5, 2, tuple(TableColumnPlan(text, "cell") for text in _HEADERS), rows),),
        widths=((1, 1.6), *enumerate(_WIDTHS, start=2)),
        freeze=(6, 1),
        print=PrintPlan(landscape=True, title_rows=(5, 5)),
    )
    return BookPlan((sheet,), (), title="三者比較 Three-way difference")


def _row(three: ThreeWay, cell: ThreeWayCell) -> tuple[str, ...]:
    checklist = three.mine.checklist
    number = next((str(row + 1) for row in cell.rows if row is not None), "")
    label, column = item_label(checklist, cell.item), column_label(checklist, cell.item, cell.column)
    return (_VERDICTS[cell.verdict], label, number, column, cell.base.text, cell.mine.text, cell.theirs.text)
