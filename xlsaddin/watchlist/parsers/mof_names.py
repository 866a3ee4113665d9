"""Taking apart the name and alias cells of the Ministry of Finance's list.

One cell holds several names: lettered `(a)…(b)…`, parted by ；、or a line break, in Japanese and again in Latin
letters, inside `（別称、…）` and `(a.k.a. …)`, as pairs `日本語（Latin）`, or with a birth date behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlsaddin.watchlist import names
from xlsaddin.watchlist.countries import country_code
from xlsaddin.watchlist.model import Alias

_UNKNOWN = {
    "",
    "不明",
    "なし",
    "該当なし",
    "na",
    "n/a",
    "-",
    "birth name",
    "combat name",
    "initials",
    "third",
    "martyrs",
    "and",
}
_ORIGINAL_SCRIPT = re.compile(r"(?i)[(]?\s*original script\s*:\s*([^()]*)[)]?|[(]([^()]*):\s*original script[)]")
_FORMER = re.compile(r"(?i)\(?\s*(?:旧称|(?<![a-z])f\.?\s?k\.?\s?a\.?)(?![a-z])\s*[:;、,.)]*\s*")
_ALSO = re.compile(
    r"(?i)\(?\s*(?:(?:別称|別名)\d?|通称|also known as|(?<![a-z])a\.?\s?k\.?\s?a\.?)(?![a-z])\s*[:;、,.)]*\s*"
    r"(?:the following \w+ alias(?:es)?:?)?"
)
_LETTER = re.compile(r"\(\s*[a-zA-Z]{1,2}\s*[)]|(?<![^\s、,;])[a-z]{1,2}\)")
_PERSONAL = re.compile(
    r"(?i)[,、(]?\s*\(?\s*(?:旅券|[^、,(]*(?:旅券|ID番号)|\d{4}年|\d{1,2} [a-z]{3,9}\.? ?\d{4}|born\b|"
    r"[^()、,]{0,12}(?:にて出生|生まれ|の息子)|[a-z]+ passport|passport|formerly|previously|以前掲載|以前の|アラビア語|"
    r"生年月日|(?:DOB|POB)\s*:|出生地|この戦闘員名|prominently known|false identity|\(?initials\)|"
    r"son of|used|偽名|alias used).*$",
    re.DOTALL,
)
_LEGAL_PART = re.compile(r"(?i)(?:co|inc|ltd|llc|jsc|s\.?a|jr|sr|limited|ooo|ao|oao|pao|gmbh|corp)\b\.?$")
_KANA_THEN_LATIN = re.compile(
    r"([\u30a0-\u30ff\s]+[\u30a0-\u30ff])\s*([A-Z][^\d\u3040-\u9fff]*[a-z][^\d\u3040-\u9fff]{3,})"
)
_EDITORIAL = re.compile(r"【[^】]*】")
_QUOTES = '「」『』"“”‘’'


def split_aliases(cell: str, relation: str = "alias", weak: bool = False) -> list[Alias]:
    """Return the names of an alias cell in order, each once; names called former there are marked so."""
    text = _ORIGINAL_SCRIPT.sub(r";\1\2;", _one_form(cell))
    found: dict[str, Alias] = {}
    for segment, former in _segments(text):
        for item in _items(segment):
            for name in _item_names(item):
                found.setdefault(name, Alias(name, weak, "former" if former else relation))
    return list(found.values())


def split_main(cell: str, person: bool) -> tuple[str, list[Alias]]:
    """Return the main name of a name cell, and other spellings and the original script it holds."""
    text = _one_form(cell)
    scripts = [_bare(one or other) for one, other in _ORIGINAL_SCRIPT.findall(text)]
    originals = [Alias(script, relation="original_script") for script in scripts if script.lower() not in _UNKNOWN]
    text = names.clean(_ORIGINAL_SCRIPT.sub(" ", text)).strip(" ,;")
    if person:
        variants = _variants(text)
        return variants[0], [Alias(variant) for variant in variants[1:]] + originals
    first, *more = re.split(r"(?<=\))\s*、\s*", text)
    if more:  # two names of one body, each with its brackets
        (main, own), *rest = (split_main(part, person) for part in (first, *more))
        return main, [*own, *(alias for second, found in rest for alias in (Alias(second), *found)), *originals]
    text = text.replace("(自称)", "").replace("(NGO)", "").strip().removeprefix("Self-proclaimed ").strip(_QUOTES)
    if names.has_east_asian(text) and text.endswith(")"):
        name, *others = [*_item_names(text), *_japanese_in_brackets(text), ""]
        return name or text, [Alias(other, relation=names.relation_of(other, name)) for other in others if other]
    name, aliases = names.split_name(text)
    return name.strip(_QUOTES), [*aliases, *originals]


def _japanese_in_brackets(text: str) -> Iterator[str]:
    """Yield the other Japanese name a body has in a bracket at the end; places, branches and remarks are none."""
    inner, _, end = list(names.bracket_groups(text))[-1]
    bare = _without(inner, list(names.bracket_groups(inner)))
    remark = any(mark in bare for mark in ("含む", "支店", "非政府組織", "コモロ連合", "、"))
    if end == len(text) and names.has_east_asian(bare) and not remark and not country_code(bare):
        yield bare


def _variants(text: str) -> list[str]:
    """Return a person's name without brackets, and with each bracketed spelling in place of the word before it.

    `Yan (Jan) Petrovskiy (Petrovsky)` gives `Yan Petrovskiy`, `Jan Petrovskiy`, `Yan Petrovsky`, `Jan Petrovsky`.
    """
    groups = list(names.bracket_groups(text))
    bare = _without(text, groups)
    if not groups or not bare:
        return [text]
    first = [re.split(r"\s*[/,、]\s*", inner)[0] for inner, _, _ in groups]
    found = [bare]
    for index, (inner, _, _) in enumerate(groups):
        spellings = re.split(r"\s*[/,、]\s*", inner)
        found += [_without(text, groups, {index: spelling}) for spelling in spellings]
    found.append(_without(text, groups, dict(enumerate(first))))
    return list(dict.fromkeys(name for name in found if name))


def _without(text: str, groups: list[tuple[str, int, int]], spellings: dict[int, str] | None = None) -> str:
    """Return text without its brackets; a spelling given for one replaces the word before it."""
    result, position = "", 0
    for index, (_, start, end) in enumerate(groups):
        before = text[position:start]
        if spellings and index in spellings:
            before = re.sub(r"[^\s・]+\s*$", lambda _, new=spellings[index]: new, before)  # type: ignore[misc]
        result, position = result + before, end
    return names.clean(result + text[position:])


def _one_form(cell: str) -> str:
    """Return the cell with one kind of bracket and sign, its line breaks kept."""
    lines = (names.clean(line) for line in cell.replace("_x000D_", "").split("\n"))
    joined = ""
    for line in filter(None, lines):
        wrapped = joined.count("(") > joined.count(")") and not line.startswith("(")
        joined += f"{' ' if wrapped else chr(10)}{line}" if joined else line
    return _EDITORIAL.sub("", joined)


def _segments(text: str) -> Iterator[tuple[str, bool]]:
    """Yield runs of text and whether they stand under 旧称 / f.k.a."""
    position, former = 0, False
    marks = [(match, True) for match in _FORMER.finditer(text)] + [(match, False) for match in _ALSO.finditer(text)]
    for match, is_former in sorted(marks, key=lambda mark: mark[0].start()):
        yield text[position : match.start()], former
        position, former = match.end(), is_former
    yield text[position:], former


def _items(segment: str) -> Iterator[str]:
    """Yield the separate names of a run of text, still with their brackets."""
    for line in re.split(r"[;\n]", segment):
        lettered = _LETTER.split(line)
        if len(lettered) > 1:
            yield from (_PERSONAL.sub("", part) for part in lettered if part.strip())
        else:
            yield from _split_unlettered(_PERSONAL.sub("", line))


def _split_unlettered(line: str) -> Iterator[str]:
    """Yield the names of a line parted by 、 or, in Latin letters, by commas that do not belong to a legal form."""
    japanese = names.has_east_asian(line)
    current = ""
    for part in re.split(r"(?<!\d)、" if japanese else r",", names.balanced(line)):
        if current and not japanese and _LEGAL_PART.match(part.strip()):
            current = f"{current},{part}"
            continue
        yield current
        current = part
    yield current


def _item_names(item: str) -> Iterator[str]:
    """Yield the one or two names of an item: `カワ（Kawa）` holds both a Japanese and a Latin name."""
    text = _bare(names.balanced(item))
    groups = list(names.bracket_groups(text))
    outside = _bare(_without(text, groups)) if groups else text
    inside = [_bare(_PERSONAL.sub("", inner)) for inner, _, _ in groups]
    if names.has_east_asian(outside) and any(inside):
        candidates = [outside, *(inner for inner in inside if not names.has_east_asian(inner))]
    elif both := _KANA_THEN_LATIN.fullmatch(text):
        candidates = [both[1], both[2]]
    elif groups and not outside:
        candidates = [part for inner in inside for part in _split_unlettered(inner)]
    else:
        main, aliases = names.split_name(text)
        candidates = [main, *(alias.name for alias in aliases)]
    for name in map(_bare, candidates):
        if name.lower() not in _UNKNOWN and sum(char.isalpha() for char in name) > 1:
            yield name


def _bare(text: str) -> str:
    return names.clean(text).replace("()", "").strip(" 、,;:-" + _QUOTES)
