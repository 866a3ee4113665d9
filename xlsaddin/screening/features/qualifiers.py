"""What only lowers a score, or limits the band, after the words were compared."""

from __future__ import annotations

from xlsaddin.screening.comparison import Comparison
from xlsaddin.screening.features.interface import Effect, Feature
from xlsaddin.screening.model import QueryKind
from xlsaddin.watchlist.model import EntryKind

_LONGEST_ACRONYM = 5
# Codes that lists and people use for one another's territory: disagreeing says nothing.
_SAME_REGION = ({"CN", "HK", "MO"},)
_BODIES = (EntryKind.ORGANIZATION,)


def compare_numbers(c: Comparison) -> Effect | None:
    """Both names carry numbers and the numbers differ: the 14th institute is not the 54th."""
    asked = {n for n in c.asked.numbers if n < 10_000} or set(c.asked.numbers)
    listed = set(c.listed.numbers)
    if c.exact or not asked or not listed or asked == listed or (listed < asked and c.person):
        return None
    shown = f"{_numbers(asked)} / {_numbers(listed)}"
    return Effect(-c.tuning.numbers_differ, f"番号が異なる: {shown}", f"the numbers differ: {shown}", True)


def compare_country(c: Comparison) -> Effect | None:
    """The country stated for the body differs from the listed one; it lowers the score and never hides a hit."""
    asked, listed = c.query.country.strip().upper(), c.entry.countries
    if not asked or not listed:
        return None
    shown = f"{asked} / {', '.join(listed)}"
    if asked in listed or any(asked in region and region.intersection(listed) for region in _SAME_REGION):
        return Effect(0.0, f"国・地域が一致: {shown}", f"the country agrees: {shown}")
    return Effect(-c.tuning.country_differs, f"国・地域が異なる: {shown}", f"the country differs: {shown}", True)


def compare_kind(c: Comparison) -> Effect | None:
    """One name is that of a person and the other that of a body."""
    asked = c.query.kind
    if asked is QueryKind.ANY and c.person and c.asked.organised and not c.exact:
        asked = QueryKind.ORGANIZATION
    listed = QueryKind.PERSON if c.person else QueryKind.ORGANIZATION
    told = asked in (QueryKind.PERSON, QueryKind.ORGANIZATION) and (c.person or c.entry.kind in _BODIES)
    if not told or asked is listed:
        return None
    return Effect(-c.tuning.kind_differs, "個人と組織の別が異なる", "one is a person, the other a body", True)


def compare_sort(c: Comparison) -> Effect | None:
    """One name is that of a school or institute, the other that of a company, a ship or the like."""
    if not c.unlike_bodies:
        return None
    ja, en = (
        "学校・研究機関と企業・船舶等とで種類が異なる",
        "one is a school or institute, the other a company, ship or the like",
    )
    return Effect(-c.tuning.sort_differs, ja, en, True)


def compare_weak_alias(c: Comparison) -> Effect | None:
    """The list itself says that the alias is not enough to identify."""
    if not c.weak:
        return None
    points = 0.0 if c.exact else -c.tuning.weak_alias
    return Effect(points, "リストが「確定に十分でない」とする別名", "an alias the list calls weak", True)


def compare_acronym(c: Comparison) -> Effect | None:
    """Nothing but a short acronym agrees, and acronyms are shared by many bodies."""
    if not c.acronym:
        return None
    text = c.asked.original.strip()
    return Effect(
        0.0,
        f"略称「{text}」だけの一致(正式名称で確認)",
        f"only the acronym “{text}” agrees (check the full name)",
        True,
    )


def compare_full_name(c: Comparison) -> Effect | None:
    """The acronym agrees, but the full name it stands beside is another one."""
    if not c.contradicted or c.beside is None:
        return None
    ja = f"併記された正式名称「{c.beside.original.strip()}」が掲載名と異なる"
    en = f"the full name beside it, “{c.beside.original.strip()}”, is not a listed one"
    return Effect(-c.tuning.full_name_differs, ja, en, True)


def compare_read(c: Comparison) -> Effect | None:
    """A body is recognised across scripts by glossary and reading alone, which a person must confirm."""
    if not c.translated:
        return None
    ja, en = "文字種をまたぐ訳語・読みだけによる候補", "a candidate by translation and reading across scripts only"
    return Effect(0.0, ja, en, True)


def compare_body(c: Comparison) -> Effect | None:
    """The query is exactly the name of another well-known body, and not the listed one but for its legal form."""
    if not c.body or c.exact or c.asked.core == c.listed.core:
        return None
    ja = "照会名は、世界の大学・学校名簿にある別の機関名と一致"
    return Effect(0.0, ja, "the query is the very name of a body in the directory of universities and schools", True)


def compare_legal(c: Comparison) -> Effect | None:
    """Legal forms differ or stand on one side only; they decide nothing."""
    if c.exact or c.asked.legal == c.listed.legal:
        return None
    return Effect(0.0, "法人格の表記が異なる(判定に影響なし)", "the legal forms are written differently (no influence)")


def compare_part(c: Comparison) -> Effect | None:
    """The name stands inside a longer text, such as an affiliation."""
    if not c.inside:
        return None
    shown = c.asked.original.strip()
    return Effect(-c.tuning.inside_text, f"長い表記の中の「{shown}」を照合", f"“{shown}” was taken from a longer text")


def compare_related(c: Comparison) -> Effect | None:
    """The query looks like a branch, a subsidiary or a part of the listed body, or the reverse."""
    if not c.related:
        return None
    if c.names_relative:
        ja, en = "掲載者が属する・関係する別の機関の名称", "the name of another body that the listed one belongs to"
        return Effect(-c.tuning.related_body, ja, en, True)
    ja, en = (
        "支部・子会社・部局等とみられる(本体そのものではない可能性)",
        "looks like a branch, subsidiary or part of the body",
    )
    return Effect(-c.tuning.related_body, ja, en, True)


QUALIFIERS = (
    Feature("numbers", compare_numbers),
    Feature("country", compare_country),
    Feature("kind", compare_kind),
    Feature("sort_of_body", compare_sort),
    Feature("weak_alias", compare_weak_alias),
    Feature("acronym_only", compare_acronym),
    Feature("full_name_differs", compare_full_name),
    Feature("translation_only", compare_read),
    Feature("other_body", compare_body),
    Feature("legal_form", compare_legal),
    Feature("inside_text", compare_part),
    Feature("related_body", compare_related),
)


def _numbers(numbers: set[int]) -> str:
    return ", ".join(str(number) for number in sorted(numbers))
