"""Scenarios 1, 2, 2b, 4 of the self-declaration, against the real METI and MOF lists."""

from __future__ import annotations

from datetime import date

import pytest

from tests.scenarios.conftest import Reviewing, judgement, judging, outcome
from tests.scenarios.people import lin, lin_visited, nobody, paper, saeki, suharsono
from xlsaddin.assessment.model import MeasureKind
from xlsaddin.findings import Severity
from xlsaddin.review_model import Judgements, Period, Review
from xlsaddin.screening.model import Band, Disposition


def severe(review: Review) -> list[str]:
    return [finding.message_ja for finding in review.findings if finding.severity is not Severity.NOTE]


def kinds(review: Review, *, required: bool) -> set[MeasureKind]:
    return {measure.kind for measure in review.assessment.measures if measure.required == required}


# --- 1: a clean PI with an unlucky acronym


def test_scenario_1_is_clean(review: Reviewing) -> None:
    reviewed = review("researcher", saeki())
    assert severe(reviewed) == []
    assert outcome(reviewed) == ("low", "final")
    assert reviewed.assessment.score <= 24
    assert reviewed.assessment.measures == ()
    assert reviewed.residency == "resident"


def test_scenario_1_hit_on_the_acronym_is_review_and_says_why(review: Reviewing) -> None:
    hits = review("researcher", saeki()).hits
    assert [placed for placed in hits if placed.hit.band is Band.MATCH] == []
    assert {(placed.item, placed.hit.entry.number) for placed in hits} <= {("education", "541")}
    for placed in hits:
        why = " ".join(reason.en for reason in placed.hit.why)
        assert "JP" in why or "Japan" in why


def test_scenario_1_notes_depend_on_the_profile(review: Reviewing) -> None:
    gap, outside = [], []
    for profile in ("default", "wide"):
        findings = review("researcher", saeki(), profile=profile).findings
        gap.append([one for one in findings if one.location.item == "career"])
        outside.append([one for one in findings if one.location.item == "publications"])
    assert [len(found) for found in gap] == [1, 1]
    assert "健康・家庭の事情は書かないでください" in gap[0][0].message_ja
    assert [len(found) for found in outside] == [1, 0]


# --- 2: an old degree from a listed university


def test_scenario_2_old_degree_stays_low_and_becomes_final_when_judged(review: Reviewing) -> None:
    reviewed = review("researcher", lin())
    assert [placed.hit.entry.number for placed in reviewed.hits if placed.hit.band is Band.MATCH] == ["541"] * len(
        reviewed.hits
    )
    assert {placed.period for placed in reviewed.hits} == {Period.BEFORE}
    assert severe(reviewed) == []
    assert outcome(reviewed) == ("low", "provisional")

    unapproved = judging(reviewed, judgement(approver=""))
    judged = review("researcher", lin(), judgements=unapproved)
    assert outcome(judged) == ("low", "final")
    assert judged.assessment.measures == ()
    (before,) = [one for one in judged.assessment.contributions if one.count]
    assert "追加の措置は不要" in before.reason_ja
    assert "No measure needed" in before.reason_en


@pytest.mark.parametrize("declared", [True, False])
def test_scenario_2b_stay_within_the_period(review: Reviewing, declared: bool) -> None:
    reviewed = review("researcher", lin_visited(declared=declared))
    assert outcome(reviewed) == ("moderate", "provisional")
    warnings = severe(reviewed)
    if declared:
        assert warnings == []
    else:
        (warning,) = warnings
        assert warning.startswith("②と⑩の差異（本人に確認）")


def test_scenario_2b_difference_outlives_the_judgement(review: Reviewing) -> None:
    reviewed = review("researcher", lin_visited(declared=False))
    judged = review("researcher", lin_visited(declared=False), judgements=judging(reviewed, judgement()))
    assert outcome(judged) == ("moderate", "provisional")
    assert [reason.key for reason in judged.assessment.state_reasons] == ["difference_open"]
    declared = review("researcher", lin_visited(declared=True), judgements=judging(reviewed, judgement()))
    assert outcome(declared) == ("moderate", "final")


def test_scenario_2b_within_the_period_a_match_needs_a_second_person(review: Reviewing) -> None:
    given = lin_visited(declared=True)
    alone = judging(review("researcher", given), judgement(approver=""))
    reviewed = review("researcher", given, judgements=alone)
    assert outcome(reviewed) == ("moderate", "provisional")


def test_another_body_everywhere_stops_counting(review: Reviewing) -> None:
    given = lin_visited(declared=False)
    dismissed = judging(review("researcher", given), judgement(Disposition.FALSE_POSITIVE, reason="別の同名機関"))
    reviewed = review("researcher", given, judgements=dismissed)
    assert outcome(reviewed) == ("low", "final")
    assert severe(reviewed) == []


# --- 4: a student on a government scholarship


