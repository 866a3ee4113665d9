"""Send on: the line on the stage sheet, then frozen, sealed, if wished encrypted copy and mail draft, in one go.

An officer decides by typing into the line that waits on the sheet 回付; without a decision nothing is sent.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import astuple, replace
from datetime import datetime
from pathlib import Path

from xlsaddin.errors import WorkbookError
from xlsaddin.excel import live
from xlsaddin.excel.commands.send import saved_path
from xlsaddin.excel.stage_lines import (
    BLANK,
    DECISION,
    REMARK,
    STAGE,
    WHO,
    Line,
    find_desk,
    read_lines,
    write_lines,
)
from xlsaddin.excel.steps import Desk, Steps
from xlsaddin.exchange.protection import passphrases
from xlsaddin.exchange.routing.desks import Route, load_route
from xlsaddin.exchange.routing.sending import Order, SentOn, send_on
from xlsaddin.exchange.routing.sheet import TABLE, plan_stages
from xlsaddin.exchange.routing.stages import pass_stage, read_stages
from xlsaddin.exchange.seal.keys import KeyStore
from xlsaddin.register.register import Register
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.plan import Changes
from xlsaddin.workbook.read.book import ReadBook, read_workbook

_OUTBOX = "outbox"


def send_to_next(desk: Desk) -> Steps:
    """Send the workbook in front on to the next desk; asks for a decision on its stage sheet when there is none."""
    saved, route = saved_path(desk), load_route()
    yield desk.say("RS-LIVE-061", book=saved.name)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        read = read_workbook(live.save_copy(desk.book, folder / f"{saved.stem}.xlsx"))
        recorded, typed = read_lines(desk.book)
        order = _order(desk, route, read, typed)
        to = route.stage(order.to).shown if order.to else "-"
        if not order.decision:
            _ask(desk, read, route, recorded, order)
            desk.tell(desk.say("RS-LIVE-081", to=to))
            return ""
        yield desk.say("RS-LIVE-083", to=to)
        bare, at = folder / f"bare-{saved.stem}.xlsx", datetime.now().astimezone()
        apply_changes(read.path, Changes(sheets=(plan_stages(route, recorded),)), bare)
        done = _send(bare, _outbox(desk, saved), order, at, encrypted=desk.settings.encrypt == "yes")
        write_lines(desk.book, read, route, _record(bare, folder / "passed.xlsx", order, at))
    desk.tell(_report(desk, done))
    return desk.say("RS-LIVE-084", to=done.to)


def _order(desk: Desk, route: Route, read: ReadBook, typed: Line) -> Order:
    """Return how the workbook is to be sent on: what was typed into the line, else what the settings say.

    Raises:
        WorkbookError: when it is not known from which desk, or by whom.
    """
    settings = desk.settings
    stage = find_desk(route, typed[STAGE] or settings.desk)
    if not stage:
        raise WorkbookError("RS-LIVE-080", known=", ".join(one.ja for one in route.stages.values()))
    who = typed[WHO] or settings.reviewer
    if not who:
        raise WorkbookError("RS-LIVE-075")
    to = find_desk(route, settings.next_desk) or route.following(stage, read.checklist.key)
    return Order(stage, who, typed[DECISION], typed[REMARK], to)


def _ask(desk: Desk, read: ReadBook, route: Route, recorded: Sequence[Line], order: Order) -> None:
    """Put a line with desk and officer on the stage sheet and bring its decision to the front."""
    waiting = [*BLANK]
    waiting[STAGE], waiting[WHO], waiting[REMARK] = route.stage(order.stage).shown, order.who, order.remark
    sheet = write_lines(desk.book, read, route, [*recorded, tuple(waiting)])
    header = sheet.tables[TABLE].range
    sheet.activate()
    sheet.range((header.row + 1 + len(recorded), header.column + DECISION)).select()


def _outbox(desk: Desk, saved: Path) -> Path:
    """Return the folder copies and drafts are laid out in: that of the settings, else one beside the workbook."""
    return Path(desk.settings.outbox) if desk.settings.outbox else saved.parent / _OUTBOX


def _send(source: Path, outbox: Path, order: Order, at: datetime, *, encrypted: bool) -> SentOn:
    outbox.mkdir(parents=True, exist_ok=True)
    if encrypted:
        order = replace(order, passphrase=passphrases.passphrases_for(outbox, [order.to])[order.to])
    with Register.open() as register:
        return send_on(source, outbox, order, keys=KeyStore(), register=register, at=at)


def _record(source: Path, passed: Path, order: Order, at: datetime) -> list[Line]:
    """Return all lines of the stage sheet as they now stand in the copy that was sent."""
    pass_stage(source, passed, order.stage, order.who, at, decision=order.decision, remark=order.remark)
    return [astuple(one) for one in read_stages(passed)]


def _report(desk: Desk, done: SentOn) -> str:
    """Return what was made and where, what stayed behind, and what does not fit the record of earlier desks."""
    lines = [desk.say("RS-LIVE-085", to=done.to, workbook=done.workbook, draft=done.draft)]
    if desk.settings.encrypt == "yes":
        lines.append(desk.say("RS-LIVE-086", path=done.workbook.parent / passphrases.FILE))
    if done.withheld:
        lines.append(desk.say("RS-LIVE-087", items=", ".join(done.withheld)))
    lines += [desk.settings.say(found.message_ja, found.message_en) for found in done.findings]
    return "\n".join(lines)
