"""What is known is not typed again: exports and last year's form fill the tables, and the person confirms them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.exchange.rosters import DAY, SAEKI, roster_of, terms, write_roster
from xlsaddin.checklist.answers import Answers, AnswerStatus
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.model import Checklist, Kind, Type
from xlsaddin.checklist.raw import raw_answers
from xlsaddin.checklist.validation import validate_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.cli.app import app
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.difference.version import Version, version_of
from xlsaddin.exchange.outbox.distributing import distribute
from xlsaddin.exchange.prefill.papers import Paper, paper_row
from xlsaddin.exchange.returning.findings import form_findings
from xlsaddin.findings import Location, Severity
from xlsaddin.parameters import Parameters
from xlsaddin.workbook.areas import parse_area
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.plan import CellWrite, Changes
from xlsaddin.workbook.read.book import read_workbook
from xlsaddin.workbook.respondent.template import build_template

PAPER = {
    "insert": {"type": "published_papers", "user_id": "1"},
    "similar_merge": {
        "paper_title": {"en": "On fictional qubits", "ja": "架空の量子ビット"},
        "publication_name": {"en": "Journal of Examples"},
        "publication_date": "2025-05-10",
        "identifiers": {"doi": ["10.1234/fq"]},
        "authors": {"en": [{"name": "Mariko Saeki"}, {"name": "Jo Doe"}]},
        "published_paper_owner_roles": ["lead", "corresponding"],
    },
}
OLD_PAPER = {
    "insert": {"type": "published_papers"},
    "merge": {**PAPER["similar_merge"], "publication_date": "2019-01", "paper_title": {"en": "Old"}, "identifiers": {}},
}
POST = {
    "insert": {"type": "research_experience"},
    "force": {
        "from_date": "2013-10",
        "to_date": "9999",
        "affiliation": {"ja": "みどり大学", "en": "Midori University"},
        "section": {"ja": "理学部"},
        "job": {"ja": "教授"},
    },
}
GRANT = {
    "insert": {"type": "research_projects"},
    "merge": {
        "from_date": "2025-04",
        "to_date": "2028-03",
        "research_project_title": {"ja": "架空の研究"},
        "system_name": {"ja": "科学研究費助成事業"},
        "offer_organization": {"ja": "日本学術振興会", "en": "JSPS"},
        "research_project_owner_role": "principal_investigator",
        "overall_grant_amount": {"total_cost": "3000000"},
    },
}
CSV = """published_papers
アクション名,アクションタイプ,タイトル(日本語),タイトル(英語),著者(日本語),著者(英語),担当区分,出版年月,誌名(日本語),誌名(英語),DOI
insert,merge,表の題,,"[佐伯真理子,土井譲]",,,202506,例誌,,10.1234/CSV
"""
BIBTEX = r"""@article{a, author={Doe, Jo and Saeki, M.}, title={The {HIT} of \'Etude}, journal={Examples \& Co},
 year=2025, month=may, doi={https://doi.org/10.1234/bib}}"""
ORCID = {
    "orcid-identifier": {"path": "0000-0002-1825-0097"},
    "activities-summary": {
        "educations": {
            "affiliation-group": [
                {
                    "summaries": [
                        {
                            "education-summary": {
                                "organization": {"name": "Tohoku University", "address": {"country": "JP"}},
                                "department-name": "Science",
                                "role-title": "PhD",
                                "start-date": {"year": {"value": "2005"}, "month": {"value": "04"}},
                                "end-date": {"year": {"value": "2010"}, "month": {"value": "03"}},
                            }
                        }
                    ]
                }
            ]
        },
        "works": {
            "group": [
                {
                    "work-summary": [
                        {
                            "type": "journal-article",
                            "title": {"title": {"value": "On fictional qubits."}},
                            "journal-title": {"value": "J. Ex."},
                            "publication-date": {"year": {"value": "2025"}},
                            "external-ids": {
                                "external-id": [
                                    {"external-id-type": "doi", "external-id-value": "10.1234/FQ"},
                                ]
                            },
                        }
                    ]
                }
            ]
        },
    },
}


def lines(*entries: object) -> str:
    return "\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)


def answers_of(folder: Path, exports: dict[str, str], earlier: Path | None = None) -> Answers:
    sources = folder / "sources"
    sources.mkdir()
    for name, text in exports.items():
        (sources / name).write_text(text, encoding="utf-8")
    roster = roster_of(folder, [{**SAEKI, "case_numbers": "C-03"}])
    entry = distribute(roster, folder / "out", terms(sources=sources, earlier=earlier)).entries[0]
    book = read_workbook(folder / "out" / entry.file)
    return read_answers(book.checklist, book.answers)


def raw_rows(answers: Answers, table: str) -> list[dict[str, object]]:
    return [{key: cell.value for key, cell in row.cells.items() if not cell.blank} for row in answers.rows(table)]


def test_a_researchmap_export_fills_papers_posts_and_funds_of_the_period(tmp_path: Path, home: Path) -> None:
    answers = answers_of(tmp_path, {"P-001.jsonl": lines(PAPER, OLD_PAPER, POST, GRANT)})
    (paper,) = raw_rows(answers, "publications")
    assert {
        key: paper[key] for key in ("title", "venue", "doi", "position", "first_author", "coauthors", "authors")
    } == {
        "title": "On fictional qubits",
        "venue": "Journal of Examples",
        "doi": "10.1234/fq",
        "position": "first_corresponding",
        "first_author": "Mariko Saeki",
        "coauthors": ("Jo Doe",),
        "authors": 2,
    }
    (post,) = raw_rows(answers, "career")
    assert (post["body"], post["body_en"], post["post"]) == ("みどり大学", "Midori University", "教授")
    assert answers.rows("career")[0].cell("until").raw == "現在"
    (grant,) = raw_rows(answers, "grants")
    assert (grant["title"], grant["funder"], grant["amount"]) == (
        "科学研究費助成事業 架空の研究",
        "日本学術振興会",
        3_000_000,
    )


def test_an_orcid_record_is_found_by_its_id_and_does_not_double_a_paper(tmp_path: Path, home: Path) -> None:
    answers = answers_of(tmp_path, {"P-001.jsonl": lines(PAPER), "download.json": json.dumps(ORCID)})
    assert len(answers.rows("publications")) == 1
    (school,) = raw_rows(answers, "education")
    assert (school["school_full"], school["country"]) == ("Tohoku University", "JP")


def test_an_orcid_record_of_somebody_else_is_left_alone(tmp_path: Path, home: Path) -> None:
    other = {**ORCID, "orcid-identifier": {"path": "0000-0001-5109-3700"}}
    answers = answers_of(tmp_path, {"download.json": json.dumps(other)})
    assert answers.rows("education") == ()


def test_researchmap_csv_and_bibtex_give_papers(tmp_path: Path, home: Path) -> None:
    answers = answers_of(tmp_path, {"P-001.csv": CSV, "P-001.bib": BIBTEX})
    papers = {str(row["title"]): row for row in raw_rows(answers, "publications")}
    assert papers["表の題"]["position"] == "first"
    assert papers["The HIT of Étude"]["venue"] == "Examples & Co"
    assert papers["The HIT of Étude"]["position"] == "coauthor"
    assert papers["The HIT of Étude"]["doi"] == "10.1234/bib"


@pytest.mark.parametrize(
    ("authors", "position"),
    [
        (("SAEKI Mariko", "Doe"), "筆頭"),
        (("Doe", "M. Saeki"), "共著"),
        (("Doe", "佐伯真理子"), "共著"),
        (("Doe", "K. Saeki"), None),
        (("M. Saeki", "Makoto Saeki"), "筆頭"),
        (("M. Saeki", "M. Saeki"), None),
    ],
)
def test_the_part_in_a_paper_is_filled_in_only_where_the_name_tells_it(
    authors: tuple[str, ...], position: str | None
) -> None:
    row = paper_row(Paper("T", "V", "2025-01", authors=authors), ["Mariko SAEKI", "佐伯 真理子"], 50)
    assert row.get("position") == position


def test_over_fifty_authors_leave_their_names_out() -> None:
    row = paper_row(Paper("T", "V", "2025-01", "10.1/x", tuple(f"A{n}" for n in range(51))), [], 50)
    assert "coauthors" not in row
    assert row["authors"] == 51


def test_an_export_that_cannot_be_read_is_named(tmp_path: Path, home: Path) -> None:
    with pytest.raises(XlsAddinError) as broken:
        answers_of(tmp_path, {"P-001.bib": "@article{a, title = {open"})
    assert broken.value.code == "RS-PREFILL-001"
    assert "P-001.bib" in broken.value.ja


def earlier_form(folder: Path) -> Path:
    checklist = load_checklist("researcher")
    given = {
        "subject_id": "P-001",
        "name": "SAEKI Mariko",
        "name_other": "TANAKA Mariko",
        "stated_on": date(2025, 8, 20),
        "education": [{"since": "2001/4", "until": "2005/3", "school": "広島工業大学",
                       "school_full": "Hiroshima Institute of Technology", "country": "日本", "degree": "学士"}],
        "grants": [
            {"obtained_on": "2022/4/1", "title": "科研費", "funder": "JSPS", "since": "2022/4", "until": "2026/3"},
            {"obtained_on": "2018/4/1", "title": "昔の研究費", "funder": "JSPS", "since": "2018/4", "until": "2020/3"},
        ],
        "talent_programs": "該当なし",
        "misconduct": [{"decided_on": "2025/1", "reason": "不正使用"}],
    }  # fmt: skip
    known = {key: value for key, value in given.items() if key != "misconduct"}
    answers = read_answers(checklist, raw_answers(checklist, {**known, "misconduct": "該当なし"}))
    path = folder / "earlier" / "p1.xlsx"
    path.parent.mkdir()
    path.write_bytes(build_template("researcher", prefill=answers, as_of=date(2025, 9, 1), subject_id="P-001"))
    return path.parent


def test_last_years_declaration_is_carried_over_and_counts_only_once_confirmed(tmp_path: Path, home: Path) -> None:
    answers = answers_of(tmp_path, {"P-001.jsonl": lines(POST)}, earlier_form(tmp_path))
    assert [row.value("school") for row in answers.rows("education")] == ["広島工業大学"]
    assert [row.value("title") for row in answers.rows("grants")] == ["科研費"], (
        "what ended before the period stays out"
    )
    assert answers.value("name_other") == ("TANAKA Mariko",)
    assert answers.value("stated_on") is None, "the day of a statement is never carried over"
    for table in ("education", "grants", "career", "talent_programs", "misconduct"):
        assert answers.answer(table).status is AnswerStatus.BLANK, table
    findings = validate_answers(load_checklist("researcher"), answers, Parameters(DAY))
    assert "education" in {f.location.item for f in findings if f.severity is Severity.ERROR}


def test_where_rows_come_from_stands_in_a_note_on_the_state_cell(tmp_path: Path, home: Path) -> None:
    import zipfile

    answers_of(tmp_path, {"P-001.jsonl": lines(POST)}, earlier_form(tmp_path))
    with zipfile.ZipFile(tmp_path / "out" / "workbooks" / "researcher-P-001.xlsx") as package:
        notes = "".join(package.read(name).decode() for name in package.namelist() if "comments" in name)
    assert "前回の申告(2025-08-20)" in notes
    assert "researchmap" in notes
    assert "「あり」" in notes


MISSING = frozenset(f"RS-REQ-{number:03}" for number in range(1, 11))
TYPED: dict[Type, object] = {Type.DATE: "2025/4", Type.TICK: "☑", Type.COUNTRY: "日本", Type.NUMBER: 1,
                             Type.EMAIL: "a@example.jp", Type.ERAD: "なし"}  # fmt: skip


def type_in(form: Path, target: Path) -> int:
    """Type what a form still asks for, as a person would, and return how many cells that took; 0 when it is whole."""
    book = read_workbook(form)
    version = version_of(book)
    writes: dict[tuple[str, str], CellWrite] = {}
    for finding in form_findings(book, version, DAY):
        if finding.code in MISSING:
            area = parse_area(finding.location.cell)
            value = answer_to(book.checklist, version, finding.location)
            place = (finding.location.sheet, finding.location.cell)
            writes[place] = CellWrite(finding.location.sheet, area.top, area.left, value)  # type: ignore[arg-type]
    if writes:
        apply_changes(form, Changes(writes=tuple(writes.values())), target)
    return len(writes)


def answer_to(checklist: Checklist, version: Version, place: Location) -> object:
    item = checklist.item(place.item)
    if item.kind is Kind.TABLE and not place.column:
        return "あり" if version.rows[item.key] else "該当なし"
    asked = item.column(place.column) if item.kind is Kind.TABLE else item
    if asked.choices:
        return checklist.choices[asked.choices][0].ja
    return TYPED.get(asked.type, "見本")


def test_a_pi_with_twenty_papers_types_at_most_twenty_five_cells(tmp_path: Path, home: Path) -> None:
    papers = []
    for number in range(20):
        entry = {**PAPER["similar_merge"], "paper_title": {"en": f"Paper {number}"},
                 "identifiers": {"doi": [f"10.1234/p{number}"]}}  # fmt: skip
        papers.append({"insert": {"type": "published_papers"}, "merge": entry})
    answers = answers_of(tmp_path, {"P-001.jsonl": lines(*papers)}, earlier_form(tmp_path))
    assert len(answers.rows("publications")) == 20
    form, typed = tmp_path / "out" / "workbooks" / "researcher-P-001.xlsx", 0
    for turn in range(5):  # an answer may ask for another
        target = tmp_path / f"turn-{turn}.xlsx"
        if not (count := type_in(form, target)):
            break
        typed, form = typed + count, target
    book = read_workbook(form)
    left = [f.message_ja for f in form_findings(book, version_of(book), DAY) if f.code in MISSING]
    assert left == [], "the form is complete"
    assert len(version_of(book).rows["publications"]) == 20
    assert 10 <= typed <= 25


def test_an_earlier_declaration_that_cannot_be_read_is_told(tmp_path: Path, home: Path) -> None:
    folder = earlier_form(tmp_path)
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    write_roster(tmp_path / "roster.xlsx")
    command = ["distribute", str(tmp_path / "roster.xlsx"), "--out", str(tmp_path / "o"), "--earlier", str(folder)]
    result = CliRunner().invoke(app, [*command, "--as-of", "2026-09-01"])
    assert result.exit_code == 1
    assert "broken.xlsx" in result.output
    book = read_workbook(tmp_path / "o" / "workbooks" / "researcher-P-001.xlsx")
    assert read_answers(book.checklist, book.answers).rows("education") != ()
