"""The clauses of the procedure, and which items, checks, indicators and tests serve each of them.

Clauses stand in `data/clauses.toml`, doubts about their wording in `data/doubts.toml`.  Items and indicators are found
by the clause they name, so that a clause nobody serves shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from xlsaddin import resources
from xlsaddin.assessment.definition import read_rule_file
from xlsaddin.checklist.definition import build_model, read_toml
from xlsaddin.checklist.loading import checklist_keys, load_checklist
from xlsaddin.checklist.model import Definition, Item, Key

__all__ = ["Clause", "Doubt", "Strength", "find_clause", "indicators_of", "items_of", "load_clauses", "load_doubts"]

_NUMBERS = re.compile(r"[①-⑳]+$")
_PREFIX = re.compile(r"^手順書")


class Strength(StrEnum):
    """How a clause binds, in the procedure's own words."""

    MUST = "must"  # 最低限実施すべき措置: …が必要である
    DESIRABLE = "desirable"  # 実施することが望ましい措置
    SCOPE = "scope"  # what the procedure applies to
    EXAMPLE = "example"  # 例示


class Clause(Definition):
    """One clause.

    Attributes:
        id: as printed, with a word of ours where several sentences stand under one number.
        actor: institution, lead, joint, or funding (the scope).
        ja, en: the clause in short. checks: codes of messages. tests: `file::function`.
        also: items `checklist.item` that serve it without naming it.
    """

    id: str
    strength: Strength
    actor: str
    ja: str
    en: str
    checks: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


class Doubt(Definition):
    """Something the procedure's digest leaves in doubt: what, how it is read here, and `where` that is changed."""

    key: Key
    clauses: tuple[str, ...]
    ja: str
    en: str
    reading_ja: str
    reading_en: str
    where: tuple[str, ...]


class _Clauses(Definition):
    clauses: tuple[Clause, ...]


class _Doubts(Definition):
    doubts: tuple[Doubt, ...]


@cache
def load_clauses() -> tuple[Clause, ...]:
    """Return every clause, in the order of the procedure."""
    path = resources.package_path("clauses.toml")
    return build_model(_Clauses, read_toml(path), path).clauses


@cache
def load_doubts() -> tuple[Doubt, ...]:
    """Return every doubt."""
    path = resources.package_path("doubts.toml")
    return build_model(_Doubts, read_toml(path), path).doubts


def find_clause(named: str) -> Clause | None:
    """Return the clause an item or rule names; 3-3(2)(i)⑤ is 3-3(2)(i), which takes its numbers from (1)(i)."""
    known = {clause.id: clause for clause in load_clauses()}
    return known.get(named) or known.get(_NUMBERS.sub("", named))


def items_of(clause: Clause) -> list[str]:
    """Return the checklist items that serve a clause as `checklist.item`, those named by hand last."""
    found = [f"{key}.{item.key}" for key in checklist_keys() for item in _items(key) if _serves(item, clause)]
    return [*found, *(item for item in clause.also if item not in found)]


def indicators_of(clause: Clause) -> list[str]:
    """Return the indicators of the rules that rest on a clause as `checklist.indicator`."""
    files = ("common", *checklist_keys())
    indicators = [(name, indicator) for name in files for indicator in read_rule_file(name).indicators]
    return [f"{name}.{found.key}" for name, found in indicators if clause.id in references(found.reference)]


def references(text: str) -> frozenset[str]:
    """Return the clauses a reference names: 「手順書3-3(1)(i)③④」 is ③ and ④."""
    parts = [_PREFIX.sub("", part.strip()) for part in re.split(r"[、,]", text)]
    return frozenset(found.id for part in parts for named in _split_numbers(part) if (found := find_clause(named)))


def _split_numbers(named: str) -> Iterator[str]:
    numbers = _NUMBERS.search(named)
    if numbers is None:
        yield named
        return
    yield from (named[: numbers.start()] + number for number in numbers.group())


def _items(key: str) -> tuple[Item, ...]:
    return load_checklist(key).items


def _serves(item: Item, clause: Clause) -> bool:
    return any(named and find_clause(named) is clause for named in (item.clause, item.clause_joint))
