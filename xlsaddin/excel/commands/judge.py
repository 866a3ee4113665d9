"""Review: the next hit to judge, its explanation, recording a judgement for all places of a body, the measures.

A person judges by typing into the row; nothing here decides.
"""

from __future__ import annotations

import contextlib
import tempfile
from datetime import date
from pathlib import Path

from xlsaddin.errors import WorkbookError
from xlsaddin.excel import live, wording
from xlsaddin.excel.remembering import remember_review
from xlsaddin.excel.result_table import ResultRow, ResultTable, hit_choices, shows
from xlsaddin.excel.session import current_screener, current_session, queries_of
from xlsaddin.excel.steps import Desk, Steps
from xlsaddin.register.place import has_register
from xlsaddin.workbook.office.columns import (
    HIT_CONCLUDED,
    HIT_JUDGED,
    HIT_SHOWN,
    HIT_TECHNICAL,
    HITS,
    MEASURES,
    office_choices,
)
from xlsaddin.workbook.office.layers import Layer
from xlsaddin.workbook.plan import CellValue
from xlsaddin.workbook.read.book import read_workbook

_KEYS = (*HIT_SHOWN, *HIT_JUDGED, *HIT_CONCLUDED, *HIT_TECHNICAL)
_WAITING = ("open", "incomplete", "awaiting", "separation")
_TYPED = ("disposition", "relation_judged", "reason", "approver")


def go_to_next(desk: Desk) -> Steps:
    """Go to the next hit that waits for a judgement: those that must be judged first, then those for reference."""
    hits = _open_hits(desk)
    yield desk.say("RS-LIVE-030")
    open_rulings = hit_choices("ruling", *_WAITING)
    waiting = [row for row in hits.rows() if shows(row.text("ruling"), open_rulings)]
    must = [row for row in waiting if shows(row.text("band"), office_choices("band")[:1])]
    if not must and not waiting:
        return desk.say("RS-LIVE-070")
    here = hits.selected(desk.selection)
    after = [row for row in must or waiting if here is None or row.number > here.number]
    chosen = (after or must or waiting)[0]
    hits.show(chosen.number, "disposition")
    return desk.say("RS-LIVE-071", must=len(must), others=len(waiting) - len(must))


def _open_hits(desk: Desk) -> ResultTable:
    """Return the hits of the institution whose sheet is in front; elsewhere those of the own one."""
    with contextlib.suppress(WorkbookError):  # most books hold one result only
        other = ResultTable(desk.book, HITS, _KEYS, Layer(own=False))
        if other.sheet.name == desk.book.sheets.active.name:
            return other
    return ResultTable(desk.book, HITS, _KEYS)


def explain_hit(desk: Desk) -> Steps:
    """Explain the hit of the selected row; elsewhere, the selected name."""
    yield desk.say("RS-LIVE-030")
    book, selection = desk.book, desk.selection
    try:
        row = ResultTable(book, HITS, _KEYS).selected(selection)
    except WorkbookError:
        row = None
    if row is not None:
        lines = [f"{row.text('query')} → {row.text('listed')}", row.text("list_label"), row.text("why")]
        desk.tell("\n".join([*lines, row.text("meaning")]))
        return ""
    name = None if selection is None else selection.options(ndim=2).value[0][0]
    if not isinstance(name, str) or not name.strip():
        raise WorkbookError("RS-LIVE-072")
    screener = current_screener()
    (result,) = screener.screen_many(queries_of([name])).results
    failed = wording.failures(screener.lists, desk.settings)
    desk.tell(wording.explanation(result, screener.lists, failed, desk.settings))
    return ""


def record_judgement(desk: Desk) -> Steps:
    """Complete the judgement typed in the selected row and copy it to every row of the same body."""
    hits = _open_hits(desk)
    row = hits.selected(desk.selection)
    if row is None:
        raise WorkbookError("RS-LIVE-073")
    if not row.text("disposition") or not row.text("reason"):
        raise WorkbookError("RS-LIVE-074")
    reviewer = row.text("reviewer") or desk.settings.reviewer
    if not reviewer:
        raise WorkbookError("RS-LIVE-075")
    live.check_open(hits.sheet)
    yield desk.say("RS-LIVE-030")
    judged_on = row.cells.get("judged_on") or date.today()
    judgement: dict[str, CellValue] = {key: row.text(key) for key in _TYPED}
    judgement |= {"reviewer": reviewer, "judged_on": judged_on if isinstance(judged_on, date) else str(judged_on)}
    same = [other for other in hits.rows() if _same_body(other, row)]
    with live.Held(desk.app):
        for other in same:
            hits.write(other.number, {key: value for key, value in judgement.items() if value})
    hits.show(row.number, "disposition")
    yield desk.say("RS-LIVE-062", book=desk.book.name)
    code = "RS-LIVE-077" if hits.layer.own and _keep_in_register(desk) else "RS-LIVE-076"
    return desk.say(code, count=len(same), listed=row.text("listed"))


def _keep_in_register(desk: Desk) -> bool:
    """Keep the judgements of the book in the register; False where its subject is not registered."""
    if not has_register():
        return False
    session = current_session()
    with tempfile.TemporaryDirectory() as folder:
        read = read_workbook(live.save_copy(desk.book, Path(folder) / f"{Path(desk.book.name).stem}.xlsx"))
    found = remember_review(session.review(read), read.meta.subject_id)
    session.recall()
    if found:
        desk.tell("\n".join(desk.settings.say(one.message_ja, one.message_en) for one in found))
    return found is not None and not found


def go_to_measures(desk: Desk) -> Steps:
    """Go to the measures that the indicators call for."""
    yield desk.say("RS-LIVE-030")
    measures = ResultTable(desk.book, MEASURES, ("text",))
    first = next(iter(measures.rows()), None)
    if first is not None:
        measures.show(first.number, "text")
    return ""


def _same_body(one: ResultRow, other: ResultRow) -> bool:
    return bool(one.text("body")) and one.text("body") == other.text("body")
