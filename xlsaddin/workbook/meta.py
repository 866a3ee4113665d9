"""The hidden sheet `_meta`: what a workbook of ours says about itself, as rows of key and text.

Row 1 on, column A the key, column B the text; `sheet.<key>` rows give the sheet names by key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from xlsaddin.workbook import identity

__all__ = ["META_SHEET", "OUR_NAME", "SEAL_SHEET", "BookMeta", "Edition", "meta_rows", "parse_meta", "sign_meta"]

META_SHEET = "_meta"
SEAL_SHEET = "_seal"
"""Hidden sheet with the manifest of a seal, in workbooks that were sealed."""

OUR_NAME = re.compile(r"[a-z]_[a-z0-9_]+")
"""Defined names and tables of ours: `a_` answers, `t_` tables, `r_` results, `l_` choices and the like."""

_SHEET = "sheet."


class Edition(StrEnum):
    """Who a workbook is for: the respondent (form and completeness only) or the office (hits, level, measures)."""

    RESPONDENT = "respondent"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class BookMeta:
    """What `_meta` says.

    Attributes:
        checklist: key; version: template version; profile, language: of the template.
        edition: for whom; case_id, subject_id: ids of the office, may be empty.
        lookback_start: first day of the look-back period as shown in the workbook.
        sheets: sheet names by sheet key, as built.
        layers: the institutions whose results an office edition holds, where there are two: the own one first.
        copy_id: of the copy handed out, by which an answer is laid beside what was sent; empty in plain templates.
        identity: keyed digest of an office edition, empty in a respondent edition.
    """

    checklist: str
    version: str
    profile: str = "default"
    language: str = "both"
    edition: Edition = Edition.RESPONDENT
    case_id: str = ""
    subject_id: str = ""
    lookback_start: date | None = None
    sheets: Mapping[str, str] = field(default_factory=dict)
    identity: str = ""
    copy_id: str = ""
    layers: tuple[str, ...] = ()

    @property
    def made_here(self) -> bool:
        """True for an office edition whose digest this installation's key confirms."""
        return self.edition is Edition.OFFICE and identity.confirm_identity(_signed_facts(self), self.identity)


def sign_meta(meta: BookMeta) -> BookMeta:
    """Return the meta of an office edition with this installation's digest on it."""
    office = replace(meta, edition=Edition.OFFICE)
    return replace(office, identity=identity.sign_identity(_signed_facts(office)))


def meta_rows(meta: BookMeta) -> tuple[tuple[str, str], ...]:
    """Return the rows of the sheet, in a fixed order; a respondent edition has no digest."""
    facts = {
        "checklist": meta.checklist,
        "version": meta.version,
        "profile": meta.profile,
        "language": meta.language,
        "edition": meta.edition.value,
        "case_id": meta.case_id,
        "subject_id": meta.subject_id,
        "lookback_start": meta.lookback_start.isoformat() if meta.lookback_start else "",
    }
    if meta.copy_id:
        facts["copy_id"] = meta.copy_id
    if meta.edition is Edition.OFFICE:
        facts["identity"] = meta.identity
    if meta.layers:
        facts["layers"] = " ".join(meta.layers)
    return (*facts.items(), *((_SHEET + key, name) for key, name in meta.sheets.items()))


def parse_meta(rows: Mapping[str, str]) -> BookMeta:
    """Return the meta of the rows as read; raises ValueError when they do not name a checklist and version."""
    if not rows.get("checklist") or not rows.get("version"):
        raise ValueError("no checklist named")
    return BookMeta(
        checklist=rows["checklist"],
        version=rows["version"],
        profile=rows.get("profile") or "default",
        language=rows.get("language") or "both",
        edition=Edition.OFFICE if rows.get("edition") == Edition.OFFICE else Edition.RESPONDENT,
        case_id=rows.get("case_id", ""),
        subject_id=rows.get("subject_id", ""),
        lookback_start=_parse_day(rows.get("lookback_start", "")),
        sheets={key.removeprefix(_SHEET): name for key, name in rows.items() if key.startswith(_SHEET)},
        identity=rows.get("identity", ""),
        copy_id=rows.get("copy_id", ""),
        layers=tuple(rows.get("layers", "").split()),
    )


def _signed_facts(meta: BookMeta) -> dict[str, str]:
    return {
        "checklist": meta.checklist,
        "version": meta.version,
        "profile": meta.profile,
        "edition": meta.edition.value,
        "case_id": meta.case_id,
        "subject_id": meta.subject_id,
    }


def _parse_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
