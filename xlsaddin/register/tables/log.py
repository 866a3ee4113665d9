"""What proves the rest: the audit log, deletions, seals, the definition texts results rest on, settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from xlsaddin.register.tables.base import Base


class Setting(Base):
    """Facts about the register itself: schema version, creation, last backup."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str]


class KeptText(Base):
    """A definition file (checklist, rules, profile ...) as results rest on it, by its digest."""

    __tablename__ = "kept_text"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str]
    text: Mapped[str]


class SealKept(Base):
    """A seal this institution made or received: `removed` differs from `never sealed`."""

    __tablename__ = "seal_kept"
    id: Mapped[int] = mapped_column(primary_key=True)
    subject_code: Mapped[str | None] = mapped_column(ForeignKey("subject.code"), index=True)
    seal_id: Mapped[str] = mapped_column(String(64), unique=True)
    key_id: Mapped[str] = mapped_column(String(64))
    root: Mapped[str] = mapped_column(String(64))
    sealed_at: Mapped[datetime]


class Deletion(Base):
    """The record that something was deleted: of whom (code), why, when, by whom, and how much; never what."""

    __tablename__ = "deletion"
    id: Mapped[int] = mapped_column(primary_key=True)
    subject_code: Mapped[str] = mapped_column(ForeignKey("subject.code"), index=True)
    reason: Mapped[str] = mapped_column(String(20))
    deleted_at: Mapped[datetime]
    deleted_by: Mapped[str]
    counts: Mapped[dict[str, Any]]


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
