"""Words of persons' names that are written in several ways, or say nothing about who is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Forms of address and academic degrees; not ranks, which lists print as parts of names.
SERVANT = "abdul"  # its one spelling; it makes a name only with the word that follows
_TITLES_TEXT = (
    "mr mrs ms miss dr prof professor mullah mulla mollah maulavi mawlawi maulawi haji hajji hadji sheikh shaykh"
    " sheik cheikh sayyid sayed seyed seyyed ayatollah hojatoleslam"
    " qari mufti maulana mawlana ustad ustaz ostad alhaji hajj"
    " الشيخ شيخ الحاج حاج حاجي السيد سيد ملا مولوي دكتر دكتور الدكتور استاذ الاستاذ مهندس المهندس"
    " 博士 教授 氏 先生 师 殿 ドクター ムッラー ハッジ シェイク シャイフ"
)
TITLES = frozenset(_TITLES_TEXT.split())
# Abdul Aziz, Abd al-Aziz, Abdelaziz, Abdurrahman: servant of ...; Abdullah is one word, Abdullaev a family name.
_SERVANT = re.compile(r"abd[aeou]?(?:l|([rsznt])(?=\1))(?!l?ah)(?P<whose>[a-z]{3,})(?<!ev)(?<!ov)(?<!eva)(?<!ova)")
_LATIN_SERVANTS = frozenset(
    ["abd", "abdul", "abdel", "abdal", "abdol", "abdoul", "abdil", "abdur", "abder", "abdir", "abdus", "abdun"]
)


# Arabic names of two words that Latin letters mostly write as one: عبد الحكيم, نجيب الله, صلاح الدين.
ARTICLE, OF_GOD, OF_FAITH = "ال", "الله", "الدين"
_ARABIC_SERVANT = "عبد"
_SERVANT_OF = _ARABIC_SERVANT + ARTICLE
SERVANTS = frozenset([SERVANT, _SERVANT_OF])


def split_servant(token: str) -> tuple[str, ...]:
    """Return a name of the kind Abdulaziz as two words, its first word in one spelling, any other token as it is."""
    if token.startswith(_SERVANT_OF) and not token.endswith(OF_GOD):
        whose = token.removeprefix(_SERVANT_OF)
        return (_SERVANT_OF, whose) if len(whose) > 1 else (token,)
    if not token.startswith("abd"):
        return (token,)
    if token in _LATIN_SERVANTS:
        return (SERVANT,)
    found = _SERVANT.fullmatch(token)
    return (SERVANT, found["whose"]) if found else (token,)


def join_compounds(tokens: Sequence[str]) -> list[str]:
    """Return tokens with Arabic names of two words as one (عبد + الحكيم, نجيب + الله, صلاح + الدين)."""
    joined: list[str] = []
    for token in tokens:
        before = joined[-1] if joined else ""
        servant = before == _ARABIC_SERVANT and token.startswith(ARTICLE)
        if servant or (token in (OF_GOD, OF_FAITH) and before and not before.isascii()):
            joined[-1] = before + token
        else:
            joined.append(token)
    return joined
