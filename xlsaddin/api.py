"""The Python API for notebooks: `check` workbooks, `screen` names, open the `Register`; pandas in, pandas out.

A list that could not be used never reads as "no hit": results say whether they are conclusive, and counts that are
not known are missing, not zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlsaddin.checklist.profiles import load_profile
from xlsaddin.parameters import Parameters

if TYPE_CHECKING:
    from concurrent.futures import Executor

    import pandas

    from xlsaddin.register.register import Register
    from xlsaddin.screening.model import Query

__all__ = ["Checked", "Register", "Screened", "check", "screen"]


@dataclass(frozen=True)
class Checked:
    """What a check of workbooks came to, one object a workbook and the same as tables.

    Attributes:
        as_of: the day judged by.
        results: the JSON object of each workbook, in the order given; kept in a temporary file and read one by one.
    """

    as_of: date
    results: Sequence[Mapping[str, Any]] = field(repr=False)

    @property
    def workbooks(self) -> pandas.DataFrame:
        """One row a workbook: path, subject, checklist, status, level, state, score, counts, reviewed copy."""
        return _frame((_workbook_row(one) for one in self.results), _WORKBOOK)

    @property
    def findings(self) -> pandas.DataFrame:
        """One row a finding, notes included."""
        return self._spread("findings", _FINDING)

    @property
    def hits(self) -> pandas.DataFrame:
        """One row a hit at its place, judged or not."""
        return self._spread("hits", _HIT)

    @property
    def measures(self) -> pandas.DataFrame:
        """One row a proposed measure."""
        rows = (
            {"path": one["path"], "subject": one["subject"], **measure}
            for one in self.results
            if one["assessment"]
            for measure in one["assessment"]["measures"]
        )
        return _frame(rows, ("path", "subject", "kind", "required", "text_ja", "text_en", "reference"))

    @property
    def conclusive(self) -> bool:
        """False when nothing was read, a workbook could not be, or a list could not be used."""
        read = all(one["assessment"] for one in self.results)
        return bool(self.results) and read and all(use["usable"] for one in self.results for use in one["lists"])

    def _spread(self, key: str, columns: Sequence[str]) -> pandas.DataFrame:
        rows = ({"path": one["path"], "subject": one["subject"], **part} for one in self.results for part in one[key])
        return _frame(rows, ("path", "subject", *columns))


@dataclass(frozen=True)
class Screened:
    """What a screening of names came to.

    Attributes:
        queries: one row a name, with how many hits it has; missing where the lists could not all be used.
        hits: one row a hit, best first within a name; lists: one row a list used or asked for.
        conclusive: False when any list could not be used: then "no hit" means nothing.
    """

    queries: pandas.DataFrame
    hits: pandas.DataFrame
    lists: pandas.DataFrame
    conclusive: bool


_WORKBOOK = (
    "path", "subject", "checklist", "status", "level", "state", "score", "errors", "warnings", "to_judge", "reviewed",
)  # fmt: skip
_FINDING = ("code", "severity", "item", "sheet", "cell", "message_ja", "message_en")
_HIT = (
    "item", "sheet", "cell", "query", "list", "entry", "name", "matched", "score", "band", "why", "name_only", "period",
    "disposition", "standing", "reviewer",
)  # fmt: skip
_NAMES = ("name", "id", "country", "kind")


def check(
    paths: str | Path | Iterable[str | Path],
    *,
    as_of: date | None = None,
    profile: str | None = None,
    out: str | Path | None = None,
    jobs: int = 1,
    executor: Executor | None = None,
    register: Register | None = None,
) -> Checked:
    """Check workbooks and return what came out; the originals stay untouched.

    Args:
        paths: a workbook, a folder, or several of them. as_of: the day to judge by, today when not given.
        profile: funder profile, that of each workbook when not given.
        out: folder for reviewed copies; none are written without it.
        jobs: worker processes; executor: any executor in their place.
        register: shows what was judged before and records the results; nothing is recorded without it.

    Raises:
        XlsAddinError: a path that does not exist, or no workbook among them.
    """
    from xlsaddin.batch.gathering import gather_tasks
    from xlsaddin.batch.pool import WorkerPool
    from xlsaddin.batch.remembering import Keeper
    from xlsaddin.batch.running import Plan, run_batch
    from xlsaddin.report.stored import StoredResults

    address = register.address if register is not None else None
    keeper = Keeper(register) if register is not None else None
    plan = Plan(as_of or date.today(), profile, register=address)
    given = [Path(paths)] if isinstance(paths, (str, Path)) else [Path(path) for path in paths]
    tasks = gather_tasks(given, Path(out) if out is not None else None)
    workers: AbstractContextManager[Executor | None] = nullcontext(executor)
    if executor is None and jobs > 1:
        workers = WorkerPool(jobs)
    with workers as pool:
        results = run_batch(plan, tasks, executor=pool, workers=jobs, write=out is not None, keeper=keeper)
        return Checked(plan.as_of, StoredResults(results))


def screen(
    names: str | Iterable[str] | pandas.DataFrame,
    *,
    as_of: date | None = None,
    profile: str = "default",
    lists: Sequence[str] = (),
    country: str = "",
    kind: str = "any",
    cutoff: float | None = None,
) -> Screened:
    """Screen names against the loaded lists; a score orders work, a person decides.

    Args:
        names: one name, several, or a data frame with column `name` and, where known, `id`, `country`, `kind`.
        as_of: the day whose editions are used; profile: names the lists, unless `lists` does.
        country: of the body, or of a person's stated affiliation, never a nationality; kind: of the names.
        cutoff: lowest score shown, 0 to 100.
    """
    from xlsaddin.report.machine import render_lists
    from xlsaddin.report.record import render_screening
    from xlsaddin.screening.engine import screener_for
    from xlsaddin.screening.selection import select_lists
    from xlsaddin.watchlist.store import ListStore

    day, chosen, store = as_of or date.today(), load_profile(profile), ListStore()
    ids = tuple(dict.fromkeys(lists)) or select_lists(chosen, store)
    queries = _queries(names, country, kind)
    screening = screener_for(store, ids, day, Parameters(day, chosen.parameters)).screen_many(queries, cutoff)
    asked = [
        {**_asked(result.query), "hits": len(result.hits) if screening.conclusive and result.query.name else None}
        for result in screening.results
    ]
    found = [
        {"query": query.name, "id": query.id, **hit}
        for query, result in zip(queries, render_screening(screening)["results"], strict=True)
        for hit in result["hits"]
    ]
    frame = _frame(asked, (*_NAMES, "hits"))
    frame["hits"] = frame["hits"].astype("Int64")
    hit_columns = ("query", "id", "list", "edition", "entry", "name", "matched", "score", "band", "why", "name_only")
    return Screened(frame, _frame(found, hit_columns), _frame(render_lists(screening.lists)), screening.conclusive)


def _queries(names: str | Iterable[str] | pandas.DataFrame, country: str, kind: str) -> list[Query]:
    from xlsaddin.screening.model import Query, QueryKind
    from xlsaddin.screening.queries import QueryError, parse_country

    queries = []
    for number, row in enumerate(_rows(names), 1):
        told = {key: _told(row.get(key)) for key in _NAMES}
        code = parse_country(told["country"] or country, f"#{number}")
        asked = told["kind"] or kind
        if asked not in {one.value for one in QueryKind}:
            raise QueryError("RS-SCREEN-004", path="names", row=number, found=asked)
        queries.append(Query(told["name"], told["id"] or str(number), code, QueryKind(asked)))
    return queries


def _rows(names: str | Iterable[str] | pandas.DataFrame) -> list[dict[str, Any]]:
    import pandas  # only those who screen pay for it

    from xlsaddin.screening.queries import QueryError

    if isinstance(names, str):
        return [{"name": names}]
    if not isinstance(names, pandas.DataFrame):
        return [{"name": name} for name in names]
    if "name" not in names.columns:
        raise QueryError("RS-SCREEN-003", path="names", missing="name", found=", ".join(map(str, names.columns)))
    return [{str(key): value for key, value in row.items()} for row in names.to_dict("records")]


def _told(value: Any) -> str:
    """Return a cell of a data frame as text; what is missing is empty."""
    import pandas

    return "" if pandas.isna(value) else str(value).strip()


def _asked(query: Query) -> dict[str, str]:
    return {"name": query.name, "id": query.id, "country": query.country, "kind": query.kind.value}


def _workbook_row(one: Mapping[str, Any]) -> dict[str, Any]:
    assessment = one["assessment"] or {}
    severities = [finding["severity"] for finding in one["findings"]]
    counts = {"errors": severities.count("error"), "warnings": severities.count("warning")}
    own = {key: one.get(key) for key in ("path", "subject", "checklist", "status", "to_judge", "reviewed")}
    return {**own, **counts, **{key: assessment.get(key) for key in ("level", "state", "score")}}


def _frame(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] | None = None) -> pandas.DataFrame:
    import pandas  # only those who use the tables pay for it

    return pandas.DataFrame(list(rows), columns=list(columns) if columns else None)


def __getattr__(name: str) -> Any:
    if name == "Register":
        from xlsaddin.register.register import Register

        return Register
    raise AttributeError(name)
