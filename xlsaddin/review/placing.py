"""Hits at their places: which listed body, which row, which judgement beside it; and the same as rows for the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsaddin.assessment.scope import EvaluationScope, TableRow
from xlsaddin.checklist.model import Checklist, Kind
from xlsaddin.findings import Location
from xlsaddin.review.queries import ScreenedText
from xlsaddin.review_model import Judgements, Period, PlacedHit, Ruling, Screened, Standing
from xlsaddin.screening.model import Band, Hit, Judgement, Screening
from xlsaddin.text.normalize import normalize_name
from xlsaddin.watchlist.diff import entry_digest

__all__ = ["FoundHit", "body_id", "find_hits", "hit_rows", "judge", "judge_all", "place_hits", "place_text"]


@dataclass(frozen=True, slots=True)
class FoundHit:
    """A hit at its place, before anything is concluded from it."""

    text: ScreenedText
    hit: Hit
    body: str


def find_hits(texts: Sequence[ScreenedText], screening: Screening) -> tuple[FoundHit, ...]:
    """Return the hits of a screening at the places of the names, in the order of the checklist, best first."""
    by_query = {result.query: result.hits for result in screening.results}
    return tuple(FoundHit(text, hit, body_id(hit)) for text in texts for hit in by_query[text.query])


def body_id(hit: Hit) -> str:
    """Return the id of a listed body across editions; a person's date of birth tells namesakes on a list apart."""
    name = normalize_name(hit.entry.name)
    born = hit.entry.birth_dates[0] if hit.entry.birth_dates else ""
    return f"{hit.list_id}:{name}" + (f":{born}" if born else "")


def judge_all(found: Sequence[FoundHit], judgements: Judgements) -> list[tuple[Judgement, Judgement | None]]:
    """Return for each hit the judgement beside it, and the one that fell because the list entry or a name changed.

    A remembered judgement falls at every place of a body once a name there was not judged: one judgement serves all
    places, so it must have seen them.
    """
    new_names = {one.body for one in _strongest(found) if not _name_judged(one, judgements.remembered.get(one.body))}
    known = {body: judgement for body, judgement in judgements.remembered.items() if body not in new_names}
    judged = (judge(one, Judgements(judgements.placed, known)) for one in found)
    return [
        (beside, fallen or (judgements.remembered[one.body] if one.body in new_names else None))
        if beside == Judgement()
        else (beside, None)
        for one, (beside, fallen) in zip(found, judged, strict=True)
    ]


def judge(found: FoundHit, judgements: Judgements) -> tuple[Judgement, Judgement | None]:
    """Return the judgement that stands beside a hit, and the one that fell because the list entry changed."""
    key = (found.text.row_id, found.text.column, found.body)
    known = judgements.placed.get(key) or judgements.remembered.get(found.body)
    if known is None:
        return Judgement(), None
    if known.entry_digest and known.entry_digest != entry_digest(found.hit.entry):
        return Judgement(), known
    return known, None


def _strongest(found: Sequence[FoundHit]) -> Iterator[FoundHit]:
    """Yield the hits that look as alike as any other of the same body: weaker ones follow what is judged on these."""
    matched = {one.body for one in found if one.hit.band is Band.MATCH}
    yield from (one for one in found if one.hit.band is Band.MATCH or one.body not in matched)


def _name_judged(found: FoundHit, known: Judgement | None) -> bool:
    return known is None or not known.names or normalize_name(found.text.query.name) in known.names


def hit_rows(
    checklist: Checklist, found: Sequence[FoundHit], judged: Sequence[Judgement], scope: EvaluationScope
) -> list[TableRow]:
    """Return the rows of table `hits`, joined with the answer rows they stand in (whose columns are computed)."""
    facts = {column.fact: column.key for item in checklist.items for column in item.columns if column.fact}
    answer_rows = {
        str(row["row_id"]): row
        for item in checklist.items
        if item.kind is Kind.TABLE and not item.unread
        for row in scope.tables[item.key]
    }
    items = {str(row["item"]): row for row in scope.tables["items"]}
    rows = []
    for number, (one, judgement) in enumerate(zip(found, judged, strict=True), start=1):
        answer = answer_rows.get(one.text.row_id)
        joined = answer if answer is not None else items.get(one.text.item, {})
        row: TableRow = dict.fromkeys(facts)
        row |= _facts_of(checklist, one.text.item, answer or {})
        # a row emptied since has no state any more: its hit is of a name that no longer stands there
        row |= {"period": joined.get("period"), "screened": joined.get("screened") or Screened.STALE.value}
        rows.append(row | _own_columns(number, one) | _judgement_columns(judgement))
    return rows


def place_hits(
    found: Sequence[FoundHit], judged: Sequence[Judgement], rows: Iterable[TableRow], fact_names: Iterable[str]
) -> Iterator[PlacedHit]:
    """Yield the hits as concluded from their computed rows."""
    names = tuple(fact_names)
    for one, judgement, row in zip(found, judged, rows, strict=True):
        yield PlacedHit(
            hit=one.hit,
            item=one.text.item,
            column=one.text.column,
            row_id=one.text.row_id,
            location=one.text.location,
            query=one.text.query.name,
            body=one.body,
            period=Period(str(row["period"])) if row["period"] else Period.NONE,
            screened=Screened(str(row["screened"])),
            judgement=judgement,
            ruling=Ruling(str(row["ruling"])),
            standing=Standing(str(row["standing"])),
            facts={name: row[name] for name in names if row.get(name) is not None},
            declared=row["declared"] == 1,
            note_only=one.text.note,
        )


def place_text(location: Location) -> str:
    """Render a place as `sheet!cell`; where no cell is known, the sheet or item and the row."""
    name = location.sheet or location.item
    if location.cell:
        return f"{name}!{location.cell}"
    return f"{name}!{location.row}" if location.row else name


def _own_columns(number: int, one: FoundHit) -> TableRow:
    return {
        "number": number,
        "item": one.text.item,
        "column": one.text.column,
        "kind": one.hit.entry.kind.value,
        "list": one.hit.list_id,
        "band": one.hit.band.value,
        "row_id": one.text.row_id,
        "body": one.body,
        "name_only": int(one.hit.name_only),
        "note_only": int(one.text.note),
        "related": int(one.hit.related),
        "query": one.text.query.name,
        "listed": one.hit.entry.name,
        "place": place_text(one.text.location),
    }


def _facts_of(checklist: Checklist, item: str, answer: Mapping[str, object]) -> TableRow:
    columns = checklist.item(item).columns
    return {column.fact: answer.get(column.key) for column in columns if column.fact}  # type: ignore[misc]


def _judgement_columns(judgement: Judgement) -> TableRow:
    return {
        "disposition": judgement.disposition.value,
        "relation_judged": judgement.relation.strip() or None,
        "reason": judgement.reason.strip() or None,
        "reviewer": judgement.reviewer.strip() or None,
        "judged_on": judgement.judged_on,
        "approver": judgement.approver.strip() or None,
    }
