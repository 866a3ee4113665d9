"""Pictures for the pages of the departments: one fictional form on its way from desk to desk, by the real code.

python -m docs.department_pictures
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from docs.pictures import DAY, FOLDER, Shot, draw, print_pages
from xlsaddin.batch.demonstration import fill_workbooks
from xlsaddin.batch.session import Session
from xlsaddin.exchange.difference.version import STATUS, read_version
from xlsaddin.exchange.inbox.collecting import Desk, collect
from xlsaddin.exchange.outbox.distributing import Terms, distribute
from xlsaddin.exchange.prefill.carrying import EarlierForms
from xlsaddin.exchange.prefill.filling import Known
from xlsaddin.exchange.prefill.sources import Sources
from xlsaddin.exchange.returning.returning import return_form
from xlsaddin.exchange.roster import read_roster
from xlsaddin.exchange.routing.sending import Order, send_on
from xlsaddin.exchange.seal.keys import KeyStore
from xlsaddin.libreoffice.office import running_office
from xlsaddin.register.register import Register
from xlsaddin.watchlist.store import ListStore
from xlsaddin.workbook.areas import parse_area
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.plan import CellWrite, Changes

ROSTER = Path(__file__).parent / "departments" / "roster.toml"
FORM = "researcher-P-003.xlsx"
_AT = datetime(2026, 9, 7, 1, 0, tzinfo=UTC)
_ANSWERS = {"stated_on": DAY, "consent_true": "☑", "consent_notice": "☑", "education": "あり", "grants": "該当なし"}


def main() -> None:
    """Play one round and render what each desk sees."""
    (FOLDER / "departments").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_office() as office:
        os.environ["XLSADDIN_HOME"] = str(Path(folder) / "home")
        for shot, path in play(Path(folder)).items():
            draw(print_pages(office, path), shot)


def play(work: Path) -> Mapping[Shot, Path]:
    """Hand out, collect, return, check and send on; return the workbook of each picture."""
    fill_workbooks(ListStore(), DAY, work / "made", [ROSTER])
    roster, outbox = read_roster(work / "made" / "roster.xlsx", DAY), work / "outbox"
    distribute(roster, outbox, Terms(DAY, Known(Sources(None), EarlierForms(None))))
    sent = outbox / "workbooks" / FORM
    answered(sent, work / "inbox" / "本人から.xlsx", {**_ANSWERS, "name_kana": "リン ハオラン"})
    answered(sent, work / "inbox" / "研究室から.xlsx", {**_ANSWERS, "name_kana": "リン・コウゼン", "grants": "あり"})
    collect(work / "inbox", work / "collected", Desk((outbox,)))
    returned = return_form(work / "inbox" / "本人から.xlsx", outbox, roster, DAY).entry
    assert returned is not None
    return {
        shot("roster", "研究者"): work / "made" / "roster.xlsx",
        shot("arrives", "手順書3-3に基づき、特定研究"): sent,
        shot("difference", "1: "): work / "collected" / "differences" / FORM,
        shot("returned", "様式の点検で見つかったこと"): outbox / returned.file,
        shot("stages", "段階ごとに1行"): routed(work),
        shot("contract", "協力の内容"): outbox / "workbooks" / "contract-K-2026-014.xlsx",
    }


def shot(name: str, words: str) -> Shot:
    """Return a picture of these pages."""
    return Shot(f"departments/{name}", "", words)


def answered(form: Path, target: Path, answers: Mapping[str, object]) -> None:
    """Write a copy with single answers typed in."""
    places = read_version(form).places
    writes = []
    for key, value in answers.items():
        area = parse_area(places[key, STATUS].cell)
        writes.append(CellWrite(places[key, STATUS].sheet, area.top, area.left, value))  # type: ignore[arg-type]
    apply_changes(form, Changes(writes=tuple(writes)), target)


def routed(work: Path) -> Path:
    """Return the reviewed form after it passed two desks, sealed."""
    KeyStore().create("みどり大学 研究推進課", DAY.isoformat())
    reviewed = work / "03-lin.reviewed.xlsx"
    Session(DAY).check(work / "made" / "03-lin.xlsx", reviewed)
    first = Order("research_office", "佐藤", "確認済", "ヒット2件の判断をお願いします", question="同一の機関か")
    second = Order("export_control", "田中", "判断済", "別紙の照会のとおり")
    with Register.open() as register:
        passed = send_on(reviewed, work / "first", first, keys=KeyStore(), register=register, at=_AT)
        return send_on(passed.workbook, work / "second", second, keys=KeyStore(), register=register, at=_AT).workbook


if __name__ == "__main__":
    main()
