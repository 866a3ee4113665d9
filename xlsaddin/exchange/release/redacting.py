"""A copy for a recipient that may see only a part: built anew from what it may see, so nothing else is in the package.

Blanking cells would leave texts behind in other parts of the file.  A seal goes along, without the salts of what is
left out: it still holds, and what is left out cannot be guessed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from xlsaddin.checklist.answers import Answers, AnswerStatus
from xlsaddin.checklist.values import read_answers
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.release.audience import Audience, Grounds
from xlsaddin.exchange.release.rebuilding import build_anew
from xlsaddin.exchange.seal.contents import read_contents
from xlsaddin.exchange.seal.embedding import manifest_changes, read_manifest_sheet, read_signature, with_signature
from xlsaddin.exchange.seal.manifest import Manifest
from xlsaddin.files import write_bytes
from xlsaddin.workbook.meta import Edition
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.patch.apply import patch_content
from xlsaddin.workbook.read.book import read_workbook
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.structure import Structure

__all__ = ["Release", "filled_items", "release_copy"]


@dataclass(frozen=True, slots=True)
class Release:
    """What a copy leaves out: keys of items that held something, and whether a seal goes along."""

    withheld: tuple[str, ...]
    sealed: bool


def release_copy(
    source: Path, target: Path, audience: Audience, recipient: str, grounds: Grounds, as_of: date
) -> Release:
    """Write the copy of a self-declaration that a recipient may see.

    Args:
        source: respondent edition, sealed or not. target: where the copy goes.
        audience: who may see what. recipient: its key. grounds: what the release rests on (the role is read from
            the declaration). as_of: the day.

    Raises:
        XlsAddinError: for an office edition, an unknown recipient, or one that may see nothing of it.
    """
    book = read_workbook(source)
    if book.meta.edition is Edition.OFFICE:
        raise XlsAddinError("RS-RELEASE-001", path=source.name)
    if recipient not in audience.recipients:
        known = ", ".join(sorted(audience.recipients))
        raise XlsAddinError("RS-RELEASE-002", recipient=recipient, known=known)
    answers = read_answers(book.checklist, book.answers)
    hidden = audience.withheld(recipient, grounds.model_copy(update={"role": str(answers.value("role") or "")}))
    shown = {item for group in audience.groups.values() for item in group} - hidden
    if not shown:
        raise XlsAddinError("RS-RELEASE-003", recipient=audience.recipients[recipient].ja, path=source.name)
    content = build_anew(book, _without(answers, hidden), as_of)
    manifest, signature = _seal_of(source)
    if manifest is not None and signature:
        content = _with_seal(content, manifest, signature, target.parent)
    write_bytes(target, content)
    return Release(filled_items(answers, hidden), manifest is not None)


def filled_items(answers: Answers, keys: Collection[str]) -> tuple[str, ...]:
    """Return which of these items say something: a row, a value, or a state other than 該当なし."""
    silent = (AnswerStatus.BLANK, AnswerStatus.NONE)
    return tuple(
        key
        for key, answer in answers.items.items()
        if key in keys and (answer.rows or answer.status not in silent or not answer.cell.blank)
    )


def _without(answers: Answers, hidden: Iterable[str]) -> Answers:
    left_out = set(hidden)
    return replace(answers, items={key: answer for key, answer in answers.items.items() if key not in left_out})


def _seal_of(source: Path) -> tuple[Manifest | None, str]:
    package = open_package(source)
    structure = Structure(package)
    return read_manifest_sheet(structure, BookCells(structure)), read_signature(package)


def _with_seal(content: bytes, manifest: Manifest, signature: str, folder: Path) -> bytes:
    """Return the copy with the seal of the original, without the salts of what the copy does not hold."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".release-", dir=folder) as place:
        path = Path(place) / "copy.xlsx"
        path.write_bytes(content)
        structure = Structure(open_package(path))
        present = read_contents(structure, BookCells(structure))
        missing = frozenset(line.address for line in manifest.lines if line.address not in present)
        return with_signature(patch_content(path, manifest_changes(manifest.redact(missing))), signature)
