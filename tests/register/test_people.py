"""One person stays one person however the name is written; two persons stay two."""

from __future__ import annotations

import pytest

from tests.register.conftest import Desk, judged
from tests.register.test_judging import visitor
from xlsaddin.register.opening import RegisterError
from xlsaddin.register.people import name_keys
from xlsaddin.register.register import Register

SAME = (
    ("YUSHUTSU Hanako", "Yushutsu, Hanako"),
    ("YUSHUTSU Hanako", "Dr. Hanako Yūshutsu"),
    ("YUSHUTSU Hanako", "Prof. Hanako Yushutsu (Export control office)"),
    ("輸出 花子", "輸出花子（輸出管理室）"),
    ("輸出 花子", "輸出花子さん"),
    ("輸出 花子", "輸出 花子 室長"),
    ("輸出 花子", "輸出花子准教授"),
    ("輸出 花子", "輸出　花子／輸出管理室"),
    ("髙橋 さくら", "高橋さくら"),
    ("渡邉 一", "渡辺一"),
    ("輸出 花子", "(輸出花子)"),
)
OTHERS = (
    ("輸出 花子", "輸出 次郎"),
    ("輸出 花子", "管理 花子"),
    ("Dr. Sato", "Dr. Kato"),
    ("", " "),
    ("森 博士", "林 博士"),
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_person(one: str, other: str) -> None:
    assert name_keys(one) & name_keys(other)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_two_persons(one: str, other: str) -> None:
    assert not name_keys(one) & name_keys(other)


def test_nobody_approves_an_own_judgement_under_another_spelling(register: Register, desk: Desk) -> None:
    desk.submit(register, visitor(), subject="P-001")
    (hit,) = register.open_hits()
    for approver in ("輸出花子（輸出管理室）", "輸出花子さん"):
        with pytest.raises(RegisterError) as refused:
            register.record_judgement("P-001", hit.body, judged(approver=approver))
        assert refused.value.code == "RS-REG-008"
