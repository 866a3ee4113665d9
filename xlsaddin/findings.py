"""What a check finds in a sheet: a message, where it stands, and nothing that stops the work."""

from __future__ import annotations

from dataclasses import dataclass

from xlsaddin import codes
from xlsaddin.codes import Severity

__all__ = ["Finding", "Location", "Severity", "make_finding"]


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Where something stands in a checklist, as a person would look for it.

    Attributes:
        item: key of the item, such as `education`; empty for the workbook as a whole.
        sheet: sheet name as shown, when the answers came from a workbook.
        cell: address without `$`, such as `C12`.
        column: key of the column inside a table item.
        row: 1-based number of the answer row inside its table.
    """

    item: str = ""
    sheet: str = ""
    cell: str = ""
    column: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, complete in itself.

    Attributes:
        code: id in the catalogue.
        severity: error 誤り / warning 要確認 / note 参考.
        location: where.
        message_ja: sentence in Japanese; message_en: in English.
        difference: True for a difference between two items (申告との差異), which is asked of the person first and
            keeps the state provisional until the inquiry is closed.
        body: id of the listed body a difference is about; it falls with the hits on that body.
    """

    code: str
    severity: Severity
    location: Location
    message_ja: str
    message_en: str
    difference: bool = False
    body: str = ""


def make_finding(code: str, location: Location, *, difference: bool = False, **facts: object) -> Finding:
    """Return the finding of a catalogue code at a place, with its two sentences filled in."""
    entry = codes.message(code)
    return Finding(code, entry.severity, location, entry.render_ja(**facts), entry.render_en(**facts), difference)
