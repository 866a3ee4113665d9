"""Putting together what is known about a subject: roster, exports, last declaration -> the answers of its new form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from xlsaddin import codes
from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.model import Checklist, Item, Kind
from xlsaddin.checklist.periods import application_year, lies_outside, lookback_start
from xlsaddin.checklist.raw import raw_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.exchange.prefill.carrying import Earlier, EarlierForms
from xlsaddin.exchange.prefill.papers import paper_row
from xlsaddin.exchange.prefill.record import Record
from xlsaddin.exchange.prefill.sources import Sources
from xlsaddin.exchange.roster.model import Subject
from xlsaddin.parameters import Parameters

__all__ = ["Known", "Prefill", "prefill_answers"]

_NAMES = ("name", "name_ja", "name_kana", "name_other")
_GIVEN = "あり"


@dataclass(frozen=True, slots=True)
class Known:
    """Where to look beside the roster: folders of exports and of earlier declarations."""

    sources: Sources
    earlier: EarlierForms


@dataclass(frozen=True, slots=True)
class Prefill:
    """The answers of a form that are known beforehand.

    Attributes:
        answers: as a template takes them. notes: text for the state cell of each table filled in from elsewhere.
    """

    answers: Answers
    notes: Mapping[str, str]


def prefill_answers(subject: Subject, checklist: Checklist, parameters: Parameters, known: Known) -> Prefill:
    """Return everything known about a subject as answers to its form.

    Tables the office answers get their state; the state of all others is left to the person.

    Args:
        subject: of the roster. checklist: as the profile asks it. parameters: of the profile, on the day.
        known: exports and earlier declarations.
    """
    record, kinds = known.sources.gather(subject.id, str(subject.facts.get("orcid") or ""))
    earlier = known.earlier.of(subject.form, subject.id)
    facts = {**(earlier.facts if earlier else {}), **subject.facts}
    rows, notes = _rows(record, kinds, earlier, facts, parameters)
    keys = {item.key: item for item in checklist.items}
    given = {key: _given(keys[key], value) for key, value in {**facts, **rows}.items() if key in keys}
    answers = read_answers(checklist, raw_answers(checklist, given))
    start = lookback_start(application_year(checklist, answers, parameters), parameters)
    return Prefill(_within(checklist, answers, start), {key: text for key, text in notes.items() if key in keys})


def _rows(
    record: Record, kinds: tuple[str, ...], earlier: Earlier | None, facts: Mapping[str, object], parameters: Parameters
) -> tuple[dict[str, object], dict[str, str]]:
    """Return the rows of each table, and the note that says where they come from."""
    names = [str(facts[key]) for key in _NAMES if facts.get(key)]
    most = parameters.integer("many_authors")
    found = Record(tables={key: list(rows) for key, rows in record.tables.items()})
    for paper in record.papers:
        found.add("publications", paper_row(paper, names, most))
    origins = {key: [*kinds] for key in found.tables}
    whole = Record()
    if earlier:
        whole.take(earlier.record)
        for key in earlier.record.tables:
            stated_on = earlier.stated_on or "-"
            origins.setdefault(key, []).insert(0, _note("RS-PREFILL-003", stated_on=stated_on))
    whole.take(found)
    notes = {key: _note("RS-PREFILL-002", sources="・".join(texts)) for key, texts in origins.items()}
    return dict(whole.tables), notes


def _given(item: Item, value: object) -> object:
    if item.kind is not Kind.TABLE:
        return value
    assert isinstance(value, list)
    columns = {column.key for column in item.columns}
    rows = [{key: content for key, content in row.items() if key in columns} for row in value]
    return {"status": _GIVEN if item.office and rows else None, "rows": rows}


def _within(checklist: Checklist, answers: Answers, start: date) -> Answers:
    """Return the answers without rows that ended before the period asked."""
    items = dict(answers.items)
    for item in checklist.items:
        if item.kind is Kind.TABLE and item.key in items:
            kept = tuple(row for row in items[item.key].rows if not lies_outside(item, row, start))
            items[item.key] = replace(items[item.key], rows=kept)
    return replace(answers, items=items)


def _note(code: str, **facts: object) -> str:
    message = codes.message(code)
    return f"{message.render_ja(**facts)}\n{message.render_en(**facts)}" if code == "RS-PREFILL-002" else (
        f"{message.render_ja(**facts)} / {message.render_en(**facts)}"
    )  # fmt: skip
