"""How much risk and what to do: levels, states, contributions, measures. Rules are data; nothing here reads a clock."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Level(IntEnum):
    """Ordered risk level 低 中 高 極めて高. The order is the comparison; the number is never shown."""

    LOW = 0
    MODERATE = 1
    HIGH = 2
    CRITICAL = 3

    @property
    def key(self) -> str:
        """The word used in JSON and rules, such as `moderate`."""
        return self.name.lower()


class State(StrEnum):
    """Whether a level may be relied on: 確定 / 暫定 / 判定不能. "Not known" is never shown as low."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    INCONCLUSIVE = "inconclusive"


class MeasureKind(StrEnum):
    """The seven examples printed in 3-4 and others."""

    FACILITY_ACCESS = "facility_access"
    OFF_CAMPUS = "off_campus"
    MEETING_PARTICIPANTS = "meeting_participants"
    EMPLOYMENT_CONTRACT = "employment_contract"
    TRAINING = "training"
    DATA_ACCESS = "data_access"
    CYBER = "cyber"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Contribution:
    """One indicator as assessed.

    Attributes:
        indicator: key of the rule; label_ja, label_en; level: what it gives now.
        count: how many facts it counted; provisional: some of them are pending judgements.
        reason_ja, reason_en: sentence; cells: where the facts stand (`sheet!cell`).
        reference: clause; origin: whose rule (procedure, funder, house).
    """

    indicator: str
    label_ja: str
    label_en: str
    level: Level
    count: int
    provisional: bool
    reason_ja: str
    reason_en: str
    cells: tuple[str, ...]
    reference: str
    origin: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A mitigation measure proposed by indicators.

    Attributes:
        kind: one of the seven of 3-4, or other; text_ja, text_en: what to do.
        required: True for what the indicators call for, False for an offer (選択肢).
        indicators: keys that call for it; reference: clause.
    """

    kind: MeasureKind
    text_ja: str
    text_en: str
    required: bool
    indicators: tuple[str, ...]
    reference: str = "手順書3-4"


@dataclass(frozen=True, slots=True)
class StateReason:
    """One thing that keeps the state from being final, with how many of it there are."""

    key: str
    state: State
    count: int
    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The overall result for one workbook.

    Attributes:
        level: highest contribution; score: 0 to 100, 確認順 (orders work inside a level, nothing else).
        state: final, provisional or inconclusive; state_reasons: why it is not final.
        contributions: every indicator of the checklist, those that give nothing included (level low, count 0).
        measures: proposed.
    """

    level: Level
    score: int
    state: State
    state_reasons: tuple[StateReason, ...]
    contributions: tuple[Contribution, ...]
    measures: tuple[Measure, ...]
