"""Files that cannot be read among others: one sentence each in both languages, exit 1, nothing harmed."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.acceptance.people import declared
from tests.acceptance.product import Checked, Product


def macro_book(original: bytes) -> bytes:
    """The original with the content type of a macro workbook, as a renamed .xlsm has."""
    return rewritten(
        original,
        {
            "[Content_Types].xml": lambda text: text.replace(
                b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            )
        },
        {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)},
    )


def protected(original: bytes) -> bytes:
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(original)).encrypt("password", target)
    return target.getvalue()


def truncated(original: bytes) -> bytes:
    return original[: len(original) // 2]


def bomb(original: bytes) -> bytes:
    return rewritten(original, {}, {"xl/worksheets/sheet99.xml": bytes(400_000_000)})


def entities(original: bytes) -> bytes:
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return rewritten(
        original, {"xl/workbook.xml": lambda text: text.replace(b"<workbook", doctype + b"<workbook", 1)}, {}
    )


def foreign(original: bytes) -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "売上"
    book.save(target)
    return target.getvalue()


def rewritten(original: bytes, changes: dict[str, Callable[[bytes], bytes]], more: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            made.writestr(name, changes.get(name, bytes)(source.read(name)))
        for name, content in more.items():
            made.writestr(name, content)
    return target.getvalue()


MISHAPS: dict[str, Callable[[bytes], bytes]] = {
    "macro": macro_book,
    "protected": protected,
    "truncated": truncated,
    "bomb": bomb,
    "entities": entities,
    "foreign": foreign,
    "text": lambda original: "自己申告書です".encode(),
    "empty": lambda original: b"",
}


@pytest.fixture(scope="module")
def checked(product: Product, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    folder = tmp_path_factory.mktemp("mishaps")
    good = product.write(declared(), folder / "in" / "good.xlsx")
    for name, change in MISHAPS.items():
        (folder / "in" / f"{name}.xlsx").write_bytes(change(good.read_bytes()))
    before = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "in").iterdir()}
    checked = product.check(folder / "in", out=folder / "out", expect=1)
    assert before == {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "in").iterdir()}
    return checked


@pytest.mark.parametrize("name", MISHAPS)
def test_one_clear_sentence_in_both_languages(checked: Checked, name: str) -> None:
    content = checked[name].content
    assert content["status"] == "unreadable"
    assert content["assessment"] is None
    (finding,) = content["findings"]
    assert finding["severity"] == "error"
    assert 10 < len(finding["message_ja"]) < 250
    assert 10 < len(finding["message_en"]) < 350
    assert "Error" not in finding["message_en"]
    assert not checked[name].copy.exists()


def test_each_says_something_else(checked: Checked) -> None:
    said = {name: checked[name].content["findings"][0]["code"] for name in ("macro", "protected", "bomb", "foreign")}
    assert len(set(said.values())) == len(said), said


def test_the_others_are_checked(checked: Checked) -> None:
    assert checked["good"].content["status"] == "ok"
    assert checked["good"].outcome == ("low", "final")
    assert checked["good"].copy.exists()


def test_a_single_unreadable_file_is_exit_2(product: Product, checked: Checked, tmp_path: Path) -> None:
    path = tmp_path / "foreign.xlsx"
    path.write_bytes(foreign(b""))
    run = product.run("check", path, "--out", tmp_path / "out", "--json", expect=2)
    assert run.json["workbooks"][0]["status"] == "unreadable"
    assert run.err.strip()


def test_password_made_by_the_library_is_a_real_one(product: Product, checked: Checked, tmp_path: Path) -> None:
    """The protected file of these tests opens with its password, so it is refused for that and nothing else."""
    path = next(Path(one["path"]) for one in checked.document["workbooks"] if "protected" in one["path"])
    with path.open("rb") as file:
        office = msoffcrypto.OfficeFile(file)
        assert office.is_encrypted()
