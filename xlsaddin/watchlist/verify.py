"""Whether a file is what it says: of which list, whole, of which date. Raises `ListError` for anything else."""

from __future__ import annotations

from datetime import date, datetime

from xlsaddin.errors import ListError
from xlsaddin.parameters import Parameters
from xlsaddin.watchlist.diff import ListDiff
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile
from xlsaddin.watchlist.sources import OWN_PREFIX, Definition, load_definitions, own_definition
from xlsaddin.watchlist.stored import EditionRecord, digest, entries_content


def parse_published(file: PublishedFile, list_id: str | None) -> tuple[str, ParsedList]:
    """Return the id of the list a file is of, and its content; raises `ListError` when it is of no known list."""
    from xlsaddin.watchlist import recognising  # imported here: reading stored editions needs no parser

    if list_id is not None:
        definition_of(list_id, None)
    parser = recognising.parser_for(file, list_id)
    try:
        return parser.list_id or str(list_id), parser.parse(file)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as problem:
        reason = f"{type(problem).__name__}: {problem}"  # a layout nobody foresaw is still a refusal of this list alone
        raise ListError("RS-LIST-045", path=file.name, reason=reason) from problem


def definition_of(list_id: str, title: str | None) -> Definition:
    """Return what is known of a list; raises `ListError` for an id that is neither published nor an own one."""
    if list_id in load_definitions() and not load_definitions()[list_id].source.sample:
        return load_definitions()[list_id]
    if list_id.startswith(OWN_PREFIX) and list_id.replace("_", "").isalnum() and list_id.islower():
        return own_definition(list_id, title or list_id)
    known = sorted(one for one, definition in load_definitions().items() if not definition.source.sample)
    raise ListError("RS-LIST-009", list_id=list_id, known=", ".join(known))


def not_loaded(list_id: str) -> ListError:
    """Return the exception that says of a list without an edition how to get one, or that there is no such list."""
    try:
        definition = definition_of(list_id, None)
    except ListError as unknown:
        return unknown
    if list_id.startswith(OWN_PREFIX):
        return ListError("RS-LIST-039", list_id=list_id)
    if not definition.download.possible:
        return ListError("RS-LIST-040", list_id=list_id, page=definition.source.page_url or "-")
    return ListError("RS-LIST-014", list_id=list_id)


def check_count(definition: Definition, entries: int, path: str) -> None:
    """Refuse a number of entries no edition of the list can have."""
    source = definition.source
    if not source.minimum <= entries <= source.maximum:
        raise ListError("RS-LIST-011", path=path, entries=entries, minimum=source.minimum, maximum=source.maximum)


def check_removals(diff: ListDiff, before: int, as_of: date) -> None:
    """Refuse an edition that drops more of the list than the parameter allows: more likely a cut file."""
    limit = Parameters(as_of).number("list_removed_share_limit")
    if len(diff.removed) > 10 and len(diff.removed) > limit * before:
        raise ListError("RS-LIST-012", list_id=diff.list_id, removed=len(diff.removed), before=before)


def edition_date(
    file: PublishedFile, parsed: ParsedList, definition: Definition, given: date | None, today: date
) -> date:
    """Return the date of the edition: given, known by the file's digest, or carried by the file.

    Lists whose files carry no date are dated by the day they are taken in.
    """
    known = definition.fact_by_digest(file.sha256)
    found = given or (known.edition if known else parsed.edition) or (today if definition.undated else None)
    if found is None:
        raise ListError("RS-LIST-013", path=file.name)
    return found


def make_record(
    definition: Definition, file: PublishedFile, parsed: ParsedList, edition: date, now: datetime, title: str | None
) -> tuple[EditionRecord, bytes]:
    """Return the record of a new edition, and its entries in stored form."""
    content = entries_content(parsed.entries)
    fact = definition.fact(edition)
    record = EditionRecord(
        list_id=definition.source.id,
        edition=edition.isoformat(),
        in_force_from=parsed.in_force_from or (fact.in_force_from if fact else None) or edition,
        in_force_to=fact.in_force_to if fact else None,
        sha256=file.sha256,
        file_names=tuple(sorted(file.parts)),
        entries=len(parsed.entries),
        lifted=sum(entry.lifted for entry in parsed.entries),
        entries_sha256=digest(content),
        imported_at=now,
        confirmed_on=now.date(),
        title=title or "",
    )
    return record, content
