"""What is compiled once for copies of one form is compiled anew for a copy whose tables stand otherwise."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

from tests.assessment.listed import FewListed
from tests.workbook_build.reviewed import check_form, review_file
from tests.workbook_read.packages import Parts, rewrite, unpack
from xlsaddin.workbook.read.book import read_workbook

GIVEN = {"name": "SAEKI", "education": [{"school": "広島工業大学", "country": "日本"}]}


def test_header_a_person_changed_is_named_in_that_copy_alone(tmp_path: Path) -> None:
    plain, _ = check_form(tmp_path / "plain.xlsx", GIVEN)
    expected = unpack(plain)
    header = read_workbook(tmp_path / "plain.xlsx").tables["t_education"].headers[0]
    changed = tmp_path / "changed.xlsx"
    copyfile(tmp_path / "plain.xlsx", changed)

    def rename(parts: Parts) -> None:
        for part in parts:
            if part.startswith(("xl/tables/", "xl/sharedStrings", "xl/worksheets/")):
                parts[part] = parts[part].replace(header.encode(), f"{header} *".encode())

    rewrite(changed, rename)
    review_file(changed, tmp_path / "changed.reviewed.xlsx", FewListed())
    formula = f"t_education[[#This Row],[{header} *]".encode()
    assert any(formula in content for content in unpack(tmp_path / "changed.reviewed.xlsx").values())
    review_file(tmp_path / "plain.xlsx", tmp_path / "again.xlsx", FewListed())
    assert not any(formula in content for content in unpack(tmp_path / "again.xlsx").values())
    assert unpack(tmp_path / "again.xlsx") == expected
