"""Laws 1, 4, 5, 6 and a smaller law 7 (2 and 3 are in `test_judgements`), over checked workbooks."""

from __future__ import annotations

import csv
import json
import random
import re
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.bodies import memorandum, minato, project, supporter
from tests.acceptance.conftest import METI, MOF
from tests.acceptance.filling import open_book
from tests.acceptance.people import declared, degree, lin_visited, paper, saeki, suharsono
from tests.acceptance.product import Checked, Form, Product, Seen

NATIONALITIES = ("中国", "日本", "ロシア", "Iran", "United States", "ドイツ", "北朝鮮", "India", "台湾", "Ethiopia")
NAMES: tuple[dict[str, str], ...] = (
    {"name": "Haoran LIN"},
    {"name": "LIN, Haoran", "name_ja": "林浩然"},
    {"name": "Lin Haoran", "name_kana": "リン ハオラン"},
    {"name": "Хаожань Линь"},
    {"name": "لين هاوران"},
    {"name": "린하오란"},
    {"name": "MIDORI Taro", "name_ja": "緑 太郎"},
)
COUNTRIES = ("中国", "イラン", "ロシア", "US", "ケニア", "GB")
RESULT_WORDS = (
    "r_hits",
    "r_contributions",
    "r_measures",
    "極めて高",
    "true_match",
    "false_positive",
    "同一か",
    "要判断",
)
UNFAIR = re.compile(r"疑い|疑わ|不正(?!受給|使用|アクセス)|虚偽(?!記載)|未申告|suspicio|undisclos", re.IGNORECASE)


def of_a_nation(nation: str) -> Form:
    form = lin_visited(stated=True, nationality=nation)
    asked = [{"What is asked": "Place of birth", "Answer": nation}]
    return Form(form.kind, {**form.answers, "funder_items": asked}, form.lang, "wide")


def schooled_in(country: str) -> Form:
    school = "University of Manchester"
    return declared(education=[degree("2008-04", "2012-03", school, school, country)])


FORMS: dict[str, Form] = {
    **{f"nation-{number}": of_a_nation(nation) for number, nation in enumerate(NATIONALITIES)},
    **{f"name-{number}": lin_visited(stated=True, **names) for number, names in enumerate(({}, *NAMES))},
    **{f"school-{number}": schooled_in(country) for number, country in enumerate(COUNTRIES)},
    "saeki": saeki(),
    "suharsono": suharsono(),
    "difference": lin_visited(stated=False),
    "empty": Form("researcher", {}),
    "minato": minato(),
    "supporter": supporter("会社", name_ja="華為技術日本株式会社"),
    "memorandum": memorandum(),
    "project": project(),
}


@pytest.fixture(scope="module")
def checked(product: Product, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    return product.check_forms(FORMS, tmp_path_factory.mktemp("laws"), jobs="2")


def judged(seen: Seen) -> str:
    """Everything a result says beside the name of its subject, as text."""
    kept = ("findings", "hits", "residency", "assessment")
    return json.dumps({key: seen.content[key] for key in kept}, ensure_ascii=False, sort_keys=True)


# --- 1


@pytest.mark.parametrize("group", ["nation", "name", "school"])
def test_law_1_who_somebody_is_changes_nothing(checked: Checked, group: str) -> None:
    results = {name: judged(checked[name]) for name in FORMS if name.startswith(f"{group}-")}
    assert len(results) > 5
    assert len(set(results.values())) == 1, results


# --- 4


@pytest.mark.parametrize("kind", ["researcher", "partner", "supporter", "contract", "project"])
def test_law_4_respondent_edition_holds_no_result(product: Product, kind: str) -> None:
    with zipfile.ZipFile(product.template(kind, "both")) as package:
        text = "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    for word in (
        "r_hits",
        "r_contributions",
        "r_measures",
        "極めて高",
        "true_match",
        "false_positive",
        "同一か",
        "要判断",
    ):
        assert word not in text, word


# --- 5


def test_law_5_every_message_is_fair(checked: Checked) -> None:
    sentences = list(strings([{**one, "hits": []} for one in checked.document["workbooks"]]))
    assert len(sentences) > 100
    assert [sentence for sentence in sentences if UNFAIR.search(sentence)] == []


