"""Reading published XML: no entities from outside, texts without surrounding space."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlsaddin.errors import ListError
from xlsaddin.watchlist.parsers.interface import PublishedFile


def root(file: PublishedFile) -> Any:
    """Return the root element; raises `ListError` for what is not well-formed or holds entities."""
    from defusedxml import DefusedXmlException, ElementTree

    try:
        return ElementTree.fromstring(file.content)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as problem:
        raise ListError("RS-LIST-001", path=file.name, reason=str(problem)) from problem


def text(element: Any, path: str) -> str:
    """Return the text at a path on one line, empty when there is none."""
    return " ".join((element.findtext(path) or "").split())


def texts(element: Any, path: str) -> Iterator[str]:
    """Yield each text at a path that is not empty."""
    for child in element.findall(path):
        if value := " ".join((child.text or "").split()):
            yield value
