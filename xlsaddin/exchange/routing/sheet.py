"""How the stage sheet 回付 looks: the order of the desks above, a row a passing below."""

from __future__ import annotations

from collections.abc import Sequence

from xlsaddin.exchange.routing.desks import Route
from xlsaddin.workbook.plan import CellPlan, PrintPlan, SheetPlan, TableColumnPlan, TablePlan

__all__ = ["HEADERS", "SHEET", "TABLE", "plan_stages"]

SHEET, TABLE = "回付", "r_stages"
HEADERS = ("段階 Stage", "担当 Who", "日時 When", "可否 Decision", "備考 Remark", "控え Digest")
_WIDTHS = (26.0, 18.0, 26.0, 20.0, 40.0, 22.0)
_HEADER_ROW = 5
_INTRO = (
    "段階ごとに1行、渡すときにツールが書きます。前の段階の記入は変えないでください。"
    " / A row a stage, written by the tool on passing it on. Leave the entries of earlier stages as they are."
)


def plan_stages(route: Route, rows: Sequence[tuple[str, ...]] = ()) -> SheetPlan:
    """Return the sheet.

    Args:
        route: the desks in order. rows: what was recorded, in the order of `HEADERS`.
    """
    columns = tuple(TableColumnPlan(header, "cell") for header in HEADERS)
    order_ja = " → ".join(stage.ja for stage in route.stages.values())
    order_en = " → ".join(stage.en for stage in route.stages.values())
    return SheetPlan(
        key="stages",
        name=SHEET,
        cells=(
            CellPlan(1, 2, "回付 / Stages", style="title"),
            CellPlan(2, 2, f"{order_ja} / {order_en}", style="hint"),
            CellPlan(3, 2, _INTRO, style="hint"),
        ),
        tables=(TablePlan(TABLE, _HEADER_ROW, 2, columns, tuple(rows) or ((),)),),
        widths=((1, 1.6), *enumerate(_WIDTHS, start=2)),
        freeze=(_HEADER_ROW + 1, 1),
        print=PrintPlan(landscape=True, title_rows=(_HEADER_ROW, _HEADER_ROW)),
    )
