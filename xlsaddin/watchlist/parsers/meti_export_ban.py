"""METI/MOFA 特定団体 (export-ban bodies): Russia, Belarus and third countries, as PDF with running text.

An entry is a number and a Japanese name, the English name, aliases on dashed lines or after 別称：, and 所在地：.
Only the cumulative lists are editions; the sheets of additions that come with an amendment are refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from xlsaddin.errors import ListError
from xlsaddin.watchlist import names
from xlsaddin.watchlist.countries import country_code
from xlsaddin.watchlist.model import Alias, EntryKind, ListEntry
from xlsaddin.watchlist.parsers import pdf
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile
from xlsaddin.watchlist.sources import load_definitions

_UPDATED = re.compile(r"最終更新日:\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_LABEL = re.compile(r"^(?:所 ?在 ?地|別 ?称) ?:")
_START = re.compile(r"(\d{1,4})[ 　](.+)")
_DASH = re.compile(r"[-—–‐]\s*")
_AKA = re.compile(
    r"(?i),?\s*(?:a\.?k\.?a\b[.,]*\s*(?:the\s+)?(?:follow(?:ing)?)?|the following)"
    r"\s*([a-z-]+)?\s*(?:alias(?:es)?)?\s*:?\s*$"
)
_AND = re.compile(r"\s*(?:;\s*and,?|;|(?<=[a-z]{3})\.|,\s*and)\s*$")
_JAPANESE = r"\u3005-\u30ff\u3400-\u9fff"
_LOOSE_SPACE = re.compile(rf"(?<=[{_JAPANESE}]) (?=\S)|(?<=\S) (?=[{_JAPANESE}])")
_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip


@dataclass(slots=True)
class _Block:
    """The lines of one entry, sorted by what they are."""

    number: int
    page: int
    japanese: list[str] = field(default_factory=list)
    english: list[str] = field(default_factory=list)
    dashed: list[list[str]] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    address: list[str] = field(default_factory=list)


class MetiExportBanParser:
    """Parser of one of the three cumulative lists.

    Args:
        list_id: id of the list; marker: words of its heading; country: where all its bodies are, if it is one country.
    """

    def __init__(self, list_id: str, marker: str, country: str = "") -> None:
        self.list_id = list_id
        self._marker = marker
        self._country = country
        self._persons = load_definitions()[list_id].persons

    def recognises(self, file: PublishedFile) -> bool:
        """True for a PDF whose heading names the export ban and this list's country."""
        if not file.starts_with("%PDF"):
            return False
        heading = _heading(pdf.first_page(file))
        return "輸出等に係る禁止措置" in heading and self._marker in heading

    def parse(self, file: PublishedFile) -> ParsedList:
        """Return the entries; raises `ListError` for a sheet of additions, or where numbers do not run on from 1."""
        pages = [_one_form(text) for text in pdf.page_texts(file)]
        updated = _UPDATED.search(pages[0])
        if updated is None:
            raise ListError("RS-LIST-018", path=file.name)
        notes: list[str] = []
        entries = tuple(self._entry(block, notes, file.name) for block in _blocks(pages))
        if not entries or sum(line.startswith("所在地") for page in pages for line in page.split("\n")) > len(entries):
            raise ListError("RS-LIST-003", path=file.name, row=len(entries) + 1, found="所在地")
        day = date(int(updated[1]), int(updated[2]), int(updated[3]))
        return ParsedList(entries, day, notes=tuple(notes))

    def _entry(self, block: _Block, notes: list[str], path: str) -> ListEntry:
        japanese, japanese_aliases = _japanese_names(_joined(block.japanese))
        printed = _joined(block.english)
        announced = _AKA.search(printed)
        english, _, detail = _AND.sub("", _AKA.sub("", printed).strip(" ,")).partition(", including ")
        name, english_aliases = names.split_name(english)
        if not japanese or not name:
            raise ListError("RS-LIST-003", path=path, row=block.number, found=f"{japanese} {printed}")
        if announced and announced[1] in _WORDS and _WORDS.index(announced[1]) + 1 != len(block.dashed):
            printed_count = len(block.dashed)
            notes.append(
                f"{block.number}: 別名は予告 {announced[1]}、印刷 {printed_count} / "
                f"{announced[1]} aliases announced, {printed_count} printed"
            )
        aliases = [
            *english_aliases,
            Alias(japanese),
            *japanese_aliases,
            *(alias for lines in block.dashed for alias in _dashed_names(_joined(lines))),
            *_also_names(block.also),
        ]
        address = _joined(block.address)
        return ListEntry(
            number=str(block.number),
            name=name,
            aliases=names.unique(aliases, name),
            kind=EntryKind.PERSON if name in self._persons else EntryKind.ORGANIZATION,
            countries=(self._country,) if self._country else _address_countries(address),
            note=f"{f'including {detail}. ' if detail else ''}所在地: {address}",
            row=f"p.{block.page}",
            original={"japanese": _joined(block.japanese), "english": printed, "also": " ".join(block.also)},
        )


