"""The session fixture `office`: one headless LibreOffice for all tests of a run (one a worker)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from xlsaddin.libreoffice.office import Office, running_office


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """A running office that recalculates what it opens; documents are closed by the test that opened them."""
    with running_office() as running:
        yield running
