"""What the cells offer that officers fill in: closed choices, dates, what is needed for a judgement to count."""

from __future__ import annotations

from collections.abc import Sequence

from xlsaddin.workbook.areas import Area
from xlsaddin.workbook.labels import words
from xlsaddin.workbook.office.book import OfficeBook
from xlsaddin.workbook.office.columns import column_header
from xlsaddin.workbook.office.pages import HEADER_ROW
from xlsaddin.workbook.plan import ValidationPlan
from xlsaddin.workbook.respondent.validations import date_validation, list_validation, shorten

_LISTS = {"disposition": "disposition", "relation_judged": "relation", "inquiry": "inquiry", "adopted": "adopted"}
_DATES = ("judged_on", "decided_on", "due")


def judge_validations(book: OfficeBook, table: str, keys: Sequence[str], bottom: int) -> list[ValidationPlan]:
    """Return the validations of the cells an officer fills in of a result table that ends in row `bottom`."""
    found = []
    for column, key in enumerate(keys, start=2):
        area = str(Area(HEADER_ROW + 1, column, bottom, column))
        title = shorten(column_header(table, key, book.language), 32)
        prompt = "\n".join(words().get(f"judge_prompt.{key}", ()))
        if key in _LISTS:
            found.append(list_validation(area, _LISTS[key], title, prompt, book.language))
        elif key in _DATES:
            found.append(date_validation(area, title, prompt, book.language))
        elif prompt:
            found.append(ValidationPlan(area, "any", title=title, prompt=prompt))
    return found
