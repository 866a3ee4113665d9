"""An ORCID record (public API 3.0, JSON): employments, education, fundings, works."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from xlsaddin.exchange.prefill.papers import Paper
from xlsaddin.exchange.prefill.record import Record
from xlsaddin.text.identifiers import parse_orcid

__all__ = ["orcid_of", "parse_orcid_record"]

Entry = Mapping[str, Any]
_PAPERS = ("journal-article", "conference-paper", "book-chapter", "preprint", "review", "letter")


def parse_orcid_record(text: str) -> Record:
    """Return the record of a file; raises ValueError when it is no ORCID record."""
    content = json.loads(text)
    activities = content.get("activities-summary") if isinstance(content, dict) else None
    if not isinstance(activities, dict):
        raise ValueError("not an ORCID record")
    record = Record()
    for entry in _affiliations(activities, "educations", "education-summary"):
        record.add("education", _school(entry))
    for entry in _affiliations(activities, "employments", "employment-summary"):
        record.add("career", _post(entry))
    for group in _groups(activities, "fundings"):
        record.add("grants", _grant(group["funding-summary"][0]))
    for group in _groups(activities, "works"):
        work = group["work-summary"][0]
        if str(work.get("type", "")).lower().replace("_", "-") in _PAPERS:
            record.papers.append(_paper(work))
    return record


def orcid_of(text: str) -> str | None:
    """Return the iD a record belongs to, None when it names none."""
    content = json.loads(text)
    return parse_orcid(str(content.get("orcid-identifier", {}).get("path", ""))) if isinstance(content, dict) else None


def _affiliations(activities: Entry, section: str, kind: str) -> Iterator[Entry]:
    for group in (activities.get(section) or {}).get("affiliation-group", ()):
        yield from (summary[kind] for summary in group.get("summaries", ()) if kind in summary)


def _groups(activities: Entry, section: str) -> list[Entry]:
    found: list[Entry] = (activities.get(section) or {}).get("group", [])
    return found


def _school(entry: Entry) -> dict[str, object]:
    name, country = _organization(entry)
    faculty = " ".join(filter(None, (entry.get("department-name"), entry.get("role-title"))))
    return {**_period(entry), "school": name, "school_full": name, "country": country, "faculty": faculty}


def _post(entry: Entry) -> dict[str, object]:
    name, country = _organization(entry)
    post = {"department": entry.get("department-name"), "post": entry.get("role-title")}
    return {**_period(entry), "body": name, "body_en": name, "country": country, **post}


def _grant(entry: Entry) -> dict[str, object]:
    name, country = _organization(entry)
    period = {"since": _date(entry.get("start-date")), "until": _date(entry.get("end-date"))}
    return {**period, "title": _value(entry, "title", "title"), "funder": name, "funder_en": name, "country": country}


def _paper(entry: Entry) -> Paper:
    ids = (entry.get("external-ids") or {}).get("external-id") or ()
    doi = next((found.get("external-id-value", "") for found in ids if found.get("external-id-type") == "doi"), "")
    return Paper(
        title=_value(entry, "title", "title"),
        venue=_value(entry, "journal-title"),
        published=_date(entry.get("publication-date")),
        doi=doi,
    )


def _organization(entry: Entry) -> tuple[str, str]:
    body = entry.get("organization") or {}
    return body.get("name") or "", (body.get("address") or {}).get("country") or ""


def _period(entry: Entry) -> dict[str, object]:
    return {"since": _date(entry.get("start-date")), "until": _date(entry.get("end-date")) or "現在"}


def _date(parts: Entry | None) -> str:
    values = [(parts or {}).get(key) for key in ("year", "month", "day")]
    texts = [value["value"] for value in values if isinstance(value, dict) and value.get("value")]
    return "-".join(texts)


def _value(entry: Entry, *keys: str) -> str:
    node: Any = entry
    for key in keys:
        node = (node or {}).get(key)
    return str((node or {}).get("value") or "") if isinstance(node, dict) else ""
