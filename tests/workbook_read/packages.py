"""Workbook packages changed part by part, as other programs, mishaps and attackers leave them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

Parts = dict[str, bytes]


def unpack(path: Path) -> Parts:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def rewrite(path: Path, change: Callable[[Parts], object], target: Path | None = None) -> Path:
    """Change the parts of a package in place (or into `target`)."""
    parts = unpack(path)
    change(parts)
    target = target or path
    target.write_bytes(pack(parts))
    return target


def sheet_part(parts: Mapping[str, bytes], name: str) -> str:
    """Return the part of a sheet by its name."""
    workbook, relations = parts["xl/workbook.xml"].decode(), parts["xl/_rels/workbook.xml.rels"].decode()
    found = re.search(rf'<sheet name="{re.escape(name)}"[^>]*r:id="([^"]+)"', workbook)
    assert found is not None, f"no sheet {name}"
    targets = re.findall(r"<Relationship ([^>]*)/>", relations)
    node = next(node for node in targets if f'Id="{found[1]}"' in node)
    target = re.search(r'Target="([^"]+)"', node)
    assert target is not None
    return "xl/" + target[1].removeprefix("/xl/")


def replace_text(parts: Parts, part: str, old: str, new: str) -> None:
    """Replace text in a part; it must be there."""
    content = parts[part].decode()
    assert old in content, f"{old!r} is not in {part}"
    parts[part] = content.replace(old, new).encode()


def set_cell_xml(parts: Parts, part: str, address: str, xml: str) -> None:
    """Replace the element of one cell; it must be there."""
    content = parts[part].decode()
    changed, count = re.subn(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)', lambda _: xml, content, count=1)
    assert count == 1, f"no cell {address} in {part}"
    parts[part] = changed.encode()
