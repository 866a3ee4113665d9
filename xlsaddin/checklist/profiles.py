"""Funder profiles: what one funder asks beyond a checklist, and which readings of the procedure it takes.

A profile changes look-back classes, parameters, lists and adds questions (slot ⑬) without touching a checklist.
Shipped in `data/profiles/*.toml`; an institution's own stand in `profiles/` of the state folder and win by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field

from xlsaddin import resources
from xlsaddin.checklist.definition import Table, build_model, parse_choices, place_items, read_toml
from xlsaddin.checklist.model import Checklist, Choice, Definition, Item, Key, Lookback, Section
from xlsaddin.errors import DefinitionError

P = TypeVar("P", Item, Section)

__all__ = ["Addition", "Change", "Deadline", "Profile", "load_profile", "profile_names"]


class Addition(Definition):
    """Questions a funder adds to one checklist, on sheets of their own, and the choice lists they use."""

    sections: tuple[Section, ...] = ()
    items: tuple[Item, ...] = ()
    choices: dict[str, tuple[Choice, ...]] = Field(default_factory=dict)


class Change(Definition):
    """What a funder asks differently about one item; what is not named stays as in the checklist."""

    lookback: Lookback | None = None
    required: bool | None = None
    help_ja: str | None = None
    help_en: str | None = None


class Deadline(Definition):
    """A day by which something must have reached the funder (公募要領で定める期限)."""

    key: Key
    ja: str
    en: str
    day: date


class Profile(Definition):
    """One funder profile.

    Attributes:
        key: its name, such as `wide`; title_ja, title_en: as shown; reference: the document it follows.
        lists: ids of the lists that must be screened against: without one of them the result is inconclusive.
        lists_if_stored: further lists used when the store has them.
        own_lists: True when the institution's own lists (`own_…`) are used too.
        parameters: values laid over the dated parameters, by parameter key.
        changes: what is asked differently, by checklist and item key.
        deadlines: as printed in the funder's call.
        additions: questions added, by checklist key.
    """

    key: Key
    title_ja: str
    title_en: str
    reference: str = ""
    checked_on: date | None = None
    lists: tuple[str, ...]
    lists_if_stored: tuple[str, ...] = ()
    own_lists: bool = True
    parameters: dict[str, Any] = Field(default_factory=dict)
    changes: dict[Key, dict[Key, Change]] = Field(default_factory=dict)
    deadlines: tuple[Deadline, ...] = ()
    additions: dict[Key, Addition] = Field(default_factory=dict)

    def extend(self, checklist: Checklist) -> Checklist:
        """Return the checklist as this funder asks it; raises DefinitionError for a change of an item it has not."""
        changes = self.changes.get(checklist.key, {})
        if unknown := set(changes) - {item.key for item in checklist.items}:
            reason = f"changes.{checklist.key}: no item {', '.join(sorted(unknown))}"
            raise DefinitionError("RS-DEF-001", path=f"{self.key}.toml", reason=reason)
        addition = self.additions.get(checklist.key, Addition())
        return checklist.model_copy(
            update={
                "sections": (*(_changed(section, changes) for section in checklist.sections), *addition.sections),
                "items": (*(_changed(item, changes) for item in checklist.items), *addition.items),
                "choices": checklist.choices | addition.choices,
            }
        )


def _changed(part: P, changes: Mapping[str, Change]) -> P:
    """Return an item, or the section made for a table item, with the profile's change of it."""
    change = changes.get(part.key, Change())
    stated = change.model_dump(exclude_none=True)
    return part.model_copy(update={name: value for name, value in stated.items() if name in type(part).model_fields})


def profile_names() -> tuple[str, ...]:
    """Return the names of all profiles, shipped ones and the institution's own."""
    return tuple(sorted(_files()))


def load_profile(name: str = "default") -> Profile:
    """Return a profile by name; raises DefinitionError."""
    path = _files().get(name)
    if path is None:
        raise DefinitionError("RS-DEF-003", key=name, known=", ".join(profile_names()))
    return _load_file(path, path.stat().st_mtime_ns)


def _files() -> dict[str, Path]:
    shipped = {path.stem: path for path in resources.package_files("profiles", ".toml")}
    return shipped | {path.stem: path for path in sorted((resources.home() / "profiles").glob("*.toml"))}


@cache
def _load_file(path: Path, _changed: int) -> Profile:
    raw = read_toml(path)
    raw["additions"] = {key: _addition(part, path) for key, part in raw.get("additions", {}).items()}
    profile = build_model(Profile, {"key": path.stem} | raw, path)
    if profile.key != path.stem:
        raise DefinitionError("RS-DEF-001", path=path.name, reason=f"key {profile.key} differs from the file name")
    return profile


def _addition(part: Table, path: Path) -> Table:
    sections, items = place_items(part.get("sections", []), part.get("items", []))
    return {"sections": sections, "items": items, "choices": parse_choices(part.get("choices", {}), path)}
