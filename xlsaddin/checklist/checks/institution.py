"""Checks special to `institution`: what is not in place, told apart by the strength of its clause."""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.checks.places import choice_labels, item_place, item_text, label_facts
from xlsaddin.checklist.model import Checklist, Duty, Item
from xlsaddin.findings import Finding, make_finding
from xlsaddin.parameters import Parameters

_ONLY_IF_APPLYING = frozenset({"structure", "deadline_kept"})
"""Items that bind when somebody applies or plans to (3-1(2), 3-2); without an application they are no error."""


def check_institution(checklist: Checklist, answers: Answers, parameters: Parameters) -> Iterator[Finding]:
    """Yield the gaps of 3-1 and 3-2: must gaps as errors, desirable ones as notes."""
    for item in checklist.items:
        if item.choices == "readiness":
            yield from _check_readiness(checklist, item, answers)


def _check_readiness(checklist: Checklist, item: Item, answers: Answers) -> Iterator[Finding]:
    state = answers.value(item.key)
    place = item_place(answers, item.key)
    facts = label_facts(item) | {"clause": item.clause}
    if state == "done" and not item_text(answers, f"{item.key}_evidence"):
        yield make_finding("RS-INST-004", place, **facts)
    if state not in ("not_done", "partly"):
        return
    japanese, english = choice_labels(checklist, item.choices, state)
    facts |= {"state_ja": japanese, "state_en": english}
    if item.key in _ONLY_IF_APPLYING and answers.value("application_expected") == "no":
        yield make_finding("RS-INST-005", place, **facts)
    elif item.duty is Duty.MUST:
        yield make_finding("RS-INST-001" if state == "not_done" else "RS-INST-002", place, **facts)
    else:
        yield make_finding("RS-INST-003", place, **facts)
