"""The add-in loaded into the office of the session, with a stocked state folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from tests.excel.conftest import stocked, stocked_home
from xlsaddin.excel import settings
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
