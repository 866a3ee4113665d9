"""`xlsaddin screen`: names against the lists, at the terminal, as JSON, or with a record for the file."""

from __future__ import annotations

import errno
import getpass
import json
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xlsaddin.cli import exits, screen_shown
from xlsaddin.screening.model import Query, QueryKind

if TYPE_CHECKING:
    from xlsaddin.screening.model import Screening
    from xlsaddin.watchlist.store import ListStore


def screen(
    names: Annotated[list[str] | None, typer.Argument(help="照合する名称 / Names to screen.")] = None,
    csv: Annotated[Path | None, typer.Option(help="照会ファイル id,name[,country][,kind] / UTF-8 CSV.")] = None,
    country: Annotated[str, typer.Option(help="機関の国・地域(国籍ではない) / Country of the body.")] = "",
    kind: Annotated[QueryKind, typer.Option(help="名称の種類 / What the names name.")] = QueryKind.ANY,
    lists: Annotated[list[str] | None, typer.Option("--list", help="使うリストの ID / Ids of lists to use.")] = None,
    cutoff: Annotated[float | None, typer.Option(min=0, max=100, help="表示下限 0-100 / Lowest score shown.")] = None,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="基準日 / The day to judge by.")] = None,
    profile: Annotated[
        str, typer.Option(help="リストを決めるプロファイル / Profile that names the lists.")
    ] = "default",
    record: Annotated[Path | None, typer.Option(help="照合記録(HTML)の保存先 / Where to write the record.")] = None,
    purpose: Annotated[str, typer.Option(help="照合記録に書く目的 / Purpose, for the record.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="結果を JSON で出力 / Print the results as JSON.")] = False,
) -> None:
    """名称をリストと照合し、候補と根拠を示す / Screen names against the loaded lists; a person decides."""
    from xlsaddin.checklist.profiles import load_profile
    from xlsaddin.parameters import Parameters
    from xlsaddin.screening.engine import screener_for
    from xlsaddin.screening.selection import select_lists
    from xlsaddin.watchlist.store import ListStore

    asked = _queries(names or [], csv, country, kind)
    queries = [query for query in asked if query.name]
    if record is not None and record.is_dir():  # before a long screening, not after it
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(record))
    day = as_of.date() if as_of else date.today()
    store, chosen = ListStore(), load_profile(profile)
    ids = tuple(dict.fromkeys(lists)) if lists else select_lists(chosen, store)
    screener = screener_for(store, ids, day, Parameters(day, chosen.parameters))
    screening = screener.screen_many(queries, cutoff)
    if record is not None:
        _write_record(screening, record, purpose, store)
    if as_json:
        _print_json(screening)
    else:
        screen_shown.print_screening(screening, store)
    screen_shown.say_warnings(screening)
    nameless = [query.id for query in asked if not query.name]
    screen_shown.say_nameless(nameless)
    raise typer.Exit(max(_code(screening), exits.LOOK if nameless else exits.CLEAN))


def _queries(names: list[str], csv: Path | None, country: str, kind: QueryKind) -> list[Query]:
    """Return the queries of the command line, then those of the file; raises `QueryError` when there is none."""
    from xlsaddin.screening.queries import QueryError, parse_country, read_queries

    code = parse_country(country, "--country")
    queries = [Query(name, str(number), code, kind) for number, name in enumerate(names, start=1) if name.strip()]
    if csv is not None:
        queries.extend(read_queries(csv))
    if not queries and csv is None:
        raise QueryError("RS-SCREEN-001")
    return queries


def _code(screening: Screening) -> int:
    if not screening.conclusive:
        return exits.INCONCLUSIVE
    return exits.LOOK if any(result.hits for result in screening.results) else exits.CLEAN


def _print_json(screening: Screening) -> None:
    from xlsaddin.report.record import render_screening

    json.dump(render_screening(screening), sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def _write_record(screening: Screening, path: Path, purpose: str, store: ListStore) -> None:
    """Write the 照合記録 beside what is printed."""
    from xlsaddin import files
    from xlsaddin.report.record import Asked, render_record

    unused = screen_shown.unused_lists(screening, store)
    asked = Asked(getpass.getuser(), datetime.now().astimezone(), purpose, unused)
    meanings = {use.id: store.source(use.id).meaning_ja for use in screening.lists if use.usable}
    files.write_bytes(path, render_record(screening, asked, meanings).encode("utf-8"))
