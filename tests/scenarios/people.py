"""Invented people and bodies of the end-to-end scenarios, as plain answers for `checklist.raw.raw_answers`.

Reused wherever a realistic filled checklist is needed. List bodies named here are real entries of the published lists.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

Given = dict[str, Any]

TABLES = (
    "education", "career", "grants", "other_support", "publications", "patents", "talent_programs", "misconduct",
    "listed", "listed_affiliations", "listed_ties",
)  # fmt: skip

CONSENTS: Given = {"consent_true": "☑", "consent_notice": "☑", "consent_share": "☑"}

OWN_DEMO = """entry,name,aliases,country,kind,note
1,Wang Wei,Jack Wang,CN,person,on the US Entity List 80 FR 69856
2,Huawei Technologies Japan K.K.,,JP,organization,US Entity List 84 FR 22963
3,Thousand Talents Plan,,CN,program,DoD 1286 FY24 table 2
"""


def nobody(**answers: Any) -> Given:
    """A declaration with nothing to declare, complete in form."""
    given: Given = {
        "role": "研究参画者",
        "name": "MIDORI Taro",
        "stated_on": "2026-08-20",
        "email": "declarant@midori.example",
        "employment": "本機関と雇用あり",
        "residency": "該当なし",
        **CONSENTS,
        **dict.fromkeys(TABLES, "該当なし"),
        "education": [degree("2008-04", "2012-03", "みどり大学", "Midori University")],
        "career": [post("2012-04", "現在", "みどり大学", "Midori University")],
    }
    return given | answers


def degree(since: str, until: str, school: str, full: str, country: str = "日本", **more: Any) -> Given:
    """A row of ①."""
    return {
        "since": since,
        "until": until,
        "school": school,
        "school_full": full,
        "country": country,
        "degree": "学士",
    } | more


def post(since: str, until: str, body: str, english: str, country: str = "日本", **more: Any) -> Given:
    """A row of ②."""
    own = {"since": since, "until": until, "body": body, "body_en": english, "country": country}
    return own | {"post": "助教", "capacity": "本務"} | more


def paper(published: str, *bodies: str, authors: int = 6, **more: Any) -> Given:
    """A row of ⑤ with institutions of co-authors abroad."""
    row = {
        "published_on": published,
        "title": f"Photonics of thin films {published}",
        "venue": "Journal of Examples",
        "position": "共著",
        "first_author": "MIDORI Taro",
        "authors": authors,
    }
    return row | ({"foreign_bodies": "; ".join(bodies)} if bodies else {}) | more


def grant(obtained: str, since: str, until: str, funder: str, **more: Any) -> Given:
    """A row of ③."""
    row = {"obtained_on": obtained, "title": "基礎研究", "funder": funder, "since": since, "until": until}
    return row | {"category": "公募", "confidential": "無", "amount": "3,000千円"} | more


def support(received: str, kind: str, supporter: str, **more: Any) -> Given:
    """A row of ④."""
    return {
        "received_on": received,
        "support_kind": kind,
        "content": kind,
        "supporter": supporter,
        "condition": "なし",
    } | more


def listed_body(term: str, body: str, **more: Any) -> Given:
    """A row of ⑩."""
    return {"term": term, "body": body, "position": "客員", "related": "なし"} | more


def tie(since: str, until: str, kind: str, body: str, **more: Any) -> Given:
    """A row of ⑪."""
    return {"since": since, "until": until, "relation": kind, "content": kind, "body": body, "related": "なし"} | more


def programme(term: str, name: str, **more: Any) -> Given:
    """A row of ⑦."""
    row = {"term": term, "program": name, "host_country": "中国", "host": "Example University", "provides": "給与"}
    return row | {"silence": "無", "program_state": "参加中"} | more


def saeki() -> Given:
    """Scenario 1: a clean PI whose school shares an acronym with a listed body; three cases in one workbook."""
    return nobody(
        role="PI",
        institution_role="研究代表機関",
        name="SAEKI Mariko",
        name_ja="佐伯真理子",
        erad="12345672",
        cases=[{"case_number": number, "application_year": 2026} for number in ("C-03", "C-07", "C-11")],
        education=[
            degree("2001-04", "2005-03", "広島工業大学", "Hiroshima Institute of Technology (HIT)", "JP"),
            degree("2005-04", "2010-03", "東北大学", "Tohoku University", "JP", degree="博士"),
        ],
        career=[
            post("H22.4", "2012年3月", "University of Michigan", "University of Michigan", "US", post="postdoc"),
            post("2013年10月", "現在", "みどり大学", "Midori University", post="教授"),
            post(
                "2025年4月", "現在", "株式会社みどり計測", "Midori Metrology K.K.", capacity="兼業・兼務", post="顧問"
            ),
        ],
        grants=[
            grant("2022-04-01", "2022-04", "2026-03", "日本学術振興会", title="科研費 基盤研究(B)"),
            grant("2025-09-01", "2025-10", "2031-03", "科学技術振興機構", title="JST"),
            {
                "obtained_on": "2025-06-01",
                "category": "共同研究",
                "since": "2025-06",
                "until": "2027-03",
                "confidential": "有",
                "effort": 5,
            },
        ],
        publications=[
            *(paper(month) for month in ("2024-05", "2024-11", "2025-02", "2025-08", "2026-01", "2026-07")),
            paper("2023-11"),
        ],
        patents=[
            {
                "filed_on": "2025-02-10",
                "invention": "薄膜の測定方法",
                "applicants": "みどり大学",
                "patent_state": "公開",
            },
        ],
    )


def lin() -> Given:
    """Scenario 2: an old degree from a listed university; reads English only."""
    return nobody(
        role="Participant",
        name="LIN Haoran",
        name_ja="林 浩然",
        erad="none",
        education=[
            degree(
                "2012-09",
                "2016-06",
                "Harbin Institute of Technology",
                "School of Astronautics, Harbin Institute of Technology, Harbin 150001",
                "CN",
                degree="Bachelor",
            ),
            degree(
                "2017-04",
                "2020-03",
                "Tohoku University",
                "Tohoku University",
                "Japan",
                degree="Doctor",
                supervisor="Aoba",
            ),
        ],
        career=[
            post("2020-04", "2023-09", "University of Manchester", "University of Manchester", "GB", post="postdoc"),
            post("2023-10", "present", "みどり大学", "Midori University", "JP", post="postdoc", capacity="Main post"),
        ],
        residency="None",
        **{key: "None" for key in TABLES if key not in ("education", "career")},
    )


def lin_visited(*, declared: bool) -> Given:
    """Scenario 2b: the same person after a stay at the listed university inside the period, declared in ⑩ or not."""
    given = lin()
    body = "Harbin Institute of Technology"
    given["career"].append(
        post("2024-09", "2025-03", body, body, "CN", post="visiting researcher", capacity="Visiting")
    )
    if declared:
        given["listed_affiliations"] = [listed_body("2024.9-2025.3", body, position="Visiting", related="No")]
    return given


def suharsono(*, employed: bool = False) -> Given:
    """Scenario 4: a master's student with one name, on a foreign government's scholarship."""
    return nobody(
        role="研究参画者(学生)",
        name="Suharsono",
        name_single="☑",
        employment="本機関と雇用あり" if employed else "なし(学生)",
        education=[
            degree("2020-08", "2024-07", "Universitas Gadjah Mada", "Universitas Gadjah Mada", "Indonesia"),
            degree("2026-04", "現在", "みどり大学", "Midori University", degree="在学"),
        ],
        career="該当なし",
        residency="あり",
        res_works_in_japan="はい" if employed else "いいえ",
        res_works_abroad="いいえ",
        res_official_duty="該当なし",
        res_japanese="いいえ",
        res_entered_japan="2026-04-05",
        res_acts_on_instruction="いいえ",
        res_only_income="はい",
        res_contracts="該当なし",
        res_benefits=[
            {
                "body": "Ministry of Education of Examplia",
                "country": "ID",
                "source": "外国政府等",
                "content": "scholarship",
                "amount": "2,400,000",
            },
        ],
    )


def copy(given: Given) -> Given:
    """A copy that can be changed without touching the original."""
    return deepcopy(given)
