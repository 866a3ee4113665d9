"""Invented bodies and contracts of the end-to-end scenarios, as plain answers for `checklist.raw.raw_answers`."""

from __future__ import annotations

from typing import Any

from tests.scenarios.people import Given


def minato() -> Given:
    """Scenario 7: a company, joint institution for the first time, with a listed shareholder."""
    return {
        "kind": "会社",
        "name_ja": "株式会社ミナト光学",
        "name_en": "Minato Optics K.K.",
        "country": "日本",
        "purpose": "光学薄膜の共同研究",
        "achievements": [
            {"achieved_on": month, "content": "光学薄膜の試作", "counterpart": "みどり大学"}
            for month in ("2024-06", "2025-03", "2026-02")
        ],
        "finance": {"status": "情報取得不可", "reason": "非上場。決算公告 https://minato.example/koukoku", "rows": []},
        "shareholders": [
            {"name_ja": "港ホールディングス", "share": 62},
            {"name_ja": "中国科学院長春光学精密機械与物理研究所", "share": 15},
            {"name_ja": "従業員持株会", "share": 23},
        ],
        "officers": [{"name": "MINATO Jiro", "post": "代表取締役"}, {"name": "UMINO Saburo", "post": "取締役"}],
        "listed": "該当なし",
    }


def supporter(kind: str, **answers: Any) -> Given:
    """Scenario 8: a supporter, filled in by the research office."""
    given: Given = {
        "kind": kind,
        "filled_by": "研究推進課",
        "supports": [
            {"support_kind": "物品の提供", "content": "測定機器の無償貸与", "since": "2026-05", "until": "現在"}
        ],
        "purpose": "研究の支援",
        "conditions": "謝辞に社名を記載",
        "finance": {"status": "情報取得不可", "reason": "公表資料なし"},
        "listed": "該当なし",
    }
    return given | answers


ASPECTS = {
    "cooperation": (
        "scope_defined", "use_limited", "members_named", "member_change", "students_free", "subcontracting",
        "considerations", "termination", "disputes",
    ),
    "access": (
        "access_scope", "access_rights", "data_location", "onward_disclosure", "government_access", "export_control",
        "permit_refused", "incidents", "monitoring", "data_return",
    ),
    "property": ("background_ip", "foreground_ip", "filing", "licence", "assignment", "improvements"),
    "secrecy": (
        "secret_defined", "secret_use", "secret_recipients", "group_disclosure", "legal_disclosure",
        "publication_review", "survival", "breach",
    ),
}  # fmt: skip


def contract(number: str, **answers: Any) -> Given:
    """Scenario 9: a contract whose clauses are all there, all four aspects judged adequate."""
    given: Given = {
        "contract_no": number,
        "contract_kind": "共同研究",
        "contract_state": "締結済",
        "earlier_contracts": "該当なし",
        "parties": [
            {"name_ja": "みどり大学", "party_role": "当機関"},
            {"name_ja": "株式会社みどり計測", "party_role": "相手方"},
        ],
    }
    clause = 1
    for aspect, questions in ASPECTS.items():
        for question in questions:
            given |= {question: "有", f"{question}_number": f"第{clause}条"}
            clause += 1
        given |= judged(aspect, "適切")
    return given | answers


def judged(aspect: str, judgement: str, by: str = "法務 太郎", approver: str = "") -> Given:
    """The judgement of one aspect of a contract, complete."""
    key = f"{aspect}_judgement"
    given = {key: judgement, f"{key}_by": by, f"{key}_on": "2026-08-20", f"{key}_reason": "条項を確認した"}
    return given | ({f"{key}_approver": approver} if approver else {})


def memorandum() -> Given:
    """Scenario 9, C-002: an MOU with a foreign university that lacks four clauses, being negotiated."""
    missing = ("data_return", "foreground_ip", "survival", "export_control")
    given = contract("C-002", contract_kind="MOU", contract_state="交渉中")
    given["parties"] = [
        {"name_ja": "みどり大学", "party_role": "当機関"},
        {"name_en": "University of Examplia", "country": "GB", "party_role": "相手方"},
    ]
    for question in missing:
        given |= {question: "無", f"{question}_number": "", f"{question}_proposal": "修正案を提示済み"}
    given["survival_proposal"] = ""
    for aspect in ("access", "property", "secrecy"):
        given |= judged(aspect, "要修正(交渉中)")
    return given
