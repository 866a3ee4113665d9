"""The funder's questionnaire answered from the register, staged: declarations only once the funder asked for them.

Whatever the register does not know stays open for a person; nothing is answered by assumption.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xlsaddin.assessment.model import Level, MeasureKind, State
from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.model import Checklist, Item, Kind
from xlsaddin.checklist.profiles import load_profile
from xlsaddin.register.answer_text import parse_answers
from xlsaddin.register.ledger import Ledger
from xlsaddin.register.roll_up import CaseOverview, DueDiligence, Member, case_overview
from xlsaddin.register.tables import Membership, Result, Submission
from xlsaddin.report.questionnaire import ItemTable, Questionnaire, QuestionnaireAnswer, Request, shown_value
from xlsaddin.workbook.labels import words

__all__ = ["answer_questionnaire"]

_RESEARCHER, _PROJECT = "researcher", "project"
_CO_PI = "co_pi"
_CONFIRMED = ("feasible", "consents_obtained", "departments_confirmed")


def answer_questionnaire(ledger: Ledger, case: str, as_of: date, request: Request | None = None) -> Questionnaire:
    """Return the questionnaire of a case; with a request the declarations too, and the disclosure is recorded."""
    overview = case_overview(ledger.session, case, as_of)
    answers = tuple(_answers(ledger.session, overview))
    people = [member for member in overview.members if member.kind == "person" and not member.recruitment]
    items = tuple(_item_tables(ledger.session, people)) if request else ()
    disclosed = [member.code for member in people if member.result] if request else []
    asked = {"by": request.by, "on": request.on} if request else {}
    ledger.note("questionnaire.answer", case, {"as_of": as_of, **asked, "subjects": disclosed})
    for code in disclosed:
        ledger.note("declaration.disclose", f"{case} {code}", asked, code)
    return Questionnaire(case, as_of, answers, request, items)


def _answers(session: Session, case: CaseOverview) -> Iterator[QuestionnaireAnswer]:
    people = [member for member in case.members if member.kind == "person" and not member.recruitment]
    own = [member for member in people if member.role != _CO_PI]
    joint = [member for member in people if member.role == _CO_PI]
    for ja, en, value in (
        ("課題名", "Project", case.title),
        ("資金配分機関", "Funder", case.funder),
        ("期限", "Deadline", shown_value(case.deadline)),
        ("研究代表機関・共同研究機関の別", "Role of the institution", _institution(case.role)),
    ):
        yield QuestionnaireAnswer(_word("project"), ja, en, value or _said("open"), confirmed=bool(value))
    yield _of_submission("研究代表機関の自己申告", "Declarations of the lead institution", own)
    yield _of_submission("研究分担機関の自己申告", "Declarations of joint institutions", joint)
    yield _of_due_diligence(people)
    yield from _of_measures(case)
    yield _open(_word("measures"), "研究参画者を追加するときは記載内容に従う", "Additions follow what is written here")
    partners = [member for member in case.members if member.kind == "partner"]
    yield _of_risk("共同研究機関に係るリスク", "Risk concerning partner institutions", partners)
    yield _of_risk("共同研究機関の研究者に係るリスク", "Risk concerning researchers of partners", joint)
    yield from _of_confirmations(session, case.number)


def _institution(role: str) -> str:
    return " / ".join(words().get(f"institution.{role}", (role,)))


def _of_submission(ja: str, en: str, members: list[Member]) -> QuestionnaireAnswer:
    if not members:
        return QuestionnaireAnswer(_word("submission"), ja, en, _said("not_needed"), confirmed=False)
    given = sum(member.result is not None for member in members)
    said = _said("submitted" if given == len(members) else "not_submitted")
    return QuestionnaireAnswer(_word("submission"), ja, en, said, f"{given} / {len(members)}")


def _of_due_diligence(people: list[Member]) -> QuestionnaireAnswer:
    counts = Counter(member.due_diligence for member in people)
    state = DueDiligence.DONE
    if not people or counts[DueDiligence.NOT_DONE]:
        state = DueDiligence.NOT_DONE
    elif counts[DueDiligence.PARTIAL]:
        state = DueDiligence.PARTIAL
    basis = f"{len(people) - counts[DueDiligence.NOT_DONE]} / {len(people)}"
    question = ("デュー・ディリジェンスを実施したか", "Was due diligence carried out")
    return QuestionnaireAnswer(_word("due_diligence"), *question, _said(state.value), basis)


def _of_measures(case: CaseOverview) -> Iterator[QuestionnaireAnswer]:
    taken = Counter(one.kind for one in case.measures if one.status in ("agreed", "done"))
    undecided = any(one.status == "proposed" and one.required for one in case.measures)
    pending = undecided or any(member.result is None or member.result.state != State.FINAL for member in case.members)
    needed = _said("yes") if taken else _said("open" if pending else "no")
    question = ("リスク軽減措置の要否", "Are mitigation measures needed")
    yield QuestionnaireAnswer(_word("measures"), *question, needed, str(sum(taken.values())), not pending)
    proposed = {one.kind for one in case.measures if one.status == "proposed"}
    for kind in MeasureKind:
        ja, en = words()[f"measure_kind.{kind.value}"]
        said = _said("yes" if taken[kind.value] else "open" if kind.value in proposed else "no")
        yield QuestionnaireAnswer(_word("measures"), ja, en, said, str(taken[kind.value]), not undecided)


def _of_risk(ja: str, en: str, members: list[Member]) -> QuestionnaireAnswer:
    levels = [Level[member.result.level.upper()] for member in members if member.result]
    settled = all(member.result and member.result.state == State.FINAL for member in members)
    found = any(level > Level.LOW for level in levels)
    said = _said("yes" if found else "no" if settled else "open")
    return QuestionnaireAnswer(_word("partners"), ja, en, said, f"{len(levels)} / {len(members)}", settled)


def _of_confirmations(session: Session, case: str) -> Iterator[QuestionnaireAnswer]:
    known = _project_answers(session, case)
    form = load_checklist(_PROJECT)
    for key in _CONFIRMED:
        item = form.item(key)
        value = known.value(key) if known else None
        if value in ("yes", "no"):
            said = _said(str(value))
            yield QuestionnaireAnswer(_word("consent"), item.label_ja, item.label_en, said, item.clause)
        else:
            yield _open(_word("consent"), item.label_ja, item.label_en)


def _project_answers(session: Session, case: str) -> Answers | None:
    newest = (
        select(Submission)
        .join(Result, Result.submission_id == Submission.id)
        .join(Membership, Membership.subject_code == Submission.subject_code)
        .where(Membership.case_number == case, Result.checklist == _PROJECT, Result.newest)
        .order_by(Submission.id.desc())
    )
    submission = session.scalars(newest).first()
    if submission is None or submission.answers is None:
        return None
    return parse_answers(load_checklist(_PROJECT), submission.answers)


def _open(section: str, ja: str, en: str) -> QuestionnaireAnswer:
    return QuestionnaireAnswer(section, ja, en, _said("open"), confirmed=False)


# --- stage 2: the thirteen items of every researcher


def _item_tables(session: Session, people: Iterable[Member]) -> Iterator[ItemTable]:
    declared = [(member, *_declaration(session, member)) for member in people if member.result]
    forms = {len(form.items): form for _, form, _ in declared}  # funders add items, they take none away
    asked = {item.key: (form, item) for form in forms.values() for item in form.items if item.number}
    for form, item in (one for one in asked.values() if "-" not in one[1].number):
        columns = item.columns if item.kind is Kind.TABLE else ()
        headers = [
            _word("declarant"),
            _word("name"),
            _word("state"),
            *(f"{one.label_ja} / {one.label_en}" for one in columns),
        ]
        if not columns:
            headers.append(f"{item.label_ja} / {item.label_en}")
        rows = [row for member, own, answers in declared for row in _rows(member, own, item, answers)]
        yield ItemTable(form.section(item.section).sheet, tuple(headers), tuple(rows))


def _declaration(session: Session, member: Member) -> tuple[Checklist, Answers]:
    assert member.result is not None  # for the type checker
    submission = session.get_one(Submission, member.result.submission_id)
    form = load_checklist(_RESEARCHER, load_profile(submission.profile))
    return form, parse_answers(form, submission.answers or {"singles": {}, "tables": {}, **_NOTHING})


_NOTHING: dict[str, Any] = {"version": "", "profile": "default", "language": "both"}


def _rows(member: Member, form: Checklist, item: Item, answers: Answers) -> Iterator[tuple[str, ...]]:
    who = (member.code, member.name or "")
    if item.kind is Kind.SINGLE:
        yield (*who, "", _single(member, item, answers))
        return
    answer = answers.answer(item.key)
    labels = {choice.key: f"{choice.ja} / {choice.en}" for choice in form.choices["status"]}
    state = labels.get(answer.status.value, "未記入 / Blank")
    if not answer.rows:
        yield (*who, state, *("" for _ in item.columns))
    for row in answer.rows:
        yield (*who, state, *(shown_value(row.cell(column.key).raw) for column in item.columns))


def _single(member: Member, item: Item, answers: Answers) -> str:
    """Return the answer to a single item; of ⑫ the result alone, never amounts."""
    if item.key == "residency" and member.result is not None:
        found = (member.result.content or {}).get("residency", {})
        said = str(found.get("residency", ""))
        parts = [" / ".join(words().get(f"result.residency_{said}", (said,)))]
        if categories := "、".join(found.get("specific_category", ())):
            parts.append(f"特定類型 / specific category: {categories}")
        return "\n".join(part for part in parts if part)
    return shown_value(answers.answer(item.key).cell.raw)


def _word(key: str) -> str:
    return " / ".join(words()[f"questionnaire.{key}"])


def _said(key: str) -> str:
    return " / ".join(words()[f"questionnaire_answer.{key}"])
