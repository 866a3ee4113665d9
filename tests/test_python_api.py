"""The Python API: the documented examples run as they stand; what is not known is never a number."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas
import pytest

import xlsaddin
from tests.scenarios.people import listed_body, nobody
from xlsaddin import Register, check, screen
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.profiles import load_profile
from xlsaddin.checklist.raw import raw_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.errors import XlsAddinError
from xlsaddin.watchlist.store import ListStore
from xlsaddin.workbook.respondent.template import build_template

AS_OF = date(2026, 9, 1)
DOCUMENT = Path(__file__).parents[1] / "docs" / "python-api.md"
LIST = """entry,name,aliases,country,kind,note
1,Examplia Institute of Rocketry,EIR,DE,organization,first
"""
PROFILE = 'title_ja = "試験用"\ntitle_en = "For tests"\nlists = ["own_watch"]\n'


@pytest.fixture
def folder(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three received workbooks, and a folder of state with one list."""
    (home / "profiles").mkdir(parents=True)
    (home / "profiles" / "desk.toml").write_text(PROFILE, encoding="utf-8")
    source = home / "own.csv"
    source.write_text(LIST, encoding="utf-8")
    ListStore(home).import_file(
        source, list_id="own_watch", title="試験用", today=date(2026, 8, 1), edition=date(2026, 8, 1)
    )
    form = load_checklist("researcher", load_profile("desk"))
    received = tmp_path / "received"
    received.mkdir()
    visited = nobody(listed_affiliations=[listed_body("2025.4-2025.9", "Examplia Institute of Rocketry")])
    for name, given in {"a.xlsx": nobody(), "b.xlsx": visited}.items():
        answers = read_answers(form, raw_answers(form, given, "desk"))
        (received / name).write_bytes(build_template("researcher", "desk", prefill=answers, as_of=AS_OF))
    (received / "c.xlsx").write_bytes(b"not a workbook")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_documented_examples_run(folder: Path) -> None:
    examples = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 5
    names: dict[str, object] = {}
    for example in examples:
        exec(compile(example, str(DOCUMENT), "exec"), names)  # the page is ours
    checked = names["checked"]
    assert isinstance(checked, xlsaddin.Checked)
    assert not checked.conclusive  # one of the three cannot be read


def test_checking_gives_tables_and_touches_nothing(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in (folder / "received").iterdir()}
    checked = check(folder / "received", profile="desk", as_of=AS_OF)
    assert {path.name: path.read_bytes() for path in (folder / "received").iterdir()} == before
    by_name = checked.workbooks.assign(name=checked.workbooks["path"].map(lambda path: Path(path).name)).set_index(
        "name"
    )
    assert by_name.loc["b.xlsx", "level"] == "moderate"
    assert by_name.loc["c.xlsx", "status"] == "unreadable"
    assert pandas.isna(by_name.loc["c.xlsx", "level"])
    assert set(checked.hits["list"]) == {"own_watch"}
    assert not checked.measures.empty


def test_reviewed_copies_only_where_asked_and_the_same_with_two_jobs(folder: Path) -> None:
    one = check("received", profile="desk", as_of=AS_OF)
    two = check("received", profile="desk", as_of=AS_OF, out="reviewed", jobs=2)
    assert sorted(path.name for path in (folder / "reviewed").glob("*.xlsx")) == ["a.reviewed.xlsx", "b.reviewed.xlsx"]
    columns = ["path", "level", "state", "errors", "warnings", "to_judge"]
    pandas.testing.assert_frame_equal(one.workbooks[columns], two.workbooks[columns])


def test_a_list_that_cannot_be_used_gives_no_zero(folder: Path) -> None:
    found = screen(["Midori University", ""], lists=["own_watch", "own_missing"], as_of=AS_OF)
    assert not found.conclusive
    assert found.queries["hits"].isna().all()
    assert list(found.lists.set_index("id").loc[["own_missing"], "usable"]) == [False]


def test_screening_takes_frames_with_gaps(folder: Path) -> None:
    frame = pandas.DataFrame({"name": ["EIR", None], "country": [None, "DE"], "id": [7, 8]})
    found = screen(frame, lists=["own_watch"], as_of=AS_OF)
    assert list(found.queries["id"]) == ["7", "8"]
    assert pandas.isna(found.queries["hits"][1])
    assert list(found.hits["id"]) == ["7"]


@pytest.mark.parametrize(
    "wrong", [{"kind": ["ship"], "name": ["x"]}, {"country": ["Nowhereland"], "name": ["x"]}, {"title": ["x"]}]
)
def test_what_cannot_be_understood_is_one_sentence(folder: Path, wrong: dict[str, list[str]]) -> None:
    with pytest.raises(XlsAddinError):
        screen(pandas.DataFrame(wrong), lists=["own_watch"], as_of=AS_OF)


def test_the_package_names_what_it_gives_and_imports_nothing_heavy_for_it() -> None:
    assert xlsaddin.Register is Register
    with pytest.raises(AttributeError):
        xlsaddin.nothing_of_the_kind  # noqa: B018 - asking is the test
    code = "import sys, xlsaddin; print('pandas' in sys.modules, 'sqlalchemy' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "False"]
