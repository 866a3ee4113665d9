"""Invented bodies, contracts and projects of the scenarios, with the headers an office sees."""

from __future__ import annotations

from typing import Any

from tests.acceptance.product import Form

Answers = dict[str, Any]

OPTICS = "中国科学院長春光学精密機械与物理研究所"


def minato(share: Any = 15, **answers: Any) -> Form:
    """Scenario 7: a company, joint institution for the first time, with a listed shareholder."""
    given: Answers = {
        "kind": "会社",
        "name_ja": "株式会社ミナト光学",
        "name_en": "Minato Optics K.K.",
        "country": "日本",
        "purpose": "光学薄膜の共同研究",
        "achievements": [
            {"年月": month, "内容": "光学薄膜の試作", "相手": "みどり大学"}
            for month in ("2024-06", "2025-03", "2026-02")
        ],
        "finance": ("情報取得不可", "非上場。決算公告 https://minato.example/koukoku"),
        "shareholders": [
            {"株主名(日本語)": "港ホールディングス", "割合%": 62},
            {"株主名(日本語)": OPTICS, "割合%": share},
            {"株主名(日本語)": "従業員持株会", "割合%": 23},
        ],
        "officers": [
            {"氏名(ローマ字)": "MINATO Jiro", "役職": "代表取締役"},
            {"氏名(ローマ字)": "UMINO Saburo", "役職": "取締役"},
        ],
        "listed": "該当なし",
    }
    return Form("partner", given | answers)


def partner(kind: str, **answers: Any) -> Form:
    return Form("partner", {"kind": kind} | answers)


def supporter(kind: str, **answers: Any) -> Form:
    """Scenario 8: filled in by the research office."""
    given: Answers = {
        "kind": kind,
        "filled_by": "研究推進課",
        "supports": [
            {
                "種類": "機器・物品の貸与",
                "内容": "測定機器の無償貸与",
                "期間(開始)": "2026-05",
                "期間(終了)": "現在",
            }
        ],
        "purpose": "研究の支援",
        "conditions": "謝辞に社名を記載",
        "finance": ("情報取得不可", "公表資料なし"),
        "listed": "該当なし",
    }
    return Form("supporter", given | answers)


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


def contract(number: str, **answers: Any) -> Form:
    """A contract whose clauses are all there with numbers, all four aspects judged adequate."""
    given: Answers = {
        "contract_no": number,
        "contract_kind": "共同研究",
        "contract_state": "締結済",
        "earlier_contracts": "該当なし",
        "parties": [
            {"名称(日本語)": "みどり大学", "役割": "当機関"},
            {"名称(日本語)": "株式会社みどり計測", "役割": "相手方"},
        ],
    }
    questions = [question for aspect in ASPECTS.values() for question in aspect]
    for clause, question in enumerate(questions, start=1):
        given |= {question: "有", f"{question}_number": f"第{clause}条"}
    for aspect in ASPECTS:
        given |= judged(aspect, "適切")
    return Form("contract", given | answers)


def judged(aspect: str, judgement: str, *, by: str = "法務 太郎", approver: str | None = None) -> Answers:
    key = f"{aspect}_judgement"
    return {
        key: judgement,
        f"{key}_by": by,
        f"{key}_on": "2026-08-20",
        f"{key}_reason": "条項を確認した",
        f"{key}_approver": approver,
    }


MISSING = ("data_return", "foreground_ip", "survival", "export_control")


def memorandum(**answers: Any) -> Form:
    """Scenario 9, C-002: an MOU in English with four clauses missing, one of them without a proposal."""
    given: Answers = dict(contract("C-002", contract_kind="MOU", contract_state="交渉中").answers)
    given["contract_language"] = "英語"
    given["parties"] = [
        {"名称(日本語)": "みどり大学", "役割": "当機関"},
        {"名称(英語)": "University of Examplia", "国・地域": "GB", "役割": "相手方"},
    ]
    for question in MISSING:
        given |= {question: "無", f"{question}_number": None, f"{question}_proposal": "修正案を提示済み"}
    given["survival_proposal"] = None
    for aspect in ("access", "property", "secrecy"):
        given |= judged(aspect, "要修正(交渉中)")
    return Form("contract", given | answers)


def project(**answers: Any) -> Form:
    """A project that looked at everything it names."""
    given: Answers = {
        "case_number": "C-2026-03",
        "institution_role": "研究代表機関",
        **dict.fromkeys(("scope_public", "scope_technology", "scope_designated"), "はい"),
        **dict.fromkeys(("operators_named", "operators_bound", "emergency_contact"), "済"),
        "roster": [{"氏名": "SAEKI Mariko", "役割": "PI", "DDの状態": "実施した"}],
        "partners": "該当なし",
        "supporters": "該当なし",
        "contracts": [
            {"契約番号": number, "ワークブック": workbook}
            for number, workbook in (("C-001", "C-001.xlsx"), ("C-002", "C-002.xlsx"), ("C-003", None))
        ],
        **dict.fromkeys(("partners_complete", "supporters_complete", "contracts_complete"), "はい"),
        **dict.fromkeys(("dmp", "samples_policy", "systems_policy", "facilities_policy"), "適切"),
    }
    return Form("project", given | answers)
