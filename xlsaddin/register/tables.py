"""The tables of the register, as SQLAlchemy models. One schema for SQLite and PostgreSQL.

Personal content stands in columns that erasure sets to null; what remains are ids, states, digests and dates.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

SCHEMA_VERSION = 1


class Base(DeclarativeBase):
    """Base of all tables."""

    type_annotation_map = {dict[str, Any]: JSON(none_as_null=True), list[str]: JSON}  # noqa: RUF012 - SQLAlchemy's form


class Setting(Base):
    """Facts about the register itself: schema version, creation, last backup."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str]


class Case(Base):
    """A research project that applies to a designated programme (課題)."""

    __tablename__ = "case"
    number: Mapped[str] = mapped_column(String(80), primary_key=True)
    title: Mapped[str] = mapped_column(default="")
    funder: Mapped[str] = mapped_column(default="")
    profile: Mapped[str] = mapped_column(default="default")
    role: Mapped[str] = mapped_column(default="lead")
    deadline: Mapped[date | None]
    closed_on: Mapped[date | None]


class Subject(Base):
    """A person, partner, supporter or contract that is checked. `name` is null once erased."""

    __tablename__ = "subject"
    code: Mapped[str] = mapped_column(String(80), primary_key=True)
    checklist: Mapped[str] = mapped_column(String(40))
    name: Mapped[str | None]
    department: Mapped[str] = mapped_column(default="")
    recruitment: Mapped[bool] = mapped_column(default=False)
    erased_on: Mapped[date | None]


class Membership(Base):
    """A subject's part in a case: since when, until when, and the conflicts of interest of reviewers (利害関係)."""

    __tablename__ = "membership"
    case_number: Mapped[str] = mapped_column(ForeignKey("case.number"), primary_key=True)
    subject_code: Mapped[str] = mapped_column(ForeignKey("subject.code"), primary_key=True)
    role: Mapped[str] = mapped_column(default="")
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]
    conflicts: Mapped[list[str]] = mapped_column(default=list)


class Submission(Base):
    """One version of one declaration as received; every version is kept. `answers` is null once erased."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("subject_code", "version"), UniqueConstraint("subject_code", "sha256"))
    id: Mapped[int] = mapped_column(primary_key=True)
    subject_code: Mapped[str] = mapped_column(ForeignKey("subject.code"), index=True)
    version: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str]
    checklist: Mapped[str] = mapped_column(String(40))
    template_version: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime]
    answers: Mapped[dict[str, Any] | None]


class Result(Base):
    """One review of one submission: what it rests on and what came out. `content` is null once erased."""

    __tablename__ = "result"
    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    subject_code: Mapped[str] = mapped_column(ForeignKey("subject.code"), index=True)
    reviewed_at: Mapped[datetime]
    as_of: Mapped[date]
    engine: Mapped[str] = mapped_column(String(20))
    rules_version: Mapped[str] = mapped_column(String(40))
    template_version: Mapped[str] = mapped_column(String(20))
    profile: Mapped[str] = mapped_column(String(40))
    level: Mapped[str] = mapped_column(String(12))
    score: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    errors: Mapped[int]
    warnings: Mapped[int]
    to_judge: Mapped[int]
    content: Mapped[dict[str, Any] | None]


class ListUsed(Base):
    """A list edition one result rests on."""

    __tablename__ = "list_used"
    result_id: Mapped[int] = mapped_column(ForeignKey("result.id"), primary_key=True)
    list_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    edition: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64))
    entries: Mapped[int]
    confirmed_on: Mapped[date | None]
    usable: Mapped[bool]


class SeenHit(Base):
    """A hit of the newest result of a subject: what rescreening and the worklist look at. `query` null once erased."""

    __tablename__ = "seen_hit"
    __table_args__ = (Index("seen_hit_body", "subject_code", "body"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("result.id"), index=True)
    subject_code: Mapped[str] = mapped_column(ForeignKey("subject.code"), index=True)
    item: Mapped[str] = mapped_column(String(60))
    cell: Mapped[str] = mapped_column(String(60))
    query: Mapped[str | None]
    list_id: Mapped[str] = mapped_column(String(60))
    entry_number: Mapped[str]
    body: Mapped[str]
    entry_digest: Mapped[str] = mapped_column(String(64))
    score: Mapped[float]
    band: Mapped[str] = mapped_column(String(10))
    standing: Mapped[str] = mapped_column(String(12))


class Remembered(Base):
    """A judgement of a person on (subject, body). A later one supersedes it; nothing is overwritten."""

    __tablename__ = "remembered"
    __table_args__ = (Index("remembered_pair", "subject_code", "body"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    subject_code: Mapped[str] = mapped_column(ForeignKey("subject.code"))
    body: Mapped[str]
    entry_digest: Mapped[str] = mapped_column(String(64))
    query_key: Mapped[str] = mapped_column(default="")
    disposition: Mapped[str] = mapped_column(String(16))
    relation: Mapped[str] = mapped_column(default="")
    reason: Mapped[str | None]
    reviewer: Mapped[str]
    judged_on: Mapped[date]
    approver: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
    superseded_by: Mapped[int | None]


class AgreedMeasure(Base):
    """A mitigation measure (3-4): proposed, agreed or declined with its reason, done with its evidence."""

    __tablename__ = "agreed_measure"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey("case.number"), index=True)
    subject_code: Mapped[str] = mapped_column(ForeignKey("subject.code"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    text: Mapped[str]
    required: Mapped[bool]
    status: Mapped[str] = mapped_column(String(12), default="proposed")
    reason: Mapped[str] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(default="")
    due: Mapped[date | None]
    done_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(default="")


class FollowUp(Base):
    """Something to be done after the start (3-5), with its due date and who does it."""

    __tablename__ = "follow_up"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_number: Mapped[str | None] = mapped_column(ForeignKey("case.number"), index=True)
    subject_code: Mapped[str | None] = mapped_column(ForeignKey("subject.code"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    role: Mapped[str] = mapped_column(String(40))
    text: Mapped[str]
    due: Mapped[date]
    done_on: Mapped[date | None]


class Correction(Base):
    """An error found in a declaration (3-5): reported to the funder, due diligence done again."""

    __tablename__ = "correction"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey("case.number"), index=True)
    subject_code: Mapped[str] = mapped_column(ForeignKey("subject.code"), index=True)
    item: Mapped[str] = mapped_column(String(60))
    before: Mapped[str | None]
    after: Mapped[str | None]
    found_on: Mapped[date]
    reported_on: Mapped[date | None]
    redone_on: Mapped[date | None]


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


class SealKept(Base):
    """A seal this institution made or received: `removed` differs from `never sealed`."""

    __tablename__ = "seal_kept"
    id: Mapped[int] = mapped_column(primary_key=True)
    subject_code: Mapped[str | None] = mapped_column(ForeignKey("subject.code"), index=True)
    seal_id: Mapped[str] = mapped_column(String(64), unique=True)
    key_id: Mapped[str] = mapped_column(String(64))
    root: Mapped[str] = mapped_column(String(64))
    sealed_at: Mapped[datetime]


class AuditEntry(Base):
    """One line of the audit log. `salt` and `payload` are null once erased; the chain stays whole."""

    __tablename__ = "audit"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(60))
    target: Mapped[str] = mapped_column(String(200))
    subject_code: Mapped[str | None] = mapped_column(String(80), index=True)
    salt: Mapped[str | None] = mapped_column(String(64))
    payload: Mapped[str | None]
    digest: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    chain: Mapped[str] = mapped_column(String(64))
