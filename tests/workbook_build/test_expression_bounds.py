"""Days beyond the calendar are blank in Python, as an error of EDATE is in a cell."""

from __future__ import annotations

from datetime import date

from xlsaddin.checklist.answers import FOREVER
from xlsaddin.checklist.expression import months_after


def test_months_after_the_last_day_is_blank() -> None:
    assert months_after(FOREVER, 6) is None
    assert months_after(date(2026, 4, 5), 6) == date(2026, 10, 5)
