"""What `xlsaddin lists` prints: the state of each list, what an import changed, how two editions differ."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console

from xlsaddin import codes

if TYPE_CHECKING:
    from xlsaddin.watchlist.diff import Change, ListDiff
    from xlsaddin.watchlist.model import ListEntry, ListUse
    from xlsaddin.watchlist.taking_in import ImportResult

_NOTES = 20
_NAMES = 5
_TITLES = ("ID", "題名 / Title", "版 / Edition", "件数 / Entries", "確認日 / Confirmed", "日数 / Days", "状態 / State")
_FACTS = {
    "name": "名称 name",
    "aliases": "別名 aliases",
    "kind": "種類 kind",
    "countries": "国・地域 countries",
    "concerns": "懸念区分 concerns",
    "identifiers": "番号 identifiers",
    "birth_dates": "生年月日 birth dates",
}


def print_status(uses: Sequence[ListUse], day: date, missing: Sequence[str]) -> None:
    """Print a line a list, or two where the terminal is narrower than the lines; then what is not loaded."""
    print(f"リスト / Lists ({day.isoformat()})")
    rows = [_TITLES, *(_status_row(use) for use in uses)]
    lines = list(_aligned(rows))
    if max(map(cell_len, lines)) > _width():
        lines = [f"{row[0]}  {row[1]}\n  {_facts_line(row)}" for row in rows[1:]]
    print("\n".join(lines))
    print("未取込 / not loaded: " + (", ".join(missing) or "-"))


def _status_row(use: ListUse) -> tuple[str, ...]:
    confirmed = use.confirmed_on.isoformat() if use.confirmed_on else "-"
    days = str(use.age_days) if use.usable else "-"
    entries = f"{use.entries:,}" if use.usable else "-"
    return use.id, use.title_ja, use.edition or "-", entries, confirmed, days, _state(use)


def _facts_line(row: Sequence[str]) -> str:
    _, _, edition, entries, confirmed, days, state = row
    if edition == "-":
        return state
    return f"{state}   版 {edition}   {entries} 件   確認 {confirmed} ({days} 日前)"


def _state(use: ListUse) -> str:
    if not use.usable:
        return "使用不可 / unusable"
    if use.sample:
        return "架空の見本 / fictional sample"
    return "要更新 / stale" if use.stale else "OK"


def print_result(result: ImportResult) -> None:
    """Print what a file was, and what it changed."""
    word = "取り込みました / added" if result.outcome.value == "added" else "取込済みです / already stored"
    in_force = f"{result.in_force_from.isoformat()} から有効 / in force"
    print(f"{result.list_id} {result.edition} ({in_force}): {result.entries:,} 件 {word}")
    if result.diff:
        print(f"  {_diff_line(result.diff)}")
    for note in result.notes[:_NOTES]:
        print(f"  注 / note: {note}")
    if len(result.notes) > _NOTES:
        print(f"  注 / note: … +{len(result.notes) - _NOTES}")


def print_cautions(result: ImportResult, dated_by_hand: bool) -> None:
    """Print what rests on the day of import alone: the date of an undated file, an old edition being the newest."""
    from xlsaddin.parameters import Parameters
    from xlsaddin.watchlist.sources import load_definitions

    definition = load_definitions().get(result.list_id)
    if definition is None:
        return
    today = date.today()
    days = (today - date.fromisoformat(result.edition[:10])).days
    if definition.undated and not dated_by_hand:
        message = codes.message("RS-LIST-041")
    elif not definition.undated and days > Parameters(today).integer("list_stale_days"):
        message = codes.message("RS-LIST-042")
    else:
        return
    print(f"  {message.render_ja(days=days)}\n  {message.render_en(days=days)}")


def print_diff(found: ListDiff) -> None:
    """Print every entry added, removed and changed, and how many of each."""
    print(f"{found.list_id}: {found.from_edition} -> {found.to_edition}")
    rows = [("", "No.", "名称 / Name")]
    rows += [("+", entry.number, entry.name) for entry in found.added]
    rows += [("-", entry.number, entry.name) for entry in found.removed]
    rows += [("~", change.after.number, change.after.name) for change in found.changed]
    changes = [None] * (len(rows) - len(found.changed)) + list(found.changed)
    for line, change in zip(_aligned(rows), changes, strict=True):
        print(line)
        for fact in _changed(change) if change else ():
            print(f"     {fact}")
    print(_diff_line(found))


def _diff_line(found: ListDiff) -> str:
    counts = (
        f"追加 / added {len(found.added)}, 削除 / removed {len(found.removed)}, 変更 / changed {len(found.changed)}"
    )
    return f"{found.from_edition} -> {found.to_edition}: {counts}"


def _changed(change: Change) -> Iterator[str]:
    """Yield each fact that changed, with what it was and what it is."""
    for fact in change.facts:
        before, after = _values(change.before, fact), _values(change.after, fact)
        if fact == "aliases":
            gone, new = _without(before, after), _without(after, before)
            shown = " ".join([*(f"+[{name}]" for name in new[:_NAMES]), *(f"-[{name}]" for name in gone[:_NAMES])])
            rest = len(new[_NAMES:]) + len(gone[_NAMES:])
            yield f"{_FACTS[fact]}: {shown}{f' … +{rest}' if rest else ''}"
        else:
            yield f"{_FACTS[fact]}: {', '.join(before) or '-'} -> {', '.join(after) or '-'}"


def _values(entry: ListEntry, fact: str) -> list[str]:
    if fact == "aliases":
        return [alias.name for alias in entry.aliases]
    if fact == "identifiers":
        return [f"{kind} {value}" for kind, values in entry.identifiers.items() for value in values]
    value = getattr(entry, fact)
    return [str(value)] if isinstance(value, str) else [str(one) for one in value]


def _without(names: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return the names that are not among others, compared as editions are."""
    from xlsaddin.watchlist.diff import name_key

    known = {name_key(other) for other in others}
    return [name for name in names if name_key(name) not in known]


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows as lines whose columns stand under each other, wide characters counted as two."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _width() -> int:
    """Return the columns of the terminal; of a pipe or a file without limit."""
    return Console().width if sys.stdout.isatty() else sys.maxsize
