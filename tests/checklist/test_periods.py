"""Fiscal years and spans of rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.checklist.sheets import answer, load
from xlsaddin.checklist.answers import FOREVER
from xlsaddin.checklist.periods import application_year, lookback_start, row_span
from xlsaddin.checklist.profiles import load_profile
from xlsaddin.parameters import Parameters


@pytest.mark.parametrize(
    ("as_of", "profile", "start"),
    [
        (date(2026, 9, 1), "default", date(2024, 4, 1)),
        (date(2027, 3, 31), "default", date(2024, 4, 1)),
        (date(2027, 4, 1), "default", date(2025, 4, 1)),
        (date(2026, 9, 1), "wide", date(2023, 4, 1)),
    ],
)
def test_look_back_start(as_of: date, profile: str, start: date) -> None:
    parameters = Parameters(as_of, load_profile(profile).parameters)
    year = application_year(load("researcher"), answer("researcher", {}), parameters)
    assert lookback_start(year, parameters) == start


def test_the_application_year_of_a_project_counts() -> None:
    project = load("project")
    answers = answer("project", {"application_year": "令和7年度"})
    assert application_year(project, answers, Parameters(date(2026, 9, 1))) == 2025


@pytest.mark.parametrize(
    ("item", "cells", "span"),
    [
        ("career", {"since": "2020/4", "until": "2024/3"}, (date(2020, 4, 1), date(2024, 3, 31))),
        ("career", {"since": "2020/4", "until": "現在"}, (date(2020, 4, 1), FOREVER)),
        ("career", {"since": "2020.4-2024.3"}, (date(2020, 4, 1), date(2024, 3, 31))),
        ("career", {"since": "2020/4"}, (date(2020, 4, 1), None)),  # a beginning alone is no end
        ("career", {"since": "2020年度"}, (date(2020, 4, 1), None)),
        ("career", {"since": "2020/4-2024/3", "until": "いつか"}, (date(2020, 4, 1), None)),
        ("career", {"since": "いつか", "until": "2024/3"}, (None, date(2024, 3, 31))),
        ("listed_affiliations", {"term": "2024.9-2025.3"}, (date(2024, 9, 1), date(2025, 3, 31))),
        ("listed_affiliations", {"term": "2025/10-現在"}, (date(2025, 10, 1), FOREVER)),
        ("publications", {"published_on": "2024年5月"}, (date(2024, 5, 1), date(2024, 5, 31))),
        ("other_support", {"received_on": "2024/5"}, (date(2024, 5, 1), date(2024, 5, 31))),
        ("other_support", {"received_on": "2024/5", "duration": "2024.5-現在"}, (date(2024, 5, 1), FOREVER)),
        ("listed", {"list_name": "EUL"}, (None, None)),
    ],
)
def test_spans(item: str, cells: dict[str, Any], span: tuple[date | None, date | None]) -> None:
    row = answer("researcher", {item: [cells]}).rows(item)[0]
    assert row_span(load("researcher").item(item), row) == span
