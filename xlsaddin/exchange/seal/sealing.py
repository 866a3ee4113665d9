"""Sealing a workbook before it leaves, and saying of one that comes back who sealed what, when, and what changed."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from xlsaddin.exchange.seal.contents import Content, read_contents
from xlsaddin.exchange.seal.embedding import manifest_changes, read_manifest_sheet, read_signature, with_signature
from xlsaddin.exchange.seal.keys import KeyStore
from xlsaddin.exchange.seal.manifest import Change, Manifest, make_manifest, parse_signature
from xlsaddin.files import write_bytes
from xlsaddin.workbook.freeze import freeze_workbook
from xlsaddin.workbook.meta import BookMeta
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.patch.apply import patch_content
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.read.meta import read_meta
from xlsaddin.workbook.structure import Structure

__all__ = ["Remembers", "SealState", "Verdict", "seal_workbook", "sealed_unchanged", "verify_workbook"]


class Remembers(Protocol):
    """What keeps every seal: the register."""

    def record_seal(self, seal_id: str, key_id: str, root: str, sealed_at: datetime, subject: str = "") -> None:
        """Keep a seal."""

    def sealed(self, seal_id: str) -> bool:
        """Return whether a seal was kept."""


class SealState(StrEnum):
    """What a seal is worth."""

    VALID = "valid"  # nothing changed since it was sealed
    CHANGED = "changed"  # the seal holds, and names the cells that changed
    UNTRUSTED = "untrusted"  # sealed with a key that is not in the store
    BROKEN = "broken"  # signature and manifest do not belong together, or one of them is gone
    REMOVED = "removed"  # the register remembers a seal of this workbook, the file carries none
    NEVER = "never"  # neither the file nor the register knows a seal


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found.

    Attributes:
        state: of the seal. owner, key_id, sealed_at: of the seal, as far as known.
        facts: what was sealed besides the contents. changes: what is not as it was sealed.
    """

    state: SealState
    owner: str = ""
    key_id: str = ""
    sealed_at: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


def seal_workbook(source: Path, target: Path, keys: KeyStore, register: Remembers, sealed_at: datetime) -> Manifest:
    """Write a frozen, sealed copy of a workbook of ours; the register remembers the seal before the copy is there.

    Raises:
        WorkbookError: when the workbook is refused. XlsAddinError: when there is no key to seal with.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".sealing-", dir=target.parent) as folder:
        frozen = Path(folder) / "frozen.xlsx"
        freeze_workbook(source, frozen, f"sealed {sealed_at.isoformat(timespec='seconds')}")
        structure, cells, meta = _open(frozen)
        manifest = make_manifest(read_contents(structure, cells), _facts(meta, structure, cells), sealed_at)
        signature = manifest.sign(keys)
        content = with_signature(patch_content(frozen, manifest_changes(manifest)), signature)
    key_id = signature.split(":")[1]
    register.record_seal(book_id(meta), key_id, manifest.root, sealed_at)
    register.record_seal(manifest.root, key_id, manifest.root, sealed_at)
    write_bytes(target, content)
    return manifest


def verify_workbook(path: Path, keys: KeyStore, register: Remembers | None = None) -> Verdict:
    """Return what the seal of a workbook is worth; raises WorkbookError when the workbook is refused.

    Args:
        path: the workbook. keys: the only keys that are trusted.
        register: tells a seal that was removed from one that never was; None where there is no register.
    """
    structure, cells, meta = _open(path)
    manifest, text = read_manifest_sheet(structure, cells), read_signature(structure.package)
    if manifest is None and not text:
        known = register is not None and register.sealed(book_id(meta))
        return Verdict(SealState.REMOVED if known else SealState.NEVER)
    signature = parse_signature(text)
    if manifest is None or signature is None:
        return Verdict(SealState.BROKEN)
    key_id, signed = signature
    sealed_at = manifest.facts.get("sealed_at", "")
    key = keys.find(key_id)
    if key is None:
        return Verdict(SealState.UNTRUSTED, key_id=key_id, sealed_at=sealed_at, facts=manifest.facts)
    if not key.confirms(signed, manifest.root.encode()):
        return Verdict(SealState.BROKEN, key_id=key_id)
    changes = manifest.compare(read_contents(structure, cells)) + _moved(manifest, meta)
    state = SealState.CHANGED if changes else SealState.VALID
    return Verdict(state, key.owner, key_id, sealed_at, manifest.facts, changes)


def sealed_unchanged(path: Path) -> bool:
    """Return True for a workbook that is as somebody sealed it whose key is trusted here: its judgements count."""
    return verify_workbook(path, KeyStore()).state is SealState.VALID


def book_id(meta: BookMeta) -> str:
    """Return what makes a workbook the same one: form, case, subject, copy handed out, edition."""
    facts = (meta.checklist, meta.case_id, meta.subject_id, meta.copy_id, meta.edition.value)
    return hashlib.sha256("\0".join(facts).encode()).hexdigest()


def _open(path: Path) -> tuple[Structure, BookCells, BookMeta]:
    structure = Structure(open_package(path))
    cells = BookCells(structure)
    return structure, cells, read_meta(structure, cells)


def _facts(meta: BookMeta, structure: Structure, cells: BookCells) -> dict[str, str]:
    """Return what is sealed besides the contents, the list editions of a reviewed workbook among it."""
    lists = read_contents(structure, cells).get("r_lists", Content("", "")).text
    return {**_identity(meta), "lists": lists}


def _identity(meta: BookMeta) -> dict[str, str]:
    return {
        "checklist": meta.checklist,
        "version": meta.version,
        "profile": meta.profile,
        "case_id": meta.case_id,
        "subject_id": meta.subject_id,
        "copy_id": meta.copy_id,
        "edition": meta.edition.value,
    }


def _moved(manifest: Manifest, meta: BookMeta) -> tuple[Change, ...]:
    """Return what a workbook says about itself otherwise than when it was sealed."""
    now = _identity(meta)
    return tuple(Change(f"_meta.{key}", "_meta", "changed") for key in now if manifest.facts.get(key, "") != now[key])
