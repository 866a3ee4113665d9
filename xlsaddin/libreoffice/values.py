"""Python values and what a Calc cell holds: Calc knows numbers and texts only; a date is a number with a format."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

_EPOCH = datetime(1899, 12, 30)

_ERRORS = {
    501: "#VALUE!",
    502: "#VALUE!",
    503: "#NUM!",
    504: "#REF!",
    508: "#NAME?",
    511: "#VALUE!",
    519: "#VALUE!",
    522: "#REF!",
    523: "#NUM!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}


class CellError(str):
    """What an error cell shows, such as `#N/A`. A text of its own type, so that it is never taken for an answer."""

    __slots__ = ()


def error_of(number: int) -> CellError:
    """Return the error shown for Calc's error number; a number Excel does not know stays as `Err:NNN`."""
    return CellError(_ERRORS.get(number, f"Err:{number}"))


def to_serial(value: date | datetime | time) -> float:
    """Return the spreadsheet serial number of a date or time."""
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    return (moment.replace(tzinfo=None) - _EPOCH) / timedelta(days=1)


def to_datetime(serial: float) -> datetime:
    """Return the moment of a serial number, to the microsecond rounded to milliseconds."""
    return _EPOCH + timedelta(milliseconds=round(serial * 86_400_000))


def to_date(serial: float) -> date:
    """Return the day of a serial number."""
    return to_datetime(serial).date()


def to_number(value: object) -> float | None:
    """Return what a number, bool, date or time is as a cell number; None for anything else."""
    if isinstance(value, (bool, int, float, Decimal)):
        return float(value)
    if isinstance(value, (date, datetime, time)):
        return to_serial(value)
    return None
