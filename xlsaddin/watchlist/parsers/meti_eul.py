"""METI 外国ユーザーリスト: the official workbook, with or without the conventional-weapons column, and its PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsaddin.errors import ListError
from xlsaddin.watchlist import names
from xlsaddin.watchlist.countries import country_code
from xlsaddin.watchlist.model import Alias, Concern, ListEntry
from xlsaddin.watchlist.parsers import pdf, spreadsheet
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile, date_in_name

HEADERS = (
    "No.",
    "国名、地域名 Country or Region",
    "企業名、組織名 Company or Organization",
    "別名 Also Known As",
    "懸念区分 Type of WMD",
    "通常兵器 Conventional Weapons",
)
_MASS_DESTRUCTION = {
    "生物": Concern.BIOLOGICAL,
    "化学": Concern.CHEMICAL,
    "ミサイル": Concern.MISSILE,
    "核": Concern.NUCLEAR,
}


class MetiEulParser:
    """Parser of `YYYYMMDD_4.xlsx` (since 2025-09-29 with six columns, before with five) and `YYYYMMDD_3.pdf`."""

    list_id = "jp_meti_eul"

    def recognises(self, file: PublishedFile) -> bool:
        """True for a workbook or PDF whose first page holds METI's column headings."""
        if file.starts_with("%PDF"):
            return "Also Known As" in (text := pdf.first_page(file)) and "Type of WMD" in text
        return file.starts_with("PK") and _is_header(spreadsheet.first_row(file))

    def parse(self, file: PublishedFile) -> ParsedList:
        """Return the entries in order; raises `ListError` unless numbers run on and every cell is understood."""
        rows = pdf.table_rows(file) if file.starts_with("%PDF") else _only_sheet(file)
        return ParsedList(tuple(parse_rows(rows, file.name)), date_in_name(file.name))


def _only_sheet(file: PublishedFile) -> spreadsheet.Rows:
    """Return the rows of the first sheet; raises `ListError` when another one holds anything: it would not be read."""
    for name in spreadsheet.sheet_names(file)[1:]:
        if any(cell for row in spreadsheet.sheet_rows(file, name) for cell in row):
            raise ListError("RS-LIST-002", path=file.name, found=" / ".join(spreadsheet.sheet_names(file)))
    return spreadsheet.sheet_rows(file, 0)


def parse_rows(rows: Sequence[Sequence[str]], name: str) -> Iterator[ListEntry]:
    """Yield the entries of rows in METI's layout, the header row first."""
    if not rows or not _is_header(rows[0]):
        raise ListError("RS-LIST-002", path=name, found=" | ".join(rows[0]) if rows else "")
    last_row = max((index for index, row in enumerate(rows) if any(row)), default=0)
    for index, row in enumerate(rows[1 : last_row + 1], start=1):
        cells = [*row[:6], *[""] * (6 - len(row))]
        if any(row[6:]) or cells[0] != str(index) or not cells[1] or not cells[2]:
            raise ListError("RS-LIST-003", path=name, row=index + 1, found=" | ".join(row))
        yield _entry(cells, index + 1, name)


def _entry(cells: Sequence[str], row: int, file_name: str) -> ListEntry:
    name, bracketed = names.split_name(cells[2].removeprefix("・"))
    country = country_code(_second_line(cells[1])) or country_code(cells[1].split("\n")[0])
    if country is None:
        raise ListError("RS-LIST-004", path=file_name, row=row, column=HEADERS[1], found=cells[1])
    concerns = _concerns(cells[4], row, file_name)
    if cells[5]:
        if _squeezed(cells[5]) != "通常兵器CW":
            raise ListError("RS-LIST-004", path=file_name, row=row, column=HEADERS[5], found=cells[5])
        concerns = (*concerns, Concern.CONVENTIONAL)
    return ListEntry(
        number=cells[0],
        name=name,
        aliases=names.unique((*bracketed, *_aliases(cells[3], name)), name),
        countries=(country,),
        concerns=concerns,
        row=str(row),
        original={"name": cells[2], "aliases": cells[3], "country": cells[1], "concern": cells[4], "cw": cells[5]},
    )


def _aliases(cell: str, main: str) -> Iterator[Alias]:
    for line in _alias_lines(cell):
        name, bracketed = names.split_name(_without_brackets(line))
        yield Alias(name, relation=names.relation_of(name, main))
        yield from bracketed


def _alias_lines(cell: str) -> Iterator[str]:
    """Yield one printed alias at a time: `・` starts one, a Han name stands alone, other lines run on."""
    current = ""
    for line in (names.clean(part) for part in cell.split("\n")):
        if not line:
            continue
        if line.startswith("・"):
            yield from [_listed(current)] * bool(current)
            current = line.removeprefix("・").strip()
        elif current and names.has_east_asian(line) and not _open_han(current):
            yield _listed(current)
            current = line
        else:
            current = f"{current} {line}" if current and not _open_han(current) else current + line
    yield from [_listed(current)] * bool(_listed(current))


def _listed(line: str) -> str:
    """Return a line without the `; and` that leads to the next alias."""
    return line.removesuffix("; and").strip()


def _without_brackets(line: str) -> str:
    """Return a line that is one bracket as its content: `(緑山貿易総会社)` is a name."""
    groups = list(names.bracket_groups(line))
    return groups[0][0].strip() if len(groups) == 1 and groups[0][1:] == (0, len(line)) else line


def _open_han(text: str) -> bool:
    """True for a Han name whose bracket is still open: its next line belongs to it."""
    return names.has_east_asian(text) and text.count("(") > text.count(")")


def _concerns(cell: str, row: int, file_name: str) -> tuple[Concern, ...]:
    """Return the categories of a cell; the Japanese words and the letters must say the same."""
    text = _squeezed(cell)
    if not text:
        return ()
    by_word = [concern for word, concern in _MASS_DESTRUCTION.items() if word in text]
    rest = text
    for word in _MASS_DESTRUCTION:
        rest = rest.replace(word, "", 1)
    letters = sorted(char for char in rest if char not in "、,")
    if letters != sorted(concern.value for concern in by_word):
        raise ListError("RS-LIST-004", path=file_name, row=row, column=HEADERS[4], found=cell)
    return tuple(by_word)


def _is_header(row: Sequence[str]) -> bool:
    found = tuple(names.clean(cell).replace("､", "、") for cell in row if cell.strip())
    return found in (HEADERS, HEADERS[:5])


def _second_line(cell: str) -> str:
    return names.clean(" ".join(cell.split("\n")[1:]))


def _squeezed(cell: str) -> str:
    return "".join(names.clean(cell).split())
