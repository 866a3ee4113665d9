"""EU consolidated list of financial sanctions: `xmlFullSanctionsList_1_1` and `csvFullSanctionsList_1_1`.

Both carry the day they were generated.  The CSV has a row per name, address, birth or document, grouped by entity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xlsaddin.errors import ListError
from xlsaddin.watchlist import names
from xlsaddin.watchlist.model import Alias, EntryKind, ListEntry
from xlsaddin.watchlist.parsers import delimited, markup
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile
from xlsaddin.watchlist.parsers.values import distinct, parse_day, shortened

_NAMESPACE = "{http://eu.europa.ec/fpi/fsd/export}"
_COLUMNS = 118
_USED = {
    "fileGenerationDate", "Entity_LogicalId", "Entity_EU_ReferenceNumber", "Entity_UnitedNationId",
    "Entity_DesignationDate", "Entity_Remark", "Entity_SubjectType_ClassificationCode", "Entity_Regulation_Programme",
    "NameAlias_WholeName", "Address_CountryIso2Code", "BirthDate_BirthDate", "BirthDate_Year", "Identification_Number",
    "Identification_TypeCode",
}  # fmt: skip
_KINDS = {"P": EntryKind.PERSON, "E": EntryKind.ORGANIZATION}


@dataclass(slots=True)
class _Listed:
    """What both formats say of one entity."""

    number: str
    uid: str
    kind: str
    row: str
    remark: str = ""
    listed_on: str = ""
    un_id: str = ""
    programme: str = ""
    names: list[tuple[str, bool]] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    births: list[str] = field(default_factory=list)
    documents: list[tuple[str, str]] = field(default_factory=list)


class EuFsfParser:
    """Parser of both formats."""

    list_id = "eu_fsf"

    def recognises(self, file: PublishedFile) -> bool:
        """True for the export's XML root or its CSV header."""
        if file.starts_with("<"):
            return b"http://eu.europa.ec/fpi/fsd/export" in file.content[:4096]
        return delimited.first_line(file).startswith("fileGenerationDate;Entity_LogicalId;")

    def parse(self, file: PublishedFile) -> ParsedList:
        """Return the entries; raises `ListError` for an entity without number, kind or name, or a broken row."""
        listed, day = _from_xml(file) if file.starts_with("<") else _from_csv(file)
        return ParsedList(tuple(_entry(one, file.name) for one in listed), day)


def _from_xml(file: PublishedFile) -> tuple[list[_Listed], date]:
    root = markup.root(file)
    day = _day(root.get("generationDate", ""), file.name)
    elements = root.findall(f"{_NAMESPACE}sanctionEntity")
    return [_xml_entity(element, row) for row, element in enumerate(elements, start=1)], day


def _xml_entity(element: Any, row: int) -> _Listed:
    subject = element.find(f"{_NAMESPACE}subjectType")
    regulation = element.find(f"{_NAMESPACE}regulation")
    return _Listed(
        number=element.get("euReferenceNumber", "") or element.get("logicalId", ""),
        uid=element.get("logicalId", ""),
        kind=subject.get("classificationCode", "") if subject is not None else "",
        row=str(row),
        remark=markup.text(element, f"{_NAMESPACE}remark"),
        listed_on=element.get("designationDate", ""),
        un_id=element.get("unitedNationId", ""),
        programme=regulation.get("programme", "") if regulation is not None else "",
        names=[
            (alias.get("wholeName", ""), alias.get("strong", "true") == "false")
            for alias in element.findall(f"{_NAMESPACE}nameAlias")
        ],
        countries=[place.get("countryIso2Code", "") for place in element.findall(f"{_NAMESPACE}address")],
        births=[
            birth.get("birthdate", "") or birth.get("year", "") for birth in element.findall(f"{_NAMESPACE}birthdate")
        ],
        documents=[
            (item.get("identificationTypeCode", ""), item.get("number", ""))
            for item in element.findall(f"{_NAMESPACE}identification")
        ],
    )


def _from_csv(file: PublishedFile) -> tuple[list[_Listed], date]:
    rows = delimited.numbered_rows(delimited.decoded(file.content, file.name), file.name, ";", strict=False)
    _, header = next(rows)
    if len(header) != _COLUMNS or len(set(header)) != _COLUMNS or not _USED.issubset(header):
        missing = ", ".join(sorted(_USED.difference(header)))
        raise ListError("RS-LIST-002", path=file.name, found=f"{len(header)} columns, missing: {missing or '-'}")
    found: dict[str, _Listed] = {}
    generated = ""
    for line, row in rows:
        if len(row) != _COLUMNS or not row[1]:
            raise ListError("RS-LIST-003", path=file.name, row=line, found=";".join(row)[:200])
        cells = dict(zip(header, (cell.strip() for cell in row), strict=True))
        generated = generated or cells["fileGenerationDate"]
        one = found.setdefault(cells["Entity_LogicalId"], _csv_entity(cells, line))
        _add_csv_row(one, cells)
    return list(found.values()), _day(generated, file.name)


def _csv_entity(cells: Mapping[str, str], line: int) -> _Listed:
    return _Listed(
        number=cells["Entity_EU_ReferenceNumber"] or cells["Entity_LogicalId"],
        uid=cells["Entity_LogicalId"],
        kind=cells["Entity_SubjectType_ClassificationCode"],
        row=str(line),
        remark=cells["Entity_Remark"],
        listed_on=cells["Entity_DesignationDate"],
        un_id=cells["Entity_UnitedNationId"],
        programme=cells["Entity_Regulation_Programme"],
    )


def _add_csv_row(one: _Listed, cells: Mapping[str, str]) -> None:
    if cells["NameAlias_WholeName"]:
        one.names.append((cells["NameAlias_WholeName"], False))
    if cells["Address_CountryIso2Code"]:
        one.countries.append(cells["Address_CountryIso2Code"])
    if birth := cells["BirthDate_BirthDate"] or cells["BirthDate_Year"]:
        one.births.append(birth)
    if cells["Identification_Number"]:
        one.documents.append((cells["Identification_TypeCode"], cells["Identification_Number"]))


def _entry(one: _Listed, path: str) -> ListEntry:
    printed = [(names.clean(name), weak) for name, weak in one.names if names.clean(name)]
    if not one.uid or one.kind not in _KINDS or not printed:
        raise ListError("RS-LIST-003", path=path, row=one.row, found=f"{one.number} {one.kind} {one.names}")
    main = next((name for name, weak in printed if not weak), printed[0][0])
    aliases = [Alias(name, weak, names.relation_of(name, main)) for name, weak in printed]
    return ListEntry(
        number=one.number,
        name=main,
        aliases=names.unique(aliases, main),
        kind=_KINDS[one.kind],
        countries=distinct(code for code in one.countries if len(code) == 2 and code != "00"),
        identifiers=_identifiers(one),
        birth_dates=distinct(one.births),
        listed_on=parse_day(one.listed_on),
        note=shortened(f"{one.programme}. {one.remark}"),
        row=one.row,
        original={"name": one.names[0][0]},
    )


def _identifiers(one: _Listed) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {"uid": (one.uid,)}
    if one.un_id:
        found["un_reference"] = (one.un_id,)
    for kind, number in one.documents:
        if number:
            found[kind or "number"] = (*found.get(kind or "number", ()), number)
    return found


def _day(text: str, path: str) -> date:
    """Return the day of generation: ISO text in the XML, DD/MM/YYYY in the CSV."""
    found = parse_day(text, "%Y-%m-%d", "%d/%m/%Y")
    if found is None:
        raise ListError("RS-LIST-002", path=path, found=f"generationDate={text}")
    return found
