"""Getting the newest editions from their publishers: find, fetch, verify, take in; what fails leaves the old one."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

from xlsaddin import files
from xlsaddin.errors import ListError
from xlsaddin.parameters import Parameters
from xlsaddin.watchlist import verify
from xlsaddin.watchlist.fetching import Fetched, Fetcher, Limits
from xlsaddin.watchlist.parsers.interface import PublishedFile, date_in_name
from xlsaddin.watchlist.sources import OWN_PREFIX, Definition, load_definitions
from xlsaddin.watchlist.store import ImportResult, ListStore, Outcome

_HREF = re.compile(r"""href\s*=\s*["']([^"']+)["']""", re.IGNORECASE)
_EFFECT = re.compile(r"令和(\d+|元)年(\d+)月(\d+)日\s*公布\s*令和(\d+|元)年(\d+)月(\d+)日\s*施行")


class UpdateOutcome(StrEnum):
    """What an update did to one list."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class UpdateResult:
    """What came of updating one list.

    Attributes:
        result: of taking in, None when nothing was fetched or it failed; failure_ja, failure_en: why it failed.
    """

    list_id: str
    outcome: UpdateOutcome
    result: ImportResult | None = None
    failure_ja: str = ""
    failure_en: str = ""


def limits(as_of: date) -> Limits:
    """Return what a download may cost, by the parameters in force."""
    parameters = Parameters(as_of)
    return Limits(
        tries=parameters.integer("list_download_tries"),
        wait=parameters.number("list_download_wait_seconds"),
        timeout=parameters.number("list_download_timeout_seconds"),
        megabytes=parameters.number("list_download_limit_mb"),
    )


def updatable_lists() -> tuple[str, ...]:
    """Return the ids of the lists whose newest file can be found without a person."""
    return tuple(list_id for list_id, known in load_definitions().items() if known.download.possible)


def update_lists(
    store: ListStore, fetcher: Fetcher, list_ids: Iterable[str] = (), today: date | None = None
) -> tuple[UpdateResult, ...]:
    """Update lists one by one, all that can be when none is named; a failure is a result, not an exception."""
    day = today or date.today()
    found = []
    for list_id in list_ids or updatable_lists():
        try:
            found.append(_update(store, fetcher, list_id, day))
        except ListError as problem:
            found.append(UpdateResult(list_id, UpdateOutcome.FAILED, None, problem.ja, problem.en))
    return tuple(found)


def _update(store: ListStore, fetcher: Fetcher, list_id: str, today: date) -> UpdateResult:
    definition = verify.definition_of(list_id, None)
    if list_id.startswith(OWN_PREFIX):
        raise ListError("RS-LIST-043", list_id=list_id)
    if not definition.download.possible:
        raise ListError("RS-LIST-024", list_id=list_id, page=definition.source.page_url or "-")
    url = definition.download.url or _newest_link(fetcher, definition)
    seen = _Seen(store.folder)
    held = {record.sha256 for record in store.editions(list_id)}
    known = seen.of(url)
    fetched = fetcher.fetch(url, known if known.get("sha256") in held else None)
    if fetched is None:
        store.confirm(list_id, today)
        return UpdateResult(list_id, UpdateOutcome.UNCHANGED)
    file = PublishedFile({fetched.name: fetched.content, **_others(fetcher, url, definition.download.more)})
    in_force = _in_force_from(fetcher, definition, date_in_name(file.name))
    result = store.take_in(file, list_id, today=today, in_force_from=in_force)
    seen.remember(url, fetched, file.sha256)
    added = result.outcome is Outcome.ADDED
    return UpdateResult(list_id, UpdateOutcome.ADDED if added else UpdateOutcome.UNCHANGED, result)


def _newest_link(fetcher: Fetcher, definition: Definition) -> str:
    """Return the address of the newest file linked from the publisher's pages; raises `ListError` when there is none.

    The first page that links one is enough; among dated links the newest date wins.
    """
    for page_url, pattern in definition.download.pages:
        page = fetcher.fetch(page_url)
        text = unescape(page.content.decode("utf-8", errors="replace")) if page else ""
        found = [(match, link) for link in _HREF.findall(text) if (match := re.search(pattern, link))]
        if found:
            newest: str = max(found, key=lambda pair: pair[0].groupdict().get("date") or "")[1]
            return urljoin(page_url, newest)
    raise ListError("RS-LIST-023", list_id=definition.source.id, page=definition.download.pages[0][0])


def _others(fetcher: Fetcher, url: str, names: tuple[str, ...]) -> dict[str, bytes]:
    """Return the other files of a set, which stand beside the first."""
    fetched = [fetcher.fetch(urljoin(url, name)) for name in names]
    return {name: one.content for name, one in zip(names, fetched, strict=True) if one is not None}


def _in_force_from(fetcher: Fetcher, definition: Definition, edition: date | None) -> date | None:
    """Return the first day in force of an edition we have no fact of, from METI's page of changes; None if not told."""
    if not definition.download.changes or edition is None or definition.fact(edition):
        return None
    page = fetcher.fetch(definition.download.changes)
    return dates_of_effect(page.content.decode("utf-8", errors="replace")).get(edition) if page else None


def dates_of_effect(page: str) -> dict[date, date]:
    """Return first days in force by day of publication, as METI's page of changes states them for the User List."""
    text = unicodedata.normalize("NFKC", re.sub(r"<[^>]+>", " ", unescape(page)))
    found: dict[date, date] = {}
    for section in text.split("外国ユーザーリストの改正について")[1:]:
        if match := _EFFECT.match(" ".join(section.split())):
            found[_reiwa(*match.groups()[:3])] = _reiwa(*match.groups()[3:])
    return found


def _reiwa(year: str, month: str, day: str) -> date:
    return date(2018 + (1 if year == "元" else int(year)), int(month), int(day))


class _Seen:
    """What servers called the versions we have, by address, so that an unchanged file is not sent again."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / ".fetched.json"

    def of(self, url: str) -> Mapping[str, str]:
        """Return what is remembered of an address, empty when nothing is or the file is damaged."""
        found = self._load().get(url)
        return found if isinstance(found, dict) else {}

    def remember(self, url: str, fetched: Fetched, sha256: str) -> None:
        """Remember the version of an address."""
        known = {"etag": fetched.etag, "last_modified": fetched.last_modified, "sha256": sha256}
        files.write_bytes(self._path, json.dumps({**self._load(), url: known}, indent=1).encode())

    def _load(self) -> dict[str, dict[str, str]]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}
