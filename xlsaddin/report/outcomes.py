"""What a run over several workbooks comes to, from the JSON object of each: head, lists, what is to be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from xlsaddin import __version__
from xlsaddin.assessment.definition import read_rule_file
from xlsaddin.codes import Severity

__all__ = ["count_findings", "is_rated", "lists_of", "render_results", "something_to_look_at"]

Result = Mapping[str, Any]
"""The JSON object of one workbook, as `machine.render_workbook` or `machine.render_unreadable` makes it."""


def render_results(as_of: date, results: Iterable[Result]) -> dict[str, object]:
    """Return the JSON object of `check`: head, then one object a file in the order given."""
    workbooks = list(results)
    return {
        "engine": __version__,
        "as_of": as_of.isoformat(),
        "lists": lists_of(workbooks),
        "workbooks": workbooks,
    }


def lists_of(results: Iterable[Result]) -> list[dict[str, Any]]:
    """Return every list the results rest on, each edition once, by id."""
    uses = {(use["id"], use["edition"]): use for result in results for use in result["lists"]}
    return [uses[key] for key in sorted(uses)]


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
