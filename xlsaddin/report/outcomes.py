"""What a run over several workbooks comes to, from the JSON object of each: what is to be looked at, lists, output."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xlsaddin import __version__
from xlsaddin.assessment.definition import read_rule_file
from xlsaddin.codes import Severity

__all__ = ["Result", "Tally", "count_findings", "counted", "is_rated", "render_results", "something_to_look_at"]

Result = Mapping[str, Any]
"""The JSON object of one workbook, as `machine.render_workbook` or `machine.render_unreadable` makes it."""


@dataclass
class Tally:
    """What is counted of the results of a run as they come in.

    Attributes:
        files: how many there are; readable: of them could be read; to_look_at: of those, somebody has to look at.
        recorded: of them the register took.
        codes: in how many files each finding is, by its code.
    """

    files: int = 0
    readable: int = 0
    to_look_at: int = 0
    recorded: int = 0
    codes: dict[str, int] = field(default_factory=dict)
    _lists: dict[tuple[str, str], Result] = field(default_factory=dict)

    def count(self, result: Result) -> None:
        """Count one result in."""
        self.files += 1
        if result["assessment"] is not None:
            self.readable += 1
            self.to_look_at += something_to_look_at(result)
        self.recorded += bool(result.get("recorded"))
        for code in {finding["code"] for finding in result["findings"]}:
            self.codes[code] = self.codes.get(code, 0) + 1
        self._lists |= {(use["id"], use["edition"]): use for use in result["lists"]}

    @property
    def lists(self) -> list[Result]:
        """Every list the results rest on, each edition once, by id."""
        return [self._lists[key] for key in sorted(self._lists)]


def counted(results: Iterable[Result], tally: Tally) -> Iterator[Result]:
    """Yield the results, each counted in."""
    for result in results:
        tally.count(result)
        yield result


def render_results(as_of: date, lists: Iterable[Result], results: Iterable[Result]) -> Iterator[str]:
    """Yield the JSON object of `check` in pieces of text: head, then one object a file in the order given."""
    head = {"engine": __version__, "as_of": as_of.isoformat(), "lists": list(lists), "workbooks": []}
    opening, closing = json.dumps(head, ensure_ascii=False, indent=1, default=str).rsplit("]", 1)
    yield opening
    between = ""
    for result in results:
        text = json.dumps(result, ensure_ascii=False, indent=1, default=str).replace("\n", "\n  ")
        yield f"{between}\n  {text}"
        between = ","
    yield f"\n ]{closing}" if between else f"]{closing}"


def count_findings(result: Result, severity: Severity) -> int:
    """Return how many findings of one severity a workbook has."""
    return sum(finding["severity"] == severity for finding in result["findings"])


def is_rated(checklist: str) -> bool:
    """Return whether a checklist has indicators of its own; without any, nobody rates it and it has no level."""
    return bool(read_rule_file(checklist).indicators)


def something_to_look_at(result: Result) -> bool:
    """True when a finding is more than a note, a hit waits for a judgement, or the state is not final.

    Where two institutions check the same Co-PI, that holds for the result of either.
    """
    if any(finding["severity"] != Severity.NOTE for finding in result["findings"]):
        return True
    states = {result["assessment"]["state"], *(layer["state"] for layer in result.get("layers", ()))}
    waiting = (one["to_judge"] for one in (result, *result.get("layers", ())))
    return any(waiting) or states != {"final"}
