"""Answers are found by name and header, whatever people and programs did to the sheet around them."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.workbook_patch.originals import GIVEN as RICH_GIVEN
from tests.workbook_patch.originals import write_rich_form
from tests.workbook_read.forms import HEADER_ROW, researcher, write_form
from tests.workbook_read.packages import Parts, replace_text, rewrite, set_cell_xml, sheet_part
from xlsaddin.checklist.raw import RawRow
from xlsaddin.findings import Location
from xlsaddin.workbook.areas import cell_name
from xlsaddin.workbook.labels import Language
from xlsaddin.workbook.read.book import ReadBook, read_workbook

SCHOOLS = [
    {
        "since": "2001-04",
        "until": "2005-03",
        "school": "広島工業大学",
        "school_full": "Hiroshima Institute of Technology",
    },
    {"since": "2005-04", "until": "H22.3", "school": "東北大学", "country": "日本"},
]
GIVEN: dict[str, object] = {"name": "SAEKI Mariko", "role": "PI", "education": SCHOOLS, "career": "該当なし"}
COLUMNS = {column.key: number for number, column in enumerate(researcher().item("education").columns, start=2)}


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return write_form(tmp_path / "申告書.xlsx", GIVEN)


def schools(book: ReadBook) -> list[dict[str, object]]:
    return [contents(row) for row in book.answers.tables["education"].rows]


def contents(row: RawRow) -> dict[str, object]:
    return {key: cell.content for key, cell in row.cells.items() if cell.content is not None}


def codes(book: ReadBook) -> list[str]:
    return [finding.code for finding in book.findings]


def education(parts: Parts) -> str:
    return sheet_part(parts, "学歴")


def at(key: str, row: int = 1) -> str:
    return cell_name(HEADER_ROW + row, COLUMNS[key])


@pytest.mark.parametrize("language", list(Language))
def test_every_language(tmp_path: Path, language: Language) -> None:
    book = read_workbook(write_form(tmp_path / "f.xlsx", GIVEN, language))
    assert book.meta.language == language.value
    assert book.answers.singles["name"].content == "SAEKI Mariko"
    assert book.answers.singles["name"].location.sheet == "表紙"
    assert schools(book) == SCHOOLS
    assert book.answers.tables["career"].status.content == "該当なし"
    assert book.findings == ()


def test_each_cell_knows_its_place(form: Path) -> None:
    row = read_workbook(form).answers.tables["education"].rows[1]
    assert row.cells["school"].location == Location("education", "学歴", at("school", 2), "school", 2)
    assert row.cells["supervisor"].location.cell == at("supervisor", 2)


def test_file_name_from_a_mac(tmp_path: Path) -> None:
    path = write_form(tmp_path / unicodedata.normalize("NFD", "が行のプログラム.xlsx"), GIVEN)
    assert schools(read_workbook(path)) == SCHOOLS


def test_headers_typed_anew(form: Path) -> None:
    """Full width, line breaks, blanks and a star do not matter."""

    def retype(parts: Parts) -> None:
        texts = "xl/sharedStrings.xml"
        replace_text(parts, texts, "<t>入学年月 / From</t>", "<t>入学年月\n／Ｆｒｏｍ ＊</t>")

    assert schools(read_workbook(rewrite(form, retype))) == SCHOOLS


def test_rows_below_the_table_are_read(form: Path) -> None:
    """LibreOffice does not extend a table when one types below it."""

    def shrink(parts: Parts) -> None:
        for part in parts:
            if part.startswith("xl/tables/") and b'"t_education"' in parts[part]:
                replace_text(
                    parts, part, f'ref="B{HEADER_ROW}:L{HEADER_ROW + 5}"', f'ref="B{HEADER_ROW}:L{HEADER_ROW + 1}"'
                )

    assert schools(read_workbook(rewrite(form, shrink))) == SCHOOLS


def test_rows_beyond_the_range_are_reported(form: Path) -> None:
    def far(parts: Parts) -> None:
        row = HEADER_ROW + 501
        cell = f'<row r="{row}"><c r="{cell_name(row, COLUMNS["school"])}" t="inlineStr"><is><t>遠い</t></is></c></row>'
        replace_text(parts, education(parts), "</sheetData>", f"{cell}</sheetData>")

    book = read_workbook(rewrite(form, far))
    assert schools(book) == SCHOOLS
    assert [(f.code, f.location.cell) for f in book.findings] == [("RS-READ-008", at("school", 501))]


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    texts = [
        "=1+1",
        "+81-3-1234",
        "-",
        "@SUM(A1)",
        " 前後の空白 ",
        "改\n行",
        "_x0041_",
        "\x07",
        "a\rb",
        "𠮷野家",
        "長" * 32_767,
    ]
    book = read_workbook(write_form(tmp_path / "f.xlsx", {"education": [{"school": text} for text in texts]}))
    assert [row["school"] for row in schools(book)] == texts


def test_text_longer_than_a_cell_can_hold(form: Path) -> None:
    long = "長" * 40_000
    xml = f'<c r="{at("school")}" t="inlineStr"><is><t>{long}</t></is></c>'
    rewrite(form, lambda parts: set_cell_xml(parts, education(parts), at("school"), xml))
    assert schools(read_workbook(form))[0]["school"] == long


@pytest.mark.parametrize(
    ("xml", "content"),
    [
        ('<c r="{a}"><v>38078</v></c>', 38078),
        ('<c r="{a}"><v>3.5</v></c>', 3.5),
        ('<c r="{a}" t="b"><v>1</v></c>', True),
        ('<c r="{a}" t="d"><v>2004-04-01</v></c>', date(2004, 4, 1)),
        ('<c r="{a}" t="d"><v>2004-04-01T12:30:00</v></c>', datetime(2004, 4, 1, 12, 30)),
        ('<c r="{a}" t="str"><v>式の値</v></c>', "式の値"),
        (
            '<c r="{a}" t="inlineStr"><is><r><t>東</t></r>'
            '<r><rPr><b/></rPr><t xml:space="preserve">京 </t></r></is></c>',
            "東京 ",
        ),
        ('<c r="{a}" t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is></c>', "東京"),
        ('<c r="{a}" t="inlineStr"><is><t>A&amp;B &lt;C&gt; &#x3042;&#12356;</t></is></c>', "A&B <C> あい"),
    ],
)
def test_kinds_of_cells(form: Path, xml: str, content: object) -> None:
    rewrite(form, lambda parts: set_cell_xml(parts, education(parts), at("school"), xml.format(a=at("school"))))
    found = read_workbook(form).answers.tables["education"].rows[0].cells["school"]
    assert found.content == content
    assert type(found.content) is type(content)
    assert not found.error


def test_error_cell(form: Path) -> None:
    xml = f'<c r="{at("school")}" t="e"><v>#REF!</v></c>'
    rewrite(form, lambda parts: set_cell_xml(parts, education(parts), at("school"), xml))
    found = read_workbook(form).answers.tables["education"].rows[0].cells["school"]
    assert (found.content, found.error) == ("#REF!", True)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (' t="str"><f>D10</f><v>東北大学</v>', "RS-READ-011"),
        ("><f>D10</f>", "RS-READ-010"),
        ("><f>D10</f><v/>", "RS-READ-010"),
        ("><f>D10</f><v></v>", "RS-READ-010"),
        ('><f t="shared" si="0"/>', "RS-READ-010"),
    ],
)
def test_formula_as_an_answer(form: Path, content: str, code: str) -> None:
    """The value shown counts; without one nothing is taken for blank in silence."""
    xml = f'<c r="{at("school")}"{content}</c>'
    rewrite(form, lambda parts: set_cell_xml(parts, education(parts), at("school"), xml))
    book = read_workbook(form)
    assert [(f.code, f.location.cell) for f in book.findings] == [(code, at("school"))]
    assert schools(book)[0].get("school") == ("東北大学" if code == "RS-READ-011" else None)


def test_hidden_row_is_read_and_flagged(form: Path) -> None:
    rewrite(form, lambda parts: replace_text(parts, education(parts), '<row r="10"', '<row r="10" hidden="1"'))
    book = read_workbook(form)
    assert [row.hidden for row in book.answers.tables["education"].rows] == [False, True]
    assert codes(book) == ["RS-READ-012"]


def test_merged_answers_are_reported(form: Path) -> None:
    merged = f'<mergeCells count="1"><mergeCell ref="{at("school")}:{at("school", 2)}"/></mergeCells>'
    rewrite(form, lambda parts: replace_text(parts, education(parts), "</sheetData>", f"</sheetData>{merged}"))
    book = read_workbook(form)
    assert [(f.code, f.location.cell) for f in book.findings] == [("RS-READ-009", at("school"))]


def test_single_answer_in_a_merged_area(form: Path) -> None:
    """The name points at the second cell of a merged pair; the content stands in the first."""

    def merge(parts: Parts) -> None:
        cover = sheet_part(parts, "表紙")
        replace_text(parts, "xl/workbook.xml", "'表紙'!$C$7", "'表紙'!$D$7")
        replace_text(
            parts, cover, "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="C7:D7"/></mergeCells>'
        )

    assert read_workbook(rewrite(form, merge)).answers.singles["name"].content == "SAEKI Mariko"


def test_dates_counted_from_1904(tmp_path: Path) -> None:
    form = write_form(tmp_path / "f.xlsx", {"education": [{"since": date(2004, 4, 1)}]})
    serial = (date(2004, 4, 1) - date(1904, 1, 1)).days

    def old_mac(parts: Parts) -> None:
        replace_text(parts, "xl/workbook.xml", "<workbookPr", '<workbookPr date1904="1"')
        set_cell_xml(parts, education(parts), at("since"), f'<c r="{at("since")}"><v>{serial}</v></c>')

    found = schools(read_workbook(rewrite(form, old_mac)))[0]["since"]
    assert found == (date(2004, 4, 1) - date(1899, 12, 30)).days


def test_totals_row_is_no_answer(form: Path) -> None:
    def total(parts: Parts) -> None:
        for part in parts:
            if part.startswith("xl/tables/") and b'"t_education"' in parts[part]:
                replace_text(parts, part, 'totalsRowShown="0"', 'totalsRowCount="1"')
        last = at("school", 5)
        set_cell_xml(parts, education(parts), last, f'<c r="{last}" t="inlineStr"><is><t>合計</t></is></c>')

    assert schools(read_workbook(rewrite(form, total))) == SCHOOLS


def test_book_with_comments_pictures_and_furigana_reads_alike(tmp_path: Path) -> None:
    rich, plain = write_rich_form(tmp_path / "rich.xlsx"), write_form(tmp_path / "plain.xlsx", RICH_GIVEN)
    assert read_workbook(rich).answers == read_workbook(plain).answers
    assert read_workbook(rich).findings == ()


def test_header_with_a_line_break_in_the_table(form: Path) -> None:
    """Excel stores the break in a table's own header as `_x000a_`."""
    old, new = "入学年月 / From", "入学年月_x000a_/ From"

    def retype(parts: Parts) -> None:
        for part in parts:
            if part.startswith("xl/tables/") and b'"t_education"' in parts[part]:
                replace_text(parts, part, f'name="{old}"', f'name="{new}"')

    assert schools(read_workbook(rewrite(form, retype))) == SCHOOLS
