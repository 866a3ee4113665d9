"""Who may see what: the table `data/release.toml`, an institution's own `release.toml` in the state folder wins."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

from xlsaddin import resources
from xlsaddin.checklist.definition import build_model, read_toml
from xlsaddin.checklist.model import Definition

__all__ = ["Access", "Audience", "Grounds", "load_audience"]


class Access(StrEnum):
    """What a recipient gets of a group of items."""

    FULL = "full"
    ROLE = "role"
    ASKED = "asked"
    OFFICER = "officer"
    STATE = "state"
    NONE = "none"


class Recipient(Definition):
    """One recipient: its name and what it gets of each group."""

    ja: str
    en: str
    items: Access
    misconduct: Access
    residency: Access
    funder: Access


class Grounds(Definition):
    """What a release rests on: the role of the person, whether the recipient asked, whether it goes to the officer."""

    role: str = ""
    asked: bool = False
    officer: bool = False


class Audience(Definition):
    """The whole table: items by group, recipients by key."""

    groups: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    recipients: dict[str, Recipient] = Field(default_factory=dict)

    def withheld(self, recipient: str, grounds: Grounds) -> frozenset[str]:
        """Return the items a recipient does not get; raises KeyError for a recipient that is not in the table."""
        found = self.recipients[recipient]
        hidden = (group for group in self.groups if not _granted(Access(getattr(found, group)), grounds))
        return frozenset(item for group in hidden for item in self.groups[group])


def load_audience() -> Audience:
    """Return the table; raises DefinitionError when it contradicts itself or cannot be read."""
    own = resources.home() / "release.toml"
    path = own if own.exists() else resources.package_path("release.toml")
    return build_model(Audience, read_toml(path), path)


def _granted(access: Access, grounds: Grounds) -> bool:
    granted: Mapping[Access, bool] = {
        Access.FULL: True,
        Access.ROLE: grounds.role == "co_pi",
        Access.ASKED: grounds.asked,
        Access.OFFICER: grounds.officer,
    }
    return granted.get(access, False)
