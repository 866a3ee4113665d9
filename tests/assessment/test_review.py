"""What a review makes of a workbook: which names are screened with which facts, ids, stale names, differences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest

from tests.assessment.listed import ALPHA, AS_OF, BETA, FewListed
from tests.assessment.reviewing import NOW, RESEARCHER, about, complete, review
from tests.scenarios.people import Given, degree, nobody, paper, post, programme
from xlsaddin.assessment.model import Level, State
from xlsaddin.checklist.answers import Answers, Cell, Fault, Row
from xlsaddin.checklist.raw import raw_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.parameters import Parameters
from xlsaddin.review import compared_text, reassess_review, row_ids
from xlsaddin.review.queries import screened_texts
from xlsaddin.review_model import Period, Review, RowState, Screened, Standing
from xlsaddin.screening.model import Disposition, Query, QueryKind

CAREER = RESEARCHER.item("career")


def answers_of(given: Given) -> Answers:
    return read_answers(RESEARCHER, raw_answers(RESEARCHER, given))


def queries(given: Given) -> list[tuple[str, Query]]:
    affiliations: Sequence[str] = ("career", "listed_affiliations", "education")
    texts = screened_texts(RESEARCHER, answers_of(given), affiliations, AS_OF)
    return [(f"{text.item}.{text.column}".rstrip("."), text.query) for text in texts]


# --- queries


def test_person_brings_affiliations_and_the_present_country_and_never_a_nationality() -> None:
    given = nobody(
        name="LIN Haoran",
        nationality=None,
        career=[
            post("2020-04", "2023-09", "University of Manchester", "University of Manchester", "GB"),
            post("2023-10", "現在", "みどり大学", "Midori University", "日本"),
        ],
        education=[degree("2012-09", "2016-06", BETA, BETA, "中国")],
    )
    del given["nationality"]
    (person,) = [query for place, query in queries(given) if place == "name"]
    assert person.kind is QueryKind.PERSON
    assert person.country == "JP"
    assert {"University of Manchester", "みどり大学", "Midori University", BETA} == set(person.affiliations)


def test_bodies_bring_the_country_of_their_row_and_names_of_people_in_papers_are_not_screened() -> None:
    row = paper("2025-05", ALPHA, BETA, coauthors="WANG Wei; 王偉", corresponding_author="DELTA Dora")
    given = nobody(
        education=[degree("2012-09", "2016-06", BETA, BETA, "イラン", supervisor="DELTA Dora")], publications=[row]
    )
    found = queries(given)
    assert ("education.school", Query(BETA, country="IR", kind=QueryKind.ORGANIZATION)) in found
    names = {query.name for _, query in found}
    assert {ALPHA, BETA} <= names
    assert not {"WANG Wei", "王偉", "DELTA Dora"} & names


def test_several_bodies_in_one_cell_are_several_queries_and_an_address_is_one() -> None:
    address = "School of Astronautics, Harbin Institute of Technology, Harbin 150001"
    given = nobody(career=[post("2020-04", "現在", f"{ALPHA}； {BETA}\n{ALPHA}", address)])
    bodies = [query.name for place, query in queries(given) if place.startswith("career")]
    assert bodies == [ALPHA, BETA, address]


def test_items_no_rule_may_read_are_not_screened() -> None:
    given = nobody(funder_items=[{"asked": ALPHA, "answer": BETA}])
    assert not any(place.startswith("funder_items") for place, _ in queries(given))


# --- compared text and ids


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        ((ALPHA, BETA), f"{ALPHA}|{BETA}"),
        ((f" {ALPHA} ", None), f" {ALPHA} |"),
        ((None, "  "), ""),
        ((5.0, 0.1), "5|0.1"),
        ((True, 12345678901234567890), "TRUE|1.23456789012346e+19"),
        ((date(2026, 9, 1), datetime(2026, 9, 1, 12)), "46266|46266.5"),
    ],
)
def test_compared_text_is_what_a_formula_joins(contents: tuple[object, object], expected: str) -> None:
    row = Row(1, {"body": Cell(contents[0]), "body_en": Cell(contents[1])})
    assert compared_text(CAREER, row) == expected


def test_an_error_cell_joins_as_nothing() -> None:
    row = Row(1, {"body": Cell("#N/A", fault=Fault.ERROR_CELL), "body_en": Cell(ALPHA)})
    assert compared_text(CAREER, row) == f"|{ALPHA}"


def test_row_ids_are_kept_and_new_rows_get_new_ones() -> None:
    rows = [Row(number, {}, row_id) for number, row_id in enumerate(["career-2", "", "career-1", "career-2", ""], 1)]
    ids = row_ids(CAREER, rows)
    assert ids[0] == "career-2"
    assert ids[2] == "career-1"
    assert len(set(ids)) == 5


# --- after an edit, without screening again


def anew(reviewed: Review, given: Given, **known: Any) -> Review:
    return reassess_review(reviewed, parameters=Parameters(AS_OF), reviewed_at=NOW, answers=answers_of(given), **known)


def test_an_edited_name_loses_its_hit_and_its_finality() -> None:
    given = nobody(career=[post("2025-04", "現在", ALPHA, ALPHA)])
    reviewed = review(given)
    assert reviewed.assessment.level is Level.HIGH
    edited = anew(reviewed, nobody(career=[post("2025-04", "現在", "Midori University", "Midori University")]))
    assert {placed.standing for placed in edited.hits} == {Standing.STALE}
    assert edited.assessment.level is Level.LOW
    assert edited.assessment.state is State.PROVISIONAL
    assert [row.screened for row in edited.rows if row.item == "career"] == [Screened.STALE]


def test_a_row_added_after_screening_reads_not_screened() -> None:
    given = nobody()
    added = nobody(career=[*given["career"], post("2025-04", "現在", ALPHA, ALPHA)])
    edited = anew(review(given), added)
    assert [row.screened for row in edited.rows if row.item == "career"] == [Screened.SCREENED, Screened.NOT_SCREENED]
    assert edited.assessment.state is State.PROVISIONAL


def test_an_edited_name_of_the_person_is_stale_too() -> None:
    edited = anew(review(nobody()), nobody(name="DELTA Dora"))
    assert edited.assessment.state is State.PROVISIONAL
    assert "stale" in {reason.key for reason in edited.assessment.state_reasons}


def test_reassessing_with_judgements_equals_reviewing_with_them() -> None:
    given = nobody(career=[post("2024-09", "2025-03", ALPHA, ALPHA)], publications=[paper("2025-05", BETA)])
    for disposition in Disposition:
        known = about(ALPHA, complete(disposition))
        once = review(given, judgements=known)
        twice = anew(review(given), given, judgements=known)
        assert once.assessment == twice.assessment
        assert once.findings == twice.findings
        assert [placed.standing for placed in once.hits] == [placed.standing for placed in twice.hits]


def test_a_judgement_typed_later_asks_about_what_it_makes_count() -> None:
    """A resemblance judged the same opens a difference that the earlier check had no reason to ask about."""
    given = nobody(career=[post("2025-04", "現在", f"{ALPHA}?", f"{ALPHA}?")])
    before = review(given)
    assert not any(finding.difference for finding in before.findings)
    after = review(given, judgements=about(ALPHA, complete(Disposition.TRUE_MATCH)))
    assert [finding.code for finding in after.findings if finding.difference] == ["RS-DIFF-001"]
    assert after.assessment.state is State.PROVISIONAL


# --- rows, items, progress


def test_rows_and_items_as_reviewed() -> None:
    given = nobody(
        publications=[paper("2023-11"), paper("2025-05"), paper("いつか"), paper("2025-06", title=None)],
        grants=None,
    )
    reviewed = review(given)
    papers = [row for row in reviewed.rows if row.item == "publications"]
    assert [row.period for row in papers] == [Period.BEFORE, Period.ENDED, Period.UNKNOWN, Period.ENDED]
    assert [row.state for row in papers] == [
        RowState.OUTSIDE,
        RowState.FILLED,
        RowState.INCOMPLETE,
        RowState.INCOMPLETE,
    ]
    items = {item.item: item for item in reviewed.items}
    assert (items["publications"].rows, items["publications"].in_window) == (4, 3)
    assert items["publications"].state is RowState.INCOMPLETE
    assert items["grants"].state is RowState.EMPTY
    assert reviewed.must_total - reviewed.must_filled == 2
    assert {reason.key for reason in reviewed.assessment.state_reasons} >= {"required_blank", "incomplete"}


def test_every_indicator_is_shown_and_those_with_hits_name_their_places() -> None:
    reviewed = review(nobody(career=[post("2025-04", "現在", ALPHA, ALPHA)]))
    contributions = {one.indicator: one for one in reviewed.assessment.contributions}
    assert {"affiliation_current", "restriction_current", "not_obtainable", "residency"} <= set(contributions)
    found = contributions["affiliation_current"]
    assert (found.count, found.provisional, found.origin) == (2, True, "house")
    assert found.cells == ("研究経歴職歴!1",)
    assert contributions["restriction_current"].count == 0


def test_program_on_the_list_counts_by_period_and_not_when_declined() -> None:
    running = review(nobody(talent_programs=[programme("2025/10-現在", "Gamma Programme")]))
    ended = review(nobody(talent_programs=[programme("2024.4-2025.3", "Gamma Programme", program_state="終了")]))
    declined = review(nobody(talent_programs=[programme("2025.4-2026.3", "Gamma Programme", program_state="辞退")]))
    levels = [reviewed.assessment.level for reviewed in (running, ended, declined)]
    assert levels == [Level.HIGH, Level.MODERATE, Level.LOW]


@pytest.mark.parametrize(
    ("until", "level"), [("2026-09", Level.HIGH), ("2026-08", Level.MODERATE), ("2024-03", Level.LOW)]
)
def test_restriction_under_the_guideline(until: str, level: Level) -> None:
    row = {"decided_on": "2022-04", "reason": "不正使用", "decided_by": "配分機関", "since": "2022-04", "until": until}
    assert review(nobody(misconduct=[row])).assessment.level is level


def test_screener_sees_each_query_once() -> None:
    seen: list[Query] = []

    class Counting(FewListed):
        def screen_many(self, queries: Sequence[Query]) -> Any:
            seen.extend(queries)
            return super().screen_many(queries)

    review(nobody(publications=[paper("2025-05", ALPHA) for _ in range(5)]), Counting())
    assert len(seen) == len(set(seen))
