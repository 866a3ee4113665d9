"""Invented people of the scenarios, as they type: Japanese headers, dates and words as people write them."""

from __future__ import annotations

from typing import Any

from tests.acceptance.product import Form

Answers = dict[str, Any]
Row = dict[str, Any]

CONSENTS = {"consent_true": "☑", "consent_notice": "☑", "consent_share": "☑"}
ITEMS = (
    "education", "career", "grants", "other_support", "publications", "patents", "talent_programs", "misconduct",
    "listed", "listed_affiliations", "listed_ties",
)  # fmt: skip
HIT_ADDRESS = "School of Astronautics, Harbin Institute of Technology, Harbin 150001"
HIT = "Harbin Institute of Technology"


def declared(**answers: Any) -> Form:
    """A declaration, complete in form, with nothing in it that any rule weighs."""
    given: Answers = {
        "role": "研究参画者",
        "name": "MIDORI Taro",
        "stated_on": "2026-08-20",
        "email": "declarant@midori.example",
        "employment": "本機関と雇用あり",
        "residency": "該当なし",
        **CONSENTS,
        **dict.fromkeys(ITEMS, "該当なし"),
        "education": [degree("2008-04", "2012-03", "みどり大学", "Midori University")],
        "career": [post("2012-04", "現在", "みどり大学", "Midori University")],
    }
    return Form("researcher", given | answers)


def degree(since: str, until: str, school: str, full: str, country: str = "日本", **more: Any) -> Row:
    row = {"入学年月": since, "卒業・修了年月(見込可)": until, "学校名(日本語又はローマ字)": school}
    return row | {"学校名(原語・英語、略さず)": full, "国・地域": country, "学位/在籍区分": "学士"} | more


def post(since: str, until: str, body: str, english: str, country: str = "日本", **more: Any) -> Row:
    row = {"開始": since, "終了(「現在」可)": until, "機関名": body, "機関名(英語・原語)": english}
    return row | {"国・地域": country, "職名": "助教", "区分": "本務"} | more


def paper(published: str, *bodies: str, authors: int = 6, **more: Any) -> Row:
    row = {"発表年月": published, "題名": f"薄膜の光学特性 {published}", "掲載誌・会議": "Journal of Examples"}
    row |= {"本人の立場": "共著", "筆頭著者": "MIDORI Taro", "著者総数": authors}
    return row | ({"外国機関の共著者の所属(英語)": "; ".join(bodies)} if bodies else {}) | more


def grant(obtained: str, since: str, until: str, funder: str, **more: Any) -> Row:
    row = {"取得(決定)日": obtained, "制度・課題名": "基礎研究", "支給機関": funder, "区分": "公募", "開始": since}
    return row | {"終了": until, "守秘義務": "無", "総額": "3,000千円"} | more


def support(month: str, kind: str, giver: str, **more: Any) -> Row:
    row = {"年月": month, "支援の種類": kind, "内容": kind, "支援者": giver, "条件・見返り": "なし"}
    return row | more


def affiliation(term: str, body: str, **more: Any) -> Row:
    return {"期間": term, "機関名(英語・原語)": body, "身分": "客員", "本研究との関連": "なし"} | more


def tie(since: str, until: str, kind: str, body: str, **more: Any) -> Row:
    row = {"開始": since, "終了/継続": until, "関係の種類": kind, "内容": kind, "相手機関(英語・原語)": body}
    return row | {"本研究との関連": "なし"} | more


def programme(term: str, name: str, **more: Any) -> Row:
    row = {"期間": term, "名称(原語・英語)": name, "主催国・地域": "中国", "主催・受入機関": "Example University"}
    return row | {"提供内容": "給与", "届出・公表を禁じる条件": "無", "状態": "参加中"} | more


def restriction(decided: str, since: str, until: str) -> Row:
    row = {"決定年月": decided, "事由": "研究不正", "措置決定機関": "資金配分機関A"}
    return row | {"応募・参加制限 開始": since, "応募・参加制限 終了": until}


