"""Reviewing one workbook: screen its names in one run, place the hits, lay judgements beside them, validate, assess."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from xlsaddin import __version__
from xlsaddin.assessment.answer_scope import answer_names, answer_tables
from xlsaddin.assessment.assess import assess, build_scope
from xlsaddin.assessment.differences import find_differences, find_unlisted, mark_declared
from xlsaddin.assessment.loading import load_rules
from xlsaddin.assessment.rules import RuleSet
from xlsaddin.assessment.scope import EvaluationScope
from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.institutions import (
    Institution,
    institution_of,
    other_institution,
    read_as,
    read_clauses,
)
from xlsaddin.checklist.model import Checklist
from xlsaddin.checklist.periods import application_year, lookback_start
from xlsaddin.checklist.validation import validate_answers
from xlsaddin.findings import Finding, Location
from xlsaddin.parameters import Parameters
from xlsaddin.review.judging import check_judgements, check_reopened, difference_rows, inquiry_of
from xlsaddin.review.placing import FoundHit, find_hits, hit_rows, judge_all, place_hits
from xlsaddin.review.queries import ScreenedText, screened_texts
from xlsaddin.review.rows import Comparison, item_reviews, mark_rows, row_reviews
from xlsaddin.review.summary import answer_places, residency_why, specific_categories, subject_text
from xlsaddin.review_model import Inquiry, Judgements, PlacedHit, Review, Written
from xlsaddin.screening.model import Query, Screener
from xlsaddin.watchlist.model import ListUse

__all__ = ["reassess_review", "review_answers"]

_LAST = frozenset({"hits", "differences"})
"""Tables computed once the names are screened; twice, because differences rest on hits and say which hits are asked."""


@dataclass(frozen=True, slots=True)
class _Given:
    """Everything a review rests on, once the names are screened."""

    answers: Answers
    checklist: Checklist
    profile: str
    parameters: Parameters
    found: tuple[FoundHit, ...]
    lists: tuple[ListUse, ...]
    comparison: Comparison
    written: Written
    other: Written
    reviewed_at: datetime


def review_answers(
    answers: Answers,
    *,
    checklist: Checklist,
    profile: str,
    parameters: Parameters,
    screener: Screener,
    reviewed_at: datetime,
    judgements: Judgements | None = None,
    inquiries: Mapping[Location, Inquiry] | None = None,
    other: Written | None = None,
) -> Review:
    """Return the complete review of one workbook; of a Co-PI's declaration, with that of the other institution.

    Args:
        answers: as read. checklist: as the profile asks it; profile: its key.
        parameters: in force on the day of the review, with the profile's values; `parameters.as_of` is that day.
        screener: for the lists of the profile on that day. reviewed_at: time to print.
        judgements: typed beside hits of an earlier edition, or remembered; inquiries: typed beside differences.
        other: what the other institution wrote beside its own result of a Co-PI.
    """
    rules = load_rules(checklist, parameters)
    texts = tuple(screened_texts(checklist, answers, rules.affiliations, parameters.as_of))
    screening = screener.screen_many(_distinct(texts))
    given = _Given(
        answers=answers,
        checklist=checklist,
        profile=profile,
        parameters=parameters,
        found=find_hits(texts, screening),
        lists=screening.lists,
        comparison=Comparison(done=any(use.usable for use in screening.lists)),
        written=Written(judgements or Judgements(), inquiries or {}),
        other=other or Written(),
        reviewed_at=reviewed_at,
    )
    return _conclude_all(given, rules)


def reassess_review(
    review: Review,
    *,
    parameters: Parameters,
    reviewed_at: datetime,
    answers: Answers | None = None,
    judgements: Judgements | None = None,
    inquiries: Mapping[Location, Inquiry] | None = None,
    other: Written | None = None,
) -> Review:
    """Return a review anew after judgements, inquiries or answers changed, without screening again.

    Names edited since are 要再照合, rows added since 未照合: neither counts, and neither lets the state be final.
    """
    earlier = {(row.item, row.row_id): row.compared for row in review.rows}
    given = _Given(
        answers=answers or review.answers,
        checklist=review.checklist,
        profile=review.profile,
        parameters=parameters,
        found=tuple(_found_again(placed) for placed in review.hits),
        lists=review.lists,
        comparison=Comparison(done=True, earlier=earlier),
        written=Written(judgements or Judgements(), review.inquiries if inquiries is None else inquiries),
        other=other or Written(inquiries=review.other.inquiries if review.other else {}),
        reviewed_at=reviewed_at,
    )
    return _conclude_all(given, load_rules(review.checklist, parameters))


def _conclude_all(given: _Given, rules: RuleSet) -> Review:
    """Return the result of the own institution, with that of the other one where it checks the same person."""
    own = _conclude(given, rules)
    institution = other_institution(given.answers)
    if institution is None:
        return own
    theirs = _conclude(replace(given, answers=read_as(given.answers, institution), written=given.other), rules)
    return replace(own, other=theirs)


def _conclude(given: _Given, rules: RuleSet) -> Review:
    checklist, answers = given.checklist, given.answers
    institution = institution_of(answers)
    start = lookback_start(application_year(checklist, answers, given.parameters), given.parameters)
    judged = judge_all(given.found, given.written.judgements)
    current = [judgement for judgement, _ in judged]
    scope = _answer_scope(given, rules, start)
    scope.tables["hits"] = hit_rows(checklist, given.found, current, scope)
    findings = (*_findings(given, rules, scope), *check_reopened(given.found, judged))
    scope.tables["differences"] = difference_rows(findings, given.written.inquiries)
    _compute(rules, scope, _LAST)
    asked = [row for row in scope.tables["items"] if row["applies"] == 1 and row["required"] == 1]
    facts = [column.fact for item in checklist.items for column in item.columns if column.fact]
    return Review(
        checklist=checklist,
        answers=answers,
        subject=subject_text(checklist, answers),
        as_of=given.parameters.as_of,
        lookback_start=start,
        profile=given.profile,
        engine=__version__,
        rules_version=rules.version,
        reviewed_at=given.reviewed_at,
        lists=given.lists,
        findings=findings,
        inquiries=_inquiries(findings, given.written.inquiries),
        rows=tuple(row_reviews(checklist, answers, scope)),
        items=item_reviews(checklist, answers, scope, findings),
        hits=tuple(place_hits(given.found, current, scope.tables["hits"], facts)),
        must_filled=sum(row["state"] == "filled" for row in asked),
        must_total=len(asked),
        residency=str(scope.names.get("residency_result", "")),
        specific_category=specific_categories(scope),
        residency_why=residency_why(rules, scope),
        assessment=assess(_read_as(rules, checklist, institution), scope, partial(answer_places, answers)),
        institution=institution,
    )


def _read_as(rules: RuleSet, checklist: Checklist, institution: Institution) -> RuleSet:
    """Return rules whose indicators name the clauses that bind an institution."""
    indicators = (
        replace(one, reference=read_clauses(one.reference, checklist, institution)) for one in rules.indicators
    )
    return replace(rules, indicators=tuple(indicators))


def _answer_scope(given: _Given, rules: RuleSet, start: date) -> EvaluationScope:
    """Return the scope with everything computed that does not depend on hits."""
    checklist, answers = given.checklist, given.answers
    tables = answer_tables(checklist, answers)
    tables["lists"] = [{"list": use.id, "usable": int(use.usable), "sample": int(use.sample)} for use in given.lists]
    scope = build_scope(rules, answer_names(checklist, answers), tables, given.parameters.as_of, start)
    mark_rows(checklist, answers, scope, given.comparison)
    _compute(rules, scope, {computed.table for computed in rules.computed} - _LAST)
    return scope


def _findings(given: _Given, rules: RuleSet, scope: EvaluationScope) -> Iterator[Finding]:
    places = [one.text.location for one in given.found]
    mark_declared(rules, scope)
    _compute(rules, scope, _LAST)
    yield from validate_answers(given.checklist, given.answers, given.parameters)
    yield from find_differences(given.checklist, scope, places)
    if all(use.usable for use in given.lists):
        yield from find_unlisted(given.checklist, given.answers, scope)
    yield from check_judgements(scope, places)


def _inquiries(findings: Sequence[Finding], written: Mapping[Location, Inquiry]) -> dict[Location, Inquiry]:
    beside = {finding.location: inquiry_of(finding, written) for finding in findings if finding.difference}
    return {location: inquiry for location, inquiry in beside.items() if inquiry is not None}


def _compute(rules: RuleSet, scope: EvaluationScope, tables: Set[str]) -> None:
    for computed in rules.computed:
        if computed.table in tables:
            scope.compute(computed)


def _distinct(texts: Sequence[ScreenedText]) -> list[Query]:
    return list(dict.fromkeys(text.query for text in texts))


def _found_again(placed: PlacedHit) -> FoundHit:
    query = Query(placed.query)
    text = ScreenedText(placed.item, placed.column, placed.row_id, placed.location, query, placed.note_only)
    return FoundHit(text, placed.hit, placed.body)
