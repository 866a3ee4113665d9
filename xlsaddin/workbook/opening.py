"""Opening a received workbook file: what is refused, each with one sentence.

Refused: what is no zip, protected by a password, cut off, too large once inflated, with odd part names, with XML
declarations of entities, with macros, or another format than a plain `.xlsx`.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

from lxml import etree

from xlsaddin.errors import WorkbookError
from xlsaddin.parameters import Parameters
from xlsaddin.workbook.content_cache import remember_by_content
from xlsaddin.workbook.package import CONTENT_TYPES, Package, parse_xml

__all__ = ["open_package"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
_XML_SUFFIXES = (".xml", ".rels", ".vml")
_ODD_NAME = re.compile(r"(^|/)\.{1,2}(/|$)|^/|//|[\\:\x00-\x1f]")
_PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_OTHER_KINDS = {
    "application/vnd.ms-excel.sheet.binary.macroEnabled.main": ".xlsb",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": ".xltx",
}
_MACRO_TYPES = ("application/vnd.ms-office.vbaProject", "application/vnd.ms-excel.macrosheet+xml")


def open_package(path: Path) -> Package:
    """Return the package of a plain `.xlsx` file, its XML parts verified; raises WorkbookError with one sentence."""
    limits = Parameters(date.max)  # limits protect the machine that reads now, whatever day is asked about
    content = _read_file(path, limits.integer("package_max_bytes"))
    _check_zip(path, content)
    package = Package(path, content)
    _check_directory(package, limits)
    _check_kind(package)
    for part in package:
        if part.lower().endswith(_XML_SUFFIXES) and _declares_entities(package.read(part)):
            raise package.error("RS-FILE-008", part=part)
    return package


def _read_file(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except OSError as failure:
        raise _refusal(path, "RS-FILE-001", reason=failure.strerror or type(failure).__name__) from None
    if len(content) > limit:
        raise _refusal(path, "RS-FILE-007", reason=f"> {limit // 1048576} MB")
    return content


def _check_zip(path: Path, content: bytes) -> None:
    if content.startswith(_OLE):
        raise _refusal(path, _old_format(content))
    if not content or content.startswith(b"PK\x03\x04"):
        if not zipfile.is_zipfile(io.BytesIO(content)):
            raise _refusal(path, "RS-FILE-004")
    else:
        raise _refusal(path, "RS-FILE-002")


def _old_format(content: bytes) -> str:
    """Return the code for a file in the old container: a protected workbook, or one of the old format."""
    import msoffcrypto

    try:
        encrypted = msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted()
    except Exception:  # the library raises many kinds for what is no Office file
        return "RS-FILE-002"
    return "RS-FILE-003" if encrypted else "RS-FILE-005"


def _check_directory(package: Package, limits: Parameters) -> None:
    entries = package.entries.values()
    for entry in entries:
        if _ODD_NAME.search(entry.orig_filename):
            raise package.error("RS-FILE-009", part=entry.orig_filename[:80])
        if entry.flag_bits & _ENCRYPTED:
            raise package.error("RS-FILE-003")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise package.error("RS-FILE-004")
    if package.doubled or len({name.lower() for name in package}) < len(package.entries):
        raise package.error("RS-FILE-009", part=(package.doubled or [""])[0])
    _check_sizes(package, limits)


def _check_sizes(package: Package, limits: Parameters) -> None:
    entries = package.entries.values()
    if len(entries) > limits.integer("package_max_parts"):
        raise package.error("RS-FILE-007", reason=f"{len(entries)} parts")
    total = sum(entry.file_size for entry in entries)
    if total > limits.integer("package_max_inflated_bytes"):
        raise package.error("RS-FILE-007", reason=f"{total // 1048576} MB")
    ratio, looked_at = limits.number("package_max_ratio"), limits.integer("package_ratio_from_bytes")
    for entry in entries:
        if entry.file_size >= looked_at and entry.file_size > ratio * max(entry.compress_size, 1):
            raise package.error("RS-FILE-007", reason=entry.filename)


def _check_kind(package: Package) -> None:
    if CONTENT_TYPES not in package:
        if "mimetype" in package:
            raise package.error("RS-FILE-011", kind="OpenDocument (.ods)")
        raise package.error("RS-FILE-002")
    kind = package.content_type(package.workbook_part)
    if kind in _OTHER_KINDS:
        raise package.error("RS-FILE-011", kind=_OTHER_KINDS[kind])
    if "macroEnabled" in kind or any(_is_macro(package, part) for part in package):
        raise package.error("RS-FILE-006")
    if kind != _PLAIN:
        raise package.error("RS-FILE-002")
    try:
        strict = _is_strict(package.read(package.workbook_part))
    except etree.XMLSyntaxError:
        raise package.error("RS-FILE-004") from None
    if strict:
        raise package.error("RS-FILE-011", kind="Strict Open XML (.xlsx)")


@remember_by_content(limit=64)
def _is_strict(content: bytes) -> bool:
    """Return True for the main part of a workbook in the strict form of the format, which nothing here reads."""
    return "purl.oclc.org/ooxml" in parse_xml(content).tag


def _declares_entities(content: bytes) -> bool:
    """Return True for a document type anywhere in an XML text: no workbook has one, and all entity attacks do."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"):  # UTF-16
        content = content.replace(b"\0", b"")
    return b"<!DOCTYPE" in content


def _refusal(path: Path, code: str, **facts: object) -> WorkbookError:
    return WorkbookError(code, path=unicodedata.normalize("NFC", path.name), **facts)


def _is_macro(package: Package, part: str) -> bool:
    """Return True for a part that holds macros, by its type or, where the type is left out, by its name."""
    return package.content_type(part) in _MACRO_TYPES or part.lower().endswith("vbaproject.bin")
