"""The page docs/traceability.md: every clause with the items, checks, indicators and tests that serve it, and 疑義.

`python -m xlsaddin.report.traceability [FILE]` writes it; a test regenerates and compares.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from xlsaddin import files
from xlsaddin.report.clauses import (
    Clause,
    Doubt,
    Strength,
    indicators_of,
    items_of,
    load_clauses,
    load_doubts,
)

__all__ = ["PAGE", "render_traceability"]

PAGE = Path("docs") / "traceability.md"
"""Where the page stands in the project."""

_STRENGTHS = {
    Strength.MUST: "必要 must",
    Strength.DESIRABLE: "望ましい desirable",
    Strength.SCOPE: "対象 scope",
    Strength.EXAMPLE: "例示 example",
}
_ACTORS = {
    "institution": "研究機関",
    "lead": "研究代表機関",
    "joint": "共同研究機関",
    "funding": "競争的研究費",
}
_HEAD = """# 手順書との対応 / Traceability

<!-- Made by `python -m xlsaddin.report.traceability` from the definitions; do not edit. -->

研究セキュリティの確保に関する取組のための手順書（要約）の全ての条項と、それを担うチェックリストの項目、検査、指標、試験。
番号は印字のとおり。一つの番号に複数の文があるものは、当方で語または番号を添えた（例: 3-1(1)知的財産、3-5④）。

Every clause of the procedure (digest) with the checklist items, checks, indicators and tests that serve it. Numbers are
as printed; where several sentences stand under one number a word or number of ours follows it.
"""
_DOUBTS = """## 疑義 / Doubts

手順書の要約からは定まらないことと、当方の読み方、変えるときの場所。

What the digest leaves in doubt, how it is read here, and where the reading is changed (files under `xlsaddin/data`).
"""


def render_traceability() -> str:
    """Return the whole page."""
    return "\n".join([_HEAD, *_clause_table(load_clauses()), "", _DOUBTS, *_doubt_parts(load_doubts())]) + "\n"


def _clause_table(clauses: Iterable[Clause]) -> Iterator[str]:
    yield "## 条項 / Clauses"
    yield ""
    yield "| 条項 | 強さ | 主体 | 内容 | 項目 | 検査 | 指標 | 試験 |"
    yield "|---|---|---|---|---|---|---|---|"
    yield from map(_clause_row, clauses)


def _clause_row(clause: Clause) -> str:
    items = _shorten(_page_link(item) for item in items_of(clause))
    checks = _shorten(f"`{code}`" for code in clause.checks)
    indicators = _shorten(f"`{name}`" for name in indicators_of(clause))
    tests = _shorten(f"[{_spell_out(test)}](../{test.partition('::')[0]})" for test in clause.tests)
    cells = (clause.id, _STRENGTHS[clause.strength], _ACTORS[clause.actor], f"{clause.ja}<br>{clause.en}")
    return f"| {' | '.join((*cells, items, checks, indicators, tests))} |"


def _page_link(item: str) -> str:
    checklist, _, key = item.partition(".")
    return f"[{item}](checklists/{checklist}.md#{key})"


def _spell_out(test: str) -> str:
    return test.partition("::")[2].removeprefix("test_").replace("__", ": ").replace("_", " ")


def _shorten(parts: Iterable[str]) -> str:
    return "<br>".join(parts) or "-"


def _doubt_parts(doubts: Iterable[Doubt]) -> Iterator[str]:
    for number, doubt in enumerate(doubts, 1):
        where = "、".join(f"`{place}`" for place in doubt.where)
        yield f"### {number}. {'、'.join(doubt.clauses)}"
        yield ""
        yield f"- 疑義: {doubt.ja}"
        yield f"- 読み方: {doubt.reading_ja}"
        yield f"- Doubt: {doubt.en}"
        yield f"- Reading: {doubt.reading_en}"
        yield f"- 変える場所 / Where: {where}"
        yield ""


def main() -> None:
    """Write the page to the file named, else to its place below the current folder."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    files.write_bytes(target, render_traceability().encode())


if __name__ == "__main__":
    main()
