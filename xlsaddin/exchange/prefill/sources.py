"""Finding the exports of one person in a folder: files named by the ID, and ORCID records by their iD."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.prefill.bibtex import parse_bibtex
from xlsaddin.exchange.prefill.orcid import orcid_of, parse_orcid_record
from xlsaddin.exchange.prefill.record import Record
from xlsaddin.exchange.prefill.researchmap import parse_researchmap, parse_researchmap_csv
from xlsaddin.text.identifiers import parse_orcid

__all__ = ["Sources"]


def _parse_json(text: str) -> Record:
    return parse_orcid_record(text) if '"activities-summary"' in text else parse_researchmap(text)


_PARSERS: Mapping[str, tuple[str, Callable[[str], Record]]] = {
    ".jsonl": ("researchmap", parse_researchmap),
    ".json": ("researchmap・ORCID", _parse_json),
    ".csv": ("researchmap", parse_researchmap_csv),
    ".bib": ("BibTeX", parse_bibtex),
}


class Sources:
    """A folder of exports: `P-001.jsonl`, `P-001.json`, `P-001.csv`, `P-001.bib`, or any ORCID record.

    Args:
        folder: where they lie, None for none.
    """

    def __init__(self, folder: Path | None) -> None:
        paths = sorted(folder.iterdir()) if folder else []
        self._files = [path for path in paths if path.is_file() and path.suffix.lower() in _PARSERS]

    def gather(self, subject_id: str, orcid: str) -> tuple[Record, tuple[str, ...]]:
        """Return what the exports of a person know, and what kinds of export they are.

        Raises:
            XlsAddinError: when an export cannot be read.
        """
        record, kinds = Record(), []
        for path in self._of(subject_id, parse_orcid(orcid)):
            kind, parse = _PARSERS[path.suffix.lower()]
            try:
                record.take(parse(_read(path)))
            except (ValueError, KeyError, TypeError, AttributeError, IndexError) as problem:
                reason = f"{type(problem).__name__}: {problem}"[:120]
                raise XlsAddinError("RS-PREFILL-001", path=path.name, reason=reason) from None
            kinds.append(kind)
        return record, tuple(dict.fromkeys(kinds))

    def _of(self, subject_id: str, orcid: str | None) -> Iterator[Path]:
        code = subject_id.casefold()
        for path in self._files:
            stem, record = path.stem.casefold(), path.suffix.lower() == ".json"
            named = stem == code or stem.startswith(f"{code}.")
            if named or (orcid and record and _belongs(path, orcid)):
                yield path


def _belongs(path: Path, orcid: str) -> bool:
    try:
        return orcid_of(_read(path)) == orcid
    except (ValueError, AttributeError):
        return False


def _read(path: Path) -> str:
    """Return the text of an export: UTF-8, or what Excel on a Japanese Windows makes of it."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp932")
