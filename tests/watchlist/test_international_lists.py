"""UN (real file), EU and UK (small files made strictly to the documented formats), Canada (transcription and page)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from xlsaddin.errors import ListError
from xlsaddin.watchlist.model import EntryKind, ListEntry
from xlsaddin.watchlist.parsers.ca_nro import CaNroParser
from xlsaddin.watchlist.parsers.eu_fsf import EuFsfParser
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile
from xlsaddin.watchlist.parsers.uk import LAYOUTS, UkParser
from xlsaddin.watchlist.parsers.un_sc import UnScParser

UN = "un_sc/UN_consolidated.xml"
Parsed = Callable[[str], ParsedList]


def entry(parsed: ParsedList, number: str) -> ListEntry:
    return next(one for one in parsed.entries if one.number == number)


def test_every_designation_of_the_un_is_an_entry(parsed: Parsed) -> None:
    found = parsed(UN)
    assert Counter(one.kind for one in found.entries) == {EntryKind.PERSON: 730, EntryKind.ORGANIZATION: 273}
    assert found.edition == date(2026, 2, 27)
    assert len({one.identifiers["uid"] for one in found.entries}) == 1003


def test_un_aliases_packed_into_one_element_are_parted_and_low_quality_is_weak(parsed: Parsed) -> None:
    names = {alias.name: alias for one in parsed(UN).entries for alias in one.aliases}
    assert {"Azim Adhajani", "Azim Agha-Jani", "M. Javad Kareemi Sabet"} <= set(names)
    assert names["NALU"].relation == "former"
    assert sum(alias.weak for alias in names.values()) > 500
    hts = entry(parsed(UN), "QDe.137")
    assert {"HTS", "Assembly for the Liberation of Syria"} <= {alias.name for alias in hts.aliases}


def test_un_names_in_original_script_and_acronyms_are_kept(parsed: Parsed) -> None:
    motaqi = entry(parsed(UN), "TAi.026")
    assert ("امیر خان متقی", "original_script") in {(alias.name, alias.relation) for alias in motaqi.aliases}
    fdlr = entry(parsed(UN), "CDe.005")
    assert (fdlr.name, fdlr.aliases[0].name) == ("FORCES DEMOCRATIQUES DE LIBERATION DU RWANDA", "FDLR")
    two = entry(parsed(UN), "CDe.003")
    assert "GREAT LAKES BUSINESS COMPANY" in {alias.name for alias in two.aliases}


def test_what_the_un_says_of_a_name_is_no_name(parsed: Parsed) -> None:
    found = {alias.name for one in parsed(UN).entries for alias in one.aliases}
    assert not found & {"COMBAT NAME", "birth name", "previously listed as", "NGO", "KPE.018"}
    assert not [name for name in found if "original script" in name or "sub-unit" in name or " born " in name]
    assert {"EL PARA", "Амир Хазмат", "Encep Nurjaman", "Ansar al-Mujahideen Network"} <= found
    assert {"ISIL-SEA", "ISIL-South East Asia", "El Harrachi"} <= found


def test_an_un_file_with_an_entity_declaration_is_refused__error() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]><CONSOLIDATED_LIST dateGenerated="2026-01-01">&a;</CONSOLIDATED_LIST>'
    with pytest.raises(ListError) as caught:
        UnScParser().parse(PublishedFile({"consolidated.xml": bomb}))
    assert caught.value.code == "RS-LIST-001"


def test_an_un_file_cut_short_is_refused__error(parsed: Parsed) -> None:
    cut = b'<CONSOLIDATED_LIST dateGenerated="2026-01-01"><INDIVIDUALS><INDIVIDUAL>'
    with pytest.raises(ListError) as caught:
        UnScParser().parse(PublishedFile({"consolidated.xml": cut}))
    assert caught.value.code == "RS-LIST-001"


EU_XML = """<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-10-01T09:00:00.000+02:00">
 <sanctionEntity designationDate="2020-01-02" unitedNationId="QDi.1" euReferenceNumber="EU.1.1" logicalId="13">
  <remark>A remark.</remark>
  <regulation programme="TAQA"/>
  <subjectType code="person" classificationCode="P"/>
  <nameAlias wholeName="Sample Person" strong="true"/>
  <nameAlias wholeName="Sammy" strong="false"/>
  <citizenship countryIso2Code="FR"/>
  <birthdate birthdate="1970-01-01" year="1970"/>
  <address countryIso2Code="00"/><address countryIso2Code="DE"/>
  <identification number="P1" identificationTypeCode="passport"/>
 </sanctionEntity>
