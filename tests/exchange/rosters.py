"""Rosters for the tests: fictional people of a fictional university, in a real roster workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.raw import raw_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.exchange.outbox.delivery import Delivery
from xlsaddin.exchange.outbox.distributing import Terms
from xlsaddin.exchange.prefill.carrying import EarlierForms
from xlsaddin.exchange.prefill.filling import Known
from xlsaddin.exchange.prefill.sources import Sources
from xlsaddin.exchange.roster import Roster, read_roster
from xlsaddin.workbook.respondent.template import build_template

DAY = date(2026, 9, 1)
NOTICE = {
    "institution": "みどり大学",
    "office": "研究推進課",
    "sender": "office@midori-u.example.jp",
    "contact": "研究推進課 内線1234 office@midori-u.example.jp",
    "retention": "課題終了後5年",
    "recipients": "資金配分機関、所管府省",
    "recipient_abroad": "無",
    "institution_role": "研究代表機関",
    "institution_kind": "大学",
    "return_way": "学内ファイル共有",
    "verify": "学内ポータルのお知らせ",
}
CASES = [
    {"case_number": "C-03", "case_title": "量子", "programme": "先端事業", "funder": "架空振興機構",
     "application_year": 2026, "deadline": date(2026, 9, 11)},
    {"case_number": "C-07", "case_title": "材料", "programme": "材料事業", "funder": "架空振興機構",
     "application_year": 2026, "deadline": date(2026, 9, 18), "profile": "wide"},
]  # fmt: skip
SAEKI = {
    "subject_id": "P-001",
    "name": "SAEKI Mariko",
    "name_ja": "佐伯 真理子",
    "email": "saeki@midori-u.example.jp",
    "role": "PI",
    "case_numbers": "C-03; C-07",
    "erad": "12345678",
    "orcid": "0000-0002-1825-0097",
    "employment": "本機関と雇用あり",
}


def person(number: int, **more: object) -> dict[str, object]:
    """Return the row of one of many invented people."""
    row = {
        "subject_id": f"P-{number:03}",
        "name": f"TESTA Berta{chr(65 + number % 26)}",
        "email": f"p{number}@midori-u.example.jp",
        "role": "研究参画者",
        "case_numbers": "C-03",
    }
    return {**row, **more}


def write_roster(
    path: Path,
    persons: Sequence[Mapping[str, object]] = (SAEKI,),
    *,
    notice: Mapping[str, object] = NOTICE,
    cases: Sequence[Mapping[str, object]] = CASES,
    **tables: Any,
) -> Path:
    """Write a roster workbook as the office would fill it in."""
    checklist = load_checklist("roster")
    given = {**notice, "cases": list(cases), "persons": list(persons), **tables}
    answers = read_answers(checklist, raw_answers(checklist, given))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(build_template("roster", prefill=answers, as_of=DAY))
    return path


def roster_of(folder: Path, *args: Any, **kwargs: Any) -> Roster:
    """Return a roster written to a workbook and read back."""
    return read_roster(write_roster(folder / "roster.xlsx", *args, **kwargs), DAY)


def terms(
    how: Delivery = Delivery.SHARE,
    *,
    sources: Path | None = None,
    earlier: Path | None = None,
    form: str = "researcher",
) -> Terms:
    """Return the terms of a distribution."""
    return Terms(DAY, Known(Sources(sources), EarlierForms(earlier)), how, form)
