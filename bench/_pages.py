"""Where figures go: to the terminal, and with `--write` into their section of docs/scale.md."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "scale.md"


def publish(section: str, *paragraphs: str) -> None:
    """Print the paragraphs of a section, and replace it in the page when `--write` is given."""
    text = "\n\n".join(paragraphs)
    print(text, flush=True)
    if "--write" in sys.argv:
        page = PAGE.read_text(encoding="utf-8")
        marks = f"<!-- bench:{section} -->", f"<!-- end:{section} -->"
        made, count = re.subn(f"{marks[0]}.*?{marks[1]}", lambda _: f"{marks[0]}\n{text}\n{marks[1]}", page, flags=re.S)
        if not count:
            raise LookupError(f"{PAGE.name} has no section {section}")
        PAGE.write_text(made, encoding="utf-8")


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table; all columns but the first are numbers."""
    lines = [header, ["---", *("---:" for _ in header[1:])], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
