"""Cases written as Markdown tables."""

from __future__ import annotations


def cases(markdown: str) -> list[tuple[str, ...]]:
    """Return the body rows of a Markdown table; `·` stands for a space, an empty cell for an empty text."""
    lines = [line.strip() for line in markdown.strip().splitlines()]
    body = [[cell.strip().replace("·", " ") for cell in line.strip("|").split("|")] for line in lines[2:]]
    return [tuple(row) for row in body]
