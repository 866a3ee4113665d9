"""The worksheet functions `RS_…`: a few lines each over the domain. What they mean stands in `data/functions.toml`.

Arguments arrive as cells (`boundary.columnwise`: whole columns at once) and carry no type annotation that xlwings
would take for a converter.  None of them takes a nationality.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Any

from xlsaddin.excel import answers_in_cells, facts_in_cells
from xlsaddin.excel.boundary import as_grid, columnwise, each_cell, guarded, is_blank, text_of, trim
from xlsaddin.excel.settings import load_settings
from xlsaddin.excel.wrong_argument import ArgumentError

_MOST_ROWS = 50


def _rooms() -> tuple[ModuleType, ModuleType]:
    """Return the session and the words of hits: they bring lists and numerics, which a function may not need."""
    from xlsaddin.excel import session, wording

    return session, wording


def _row_count(top: Any) -> int:
    """Return how many rows a name gets, 1 when left out; raises ArgumentError for what is no count."""
    if is_blank(top):
        return 1
    if not text_of(top).isdecimal() or not 1 <= int(text_of(top)) <= _MOST_ROWS:
        raise ArgumentError("RS-LIVE-016", top=text_of(top), most=_MOST_ROWS)
    return int(text_of(top))


@columnwise
def rs_match(names: Sequence[Any], countries: Sequence[Any] = (), kinds: Sequence[Any] = ()) -> list[str]:
    """Return the best hit of each name as one text."""
    screening, wording, settings = *_rooms(), load_settings()
    screener = screening.current_screener()
    failed = wording.failures(screener.lists, settings)
    results = screener.screen_many(screening.queries_of(names, countries, kinds)).results
    return [wording.best_text(result, failed, settings) for result in results]


@columnwise
def rs_score(names: Sequence[Any], countries: Sequence[Any] = (), kinds: Sequence[Any] = ()) -> list[float | str]:
    """Return the score of the best hit of each name; a sentence instead of 0 when a list could not be used."""
    screening, wording, settings = *_rooms(), load_settings()
    screener = screening.current_screener()
    failed = wording.failures(screener.lists, settings)
    results = screener.screen_many(screening.queries_of(names, countries, kinds)).results
    return [wording.score_of(result, failed, settings) for result in results]


@guarded
def rs_hits(names: Any, top: Any = None) -> Any:
    """Return `top` rows for each name, so that the rows stand in the order of the names."""
    screening, wording, settings = *_rooms(), load_settings()
    screener = screening.current_screener()
    asked = [row[0] for row in trim(as_grid(names))]
    rows = _row_count(as_grid(top)[0][0])
    results = screener.screen_many(screening.queries_of(asked)).results
    failed = wording.failures(screener.lists, settings)
    return [line for result in results for line in wording.hit_rows(result, rows, failed, settings)]


@columnwise
def rs_explain(names: Sequence[Any], countries: Sequence[Any] = ()) -> list[str]:
    """Return why the best hit of each name was found, and what being on that list means."""
    screening, wording, settings = *_rooms(), load_settings()
    screener = screening.current_screener()
    failed = wording.failures(screener.lists, settings)
    results = screener.screen_many(screening.queries_of(names, countries)).results
    return [wording.explanation(result, screener.lists, failed, settings) for result in results]


@guarded
def rs_listinfo(list_id: Any = None) -> Any:
    """Return one list as a text, or a table of all lists in use."""
    screening, wording, settings = *_rooms(), load_settings()
    screener = screening.current_screener()
    asked = text_of(as_grid(list_id)[0][0])
    found = [[use.id, wording.list_text(use, settings)] for use in screener.lists if asked in ("", use.id)]
    return found if not asked else found[0][1] if found else settings.say(*wording.NO_LIST)


@guarded
def rs_validate(item: Any, value: Any) -> Any:
    """Return what is to be corrected in each value as an answer to an item; empty texts where nothing is."""
    path = text_of(as_grid(item)[0][0])
    return each_cell(value, lambda cell: answers_in_cells.check_value(path, cell, load_settings()))


@guarded
def rs_lookback(item: Any, day: Any, profile: Any = None) -> Any:
    """Return whether each date lies inside the period an item asks for."""
    key, name = text_of(as_grid(item)[0][0]), text_of(as_grid(profile)[0][0])
    return each_cell(day, lambda cell: answers_in_cells.lookback_of(key, cell, name, load_settings()))


@guarded
def rs_residency(facts: Any, as_of: Any = None) -> Any:
    """Return residency and specific category of a table of facts."""
    return facts_in_cells.residency_of(as_grid(facts), as_grid(as_of)[0][0], load_settings())


@guarded
def rs_level(levels: Any) -> Any:
    """Return the overall level of a range of levels, in words."""
    return answers_in_cells.overall_level([cell for row in as_grid(levels) for cell in row], load_settings())


@guarded
def rs_riskscore(levels: Any) -> Any:
    """Return the order of work (確認順) of a range of levels."""
    return answers_in_cells.order_of_work([cell for row in as_grid(levels) for cell in row])


@columnwise
def rs_normalize(names: Sequence[Any]) -> list[str]:
    """Return each name in the form used for comparison."""
    from xlsaddin.text.normalize import normalize_name

    return [normalize_name(text_of(name)) for name in names]
