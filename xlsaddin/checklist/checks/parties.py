"""What checks of partners and supporters share: kinds out of scope, shares that add up, names that can be searched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlsaddin.checklist.answers import Answers, AnswerStatus
from xlsaddin.checklist.checks.places import item_place, item_text, label_facts
from xlsaddin.checklist.model import Checklist
from xlsaddin.findings import Finding, make_finding
from xlsaddin.parameters import Parameters
from xlsaddin.text.normalize import normalize_width

OUT_OF_SCOPE = frozenset(
    {"jp_university", "jp_inter_university", "jp_kosen", "jp_national_lab", "jp_public_lab", "jp_public"}
)
"""Kinds that 3-3(1)(iii) and (iv) leave out: Japanese academic institutions, public bodies of Japan."""

NAMES = ("name_en", "name_ja", "name_original")
"""Items that name a party, the English name first."""

_WHOLE = 100.0
_LATIN = re.compile(r"[\x20-\x7e\u00c0-\u024f]*[A-Za-z][\x20-\x7e\u00c0-\u024f]*")


def check_shares(answers: Answers, parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding when direct holdings add up to more than the whole; indirect ones lie on top of each other."""
    direct = [row for row in answers.rows("shareholders") if row.value("directness") != "indirect"]
    shares = [share for row in direct if isinstance(share := row.value("share"), (int, float))]
    total = sum(shares)
    if total > _WHOLE + parameters.number("share_sum_tolerance"):
        yield make_finding("RS-PARTY-001", item_place(answers, "shareholders"), total=f"{total:g}")


def check_listed_answered(checklist: Checklist, answers: Answers) -> Iterator[Finding]:
    """Yield a note while nobody said whether the party is on a list (④)."""
    answer = answers.answer("listed")
    if answer.status is AnswerStatus.BLANK and not answer.rows:
        yield make_finding("RS-PARTY-002", item_place(answers, "listed"), **label_facts(checklist.item("listed")))


def has_latin_name(answers: Answers) -> bool:
    """Say whether one of the names is written in Latin letters, so that lists published abroad can be searched."""
    return any(_LATIN.fullmatch(normalize_width(item_text(answers, key))) for key in NAMES)


def shown_name(answers: Answers) -> str:
    """Return the first name given, for a message."""
    return next((text for key in NAMES if (text := item_text(answers, key))), "-")