def test_law_5_the_word_is_difference(checked: Checked) -> None:
    (warning,) = checked["difference"].findings("warning")
    assert "差異（本人に確認）" in warning["message_ja"]
    assert "ifference to be confirmed with you" in warning["message_en"]


def strings(content: Any) -> list[str]:
    if isinstance(content, str):
        return [content]
    parts = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    return [text for part in parts for text in strings(part)]


# --- 6


def test_law_6_without_a_list_of_the_profile_nothing_is_low_and_final(
    bare: Product, test_data: Path, tmp_path: Path
) -> None:
    bare.run("lists", "import", test_data / MOF, expect=0)
    checked = bare.check_forms({"saeki": saeki(), "wide": saeki("wide")}, tmp_path, expect=2)
    assert [checked[name].state for name in ("saeki", "wide")] == ["inconclusive", "inconclusive"]
    assert checked.run.err.strip()


# --- 7, smaller: ordinary people with papers and co-authors leave little to judge


def ordinary_people(test_data: Path) -> dict[str, Form]:
    chosen = random.Random(20260901)
    listed, printed = listed_names(test_data), printed_texts(test_data)
    known = read_csv(test_data / "cases" / "universities.csv")
    universities = [row for row in known if not is_listed(plain(row["name"]), listed, printed)]
    people = read_csv(test_data / "cases" / "persons_synthetic.csv")
    forms = {}
    for number in range(30):
        papers, circle = [], [row["name"] for row in chosen.sample(universities, 24)]  # co-authors recur, as in bench
        for place in range(20):
            bodies = chosen.sample(circle, 8)
            authors = "; ".join(row["full_name"] for row in chosen.sample(people, 8))
            month = f"{2024 + place % 2}-{5 + place % 7:02}"
            papers.append(paper(month, *bodies, authors=9, **{"共著者(「; 」区切り)": authors}))
        forms[f"ordinary-{number}"] = declared(name=chosen.choice(people)["full_name"], publications=papers)
    return forms


def is_listed(university: str, listed: set[str], printed: str) -> bool:
    """Return True where a listed name stands in the university's, or its whole name in what a list prints."""
    whole = university.count(" ") >= 2 and f" {university} " in printed
    return whole or any(name in f" {university} " for name in listed)


def printed_texts(test_data: Path) -> str:
    """Return every text METI's and the Ministry of Finance's lists print, as plain words."""
    books = [open_book(test_data / path, values=True) for path in (METI, MOF)]
    rows = (row for book in books for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    return " | ".join(f" {plain(cell)} " for row in rows for cell in row if isinstance(cell, str))


def listed_names(test_data: Path) -> set[str]:
    """Return names and aliases of METI's list that are longer than a word, between blanks."""
    rows = open_book(test_data / METI, values=True).worksheets[0].iter_rows(min_row=2, values_only=True)
    cells = [str(cell) for row in rows for cell in row[2:4] if cell]
    names = {plain(part) for cell in cells for part in re.split(r"[\n・()（）]", cell)}
    return {f" {name} " for name in names if " " in name}


def plain(name: str) -> str:
    """Return a name without case, articles, marks and what stands in parentheses."""
    text = re.sub(r"\(.*?\)", "", name.casefold().replace("&", " and ")).removeprefix("the ")
    return " ".join(re.findall(r"[^\W_]+", text))


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_law_7_ordinary_people_leave_little_to_judge(product: Product, test_data: Path, tmp_path: Path) -> None:
    forms = ordinary_people(test_data)
    checked = product.check_forms(forms, tmp_path, jobs="2")
    assert [one["status"] for one in checked.document["workbooks"]] == ["ok"] * len(forms)
    judging = {name: checked[name].content["to_judge"] for name in forms if checked[name].content["to_judge"]}
    asked = {name: [(hit["query"], hit["name"], hit["band"]) for hit in checked[name].hits()] for name in judging}
    assert sum(judging.values()) <= 3, asked


def test_law_7_names_of_every_script_are_read(test_data: Path) -> None:
    """The people drawn are of many scripts; else the law would hold for Latin names alone."""
    names = "".join(str(form.answers["name"]) for form in ordinary_people(test_data).values())
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in names if letter.isalpha()}
    assert len(scripts) >= 3, scripts
