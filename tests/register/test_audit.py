"""The audit log proves that nothing was changed or lost, also after a person was erased."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from sqlalchemy import update

from xlsaddin.register import audit
from xlsaddin.register.opening import RegisterError, open_engine, purge, reading, writing
from xlsaddin.register.tables import AuditEntry


def filled(path: Path) -> str:
    url = f"sqlite:///{path / 'register.sqlite'}"
    with writing(open_engine(url)) as session:
        for number in range(1, 6):
            subject = f"P-{number % 2}"
            audit.append(session, "tanaka", "judgement.record", f"hit {number}", {"reason": f"理由{number}"}, subject)
    return url


def test_an_untouched_log_is_whole(tmp_path: Path) -> None:
    with reading(open_engine(filled(tmp_path))) as session:
        assert audit.verify_chain(session).broken_at is None


@pytest.mark.parametrize("column", ["payload", "actor", "action", "target", "at", "digest", "salt", "subject_code"])
def test_a_changed_line_is_named(tmp_path: Path, column: str) -> None:
    engine = open_engine(filled(tmp_path))
    with writing(engine) as session:
        session.execute(update(AuditEntry).where(AuditEntry.number == 3).values({column: "changed"}))
    with reading(engine) as session:
        assert audit.verify_chain(session).broken_at == 3


def test_a_removed_line_is_noticed(tmp_path: Path) -> None:
    engine = open_engine(filled(tmp_path))
    with writing(engine) as session:
        session.delete(session.get_one(AuditEntry, 2))
    with reading(engine) as session:
        assert audit.verify_chain(session).broken_at == 2


def test_erasing_a_person_leaves_the_chain_whole_and_nothing_of_the_payload(tmp_path: Path) -> None:
    engine = open_engine(filled(tmp_path))
    with writing(engine) as session:
        assert audit.erase_payloads(session, "P-1") == 3
    with reading(engine) as session:
        proof = audit.verify_chain(session)
        assert (proof.broken_at, proof.erased, proof.entries) == (None, 3, 5)
    purge(engine)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert "理由2".encode() in kept
    assert not any(f"理由{number}".encode() in kept for number in (1, 3, 5))


def _append(url: str, name: str) -> None:
    engine = open_engine(url)
    for number in range(15):
        with writing(engine) as session:
            audit.append(session, name, "submission.record", str(number), {})


def test_several_writers_on_one_host_lose_nothing(tmp_path: Path) -> None:
    url = filled(tmp_path)
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_append, args=(url, name)) for name in ("a", "b", "c")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    with reading(open_engine(url)) as session:
        proof = audit.verify_chain(session)
    assert (proof.entries, proof.broken_at) == (50, None)


def test_a_register_of_another_schema_is_refused_by_name(tmp_path: Path) -> None:
    url = filled(tmp_path)
    with writing(open_engine(url)) as session:
        session.connection().exec_driver_sql("update setting set value = '99' where key = 'schema'")
    with pytest.raises(RegisterError) as refused:
        open_engine(url)
    assert refused.value.code == "RS-REG-004"


@pytest.mark.parametrize("url", ["mysql://x/y", "not an address", "postgresql+nodriver://localhost/x"])
def test_an_address_that_cannot_serve_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(RegisterError) as refused:
        open_engine(url)
    assert refused.value.code in {"RS-REG-001", "RS-REG-002"}
