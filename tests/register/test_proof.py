"""`register verify` proves the rows as well as the log: what was changed, put in or taken out is named."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from tests.register.conftest import Desk, judged
from tests.register.test_judging import record_judged, visitor
from xlsaddin.register.opening import RegisterError, writing
from xlsaddin.register.register import Register
from xlsaddin.register.tables import Decision, Remembered, Result, Submission

TAMPERED = (
    (Result, {"level": "low"}, "result P-001 1"),
    (Submission, {"answers_digest": "0" * 64}, "submission P-001 researcher 1"),
    (Submission, {"sha256": "0" * 64}, "submission P-001 researcher 1"),
    (Remembered, {"disposition": "false_positive"}, "remembered P-001 1"),
    (Remembered, {"approver": "誰か"}, "remembered P-001 1"),
    (Decision, {"outcome": "参画を認める"}, "decision P-001 1"),
    (Decision, {"approved_by": "誰か"}, "decision P-001 1"),
    (Result, {"content": {"lists": [], "level": "low"}}, "result P-001 1"),
    (Result, {"content": None}, "result P-001 1"),
)


def decided(register: Register, desk: Desk) -> None:
    """A register with a judged hit and an approved decision about P-001."""
    record_judged(register, desk, judged())
    said = {"outcome": "参画を認めない", "reason": "理由", "by": "管理 次郎"}
    number = register.decide("P-001", "exception", on=date(2026, 9, 3), **said)
    register.approve_decision(number, by="学長 三郎", on=date(2026, 9, 4))


@pytest.mark.parametrize(("table", "values", "named"), TAMPERED)
def test_a_changed_row_is_named(local: Register, desk: Desk, table: Any, values: dict[str, Any], named: str) -> None:
    decided(local, desk)
    assert local.verify().whole
    with writing(local.engine) as session:
        session.execute(update(table).where(table.subject_code == "P-001", _first(table)).values(values))
    assert local.verify().changed == (named,)
    assert not local.verify().whole


def _first(table: Any) -> Any:
    return table.version == 1 if table is Submission else table.id == 1


def test_a_row_put_in_or_taken_out_behind_the_log_is_named(local: Register, desk: Desk, tmp_path: Path) -> None:
    decided(local, desk)
    with writing(local.engine) as session:
        old = session.get_one(Remembered, 1)
        copied = {column.name: getattr(old, column.name) for column in Remembered.__table__.columns}
        session.execute(
            insert(Remembered).values({**copied, "id": 9, "superseded_at": datetime(2026, 9, 5, tzinfo=UTC)})
        )
    assert local.verify().changed == ("remembered P-001 9", "remembered P-001 1")  # 1 stands beside a later one
    with writing(local.engine) as session:
        session.execute(delete(Remembered))
    assert local.verify().changed == ("remembered P-001 1",)
    with pytest.raises(RegisterError, match="監査記録と合わない"):
        local.back_up(tmp_path / "b.sqlite")
    assert not (tmp_path / "b.sqlite").exists()


def test_erasing_leaves_every_other_row_proven(register: Register, desk: Desk) -> None:
    decided(register, desk)
    desk.submit(register, visitor(email="b@midori.example"), subject="P-002")
    register.erase("P-001", "request")
    assert register.verify().whole
    assert register.verify().changed == ()