def _blocks(pages: Iterable[str]) -> Iterator[_Block]:
    """Yield the entries: a new one begins at the next number, once the one before has its address."""
    block: _Block | None = None
    part: list[str] = []
    for page_number, page in enumerate(pages, start=1):
        for line in page.split("\n"):
            start = _START.fullmatch(line)
            expected = block.number + 1 if block else 1
            closed = block is None or bool(block.address)
            if start and int(start[1]) == expected and closed and names.has_east_asian(line):
                if block:
                    yield block
                block = _Block(expected, page_number)
                part = block.japanese
                part.append(start[2])
            elif block:
                part = _part_for(line, block, part)
                part.append(_DASH.sub("", line, count=1) if part in block.dashed else _after_label(line))
    if block:
        yield block


def _part_for(line: str, block: _Block, part: list[str]) -> list[str]:
    """Return the part of the entry that a line belongs to."""
    if line.startswith("所在地"):
        return block.address
    if line.startswith("別称:"):
        return block.also
    if part is block.address or part is block.also:
        return part
    if _DASH.match(line) and part is not block.japanese:
        block.dashed.append([])
        return block.dashed[-1]
    if part is block.japanese and _is_open(_joined(part)):
        return part
    outside = _without_brackets(line).strip()
    if part is block.japanese and outside and not names.has_east_asian(outside):
        return block.english
    return part


def _japanese_names(text: str) -> tuple[str, list[Alias]]:
    """Return the Japanese name, and what stands after 別称、 or as a Chinese name in brackets."""
    name = text
    aliases: list[Alias] = []
    for inner, start, end in reversed(list(names.bracket_groups(text))):
        if inner.startswith("別称"):
            aliases[:0] = [Alias(part) for part in _split_japanese(inner.removeprefix("別称"))]
        elif inner.endswith(("を含む。", "を含む")):
            name = text[:start]
            continue
        elif names.has_east_asian(inner) and end >= len(name.rstrip()):
            aliases[:0] = [Alias(part, relation="original_script") for part in _split_japanese(inner)]
        else:
            continue
        name = name[:start] + name[end:]
    name, acronyms = names.split_name(name.strip(" 、"))
    return name, [*acronyms, *aliases]


def _split_japanese(text: str) -> list[str]:
    parts: list[str] = []
    for part in re.split(r"、|及び(?=[^、]*$)|;", text.strip(" 、:")):
        outside = part
        for inner, start, end in reversed(list(names.bracket_groups(part))):
            if names.has_east_asian(inner) and start:
                outside = outside[:start] + outside[end:]
                parts.append(inner)
        parts.append(outside)
    return [part.strip() for part in parts if part.strip()]


def _dashed_names(text: str) -> Iterator[Alias]:
    name, bracketed = names.split_name(_AND.sub("", text.strip()))
    yield Alias(name, relation=names.relation_of(name, "Aa"))
    yield from bracketed


def _also_names(lines: list[str]) -> Iterator[Alias]:
    """Yield the names after 別称：, Japanese ones first, then Latin ones, parted by semicolons."""
    japanese = [line for line in lines if names.has_east_asian(line)]
    latin = lines[len(japanese) :]
    yield from (Alias(part) for part in _split_japanese(_joined(japanese)))
    for part in _joined(latin).split(";"):
        if part.strip():
            yield from _dashed_names(part)


def _address_countries(address: str) -> tuple[str, ...]:
    """Return the countries the addresses end with; Hong Kong is named before China."""
    found: dict[str, None] = {}
    for place in re.split(r";|\. and |, and ", address):
        parts = [re.sub(r"[\d.]+$", "", part).strip() for part in place.split(",")]
        codes = [code for part in parts[-3:] if len(part) > 2 and (code := country_code(part))]
        for code in [code for code in codes if code in ("HK", "TW", "MO")] or codes[-1:]:
            found[code] = None
    return tuple(found)


def _joined(lines: Iterable[str]) -> str:
    """Return wrapped lines as one; Japanese goes on without a space."""
    return _LOOSE_SPACE.sub("", re.sub(r"(?<=[^\W\d])-\n", "-", "\n".join(lines)).replace("\n", " "))


def _after_label(line: str) -> str:
    return re.sub(r"^(?:所在地|別称)\s*:\s*", "", line)


def _is_open(text: str) -> bool:
    return text.count("(") > text.count(")")


def _without_brackets(line: str) -> str:
    return re.sub(r"\([^()]*\)?", "", line)


def _heading(text: str) -> str:
    return "".join(_one_form(text)[:400].split())


def _one_form(text: str) -> str:
    """Return the text with one kind of digits, brackets and signs, its lines kept."""
    lines = (" ".join(unicodedata.normalize("NFKC", line).split()) for line in text.split("\n"))
    return "\n".join(_LABEL.sub(lambda found: "".join(found[0].split()), line) for line in lines)
