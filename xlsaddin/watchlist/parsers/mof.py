"""Ministry of Finance 資産凍結等対象者一覧: an index sheet and one sheet a programme, each with headers of its own.

Deleted entries keep their row with number and date only; they are kept as lifted.  Sheets named 【解除】 are programmes
that ended and hold no row.  Nationality and place of birth are read past: nothing here rests on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from xlsaddin.errors import ListError
from xlsaddin.watchlist import names
from xlsaddin.watchlist.model import Alias, EntryKind, ListEntry
from xlsaddin.watchlist.parsers import mof_names, spreadsheet
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile, date_in_name
from xlsaddin.watchlist.parsers.values import parse_day, shortened

INDEX_SHEET = "一覧"
LIFTED = "【解除】"
_NUMBER = re.compile(r"[*#]?(\d+)(\([*#]\d+\))?")
_FIRST_DATE = re.compile(r"\d{4}\.\d{1,2}\.\d{1,2}")
_ROLES: Mapping[str, tuple[str, ...]] = {
    "date": ("告示日付",),
    "number": ("告示番号",),
    "japanese": ("日本語表記",),
    "english": ("英語表記",),
    "alias": ("別名・別称", "別名", "別称・旧称", "別称・別名", "別称", "確定可能な別名"),
    "former": ("旧称", "旧称・以前の呼称", "以前の別名", "過去の別名"),
    "weak": ("確定に十分でない別名",),
    "position": ("称号", "役職", "肩書", "肩書等"),
    "birth": ("生年月日",),
    "passport": ("旅券番号",),
    "national_id": ("ID番号", "身分登録番号", "身分証番号"),
    "un_reference": ("国連参照番号",),
    "address": ("住所・所在地", "所在地", "住所等", "住所", "所在地・住所登録された事務所の住所", "活動地域・住所"),
    "note": ("その他の情報", "詳細", "指定の根拠", "決議1483上の根拠"),
    "unused": (
        "生年月日・出生地", "出生地", "出生地・出身地", "国籍", "電話", "電話番号", "FAX", "リスト掲載日",
        "国連制裁員会による指定日", "国連制裁委員会による指定日",
    ),
}  # fmt: skip
_ROLE_OF = {header: role for role, headers in _ROLES.items() for header in headers}
_PERSONAL_ROLES = ("birth", "passport", "position")


class MofParser:
    """Parser of `shisantouketsuYYYYMMDD.xlsx`."""

    list_id = "jp_mof"

    def recognises(self, file: PublishedFile) -> bool:
        """True for a workbook whose first sheet is the index and whose others are numbered programmes."""
        if not file.starts_with("PK"):
            return False
        try:
            sheets = spreadsheet.sheet_names(file)
        except ListError:
            return False
        return sheets[:1] == [INDEX_SHEET] and len(sheets) > 1 and all(re.match(r"\d+\.", name) for name in sheets[1:])

    def parse(self, file: PublishedFile) -> ParsedList:
        """Return the entries of all programmes; raises `ListError` for a missing sheet, header or number."""
        sheets = spreadsheet.sheet_names(file)[1:]
        announced = [row[0] for row in spreadsheet.sheet_rows(file, INDEX_SHEET) if row and row[0].isdigit()]
        if [name.split(".")[0] for name in sheets] != announced:
            raise ListError("RS-LIST-002", path=file.name, found=" / ".join(sheets))
        entries: list[ListEntry] = []
        notes: list[str] = []
        for sheet in sheets:
            found = _sheet_entries(file, sheet)
            entries += found
            deleted = sum(entry.lifted for entry in found)
            if LIFTED in sheet:
                notes.append(f"{sheet}: 解除された措置 (掲載なし) / lifted programme, no entry")
            elif deleted:
                notes.append(f"{sheet}: 削除 {deleted} 件 / {deleted} deleted")
        day = date_in_name(file.name)
        return ParsedList(tuple(entries), day, notes=tuple(notes))


def _sheet_entries(file: PublishedFile, sheet: str) -> list[ListEntry]:
    rows = spreadsheet.sheet_rows(file, sheet)
    if LIFTED in sheet:
        if not any("告示廃止" in cell for row in rows for cell in row):
            raise ListError("RS-LIST-002", path=f"{file.name} {sheet}", found="")
        return []
    header = next((index for index, row in enumerate(rows[:10]) if {"日本語表記", "英語表記"} <= set(row)), None)
    roles = [_ROLE_OF.get("".join(cell.split())) for cell in rows[header]] if header is not None else []
    if header is None or None in roles:
        found = " | ".join(rows[header]) if header is not None else ""
        raise ListError("RS-LIST-002", path=f"{file.name} {sheet}", found=found)
    programme = names.clean(" ".join(cell for row in rows[:header] for cell in row if not cell.startswith("（注")))
    kind = _sheet_kind(sheet, programme)
    return list(_entries(rows, header, [str(role) for role in roles], (file.name, sheet, programme), kind))


def _entries(
    rows: spreadsheet.Rows, header: int, roles: list[str], place: tuple[str, str, str], kind: EntryKind | None
) -> Iterator[ListEntry]:
    """Yield the entries under a header row; numbers run on without a gap, and text below an entry belongs to it."""
    path, sheet, programme = place
    current: ListEntry | None = None
    last: int | None = None
    for row_number, row in enumerate(rows[header + 1 :], start=header + 2):
        cells = _cells(row, roles)
        if not any(cells.values()):
            continue
        if current is not None and set(_filled(cells)) == {"note"}:
            current = replace(current, note=shortened(f"{current.note} {cells['note']}"))
            continue
        found = _NUMBER.fullmatch(cells["number"])
        if found is None or (last is not None and int(found[1]) != last + 1) or not cells["date"]:
            raise ListError("RS-LIST-003", path=f"{path} {sheet}", row=row_number, found=" | ".join(row))
        last = int(found[1])
        if current is not None:
            yield current
        current = _entry(cells, f"{sheet.split('.')[0]}-{found[1]}", f"{sheet}!{row_number}", programme, kind)
    if current is not None:
        yield current


def _entry(cells: Mapping[str, str], number: str, row: str, programme: str, kind: EntryKind | None) -> ListEntry:
    original = {key: cells[key] for key in ("date", "number", "japanese", "english", "alias") if cells.get(key)}
    if "削除" in cells["date"] or not (cells["japanese"] or cells["english"]):
        return ListEntry(number, "（削除）", kind=EntryKind.UNKNOWN, lifted=True, row=row, original=original)
    found_kind = kind or _row_kind(cells)
    person = found_kind is EntryKind.PERSON
    japanese, japanese_others = mof_names.split_main(cells["japanese"], person)
    english, english_others = mof_names.split_main(cells["english"], person)
    name = english or japanese
    aliases = [
        *english_others,
        Alias(japanese),
        *japanese_others,
        *mof_names.split_aliases(cells.get("alias", "")),
        *mof_names.split_aliases(cells.get("former", ""), relation="former"),
        *mof_names.split_aliases(cells.get("weak", ""), weak=True),
    ]
    return ListEntry(
        number=number,
        name=name,
        aliases=names.unique(aliases, name),
        kind=found_kind,
        identifiers=_identifiers(cells),
        birth_dates=_parts(cells.get("birth", "")),
        listed_on=_listed_on(cells["date"]),
        note=shortened(f"{programme}。{cells.get('position', '')} {cells.get('note', '')}"),
        row=row,
        original=original,
    )


def _cells(row: list[str], roles: list[str]) -> dict[str, str]:
    """Return the cells by role; several of one role are joined, 不明 counts as empty except where it tells the kind."""
    cells: dict[str, str] = {"date": "", "number": "", "japanese": "", "english": ""}
    for role, cell in zip(roles, row, strict=False):
        if cell:
            cells[role] = f"{cells[role]}\n{cell}" if cells.get(role) else cell
    return cells


def _filled(cells: Mapping[str, str]) -> list[str]:
    return [role for role, cell in cells.items() if cell]


def _sheet_kind(sheet: str, programme: str) -> EntryKind | None:
    """Return the kind of all entries of a sheet, None where it mixes them."""
    title = f"{sheet} {programme}"
    if (
        "（個人）" in sheet
        or "(個人)" in sheet
        or "；個人" in sheet
        or "入植者" in programme
        or "大統領及び関係者" in title
    ):
        return EntryKind.PERSON
    bodies = ("団体", "特定銀行")
    if any(f"{mark}{body}" in sheet for mark in "（(；" for body in bodies):
        return EntryKind.ORGANIZATION
    if "の対象となる個人" in programme:
        return EntryKind.PERSON
    return EntryKind.ORGANIZATION if "の対象となる団体" in programme else None


def _row_kind(cells: Mapping[str, str]) -> EntryKind:
    """Return the kind of an entry of a mixed sheet: by its UN reference, else by the columns only persons have."""
    if found := re.search(r"[A-Z]{2}([ie])\.", cells.get("un_reference", "")):
        return EntryKind.PERSON if found[1] == "i" else EntryKind.ORGANIZATION
    return EntryKind.PERSON if any(cells.get(role) for role in _PERSONAL_ROLES) else EntryKind.ORGANIZATION


def _identifiers(cells: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    kinds = ("passport", "national_id", "un_reference")
    return {kind: parts for kind in kinds if (parts := _parts(cells.get(kind, "")))}


def _parts(cell: str) -> tuple[str, ...]:
    """Return the lettered or broken-up parts of a cell; 不明 is none."""
    parts = (names.clean(part).strip(" 、,") for part in re.split(r"[(（][a-zA-Z][)）]|\n", cell))
    return tuple(part for part in parts if part and part != "不明")


def _listed_on(cell: str) -> date | None:
    """Return the first day of a cell that lists the notice and its revisions."""
    found = _FIRST_DATE.match(cell)
    return parse_day(found[0], "%Y.%m.%d") if found else None
