"""The TOML form of checklists and profiles, and how it becomes models; `loading` and `profiles` rest on it.

- `[choices.<list>]` holds closed choices, a line each: `key = ["日本語", "English", "further spelling" …]`
- `[[sections]]` are sheets of single items
- `[[items]]` are the questions in the order shown; a table item names its own `sheet` instead of a `section`
- `[like.<kind>]` holds what several items share; an item with `like = "<kind>"` has it, its own words win
- `[[beside.<group>]]` are fields that many questions carry to their right (条項番号, 修正案 …): an item with
  `beside_fields = "<group>"` gets one item for each, keyed `<item>_<suffix>`; `{key}` in its rules is the question
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from xlsaddin import resources
from xlsaddin.errors import DefinitionError

Table = dict[str, Any]
M = TypeVar("M", bound=BaseModel)

_BILINGUAL = ("label_ja", "label_en", "help_ja", "help_en")


def read_toml(path: Path) -> Table:
    """Return the content of a definition file; raises DefinitionError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefinitionError("RS-DEF-001", path=path.name, reason=str(error)) from None


def build_model(model: type[M], content: Mapping[str, Any], path: Path) -> M:
    """Return the validated model of a definition; raises DefinitionError with file, places and reasons."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        reasons = "; ".join(f"{_place(fault['loc'], content)}: {fault['msg']}" for fault in error.errors()[:5])
        raise DefinitionError("RS-DEF-001", path=path.name, reason=reasons) from None


def parse_choices(raw: Mapping[str, Mapping[str, Sequence[str]]], path: Path) -> dict[str, list[Table]]:
    """Return choice lists by key from their short form; raises DefinitionError for a line without two labels."""
    return {name: [_choice(name, key, labels, path) for key, labels in listed.items()] for name, listed in raw.items()}


@cache
def shared_choices() -> Mapping[str, list[Table]]:
    """Return the choice lists that all checklists may use (`data/choices.toml`)."""
    path = resources.package_path("choices.toml")
    return parse_choices(read_toml(path), path)


def place_items(sections: Sequence[Table], items: Sequence[Table]) -> tuple[list[Table], list[Table]]:
    """Return sections and items with a section made for each table item that names its own sheet.

    Sections come in the order of their first items.
    """
    known = {section["key"]: section for section in sections if "key" in section}
    placed: list[Table] = []
    for item in items:
        own = dict(item)
        if "sheet" in own:
            own["section"] = own["key"]
            labels = {name: own[name] for name in _BILINGUAL if name in own}
            known[own["key"]] = {"key": own["key"], "sheet": own.pop("sheet"), **labels}
        placed.append(own)
    order = list(dict.fromkeys(own.get("section", "") for own in placed))
    rest = [key for key in known if key not in order]
    return [known[key] for key in (*order, *rest) if key in known], placed


def spread_items(raw: Mapping[str, Any], path: Path) -> list[Table]:
    """Return the items with what they share written out and the fields beside them; raises DefinitionError."""
    spread: list[Table] = []
    for item in raw.get("items", []):
        question = {**_named(raw, "like", item.get("like", ""), path), **item}
        group = question.pop("beside_fields", "")
        question.pop("like", None)
        spread += [question, *(_beside(part, question) for part in _named(raw, "beside", group, path))]
    return spread


def _named(raw: Mapping[str, Any], kind: str, name: str, path: Path) -> Any:
    """Return the shared part an item names, an empty one when it names none; raises DefinitionError."""
    if name and name not in raw.get(kind, {}):
        raise DefinitionError("RS-DEF-001", path=path.name, reason=f"no {kind}.{name}, which an item names")
    return raw[kind][name] if name else {}


def _beside(part: Table, question: Table) -> Table:
    own = {name: value for name, value in part.items() if name != "suffix"}
    if "required_if" in own:
        own["required_if"] = own["required_if"].replace("{key}", question["key"])
    shared: Table = {name: question[name] for name in ("section", "applies_if") if name in question}
    return {**shared, **own, "key": f"{question['key']}_{part['suffix']}", "beside": question["key"]}


def _choice(name: str, key: str, labels: Sequence[str], path: Path) -> Table:
    if len(labels) < 2 or not all(isinstance(label, str) for label in labels):
        reason = f"choice {name}.{key} needs a Japanese and an English label"
        raise DefinitionError("RS-DEF-001", path=path.name, reason=reason)
    japanese, english, *aliases = labels
    return {"key": key, "ja": japanese, "en": english, "aliases": aliases}


def _place(location: tuple[int | str, ...], content: Any) -> str:
    """Render where a fault lies, with the key of each list element instead of its index."""
    parts: list[str] = []
    for step in location:
        try:
            content = content[step]
        except (KeyError, IndexError, TypeError):
            content = None
        named = content.get("key") if isinstance(step, int) and isinstance(content, dict) else None
        parts.append(str(named or step))
    return ".".join(parts)
