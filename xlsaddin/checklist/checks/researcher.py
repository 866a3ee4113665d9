"""Checks special to `researcher`: career gaps (a note, no reason asked), double entry of ③ and ④, item ⑫ with itself.

Not here, because honest answers would be caught: overlapping posts, names of one word, missing kana or numbers.
What needs hits (② against ⑩) is in the room assessment.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from xlsaddin.checklist.answers import FOREVER, Answers, DateSpan, Row
from xlsaddin.checklist.checks.places import cell_place, day_text, item_place, label_facts, read_text
from xlsaddin.checklist.model import Checklist, Item
from xlsaddin.checklist.periods import row_span
from xlsaddin.findings import Finding, make_finding
from xlsaddin.parameters import Parameters
from xlsaddin.text.normalize import normalize_name

__all__ = ["check_researcher"]

_RESIDENCY_TABLES = ("res_contracts", "res_benefits")
_TELLING_LENGTH = 4
"""Shorter titles say too little to call two entries the same."""


def check_researcher(checklist: Checklist, answers: Answers, parameters: Parameters) -> Iterator[Finding]:
    """Yield what a self-declaration leaves to look at."""
    yield from _check_gaps(checklist, answers, parameters)
    yield from _check_double_entry(checklist, answers)
    yield from _check_residency(checklist, answers)


def _check_gaps(checklist: Checklist, answers: Answers, parameters: Parameters) -> Iterator[Finding]:
    """Studies fill the time between posts; the time before the first post is nobody's gap."""
    posts = [*_spans(checklist.item("career"), answers)]
    if not posts:
        return
    begun = min(first for first, _, _ in posts)
    reached = begun
    for first, last, row in sorted([*posts, *_spans(checklist.item("education"), answers)], key=lambda span: span[:2]):
        months = (first.year - reached.year) * 12 + first.month - reached.month - 1
        if first >= begun and months >= parameters.integer("career_gap_months"):
            place = cell_place(row.cell("since").location.item, row, "since")
            begin, end = reached + timedelta(days=1), first - timedelta(days=1)
            yield make_finding("RS-DECL-001", place, begin=f"{begin:%Y-%m}", end=f"{end:%Y-%m}", months=months)
        reached = max(reached, last)


def _spans(item: Item, answers: Answers) -> Iterator[tuple[date, date, Row]]:
    for row in answers.rows(item.key):
        first, last = row_span(item, row)
        if first is not None:
            yield first, max(first, last or FOREVER), row


def _check_double_entry(checklist: Checklist, answers: Answers) -> Iterator[Finding]:
    grants, support = checklist.item("grants"), checklist.item("other_support")
    for given in answers.rows("other_support"):
        for grant in answers.rows("grants"):
            if _same_giver(grant, given) and _overlap(grants, grant, support, given) and _same_thing(grant, given):
                place = cell_place("other_support", given, "supporter")
                giver = read_text(given, "supporter", "supporter_en")
                yield make_finding("RS-DECL-002", place, grant=grant.number, support=given.number, giver=giver)


def _same_giver(grant: Row, given: Row) -> bool:
    givers = {normalize_name(text) for key in ("funder", "funder_en") if (text := read_text(grant, key))}
    return any(
        normalize_name(text) in givers for key in ("supporter", "supporter_en") if (text := read_text(given, key))
    )


def _overlap(grants: Item, grant: Row, support: Item, given: Row) -> bool:
    (first, last), (start, end) = row_span(grants, grant), row_span(support, given)
    return (last or FOREVER) >= (start or date.min) and (end or FOREVER) >= (first or date.min)


def _same_thing(grant: Row, given: Row) -> bool:
    """Say whether amount or title tell that two entries of one giver are one: a giver may well give twice."""
    amounts = grant.value("amount"), given.value("amount")
    if all(isinstance(amount, (int, float)) and amount > 0 for amount in amounts):
        return amounts[0] == amounts[1]
    title, content = (normalize_name(text) for text in (read_text(grant, "title"), read_text(given, "content")))
    shorter, longer = sorted((title, content), key=len)
    return len(shorter) >= _TELLING_LENGTH and shorter in longer


def _check_residency(checklist: Checklist, answers: Answers) -> Iterator[Finding]:
    if answers.value("residency") == "none":
        for item in (checklist.item(key) for key in _RESIDENCY_TABLES):
            if answers.rows(item.key):
                yield make_finding("RS-DECL-003", item_place(answers, item.key), **label_facts(item))
    left, returned = answers.value("res_left_japan"), answers.value("res_returned_on")
    if isinstance(left, DateSpan) and isinstance(returned, DateSpan) and left.first > returned.last:
        place = item_place(answers, "res_returned_on")
        yield make_finding("RS-DECL-004", place, left=day_text(left), returned=day_text(returned))
