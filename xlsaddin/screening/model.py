"""What is asked of the lists and what comes back: query, hit, explanation, and a person's judgement on it.

A score orders work; a person decides. No code here turns a score into a decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from xlsaddin.watchlist.model import ListEntry, ListUse


class QueryKind(StrEnum):
    """What the name names; `any` when not known."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PROGRAM = "program"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Query:
    """A name to be screened, with the facts that may support or weaken a hit.

    Attributes:
        name: as written; id: the caller's id, echoed.
        country: ISO alpha-2 code of the body, or of the stated affiliation of a person; never a nationality.
        kind: what the name names.
        affiliations: names of bodies a person states; a second fact for person hits.
        birth_date: ISO text where lawfully known, else empty.
    """

    name: str
    id: str = ""
    country: str = ""
    kind: QueryKind = QueryKind.ANY
    affiliations: tuple[str, ...] = ()
    birth_date: str = ""


class Band(StrEnum):
    """Where a score lies: `match` must be judged, `review` is shown, below the cutoff nothing is."""

    MATCH = "match"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature that spoke for or against a hit, in words good enough for a file note.

    Attributes:
        feature: stable name, such as `distinctive_words`, `acronym`, `country`.
        points: what it added (positive) or took (negative); 0 for a remark.
        ja, en: the sentence.
    """

    feature: str
    points: float
    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed entry that looks like the query, with its explanation.

    Attributes:
        list_id, edition: where it is listed; entry: the entry.
        matched: the name or alias that matched, as printed; compared: the two strings compared, after normalising.
        score: 0 to 100; band: `match` or `review`.
        why: features for and against, the weightiest first.
        related: True when the query is a branch, subsidiary or part rather than the body itself.
        name_only: True for a person matched by name alone (氏名のみ一致): never above `review`, never moves a level.
    """

    list_id: str
    edition: str
    entry: ListEntry
    matched: str
    compared: tuple[str, str]
    score: float
    band: Band
    why: tuple[Reason, ...]
    related: bool = False
    name_only: bool = False


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The hits of one query, best first."""

    query: Query
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Screening:
    """Results of one run, and the lists they rest on.

    Attributes:
        as_of: the day whose editions were used; lists: each list asked for, usable or not.
        results: one per query, in the order asked.
    """

    as_of: date
    lists: tuple[ListUse, ...]
    results: tuple[QueryResult, ...]

    @property
    def conclusive(self) -> bool:
        """False when any list asked for could not be used; then "no hit" means nothing."""
        return bool(self.lists) and all(use.usable for use in self.lists)


class Screener(Protocol):
    """Anything that screens queries in bulk; `screening.engine.open_screener` makes the real one."""

    def screen_many(self, queries: Sequence[Query]) -> Screening:
        """Return the hits of each query; never raises for any text in a query."""
        ...


class Disposition(StrEnum):
    """A person's decision on 同一か: is it the same body or person?"""

    TRUE_MATCH = "true_match"  # 同一
    FALSE_POSITIVE = "false_positive"  # 別
    INCONCLUSIVE = "inconclusive"  # 判断できない
    PENDING = "pending"  # 未判断


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person wrote beside a hit. One serves all places where the same subject meets the same body.

    Attributes:
        disposition: 同一か; relation: 関係の評価, a choice key, may be empty.
        reason, reviewer, judged_on: without all three it moves nothing (判断未完).
        approver: a second person, where four eyes are asked for.
        entry_digest: digest of the list entry judged; another digest re-opens the judgement.
        names: normalised names judged, when it is remembered; another name re-opens it, empty for any name.
    """

    disposition: Disposition = Disposition.PENDING
    relation: str = ""
    reason: str = ""
    reviewer: str = ""
    judged_on: date | None = None
    approver: str = ""
    entry_digest: str = ""
    names: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """True when it has a decision, a reviewer, a date and a reason."""
        decided = self.disposition is not Disposition.PENDING
        return decided and bool(self.reviewer.strip() and self.reason.strip() and self.judged_on)

    @property
    def separated(self) -> bool:
        """False when approver and reviewer are the same person (職務の分離)."""
        return not self.approver.strip() or self.approver.strip().casefold() != self.reviewer.strip().casefold()
