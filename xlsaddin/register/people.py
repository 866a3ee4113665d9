"""How the people who judge, approve and take part are recognised by what is written of their names."""

from __future__ import annotations

import re

from xlsaddin.text.normalize import normalize_name, normalize_width
from xlsaddin.text.person_words import TITLES

__all__ = ["name_keys"]

_BESIDE = re.compile(r"[(（\[［〔][^)）\]］〕]*[)）\]］〕]|[／/].*$")
"""A post or an office in brackets or behind a stroke."""

_POSTS = ("准教授", "助教", "助手", "講師", "室長", "課長", "部長", "係長", "主任", "主査", "さん", "様")
_TITLES = frozenset(normalize_name(title) for title in (*TITLES, *_POSTS))
_ENDING = re.compile(rf"(?<=\S\S)({'|'.join((*_POSTS, '教授', '先生', '氏', '殿'))})$")
"""What follows a Japanese name without a space."""

_VARIANTS = str.maketrans("髙﨑嵜邉邊濵濱𠮷德栁桒槗", "高崎崎辺辺浜浜吉徳柳桑橋")
"""Letters of family names that registers of people write in two ways; both mean one person."""


def name_keys(name: str) -> frozenset[str]:
    """Return the forms by which a person's name is recognised: without spaces, in any word order, titles or not.

    It is better to ask a third person once too often than to let one person be two.
    """
    whole = normalize_width(name).translate(_VARIANTS)
    bare = _ENDING.sub("", _BESIDE.sub(" ", whole).strip())
    return _keys(whole) | _keys(bare)


def _keys(name: str) -> frozenset[str]:
    words = normalize_name(name).split()
    called = [word for word in words if word not in _TITLES]
    return frozenset("".join(form) for form in (words, sorted(words), called, sorted(called)) if form)
