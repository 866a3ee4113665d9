"""A workbook package: its parts, verified as they are read, and their relations. Nothing here knows a checklist.

`opening.open_package` makes one from a file and refuses what is not a plain workbook.  The bytes are held in memory,
so a file that changes meanwhile cannot change the result.
"""

from __future__ import annotations

import io
import posixpath
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from lxml import etree

from xlsaddin.errors import WorkbookError
from xlsaddin.workbook.content_cache import remember_by_content

__all__ = [
    "CONTENT_TYPES",
    "Package",
    "Relationship",
    "parse_xml",
    "read_relationships",
    "relationships_part",
    "whole_number",
    "write_xml",
]

CONTENT_TYPES = "[Content_Types].xml"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relation of one part to another part, or to a place outside.

    Attributes:
        id: `rId3`; kind: last word of its type, such as `table`; type: the whole type.
        target: name of the part, or the address as written when it is external.
        external: True for links that leave the package.
    """

    id: str
    kind: str
    type: str
    target: str
    external: bool = False


class Package:
    """An opened package.

    Args:
        path: where it came from, for messages.
        content: the bytes of the file.

    Attributes:
        entries: the directory of the zip by part name, in the order of the file.
        doubled: names that stand in the directory more than once.

    Raises:
        WorkbookError: when the directory of the zip cannot be read.
    """

    def __init__(self, path: Path, content: bytes) -> None:
        self.path = path
        self._content = content
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                listed = [entry for entry in archive.infolist() if not entry.is_dir()]
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error):
            raise self.error("RS-FILE-004") from None
        self.entries = {entry.filename: entry for entry in listed}
        self.doubled = [entry.filename for entry in listed if self.entries[entry.filename] is not entry]
        self._parts: dict[str, bytes] = {}
        self._trees: dict[str, etree._Element] = {}
        self._relationships: dict[str, tuple[Relationship, ...]] = {}

    def error(self, code: str, **facts: object) -> WorkbookError:
        """Return a refusal that names this file."""
        return WorkbookError(code, path=unicodedata.normalize("NFC", self.path.name), **facts)

    def __contains__(self, part: object) -> bool:
        return part in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def read(self, part: str) -> bytes:
        """Return the content of a part; raises WorkbookError when it is missing or broken."""
        if part not in self._parts:
            if part not in self.entries:
                raise self.error("RS-FILE-004")
            self._parts[part] = self._inflate(self.entries[part])
        return self._parts[part]

    def tree(self, part: str) -> etree._Element:
        """Return the parsed root of an XML part, shared by all who ask: to be read, not changed."""
        if part not in self._trees:
            self._trees[part] = self.parse(self.read(part))
        return self._trees[part]

    def parse(self, content: bytes) -> etree._Element:
        """Return the root of an XML text; raises WorkbookError when it is none."""
        try:
            return parse_xml(content)
        except etree.XMLSyntaxError:
            raise self.error("RS-FILE-004") from None

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """Return the relations of a part; of the package itself for an empty name."""
        if part not in self._relationships:
            source = relationships_part(part)
            self._relationships[part] = self._read_relationships(source, part) if source in self else ()
        return self._relationships[part]

    def _read_relationships(self, source: str, part: str) -> tuple[Relationship, ...]:
        try:
            return _parse_relationships(self.read(source), part)
        except etree.XMLSyntaxError:
            raise self.error("RS-FILE-004") from None

    def related(self, part: str, kind: str) -> Iterator[str]:
        """Yield the names of the parts inside the package that stand in this relation to a part."""
        for relation in self.relationships(part):
            if relation.kind == kind and not relation.external and relation.target in self:
                yield relation.target

    @cached_property
    def content_types(self) -> Mapping[str, str]:
        """Declared content types: by part name, and by `.suffix` for the defaults."""
        try:
            return _parse_content_types(self.read(CONTENT_TYPES))
        except etree.XMLSyntaxError:
            raise self.error("RS-FILE-004") from None

    def content_type(self, part: str) -> str:
        """Return the content type of a part, empty when none is declared."""
        return self.content_types.get(part) or self.content_types.get(posixpath.splitext(part)[1].lower(), "")

    @cached_property
    def workbook_part(self) -> str:
        """Name of the main part, normally `xl/workbook.xml`; raises WorkbookError when there is none."""
        for part in self.related("", "officeDocument"):
            return part
        raise self.error("RS-FILE-002")

    def _inflate(self, entry: zipfile.ZipInfo) -> bytes:
        """Return the content of an entry, and never more of it than the directory promised."""
        start = entry.header_offset
        if self._content[start : start + 4] != b"PK\x03\x04" or start + 30 > len(self._content):
            raise self.error("RS-FILE-004")
        start += 30 + sum(struct.unpack_from("<HH", self._content, start + 26))
        content = self._content[start : start + entry.compress_size]
        if entry.compress_type == zipfile.ZIP_DEFLATED:
            try:
                content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(content, entry.file_size + 1)
            except zlib.error:
                raise self.error("RS-FILE-004") from None
        if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
            raise self.error("RS-FILE-004")
        return content


def parse_xml(content: bytes) -> etree._Element:
    """Return the root of an XML text; entities stay unresolved and nothing is fetched."""
    return etree.fromstring(content, _PARSER)


def whole_number(node: etree._Element, key: str) -> int:
    """Return the number an attribute holds, 0 when it is missing or no number."""
    text = node.get(key, "")
    return int(text) if text.isdecimal() else 0


def write_xml(root: etree._Element) -> bytes:
    """Return an XML part as it is stored."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def relationships_part(part: str) -> str:
    """Return the name of the part that holds the relations of a part (of the package for an empty name)."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


@remember_by_content(limit=64)  # a form's parts are declared in the same words in every copy of it
def _parse_content_types(content: bytes) -> Mapping[str, str]:
    types: dict[str, str] = {}
    for node in parse_xml(content).iterchildren(etree.Element):
        key = node.get("PartName", "").lstrip("/") or f".{node.get('Extension', '').lower()}"
        types[key] = node.get("ContentType", "")
    return types


@lru_cache(maxsize=512)  # the relations of a form's parts are the same in every copy of it
def _parse_relationships(content: bytes, part: str) -> tuple[Relationship, ...]:
    return read_relationships(parse_xml(content), part)


def read_relationships(root: etree._Element, part: str) -> tuple[Relationship, ...]:
    """Return the relations written in the relations part of a part."""
    return tuple(_relationship(node, posixpath.dirname(part)) for node in root.iterchildren(etree.Element))


def _relationship(node: etree._Element, folder: str) -> Relationship:
    type_, target = node.get("Type", ""), node.get("Target", "")
    external = node.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relationship(node.get("Id", ""), type_.rpartition("/")[2], type_, target, external)
