"""The add-in loaded into the office of the session, with a stocked state folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from tests.excel.conftest import stocked, stocked_home
from tests.libreoffice.typing_in import EDUCATION, TIES, open_template, type_rows, type_singles
from xlsaddin.excel import live, settings
from xlsaddin.libreoffice.host import CalcHost
from xlsaddin.libreoffice.office import Office

__all__ = ["stocked", "stocked_home"]


@pytest.fixture(scope="session")
def loaded(office: Office) -> Iterator[CalcHost]:
    """The add-in in the office, once for the session."""
    with CalcHost(office) as host:
        yield host


@pytest.fixture
def host(loaded: CalcHost, stocked: Path) -> Iterator[CalcHost]:
    """The add-in with METI's list behind it, in Japanese; every book a test opened is closed."""
    settings.change_setting("language", "ja")
    loaded.app.impl.alerts.clear()
    yield loaded
    for book in list(loaded.app.books):
        book.close()


@pytest.fixture
def sheet(host: CalcHost) -> xw.Sheet:
    """The first sheet of a new book in front."""
    book = host.app.books.add()
    book.activate()
    return book.sheets[0]


@pytest.fixture(scope="session")
def office_edition(loaded: CalcHost, stocked_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same workbook after "check all", as Calc saved it: checked once for all tests that go on from there."""
    folder = tmp_path_factory.mktemp("checked")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XLSADDIN_HOME", str(stocked_home))
        opened = open_template(loaded.app, folder, "researcher")
        type_singles(opened, {"name": "LIN Haoran"})
        type_rows(opened, "researcher", "education", EDUCATION)
        type_rows(opened, "researcher", "listed_affiliations", TIES)
        loaded.press("RibbonCheckAll")
        path = live.save_copy(opened, folder / "researcher.reviewed.xlsx")
        opened.close()
    return path


@pytest.fixture
def checked(host: CalcHost, office_edition: Path, tmp_path: Path) -> xw.Book:
    """The office edition, opened again."""
    path = tmp_path / "researcher.xlsx"
    path.write_bytes(office_edition.read_bytes())
    opened = host.app.books.open(path)
    opened.activate()
    return opened
