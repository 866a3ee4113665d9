"""What a run over many workbooks comes to, counted in one pass over their JSON objects; light enough for 10,000."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any

from xlsaddin.assessment.model import Level, State
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.codes import Severity
from xlsaddin.errors import DefinitionError
from xlsaddin.report.machine import Json, waits
from xlsaddin.report.outcomes import is_rated

__all__ = [
    "Deadline",
    "Figures",
    "Line",
    "OtherLayer",
    "Trend",
    "count_figures",
    "hits_to_judge",
    "line_of",
    "open_findings",
]

_LEVELS = {level.key: level for level in Level}


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something due: until when (None: at once), who does it, about which case and subject, and the sentence."""

    due: date | None
    role: str
    case: str
    subject: str
    ja: str
    en: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """Where things stood on one day: workbooks by level key, and how many hits waited for a judgement."""

    day: date
    levels: Mapping[str, int]
    to_judge: int = 0


@dataclass(frozen=True, slots=True)
class OtherLayer:
    """Result of the other institution that checks the same Co-PI: which one (`lead`, `joint`), level and state."""

    institution: str
    level: Level
    state: State


@dataclass(frozen=True, slots=True)
class Line:
    """One workbook in the summary. `level` is None when it could not be read; `original` is empty when not known.

    Attributes:
        to_judge: listed bodies that wait for a person, of either institution; other: of a Co-PI, else None.
        rated: False for a form that has no level, because nobody rates it.
    """

    path: str
    department: str
    subject: str
    checklist: str
    form: str
    level: Level | None
    state: State | None
    score: int
    errors: int
    warnings: int
    to_judge: int
    reviewed: str
    original: str = ""
    problem: str = ""
    other: OtherLayer | None = None
    rated: bool = True

    @property
    def order(self) -> tuple[int, int, str]:
        """Key to sort by: what cannot be read first, then the highest level, then the order number."""
        level = len(Level) if self.level is None else max(self.level, self.other.level if self.other else self.level)
        return -level, -self.score, self.path


@dataclass
class Figures:
    """All counts of a run.

    Attributes:
        lines: one a workbook, in the order to look at them; levels: by department and level; states: by state.
        findings: open ones by code, with the severity; lists: each edition used.
        to_judge: listed bodies and persons that wait for a judgement; waiting: rows that show them.
    """

    lines: list[Line] = field(default_factory=list)
    levels: dict[str, Counter[Level]] = field(default_factory=dict)
    states: Counter[State] = field(default_factory=Counter)
    findings: Counter[tuple[str, str]] = field(default_factory=Counter)
    lists: dict[tuple[str, str], Json] = field(default_factory=dict)
    unreadable: int = 0
    to_judge: int = 0
    waiting: int = 0

    def count(self, entry: Mapping[str, Any]) -> Line:
        """Count one workbook and return its line."""
        line = line_of(entry)
        self.lines.append(line)
        if line.level is None or line.state is None:
            self.unreadable += 1
        else:
            if line.rated:
                self.levels.setdefault(line.department, Counter())[line.level] += 1
            self.states[line.state] += 1
        self.findings.update((one["code"], one["severity"]) for one in open_findings(entry))
        self.to_judge += line.to_judge
        self.waiting += len(hits_to_judge(entry))
        self.lists |= {(use["id"], use["edition"]): dict(use) for use in entry["lists"]}
        return line

    def sort(self) -> None:
        """Put the workbooks in the order to look at them."""
        self.lines.sort(key=lambda line: line.order)


def count_figures(entries: Iterable[Mapping[str, Any]]) -> Figures:
    """Return the figures of a run."""
    figures = Figures()
    for entry in entries:
        figures.count(entry)
    figures.sort()
    return figures


def open_findings(entry: Mapping[str, Any]) -> list[Json]:
    """Return the findings somebody has to do something about: errors and points to confirm."""
    return [one for one in entry["findings"] if one["severity"] != Severity.NOTE]


def hits_to_judge(entry: Mapping[str, Any]) -> list[Json]:
    """Return the hits that wait for a person, one a listed body: one judgement serves all places.

    A body counts once, also where a list gives it two entries or two institutions check the same Co-PI.
    """
    waiting: dict[str, Json] = {}
    for one in (entry, *_others(entry)):
        for hit in one["hits"]:
            if waits(hit["standing"], hit["ruling"], hit["band"]):
                waiting.setdefault(hit.get("body") or f"{hit['list']}:{hit['entry']}", hit)
    return list(waiting.values())


def _others(entry: Mapping[str, Any]) -> list[Json]:
    """Return the results of the other institution that checks the same Co-PI; the own one stands in the entry."""
    return list(entry.get("layers", ()))[1:]


def _other(entry: Mapping[str, Any]) -> OtherLayer | None:
    return next((OtherLayer(one["layer"], _LEVELS[one["level"]], State(one["state"])) for one in _others(entry)), None)


def line_of(entry: Mapping[str, Any]) -> Line:
    """Return the line of one workbook."""
    assessment = entry["assessment"]
    found = open_findings(entry)
    return Line(
        path=entry["path"],
        department=entry.get("department") or _folder(entry["path"]),
        subject=entry["subject"] or "",
        checklist=entry["checklist"] or "",
        form=_form(entry["checklist"]),
        level=_LEVELS[assessment["level"]] if assessment else None,
        state=State(assessment["state"]) if assessment else None,
        score=assessment["score"] if assessment else 0,
        errors=sum(one["severity"] == Severity.ERROR for one in found),
        warnings=sum(one["severity"] == Severity.WARNING for one in found),
        to_judge=len(hits_to_judge(entry)),
        reviewed=entry.get("reviewed") or "",
        original=entry.get("original", entry["path"]),
        problem="" if assessment else entry["findings"][0]["message_ja"],
        other=_other(entry),
        rated=not assessment or is_rated(entry["checklist"]),
    )


def _form(checklist: str | None) -> str:
    """Return the title of a form as people know it; its key where this installation has it no longer."""
    if not checklist:
        return ""
    try:
        return load_checklist(checklist).title_ja
    except DefinitionError:
        return checklist


def _folder(path: str) -> str:
    """Return the folder a file came in: departments send theirs together."""
    return PurePath(path).parent.name or "-"
