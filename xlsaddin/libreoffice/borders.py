"""Borders of cells as xlwings sets them: thin continuous lines of one colour, on chosen sides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlsaddin.libreoffice import runtime
from xlsaddin.libreoffice.formats import to_uno_color

if TYPE_CHECKING:
    from xlsaddin.libreoffice.ranges import CalcRange

_WIDTHS = {"hairline": 2, "thin": 26, "medium": 62, "thick": 88}  # 1/100 mm
_SIDES = {
    "edge_top": "TopLine",
    "edge_bottom": "BottomLine",
    "edge_left": "LeftLine",
    "edge_right": "RightLine",
    "inside_vertical": "VerticalLine",
    "inside_horizontal": "HorizontalLine",
}


class CalcBorders(base_classes.Borders):
    """The borders of a range; they can be set and cleared, side by side."""

    def __init__(self, cells: CalcRange) -> None:
        self.parent = cells

    @property
    def api(self) -> Any:
        """The UNO table border."""
        return self.parent.api.TableBorder2

    def set(self, which: Iterable[str] = (), *, line_style: Any = None, weight: Any = None, color: Any = None) -> None:
        """Set the sides; no line style but `none` is told apart from a continuous line."""
        line = runtime.load_uno().createUnoStruct("com.sun.star.table.BorderLine2")
        if line_style != "none":
            line.LineWidth = line.OuterLineWidth = _WIDTHS.get(weight, _WIDTHS["thin"])
            line.Color = to_uno_color(color) if isinstance(color, (str, int, tuple)) else 0
        border = self.parent.api.TableBorder2
        for side in (_SIDES[name] for name in which if name in _SIDES):
            setattr(border, side, line)
            setattr(border, f"Is{side}Valid", True)
        self.parent.api.TableBorder2 = border

    def clear(self, which: Iterable[str] = ()) -> None:
        """Remove the sides' lines."""
        self.set(which, line_style="none")
