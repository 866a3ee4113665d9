"""Queries from a CSV file: `id,name[,country][,kind][,affiliations][,birth_date]`, UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from xlsaddin.errors import XlsAddinError
from xlsaddin.screening.model import Query, QueryKind
from xlsaddin.watchlist.countries import country_code

_NEEDED = ("id", "name")


class QueryError(XlsAddinError):
    """What was asked cannot be understood: no name, a broken file, an unknown country or kind."""


def read_queries(path: Path) -> list[Query]:
    """Return the queries of a file in order, nameless ones too, so that they can be told; raises `QueryError`."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise QueryError("RS-SCREEN-002", path=path, reason=problem.reason) from problem
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as problem:
        raise QueryError("RS-SCREEN-002", path=path, reason=str(problem)) from problem
    headers = {str(name).strip().lower(): str(name) for name in (rows[0] if rows else _first_line(text))}
    for needed in _NEEDED:
        if needed not in headers:
            raise QueryError("RS-SCREEN-003", path=path, missing=needed, found=", ".join(headers))
    cells = ({key: (row.get(name) or "").strip() for key, name in headers.items()} for row in rows)
    return list(_queries(cells, path))


def _first_line(text: str) -> list[str]:
    return next(csv.reader(io.StringIO(text)), [])


def _queries(rows: Iterator[Mapping[str, str]], path: Path) -> Iterator[Query]:
    for number, row in enumerate(rows, start=2):
        try:
            kind = QueryKind(row.get("kind", "").lower() or QueryKind.ANY)
        except ValueError as problem:
            raise QueryError("RS-SCREEN-004", path=path, row=number, found=row["kind"]) from problem
        yield Query(
            name=row["name"],
            id=row["id"],
            country=parse_country(row.get("country", ""), f"{path.name} {number}"),
            kind=kind,
            affiliations=tuple(part.strip() for part in row.get("affiliations", "").split(" | ") if part.strip()),
            birth_date=row.get("birth_date", ""),
        )


def parse_country(text: str, where: str) -> str:
    """Return the alpha-2 code of a country as people write it, "" for none; raises `QueryError` for an unknown one."""
    if not text.strip():
        return ""
    code = country_code(text)
    if code is None:
        raise QueryError("RS-SCREEN-005", found=text, where=where)
    return code
