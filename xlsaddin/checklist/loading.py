"""Loading checklists: shipped ones, the institution's own versions, and a funder profile's additions.

Files are `data/checklists/<key>.toml` (form: `definition`); a file of the same name in `checklists/` of the state
folder is taken instead, so that an institution changes a question without touching the package.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from xlsaddin import resources
from xlsaddin.checklist.consistency import find_problems
from xlsaddin.checklist.definition import (
    build_model,
    parse_choices,
    place_items,
    read_toml,
    shared_choices,
    spread_items,
)
from xlsaddin.checklist.identity_cache import remember_by_identity
from xlsaddin.checklist.model import Checklist
from xlsaddin.checklist.profiles import Profile
from xlsaddin.errors import DefinitionError

__all__ = ["checklist_keys", "load_checklist"]


def checklist_keys() -> tuple[str, ...]:
    """Return the keys of all checklists, the institution's own included."""
    return tuple(sorted(_files()))


def load_checklist(key: str, profile: Profile | None = None) -> Checklist:
    """Return a checklist, complete and consistent; raises DefinitionError.

    Args:
        key: such as `researcher`.
        profile: adds the funder's own questions and its look-back classes; without it the checklist as written.
    """
    path = _files().get(key)
    if path is None:
        raise DefinitionError("RS-DEF-002", key=key, known=", ".join(checklist_keys()))
    checklist = _load_file(path, path.stat().st_mtime_ns)
    if profile is None or key not in {*profile.changes, *profile.additions}:
        return checklist
    return _extended(checklist, profile)


def _files() -> dict[str, Path]:
    shipped = {path.stem: path for path in resources.package_files("checklists", ".toml")}
    return shipped | {path.stem: path for path in sorted((resources.home() / "checklists").glob("*.toml"))}


@cache
def _load_file(path: Path, _changed: int) -> Checklist:
    raw = read_toml(path)
    sections, items = place_items(raw.get("sections", []), spread_items(raw, path))
    choices = {**shared_choices(), **parse_choices(raw.get("choices", {}), path)}
    used = {asked.get("choices") for item in items for asked in (item, *item.get("columns", ()))} | {"status"}
    raw = {name: value for name, value in raw.items() if name not in ("like", "beside")}
    raw |= {"sections": sections, "items": items, "choices": {k: v for k, v in choices.items() if k in used}}
    checklist = build_model(Checklist, raw, path)
    if checklist.key != path.stem:
        raise DefinitionError("RS-DEF-001", path=path.name, reason=f"key {checklist.key} differs from the file name")
    return _checked(checklist, path.name)


@remember_by_identity(limit=64)
def _extended(checklist: Checklist, profile: Profile) -> Checklist:
    return _checked(profile.extend(checklist), f"{checklist.key}.toml + {profile.key}")


def _checked(checklist: Checklist, source: str) -> Checklist:
    if problems := list(find_problems(checklist)):
        raise DefinitionError("RS-DEF-001", path=source, reason="; ".join(problems[:5]))
    return checklist
