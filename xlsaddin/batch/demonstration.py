"""The fictional case of the demonstration: templates filled through the product's own code.

Answers: `data/demo/*.toml`. The listed bodies named in them are taken from a list of the store, else from the
fictional sample list.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from xlsaddin import resources
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.profiles import load_profile
from xlsaddin.checklist.raw import raw_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.files import write_bytes
from xlsaddin.watchlist.store import ListStore
from xlsaddin.workbook.respondent.template import build_template

__all__ = ["DemoWorkbook", "Demonstration", "fill_workbooks"]


@dataclass(frozen=True, slots=True)
class DemoWorkbook:
    """One filled workbook and what it is there to show."""

    path: Path
    shows_ja: str
    shows_en: str


@dataclass(frozen=True, slots=True)
class Demonstration:
    """All filled workbooks, and the list whose bodies they name."""

    workbooks: tuple[DemoWorkbook, ...]
    list_id: str


def fill_workbooks(store: ListStore, day: date, folder: Path, more: Sequence[Path] = ()) -> Demonstration:
    """Build the workbooks of the fictional case into a folder.

    Args:
        store: of lists. day: the workbooks are made for. more: further files of answers, like those of `data/demo`.
    """
    bodies = _bodies(store, day)
    workbooks = []
    for path in (*resources.package_files("demo", ".toml"), *more):
        if path.stem == "bodies":
            continue
        told = _fill_in(tomllib.loads(path.read_text(encoding="utf-8")), bodies)
        target = folder / f"{path.stem}.xlsx"
        write_bytes(target, _build(told, day))
        workbooks.append(DemoWorkbook(target, told["shows_ja"], told["shows_en"]))
    return Demonstration(tuple(workbooks), bodies["list"])


def _build(told: Mapping[str, Any], day: date) -> bytes:
    profile = load_profile()
    checklist = load_checklist(told["checklist"], profile)
    answers = read_answers(checklist, raw_answers(checklist, {**told["single"], **told["tables"]}))
    return build_template(checklist.key, profile.key, prefill=answers, as_of=day)


def _bodies(store: ListStore, day: date) -> Mapping[str, str]:
    """Return names of listed bodies: of the first list of `bodies.toml` that can be used that day."""
    known = tomllib.loads(resources.package_path("demo", "bodies.toml").read_text(encoding="utf-8"))["bodies"]
    stored = store.ids()
    usable = (b for b in known if b["list"] in stored and store.use(b["list"], day).usable)
    chosen: Mapping[str, str] = next(usable, known[-1])
    return chosen


def _fill_in(node: Any, bodies: Mapping[str, str]) -> Any:
    """Return the answers with `{university_han}` and the like replaced."""
    match node:
        case str():
            for key, name in bodies.items():
                node = node.replace(f"{{{key}}}", name)
            return node
        case dict():
            return {key: _fill_in(value, bodies) for key, value in node.items()}
        case list():
            return [_fill_in(value, bodies) for value in node]
        case _:
            return node
