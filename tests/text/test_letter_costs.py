"""What Latin spellings stand behind words in other scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlsaddin.text.kana import join_letter_names, loanword
from xlsaddin.text.letter_costs import LEARNED, compare_letters
from xlsaddin.text.normalize import normalize_name
from xlsaddin.text.scripts import Script

NAMES = [
    (Script.KANA, "ジェームズ", "james", "jones"),
    (Script.KANA, "フセイン", "hussein", "hassan"),
    (Script.KANA, "シュヴァロヴァ", "shuvalova", "suvorova"),
    (Script.ARABIC, "محمود", "mahmoud", "mohsen"),
    (Script.CYRILLIC, "щербаков", "shcherbakov", "sherbatov"),
    (Script.HANGUL, "보라매", "boramae", "baramae"),
]


@pytest.mark.parametrize(("script", "text", "spelling", "other"), NAMES)
def test_the_name_itself_is_likelier_than_one_that_looks_like_it(
    script: Script, text: str, spelling: str, other: str
) -> None:
    word = normalize_name(text)
    assert compare_letters(word, script, spelling) > max(0.5, compare_letters(word, script, other))


@given(st.sampled_from(sorted(LEARNED)), st.text(min_size=1), st.text("abcdefghijklmnopqrstuvwxyz", min_size=1))
def test_any_text_has_a_likelihood(script: Script, text: str, latin: str) -> None:
    assert 0.0 <= compare_letters(text, script, latin) <= 1.0


def test_names_of_letters_are_joined_two_or_more_in_a_row() -> None:
    assert join_letter_names(["オー", "ケー", "サービス", "アイ"]) == ["ok", "サービス", "アイ"]


@pytest.mark.parametrize(
    ("kana", "word"), [("インベストメント", "investment"), ("ファクトリー", "plant"), ("グラナート", None)]
)
def test_english_in_katakana_is_a_generic_word_only_where_it_writes_one(kana: str, word: str | None) -> None:
    assert loanword(kana) == word
