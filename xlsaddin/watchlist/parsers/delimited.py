"""Reading published CSV and tab-separated text: one decoding, rows of exactly the width announced."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from xlsaddin.errors import ListError
from xlsaddin.watchlist.parsers.interface import PublishedFile


def decoded(content: bytes, name: str, latin: bool = False) -> str:
    """Return text without a byte order mark and a final Ctrl-Z; raises `ListError` for what is not UTF-8.

    Args:
        content: of the file; name: of the file; latin: True for older US files, which may be Latin-1 instead.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        if not latin:
            raise ListError("RS-LIST-044", path=name, row=content[: problem.start].count(b"\n") + 1) from problem
        text = content.decode("latin-1")
    return text.rstrip("\x1a\r\n \t") + "\n"


def rows(content: bytes, name: str, width: int, delimiter: str = ",") -> list[list[str]]:
    """Return the rows of a file without header; raises `ListError` for a row of another width."""
    found = []
    for number, row in numbered_rows(decoded(content, name, latin=True), name, delimiter):
        if len(row) != width:
            raise ListError("RS-LIST-003", path=name, row=number, found=" | ".join(row))
        found.append(row)
    return found


def records(
    file: PublishedFile, header: Sequence[str], delimiter: str = ",", skip_lines: int = 0, latin: bool = False
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield line number and cells by column name; raises `ListError` unless the header is exactly as given."""
    text = decoded(file.content, file.name, latin)
    for _ in range(skip_lines):
        text = text.partition("\n")[2]
    numbered = numbered_rows(text, file.name, delimiter)
    found = [name.strip() for name in next(numbered, (0, []))[1]]
    if found != list(header):
        raise ListError("RS-LIST-002", path=file.name, found=delimiter.join(found))
    for number, row in numbered:
        if not any(cell.strip() for cell in row):
            continue
        line = number + skip_lines
        if len(row) != len(header):
            raise ListError("RS-LIST-003", path=file.name, row=line, found=" | ".join(row))
        yield line, dict(zip(header, (cell.strip() for cell in row), strict=True))


def numbered_rows(text: str, name: str, delimiter: str, strict: bool = True) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of each row that is not empty; raises `ListError` for text that is no CSV.

    Args:
        text, name: of the file; delimiter: between cells; strict: False where a publisher is careless with quotes.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    try:
        yield from ((reader.line_num, row) for row in reader if row)
    except csv.Error as problem:
        raise ListError("RS-LIST-003", path=name, row=reader.line_num, found=str(problem)) from problem


def first_lines(file: PublishedFile) -> list[str]:
    """Return the first lines of a text file, to recognise it by; never raises."""
    return file.content[:20_000].decode("utf-8-sig", errors="replace").splitlines() or [""]


def first_line(file: PublishedFile) -> str:
    """Return the first line of a text file."""
    return first_lines(file)[0].strip()