@pytest.mark.parametrize(
    ("as_of", "residency", "categories"),
    [
        (date(2026, 9, 1), "non_resident", ()),
        (date(2026, 10, 4), "non_resident", ()),
        (date(2026, 10, 5), "resident", ("2",)),
    ],
)
def test_scenario_4_handling_is_needed_whatever_the_day(
    review: Reviewing, as_of: date, residency: str, categories: tuple[str, ...]
) -> None:
    reviewed = review("researcher", suharsono(), as_of=as_of)
    assert (reviewed.residency, reviewed.specific_category) == (residency, categories)
    assert reviewed.assessment.level.key == "moderate"
    assert severe(reviewed) == []
    needed = {MeasureKind.MEETING_PARTICIPANTS, MeasureKind.DATA_ACCESS, MeasureKind.TRAINING, MeasureKind.OTHER}
    assert needed <= kinds(reviewed, required=True)
    assert MeasureKind.EMPLOYMENT_CONTRACT in kinds(reviewed, required=False)
    other = next(one for one in reviewed.assessment.measures if one.kind is MeasureKind.OTHER)
    assert "輸出管理" in other.text_ja


def test_scenario_4_employed_student_is_resident_at_once(review: Reviewing) -> None:
    reviewed = review("researcher", suharsono(employed=True), as_of=date(2026, 9, 16))
    assert (reviewed.residency, reviewed.specific_category) == ("resident", ("2",))
    assert MeasureKind.EMPLOYMENT_CONTRACT not in kinds(reviewed, required=False)


def test_employment_is_offered_to_students_only(review: Reviewing) -> None:
    given = suharsono() | {"role": "研究参画者", "employment": "なし(受入)"}
    reviewed = review("researcher", given)
    assert reviewed.assessment.level.key == "moderate"
    assert MeasureKind.EMPLOYMENT_CONTRACT not in kinds(reviewed, required=False)


# --- a person on a list


def test_a_name_alone_never_moves_a_level_and_is_counted(review: Reviewing) -> None:
    reviewed = review("researcher", nobody(name="WANG Wei"))
    assert any(placed.hit.name_only for placed in reviewed.hits)
    assert outcome(reviewed) == ("low", "final")
    assert reviewed.assessment.score == 0
    judged = review("researcher", nobody(name="WANG Wei"), judgements=judging(reviewed, judgement()))
    assert outcome(judged) == ("low", "provisional")  # a second fact is wanted, the level does not move
    (counted,) = [one for one in reviewed.assessment.contributions if one.indicator == "name_only"]
    assert counted.count > 0


def test_listed_by_own_declaration_is_critical_and_waits_for_an_officer(review: Reviewing) -> None:
    row = {"list_name": "US Entity List", "entry": "Wang Wei", "identity": "本人である"}
    assert outcome(review("researcher", nobody(listed=[row]))) == ("critical", "provisional")
    declared = nobody(name="WANG Wei", listed=[row])
    pending = review("researcher", declared)
    assert outcome(pending) == ("critical", "provisional")
    assert outcome(review("researcher", declared, judgements=judging(pending, judgement()))) == ("critical", "final")
    alone = judging(pending, judgement(approver=""))
    assert outcome(review("researcher", declared, judgements=alone)) == ("critical", "provisional")
    unknown = review("researcher", nobody(listed=[row | {"identity": "分からない"}]))
    assert outcome(unknown) == ("low", "provisional")
    namesake = review("researcher", nobody(listed=[row | {"identity": "同姓同名の別人"}]))
    assert outcome(namesake) == ("low", "final")


# --- what must not be found


def test_many_authors_and_old_papers_ask_nothing(review: Reviewing) -> None:
    listed = "Harbin Institute of Technology"
    crowd = review("researcher", nobody(publications=[paper("2025-05", listed, authors=2900, doi="10.1000/example")]))
    assert severe(crowd) == []
    assert crowd.assessment.level.key == "low"
    old = review("researcher", nobody(publications=[paper("2020-05", listed)]))
    assert severe(old) == []
    assert old.assessment.level.key == "low"


def test_one_question_a_body_however_many_papers(review: Reviewing) -> None:
    papers = [paper(f"2025-0{month}", "Harbin Institute of Technology") for month in range(1, 8)]
    reviewed = review("researcher", nobody(publications=papers))
    assert len(severe(reviewed)) == 1
    assert reviewed.assessment.level.key == "moderate"
    two = [*papers, paper("2025-08", "Nanjing University of Science and Technology")]
    assert len(severe(review("researcher", nobody(publications=two)))) == 2


def test_judged_by_body_serves_every_row(review: Reviewing) -> None:
    papers = [paper(f"2025-0{month}", "Harbin Institute of Technology") for month in range(1, 4)]
    given = nobody(publications=papers)
    first = review("researcher", given).hits[0]
    key = (first.row_id, first.column, first.body)
    other = judgement(Disposition.FALSE_POSITIVE, reason="別の機関")
    reviewed = review("researcher", given, judgements=Judgements(placed={key: other}))
    assert outcome(reviewed) == ("low", "final")
