"""What came out of reviews: results with everything they rest on, and the hits and findings of the newest ones."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from xlsaddin.register.tables.base import Base


class Result(Base):
    """One review of one submission. `content` (the whole result) and the file names are null once erased.

    `confirmed_on` is the last day it was found to hold unchanged. `rests_on` names the definition texts used, by
    digest (see `KeptText`); the lists are in `ListUsed`.
    """

    __tablename__ = "result"
    __table_args__ = (UniqueConstraint("submission_id", "digest"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    subject_code: Mapped[str] = mapped_column(ForeignKey("subject.code"), index=True)
    checklist: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    reviewed_at: Mapped[datetime]
    as_of: Mapped[date]
    confirmed_on: Mapped[date]
    lookback_start: Mapped[date]
    engine: Mapped[str] = mapped_column(String(20))
    rules_version: Mapped[str] = mapped_column(String(40))
    template_version: Mapped[str] = mapped_column(String(20))
    profile: Mapped[str] = mapped_column(String(40))
    rests_on: Mapped[dict[str, Any]]
    level: Mapped[str] = mapped_column(String(12))
    score: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    errors: Mapped[int]
    warnings: Mapped[int]
    to_judge: Mapped[int]
    differences: Mapped[int]
    must_filled: Mapped[int]
    must_total: Mapped[int]
    residency: Mapped[str] = mapped_column(String(20), default="")
    file_sha256: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str | None]
    reviewed_copy: Mapped[str | None]
    content: Mapped[dict[str, Any] | None]
    newest: Mapped[bool] = mapped_column(default=True, index=True)


class ListUsed(Base):
    """A list edition one result rests on, or the list that could not be used."""

    __tablename__ = "list_used"
    result_id: Mapped[int] = mapped_column(ForeignKey("result.id"), primary_key=True)
    list_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    edition: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64))
    entries: Mapped[int]
    confirmed_on: Mapped[date | None]
    usable: Mapped[bool]


class ScreenedAgain(Base):
    """A later screening of the same names, on newer editions, that brought nothing new: the result holds."""

    __tablename__ = "screened_again"
    id: Mapped[int] = mapped_column(primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("result.id"), index=True)
    as_of: Mapped[date]
    lists: Mapped[dict[str, Any]]


class SeenHit(Base):
    """A hit of the newest result of a subject: what rescreening and the worklist look at.

    `query` is null once erased.
    """

    __tablename__ = "seen_hit"
    __table_args__ = (Index("seen_hit_body", "subject_code", "body"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("result.id"), index=True)
    subject_code: Mapped[str] = mapped_column(ForeignKey("subject.code"))
    item: Mapped[str] = mapped_column(String(60))
    cell: Mapped[str] = mapped_column(String(60))
    query: Mapped[str | None]
    list_id: Mapped[str] = mapped_column(String(60))
    entry_number: Mapped[str]
    listed: Mapped[str]
    body: Mapped[str]
    entry_digest: Mapped[str] = mapped_column(String(64))
    score: Mapped[float]
    band: Mapped[str] = mapped_column(String(10))
    period: Mapped[str] = mapped_column(String(12))
    ruling: Mapped[str] = mapped_column(String(12))
    standing: Mapped[str] = mapped_column(String(12))


class SeenFinding(Base):
    """A finding of the newest result of a subject, without its sentence, which may quote the person."""

    __tablename__ = "seen_finding"
    id: Mapped[int] = mapped_column(primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("result.id"), index=True)
    subject_code: Mapped[str] = mapped_column(ForeignKey("subject.code"), index=True)
    code: Mapped[str] = mapped_column(String(30), index=True)
    severity: Mapped[str] = mapped_column(String(10))
    item: Mapped[str] = mapped_column(String(60))
    cell: Mapped[str] = mapped_column(String(60))
    difference: Mapped[bool]
