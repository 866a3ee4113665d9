"""The pages docs/checklists/<key>.md: every question of a checklist as its definition has it, in both languages.

`python -m xlsaddin.report.checklist_pages [FOLDER]` writes them; a test regenerates and compares.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from xlsaddin import files
from xlsaddin.checklist.loading import checklist_keys, load_checklist
from xlsaddin.checklist.model import Checklist, Choice, Column, Duty, Item, Kind, Lookback, Section, Type

__all__ = ["FOLDER", "render_checklist_page"]

FOLDER = Path("docs") / "checklists"
"""Where the pages stand in the project."""

_NOTICE = "<!-- Made by `python -m xlsaddin.report.checklist_pages` from the definitions; do not edit. -->"
_DUTIES = {Duty.MUST: "必要 must", Duty.DESIRABLE: "望ましい desirable", Duty.HOUSE: "当機関 house"}
_LOOKBACKS = {
    Lookback.WHOLE: "全期間 whole history",
    Lookback.WINDOW: "対象期間 look-back period",
    Lookback.CURRENT: "現在 present",
    Lookback.NONE: "-",
}
_TYPES = {
    Type.TEXT: "文字 text",
    Type.LONG_TEXT: "文章 long text",
    Type.DATE: "日付 date",
    Type.MONTH: "年月 month",
    Type.INTEGER: "整数 integer",
    Type.NUMBER: "数 number",
    Type.PERCENT: "割合(0～100) percent",
    Type.MONEY: "金額 amount",
    Type.CHOICE: "選択 choice",
    Type.TICK: "チェック tick",
    Type.NAMES: "名前(複数) names",
    Type.EMAIL: "メール e-mail",
    Type.URL: "URL",
    Type.COUNTRY: "国・地域 country",
    Type.CURRENCY: "通貨 currency",
    Type.ORCID: "ORCID",
    Type.ERAD: "e-Rad番号 e-Rad",
    Type.CORPORATE_NUMBER: "法人番号 corporate number",
    Type.DOI: "DOI",
}


def render_checklist_page(checklist: Checklist) -> str:
    """Return the page of one checklist."""
    parts = [
        f"# {checklist.title_ja} / {checklist.title_en}\n\n{_NOTICE}\n",
        f"`{checklist.key}` {checklist.version} · {checklist.reference}\n",
        f"{checklist.purpose_ja}\n\n{checklist.purpose_en}\n",
        *(_section_part(checklist, section) for section in checklist.sections),
        _choice_part(checklist),
    ]
    return "\n".join(parts)


def _section_part(checklist: Checklist, section: Section) -> str:
    items = [item for item in checklist.items if item.section == section.key]
    table = items[0].kind is Kind.TABLE
    lines = _table_item(items[0]) if table else _single_items(items)
    introduction = [] if table else [text for text in (section.help_ja, section.help_en) if text]
    number = f"{items[0].number} " if table and items[0].number else ""
    head = f"## {number}{section.label_ja} / {section.label_en}\n\nシート sheet 「{section.sheet}」\n"
    return "\n".join([head, *(f"{text}\n" for text in introduction), *lines, ""])


def _single_items(items: Iterable[Item]) -> Iterator[str]:
    questions = [item for item in items if not item.beside]
    yield "| | 設問 Question | キー Key | 型 Type | 強さ Duty | 条項 Clause | 参照 METI | 説明 Help |"
    yield "|---|---|---|---|---|---|---|---|"
    for item in questions:
        beside = [other for other in items if other.beside == item.key]
        yield _row(
            item.number,
            f"{_label(item)}{_beside(beside)}",
            "<br>".join(f'<a id="{own.key}"></a>`{own.key}`' for own in (item, *beside)),
            _type(item),
            f"{_DUTIES[item.duty]}{_needed(item)}",
            _clauses(item),
            "<br>".join(item.metis),
            _help(item),
        )


def _table_item(item: Item) -> Iterator[str]:
    yield f'<a id="{item.key}"></a>表 table `t_{item.key}`・状態 state `a_{item.key}`\n'
    yield f"- 強さ Duty: {_DUTIES[item.duty]}{_needed(item)}"
    yield f"- 条項 Clause: {_clauses(item) or '-'}"
    yield f"- 期間 Period: {_LOOKBACKS[item.lookback]}"
    if item.metis:
        yield f"- 参照 METI: {'、'.join(item.metis)}"
    if item.help_ja:
        yield f"- 説明 Help: {item.help_ja} / {item.help_en}"
    yield ""
    yield "| 列 Column | キー Key | 型 Type | 必須 Required | 照合 Screened | 説明 Help |"
    yield "|---|---|---|---|---|---|"
    for column in item.columns:
        screened = f"{column.screen.value}{' (参考)' if column.screen_note else ''}" if column.screen else ""
        yield _row(_label(column), f"`{column.key}`", _type(column), _required(column), screened, _help(column))


def _choice_part(checklist: Checklist) -> str:
    lines = [f"- `{name}`: {_choices(choices)}" for name, choices in sorted(checklist.choices.items())]
    return "\n".join(["## 選択肢 / Choices", "", *lines, ""])


def _choices(choices: Iterable[Choice]) -> str:
    return "、".join(f"{choice.ja} ({choice.en})" for choice in choices)


def _label(asked: Item | Column) -> str:
    return f"{asked.label_ja}<br>{asked.label_en}"


def _beside(items: Iterable[Item]) -> str:
    labels = "、".join(f"{item.label_ja} ({item.label_en})" for item in items)
    return f"<br>→ {labels}" if labels else ""


def _type(asked: Item | Column) -> str:
    return f"{_TYPES[asked.type]} `{asked.choices}`" if asked.choices else _TYPES[asked.type]


def _needed(item: Item) -> str:
    conditions = [f"必須 required{_when(item.required_if)}"] if item.required or item.required_if else []
    conditions += [f"対象 asked{_when(item.applies_if)}"] if item.applies_if else []
    return "".join(f"<br>{condition}" for condition in conditions)


def _required(column: Column) -> str:
    return f"必須{_when(column.required_if)}" if column.required or column.required_if else ""


def _when(condition: str) -> str:
    return f": `{condition}`" if condition else ""


def _clauses(item: Item) -> str:
    joint = f"<br>共同研究機関 {item.clause_joint}" if item.clause_joint else ""
    return f"{item.clause}{joint}"


def _help(asked: Item | Column) -> str:
    return "<br>".join(text for text in (asked.help_ja, asked.help_en) if text)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(0x2502)) for cell in cells)} |"


def main() -> None:
    """Write every page to the folder named, else to its place below the current folder."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for key in checklist_keys():
        files.write_bytes(folder / f"{key}.md", render_checklist_page(load_checklist(key)).encode())


if __name__ == "__main__":
    main()
