"""Checks special to `contract`: clauses without number or proposal, judgements, amendments after the review.

The questions of an aspect are those on the sheet of its judgement: one added to the definition is checked too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsaddin.checklist.answers import Answers, DateSpan
from xlsaddin.checklist.checks.places import Facts, day_text, is_before, item_place, item_text, label_facts
from xlsaddin.checklist.model import Checklist, Item
from xlsaddin.findings import Finding, make_finding
from xlsaddin.parameters import Parameters
from xlsaddin.text.normalize import normalize_name

_SETTLED = ("adequate", "exception")
"""Judgements that let an aspect stand as it is."""


def check_contract(checklist: Checklist, answers: Answers, parameters: Parameters) -> Iterator[Finding]:
    """Yield what the four aspects and their judgements leave to do (手順書3-3(1)(v)、3-3(2)(iii))."""
    judgements = [item for item in checklist.items if item.choices == "aspect_judgement"]
    for judgement in judgements:
        on_sheet = [item for item in checklist.items if item.section == judgement.section]
        questions = [item for item in on_sheet if item.choices == "clause_present"]
        for question in questions:
            yield from _check_question(question, judgement, answers)
        yield from _check_adequate(judgement, questions, answers)
        yield from _check_judgement(judgement, answers)
    yield from _check_amendment([f"{judgement.key}_on" for judgement in judgements], answers)


def _check_question(question: Item, judgement: Item, answers: Answers) -> Iterator[Finding]:
    place = item_place(answers, question.key)
    label = label_facts(question)
    proposal = item_text(answers, f"{question.key}_proposal")
    exception = item_text(answers, f"{question.key}_exception")
    match answers.value(question.key):
        case "yes" if not item_text(answers, f"{question.key}_number"):
            yield make_finding("RS-CONTRACT-001", place, **label)
        case "no" if not proposal and not exception:
            yield make_finding("RS-CONTRACT-003", place, **label)
        case "no" if not _is_settled(judgement, exception, answers):
            shown = proposal or exception
            yield make_finding("RS-CONTRACT-002", place, proposal=shown, **label, **_aspect(judgement))


def _is_settled(judgement: Item, exception: str, answers: Answers) -> bool:
    """Say whether a missing clause is accepted: its aspect stands, with a reason there or beside the question."""
    reasoned = exception or item_text(answers, f"{judgement.key}_reason")
    return answers.value(judgement.key) in _SETTLED and bool(reasoned)


def _check_adequate(judgement: Item, questions: Sequence[Item], answers: Answers) -> Iterator[Finding]:
    if answers.value(judgement.key) != "adequate" or item_text(answers, f"{judgement.key}_reason"):
        return
    missing = [question for question in questions if answers.value(question.key) == "no"]
    missing = [question for question in missing if not item_text(answers, f"{question.key}_exception")]
    if missing:
        yield make_finding(
            "RS-CONTRACT-004",
            item_place(answers, judgement.key),
            count=len(missing),
            labels_ja="、".join(question.label_ja for question in missing),
            labels_en="; ".join(question.label_en for question in missing),
            **_aspect(judgement),
        )


def _check_judgement(judgement: Item, answers: Answers) -> Iterator[Finding]:
    judged = answers.value(judgement.key)
    if judged is None:
        return
    place = item_place(answers, judgement.key)
    needed = {"by": ("判断者", "judged by"), "on": ("日付", "date"), "reason": ("理由", "reason")}
    if judged == "adequate":
        del needed["reason"]
    missing = [labels for part, labels in needed.items() if not item_text(answers, f"{judgement.key}_{part}")]
    if missing:
        japanese, english = "・".join(ja for ja, _ in missing), ", ".join(en for _, en in missing)
        yield make_finding("RS-CONTRACT-005", place, missing_ja=japanese, missing_en=english, **_aspect(judgement))
    if judged == "exception":
        yield from _check_approval(judgement, answers)


def _check_approval(judgement: Item, answers: Answers) -> Iterator[Finding]:
    place = item_place(answers, f"{judgement.key}_approver")
    approver, judge = (item_text(answers, f"{judgement.key}_{part}") for part in ("approver", "by"))
    if not approver:
        yield make_finding("RS-CONTRACT-006", place, **_aspect(judgement))
    elif normalize_name(approver) == normalize_name(judge):
        yield make_finding("RS-CONTRACT-007", place, name=approver, **_aspect(judgement))


def _check_amendment(judged_on: Sequence[str], answers: Answers) -> Iterator[Finding]:
    amended = answers.value("amended_on")
    dates = [day for key in ("reviewed_on", *judged_on) if isinstance(day := answers.value(key), DateSpan)]
    overtaken = [day for day in dates if is_before(day, amended)]
    if overtaken:
        latest = max(overtaken, key=lambda day: day.last)
        place = item_place(answers, "amended_on")
        yield make_finding("RS-CONTRACT-008", place, amended=day_text(amended), reviewed=day_text(latest))


def _aspect(judgement: Item) -> Facts:
    return {"aspect_ja": judgement.label_ja, "aspect_en": judgement.label_en}
