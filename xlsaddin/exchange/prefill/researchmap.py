"""A researchmap export: JSON lines (`業績` export of version 2), the answer of its API, or CSV.

JSON lines hold one achievement each: `{"insert": {"type": "published_papers", …}, "similar_merge": {…}}`; the API
answers `{"@graph": [{"@type": "published_papers", "items": […]}]}`.  A CSV file names its type in the first line.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from xlsaddin.exchange.prefill.papers import Paper
from xlsaddin.exchange.prefill.record import Record
from xlsaddin.text.countries import country_code

__all__ = ["parse_researchmap", "parse_researchmap_csv"]

_ACTIONS = ("similar_merge", "merge", "force", "doc")
_PRESENT = "9999"
_GRANT_ROLES = {"principal_investigator": "研究代表者", "coinvestigator": "研究分担者", "others": "その他"}
Entry = Mapping[str, Any]


def parse_researchmap(text: str) -> Record:
    """Return the record of a JSON lines export or an API answer; raises ValueError when it is neither."""
    record = Record()
    for kind, entry in _entries(text):
        match kind:
            case "published_papers":
                record.papers.append(_paper(entry))
            case "education":
                record.add("education", _school(entry))
            case "research_experience":
                record.add("career", _post(entry))
            case "research_projects":
                record.add("grants", _grant(entry))
            case "industrial_property_rights":
                record.add("patents", _patent(entry))
    return record


def parse_researchmap_csv(text: str) -> Record:
    """Return the papers of a CSV export; raises ValueError when it is none of papers."""
    kind, _, rest = text.partition("\n")
    if kind.strip().strip('",') != "published_papers":
        raise ValueError("not a researchmap export of papers")
    record = Record()
    for row in csv.DictReader(io.StringIO(rest)):
        both = {key: row.get(f"{key}(英語)") or row.get(f"{key}(日本語)") or "" for key in ("タイトル", "誌名", "著者")}
        roles = frozenset(row.get("担当区分", "").strip("[]").split(","))
        authors = tuple(filter(None, (name.strip() for name in both["著者"].strip("[]").split(","))))
        published = _published(row.get("出版年月", ""))
        record.papers.append(Paper(both["タイトル"], both["誌名"], published, row.get("DOI", ""), authors, roles))
    return record


def _entries(text: str) -> Iterator[tuple[str, Entry]]:
    """Yield type and content of every achievement."""
    if '"@graph"' in text or text.lstrip().startswith("["):
        content = json.loads(text)
        for group in content["@graph"] if isinstance(content, dict) else content:
            yield from ((group.get("@type", ""), item) for item in group.get("items", ()))
        return
    for line in filter(str.strip, text.splitlines()):
        content = json.loads(line)
        head = content.get("insert") or content.get("update")
        if not isinstance(head, dict):
            raise ValueError("not a researchmap export")
        entry = next((content[key] for key in _ACTIONS if isinstance(content.get(key), dict)), None)
        if entry is not None:
            yield head.get("type", ""), entry


def _paper(entry: Entry) -> Paper:
    doi = entry.get("identifiers", {}).get("doi") or [""]
    return Paper(
        title=_text(entry, "paper_title"),
        venue=_text(entry, "publication_name"),
        published=_published(entry.get("publication_date", "")),
        doi=doi[0] if isinstance(doi, list) else doi,
        authors=tuple(person["name"] for person in _listed(entry, "authors")),
        roles=frozenset(entry.get("published_paper_owner_roles") or ()),
    )


def _school(entry: Entry) -> dict[str, object]:
    return {
        **_period(entry),
        "school": _text(entry, "affiliation", "ja"),
        "school_full": _text(entry, "affiliation"),
        "country": _country(entry),
        "faculty": " ".join(filter(None, (_text(entry, key, "ja") for key in ("department", "course")))),
    }


def _post(entry: Entry) -> dict[str, object]:
    return {
        **_period(entry),
        "body": _text(entry, "affiliation", "ja"),
        "body_en": _text(entry, "affiliation"),
        "country": _country(entry),
        "department": _text(entry, "section", "ja"),
        "post": _text(entry, "job", "ja"),
    }


def _grant(entry: Entry) -> dict[str, object]:
    scheme = " ".join(filter(None, (_text(entry, "system_name", "ja"), _text(entry, "research_project_title", "ja"))))
    amount = str((entry.get("overall_grant_amount") or {}).get("total_cost") or "")
    return {
        **_period(entry),
        "title": scheme,
        "funder": _text(entry, "offer_organization", "ja"),
        "funder_en": entry.get("offer_organization", {}).get("en", ""),
        "grant_role": _GRANT_ROLES.get(entry.get("research_project_owner_role", ""), ""),
        "amount": int(amount) if amount.isdigit() else None,
    }


def _patent(entry: Entry) -> dict[str, object]:
    return {
        "filed_on": entry.get("application_date", ""),
        "invention": _text(entry, "industrial_property_right_title", "ja"),
        "application_number": entry.get("application_number", ""),
        "applicants": "; ".join(body["name"] for body in _listed(entry, "applicants")),
        "co_inventors": "; ".join(person["name"] for person in _listed(entry, "inventors")),
        "patent_state": "登録" if entry.get("patent_number") else "公開" if entry.get("publication_number") else "",
    }


def _period(entry: Entry) -> dict[str, object]:
    until = entry.get("to_date", "")
    return {"since": entry.get("from_date", ""), "until": "現在" if until.startswith(_PRESENT) else until}


def _text(entry: Entry, key: str, first: str = "en") -> str:
    """Return a text in one language, in the other one where that is missing."""
    texts = entry.get(key) or {}
    return str(texts.get(first) or texts.get("en") or texts.get("ja") or "") if isinstance(texts, dict) else str(texts)


def _listed(entry: Entry, key: str) -> list[Entry]:
    found = entry.get(key) or {}
    return (found.get("en") or found.get("ja") or []) if isinstance(found, dict) else found


def _country(entry: Entry) -> str:
    return country_code(str(entry.get("address_country") or "")) or ""


def _published(text: str) -> str:
    """Return an ISO date of `202405`, `2024-05-01` and the like; what is none stays as it is."""
    digits = text.strip()
    if digits.isdigit() and len(digits) in (6, 8):
        return "-".join(filter(None, (digits[:4], digits[4:6], digits[6:])))
    return digits
