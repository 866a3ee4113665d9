"""Rules as data: complete for every checklist, refused when they name what is not there, changed by an institution."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assessment.reviewing import review
from tests.scenarios.people import nobody, paper
from xlsaddin import resources
from xlsaddin.assessment.loading import load_rules
from xlsaddin.assessment.measures import load_measures
from xlsaddin.assessment.model import Level, MeasureKind
from xlsaddin.checklist.loading import checklist_keys, load_checklist
from xlsaddin.checklist.profiles import load_profile
from xlsaddin.errors import DefinitionError
from xlsaddin.parameters import Parameters

KEYS = checklist_keys()
DAY = review(nobody()).as_of


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("profile", ["default", "wide"])
def test_rules_of_every_checklist_fit_it(key: str, profile: str) -> None:
    chosen = load_profile(profile)
    rules = load_rules(load_checklist(key, chosen), Parameters(DAY, chosen.parameters))
    assert rules.checklist == key
    keys = [indicator.key for indicator in rules.indicators]
    assert len(keys) == len(set(keys))
    for indicator in rules.indicators:
        assert indicator.reference.startswith("手順書")
        assert indicator.origin == "house"  # the procedure prints no level
        assert "{count}" in indicator.reason_ja + indicator.reason_en or indicator.key == "residency"


def test_every_indicator_above_low_calls_for_a_measure() -> None:
    for key in KEYS:
        for indicator in load_rules(load_checklist(key), Parameters(DAY)).indicators:
            if indicator.level > Level.LOW:
                assert indicator.measures, (key, indicator.key)


def test_every_kind_of_measure_has_a_text_and_own_texts_belong_to_indicators() -> None:
    known = {one.key for key in KEYS for one in load_rules(load_checklist(key), Parameters(DAY)).indicators}
    texts = load_measures()
    assert set(texts) == set(MeasureKind)
    for text in texts.values():
        assert set(text.by_indicator) <= known
        assert set(text.only_for) <= set(KEYS)


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        ('count = "count(career, citty == 1)"', "career.citty"),
        ('count = "count(carreer)"', "carreer"),
        ('count = "1 if emplyment == 1 else 0"', "emplyment"),
        ('count = "len(career)"', "len"),
        ('hits = "itm == 1"', "itm"),
        ('count = "0"\ncells = ["career", "nowhere"]', "nowhere"),
        ('count = "0"\nhits = "True"', "either"),
        ('count = "0"\ncolour = "red"', "colour"),
    ],
)
def test_a_rule_that_names_what_is_not_there_is_refused(home: Path, rule: str, named: str) -> None:
    shipped = resources.package_path("rules", "researcher.toml").read_text(encoding="utf-8")
    folder = home / "rules"
    folder.mkdir(parents=True)
    words = "\n".join(
        f'{key} = "x {{count}}"' for key in ("label_ja", "label_en", "reason_ja", "reason_en", "reference")
    )
    wrong = f'\n[[indicators]]\nkey = "own"\nlevel = "high"\n{words}\n{rule}\n'
    (folder / "researcher.toml").write_text(shipped + wrong, encoding="utf-8")
    with pytest.raises(DefinitionError) as refused:
        load_rules(load_checklist("researcher"), Parameters(DAY))
    assert named in refused.value.en


def test_an_institution_changes_a_level_in_its_own_file(home: Path) -> None:
    declaration = nobody(publications=[paper("2025-05", "Alpha Institute")])
    assert review(declaration).assessment.level is Level.MODERATE
    shipped = resources.package_path("rules", "researcher.toml").read_text(encoding="utf-8")
    before, marker, after = shipped.partition('key = "coauthorship"\nlevel = ')
    assert marker
    folder = home / "rules"
    folder.mkdir(parents=True)
    (folder / "researcher.toml").write_text(
        before + marker + after.replace('"moderate"', '"high"', 1), encoding="utf-8"
    )
    assert review(declaration).assessment.level is Level.HIGH


def test_parameters_of_a_profile_reach_the_rules() -> None:
    checklist = load_checklist("researcher")
    assert load_rules(checklist, Parameters(DAY)).parameters["many_authors"] == 50
    assert load_rules(checklist, Parameters(DAY, {"many_authors": 10})).parameters["many_authors"] == 10


@pytest.mark.parametrize("key", KEYS)
def test_labels_of_a_computed_choice_tell_its_values_apart(key: str) -> None:
    for computed in load_rules(load_checklist(key), Parameters(DAY)).computed:
        for labels in ([one.ja for one in computed.choices], [one.en for one in computed.choices]):
            assert len(labels) == len(set(labels)), (computed.table, computed.key)
