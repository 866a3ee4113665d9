"""Answers written as they stand on the sheets: Markdown tables with the printed headers, read by our own code."""

from __future__ import annotations

from datetime import date
from typing import Any

from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.model import Checklist, Kind
from xlsaddin.checklist.profiles import load_profile
from xlsaddin.checklist.raw import raw_answers
from xlsaddin.checklist.validation import validate_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.findings import Finding
from xlsaddin.parameters import Parameters

AS_OF = date(2026, 9, 1)

CONSENTS = {"consent_true": "✓", "consent_notice": "✓", "consent_share": "✓"}
COVER = {"role": "PI", "stated_on": "2026/9/1", "email": "mariko.saeki@midori.example", **CONSENTS}
NOTHING = {
    item.key: "該当なし"
    for item in load_checklist("researcher").items
    if item.number in tuple("③④⑤⑥⑦⑧⑨⑩⑪") and item.kind is Kind.TABLE
}


def rows(markdown: str, item: str, key: str = "researcher") -> list[dict[str, str]]:
    """Return the rows of a Markdown table whose headers are the Japanese or English labels of an item's columns."""
    lines = [line.strip().strip("|").split("|") for line in markdown.strip().splitlines()]
    columns = {label: c.key for c in load_checklist(key).item(item).columns for label in (c.label_ja, c.label_en)}
    headers = [columns[header.strip()] for header in lines[0]]
    return [{h: cell.strip() for h, cell in zip(headers, line, strict=True) if cell.strip()} for line in lines[2:]]


def given(item: str, markdown: str, key: str = "researcher") -> dict[str, list[dict[str, str]]]:
    """Return one table item with its state あり and these rows."""
    return {item: rows(markdown, item, key)}


def load(key: str, profile: str = "default") -> Checklist:
    return load_checklist(key, load_profile(profile))


def answer(key: str, answers: dict[str, Any], profile: str = "default") -> Answers:
    checklist = load(key, profile)
    return read_answers(checklist, raw_answers(checklist, answers, profile))


def validate(
    answers: dict[str, Any], key: str = "researcher", profile: str = "default", as_of: date = AS_OF
) -> list[Finding]:
    checklist = load(key, profile)
    read = answer(key, answers, profile)
    return list(validate_answers(checklist, read, Parameters(as_of, load_profile(profile).parameters)))


def found(findings: list[Finding], severity: str = "") -> list[tuple[str, str, int, str]]:
    """Return code, item, row and column of findings, in order, of one severity if named."""
    return [
        (f.code, f.location.item, f.location.row, f.location.column)
        for f in findings
        if not severity or f.severity == severity
    ]
