"""The mail that goes with a form: which text, which facts, in whose words the form can be had."""

from __future__ import annotations

from datetime import date

from xlsaddin.checklist.model import Checklist
from xlsaddin.exchange.mail.draft import Draft
from xlsaddin.exchange.mail.texts import load_text
from xlsaddin.exchange.outbox.delivery import Delivery
from xlsaddin.exchange.roster.model import Notice, Subject
from xlsaddin.parameters import Parameters

__all__ = ["deadline_text", "mail_facts", "obtain_texts", "passphrase_draft", "request_draft"]

_TEXTS = {"partner": "company", "contract": "referral"}
_OWN_RULES = "当機関の情報管理規程"
_NOBODY = "ご担当者"


def request_draft(subject: Subject, notice: Notice, checklist: Checklist, file: str, how: Delivery, day: date) -> Draft:
    """Return the mail that asks a subject for its form, without attachment.

    Args:
        subject, notice: of the roster. checklist: of the form. file: name of the workbook.
        how: it is delivered. day: on which parameters are looked up.
    """
    kind = _TEXTS.get(subject.form, "request")
    subject_line, body = load_text(kind).render(mail_facts(subject, notice, checklist, file, how, day))
    return Draft(f"{subject.id}/{checklist.key}/{kind}", notice.sender, (subject.email,), subject_line, body)


def passphrase_draft(subject: Subject, notice: Notice, checklist: Checklist, passphrase: str, day: date) -> Draft:
    """Return the mail with a passphrase, made only where that was switched on; it leaves after the form."""
    facts = mail_facts(subject, notice, checklist, "", Delivery.ENCRYPT, day)
    subject_line, body = load_text("passphrase").render({**facts, "passphrase": passphrase})
    key = f"{subject.id}/{checklist.key}/{_TEXTS.get(subject.form, 'request')}-passphrase"
    return Draft(key, notice.sender, (subject.email,), subject_line, body)


def mail_facts(
    subject: Subject, notice: Notice, checklist: Checklist, file: str, how: Delivery, day: date
) -> dict[str, object]:
    """Return what mails to a subject may name; texts take what they need."""
    parameters = Parameters(day)
    programmes = dict.fromkeys(case.programme for case in subject.cases if case.programme)
    obtain_ja, obtain_en = obtain_texts(notice.share or notice.return_way, file, how)
    minutes = f"minutes_{checklist.key}"
    return {
        **{name: getattr(notice, name) for name in ("institution", "office", "contact", "retention", "recipients")},
        "return_way": notice.return_way,
        "verify": notice.verify,
        "deputy": notice.deputy or notice.contact,
        "nda": notice.nda or _OWN_RULES,
        "case": subject.case_text,
        "programme": "・".join(programmes),
        "clause": checklist.reference,
        "form": checklist.title_ja,
        "form_en": checklist.title_en,
        "name_line": f"{subject.name or _NOBODY} 様",
        "recipient": subject.name or _NOBODY,
        "deadline": deadline_text(subject.deadline, parameters),
        "minutes": parameters.integer(minutes) if checklist.key in ("researcher", "integrity") else "",
        "obtain": obtain_ja,
        "obtain_en": obtain_en,
        "id": subject.id,
        "link": obtain_ja,
        "link_en": obtain_en,
        "question": f"{checklist.title_ja}の各観点の適切性",
        "question_en": f"each aspect of the {checklist.title_en}",
    }


def deadline_text(deadline: date | None, parameters: Parameters) -> str:
    """Return a deadline as mails write it, such as `9/11 17:00 JST`; empty where there is none."""
    return f"{deadline.month}/{deadline.day} {parameters.text('deadline_time')}" if deadline else ""


def obtain_texts(place: str, file: str, how: Delivery) -> tuple[str, str]:
    """Return how a workbook is to be had, in both languages: laid out at a place, or attached."""
    match how:
        case Delivery.SHARE:
            return f"{place} に置きました（{file}）", f"laid out at {place} ({file})"
        case Delivery.ENCRYPT:
            return (
                f"添付の {file}（開くためのパスワードは、このメールとは別の方法でお渡しします）",
                f"the attached {file} (you get its password by another channel, not by mail)",
            )
        case Delivery.ATTACH:
            return f"添付の {file}", f"the attached {file}"
