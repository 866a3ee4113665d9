"""What `xlsaddin screen` prints for a person: hits with reasons, the lists they rest on, and what limits the result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from xlsaddin import codes
from xlsaddin.cli import exits

if TYPE_CHECKING:
    from rich.console import Console

    from xlsaddin.screening.model import Query, QueryResult, Screening
    from xlsaddin.watchlist.model import ListUse
    from xlsaddin.watchlist.store import ListStore

_NAME = 200
_IDS = 5


def print_screening(screening: Screening, store: ListStore) -> None:
    """Print every query with its hits and reasons, then the lists they rest on and what a hit on each means."""
    from rich.console import Console

    from xlsaddin.report.record import nothing_found

    console = Console(highlight=False, soft_wrap=True)
    nothing = nothing_found(screening)
    for result in screening.results:
        _print_result(console, result, nothing)
    for use in screening.lists:
        console.print(f"リスト / list  {use.id}: {_use(use)}", markup=False, style="dim")
    hit = {hit.list_id for result in screening.results for hit in result.hits}
    for list_id in (use.id for use in screening.lists if use.id in hit):
        source = store.source(list_id)
        console.print(f"意味 / meaning  {list_id}: {source.meaning_ja}", markup=False, style="dim")
        console.print(f"    {source.meaning_en}", markup=False, style="dim")
    if unused := unused_lists(screening, store):
        line = f"使っていない取込済みリスト / loaded, not used (--list, --profile): {', '.join(unused)}"
        console.print(line, markup=False, style="dim")


def unused_lists(screening: Screening, store: ListStore) -> tuple[str, ...]:
    """Return the ids of the lists that are loaded and were not asked."""
    used = {use.id for use in screening.lists}
    return tuple(list_id for list_id in store.ids() if list_id not in used)


def _print_result(console: Console, result: QueryResult, nothing: str) -> None:
    from rich.markup import escape

    from xlsaddin.report.record import BANDS

    console.print(f"[bold]{escape(_short(result.query.name))}[/bold]" + ("" if result.hits else f"  {nothing}"))
    for hit in result.hits:
        matched = "" if hit.matched == hit.entry.name else f" ({hit.matched})"
        place = f"{hit.list_id} {hit.edition} No.{hit.entry.number}"
        console.print(f"  {hit.score:5.1f} {BANDS[hit.band]}  {escape(place)}  {escape(hit.entry.name + matched)}")
        for reason in hit.why:
            console.print(f"        {reason.points:+6.1f}  {escape(reason.ja)} / {escape(reason.en)}", style="dim")


def _short(name: str) -> str:
    """Return a name on one line, cut where it is too long to show; the whole of it was screened."""
    line = " ".join(name.split())
    return line if len(line) <= _NAME else f"{line[:_NAME]}… ({len(name):,} 字 / characters)"


def _use(use: ListUse) -> str:
    return f"{use.title_ja} {use.edition} ({use.entries:,}件)" if use.usable else "使用不可 / not usable"


def say_warnings(screening: Screening) -> None:
    """Say on stderr what limits the result: a list that failed, a stale one, nothing but the sample, odd queries."""
    from xlsaddin.report.record import sample_only

    for use in screening.lists:
        if not use.usable:
            _say("RS-SCREEN-006", list_id=use.id, reason_ja=use.failure_ja, reason_en=use.failure_en)
        elif use.stale:
            _say("RS-SCREEN-007", list_id=use.id, days=use.age_days)
    if sample_only(screening):
        _say("RS-SCREEN-008")
    if not screening.results:
        _say("RS-SCREEN-009")
    if repeated := _repeated([result.query for result in screening.results]):
        _say("RS-SCREEN-010", ids=", ".join(repeated[:_IDS]), count=len(repeated))


def say_nameless(ids: Sequence[str]) -> None:
    """Say on stderr which rows of a file of queries have no name: they were not screened."""
    if ids:
        _say("RS-SCREEN-011", count=len(ids), ids=", ".join(ids[:_IDS]))


def _repeated(queries: Sequence[Query]) -> list[str]:
    counted: Iterable[tuple[str, int]] = Counter(query.id for query in queries).items()
    return [number for number, times in counted if times > 1]


def _say(code: str, **facts: object) -> None:
    message = codes.message(code)
    exits.say(message.render_ja(**facts), message.render_en(**facts))
