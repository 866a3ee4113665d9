"""What the cells of a row of `r_hits` and of a difference mean to rules."""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.checklist.model import Checklist, Column, Type
from xlsaddin.workbook.contexts import shown_spellings
from xlsaddin.workbook.guards import DATED, NUMERIC, guard_date, guard_text, key_spellings, lookup_choice
from xlsaddin.workbook.labels import Language
from xlsaddin.workbook.office.columns import FINDINGS, HITS, office_choices
from xlsaddin.workbook.office.layers import Layer
from xlsaddin.workbook.places import Layout
from xlsaddin.workbook.references import Reference, ValueKind

_TEXTS = ("item", "column", "kind", "list", "row_id", "body")
_NUMBERS = ("number", "name_only", "note_only", "related", "declared")


def fact_columns(checklist: Checklist) -> dict[str, Column]:
    """Return a column for each fact of a checklist; facts of one name are of one type."""
    taken = {*_TEXTS, *_NUMBERS, "period", "screened", "band"}
    found: dict[str, Column] = {}
    for item in checklist.items:
        for column in item.columns:
            if column.fact and column.fact not in taken:
                found.setdefault(column.fact, column)
    return found


def hit_references(layout: Layout, language: Language, layer: Layer) -> dict[str, dict[str, Reference]]:
    """Return the references of a row of `hits` and of `differences`.

    Args:
        layout: of the answers, whose labels `period` and `screened` are joined as they stand.
        language: of the result sheets. layer: whose result it is.
    """
    return {
        "hits": dict(_hit(layout, language, layer)),
        "differences": dict(_difference(language, layer)),
    }


def _hit(layout: Layout, language: Language, layer: Layer) -> Iterator[tuple[str, Reference]]:
    def cell(key: str) -> str:
        return layer.cell(HITS, key, language)

    for key in _TEXTS:
        yield key, Reference(cell(key), ValueKind.TEXT)
    for key in _NUMBERS:
        yield key, Reference(cell(key), ValueKind.NUMBER, sure=True)
    band = shown_spellings(office_choices("band"), language)
    yield "band", Reference(cell("band"), ValueKind.CHOICE, band)
    screened = shown_spellings(office_choices("screened"), layout.language)
    yield "screened", Reference(cell("screened"), ValueKind.CHOICE, screened)
    for place in layout.tables():
        for column in place.columns:
            if column.key == "period" and column.computed is not None:
                period = shown_spellings(column.computed.choices, layout.language)
                yield "period", Reference(cell("period"), ValueKind.CHOICE, period)
    for fact, asked in fact_columns(layout.checklist).items():
        yield fact, _fact(cell(fact), asked, layout.checklist)
    yield "disposition", _choice(cell("disposition"), "disposition")
    yield "relation_judged", _choice(cell("relation_judged"), "relation")
    for key in ("reason", "reviewer", "approver"):
        yield key, Reference(guard_text(cell(key)), ValueKind.TEXT)
    yield "judged_on", Reference(guard_date(cell("judged_on")), ValueKind.DATE)


def _difference(language: Language, layer: Layer) -> Iterator[tuple[str, Reference]]:
    def cell(key: str) -> str:
        return layer.cell(FINDINGS, key, language)

    yield "code", Reference(cell("code"), ValueKind.TEXT)
    yield "item", Reference(cell("item"), ValueKind.TEXT)
    yield "body", Reference(cell("body"), ValueKind.TEXT)
    yield "inquiry", _choice(cell("inquiry"), "inquiry")
    for key in ("reason", "reviewer", "approver"):
        yield key, Reference(guard_text(cell(key)), ValueKind.TEXT)
    yield "decided_on", Reference(guard_date(cell("decided_on")), ValueKind.DATE)


def _fact(cell: str, asked: Column, checklist: Checklist) -> Reference:
    """Return a reference to a joined fact, which the join has already read: a key, a number, a date or a text."""
    if asked.type is Type.CHOICE:
        keys = key_spellings(choice.key for choice in checklist.choices_of(asked))
        return Reference(cell, ValueKind.CHOICE, keys)
    if asked.type in NUMERIC or asked.type in DATED:
        kind = ValueKind.NUMBER if asked.type in NUMERIC else ValueKind.DATE
        return Reference(f"IF(ISNUMBER({cell}),{cell},NA())", kind)
    return Reference(cell, ValueKind.TEXT)


def _choice(cell: str, name: str) -> Reference:
    keys = key_spellings(choice.key for choice in office_choices(name))
    return Reference(lookup_choice(cell, f"v_{name}"), ValueKind.CHOICE, keys)
