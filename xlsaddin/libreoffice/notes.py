"""Cell notes as xlwings sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

if TYPE_CHECKING:
    from xlsaddin.libreoffice.ranges import CalcRange

_ANNOTATION = 8  # com.sun.star.sheet.CellFlags


class CalcNote(base_classes.Note):
    """The note of one cell."""

    def __init__(self, annotation: Any, sheet: Any) -> None:
        self._annotation = annotation
        self._sheet = sheet

    @property
    def api(self) -> Any:
        """The UNO annotation."""
        return self._annotation

    @property
    def text(self) -> str:
        """What it says."""
        return str(self._annotation.getString())

    @text.setter
    def text(self, value: str) -> None:
        place = self._annotation.Position
        self.delete()
        self._sheet.api.Annotations.insertNew(place, value)
        self._annotation = self._sheet.api.getCellByPosition(place.Column, place.Row).Annotation

    @property
    def author(self) -> str:
        """Who wrote it."""
        return str(self._annotation.Author)

    @property
    def location(self) -> CalcRange:
        """The cell it belongs to."""
        place = self._annotation.Position
        found: CalcRange = self._sheet.range((place.Row + 1, place.Column + 1))
        return found

    def delete(self) -> None:
        """Remove it."""
        place = self._annotation.Position
        self._sheet.api.getCellByPosition(place.Column, place.Row).clearContents(_ANNOTATION)
