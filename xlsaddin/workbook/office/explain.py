"""A hit in words an officer can judge by: where, what list, what agrees and differs, what that list means."""

from __future__ import annotations

from collections.abc import Mapping

from xlsaddin.assessment.scope import TableRow
from xlsaddin.review_model import PlacedHit
from xlsaddin.watchlist.diff import entry_digest
from xlsaddin.watchlist.model import ListSource
from xlsaddin.watchlist.sources import load_definitions, own_definition
from xlsaddin.workbook import labels
from xlsaddin.workbook.labels import Language, lines, pair
from xlsaddin.workbook.office.book import OfficeBook
from xlsaddin.workbook.office.columns import office_choices
from xlsaddin.workbook.office.places import row_offset
from xlsaddin.workbook.plan import CellValue

_NOTE_LENGTH = 1200


def place(placed: PlacedHit) -> str:
    """Return where a hit stands, `sheet!cell`; the item where no cell is known."""
    location = placed.location
    return f"{location.sheet}!{location.cell}" if location.sheet and location.cell else location.sheet or placed.item


def hit_texts(book: OfficeBook, placed: PlacedHit, row: TableRow) -> dict[str, CellValue]:
    """Return what the columns of `r_hits` show that are neither computed nor facts."""
    language, hit, judgement = book.language, placed.hit, placed.judgement
    item = book.review.checklist.item(placed.item)
    return {
        "place": place(placed),
        "item_label": labels.title(item, language),
        "listed": _listed(placed),
        "list_label": list_label(book, placed),
        "country": "、".join(hit.entry.countries) or None,
        "period": _shown(book, "period", row["period"]),
        "screened": _shown(book, "screened", row["screened"]),
        "declared_label": _declared(book, placed),
        "why": "\n".join(f"・{pair(reason.ja, reason.en, language)}" for reason in hit.why),
        "meaning": meaning(placed, language),
        "score": round(hit.score, 1),
        "band": labels.choice_labels(office_choices("band"), language)[hit.band.value],
        "disposition": _chosen("disposition", judgement.disposition.value, language)
        if judgement.disposition.value != "pending"
        else None,
        "relation_judged": _chosen("relation", judgement.relation, language),
        "judged_on": judgement.judged_on,
        "at": _position(book, placed),
        "entry_digest": entry_digest(hit.entry),
    }


def list_label(book: OfficeBook, placed: PlacedHit) -> str:
    """Return title, edition, number and concern of the listed entry."""
    hit = placed.hit
    use = next((use for use in book.review.lists if use.id == hit.list_id), None)
    title = pair(use.title_ja, use.title_en, book.language) if use is not None else hit.list_id
    concern = "・".join(one.value for one in hit.entry.concerns)
    parts = (title, hit.edition, f"No. {hit.entry.number}" if hit.entry.number else "", concern)
    return " / ".join(part for part in parts if part)


def meaning(placed: PlacedHit, language: Language) -> str:
    """Return what it means to be on this list, and what the list says of this entry."""
    source = _source(placed.hit.list_id)
    texts = lines(source.meaning_ja, source.meaning_en, language)
    return "\n".join([*texts, *([placed.hit.entry.note] if placed.hit.entry.note else [])])


def note_text(book: OfficeBook, hits: list[PlacedHit]) -> str:
    """Return the note beside an answer that has hits."""
    parts = []
    for placed in hits:
        why = "／".join(reason.ja if book.language is not Language.EN else reason.en for reason in placed.hit.why[:4])
        standing = labels.choice_labels(office_choices("band"), book.language)[placed.hit.band.value]
        parts.append(
            f"{standing}: {_listed(placed)}\n{list_label(book, placed)}\n{why}\n{meaning(placed, Language.JA)}"
        )
    text = "\n\n".join(parts)
    return text if len(text) <= _NOTE_LENGTH else text[: _NOTE_LENGTH - 1] + "…"


def _position(book: OfficeBook, placed: PlacedHit) -> CellValue:
    """Return the place of the answer row in the body of its table, from 1; nothing for a single item."""
    try:
        table = book.layout.table(placed.item)
    except KeyError:
        return None
    rows = (row for row in book.review.rows if row.item == placed.item and row.row_id == placed.row_id)
    return next((row_offset(book, table, row) + 1 for row in rows), None)


def _declared(book: OfficeBook, placed: PlacedHit) -> str:
    if not placed.declared:
        return book.word("hits.declared_no")
    asked_in = {key for declaration in book.rules.declarations for key in declaration.asked_in}
    return book.word("hits.declared_yes" if placed.item in asked_in else "hits.declared_not_asked")


def _listed(placed: PlacedHit) -> str:
    name, matched = placed.hit.entry.name, placed.hit.matched
    return name if matched in ("", name) else f"{name}（{matched}）"


def _source(list_id: str) -> ListSource:
    definition = load_definitions().get(list_id) or own_definition(list_id, list_id)
    return definition.source


def _chosen(name: str, key: str, language: Language) -> CellValue:
    return labels.choice_labels(office_choices(name), language).get(key) or key or None


def _shown(book: OfficeBook, key: str, value: object) -> CellValue:
    """Return a joined state as its answer table shows it."""
    language = book.layout.language
    choices: Mapping[str, str] = {}
    if key == "screened":
        choices = labels.choice_labels(office_choices("screened"), language)
    else:
        found = next((one.choices for one in book.rules.computed if one.key == "period" and one.table != "hits"), ())
        choices = labels.choice_labels(found, language)
    return choices.get(str(value))
