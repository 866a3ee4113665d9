"""Small tables, printed and written to the page of results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Page:
    """The page of results as it grows: every table is printed when it is added."""

    lines: list[str] = field(default_factory=list)

    def heading(self, text: str) -> None:
        """Add a heading."""
        self._add(f"\n## {text}\n")

    def say(self, text: str) -> None:
        """Add a paragraph."""
        self._add(f"{text}\n")

    def table(self, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Add a table."""
        shown = [[_cell(value) for value in row] for row in rows]
        lines = [" | ".join(head), " | ".join("---" for _ in head), *(" | ".join(row) for row in shown)]
        self._add("\n".join(f"| {line} |" for line in lines) + "\n")

    def _add(self, text: str) -> None:
        print(text, flush=True)
        self.lines.append(text)


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def at_alert_rate(positive: Sequence[float], negative: Sequence[float], rate: float) -> tuple[float, float]:
    """Return the threshold that alerts on at most `rate` of the negatives, and the recall above it."""
    ordered = sorted(negative, reverse=True)
    threshold = ordered[int(len(ordered) * rate)]
    return threshold, sum(score > threshold for score in positive) / len(positive)


def f1(scored: Sequence[tuple[float, bool]], threshold: float) -> float:
    """Return the F1 of scored pairs at a threshold."""
    right = sum(score >= threshold and match for score, match in scored)
    wrong = sum((score >= threshold) != match for score, match in scored)
    return 2 * right / (2 * right + wrong) if right else 0.0
