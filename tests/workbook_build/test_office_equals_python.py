"""Level, state, score and every status in the cells equal Python's, on random answers and judgements of each checklist.

The office workbook stays open in a spreadsheet engine; step by step some thirty cells get other contents (sound,
blank, broken, in any spelling), and everything the rules compute is compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import pytest

from tests.workbook_build.office_case import Case, change, expected, make_case
from xlsaddin.assessment.scope import EvaluationScope
from xlsaddin.checklist.loading import checklist_keys
from xlsaddin.libreoffice.document import Document
from xlsaddin.libreoffice.office import Office
from xlsaddin.libreoffice.values import to_serial
from xlsaddin.workbook.areas import cell_name, parse_area
from xlsaddin.workbook.office import calculation
from xlsaddin.workbook.office.compiled import answer_header
from xlsaddin.workbook.office.contributions import KEYS
from xlsaddin.workbook.office.hits import hit_keys
from xlsaddin.workbook.office.pages import HEADER_ROW
from xlsaddin.workbook.office.places import growth_columns
from xlsaddin.workbook.respondent.summary import summary_cell

pytestmark = pytest.mark.office
SETS = 200

Shown = Iterator[tuple[str, object]]


@pytest.mark.parametrize("key", checklist_keys())
def test_random_answers_and_judgements__same_in_cells(key: str, office: Office, tmp_path: Path) -> None:
    random = Random(f"2026-09-01 {key}")
    case = make_case(key, random, tmp_path)
    cells = list(case.cells())
    seen = set()
    with office.open(case.path) as document:
        for number in range(SETS):
            change(case, random, cells, document)
            document.calculate()
            scope, assessment = expected(case)
            wanted = {**dict(_computed(case, scope)), **dict(_concluded(case, scope))}
            wanted |= {"r_level": _LEVELS[assessment.level], "r_state": _STATES[assessment.state.value]}
            wanted |= {"r_score": assessment.score}
            found = _read(document, wanted)
            wrong = {place: (found[place], value) for place, value in wanted.items() if not _alike(found[place], value)}
            assert not wrong, (number, dict(list(wrong.items())[:8]))
            seen.add((assessment.score, assessment.state, *(row["number"] for row in scope.tables["reasons"])))
    assert len(seen) > 1, "the random sets never changed the result"


_LEVELS = ("低", "中", "高", "極めて高")
_STATES = {"final": "確定", "provisional": "暫定", "inconclusive": "判定不能"}


def _computed(case: Case, scope: EvaluationScope) -> Shown:
    """Yield every cell of the rules' computed columns and names, with what it has to show."""
    book = case.book
    for computed in book.rules.computed:
        if computed.table == "book":
            place = calculation.name_spot(book.rules, computed.key).link
            yield place, book.show(computed, scope.names[computed.key])
        elif computed.table == "items":
            place = summary_cell(book.layout, computed.item, computed.key).link
            yield place, book.show(computed, scope.rows_of(computed)[0][computed.key])
        elif computed.table == "hits":
            column = 2 + hit_keys(book).index(computed.key)
            for row, values in enumerate(scope.tables["hits"], start=HEADER_ROW + 1):
                yield f"照合!{cell_name(row, column)}", book.show(computed, values[computed.key])
        elif computed.table != "differences":
            table = book.layout.table(computed.table)
            headers = [answer_header(book.layout, one) for one in book.rules.computed if one.table == computed.table]
            column = growth_columns(book, table, headers)[answer_header(book.layout, computed)]
            for row, values in enumerate(scope.tables[computed.table], start=table.first_row):
                yield f"{table.sheet}!{cell_name(row, column)}", book.show(computed, values[computed.key])


def _concluded(case: Case, scope: EvaluationScope) -> Shown:
    """Yield the counts of indicators and of what keeps the state from being final."""
    for row, values in enumerate(scope.tables["contributions"], start=HEADER_ROW + 1):
        for key in ("hits", "pending", "level"):
            yield f"根拠!{cell_name(row, 2 + KEYS.index(key))}", values[key]
    for index, values in enumerate(scope.tables["reasons"]):
        yield calculation.reason_spot(index).link, values["number"]


def _read(document: Document, places: Iterable[str]) -> dict[str, object]:
    """Return what cells show, a whole sheet read at a time."""
    sheets: dict[str, list[list[object]]] = {}
    found: dict[str, object] = {}
    for place in places:
        name, mark, cell = place.rpartition("!")
        if not mark:
            found |= document.read_cells([place])
            continue
        if name not in sheets:
            sheets[name] = document.read_sheet(name)
        rows = sheets[name]
        area = parse_area(cell)
        row = rows[area.top - 1] if area.top <= len(rows) else []
        found[place] = row[area.left - 1] if area.left <= len(row) else None
    return found


def _alike(shown: object, wanted: object) -> bool:
    if wanted is None or wanted == "":
        return shown is None
    if isinstance(wanted, str):
        return shown == wanted
    number = float(wanted) if isinstance(wanted, (int, float)) else to_serial(wanted)  # type: ignore[arg-type]
    return isinstance(shown, float) and abs(shown - number) < 1e-6
