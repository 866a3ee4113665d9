"""Cases, who and what is checked in them, and every version of every declaration."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from xlsaddin.register.tables.base import Base


class Case(Base):
    """A research project that applies to a designated programme (課題)."""

    __tablename__ = "case"
    number: Mapped[str] = mapped_column(String(80), primary_key=True)
    title: Mapped[str] = mapped_column(default="")
    funder: Mapped[str] = mapped_column(default="")
    profile: Mapped[str] = mapped_column(String(40), default="default")
    role: Mapped[str] = mapped_column(String(10), default="lead")
    deadline: Mapped[date | None]
    started_on: Mapped[date | None]
    closed_on: Mapped[date | None]


class Subject(Base):
    """A person, partner, supporter, contract or project that is checked; `kind` is `person` or the checklist's key.

    `name`, `names` (all spellings) and `identity` (what finds the subject without a code) are null once erased.
    """

    __tablename__ = "subject"
    code: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    identity: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str | None]
    names: Mapped[list[str] | None]
    department: Mapped[str] = mapped_column(default="")
    recruitment: Mapped[bool] = mapped_column(default=False)
    erased_on: Mapped[date | None]


class Membership(Base):
    """A subject's part in a case: as what, since when, until when."""

    __tablename__ = "membership"
    case_number: Mapped[str] = mapped_column(ForeignKey("case.number"), primary_key=True)
    subject_code: Mapped[str] = mapped_column(ForeignKey("subject.code"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(40), default="")
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]


class Submission(Base):
    """One version of one declaration as received; every version is kept. Names and answers are null once erased."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("subject_code", "checklist", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    subject_code: Mapped[str] = mapped_column(ForeignKey("subject.code"), index=True)
    version: Mapped[int]
    answers_digest: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str | None]
    checklist: Mapped[str] = mapped_column(String(40))
    template_version: Mapped[str] = mapped_column(String(20))
    profile: Mapped[str] = mapped_column(String(40))
    stated_on: Mapped[date | None]
    received_at: Mapped[datetime]
    answers: Mapped[dict[str, Any] | None]
