"""The roster: who and what is asked, for which projects, and what the notice to them says."""

from xlsaddin.exchange.roster.model import Notice, ResearchCase, Roster, Subject
from xlsaddin.exchange.roster.reading import read_roster

__all__ = ["Notice", "ResearchCase", "Roster", "Subject", "read_roster"]
