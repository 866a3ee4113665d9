"""Definitions: complete, consistent, changeable by an institution, and never asking what must not be asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xlsaddin import resources
from xlsaddin.checklist.loading import checklist_keys, load_checklist
from xlsaddin.checklist.model import Checklist, Duty, Item, Kind, Lookback, Type
from xlsaddin.checklist.profiles import load_profile, profile_names
from xlsaddin.checklist.words import find_choice, normalize_cell
from xlsaddin.errors import DefinitionError

THIRTEEN = [
    *("education", "career", "grants", "other_support", "publications", "patents", "talent_programs", "misconduct"),
    *("listed", "listed_affiliations", "listed_ties", "residency", "funder_items"),
]
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬"
MINIMAL = """
key = "house"
version = "1.0.0"
title_ja = "機関独自"
title_en = "House"
subject = "name"
[[sections]]
key = "cover"
sheet = "表紙"
label_ja = "表紙"
label_en = "Cover"
[[items]]
key = "name"
section = "cover"
label_ja = "氏名"
label_en = "Name"
"""


def asked(checklist: Checklist) -> list[Item]:
    return [item for item in checklist.items if not item.unread]


@pytest.mark.parametrize(
    "key", ["contract", "institution", "integrity", "partner", "project", "researcher", "supporter"]
)
@pytest.mark.parametrize("profile", ["default", "wide"])
def test_every_checklist_loads_under_every_profile(key: str, profile: str) -> None:
    assert key in checklist_keys()
    assert profile in profile_names()
    assert load_checklist(key, load_profile(profile)).key == key


def test_the_thirteen_items_carry_number_clause_and_duty() -> None:
    researcher = load_checklist("researcher")
    for key, number in zip(THIRTEEN, CIRCLED, strict=True):
        item = researcher.item(key)
        assert (item.number, item.duty) == (number, Duty.MUST)
        assert item.clause == f"3-3(1)(i){number}"
        assert item.clause_joint == f"3-3(2)(i){number}"


def test_look_back_classes_of_the_procedure() -> None:
    classes = {key: load_checklist("researcher").item(key).lookback for key in THIRTEEN}
    window = {key for key, lookback in classes.items() if lookback is Lookback.WINDOW}
    assert window == set(THIRTEEN[2:8]) | {"listed_affiliations", "listed_ties"}
    assert classes["education"] is classes["career"] is Lookback.WHOLE
    assert classes["listed"] is classes["residency"] is Lookback.CURRENT


@pytest.mark.parametrize("key", checklist_keys())
def test_what_must_not_be_asked_is_not_asked(key: str) -> None:
    forbidden = re.compile(
        r"生年月日|性別|出生地|国籍|写真|^住所|birth|\bsex\b|gender|nationality|photo|home address", re.I
    )
    for item in asked(load_checklist(key, load_profile("wide"))):
        for label in (item.label_ja, item.label_en, *(text for c in item.columns for text in (c.label_ja, c.label_en))):
            assert not forbidden.search(label), (item.key, label)


def test_nationality_is_asked_only_by_the_profile_and_read_by_no_rule() -> None:
    wide = load_checklist("researcher", load_profile("wide"))
    item = wide.item("nationality")
    assert (item.unread, item.confidential, wide.section(item.section).sheet) == (True, True, "国籍")
    assert [other.key for other in wide.items if other.section == item.section] == ["nationality"]
    with pytest.raises(KeyError):
        load_checklist("researcher").item("nationality")


@pytest.mark.parametrize("key", checklist_keys())
def test_every_spelling_of_a_choice_leads_to_it(key: str) -> None:
    for choices in load_checklist(key).choices.values():
        for choice in choices:
            for text in (choice.ja, choice.en, f"{choice.ja} / {choice.en}"):
                assert find_choice(text, choices) == choice
                assert find_choice(f"  {text.upper()} ", choices) == choice
        shown = [normalize_cell(text) for choice in choices for text in (choice.ja, choice.en)]
        aliases = {normalize_cell(alias) for choice in choices for alias in choice.aliases}
        assert not aliases & set(shown), f"an alias hides a label: {aliases & set(shown)}"


@pytest.mark.parametrize("key", checklist_keys())
def test_a_person_may_always_say_that_they_do_not_know_about_item_12(key: str) -> None:
    checklist = load_checklist(key)
    for item in checklist.items:
        if item.key.startswith("res_"):
            for part in (item, *item.columns):
                if part.type is Type.CHOICE:
                    assert "unknown" in {choice.key for choice in checklist.choices_of(part)}, part.key


def test_tables_have_a_sheet_of_their_own() -> None:
    for key in checklist_keys():
        checklist = load_checklist(key)
        for item in checklist.items:
            if item.kind is Kind.TABLE:
                assert [other.key for other in checklist.items if other.section == item.section] == [item.key]


def write(folder: str, name: str, text: str) -> Path:
    path = resources.home() / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_an_institution_adds_a_checklist_of_its_own(home: Path) -> None:
    write("checklists", "house.toml", MINIMAL)
    assert "house" in checklist_keys()
    assert load_checklist("house").item("name").label_ja == "氏名"


def test_an_institution_changes_a_question(home: Path) -> None:
    shipped = resources.package_path("checklists", "researcher.toml").read_text(encoding="utf-8")
    write("checklists", "researcher.toml", shipped.replace('label_ja = "連絡先メール"', 'label_ja = "メール"'))
    assert load_checklist("researcher").item("email").label_ja == "メール"


def test_a_profile_of_an_institution_lengthens_the_look_back(home: Path) -> None:
    write(
        "profiles",
        "ours.toml",
        'title_ja = "当機関"\ntitle_en = "Ours"\nlists = ["jp_meti_eul"]\n'
        '[changes.researcher.education]\nlookback = "window"\n',
    )
    assert load_checklist("researcher", load_profile("ours")).item("education").lookback is Lookback.WINDOW


def test_a_profile_may_ask_for_the_education_from_high_school_on() -> None:
    assert "大学入学以降" in load_checklist("researcher").item("education").help_ja
    wide = load_checklist("researcher", load_profile("wide"))
    assert "高等学校入学以降" in wide.item("education").help_ja
    assert wide.section("education").help_ja == wide.item("education").help_ja


def test_a_profile_that_changes_an_item_that_is_not_there_says_so(home: Path) -> None:
    text = 'title_ja = "当機関"\ntitle_en = "Ours"\nlists = []\n[changes.researcher.educatoin]\nrequired = false\n'
    write("profiles", "ours.toml", text)
    with pytest.raises(DefinitionError, match="no item educatoin"):
        load_checklist("researcher", load_profile("ours"))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (('section = "cover"\nlabel_ja = "氏名"', 'section = "kaver"\nlabel_ja = "氏名"'), "no section kaver"),
        (('label_en = "Name"', 'label_en = "Name"\ntype = "choice"\nchoices = "nowhere"'), "no choice list nowhere"),
        (('label_en = "Name"', 'label_en = "Name"\nrequired_if = "nmae == 1"'), "unknown nmae"),
        (('label_en = "Name"', 'label_en = "Name"\nrequired_if = "name =="'), "name.required_if"),
        (('label_en = "Name"', 'label_en = "Name"\nrequired_if = "count(post) > 0"'), "unknown post"),
        (('label_en = "Name"', 'label_en = "Name"\ncolour = "red"'), "name.colour"),
        (('label_en = "Name"', f'label_en = "Name"\nhelp_ja = "{"長" * 256}"'), "over 255 characters"),
        (('key = "name"', 'key = "lead"'), "lead"),
        (('sheet = "表紙"', 'sheet = "表/紙"'), "sheet name 表/紙"),
        (('subject = "name"', 'subject = "nobody"'), "subject: nobody"),
        (('key = "house"', 'key = "hause"'), "hause"),
        (("[[items]]", "[[items"), "house.toml"),
    ],
)
def test_a_definition_that_contradicts_itself_says_where(change: tuple[str, str], named: str, home: Path) -> None:
    text = MINIMAL.replace(*change)
    assert text != MINIMAL
    write("checklists", "house.toml", text)
    with pytest.raises(DefinitionError) as caught:
        load_checklist("house")
    assert named in caught.value.en
    assert "house.toml" in caught.value.ja


def test_a_rule_may_not_read_what_no_rule_reads(home: Path) -> None:
    text = (
        MINIMAL + '[[items]]\nkey = "origin"\nsection = "cover"\nlabel_ja = "国"\nlabel_en = "Origin"\nunread = true\n'
    )
    write(
        "checklists",
        "house.toml",
        text.replace('label_en = "Name"', 'label_en = "Name"\nrequired_if = "blank(origin)"'),
    )
    with pytest.raises(DefinitionError, match="unknown origin"):
        load_checklist("house")


@pytest.mark.parametrize("load", [load_checklist, load_profile])
def test_an_unknown_name_is_answered_with_the_known_ones(load) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DefinitionError, match=r"researcher|default"):
        load("reseacher")
