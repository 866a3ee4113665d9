"""Laws 1 and 5 of the scenarios, over the real lists: nationality and names change nothing; the words stay fair."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.scenarios.bodies import contract, memorandum, minato, supporter
from tests.scenarios.conftest import Reviewing
from tests.scenarios.people import Given, copy, lin, lin_visited, nobody, saeki, suharsono
from xlsaddin import resources
from xlsaddin.review_model import Review

UNFAIR = re.compile(r"疑い|疑わ|不正(?!受給|使用|アクセス)|虚偽(?!記載)|未申告|suspicio|undisclos", re.IGNORECASE)
NATIONALITIES = ("中国", "日本", "ロシア", "Iran", "United States", "ドイツ", "北朝鮮", "India", "台湾", "Ethiopia")


def seen(review: Review) -> tuple[Any, ...]:
    """Everything a result says, without the answers themselves."""
    findings = [(one.code, one.severity, one.location, one.message_ja) for one in review.findings]
    hits = [(one.item, one.row_id, one.body, one.hit.band, one.hit.score, one.standing) for one in review.hits]
    return findings, hits, review.assessment, review.residency, review.specific_category


@pytest.mark.parametrize("nationality", NATIONALITIES)
def test_law_1_nationality_asked_by_a_funder_changes_nothing(review: Reviewing, nationality: str) -> None:
    given = lin_visited(declared=True)
    others = [{"asked": "出生地", "answer": nationality}]
    expected = seen(
        review(
            "researcher",
            given | {"nationality": "ブラジル", "funder_items": [{"asked": "出生地", "answer": "x"}]},
            profile="wide",
        )
    )
    assert (
        seen(review("researcher", given | {"nationality": nationality, "funder_items": others}, profile="wide"))
        == expected
    )


@pytest.mark.parametrize("country", ["中国", "イラン", "ロシア", "US", "ケニア", None])
def test_law_1_country_of_a_degree_from_an_unlisted_school(review: Reviewing, country: str | None) -> None:
    given = saeki()
    given["education"][1]["school"] = given["education"][1]["school_full"] = "University of Manchester"
    expected = copy(given)
    given["education"][1]["country"] = country or "GB"
    assert seen(review("researcher", given)) == seen(review("researcher", expected))


@pytest.mark.parametrize(
    "names",
    [
        {"name": "Haoran LIN"},
        {"name": "LIN, Haoran", "name_ja": "林浩然"},
        {"name": "Lin Haoran", "name_ja": "", "name_kana": "リン ハオラン"},
        {"name": "Хаожань Линь"},
        {"name": "لين هاوران"},
        {"name": "MIDORI Taro", "name_ja": "緑 太郎"},
    ],
)
def test_law_1_script_and_order_of_the_name(review: Reviewing, names: Given) -> None:
    given = lin_visited(declared=True)
    assert seen(review("researcher", given | names)) == seen(review("researcher", given))


def test_law_1_japanese_or_not_matters_for_residency_alone(review: Reviewing) -> None:
    results = []
    for japanese in ("はい", "いいえ", "分からない"):
        given = suharsono() | {"res_japanese": japanese, "res_works_in_japan": "はい"}
        reviewed = review("researcher", given)
        results.append(
            (reviewed.hits, reviewed.assessment.level, reviewed.assessment.score, reviewed.assessment.measures)
        )
    assert results[0] == results[1] == results[2]


EVERYBODY: list[tuple[str, Callable[[], Given]]] = [
    ("researcher", nobody),
    ("researcher", saeki),
    ("researcher", lin),
    ("researcher", lambda: lin_visited(declared=False)),
    ("researcher", suharsono),
    ("researcher", dict),
    ("partner", minato),
    ("partner", dict),
    ("supporter", lambda: supporter("会社", name_ja="華為技術日本株式会社")),
    ("contract", lambda: contract("C-001")),
    ("contract", memorandum),
    ("project", dict),
    ("integrity", dict),
    ("institution", dict),
]


def sentences(review: Review) -> Iterator[str]:
    for finding in review.findings:
        yield from (finding.message_ja, finding.message_en)
    for one in review.assessment.contributions:
        yield from (one.label_ja, one.label_en, one.reason_ja, one.reason_en)
    for reason in review.assessment.state_reasons:
        yield from (reason.ja, reason.en)
    for measure in review.assessment.measures:
        yield from (measure.text_ja, measure.text_en)
    yield from review.residency_why


@pytest.mark.parametrize(("checklist", "given"), EVERYBODY)
def test_law_5_every_sentence_of_a_result_is_fair(
    review: Reviewing, checklist: str, given: Callable[[], Given]
) -> None:
    unfair = [sentence for sentence in sentences(review(checklist, given())) if UNFAIR.search(sentence)]
    assert unfair == []


def test_law_5_a_difference_is_to_be_confirmed_with_the_person(review: Reviewing) -> None:
    reviewed = review("researcher", lin_visited(declared=False))
    (difference,) = [finding for finding in reviewed.findings if finding.difference]
    assert "申告との差異（本人に確認）" in difference.message_ja
    assert "ifference to be confirmed with you" in difference.message_en


def test_law_5_rules_and_measures_hold_no_unfair_word() -> None:
    for path in (*resources.package_files("rules", ".toml"), resources.package_path("measures.toml")):
        texts = list(strings(tomllib.loads(path.read_text(encoding="utf-8"))))
        assert [text for text in texts if UNFAIR.search(text)] == []


def strings(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for part in content.values():
            yield from strings(part)
    elif isinstance(content, list):
        for part in content:
            yield from strings(part)
