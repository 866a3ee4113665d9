"""No clause of the procedure without a place; nothing named that does not exist; the page as generated."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from xlsaddin import codes, resources
from xlsaddin.assessment.definition import read_rule_file
from xlsaddin.checklist.loading import checklist_keys, load_checklist
from xlsaddin.report.clauses import Clause, Doubt, find_clause, items_of, load_clauses, load_doubts, references
from xlsaddin.report.traceability import PAGE, render_traceability

ROOT = Path(__file__).parents[2]
CLAUSES = load_clauses()
DIGEST = {
    "対象": "①②③",
    "3-1(3)": "①②③",
    "3-2": "①②③",
    "3-3(1)(i)": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬",
    "3-3(1)(ii)": "①②③④",
    "3-3(1)(iii)": "①②③④",
    "3-3(1)(iv)": "①②③④⑤",
}
UNNUMBERED = (
    "3-1(1) 3-1(2) 3-1(4) 3-2 3-3(1)(i) 3-3(1)(iii) 3-3(1)(iv) 3-3(1)(v) 3-3(2)(i) 3-3(2)(ii) 3-3(2)(iii) 3-4 3-5①"
)


@pytest.fixture(autouse=True)
def shipped_definitions(home: Path) -> None:
    """The shipped definitions alone, whatever the machine's own folder holds."""


@cache
def functions_in(path: str) -> frozenset[str]:
    """Return the names of the test functions in a file of the project."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_page_is_as_generated() -> None:
    assert (ROOT / PAGE).read_text(encoding="utf-8") == render_traceability(), (
        "run `python -m xlsaddin.report.traceability`"
    )


def test_every_number_of_the_digest_is_there() -> None:
    expected = {stem + number for stem, numbers in DIGEST.items() for number in numbers} | set(UNNUMBERED.split())
    assert expected <= {clause.id for clause in CLAUSES}
    assert len({clause.id for clause in CLAUSES}) == len(CLAUSES)


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.id)
def test_clause_has_a_place_and_a_test_that_shows_it(clause: Clause) -> None:
    assert items_of(clause), "no checklist item"
    assert clause.tests, "no test"


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.id)
def test_what_a_clause_names_exists(clause: Clause) -> None:
    assert set(clause.checks) <= set(codes.catalogue())
    for item in clause.also:
        checklist, _, key = item.partition(".")
        assert load_checklist(checklist).item(key)
    for test in clause.tests:
        path, _, name = test.partition("::")
        assert name in functions_in(path), test


@pytest.mark.parametrize("key", checklist_keys())
def test_item_names_a_clause_that_exists(key: str) -> None:
    for item in load_checklist(key).items:
        for named in (item.clause, item.clause_joint):
            assert not named or find_clause(named), (item.key, named)


@pytest.mark.parametrize("name", ["common", *checklist_keys()])
def test_indicator_rests_on_a_clause_that_exists(name: str) -> None:
    for indicator in read_rule_file(name).indicators:
        assert references(indicator.reference), (indicator.key, indicator.reference)


@pytest.mark.parametrize("area", ["PARTY", "CONTRACT", "PROJECT", "INST"])
def test_every_special_check_serves_a_clause(area: str) -> None:
    served = {code for clause in CLAUSES for code in clause.checks}
    assert {code for code in codes.catalogue() if code.startswith(f"RS-{area}-")} <= served


@pytest.mark.parametrize("doubt", load_doubts(), ids=lambda doubt: doubt.key)
def test_doubt_names_its_clauses_and_where_the_reading_is_changed(doubt: Doubt) -> None:
    assert all(find_clause(clause) for clause in doubt.clauses)
    for place in doubt.where:
        path, _, key = place.partition(": ")
        found = resources.package_path(*path.split("/"))
        assert key.rpartition(".")[2] in found.read_text(encoding="utf-8"), place
