"""Columns of the result tables, their headers, and what officers choose from; reader and writer agree here."""

from __future__ import annotations

from functools import cache

from xlsaddin.checklist.model import Choice
from xlsaddin.workbook.labels import Language, word, words

HITS, FINDINGS, CONTRIBUTIONS, MEASURES = "r_hits", "r_findings", "r_contributions", "r_measures"

HIT_SHOWN = (
    "number", "place", "item_label", "query", "listed", "list_label", "country", "period", "declared_label", "why",
    "meaning", "score", "band",
)  # fmt: skip
HIT_JUDGED = ("disposition", "relation_judged", "reason", "reviewer", "judged_on", "approver")
HIT_CONCLUDED = ("ruling", "standing", "sign", "screened")
HIT_TECHNICAL = (
    "at", "item", "column", "kind", "list", "row_id", "body", "entry_digest", "name_only", "note_only", "related",
    "declared",
)  # fmt: skip
"""After these come the facts joined from the answer row and the computed columns that nobody has to read."""

FINDING_SHOWN = ("severity", "item_label", "place", "message_ja", "message_en", "code")
FINDING_JUDGED = ("inquiry", "reason", "reviewer", "decided_on", "approver")
FINDING_TECHNICAL = ("item", "difference", "body")

CHOICE_LISTS = ("disposition", "relation", "inquiry", "adopted")
"""Lists of `data/words/office.toml` that officers choose from; cells offer them as `l_<list>`."""


def column_header(table: str, key: str, language: Language) -> str:
    """Return the header of a column of a result table; a computed column nobody has to read shows its key."""
    found = f"{_GROUPS[table]}.{key}"
    return word(found, language) if found in words() else key


@cache
def office_choices(name: str) -> tuple[Choice, ...]:
    """Return the closed choices of a list of `CHOICE_LISTS`, or of `screened` and `band`."""
    start = f"{name}."
    return tuple(
        Choice(key=key.removeprefix(start), ja=ja, en=en) for key, (ja, en) in words().items() if key.startswith(start)
    )


_GROUPS = {HITS: "hits", FINDINGS: "found", CONTRIBUTIONS: "grounds", MEASURES: "measures"}
