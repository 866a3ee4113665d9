"""What one review of one workbook is: answers, findings, rows, hits with their standing, lists, assessment.

`review.review_answers` makes it; `workbook` shows it in cells, `report` prints it, the register remembers it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from xlsaddin.assessment.model import Assessment
from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.expression import Scalar
from xlsaddin.checklist.institutions import Institution
from xlsaddin.checklist.model import Checklist
from xlsaddin.findings import Finding, Location
from xlsaddin.screening.model import Hit, Judgement
from xlsaddin.watchlist.model import ListUse


class Period(StrEnum):
    """Where a row's period lies as seen from as-of and the look-back start. `unknown` weighs like `current`."""

    CURRENT = "current"  # 継続中
    ENDED = "ended"  # 対象期間内に終了
    BEFORE = "before"  # 対象期間より前
    UNKNOWN = "unknown"  # 日付を確認
    NONE = "none"  # the row or item has no period


class RowState(StrEnum):
    """Form state of an answer row, shown by word and colour."""

    EMPTY = "empty"
    FILLED = "filled"  # 記入済
    INCOMPLETE = "incomplete"  # 未記入あり
    CHECK = "check"  # 要確認
    OUTSIDE = "outside"  # 対象期間外


class Screened(StrEnum):
    """Whether a row's screened texts were compared with the lists as they stand now."""

    NOT_NEEDED = "not_needed"
    SCREENED = "screened"
    NOT_SCREENED = "not_screened"  # 未照合
    STALE = "stale"  # 要再照合: the name was edited after the comparison


class Ruling(StrEnum):
    """What the judgement cells of a hit amount to."""

    OPEN = "open"  # 未判断
    INCOMPLETE = "incomplete"  # 判断未完（確認者・日付・理由）
    AWAITING = "awaiting"  # 承認待ち
    SEPARATION = "separation"  # 職務の分離: approver equals reviewer
    SAME = "same"  # 同一
    NOT_SAME = "not_same"  # 別
    UNDECIDED = "undecided"  # 判断できない


class Standing(StrEnum):
    """How a hit weighs in the assessment now."""

    COUNTED = "counted"  # 計上(確認済)
    PENDING = "pending"  # 計上(暫定): a match not judged
    DISMISSED = "dismissed"  # 除外: judged 別
    REFERENCE = "reference"  # 参考: review band, name only, reference columns
    STALE = "stale"  # 要再照合


@dataclass(frozen=True, slots=True)
class RowReview:
    """One answer row as reviewed, or a screened single item (number 0, row id `<item>-0`).

    `compared` is the text that was compared with the lists ("" = nothing to compare): the screened cells as written,
    joined by `|` in the order of the columns.
    """

    item: str
    number: int
    row_id: str
    period: Period
    state: RowState
    screened: Screened
    compared: str = ""


@dataclass(frozen=True, slots=True)
class ItemReview:
    """One item as reviewed.

    Attributes:
        item: key; status: key of the state cell (`given`, `none` ...), `given`/`blank` for single items.
        state: filled, incomplete, empty, check; rows, in_window: counts; findings: number of findings on it.
        applies: False where the checklist does not ask it (対象外).
    """

    item: str
    status: str
    state: RowState
    rows: int
    in_window: int
    findings: int
    applies: bool = True


@dataclass(frozen=True, slots=True)
class PlacedHit:
    """A hit at the place in the workbook where the name stands.

    Attributes:
        item, column, row_id, location, query: the place and the text screened.
        body: stable id of the listed body across editions (`list id : normalised name`).
        period, screened: of the row; facts: values of columns marked `fact`.
        declared: False when the person did not declare the tie where it is asked too (⑩ ⑪).
        note_only: the column is shown for reference and never weighs.
        judgement: own or remembered; ruling, standing: what it amounts to.
    """

    hit: Hit
    item: str
    column: str
    row_id: str
    location: Location
    query: str
    body: str
    period: Period
    screened: Screened
    judgement: Judgement
    ruling: Ruling
    standing: Standing
    facts: Mapping[str, Scalar] = field(default_factory=dict)
    declared: bool = True
    note_only: bool = False


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What a person wrote beside a difference: 照会の状態 (open, explained, unexplained), by whom, when, why."""

    status: str = "open"
    reason: str = ""
    reviewer: str = ""
    decided_on: date | None = None
    approver: str = ""


@dataclass(frozen=True, slots=True)
class Judgements:
    """Judgements known before a review.

    Attributes:
        placed: as read from an office edition, by row id, column and body of the hit they stand beside.
        remembered: of the same subject, by body; one serves every place. What stands beside a hit comes first.
    """

    placed: Mapping[tuple[str, str, str], Judgement] = field(default_factory=dict)
    remembered: Mapping[str, Judgement] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """What people of one institution wrote beside results: judgements of hits, inquiries of differences."""

    judgements: Judgements = field(default_factory=Judgements)
    inquiries: Mapping[Location, Inquiry] = field(default_factory=dict)

    def over(self, before: Written) -> Written:
        """Return this laid over what was written before: the later word counts, nothing is lost."""
        placed = {**before.judgements.placed, **self.judgements.placed}
        return Written(replace(self.judgements, placed=placed), {**before.inquiries, **self.inquiries})


@dataclass(frozen=True, slots=True)
class Review:
    """The result for one workbook, complete: what `check` writes, prints and remembers.

    Attributes:
        institution: whose result it is. other: the result of the other institution that checks the same Co-PI, on the
            same answers and hits, with its own judgements; None for everybody else.
    """

    checklist: Checklist
    answers: Answers
    subject: str
    as_of: date
    lookback_start: date
    profile: str
    engine: str
    rules_version: str
    reviewed_at: datetime
    lists: tuple[ListUse, ...]
    findings: tuple[Finding, ...]
    inquiries: Mapping[Location, Inquiry]
    rows: tuple[RowReview, ...]
    items: tuple[ItemReview, ...]
    hits: tuple[PlacedHit, ...]
    must_filled: int
    must_total: int
    residency: str
    specific_category: tuple[str, ...]
    residency_why: tuple[str, ...]
    assessment: Assessment
    institution: Institution = Institution.LEAD
    other: Review | None = None

    @property
    def layers(self) -> tuple[Review, ...]:
        """The results of all institutions that check this person: the own one first."""
        return (self,) if self.other is None else (self, self.other)
