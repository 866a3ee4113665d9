"""Words of persons' names that are written in several ways, or say nothing about who is meant."""

from __future__ import annotations

import re

# Forms of address and academic degrees; not ranks, which lists print as parts of names.
SERVANT = "abdul"  # its one spelling; it makes a name only with the word that follows
_TITLES_TEXT = (
    "mr mrs ms miss dr prof professor mullah mulla mollah maulavi mawlawi maulawi haji hajji hadji sheikh shaykh"
    " sheik cheikh sayyid sayed seyed seyyed ayatollah hojatoleslam"
    " 博士 教授 氏 先生 师 殿 ドクター ムッラー ハッジ シェイク シャイフ"
)
TITLES = frozenset(_TITLES_TEXT.split())
# Abdul Aziz, Abd al-Aziz, Abdelaziz, Abdurrahman: servant of ...; Abdullah is one word, Abdullaev a family name.
_SERVANT = re.compile(r"abd[aeou]?(?:l|([rsznt])(?=\1))(?!l?ah)(?P<whose>[a-z]{3,})(?<!ev)(?<!ov)(?<!eva)(?<!ova)")
_SERVANTS = frozenset(
    ["abd", "abdul", "abdel", "abdal", "abdol", "abdoul", "abdil", "abdur", "abder", "abdir", "abdus", "abdun"]
)


def split_servant(token: str) -> tuple[str, ...]:
    """Return a name of the kind Abdulaziz as two words, its first word in one spelling, any other token as it is."""
    if not token.startswith("abd"):
        return (token,)
    if token in _SERVANTS:
        return (SERVANT,)
    found = _SERVANT.fullmatch(token)
    return (SERVANT, found["whose"]) if found else (token,)
