"""The store: editions by day in force, damage that never reads as an empty list, imports that are whole or nothing."""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watchlist.conftest import TODAY
from xlsaddin.errors import ListError
from xlsaddin.watchlist import stored
from xlsaddin.watchlist.diff import entry_digest
from xlsaddin.watchlist.entry_text import parse_entry, render_entry
from xlsaddin.watchlist.model import Alias, Concern, EntryKind, ListEntry
from xlsaddin.watchlist.sources import SAMPLE_ID
from xlsaddin.watchlist.store import ListStore, Outcome

EUL_NEW = "jp_meti_eul/20250929_4.xlsx"
EUL_OLD = "jp_meti_eul/20250131003-1.pdf"
OwnCsv = Callable[..., Path]


@pytest.fixture(scope="module")
def both(lists_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> ListStore:
    """A store with two editions of METI's list, the newer imported first."""
    store = ListStore(tmp_path_factory.mktemp("home"))
    store.import_file(lists_folder / EUL_NEW, today=date(2026, 11, 1))
    store.import_file(lists_folder / EUL_OLD, today=date(2026, 11, 2))
    return store


@pytest.mark.parametrize(
    ("as_of", "edition"),
    [
        (date(2026, 11, 23), "2025-09-29"),
        (date(2025, 10, 9), "2025-09-29"),  # the first day in force
        (date(2025, 10, 8), "2025-01-31"),  # published, not in force yet
        (date(2025, 2, 5), "2025-01-31"),
    ],
)
def test_the_edition_in_force_that_day_is_used(both: ListStore, as_of: date, edition: str) -> None:
    assert both.use("jp_meti_eul", as_of).edition == edition
    assert both.edition("jp_meti_eul", as_of).edition == edition


def test_a_day_without_an_edition_in_force_is_a_failure_not_an_empty_list(both: ListStore) -> None:
    use = both.use("jp_meti_eul", date(2024, 1, 1))
    assert not use.usable
    assert use.failure_ja and use.failure_en
    with pytest.raises(ListError) as caught:
        both.edition("jp_meti_eul", date(2024, 1, 1))
    assert caught.value.code == "RS-LIST-015"


def test_the_old_edition_alone_does_not_serve_today(store: ListStore, both: ListStore) -> None:
    name = Path("jp_meti_eul", "2025-01-31")
    shutil.copytree(both.folder / name, store.folder / name)
    assert not store.use("jp_meti_eul", TODAY).usable
    assert store.use("jp_meti_eul", date(2025, 6, 1)).usable


def test_two_editions_of_metis_list_differ_by_94_added_and_7_removed(both: ListStore) -> None:
    found = both.diff("jp_meti_eul")
    assert (found.from_edition, found.to_edition) == ("2025-01-31", "2025-09-29")
    assert (len(found.added), len(found.removed)) == (94, 7)
    removed = " ".join(entry.name for entry in found.removed).lower()
    assert "special industries group" in removed and "link lines pvt ltd" in removed
    turned = both.diff("jp_meti_eul", "2025-09-29", "2025-01-31")
    assert (len(turned.added), len(turned.removed)) == (7, 94)


def test_an_edition_that_is_not_stored_is_named(both: ListStore) -> None:
    with pytest.raises(ListError) as caught:
        both.diff("jp_meti_eul", "2020-01-01")
    assert caught.value.code == "RS-LIST-017"


def test_the_edition_knows_its_file_and_its_last_day(both: ListStore) -> None:
    old = both.edition("jp_meti_eul", date(2025, 6, 1))
    assert old.in_force_to == date(2025, 10, 8)
    assert old.sha256 == "0e3557d4d728239ccacef234dcd43be19d02d288be972a6ed11b3a06fe31dba4"
    assert old.file_name == "20250131003-1.pdf"
    assert len(old.entries) == 748


def test_a_renamed_file_is_known_by_its_digest(store: ListStore, lists_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "最新版.xlsx"
    path.write_bytes((lists_folder / EUL_NEW).read_bytes())
    assert store.import_file(path).edition == "2025-09-29"


def test_a_list_is_stale_by_the_days_since_it_was_confirmed(both: ListStore) -> None:
    confirmed = date(2026, 11, 1)
    fresh = both.use("jp_meti_eul", confirmed + timedelta(days=30))
    assert (fresh.age_days, fresh.stale) == (30, False)
    assert both.use("jp_meti_eul", confirmed + timedelta(days=31)).stale
    assert not both.use("jp_meti_eul", date(2025, 6, 1)).stale  # documented to have been in force


def test_importing_the_newest_file_again_confirms_it(store: ListStore, own_csv: OwnCsv) -> None:
    path = own_csv("Alpha Works")
    assert store.import_file(path, "own_x", "題", today=date(2026, 1, 1)).outcome is Outcome.ADDED
    assert store.import_file(path, "own_x", "題", today=date(2026, 5, 1)).outcome is Outcome.UNCHANGED
    assert len(store.editions("own_x")) == 1
    assert store.use("own_x", date(2026, 5, 2)).age_days == 1


def test_a_second_file_of_the_same_day_is_a_further_edition(store: ListStore, own_csv: OwnCsv) -> None:
    store.import_file(own_csv("Alpha Works"), "own_x", today=TODAY)
    result = store.import_file(own_csv("Alpha Works", "Beta Works"), "own_x", today=TODAY)
    assert result.edition == "2026-11-23.2"
    assert result.diff is not None and [entry.name for entry in result.diff.added] == ["Beta Works"]
    assert store.use("own_x", TODAY).entries == 2


def test_the_first_edition_of_an_own_list_stands_for_the_days_before(store: ListStore, own_csv: OwnCsv) -> None:
    store.import_file(own_csv("Alpha Works"), "own_x", today=date(2026, 5, 1))
    store.import_file(own_csv("Alpha Works", "Beta Works"), "own_x", today=date(2026, 6, 1))
    assert [store.use("own_x", date(2026, month, 15)).entries for month in (1, 5, 6)] == [1, 1, 2]


def test_an_own_list_keeps_its_title_kinds_and_aliases(store: ListStore, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "entry,name,aliases,country,kind,note\n"
        "A1,Example Institute (EI),例示研究所 | Ex. Inst.,ドイツ,organization,理由\n"
        "A2,Ann Example,,DE,person,\nA3,Example Talents,,,program,\n",
        encoding="utf-8-sig",
    )
    store.import_file(path, "own_watch", "要注意先", today=TODAY)
    edition = store.edition("own_watch", TODAY)
    first = edition.entries[0]
    assert edition.source.title_ja == "要注意先"
    assert {(alias.name, alias.relation) for alias in first.aliases} == {
        ("EI", "acronym"),
        ("例示研究所", "original_script"),
        ("Ex. Inst.", "alias"),
    }
    assert first.countries == ("DE",)
    assert [entry.kind for entry in edition.entries] == [EntryKind.ORGANIZATION, EntryKind.PERSON, EntryKind.PROGRAM]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("entry,name\n1,A\n", "RS-LIST-028"),
        ("entry;name;aliases;country;kind;note\n1;A;;;;\n", "RS-LIST-028"),
        ("entry,name,aliases,country,kind,note\n1,,,,,\n", "RS-LIST-030"),
        ("entry,name,aliases,country,kind,note\n1,A,,Atlantis,,\n", "RS-LIST-030"),
        ("entry,name,aliases,country,kind,note\n1,A,,,company,\n", "RS-LIST-030"),
        ("entry,name,aliases,country,kind,note\n1,A,,,,\n1,B,,,,\n", "RS-LIST-030"),
        ("entry,name,aliases,country,kind,note\n1,A,,,,,surplus\n", "RS-LIST-030"),
        ('entry,name,aliases,country,kind,note\n1,"A,,,,\n', "RS-LIST-030"),
        (f"entry,name,aliases,country,kind,note\n1,{'A' * 200_000},,,,\n", "RS-LIST-030"),
        ("entry,name,aliases,country,kind,note\n", "RS-LIST-029"),
        ("", "RS-LIST-025"),
        ("<!DOCTYPE html><html></html>", "RS-LIST-026"),
    ],
)
def test_a_bad_own_list_is_refused_whole__error(store: ListStore, tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ListError) as caught:
        store.import_file(path, "own_x")
    assert caught.value.code == code
    assert store.ids() == ()


