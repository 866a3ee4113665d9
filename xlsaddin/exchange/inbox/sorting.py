"""Which state each received piece is in: a function of everything received, not of the order it was collected in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from xlsaddin import codes
from xlsaddin.exchange.difference.three_way import ThreeWay
from xlsaddin.exchange.inbox.ledger import Received

__all__ = ["Line", "Sorted", "State", "sort_received"]


class State(StrEnum):
    """What became of a piece; each is in exactly one."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    SUPERSEDED = "superseded"
    CONFLICT = "conflict"
    UNREADABLE = "unreadable"
    NOT_OURS = "not_ours"


@dataclass(frozen=True, slots=True)
class Sorted:
    """A piece with its state and the reason for it, as code and facts of a message."""

    received: Received
    state: State
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def reason(self) -> tuple[str, str]:
        """The reason in both languages."""
        if self.received.found.code == self.code:
            return self.received.found.ja, self.received.found.en
        message = codes.message(self.code)
        return message.render_ja(**self.facts), message.render_en(**self.facts)


@dataclass(frozen=True, slots=True)
class Line:
    """Two heads of one subject that were edited apart."""

    first: Received
    second: Received
    three: ThreeWay


Compare = Callable[[Received, Received], ThreeWay | None]
"""Three-way difference of two received workbooks from what was sent; None when that is not known."""


def sort_received(
    received: Sequence[Received], rounds: Mapping[str, int] | None, taken: Sequence[tuple[str, str]], compare: Compare
) -> tuple[tuple[Sorted, ...], tuple[Line, ...]]:
    """Return the state of every piece, and the pairs that were edited apart.

    Args:
        received: all pieces, in the order they were sent.
        rounds: round of each copy handed out, by copy id; None when no outbox is known.
        taken: copies a person chose and when, the latest decision first.
        compare: how two workbooks are laid beside what was sent.
    """
    sorting = _Sorting(rounds, taken, compare)
    for one in received:
        if one.found.code:
            sorting.done.append(_unusable(one))
    groups: defaultdict[tuple[str, str, str], list[Received]] = defaultdict(list)
    for one in received:
        if not one.found.code:
            if not one.found.subject_id or (rounds is not None and one.found.copy_id not in rounds):
                facts = {"name": one.origin, "id": one.found.subject_id or "-"}
                sorting.done.append(Sorted(one, State.NOT_OURS, "RS-COLLECT-012", facts))
            else:
                groups[one.found.form, one.found.subject_id.casefold(), one.found.edition].append(one)
    for group in groups.values():
        sorting.sort(group)
    order = {id(one): number for number, one in enumerate(received)}
    return tuple(sorted(sorting.done, key=lambda one: order[id(one.received)])), tuple(sorting.lines)


def _unusable(one: Received) -> Sorted:
    return Sorted(one, State.UNREADABLE if one.found.ours else State.NOT_OURS, one.found.code)


class _Sorting:
    """The states found so far."""

    def __init__(self, rounds: Mapping[str, int] | None, taken: Sequence[tuple[str, str]], compare: Compare) -> None:
        self._rounds, self._taken, self._compare = rounds or {}, taken, compare
        self.done: list[Sorted] = []
        self.lines: list[Line] = []

    def sort(self, group: Sequence[Received]) -> None:
        """Sort the workbooks of one subject and form."""
        different = list(self._without_duplicates(group))
        if decision := self._decision(different):
            chosen, decided_at = decision
            settled = [one for one in different if one.seen_at <= decided_at]
            self._supersede(settled, chosen, "担当者の選択", "chosen by a person")
            different = [one for one in different if one is chosen or one not in settled]
        newest = max(self._round(one) for one in different)
        last = [one for one in different if self._round(one) == newest]
        heads = self._heads(last)
        earlier = [one for one in different if one not in last]
        self._supersede(earlier, heads[-1], "差戻し後の再提出", "handed in again after it was returned")
        if len(heads) == 1:
            self._accept(heads[0])
        else:
            self._contradict(heads)

    def _without_duplicates(self, group: Iterable[Received]) -> Iterator[Received]:
        first: dict[tuple[str, str], Received] = {}
        for one in group:
            key = (one.found.copy_id, one.found.answers)
            if key in first:
                self.done.append(Sorted(one, State.DUPLICATE, "RS-COLLECT-013", {"other": first[key].origin}))
            else:
                first[key] = one
                yield one

    def _decision(self, group: Iterable[Received]) -> tuple[Received, str] | None:
        """Return the workbook a person chose last among these, and when."""
        for sha256, decided_at in self._taken:
            for one in group:
                if one.found.sha256 == sha256:
                    return one, decided_at
        return None

    def _round(self, one: Received) -> int:
        return self._rounds.get(one.found.copy_id, 0)

    def _heads(self, group: Sequence[Received]) -> list[Received]:
        """Return the workbooks no other one replaces; the others are superseded."""
        heads = list(group)
        for one in group:
            for other in group:
                why = "" if one is other or one not in heads or other not in heads else self._replaces(other, one)
                if why:
                    heads.remove(one)
                    self._supersede([one], other, *_WHY[why])
        return heads

    def _replaces(self, later: Received, earlier: Received) -> str:
        """Return why one workbook replaces another; empty if it does not."""
        if later.origin == earlier.origin:
            return "saved" if later.seen_at > earlier.seen_at else ""
        if later.sender and later.sender == earlier.sender and later.sent_at != earlier.sent_at:
            return "sender" if later.sent_at > earlier.sent_at else ""
        three = self._compare(earlier, later)
        return "continues" if three is not None and three.theirs_continues else ""

    def _supersede(self, group: Iterable[Received], by: Received, why_ja: str, why_en: str) -> None:
        for one in group:
            if one is not by:
                facts = {"other": by.origin, "why_ja": why_ja, "why_en": why_en}
                self.done.append(Sorted(one, State.SUPERSEDED, "RS-COLLECT-014", facts))

    def _accept(self, one: Received) -> None:
        three = self._compare(one, one)
        untouched = three is not None and not three.cells
        self.done.append(Sorted(one, State.ACCEPTED, "RS-COLLECT-018" if untouched else "RS-COLLECT-001"))

    def _contradict(self, heads: Sequence[Received]) -> None:
        for one in heads:
            other = next(head for head in heads if head is not one)
            three = self._compare(one, other)
            count = len(three.conflicts) if three else 0
            names = {"merged": merged_name(one), "table": table_name(one), "count": count, "other": other.origin}
            merged = not count and len(heads) == 2
            code = "RS-COLLECT-019" if three is None else "RS-COLLECT-015" if merged else "RS-COLLECT-016"
            self.done.append(Sorted(one, State.CONFLICT, code, names))
        three = self._compare(heads[0], heads[1])
        if three is not None:
            self.lines.append(Line(heads[0], heads[1], three))


_WHY = {
    "saved": ("同じファイルが保存し直された", "the same file was saved again"),
    "sender": ("同じ方から後の日時に届いた", "sent later by the same person"),
    "continues": ("先の内容をすべて含む", "it holds everything of the earlier one"),
}


def merged_name(one: Received) -> str:
    """Return the place of the merged copy of a subject."""
    return f"merged/{one.found.form}-{one.found.subject_id}.xlsx"


def table_name(one: Received) -> str:
    """Return the place of the three-way table of a subject."""
    return f"differences/{one.found.form}-{one.found.subject_id}.xlsx"
