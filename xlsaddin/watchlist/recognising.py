"""Which list a file is of; and of a file that is of none, the sentence that says what it is instead."""

from __future__ import annotations

from xlsaddin.errors import ListError
from xlsaddin.watchlist import parsers
from xlsaddin.watchlist.parsers import pdf, spreadsheet
from xlsaddin.watchlist.parsers.interface import Parser, PublishedFile
from xlsaddin.watchlist.sources import OWN_PREFIX

_PAGES = ("<!doctype html", "<html")


def parser_for(file: PublishedFile, list_id: str | None) -> Parser:
    """Return the parser of the list a file is of; raises `ListError` when it is of no list, or of another one."""
    candidates = parsers.parsers_of(list_id) if list_id else parsers.PARSERS
    parser = next((one for one in candidates if one.recognises(file)), None)
    if parser is None:
        raise _refusal(file, list_id)
    if not parser.list_id and list_id is None:
        raise ListError("RS-LIST-008", path=file.name)
    return parser


def _refusal(file: PublishedFile, list_id: str | None) -> ListError:
    """Return what is wrong with a file that no parser asked for recognises."""
    if not file.content.strip():
        return ListError("RS-LIST-025", path=file.name)
    if file.content[:100].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(tuple(mark.encode() for mark in _PAGES)):
        return ListError("RS-LIST-026", path=file.name)
    if file.content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ListError("RS-LIST-005", path=file.name)
    try:
        found = _headings(file)
    except ListError as broken:
        return broken
    other = next((one for one in parsers.PARSERS if one.recognises(file)), None)
    if other is not None:
        return ListError("RS-LIST-027", path=file.name, list_id=list_id or "-", other=other.list_id or "own_…")
    if list_id and not list_id.startswith(OWN_PREFIX):
        return ListError("RS-LIST-002", path=file.name, found=found)
    return ListError("RS-LIST-028" if list_id else "RS-LIST-007", path=file.name, found=found)


def _headings(file: PublishedFile) -> str:
    """Return the beginning of a file; raises `ListError` for a PDF or workbook that cannot be opened."""
    if file.starts_with("%PDF"):
        text = pdf.page_texts(file)[0]
    elif file.starts_with("PK"):
        text = " | ".join(next(iter(spreadsheet.sheet_rows(file, 0)), []))
    else:
        text = file.content[:1000].decode("utf-8-sig", errors="replace").strip().partition("\n")[0]
    return "".join(char if char.isprintable() else " " for char in text)
