"""Laws: nothing that people type stops the reading or the validation, and what is shown is always understood."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.checklist.sheets import AS_OF, load
from xlsaddin.checklist.answers import Fault
from xlsaddin.checklist.cells import read_cell
from xlsaddin.checklist.model import Column, Kind, Type
from xlsaddin.checklist.periods import lies_outside, row_span
from xlsaddin.checklist.raw import RawAnswers, RawCell, RawRow, RawTable
from xlsaddin.checklist.validation import validate_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.parameters import Parameters

RESEARCHER = load("researcher", "wide")
LIKELY = [
    "あり",
    "該当なし",
    "2024/4",
    "現在",
    "2024.4-2025.3",
    "05/06/2026",
    "#REF!",
    "=1+1",
    "A; B",
    "3,000千円",
    "✓",
    "CN",
]
CONTENTS = st.one_of(
    st.none(),
    st.sampled_from(LIKELY),
    st.text(max_size=30),
    st.booleans(),
    st.integers(-5, 10**8),
    st.floats(allow_nan=False),
    st.dates(),
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),
)
CELLS = st.builds(RawCell, CONTENTS, error=st.just(False) | st.booleans())


@st.composite
def raw_books(draw: st.DrawFn) -> RawAnswers:
    singles: dict[str, RawCell] = {}
    tables: dict[str, RawTable] = {}
    for item in draw(st.lists(st.sampled_from(RESEARCHER.items), max_size=8, unique_by=lambda item: item.key)):
        if item.kind is Kind.SINGLE:
            singles[item.key] = draw(CELLS)
            continue
        keys = st.sampled_from([column.key for column in item.columns])
        found = draw(st.lists(st.dictionaries(keys, CELLS, max_size=6), max_size=3))
        tables[item.key] = RawTable(draw(CELLS), draw(CELLS), [RawRow(cells) for cells in found])
    return RawAnswers("researcher", singles, tables)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(raw_books())
def test_whatever_is_in_the_cells_is_read_and_validated(raw: RawAnswers) -> None:
    answers = read_answers(RESEARCHER, raw)
    findings = validate_answers(RESEARCHER, answers, Parameters(AS_OF))
    places = {(f.location.item, f.location.row, f.location.column) for f in findings}
    always_asked = [item for item in RESEARCHER.items if not item.applies_if]
    for item in always_asked:
        for row in answers.rows(item.key):
            faulty = [key for key, cell in row.cells.items() if cell.fault]
            assert {(item.key, row.number, key) for key in faulty} <= places


@given(CONTENTS, CONTENTS)
def test_a_row_is_outside_only_when_its_end_is_known_to_lie_before(since: Any, until: Any) -> None:
    item = RESEARCHER.item("grants")
    table = RawTable(rows=[RawRow({"since": RawCell(since), "until": RawCell(until), "title": RawCell("X")})])
    row = read_answers(RESEARCHER, RawAnswers("researcher", tables={"grants": table})).rows("grants")[0]
    first, last = row_span(item, row)
    start = date(2024, 4, 1)
    known = last is not None and last < start and (first is None or first <= last)
    assert lies_outside(item, row, start) is known


@given(st.sampled_from(list(Type)), CONTENTS)
def test_a_cell_has_a_value_or_a_fault_or_is_blank(kind: Type, content: Any) -> None:
    column = Column(
        key="any_cell", label_ja="欄", label_en="Cell", type=kind, choices="status" if kind is Type.CHOICE else ""
    )
    cell = read_cell(column, RawCell(content), RESEARCHER)
    assert cell.raw is content
    assert cell.fault is None or (isinstance(cell.fault, Fault) and cell.value is None)
    if cell.blank:
        assert (cell.value, cell.fault) == (None, None)


@given(st.sampled_from([item for item in RESEARCHER.items if item.choices]), st.sampled_from(["ja", "en", "both"]))
def test_a_choice_as_shown_is_read_back(item: Any, language: str) -> None:
    for choice in RESEARCHER.choices_of(item):
        text = {"ja": choice.ja, "en": choice.en, "both": f"{choice.ja} / {choice.en}"}[language]
        assert read_cell(item, RawCell(text), RESEARCHER).value == choice.key
