"""A workbook that came in after a return, laid beside what was asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.outbox.distributing import read_copy_id
from xlsaddin.exchange.outbox.manifest import read_manifest
from xlsaddin.exchange.returning.record import Mended, check_mended, read_asked

__all__ = ["mended_since_return"]


def mended_since_return(workbook: Path, outbox: Path, as_of: date) -> Mended:
    """Return what was mended; raises XlsAddinError when the workbook was not sent back from this outbox."""
    copy_id = read_copy_id(workbook)
    entry = next((e for e in read_manifest(outbox) if e.copy_id == copy_id and e.round > 1), None)
    if entry is None:
        raise XlsAddinError("RS-RETURN-005", path=workbook.name)
    returned = outbox / entry.file
    return check_mended(read_asked(returned.with_suffix(".json")), returned, workbook, as_of)