def test_every_row_to_mend_is_named_at_once__error(store: ListStore, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "entry,name,aliases,country,kind,note\n1,,,,,\n2,B,,Narnia,,\n3,C,,DE,company,\n4,D,,DE,person,x,extra\n",
        encoding="utf-8",
    )
    with pytest.raises(ListError) as caught:
        store.import_file(path, "own_x")
    for place in ("2行目: name", "3行目: country「Narnia」", "4行目: kind「company」", "5行目: 6列を超える"):
        assert place in caught.value.ja
    assert "row 3: the country “Narnia”" in caught.value.en


@pytest.mark.parametrize("name", ["own.csv", "own.txt", "own.xlsx"])
def test_an_own_list_is_known_by_its_headings_in_any_case(store: ListStore, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("Entry,Name,Aliases,Country,Kind,Note\n1,A\0lpha,,,,\n", encoding="utf-8")
    assert store.import_file(path, "own_x").entries == 1
    assert [entry.name for entry in store.edition("own_x", TODAY).entries] == ["Alpha"]  # no control character


def test_an_own_list_keeps_its_title_when_it_is_imported_again(store: ListStore, own_csv: OwnCsv) -> None:
    store.import_file(own_csv("Alpha Works"), "own_x", "要注意先", TODAY)
    store.import_file(own_csv("Beta Works"), "own_x", None, TODAY)
    assert store.status(TODAY)[0].title_ja == "要注意先"


def test_an_own_list_may_go_back_to_what_it_said_before(store: ListStore, own_csv: OwnCsv) -> None:
    for name in ("Alpha Works", "Beta Works", "Alpha Works"):
        store.import_file(own_csv(name), "own_x", None, TODAY)
    assert [entry.name for entry in store.edition("own_x", TODAY).entries] == ["Alpha Works"]
    assert len(store.editions("own_x")) == 3


def test_an_import_that_fails_on_the_way_leaves_no_list_behind(
    store: ListStore, own_csv: OwnCsv, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stored, "write_entries", full)
    with pytest.raises(OSError, match="No space"):
        store.import_file(own_csv("Alpha Works"), "own_x", None, TODAY)
    assert store.ids() == ()


def test_an_edition_of_older_parsers_serves_where_nothing_may_be_written(
    store: ListStore, own_csv: OwnCsv, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    store.import_file(own_csv("Alpha Works"), "own_x", None, TODAY)
    monkeypatch.setattr(stored, "GENERATION", stored.GENERATION + 1)
    monkeypatch.setattr(stored, "write_entries", read_only)
    assert [entry.name for entry in store.edition("own_x", TODAY).entries] == ["Alpha Works"]


def test_a_file_of_another_list_says_which__error(store: ListStore, lists_folder: Path, own_csv: OwnCsv) -> None:
    with pytest.raises(ListError) as caught:
        store.import_file(lists_folder / EUL_NEW, "jp_mof")
    assert (caught.value.code, caught.value.facts["other"]) == ("RS-LIST-027", "jp_meti_eul")


def test_a_changed_layout_of_the_list_asked_for_is_told_by_its_headings__error(
    store: ListStore, tmp_path: Path
) -> None:
    path = tmp_path / "consolidated.csv"
    path.write_text("_id,source,brand_new\n1,2,3\n", encoding="utf-8")
    with pytest.raises(ListError) as caught:
        store.import_file(path, "us_csl")
    assert caught.value.code == "RS-LIST-002"
    assert "brand_new" in caught.value.ja


@pytest.mark.parametrize(
    "content",
    ['["parentOrg"]', '{"results": ["x"], "total": 1, "a": "source_list_url"}', '{"results": "source_list_url"}'],
)
def test_a_layout_nobody_foresaw_is_a_refusal_and_no_crash__error(
    store: ListStore, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "list.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ListError):
        store.import_file(path)


def test_a_broken_row_is_shown_on_one_short_line() -> None:
    shown = ListError("RS-LIST-003", path="x", row=1, found="a\nb " * 200).ja
    assert "\n" not in shown
    assert len(shown) < 320


def test_an_own_list_needs_an_id_of_its_own(store: ListStore, own_csv: OwnCsv) -> None:
    for list_id, code in (
        (None, "RS-LIST-008"),
        ("own_../x", "RS-LIST-009"),
        ("x", "RS-LIST-009"),
        ("sample_fictional", "RS-LIST-009"),
        ("jp_meti_eul", "RS-LIST-027"),
    ):
        with pytest.raises(ListError) as caught:
            store.import_file(own_csv("Alpha Works"), list_id)
        assert caught.value.code == code


def test_a_bad_file_leaves_the_old_edition(store: ListStore, lists_folder: Path, tmp_path: Path) -> None:
    store.import_file(lists_folder / EUL_NEW)
    page = tmp_path / "20260929_4.xlsx"
    page.write_bytes(b"<html>Service unavailable</html>")
    with pytest.raises(ListError):
        store.import_file(page, "jp_meti_eul")
    assert [record.edition for record in store.editions("jp_meti_eul")] == ["2025-09-29"]
    assert not list((store.folder / "jp_meti_eul").glob(".*"))


def test_an_edition_that_drops_much_of_the_list_needs_a_persons_word(store: ListStore, own_csv: OwnCsv) -> None:
    names = [f"Works of {letter * 3}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    store.import_file(own_csv(*names), "own_x", today=date(2026, 1, 1))
    few = own_csv(*names[:13])
    with pytest.raises(ListError) as caught:
        store.import_file(few, "own_x", today=date(2026, 2, 1))
    assert caught.value.code == "RS-LIST-012"
    assert store.use("own_x", TODAY).entries == 26
    assert store.import_file(few, "own_x", today=date(2026, 2, 1), accept_removals=True).entries == 13


@pytest.mark.parametrize("victim", ["edition.json", "entries-*.jsonl", "original/own.csv"])
@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_a_damaged_edition_is_a_failure_and_never_empty_or_an_older_one(
    store: ListStore, own_csv: OwnCsv, victim: str, damage: str
) -> None:
    store.import_file(own_csv("Alpha Works"), "own_x", today=date(2026, 1, 1))
    store.import_file(own_csv("Alpha Works", "Beta Works"), "own_x", today=date(2026, 2, 1))
    path = next((store.folder / "own_x" / "2026-02-01").glob(victim))
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-8])
    else:
        path.unlink()
    use = ListStore(store.folder.parent).use("own_x", TODAY)
    assert not use.usable
    assert (use.edition, use.entries) == ("", 0)


def test_an_edition_of_older_parsers_is_parsed_again(store: ListStore, own_csv: OwnCsv) -> None:
    store.import_file(own_csv("Alpha Works (AW)"), "own_x", today=TODAY)
    record = store.editions("own_x")[0]
    folder = store.folder / "own_x" / record.edition
    stored.write_record(folder, replace(record, generation=0))
    renewed = ListStore(store.folder.parent)
    assert renewed.edition("own_x", TODAY).entries[0].aliases[0].name == "AW"
    assert renewed.editions("own_x")[0].generation == stored.GENERATION


def test_a_fresh_install_has_the_fictional_sample_and_says_so(store: ListStore) -> None:
    assert store.default_lists() == (SAMPLE_ID,)
    (use,) = store.status(TODAY)
    assert use.sample and use.usable and not use.stale
    edition = store.edition(SAMPLE_ID, date(2026, 4, 1))
    assert len(edition.entries) == use.entries == 25
    assert "架空" in edition.source.title_ja


def test_no_body_of_the_sample_is_on_a_real_list(both: ListStore) -> None:
    def names(entries: tuple[ListEntry, ...]) -> set[str]:
        return {name.casefold() for one in entries for name in (one.name, *(alias.name for alias in one.aliases))}

    sample = names(both.edition(SAMPLE_ID, TODAY).entries)
    assert not sample & names(both.edition("jp_meti_eul", TODAY).entries)


def test_the_sample_steps_back_when_a_real_list_is_loaded(store: ListStore, own_csv: OwnCsv) -> None:
    store.import_file(own_csv("Alpha Works"), "own_x", today=TODAY)
    assert store.default_lists() == ("own_x",)


def _import(home: Path, path: Path) -> str:
    return str(ListStore(home).import_file(path, "own_x", today=TODAY).outcome)


def test_runs_at_the_same_time_take_in_a_file_once(tmp_path: Path, own_csv: OwnCsv) -> None:
    path = own_csv(*[f"Works {number:04}" for number in range(300)])
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        outcomes = pool.starmap(_import, [(tmp_path / "home", path)] * 3)
    assert sorted(outcomes) == ["added", "unchanged", "unchanged"]
    store = ListStore(tmp_path / "home")
    assert len(store.editions("own_x")) == 1
    assert store.use("own_x", TODAY).entries == 300


def test_lifted_entries_are_kept_and_not_counted(store: ListStore, lists_folder: Path) -> None:
    result = store.import_file(lists_folder / "us_bis" / "state_nonproliferation.json")
    assert result.entries == 528 - 342
    assert store.use(result.list_id, TODAY).entries == 186
    assert len(store.edition(result.list_id, TODAY).entries) == 528


def test_a_judgement_holds_while_the_entry_says_the_same(both: ListStore) -> None:
    old = {entry.name: entry for entry in both.edition("jp_meti_eul", date(2025, 6, 1)).entries}
    new = {entry.name: entry for entry in both.edition("jp_meti_eul", TODAY).entries}
    same, changed = (
        "Bhabha Atomic Research Centre, Department of Atomic Energy",
        "Northwestern Polytechnical University",
    )
    assert old[same].number != new[same].number
    assert entry_digest(old[same]) == entry_digest(new[same])
    assert entry_digest(old[changed]) != entry_digest(new[changed])


entries = st.builds(
    ListEntry,
    number=st.text(min_size=1),
    name=st.text(min_size=1),
    aliases=st.lists(st.builds(Alias, st.text(), st.booleans(), st.sampled_from(["alias", "former"]))).map(tuple),
    kind=st.sampled_from(EntryKind),
    countries=st.lists(st.text(max_size=2)).map(tuple),
    concerns=st.lists(st.sampled_from(Concern), unique=True).map(tuple),
    identifiers=st.dictionaries(st.text(), st.lists(st.text(), min_size=1).map(tuple)),
    birth_dates=st.lists(st.text()).map(tuple),
    listed_on=st.none() | st.dates(),
    lifted=st.booleans(),
    note=st.text(),
    row=st.text(),
    original=st.dictionaries(st.text(), st.text()),
)


@given(entries)
def test_writing_then_reading_an_entry_gives_the_same_on_one_line(entry: ListEntry) -> None:
    line = render_entry(entry)
    assert len(line.encode().splitlines()) == 1
    assert parse_entry(line.encode()) == entry
