"""Who is listed: entries, aliases, editions. Parsers make them, the store keeps them, screening reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class EntryKind(StrEnum):
    """What is listed. `unknown` where a list does not say; vessels and aircraft are `other`."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PROGRAM = "program"
    OTHER = "other"
    UNKNOWN = "unknown"


class Concern(StrEnum):
    """懸念区分 of METI's list: nuclear, chemical, biological, missile; conventional weapons apart."""

    NUCLEAR = "N"
    CHEMICAL = "C"
    BIOLOGICAL = "B"
    MISSILE = "M"
    CONVENTIONAL = "CW"


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of an entry, as printed.

    Attributes:
        name: the name; weak: generic or "not sufficient to identify" by the list's own word.
        relation: `alias`, `former`, `acronym`, `original_script`, `related` (a subsidiary or branch named there).
    """

    name: str
    weak: bool = False
    relation: str = "alias"


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One person, body or programme on one list.

    Attributes:
        number: number printed in that edition, as text (not an identity across editions).
        name: main name, cleaned of bullets and brackets; aliases: the others.
        kind: person, organization, program ...; countries: ISO 3166-1 alpha-2 codes.
        concerns: METI's concern categories; identifiers: by kind (`passport`, `imo`, `un_reference` ...).
        birth_dates: as printed; listed_on: date of listing where given.
        lifted: True for an entry kept in the file but no longer in force; it is never screened.
        note: what the list says about it; source_url: page or file of the publisher.
        row: where it stands in the file (`sheet!row`, line, page); original: cells as printed.
    """

    number: str
    name: str
    aliases: tuple[Alias, ...] = ()
    kind: EntryKind = EntryKind.ORGANIZATION
    countries: tuple[str, ...] = ()
    concerns: tuple[Concern, ...] = ()
    identifiers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    birth_dates: tuple[str, ...] = ()
    listed_on: date | None = None
    lifted: bool = False
    note: str = ""
    source_url: str = ""
    row: str = ""
    original: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListSource:
    """What we know of a list as such, from `data/lists/<id>.toml`.

    Attributes:
        id: such as `jp_meti_eul`; title_ja, title_en; publisher.
        meaning_ja, meaning_en: what a hit on *that* list means, and what it does not.
        licence: terms of the publisher; page_url: where a person finds it.
        minimum, maximum: bounds of a credible number of entries.
        sample: True for the fictional list that ships with the product.
    """

    id: str
    title_ja: str
    title_en: str
    publisher: str
    meaning_ja: str
    meaning_en: str
    licence: str = ""
    page_url: str = ""
    minimum: int = 1
    maximum: int = 1_000_000
    sample: bool = False


@dataclass(frozen=True, slots=True)
class ListEdition:
    """One edition of one list, complete and verified.

    Attributes:
        source: the list; edition: its date as ISO text, such as `2025-09-29`.
        in_force_from: first day it applies; in_force_to: last day, None while it is the newest.
        sha256: of the file as published; file_name: its name.
        entries: in the order of the file, lifted ones included.
        imported_at: when it was taken in; confirmed_on: last day it was confirmed to be the newest.
    """

    source: ListSource
    edition: str
    in_force_from: date
    sha256: str
    file_name: str
    entries: tuple[ListEntry, ...]
    imported_at: datetime
    confirmed_on: date
    in_force_to: date | None = None

    @property
    def id(self) -> str:
        """Id of the list."""
        return self.source.id


@dataclass(frozen=True, slots=True)
class ListUse:
    """One list as used in a result, or why it could not be used.

    Attributes:
        id, title_ja, title_en: of the list; edition, entries, sha256: of the edition, empty when there is none.
        age_days: days since it was last confirmed to be the newest; stale: more than the parameter allows.
        sample: the fictional sample list.
        failure_ja, failure_en: sentence why it could not be used, empty when it was.
    """

    id: str
    title_ja: str
    title_en: str
    edition: str = ""
    entries: int = 0
    sha256: str = ""
    confirmed_on: date | None = None
    age_days: int = 0
    stale: bool = False
    sample: bool = False
    failure_ja: str = ""
    failure_en: str = ""

    @property
    def usable(self) -> bool:
        """False makes the screening inconclusive, never clean."""
        return not self.failure_ja
