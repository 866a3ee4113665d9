"""US lists: OFAC sets, Consolidated Screening List, Denied Persons List, extractions of BIS, DoD and State text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from xlsaddin.errors import ListError
from xlsaddin.watchlist.gather import gather
from xlsaddin.watchlist.model import EntryKind, ListEntry
from xlsaddin.watchlist.parsers import us_names
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile
from xlsaddin.watchlist.parsers.us_csl import COLUMNS, UsCslParser
from xlsaddin.watchlist.parsers.us_dpl import UsDplParser
from xlsaddin.watchlist.parsers.us_ofac import OfacParser

SDN = "us_ofac_sdn/sdn.csv"
NON_SDN = "us_ofac_nonsdn"
Parsed = Callable[[str], ParsedList]


def entry(parsed: ParsedList, number: str) -> ListEntry:
    return next(one for one in parsed.entries if one.number == number)


def weak_names(found: ListEntry) -> set[str]:
    return {alias.name for alias in found.aliases if alias.weak}


def test_one_file_of_the_sdn_set_brings_its_siblings_and_every_row_counts(parsed: Parsed) -> None:
    found = parsed(SDN)
    assert len(found.entries) == 8976
    assert Counter(one.kind for one in found.entries)[EntryKind.PERSON] == 4620
    printed = sum(sum(not alias.weak for alias in one.aliases) for one in found.entries)
    assert printed > 11_800  # 11,910 rows of alt.csv less those that repeat a name


def test_a_folder_of_the_non_sdn_set_is_one_list(parsed: Parsed) -> None:
    found = parsed(NON_SDN)
    assert len(found.entries) == 442
    assert "SMIC" in weak_names(entry(found, "30951"))


def test_weak_aliases_are_read_from_the_remarks(parsed: Parsed) -> None:
    assert weak_names(entry(parsed(SDN), "306")) == {"BNC"}
    assert weak_names(entry(parsed(SDN), "32391")) >= {"ILLIASSOU, Djibbo", "CHAFFORI, Petit"}
    hamas = next(one for one in parsed(SDN).entries if "ABU-'UMAR" in weak_names(one))
    assert hamas.kind is EntryKind.PERSON


def test_remarks_run_on_in_the_comments_file(parsed: Parsed) -> None:
    assert "RUSAG" in weak_names(entry(parsed(NON_SDN), "17014"))


def test_nothing_is_null_and_no_nationality_becomes_a_country(parsed: Parsed) -> None:
    found = entry(parsed(SDN), "7138")
    assert "nationality Pakistan" in found.note
    assert found.countries == ()
    assert not any("-0- " in f"{one.note} " or one.name == "-0-" for one in parsed(SDN).entries)


SDN_SET = {
    "sdn.csv": b'1,"BODY ONE",-0- ,"PROG",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"a.k.a. \'B1\'."\r\n\x1a',
    "alt.csv": b'1,11,"fka","OLD ONE",-0- \r\n\x1a',
    "add.csv": b'1,21,-0- ,"Havana","Cuba",-0- \r\n\x1a',
}
OFAC = OfacParser("us_ofac_sdn", ("sdn", "alt", "add", "sdn_comments"))


def test_a_small_set_is_read__ok() -> None:
    found = OFAC.parse(PublishedFile(SDN_SET)).entries[0]
    assert {(alias.name, alias.relation, alias.weak) for alias in found.aliases} == {
        ("OLD ONE", "former", False),
        ("B1", "alias", True),
    }
    assert found.countries == ("CU",)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"alt.csv": b'2,11,"aka","OTHER",-0- \r\n'}, "RS-LIST-019"),  # files of two different days
        ({"alt.csv": b'1,11,"aka"\r\n'}, "RS-LIST-003"),
        ({"sdn.csv": SDN_SET["sdn.csv"][:40]}, "RS-LIST-003"),  # cut short
        ({"alt.csv": None}, "RS-LIST-020"),
    ],
)
def test_a_set_that_does_not_belong_together_is_refused__error(change: dict[str, bytes | None], code: str) -> None:
    parts = {name: content for name, content in {**SDN_SET, **change}.items() if content is not None}
    with pytest.raises(ListError) as caught:
        OFAC.parse(PublishedFile(parts))
    assert caught.value.code == code


@pytest.mark.parametrize(("path", "entries"), [("consolidated.sample.csv", 13), ("csl.sample.csv", 115)])
def test_both_generations_of_the_csl_header_are_read(parsed: Parsed, path: str, entries: int) -> None:
    found = parsed(f"us_csl/{path}")
    assert len(found.entries) == entries
    assert all(one.note.split(" / ")[0].endswith(("Department", "Security")) for one in found.entries)


def test_csl_names_lose_what_is_not_a_name_and_keep_what_is(parsed: Parsed) -> None:
    names = {one.name: one for one in parsed("us_csl/consolidated.sample.csv").entries}
    assert "Sinobright Import and Export Company" in names  # "; and any successor, sub-unit, or subsidiary thereof"
    cetc = names["China Electronics Technology Group Corporation 13th Research Institute"]
    assert {"CETC 13", "HSRI", "CETC Research Institute 13"} <= {alias.name for alias in cetc.aliases}
    assert cetc.countries == ("CN",)
    assert "uid" not in cetc.identifiers  # its id is a hash that changes with the Federal Register citation


def test_identifiers_are_read_in_the_order_of_either_generation(parsed: Parsed) -> None:
    new = next(one for one in parsed("us_csl/consolidated.sample.csv").entries if one.name == "ROSNEFT TRADE LIMITED")
    assert new.identifiers["registration_id"] == ("C122790",)
    old = next(one for one in parsed("us_csl/csl.sample.csv").entries if one.name.startswith("AKBARI"))
    assert old.identifiers["passport"] == ("21795618",)


def csl_json(**change: object) -> PublishedFile:
    """A file made to the documented layout of the JSON download; the real one is over 30 MB and not at hand."""
    row: dict[str, object] = dict.fromkeys(COLUMNS)
    row |= {
        "id": "abc",
        "source": "Entity List (EL) - Bureau of Industry and Security",
        "name": "Sample?s Works, f.k.a. Old Works",
        "addresses": [{"address": "1 Road", "city": "X", "state": None, "postal_code": None, "country": "CN"}],
        "alt_names": ["SW", "and Works of Sample"],
        "start_date": "8/1/2018",
        "source_list_url": "https://www.bis.gov/",
        "ids": [{"type": "Passport", "number": "1", "country": "CN"}],
    }
    content = {
        "results": [row | change],
        "sources_used": [],
        "search_performed_at": "2026-11-02T00:00:00Z",
        "total": 1,
    }
    return PublishedFile({"consolidated.json": json.dumps(content).encode()})


def test_the_csl_json_is_read_by_its_documented_layout() -> None:
    parser = UsCslParser()
    assert parser.recognises(csl_json())
    found = parser.parse(csl_json())
    one = found.entries[0]
    assert (one.name, one.countries, one.listed_on) == ("Sample's Works", ("CN",), date(2018, 8, 1))
    assert {("Old Works", "former"), ("Works of Sample", "alias")} <= {(a.name, a.relation) for a in one.aliases}
    assert found.edition == date(2026, 11, 2)


@pytest.mark.parametrize("name", [None, "Address 1"])
def test_a_csl_row_without_a_name_is_noted_not_guessed(name: str | None) -> None:
    found = UsCslParser().parse(csl_json(name=name))
    assert found.entries == ()
    assert len(found.notes) == 1


def test_a_csl_saved_anew_in_another_encoding_is_refused_and_not_garbled__error(lists_folder: Path) -> None:
    content = (lists_folder / "us_csl" / "consolidated.sample.csv").read_bytes()
    for broken in (content + "製造".encode("cp932") + b"\r\n", content[:-3] + "é".encode("latin-1")):
        with pytest.raises(ListError) as caught:
            UsCslParser().parse(PublishedFile({"consolidated.csv": broken}))
        assert caught.value.code == "RS-LIST-044"


def test_a_denied_persons_list_cut_inside_its_last_cell_is_refused__error(lists_folder: Path) -> None:
    content = (lists_folder / "us_bis" / "dpl.txt").read_bytes()
    cut = content[: content.index(b"\n", 60_000) - 4]  # the row is whole but for its last letters
    with pytest.raises(ListError) as caught:
        UsDplParser().parse(PublishedFile({"dpl.txt": cut}))
    assert caught.value.code == "RS-LIST-003"


def test_the_denied_persons_list_gives_one_entry_a_name_and_order(parsed: Parsed) -> None:
    found = parsed("us_bis/dpl.txt")
    assert sum(len(one.row.split(", ")) for one in found.entries) == 581
    assert {one.kind for one in found.entries} == {EntryKind.UNKNOWN}
    infocom = [one for one in found.entries if one.name == "INFOCOM CORPORATION, INC"]
    assert len(infocom) == 1
    assert infocom[0].countries == ("US",)


def test_extractions_say_that_they_are_a_third_partys(parsed: Parsed) -> None:
    for path, entries in {"bis_entity_list": 3409, "bis_meu": 70, "dow_1260h": 80, "dow_1286": 134}.items():
        found = parsed(f"us_bis/{path}.json")
        assert len(found.entries) == entries
        assert "third-party extraction of " in found.notes[0]


def test_talent_programmes_are_programmes_and_not_bodies(parsed: Parsed) -> None:
    programmes = {one.name for one in parsed("us_bis/dow_1286.json").entries if one.kind is EntryKind.PROGRAM}
    assert "Thousand Talents Plan" in programmes
    assert len(programmes) == 6


def test_expired_sanctions_are_lifted(parsed: Parsed) -> None:
    found = parsed("us_bis/state_nonproliferation.json")
    assert sum(one.lifted for one in found.entries) == 342
    assert not next(one for one in found.entries if one.name == "Government of North Korea").lifted


def test_extraction_faults_of_the_entity_list_do_not_reach_the_names(parsed: Parsed) -> None:
    entries = parsed("us_bis/bis_entity_list.json").entries
    names = {one.name: {alias.name: alias.relation for alias in one.aliases} for one in entries}
    assert (
        names["Bowei Integrated Circuits"]["China Electronics Technology Group Corporation 13th Research Institute"]
        == "related"
    )
    assert names["Gazprom Inform, OOO"]["Zakrytoe Aktsionernoe Obshchestvo Informgazinvest"] == "former"
    assert "Sabanican Company" in names
    every = {name for one in names.items() for name in (one[0], *one[1])}
    assert not [name for name in every if "a.k.a" in name or name.startswith("Nuclear reactors")]
    assert "Glavgosekspertiza" in every  # its address was run into the name


@pytest.mark.parametrize(
    ("printed", "name", "others"),
    [
        ("Acme?s Works", "Acme's Works", []),
        ("Acme; and any successor, sub-unit, or subsidiary thereof", "Acme", []),
        ("Mesbah Energy Company (a.k.a. “MEC”)", "Mesbah Energy Company", ["“MEC”"]),
        ("Han Dejian (PRC individual)", "Han Dejian", []),
        ("Wong Myong Son (individual in China)", "Wong Myong Son", []),
        ("Acme, and its subunits and successors", "Acme", []),
        (
            "AVIC Chengdu Aircraft Industrial (GROUP) Co., Ltd.",
            "AVIC Chengdu Aircraft Industrial (GROUP) Co., Ltd.",
            [],
        ),
        ("(North Korean individual in China)", "(North Korean individual in China)", []),  # all there is
    ],
)
def test_us_names_are_taken_apart(printed: str, name: str, others: list[str]) -> None:
    found, aliases = us_names.split_main(printed)
    assert (found, [alias.name for alias in aliases]) == (name, others)


@pytest.mark.parametrize(
    "printed",
    [
        "State Key Laboratory for Structures (Central South University)",
        "Works Co., Ltd. (a subsidiary of Central South University)",
        "Works Co., Ltd. (a subordinate institute of Central South University)",
        "Center for Strategy (affiliated with Central South University)",
    ],
)
def test_the_larger_body_named_in_a_bracket_is_related_and_not_listed_itself(printed: str) -> None:
    name, aliases = us_names.split_printed(printed)
    assert name == printed.partition(" (")[0]
    assert [(alias.name, alias.relation, alias.weak) for alias in aliases] == [
        ("Central South University", "related", False)
    ]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Liyang No. 28 System Equipment Co., Ltd.", ["Liyang No. 28 System Equipment Co., Ltd."]),
        ("No. 9 Plant", ["No. 9 Plant"]),
        ("JSCT SKTB RT.55 Nijinsky", ["JSCT SKTB RT.55 Nijinsky"]),
        ("CASC 5th Academy, 503 Institute", ["CASC 5th Academy, 503 Institute"]),
        ("A Group, 31 Research Institute, B Group", ["A Group, 31 Research Institute, B Group"]),
        ("Fu Jirui. No. 2A Zhonghuan South Road, Beijing, China", ["Fu Jirui"]),
        ("More Shipyard. 1 Desantnikov Street, Feodosia, Crimea 98176, Ukraine", ["More Shipyard"]),
        ("Works LTD.; and Kannelkatu 8, Lappeenranta 53100, Finland", ["Works LTD."]),
        ("M.A.G. Tech, 5762 Royalmount Ave, Montreal; and 5440 Queen Mart St, Office 103, Montreal", ["M.A.G. Tech"]),
        ("Zvezdochka (See alternate address in Russia)", ["Zvezdochka"]),
        ("HPSTAR; and", ["HPSTAR"]),
        ("Institute of Mechanics; (all of preceding located in or near Mianyang)", ["Institute of Mechanics"]),
        ("Xinjiang Leon Telecom; and Technology", ["Xinjiang Leon Telecom and Technology"]),
    ],
)
def test_addresses_leave_the_alias_cells_and_numbers_in_names_stay(cell: str, names: list[str]) -> None:
    assert [alias.name for alias in us_names.split_aliases([cell], "Main Body")] == names


def test_old_formats_of_single_us_lists_are_not_taken_for_another_list(lists_folder: Path) -> None:
    from xlsaddin.watchlist.parsers import PARSERS

    for path in ("screening_lists/isn/isn.csv", "screening_lists/dtc/itar_debarred_party_list_01242018.csv"):
        file = gather(lists_folder / "us_samples" / "data" / path)
        assert not [parser for parser in PARSERS if parser.recognises(file)]
