"""Broken and hostile workbooks in any number: each made from a good one in one of many ways, chosen by its number."""

from __future__ import annotations

import random
import re
import struct
from collections.abc import Callable
from pathlib import Path

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
)
