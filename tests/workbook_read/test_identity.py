"""An office edition is known by this installation's keyed digest, and by no other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from xlsaddin.workbook.identity import sign_identity
from xlsaddin.workbook.meta import BookMeta, Edition, meta_rows, parse_meta, sign_meta

META = BookMeta(
    "researcher",
    "1.0.0",
    subject_id="R-012",
    case_id="C-2026-03",
    lookback_start=date(2024, 4, 1),
    sheets={"cover": "表紙"},
)


def test_meta_survives_its_rows(home: Path) -> None:
    for meta in (META, sign_meta(META)):
        assert parse_meta(dict(meta_rows(meta))) == meta


def test_own_office_edition_is_known(home: Path) -> None:
    signed = sign_meta(META)
    assert signed.edition is Edition.OFFICE
    assert parse_meta(dict(meta_rows(signed))).made_here


def test_renamed_sheets_do_not_matter(home: Path) -> None:
    assert replace(sign_meta(META), sheets={"cover": "表紙2"}).made_here


@pytest.mark.parametrize(
    "change",
    [{"subject_id": "R-013"}, {"case_id": ""}, {"profile": "wide"}, {"checklist": "partner"}, {"identity": ""}],
)
def test_edition_for_another_subject_is_not_confirmed(home: Path, change: dict[str, str]) -> None:
    assert not replace(sign_meta(META), **change).made_here  # type: ignore[arg-type]


def test_respondent_edition_never_counts_as_made_here(home: Path) -> None:
    disguised = replace(sign_meta(META), edition=Edition.RESPONDENT)
    assert not disguised.made_here
    assert "identity" not in dict(meta_rows(disguised))


def test_another_installation_is_not_trusted(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = sign_meta(META)
    monkeypatch.setenv("XLSADDIN_HOME", str(tmp_path / "elsewhere"))
    assert not signed.made_here
    assert not (tmp_path / "elsewhere").exists(), "asking must not make a key"


def test_key_is_private_and_stays(home: Path) -> None:
    first = sign_identity({"a": "1"})
    key = home / "keys" / "installation.key"
    assert key.stat().st_mode & 0o077 == 0
    assert sign_identity({"a": "1"}) == first


def test_two_who_start_together_share_one_key(home: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        digests = set(pool.map(lambda _: sign_identity({"a": "1"}), range(16)))
    assert len(digests) == 1
    assert [path.name for path in (home / "keys").iterdir()] == ["installation.key"]
