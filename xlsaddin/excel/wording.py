"""Hits and lists in the words a cell shows. Words only: nothing here decides or computes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsaddin.excel.settings import Settings
from xlsaddin.screening.model import Hit, QueryResult
from xlsaddin.watchlist.model import ListUse
from xlsaddin.watchlist.store import ListStore
from xlsaddin.workbook.labels import words

NO_HIT = ("一致なし", "no match")
NO_LIST = ("そのリストは使われていません", "That list is not in use")
NOT_SCREENED = ("照合できません", "not screened")
ONLY_SAMPLE = (
    "公表されているリストが取り込まれていません(架空の見本だけ)。リボンの「更新」か「取込」で取り込んでください。",
    "no published list is loaded, only the fictional sample. Press “Update” or “Import” on the ribbon.",
)
NO_NAME = ("名称ではありません", "not a name")
_ERROR = re.compile(r"#[A-Z0-9/_]+[!?]?|Err:\d+")


def failures(lists: Sequence[ListUse], settings: Settings) -> str:
    """Return why lists could not be used, empty when all could; "no hit" is never said beside it."""
    sentences = [settings.say(use.failure_ja, use.failure_en) for use in lists if not use.usable]
    if lists and all(use.sample for use in lists):
        sentences.append(settings.say(*ONLY_SAMPLE))
    return f"{settings.say(*NOT_SCREENED)}: {' '.join(sentences)}" if sentences or not lists else ""


def no_hit(result: QueryResult, failed: str, settings: Settings) -> str:
    """Return what a name without a hit shows; an error, a number or an empty list of lists is never "no match"."""
    if failed:
        return failed
    name = result.query.name
    return settings.say(*(NO_HIT if is_name(name) else NO_NAME))


def is_name(text: str) -> bool:
    """Return whether a text can be a name: it has letters and is no error of a cell."""
    return any(map(str.isalpha, text)) and not _ERROR.fullmatch(text)


def hits_of(result: QueryResult) -> tuple[Hit, ...]:
    """Return the hits of a name; none where the cell holds no name, whatever its text looks like (`#N/A`)."""
    return result.hits if is_name(result.query.name) else ()


def score_of(result: QueryResult, failed: str, settings: Settings) -> float | str:
    """Return the score of the best hit; 0 only where a name was compared with every list, else why not."""
    if hits := hits_of(result):
        return hits[0].score
    return 0.0 if not failed and is_name(result.query.name) else no_hit(result, failed, settings)


def best_text(result: QueryResult, failed: str, settings: Settings) -> str:
    """Return the best hit as one text, such as `要判断 97 Harbin Institute of Technology [jp_meti_eul 541]`."""
    if not hits_of(result):
        return no_hit(result, failed, settings)
    hit = result.hits[0]
    band = settings.say(*words()[f"band.{hit.band.value}"])
    return f"{band} {hit.score:.0f} {hit.matched} [{hit.list_id} {hit.entry.number}]"


def hit_rows(result: QueryResult, rows: int, failed: str, settings: Settings) -> list[list[str | float]]:
    """Return exactly `rows` rows for one name: name, result, score, list, entry, listed name, why."""
    name = result.query.name
    blank: list[str | float] = [name, "", "", "", "", "", ""]
    if not name:
        return [blank] * rows
    found: list[list[str | float]] = [
        [
            name,
            settings.say(*words()[f"band.{hit.band.value}"]),
            hit.score,
            f"{hit.list_id} {hit.edition}",
            hit.entry.number,
            hit.matched,
            "; ".join(settings.say(reason.ja, reason.en) for reason in hit.why),
        ]
        for hit in hits_of(result)[:rows]
    ]
    if not found:
        found = [[name, no_hit(result, failed, settings), *blank[2:]]]
    return [*found, *[blank] * (rows - len(found))]


def explanation(result: QueryResult, lists: Sequence[ListUse], failed: str, settings: Settings) -> str:
    """Return why the best hit was found, what speaks against it, where it is listed and what that list means."""
    if not hits_of(result):
        return no_hit(result, failed, settings)
    hit = result.hits[0]
    titles = {use.id: settings.say(use.title_ja, use.title_en) for use in lists}
    listed = f"{titles.get(hit.list_id, hit.list_id)} {hit.edition} No. {hit.entry.number}: {hit.entry.name}"
    meaning = settings.say(*meaning_of(hit.list_id))
    return "\n".join([best_text(result, failed, settings), listed, *_reasons(hit, settings), meaning])


def meaning_of(list_id: str) -> tuple[str, str]:
    """Return what a hit on a list means and what it does not, in Japanese and English."""
    source = ListStore().source(list_id)
    return source.meaning_ja, source.meaning_en


def _reasons(hit: Hit, settings: Settings) -> list[str]:
    return [f"{_sign(reason.points)} {settings.say(reason.ja, reason.en)}" for reason in hit.why]


def _sign(points: float) -> str:
    return "＋" if points > 0 else "－" if points < 0 else "・"


def list_text(use: ListUse, settings: Settings) -> str:
    """Return a list's edition, count and age as one text, or why it cannot be used."""
    title = settings.say(use.title_ja, use.title_en)
    if not use.usable:
        return f"{title}: {settings.say(use.failure_ja, use.failure_en)}"
    ja = f"{use.edition}版 {use.entries}件 確認から{use.age_days}日"
    en = f"edition {use.edition}, {use.entries} entries, confirmed {use.age_days} days ago"
    old = settings.say("（要更新）", " (to be updated)") if use.stale else ""
    return f"{title}: {settings.say(ja, en)}{old}"
