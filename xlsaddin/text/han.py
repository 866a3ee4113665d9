"""Han characters folded to one form: traditional, simplified and Japanese shapes of a character become the same.

The mapping is OpenCC's, character by character, so that it is the same in every word.  It is a key for comparing, not
a conversion for reading: 弁 and 辨, 芸 and 艺 fall together on purpose.
"""

from __future__ import annotations

import re
from functools import cache

_RANGES = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF))
_HAN = re.compile("[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff々]")
_REPEAT = re.compile("([㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff])々")
# Japanese shapes OpenCC's table of shinjitai leaves out, read as the character Chinese writes (JIS X 0208 notes).
_JAPANESE_SHAPES = {"浜": "滨", "鉱": "矿", "鑛": "矿", "礦": "矿", "広": "广", "闘": "斗", "鬭": "斗"}
# Where OpenCC's chain ends in a rare shape, the one people know.
_USUAL_SHAPES = dict(zip("襃飜槪晄郞萠甁愼敍硏", "褒翻概晃郎萌瓶慎叙研", strict=True))
_FINAL_SHAPES = str.maketrans(_JAPANESE_SHAPES | _USUAL_SHAPES)


@cache
def _folding() -> dict[int, str]:
    """Return character code -> folded character, for characters that change."""
    import opencc

    to_traditional, to_simplified = opencc.OpenCC("jp2t"), opencc.OpenCC("t2s")
    characters = [chr(code) for low, high in _RANGES for code in range(low, high + 1)]
    text = "\n".join(characters)
    for _ in range(3):  # some chains need a second pass before nothing changes
        text = to_simplified.convert(to_traditional.convert(text)).translate(_FINAL_SHAPES)
    folded = text.split("\n")
    return {ord(old): new for old, new in zip(characters, folded, strict=True) if old != new and len(new) == 1}


def has_han(text: str) -> bool:
    """Return True when a text holds at least one Han character."""
    return _HAN.search(text) is not None


def fold_han(text: str) -> str:
    """Return the text with every Han character in its one folded form and 々 written out."""
    if not has_han(text):
        return text
    while (written := _REPEAT.sub(r"\1\1", text)) != text:
        text = written
    return text.translate(_folding())