</export>"""


def test_the_eu_xml_is_read_by_its_documented_layout() -> None:
    file = PublishedFile({"full.xml": EU_XML.encode()})
    assert EuFsfParser().recognises(file)
    found = EuFsfParser().parse(file)
    one = found.entries[0]
    assert (one.number, one.name, one.kind) == ("EU.1.1", "Sample Person", EntryKind.PERSON)
    assert [(alias.name, alias.weak) for alias in one.aliases] == [("Sammy", True)]
    assert one.countries == ("DE",)  # the address; citizenship is read past
    assert one.identifiers == {"uid": ("13",), "un_reference": ("QDi.1",), "passport": ("P1",)}
    assert found.edition == date(2026, 10, 1)


def eu_csv(rows: list[dict[str, str]]) -> PublishedFile:
    known = [
        "fileGenerationDate", "Entity_LogicalId", "Entity_EU_ReferenceNumber", "Entity_UnitedNationId",
        "Entity_DesignationDate", "Entity_Remark", "Entity_SubjectType_ClassificationCode",
        "Entity_Regulation_Programme", "NameAlias_WholeName", "Address_CountryIso2Code", "BirthDate_BirthDate",
        "BirthDate_Year", "Identification_Number", "Identification_TypeCode",
    ]  # fmt: skip
    header = [*known, *(f"Other_{number}" for number in range(118 - len(known)))]
    lines = [";".join(header), *(";".join(row.get(name, "") for name in header) for row in rows)]
    return PublishedFile({"full.csv": ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()})


EU_ROW = {
    "fileGenerationDate": "01/10/2026",
    "Entity_LogicalId": "13",
    "Entity_EU_ReferenceNumber": "EU.1.1",
    "Entity_SubjectType_ClassificationCode": "E",
}


def test_the_eu_csv_groups_its_rows_by_entity() -> None:
    file = eu_csv([EU_ROW | {"NameAlias_WholeName": "Works"}, EU_ROW | {"NameAlias_WholeName": "The Works"}])
    assert EuFsfParser().recognises(file)
    found = EuFsfParser().parse(file)
    assert [(one.name, [alias.name for alias in one.aliases]) for one in found.entries] == [("Works", ["The Works"])]
    assert found.edition == date(2026, 10, 1)


def test_an_eu_row_of_another_width_refuses_the_file__error() -> None:
    file = eu_csv([EU_ROW | {"NameAlias_WholeName": "a;b"}])
    with pytest.raises(ListError) as caught:
        EuFsfParser().parse(file)
    assert caught.value.code == "RS-LIST-003"


def test_an_eu_csv_with_a_renamed_column_refuses_the_file__error() -> None:
    content = eu_csv([EU_ROW | {"NameAlias_WholeName": "Works"}]).content.replace(b"NameAlias_WholeName", b"Whole")
    with pytest.raises(ListError) as caught:
        EuFsfParser().parse(PublishedFile({"full.csv": content}))
    assert caught.value.code == "RS-LIST-002"
    assert "NameAlias_WholeName" in caught.value.ja


def uk_csv(layout: int, first_line: str, rows: list[dict[str, str]]) -> PublishedFile:
    header = LAYOUTS[layout].header
    lines = [first_line, ",".join(header), *(",".join(row.get(name, "") for name in header) for row in rows)]
    return PublishedFile({"uk.csv": "\r\n".join(lines).encode()})


def test_the_uk_sanctions_list_groups_names_and_a_blank_strength_is_not_weak() -> None:
    row = {"Unique ID": "AFG0001", "Designation Type": "Individual", "Date Designated": "25/01/2001"}
    file = uk_csv(
        0,
        "Report Date: 02-Nov-2026",
        [
            row | {"Name 6": "HARAM", "Name 1": "Boko", "Name type": "Alias"},
            row | {"Name 6": "SAMPLE", "Name 1": "Ann", "Name type": "Primary Name", "Name non-latin script": "Анн"},
            row | {"Name 6": "ANNIE", "Name type": "Alias", "Alias strength": "Low quality a.k.a"},
        ],
    )
    assert UkParser().recognises(file)
    found = UkParser().parse(file)
    one = found.entries[0]
    assert (one.number, one.name, one.listed_on) == ("AFG0001", "Ann SAMPLE", date(2001, 1, 25))
    weak = {alias.name: alias.weak for alias in one.aliases}
    assert weak == {"Boko HARAM": False, "Анн": False, "ANNIE": True}
    assert found.edition == date(2026, 11, 2)


def test_the_2022_format_of_ofsi_is_the_same_list() -> None:
    row = {
        "Group ID": "1",
        "Group Type": "Entity",
        "Name 6": "Sample Works",
        "Alias Type": "Primary name",
        "Country": "Iran",
    }
    file = uk_csv(1, "Last Updated,02/11/2026", [row])
    assert UkParser().recognises(file)
    found = UkParser().parse(file)
    assert [(one.name, one.kind, one.countries) for one in found.entries] == [
        ("Sample Works", EntryKind.ORGANIZATION, ("IR",))
    ]
    assert found.edition == date(2026, 11, 2)


def test_the_canadian_transcription_marks_parents_as_related(parsed: Parsed) -> None:
    found = parsed("ca_nro/nro.json")
    assert Counter(one.countries for one in found.entries) == {("CN",): 108, ("IR",): 12, ("RU",): 6}
    unit = next(one for one in found.entries if one.name == "Southwest Computing Center")
    assert [alias.relation for alias in unit.aliases] == ["related"]


CANADIAN_PAGE = """<html><h1>Named Research Organizations</h1><table>
<tr><th>Named Research Organization</th><th>Known alias(es)</th><th>Country</th></tr>
<tr><td>Sample University (SU)</td>
<td><ul><li>University of Sample</li><li>SU Hospital</li></ul></td><td>China</td></tr>
</table>Date modified: <time>2026-09-01</time></html>"""


def test_the_canadian_page_is_read_by_its_headings() -> None:
    """The page itself is not at hand: a table made to its documented columns."""
    file = PublishedFile({"named-research-organizations": CANADIAN_PAGE.encode()})
    assert CaNroParser().recognises(file)
    found = CaNroParser().parse(file)
    one = found.entries[0]
    assert (one.name, one.countries) == ("Sample University", ("CN",))
    assert {"SU", "University of Sample", "SU Hospital"} == {alias.name for alias in one.aliases}
    assert found.edition == date(2026, 9, 1)


def test_a_canadian_page_without_the_table_is_refused__error() -> None:
    file = PublishedFile({"x": CANADIAN_PAGE.replace("alias", "other").encode()})
    with pytest.raises(ListError) as caught:
        CaNroParser().parse(file)
    assert caught.value.code == "RS-LIST-002"
