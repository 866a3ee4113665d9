"""Broken and hostile workbooks in any number: each made from a good one in one of many ways, chosen by its number."""

from __future__ import annotations

import io
import random
import re
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile

from tests.workbook_read.packages import Parts, pack, unpack

Break = Callable[[random.Random, Parts], bytes]


def write_broken(good: Path, folder: Path, count: int) -> list[Path]:
    """Write broken files beside each other; the same good file and count give the same files."""
    parts, paths = unpack(good), []
    for number in range(count):
        rng = random.Random(number)
        path = folder / f"broken-{number:04}.xlsx"
        path.write_bytes(WAYS[number % len(WAYS)](rng, dict(parts)))
        paths.append(path)
    return paths


def cut_off(rng: random.Random, parts: Parts) -> bytes:
    content = pack(parts)
    return content[: rng.randrange(len(content))]


def bytes_changed(rng: random.Random, parts: Parts) -> bytes:
    content = bytearray(pack(parts))
    for _ in range(rng.randint(1, 200)):
        content[rng.randrange(len(content))] = rng.randrange(256)
    return bytes(content)


def part_changed(rng: random.Random, parts: Parts) -> bytes:
    """Changed inside, packed anew: checksums are right and the XML is not."""
    part = rng.choice(sorted(parts))
    content = bytearray(parts[part])
    for _ in range(rng.randint(1, 20)):
        content[rng.randrange(len(content))] = rng.randrange(32, 127)
    return pack(parts | {part: bytes(content)})


def part_gone(rng: random.Random, parts: Parts) -> bytes:
    del parts[rng.choice(sorted(parts))]
    return pack(parts)


def parts_exchanged(rng: random.Random, parts: Parts) -> bytes:
    one, other = rng.sample(sorted(parts), 2)
    return pack(parts | {one: parts[other], other: parts[one]})


