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
from xlsaddin.assessment.model import Assessment
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
    _compare(make_case(key, random, tmp_path), random, office, SETS)


def test_co_pi__two_results_each_moved_by_its_own_judgements(office: Office, tmp_path: Path) -> None:
    """3-3(1)(i) and 3-3(2)(i): both levels, states and scores in the cells equal Python's."""
    random = Random("2026-09-01 Co-PI")
    case = make_case("researcher", random, tmp_path, fixed={"role": "Co-PI", "institution_role": "共同研究機関"})
    assert case.other is not None
    _compare(case, random, office, SETS // 4)


def _compare(case: Case, random: Random, office: Office, sets: int) -> None:
    cells = list(case.cells())
    layers = [case] if case.other is None else [case, case.other]
    seen: set[tuple[object, ...]] = set()
    apart = 0
    with office.open(case.path) as document:
        for number in range(sets):
            change(case, random, cells, document)
            document.calculate()
            expectations = [expected(layer) for layer in layers]
            wanted = {
                place: value
                for layer, (scope, made) in zip(layers, expectations, strict=True)
                for place, value in _wanted(layer, scope, made)
            }
            found = _read(document, wanted)
            wrong = {place: (found[place], value) for place, value in wanted.items() if not _alike(found[place], value)}
            assert not wrong, (number, dict(list(wrong.items())[:8]))
            results = {_result(*one) for one in expectations}
            seen |= results
            apart += len(results) > 1
    assert len(seen) > 1, "the random sets never changed the result"
    assert apart or len(layers) == 1, "the judgements of one institution always moved both results alike"


def _result(scope: EvaluationScope, assessment: Assessment) -> tuple[object, ...]:
    reasons = (row["number"] for row in scope.tables["reasons"])
    counted = (row["hits"] for row in scope.tables["contributions"])
    return assessment.score, assessment.state, *reasons, *counted


def _wanted(case: Case, scope: EvaluationScope, assessment: Assessment) -> Shown:
    named = case.book.layer.named
    yield from _computed(case, scope)
    yield from _concluded(case, scope)
    yield named("r_level"), _LEVELS[assessment.level]
    yield named("r_state"), _STATES[assessment.state.value]
    yield named("r_score"), assessment.score


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
                yield f"{book.sheet_name('hits')}!{cell_name(row, column)}", book.show(computed, values[computed.key])
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
            yield f"{case.book.sheet_name('contributions')}!{cell_name(row, 2 + KEYS.index(key))}", values[key]
    for index, values in enumerate(scope.tables["reasons"]):
        yield calculation.reason_spot(index, case.book.layer).link, values["number"]


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
