"""What a roster says, independent of the workbook it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from xlsaddin.findings import Finding, Location

__all__ = ["Notice", "ResearchCase", "Roster", "Subject"]


@dataclass(frozen=True, slots=True)
class ResearchCase:
    """A project that applies: number, title, programme, funder, fiscal year, deadline, name of its profile."""

    number: str
    title: str = ""
    programme: str = ""
    funder: str = ""
    application_year: int | None = None
    deadline: date | None = None
    profile: str = "default"


@dataclass(frozen=True, slots=True)
class Notice:
    """What everybody is told: who asks, why they may be sure of it, who receives the answers, how long they are kept.

    Attributes:
        institution, office, sender, contact, deputy: who asks; `sender` is the address mails come from.
        retention, recipients, recipient_abroad: as the notice of the forms has them.
        institution_role, institution_kind: choices as written.
        return_way, verify: how to return the form, where to check that the mail is genuine.
        share, nda: where forms are laid out, and what confidentiality partners are promised; may be empty.
    """

    institution: str = ""
    office: str = ""
    sender: str = ""
    contact: str = ""
    deputy: str = ""
    retention: str = ""
    recipients: str = ""
    recipient_abroad: str = ""
    institution_role: str = ""
    institution_kind: str = ""
    return_way: str = ""
    verify: str = ""
    share: str = ""
    nda: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """One person, partner, supporter or contract that gets a workbook.

    Attributes:
        id: code that becomes the file name; never a name.
        form: key of the checklist.
        name: how the mail greets; email: where it goes, empty for none. language: `both`, `ja` or `en`.
        cases: all projects, one workbook for them together.
        facts: what the roster knows, by item key of the form, as written.
        location: row of the roster.
    """

    id: str
    form: str
    name: str
    email: str
    language: str
    cases: tuple[ResearchCase, ...]
    facts: Mapping[str, object]
    location: Location = field(default_factory=Location)

    @property
    def case_text(self) -> str:
        """The numbers of all projects, as subjects of mails and file lists show them."""
        return "・".join(case.number for case in self.cases)

    @property
    def deadline(self) -> date | None:
        """The earliest deadline of the projects."""
        return min((case.deadline for case in self.cases if case.deadline), default=None)


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster as read, with everything that has to be mended in it."""

    notice: Notice
    cases: tuple[ResearchCase, ...]
    subjects: tuple[Subject, ...]
    findings: tuple[Finding, ...]
