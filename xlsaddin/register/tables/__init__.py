"""The tables of the register, as SQLAlchemy models. One schema for SQLite and PostgreSQL.

Personal content stands in columns that erasure sets to null; what remains are codes, states, digests and dates.
"""

from xlsaddin.register.tables.base import SCHEMA_VERSION, Base
from xlsaddin.register.tables.judged import Decision, Interest, Remembered
from xlsaddin.register.tables.log import AuditEntry, Deletion, KeptText, SealKept, Setting
from xlsaddin.register.tables.results import ListUsed, Result, ScreenedAgain, SeenFinding, SeenHit
from xlsaddin.register.tables.subjects import Case, Membership, Subject, Submission
from xlsaddin.register.tables.work import AgreedMeasure, Correction, Experience, FollowUp

__all__ = [
    "SCHEMA_VERSION",
    "AgreedMeasure",
    "AuditEntry",
    "Base",
    "Case",
    "Correction",
    "Decision",
    "Deletion",
    "Experience",
    "FollowUp",
    "Interest",
    "KeptText",
    "ListUsed",
    "Membership",
    "Remembered",
    "Result",
    "ScreenedAgain",
    "SealKept",
    "SeenFinding",
    "SeenHit",
    "Setting",
    "Subject",
    "Submission",
]
