"""What agrees and what is left over between the words of two names.

The points of these features add up to the likeness of the words: 100 less what was left over.
"""

from __future__ import annotations

from collections.abc import Collection

from xlsaddin.screening.alignment import Pair
from xlsaddin.screening.comparison import Comparison
from xlsaddin.screening.features.interface import Effect, Feature
from xlsaddin.screening.similar import How


def compare_whole(c: Comparison) -> Effect | None:
    """The whole name is the same after normalising, or differs in blanks and legal form only."""
    shown = c.listed.normal
    if c.exact:
        return Effect(100.0, f"名称が一致(正規化後「{shown}」)", f"the names are the same (normalised “{shown}”)")
    if c.written_together:
        ja, en = f"語の切り方と法人格のほかは一致「{shown}」", f"the same but for blanks and legal form “{shown}”"
        return Effect(100.0 - c.tuning.rewritten, ja, en)
    return None


def compare_slip(c: Comparison) -> Effect | None:
    """Letter by letter, blanks apart, one letter is too many, too few, another, or two are swapped."""
    if not c.slipped or c.slip is None:
        return None
    shown = "＝".join(c.slip)
    return Effect(c.likeness, f"一文字だけ異なる: {shown}", f"one letter apart: {shown}")


def compare_distinctive(c: Comparison) -> Effect | None:
    """Words that tell a body or person apart are the same."""
    return _agreement(c, _SAME, True, "固有の語が一致", "distinctive words agree")


def compare_generic(c: Comparison) -> Effect | None:
    """Words that many names share (places, kinds of body, fields) are the same; they count little."""
    return _agreement(c, _SAME, False, "一般的な語・地名が一致", "common words or places agree")


def compare_spelling(c: Comparison) -> Effect | None:
    """Words are spelled almost alike: a slip, or another romanisation."""
    return _agreement(c, _SPELLED, None, "綴りが近い", "spelled almost alike")


def compare_abbreviation(c: Comparison) -> Effect | None:
    """One name abbreviates a word, gives an initial, or writes two words as one."""
    return _agreement(c, _SHORTENED, None, "略記・連結表記として一致", "abbreviated, or written together")


def compare_sound(c: Comparison) -> Effect | None:
    """Words of different scripts sound alike."""
    return _agreement(c, _SOUNDING, None, "読み(音)が近い", "sound alike")


def compare_meaning(c: Comparison) -> Effect | None:
    """A word of one script is what the other name says in English, by glossary or table of places."""
    return _agreement(
        c,
        _MEANING,
        None,
        "訳語・地名表による一致(固有名の確認が必要)",
        "agree by glossary or place table (to be confirmed)",
    )


def compare_only_query(c: Comparison) -> Effect | None:
    """The query has words the listed name lacks."""
    return _left_over(c, c.alignment.only_query, False, "照会側だけにある語", "words only in the query")


def compare_only_listed(c: Comparison) -> Effect | None:
    """The listed name has words the query lacks."""
    return _left_over(c, c.alignment.only_listed, True, "リスト側だけにある語", "words only in the listed name")


_SAME = frozenset({How.SAME})
_SPELLED = frozenset({How.SPELLING})
_SHORTENED = frozenset({How.ABBREVIATION, How.JOINED, How.INITIAL})
_SOUNDING = frozenset({How.SOUND, How.READING})
_MEANING = frozenset({How.MEANING})

AGREEMENTS = (
    Feature("whole_name", compare_whole),
    Feature("one_slip", compare_slip),
    Feature("distinctive_words", compare_distinctive),
    Feature("generic_words", compare_generic),
    Feature("spelling", compare_spelling),
    Feature("abbreviation", compare_abbreviation),
    Feature("sound", compare_sound),
    Feature("meaning", compare_meaning),
    Feature("words_only_in_query", compare_only_query),
    Feature("words_only_in_listed", compare_only_listed),
)


def _agreement(c: Comparison, how: Collection[How], distinctive: bool | None, ja: str, en: str) -> Effect | None:
    """Return the share of the score that pairs of one kind earned."""
    if c.exact or c.written_together or c.slipped:
        return None
    pairs = [p for p in c.alignment.pairs if p.how in how and distinctive in (None, _is_distinctive(c, p))]
    if not pairs:
        return None
    earned = sum(c.pair_weight(pair) * pair.similarity for pair in pairs)
    points = 100.0 * earned / (c.matched + c.missing)
    shown = "、".join(_show(c, pair) for pair in pairs)
    return Effect(points, f"{ja}: {shown}", f"{en}: {shown.replace('、', ', ')}")


def _left_over(c: Comparison, places: tuple[int, ...], listed: bool, ja: str, en: str) -> Effect | None:
    """Return the share of the score that words without a partner cost."""
    if c.exact or c.written_together or c.slipped or not places:
        return None
    left = c.only_listed if listed else c.only_query
    both = c.only_listed + c.only_query
    cost = (c.missing - c.blurred) * left / both if both else 0.0
    words = c.texts(places, listed)
    return Effect(-100.0 * cost / (c.matched + c.missing), f"{ja}: {words}", f"{en}: {words}")


def _is_distinctive(c: Comparison, pair: Pair) -> bool:
    return any(c.tells(c.listed.words[place]) for place in pair.listed)


def _show(c: Comparison, pair: Pair) -> str:
    asked, listed = c.texts(pair.query, False), c.texts(pair.listed, True)
    return asked if asked == listed else f"{asked}＝{listed}"
