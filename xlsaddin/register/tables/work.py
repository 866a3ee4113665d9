"""What is to be done and was done: measures, follow-up, corrections, experience to share."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from xlsaddin.register.tables.base import Base


class AgreedMeasure(Base):
    """A mitigation measure (3-4): proposed, agreed or declined with its reason, done with its evidence.

    `text`, `reason` and `evidence` are null once erased.
    """

    __tablename__ = "agreed_measure"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey("case.number"), index=True)
    subject_code: Mapped[str] = mapped_column(ForeignKey("subject.code"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    text: Mapped[str | None]
    required: Mapped[bool]
    status: Mapped[str] = mapped_column(String(12), default="proposed")
    reason: Mapped[str | None] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(default="")
    proposed_on: Mapped[date]
    due: Mapped[date | None]
    done_on: Mapped[date | None]
    evidence: Mapped[str | None] = mapped_column(default="")


class FollowUp(Base):
    """Something to be done after the start (3-5), with its due date and who does it. `text` is null once erased."""

    __tablename__ = "follow_up"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_number: Mapped[str | None] = mapped_column(ForeignKey("case.number"), index=True)
    subject_code: Mapped[str | None] = mapped_column(ForeignKey("subject.code"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    role: Mapped[str] = mapped_column(String(40))
    text: Mapped[str | None]
    due: Mapped[date]
    done_on: Mapped[date | None]


class Correction(Base):
    """An error found in a declaration (3-5): reported to the funder, due diligence done again.

    `before`, `after`, `cause` and `effect` are null once erased.
    """

    __tablename__ = "correction"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey("case.number"), index=True)
    subject_code: Mapped[str] = mapped_column(ForeignKey("subject.code"), index=True)
    item: Mapped[str] = mapped_column(String(60))
    before: Mapped[str | None]
    after: Mapped[str | None]
    cause: Mapped[str | None]
    effect: Mapped[str | None]
    found_on: Mapped[date]
    reported_on: Mapped[date | None]
    redone_on: Mapped[date | None]
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"))


class Experience(Base):
    """A near miss (ヒヤリハット) or good example (好事例), shared only when allowed and anonymous (3-5)."""

    __tablename__ = "experience"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey("case.number"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str]
    noted_on: Mapped[date]
    may_be_shared: Mapped[bool] = mapped_column(default=False)
    anonymous: Mapped[bool] = mapped_column(default=False)