def no_workbook(rng: random.Random, parts: Parts) -> bytes:
    kinds = (b"", b"name;role\n", b"\x89PNG\r\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), rng.randbytes(5000))
    return rng.choice(kinds)


def entities(rng: random.Random, parts: Parts) -> bytes:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    part = rng.choice(sorted(part for part in parts if part.endswith(".xml")))
    return pack(parts | {part: parts[part].replace(b"?>", b"?>" + bomb, 1)})


def bomb(rng: random.Random, parts: Parts) -> bytes:
    return pack(parts | {"xl/media/image1.png": bytes(5_000_000)})


def many_parts(rng: random.Random, parts: Parts) -> bytes:
    return pack(parts | {f"xl/x/{number}.xml": b"" for number in range(3000)})


def sizes_that_lie(rng: random.Random, parts: Parts) -> bytes:
    content = bytearray(pack(parts))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<L", rng.randrange(1, 1000))
    return bytes(content)


def macros(rng: random.Random, parts: Parts) -> bytes:
    plain, macro = b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    return pack(parts | {"[Content_Types].xml": parts["[Content_Types].xml"].replace(plain, macro)})


def deep_xml(rng: random.Random, parts: Parts) -> bytes:
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    return pack(parts | {"xl/workbook.xml": deep})


def odd_cells(rng: random.Random, parts: Parts) -> bytes:
    """Places no sheet has, texts that are not there, numbers that are none, in well-formed XML."""
    part = rng.choice(sorted(part for part in parts if part.startswith("xl/worksheets/sheet")))
    odd = rng.choice(
        (
            b'<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
            b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            b'<row r="9"><c r="A9" t="s"><v>99999999</v></c></row>',
            b'<row r="9"><c r="B9"><v>1e999</v></c><c r="C9" s="99999"><v>-1</v></c></row>',
            b'<row r="x"><c r="?"><v>1</v></c></row>',
        )
    )
    return pack(parts | {part: parts[part].replace(b"</sheetData>", odd + b"</sheetData>")})


def formula_that_calls_out(rng: random.Random, parts: Parts) -> bytes:
    part = rng.choice(sorted(part for part in parts if part.startswith("xl/worksheets/sheet")))
    cell = b'<row r="9000"><c r="A9000" t="str"><f>WEBSERVICE("http://example.org")</f><v>x</v></c></row>'
    return pack(parts | {part: parts[part].replace(b"</sheetData>", cell + b"</sheetData>")})


def references_broken(rng: random.Random, parts: Parts) -> bytes:
    """Names that point nowhere and tables that stand outside every sheet."""
    changed = {part: re.sub(rb'ref="[A-Z0-9:]+"', b'ref="ZZZZ9:A0"', parts[part]) for part in parts if "tables" in part}
    names = re.sub(rb"(<definedName [^>]*>)[^<]*", rb"\1#REF!", parts["xl/workbook.xml"])
    return pack(parts | changed | {"xl/workbook.xml": names})


def encrypted(rng: random.Random, parts: Parts) -> bytes:
    """With a password, as Excel does it."""
    made = io.BytesIO()
    OOXMLFile(io.BytesIO(pack(parts))).encrypt(f"{rng.random()}", made)
    return made.getvalue()


def entities_that_multiply(rng: random.Random, parts: Parts) -> bytes:
    """A billion laughs, and a file of the machine called in."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    told = rng.choice((f'<!ENTITY l0 "ha">{laughs}', '<!ENTITY l9 SYSTEM "file:///etc/passwd">'))
    bad = f'<?xml version="1.0"?><!DOCTYPE x [{told}]><sst count="1"><si><t>&l9;</t></si></sst>'
    return pack(parts | {rng.choice(("xl/sharedStrings.xml", "xl/workbook.xml")): bad.encode()})


def bomb_in_a_sheet(rng: random.Random, parts: Parts) -> bytes:
    """A sheet of 100 MB of blanks, in 100 kB."""
    part = rng.choice(_sheets(parts))
    return pack(parts | {part: parts[part].replace(b"<sheetData>", b" " * 100_000_000 + b"<sheetData>")})


def another_kind_of_file(rng: random.Random, parts: Parts) -> bytes:
    """What people send by mistake, under the right ending: a letter, a picture, an archive, a page, an old workbook."""
    letter = {"[Content_Types].xml": parts["[Content_Types].xml"], "word/document.xml": b"<document/>"}
    kinds = (b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", pack({"a.xlsx": pack(parts)}), b"<html><table>", pack(letter))
    return rng.choice(kinds) + (rng.randbytes(200) if rng.random() < 0.5 else b"")


def sheet_gone(rng: random.Random, parts: Parts) -> bytes:
    """A sheet taken out cleanly, as with Excel's own menu."""
    sheets = re.findall(rb"<sheet [^>]*/>", parts["xl/workbook.xml"])
    return pack(parts | {"xl/workbook.xml": parts["xl/workbook.xml"].replace(rng.choice(sheets), b"")})


def tables_gone(rng: random.Random, parts: Parts) -> bytes:
    """Tables turned into plain cells."""
    left = {part: content for part, content in parts.items() if not part.startswith("xl/tables/")}
    for part in _sheets(parts):
        left[part] = re.sub(rb"<tableParts.*?</tableParts>", b"", parts[part], flags=re.DOTALL)
    return pack(left)


def dimensions_without_end(rng: random.Random, parts: Parts) -> bytes:
    """Sheets that say they are as large as a sheet can be, with a cell in the last place."""
    last = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    changed = {}
    for part in _sheets(parts):
        told = re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>', parts[part])
        changed[part] = told.replace(b"</sheetData>", last)
    return pack(parts | changed)


def program_called(rng: random.Random, parts: Parts) -> bytes:
    """DDE: a link that starts a program."""
    link = b'<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    part = rng.choice(_sheets(parts))
    cell = b'<row r="9000"><c r="A9000"><f>cmd|\'/c calc\'!A0</f><v>0</v></c></row></sheetData>'
    called = {part: parts[part].replace(b"</sheetData>", cell)}
    return pack(parts | rng.choice((called, {"xl/externalLinks/externalLink1.xml": link})))


def object_inside(rng: random.Random, parts: Parts) -> bytes:
    """OLE: a file inside the workbook, or a macro project."""
    inside = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + rng.randbytes(2000)
    return pack(parts | {rng.choice(("xl/embeddings/oleObject1.bin", "xl/vbaProject.bin")): inside})


def names_that_climb(rng: random.Random, parts: Parts) -> bytes:
    """Parts that would be written outside the folder, or twice under one name."""
    stream = io.BytesIO(pack(parts))
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore")  # a part that is there already
        archive.writestr(rng.choice(("../../../tmp/x.xml", "/etc/x.xml", "xl/workbook.xml", "C:\\x.xml")), b"<x/>")
    return stream.getvalue()


def texts_without_end(rng: random.Random, parts: Parts) -> bytes:
    """A cell longer than Excel holds, halves of letters, and a cell of control characters."""
    said = rng.choice(("あ" * 200_000, "_xD800__xDFFF__xD83D_", "_x0000__x0001__x001B_", "&#x202E;gpj.exe"))
    part = rng.choice(_sheets(parts))
    cell = f'<row r="9000"><c r="A9000" t="inlineStr"><is><t>{said}</t></is></c></row></sheetData>'
    return pack(parts | {part: re.sub(rb"</sheetData>", lambda _: cell.encode(), parts[part])})


def _sheets(parts: Parts) -> list[str]:
    return sorted(part for part in parts if part.startswith("xl/worksheets/sheet"))


WAYS: tuple[Break, ...] = (
    cut_off,
    bytes_changed,
    part_changed,
    part_gone,
    parts_exchanged,
    no_workbook,
    entities,
    bomb,
    many_parts,
    sizes_that_lie,
    macros,
    deep_xml,
    odd_cells,
    formula_that_calls_out,
    references_broken,
    encrypted,
    entities_that_multiply,
    bomb_in_a_sheet,
    another_kind_of_file,
    sheet_gone,
    tables_gone,
    dimensions_without_end,
    program_called,
    object_inside,
    names_that_climb,
    texts_without_end,
)
