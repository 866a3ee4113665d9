"""Scenarios of the same kind as the written ones, each from a line of the house table or a law."""

from __future__ import annotations

import pytest

from tests.acceptance.people import HIT, affiliation, declared, grant, paper, post, programme, restriction, support, tie
from tests.acceptance.product import Checked, Form, Product

TALENT = "Thousand Talents Plan"
MIPT = "Moscow Institute of Physics and Technology"
SELF = {"リスト名": "US Entity List", "掲載名・番号": "Wang Wei", "本人か": "本人である"}

HOUSE_TABLE: dict[str, tuple[Form, str]] = {
    "⑩ ended": (declared(listed_affiliations=[affiliation("2024-05～2025-03", HIT)]), "moderate"),
    "⑩ current": (declared(listed_affiliations=[affiliation("2024-05～現在", HIT)]), "high"),
    "⑩ MOF": (declared(listed_affiliations=[affiliation("2024-05～現在", MIPT)]), "high"),
    "⑪ joint ended": (declared(listed_ties=[tie("2024-05", "2025-03", "共同研究", HIT)]), "moderate"),
    "⑪ joint current": (declared(listed_ties=[tie("2024-05", "継続", "共同研究", HIT)]), "high"),
    "⑪ contract current": (declared(listed_ties=[tie("2024-05", "現在", "受託研究", HIT)]), "high"),
    "⑪ paper of 5": (declared(listed_ties=[tie("2025-05", "2025-05", "共著論文", HIT, 著者総数=5)]), "moderate"),
    "⑪ paper of 50": (declared(listed_ties=[tie("2025-05", "2025-05", "共著論文", HIT, 著者総数=50)]), "moderate"),
    "⑪ paper of 51": (declared(listed_ties=[tie("2025-05", "2025-05", "共著論文", HIT, 著者総数=51)]), "low"),
    "⑪ paper of 2900": (declared(listed_ties=[tie("2025-05", "2025-05", "共著論文", HIT, 著者総数=2900)]), "low"),
    "⑤ 2900": (declared(publications=[paper("2025-05", HIT, authors=2900)]), "low"),
    "③ ended": (declared(grants=[grant("2024-04-10", "2024-05", "2025-03", HIT)]), "moderate"),
    "③ current": (declared(grants=[grant("2025-04-10", "2025-05", "2027-03", HIT)]), "high"),
    "③ before": (declared(grants=[grant("2019-04-10", "2019-05", "2021-03", HIT)]), "low"),
    "④ current": (
        declared(other_support=[support("2025-05", "機器・試料等の物品", HIT, 期間="2025-05～現在")]),
        "high",
    ),
    "⑦ current": (declared(talent_programs=[programme("2025-04～現在", TALENT)]), "high"),
    "⑦ ended": (declared(talent_programs=[programme("2024-05～2025-03", TALENT, 状態="終了")]), "moderate"),
    "⑦ declined": (declared(talent_programs=[programme("2024-05", TALENT, 状態="辞退")]), "low"),
    "⑦ unlisted": (declared(talent_programs=[programme("2025-04～現在", "Example Scholars Programme")]), "low"),
    "⑧ in force": (declared(misconduct=[restriction("2025-06", "2025-07-01", "2027-06-30")]), "high"),
    "⑧ ended": (declared(misconduct=[restriction("2024-05", "2024-06-01", "2025-05-31")]), "moderate"),
    "⑨ self": (declared(listed=[SELF]), "critical"),
    "⑨ namesake": (declared(listed=[SELF | {"本人か": "同姓同名の別人"}]), "low"),
    "name only": (declared(name="WANG Wei"), "low"),
    "text date": (declared(listed_affiliations=[affiliation("一昨年の春から", HIT)]), "high"),
    "must item not obtainable": (declared(listed_ties=("情報取得不可", "記録がない")), "moderate"),
}
PLAIN: dict[str, Form] = {
    "company researcher without e-Rad": declared(institution_kind="企業", erad=None, employment="他機関"),
    "Co-PI of a joint institution": declared(role="Co-PI", institution_role="共同研究機関"),
    "Korean": declared(name="KIM Min-su", name_ja="김민수"),
    "Chinese": declared(name="ZHANG Xiaoli", name_ja="張 小麗", name_other="张小丽"),
    "Persian": declared(name="REZAEI Maryam", name_ja="مریم رضایی"),
    "one word": declared(name="SUKARTO", name_single="☑"),
    "side job": declared(
        career=[
            post("2012-04", "現在", "みどり大学", "Midori University"),
            post("2020-04", "現在", "みどり計測", "Midori Metrology", 区分="兼業・兼務"),
        ]
    ),
}


@pytest.fixture(scope="module")
def checked(product: Product, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    forms = {f"t{number}": form for number, (form, _) in enumerate(HOUSE_TABLE.values())}
    forms |= {f"p{number}": form for number, form in enumerate(PLAIN.values())}
    return product.check_forms(forms, tmp_path_factory.mktemp("further"), expect=1)


@pytest.mark.parametrize("case", HOUSE_TABLE)
def test_line_of_the_house_table(checked: Checked, case: str) -> None:
    seen = checked[f"t{list(HOUSE_TABLE).index(case)}"]
    assert seen.level == HOUSE_TABLE[case][1], seen.counted()


@pytest.mark.parametrize("case", PLAIN)
def test_honest_people_are_asked_nothing(checked: Checked, case: str) -> None:
    seen = checked[f"p{list(PLAIN).index(case)}"]
    assert seen.said() == []
    assert seen.outcome == ("low", "final")


def test_a_name_alone_is_counted_and_never_a_match(checked: Checked) -> None:
    seen = checked[f"t{list(HOUSE_TABLE).index('name only')}"]
    assert seen.hits()
    assert seen.hits("match") == []
    assert "name_only" in seen.counted()


def test_unread_date_stays_provisional(checked: Checked) -> None:
    assert checked[f"t{list(HOUSE_TABLE).index('text date')}"].state == "provisional"
