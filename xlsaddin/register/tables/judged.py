"""What persons decided: judgements on hits, decisions that need two persons, and who may not judge whom."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from xlsaddin.register.tables.base import Base


class Remembered(Base):
    """A judgement on (subject, body). A later one supersedes it; nothing is overwritten.

    `names` are the spellings judged, normalised; another spelling re-opens it. `names` and `reason` are null once
    erased.
    """

    __tablename__ = "remembered"
    __table_args__ = (Index("remembered_pair", "subject_code", "body"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    subject_code: Mapped[str] = mapped_column(ForeignKey("subject.code"))
    body: Mapped[str]
    entry_digest: Mapped[str] = mapped_column(String(64))
    names: Mapped[list[str] | None]
    disposition: Mapped[str] = mapped_column(String(16))
    relation: Mapped[str] = mapped_column(default="")
    reason: Mapped[str | None]
    reviewer: Mapped[str]
    judged_on: Mapped[date]
    approver: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]


class Decision(Base):
    """A decision by the organisation that takes two persons: level critical, an exception, a difference unexplained.

    `reason` is null once erased.
    """

    __tablename__ = "decision"
    id: Mapped[int] = mapped_column(primary_key=True)
    subject_code: Mapped[str] = mapped_column(ForeignKey("subject.code"), index=True)
    case_number: Mapped[str | None] = mapped_column(ForeignKey("case.number"))
    kind: Mapped[str] = mapped_column(String(20))
    matter: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str]
    reason: Mapped[str | None]
    decided_by: Mapped[str]
    decided_on: Mapped[date]
    approved_by: Mapped[str] = mapped_column(default="")
    approved_on: Mapped[date | None]
    result_id: Mapped[int | None] = mapped_column(ForeignKey("result.id"))


class Interest(Base):
    """What an officer stated once about a case or subject (利害関係 無/有); the latest statement holds."""

    __tablename__ = "interest"
    id: Mapped[int] = mapped_column(primary_key=True)
    officer: Mapped[str] = mapped_column(index=True)
    case_number: Mapped[str | None] = mapped_column(ForeignKey("case.number"))
    subject_code: Mapped[str | None] = mapped_column(ForeignKey("subject.code"))
    kind: Mapped[str] = mapped_column(String(20))
    stated_on: Mapped[date]
