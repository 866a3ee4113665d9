"""Reading text and tables of published PDF files, by pdfplumber."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO

from xlsaddin.errors import ListError
from xlsaddin.watchlist.parsers.interface import PublishedFile


def first_page(file: PublishedFile) -> str:
    """Return the text of the first page, empty when the file cannot be read."""
    try:
        return _pages(file.content, file.name, 1)[0]
    except ListError:
        return ""


def page_texts(file: PublishedFile) -> tuple[str, ...]:
    """Return the text of every page."""
    return _pages(file.content, file.name, None)


def table_rows(file: PublishedFile) -> list[list[str]]:
    """Return the rows of all tables of all pages, in order; a wrapped line is a line break inside its cell."""
    import pdfplumber

    with pdfplumber.open(BytesIO(file.content)) as document, _no_loss():
        return [
            [(cell or "").strip() for cell in row]
            for page in document.pages
            for table in page.extract_tables()
            for row in table
        ]


class _Loss(logging.Handler):
    """Turns what pdfminer only remarks on, that a part of a page cannot be read, into an error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Raise when the remark is about lost data."""
        if "Data-loss" in record.getMessage():
            raise ValueError(record.getMessage())


@contextmanager
def _no_loss() -> Iterator[None]:
    """Refuse data that is lost while pages are read."""
    logger, handler = logging.getLogger("pdfminer"), _Loss()
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


@lru_cache(maxsize=1)
def _pages(content: bytes, name: str, limit: int | None) -> tuple[str, ...]:
    import pdfplumber

    try:
        with pdfplumber.open(BytesIO(content)) as document, _no_loss():
            texts = tuple(page.extract_text() for page in document.pages[:limit])
    except Exception as problem:  # pdfminer raises many kinds, none of them ours
        raise ListError("RS-LIST-001", path=name, reason=str(problem)) from problem
    if empty := [str(number) for number, text in enumerate(texts, start=1) if not text.strip()]:
        raise ListError("RS-LIST-001", path=name, reason=f"no text on page {', '.join(empty)}")
    return texts