def saeki(profile: str = "default") -> Form:
    """Scenario 1: a clean PI with an unlucky acronym, three cases in one workbook."""
    answers = declared(
        role="PI",
        institution_role="研究代表機関",
        name="SAEKI Mariko",
        name_ja="佐伯真理子",
        erad="12345672",
        cases=[{"課題番号": number, "応募年度": 2026} for number in ("C-03", "C-07", "C-11")],
        education=[
            degree("2001-04", "2005-03", "広島工業大学", "Hiroshima Institute of Technology (HIT)", "JP"),
            degree("2005-04", "2010-03", "東北大学", "Tohoku University", "JP", **{"学位/在籍区分": "博士"}),
        ],
        career=[
            post("H22.4", "2012年3月", "University of Michigan", "University of Michigan", "US", 職名="postdoc"),
            post("2013年10月", "現在", "みどり大学", "Midori University", 職名="教授"),
            post("2025年4月", "現在", "株式会社みどり計測", "Midori Metrology K.K.", 区分="兼業・兼務", 職名="顧問"),
        ],
        grants=[
            grant("2022-04-01", "2022-04", "2026-03", "日本学術振興会", **{"制度・課題名": "科研費 基盤研究(B)"}),
            grant("2025-09-01", "2025-10", "2031-03", "科学技術振興機構", **{"制度・課題名": "JST"}),
            grant("2025-06-01", "2025-06", "2027-03", "", 区分="共同研究", 守秘義務="有", 総額=None)
            | {"制度・課題名": "企業との共同研究", "支給機関": None, "エフォート%": 5},
        ],
        publications=[
            *(paper(month) for month in ("2024-05", "2024-11", "2025-02", "2025-08", "2026-01", "2026-07")),
            paper("2023-11"),
        ],
        patents=[
            {"出願日": "2025-02-10", "発明の名称(未公開は番号のみ可)": "薄膜の測定方法", "出願人": "みどり大学"}
            | {"公開状態": "公開"}
        ],
    ).answers
    return Form("researcher", answers, profile=profile)


def lin(**answers: Any) -> Form:
    """Scenario 2: reads English only; an old degree from a listed university. Headers and choices in English."""
    given: Answers = {
        "role": "Participant",
        "name": "LIN Haoran",
        "name_ja": "林 浩然",
        "erad": "none",
        "stated_on": "2026-08-20",
        "email": "lin@midori.example",
        "employment": "Employed by this institution",
        **CONSENTS,
        **dict.fromkeys(ITEMS, "None"),
        "residency": "None",
        "education": [
            {
                "From": "2012-09",
                "To": "2016-06",
                "School": HIT,
                "School, in full": HIT_ADDRESS,
                "Country or region": "CN",
                "Degree or status": "Bachelor",
            },
            {
                "From": "2017-04",
                "To": "2020-03",
                "School": "Tohoku University",
                "School, in full": "Tohoku University",
                "Country or region": "Japan",
                "Degree or status": "Doctor",
                "Supervisor": "AOBA Jiro",
            },
        ],
        "career": [
            english_post("2020-04", "2023-09", "University of Manchester", "GB"),
            english_post("2023-10", "present", "Midori University", "JP"),
        ],
    }
    return Form("researcher", given | answers, lang="en")


def lin_visited(*, stated: bool, **answers: Any) -> Form:
    """Scenario 2b: the same person with a stay at the listed university inside the period."""
    base = lin().answers
    career = [*base["career"], english_post("2024-09", "2025-03", HIT, "CN", **{"Kind of post": "Visiting"})]
    row = {"Period": "2024.9-2025.3", "Institution (English or original name)": HIT, "Country": "CN"}
    row |= {"Position": "Visiting", "Related to this research": "No"}
    own = {"career": career} | ({"listed_affiliations": [row]} if stated else {})
    return lin(**own, **answers)


def english_post(since: str, until: str, body: str, country: str, **more: Any) -> Row:
    row = {"From": since, "To (or “present”)": until, "Institution": body, "Country or region": country}
    row |= {"Institution, in English or original language": body, "Post": "postdoc", "Kind of post": "Main post"}
    return row | more


def suharsono(*, employed: bool = False, lang: str = "ja") -> Form:
    """Scenario 4: a student on a foreign-government scholarship, in Japan since 2026-04-05."""
    answers = declared(
        role="研究参画者(学生)",
        name="SUHARSONO",
        name_single="☑",
        employment="本機関と雇用あり" if employed else "なし(学生)",
        education=[
            degree("2020-08", "2024-07", "Examplia University", "Examplia University", "インドネシア"),
            degree("2026-04", "2028-03", "みどり大学", "Midori University", **{"学位/在籍区分": "在学"}),
        ],
        career="該当なし",
        residency="あり",
        res_works_in_japan="はい" if employed else "いいえ",
        res_works_abroad="いいえ",
        res_official_duty="該当なし",
        res_japanese="外国人の基準",
        res_entered_japan="2026-04-05",
        res_contracts="該当なし",
        res_acts_on_instruction="いいえ",
        res_benefits=[
            {
                "提供者の名称": "Ministry of Education of Examplia",
                "国・地域": "インドネシア",
                "提供者の区分": "外国政府等",
                "内容": "奨学金",
                "開始": "2026-04",
                "終了(「現在」可)": "現在",
                "年額": 1800000,
                "通貨": "JPY",
            }
        ],
        res_annual_income=1800000,
        res_only_income="はい",
    ).answers
    return Form("researcher", answers, lang=lang)
