"""Everything the rules compute is a formula in the office edition; nothing is left as a bare value."""

from __future__ import annotations

from datetime import date

import pytest

from xlsaddin.assessment.loading import load_rules
from xlsaddin.checklist.loading import checklist_keys, load_checklist
from xlsaddin.checklist.profiles import load_profile, profile_names
from xlsaddin.parameters import Parameters
from xlsaddin.workbook.labels import Language
from xlsaddin.workbook.layout import plan_layout
from xlsaddin.workbook.office.compiled import compile_rules

AS_OF = date(2026, 9, 1)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("profile", profile_names())
@pytest.mark.parametrize("key", checklist_keys())
def test_every_rule_compiles_within_excels_limits(key: str, profile: str, language: Language) -> None:
    chosen = load_profile(profile)
    checklist = load_checklist(key, chosen)
    rules = load_rules(checklist, Parameters(AS_OF, chosen.parameters))
    compiled = compile_rules(plan_layout(checklist, rules, language, 500), rules, language)
    assert all(compiled.formulas.values())
    counts = [*(one.count for one in rules.indicators), *(one.pending for one in rules.indicators)]
    counts += [rule.count for rule in rules.states]
    assert all(compiled.book_formula(one) for one in (*counts, rules.level, rules.score, rules.state))
