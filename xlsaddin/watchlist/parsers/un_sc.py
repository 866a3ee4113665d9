"""UN Security Council consolidated list, official XML."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from xlsaddin.errors import ListError
from xlsaddin.watchlist import names
from xlsaddin.watchlist.model import Alias, EntryKind, ListEntry
from xlsaddin.watchlist.parsers import markup
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile
from xlsaddin.watchlist.parsers.values import country_codes, distinct, parse_day, shortened

_NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_LETTER = re.compile(r"\s+[a-z]\)\s+")
# What is said of a name in brackets or behind it, and is no name.
_ASIDE = re.compile(
    r"(?i)\s*\(\s*(?:(?:previously|formerly) listed as|(?:combat|birth) name|initials|NGO|[A-Z]{2}[ei]\.\d+)\s*\)|"
    r"\s*-\s*sub-unit name|\(?\s*original script\s*:?\s*\)?(?=\)|$|;)|\s*(?:\(?false identity|,? born\b).*$"
)
_SCRIPT_FIRST = re.compile(r"(?i)\(\s*original script\s*:\s*")


class UnScParser:
    """Parser of `consolidated.xml`."""

    list_id = "un_sc"

    def recognises(self, file: PublishedFile) -> bool:
        """True when the root element is the consolidated list."""
        return file.starts_with("<") and b"<CONSOLIDATED_LIST" in file.content[:4096]

    def parse(self, file: PublishedFile) -> ParsedList:
        """Return individuals and entities; raises `ListError` for an element without reference or name."""
        root = markup.root(file)
        found = {child.tag: list(child) for child in root}
        if set(found) != {"INDIVIDUALS", "ENTITIES"}:
            raise ListError("RS-LIST-002", path=file.name, found=", ".join(found))
        entries: list[ListEntry] = []
        for group, kind in (("INDIVIDUALS", EntryKind.PERSON), ("ENTITIES", EntryKind.ORGANIZATION)):
            for element in found[group]:
                entries.append(_entry(element, kind, file.name, len(entries) + 1))
        return ParsedList(tuple(entries), _generated(root.get("dateGenerated"), file.name))


def _generated(text: str | None, path: str) -> date:
    found = parse_day(text or "")
    if found is None:
        raise ListError("RS-LIST-002", path=path, found=f"dateGenerated={text}")
    return found


def _entry(element: Any, kind: EntryKind, path: str, row: int) -> ListEntry:
    prefix = element.tag
    reference = markup.text(element, "REFERENCE_NUMBER")
    printed = " ".join(part for tag in _NAME_PARTS if (part := markup.text(element, tag)))
    if prefix not in ("INDIVIDUAL", "ENTITY") or not reference or not printed:
        raise ListError("RS-LIST-003", path=path, row=row, found=f"{prefix} {reference} {printed}")
    name, aliases = _main_names(printed) if kind is EntryKind.ORGANIZATION else (names.clean(printed), [])
    original = names.clean(markup.text(element, "NAME_ORIGINAL_SCRIPT"))
    aliases.append(Alias(original, relation="original_script"))
    for alias in element.findall(f"{prefix}_ALIAS"):
        aliases += _aliases(markup.text(alias, "ALIAS_NAME"), markup.text(alias, "QUALITY"), name)
    return ListEntry(
        number=reference,
        name=name,
        aliases=names.unique(aliases, name),
        kind=kind,
        countries=country_codes(markup.texts(element, f"{prefix}_ADDRESS/COUNTRY")),
        identifiers=_identifiers(element, prefix, reference),
        birth_dates=_birth_dates(element),
        listed_on=parse_day(markup.text(element, "LISTED_ON")),
        note=shortened(f"{markup.text(element, 'UN_LIST_TYPE')}. {markup.text(element, 'COMMENTS1')}"),
        row=str(row),
        original={"name": printed, "list": markup.text(element, "UN_LIST_TYPE")},
    )


def _main_names(printed: str) -> tuple[str, list[Alias]]:
    """Return the name of a body, and its acronym and second name: `A (AB); C (CD)` names one body twice."""
    name, *others = (names.split_name(part) for part in _parts(printed))
    more = [alias for other, bracketed in others for alias in (Alias(other), *bracketed)]
    return name[0], [*name[1], *more]


def _aliases(cell: str, quality: str, name: str) -> list[Alias]:
    """Return the names of an alias element: several may stand in it, parted by `;`, with others in brackets."""
    found: list[Alias] = []
    for text in _parts(cell):
        other, more = names.split_name(text)
        relation = "former" if quality == "f.k.a." else names.relation_of(other, name)
        found += [Alias(one.name, quality == "Low", one.relation) for one in (Alias(other, relation=relation), *more)]
    return found


def _parts(cell: str) -> list[str]:
    """Return the names in a cell; a bracket that holds a list of names is opened."""
    text = _LETTER.sub(";", _SCRIPT_FIRST.sub("(", names.clean(cell)))
    for inner, start, end in reversed(list(names.bracket_groups(text))):
        if ";" in inner:
            text = f"{text[:start]};{inner};{text[end:]}"
    parts = (names.balanced(_ASIDE.sub("", part)).strip(" ,") for part in text.split(";"))
    return [part for part in parts if part]


def _identifiers(element: Any, prefix: str, reference: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {"uid": (markup.text(element, "DATAID"),), "un_reference": (reference,)}
    for document in element.findall(f"{prefix}_DOCUMENT"):
        if number := markup.text(document, "NUMBER"):
            passport = "passport" in markup.text(document, "TYPE_OF_DOCUMENT").lower()
            kind = "passport" if passport else "national_id"
            found[kind] = (*found.get(kind, ()), number)
    return found


def _birth_dates(element: Any) -> tuple[str, ...]:
    found: list[str] = []
    for birth in element.findall("INDIVIDUAL_DATE_OF_BIRTH"):
        span = "-".join(part for tag in ("FROM_YEAR", "TO_YEAR") if (part := markup.text(birth, tag)))
        if text := markup.text(birth, "DATE") or markup.text(birth, "YEAR") or span:
            found.append(text)
    return distinct(found)
