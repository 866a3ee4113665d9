"""Rebuild `xlsaddin/data/names/letter_costs.txt`: what Latin letters a sign of another script stands for, how often.

Learned by expectation maximisation from names in both scripts: katakana from some 80,000 foreign names of JMnedict
(property of the Electronic Dictionary Research and Development Group, CC BY-SA 4.0, through jamdict-data), Arabic,
Cyrillic and Hangul from the names of cities in `places.csv` (GeoNames, CC BY 4.0).  No list and none of the test cases
has a part in it.  Run `python -m bench.screening.build_letter_costs` to renew it.
"""

from __future__ import annotations

import csv
import lzma
import math
import random
import re
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from xlsaddin import resources
from xlsaddin.text.endings import ends_alike
from xlsaddin.text.letter_costs import LONGEST, Costs, reading_costs, signs_of, single_letters
from xlsaddin.text.normalize import normalize_name
from xlsaddin.text.scripts import Script
from xlsaddin.text.sound import compare_sounds, sound_key
from xlsaddin.text.transliterate import load_letters, romanize, romanize_kana

HEADER = """\
# What Latin letters a sign of another script stands for in names, with the cost of each (minus the natural logarithm of
# its share). A section a script: [script sure chance], the cost a letter of half the true pairs and of the
# likeliest in 500 random ones (Arabic: 350). A line: sign = letters:cost ...; nothing before the colon where it is not
# written.
# Arabic also has what Arabs, Persians and North Africans usually write, put in by hand.
# Hangul by letters: i, v, f are initials, vowels and finals by their place in Unicode's order.
# Learned by bench/screening/build_letter_costs.py. Kana from JMnedict, the property of the Electronic Dictionary
# Research and Development Group (https://www.edrdg.org), used in conformance with its licence; that section is under
# the same licence, CC BY-SA 4.0. The others from GeoNames (https://www.geonames.org), CC BY 4.0.
"""
ROUNDS, ROUNDS_IN_PART, ENOUGH = 8, 4, 20_000  # the first rounds on so many names
LONGEST_NAME = 14  # letters; longer ones are full names written together
LEAST_SHARE, _LEAST_LEARNED, _LEAST_COUNT = 0.002, 1e-4, 0.5
_LEAST_ALIKE = 0.35  # likeness of sound: what sounds less alike is another name of the city
_RANDOM = 20_000
_ONE_IN, _ONE_IN_ARABIC = 500, 350
_REGULAR, _VOICELESS = 0.05, 0.015  # least share of Hepburn's spelling, and of the same with a voiceless consonant
# What Arabs, Persians and North Africans usually write, which names of large cities show too rarely.
_USUAL = 0.082
_ARABIC = {
    sign: tuple(spellings.split())
    for sign, spellings in {
        "ا": "a o e u aa", "ث": "s th t", "ج": "j dj g", "ح": "h", "خ": "kh h", "ذ": "z dh d", "ز": "z", "ش": "sh ch",
        "ص": "s", "ض": "d z dh", "ط": "t", "ظ": "z dh d", "ع": "a", "غ": "gh g", "ف": "f ph", "ق": "q gh k g",
        "ك": "k c", "ه": "h eh a ah e", "و": "v w u o ou oo", "ي": "i y ee ei ai ey iy",
    }.items()
}  # fmt: skip
_VOICES = str.maketrans("gdbj", "ktpc")
_CONTRACTED = [first + small for first in "キギシジチニヒビピミリ" for small in "ャュョ"]
_FIRST = (0.1, 0.3, 0.4, 0.15, 0.05)  # share of spellings of no to four letters before anything is learned
_UNSEEN = 1e-6
_KATAKANA = re.compile("[ァ-ヴー]+")
_NAMES = """
select kana.text, gloss.text from NEKana kana
join NETranslation translation on translation.idseq = kana.idseq join NETransGloss gloss on gloss.tid = translation.ID
where not exists (select 1 from NEKanji kanji where kanji.idseq = kana.idseq)
"""
Pairs = Sequence[tuple[str, str]]
Table = Mapping[str, Mapping[str, float]]


def read_names(script: Script) -> Pairs:
    """Return names in a script and in Latin letters."""
    pairs = _dictionary() if script is Script.KANA else _places(script)
    return sorted({(text, latin) for text, latin in pairs if _usable(text, latin)})


def _usable(text: str, latin: str) -> bool:
    return latin.isascii() and latin.isalpha() and 1 < len(latin) <= LONGEST_NAME and len(text) > 1


def _dictionary() -> Iterator[tuple[str, str]]:
    import jamdict_data

    packed = next(Path(jamdict_data.__file__).parent.glob("jamdict.db*"))
    with tempfile.NamedTemporaryFile(suffix=".db") as unpacked:
        unpacked.write(lzma.decompress(packed.read_bytes()) if packed.suffix == ".xz" else packed.read_bytes())
        unpacked.flush()
        rows = sqlite3.connect(unpacked.name).execute(_NAMES).fetchall()
    for kana, gloss in rows:
        if _KATAKANA.fullmatch(kana):
            yield normalize_name(kana), normalize_name(re.sub(r"\(.*?\)", "", gloss)).replace(" ", "")


def _places(script: Script) -> Iterator[tuple[str, str]]:
    with resources.package_path("names", "places.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            latin = row["english"].split()
            for name in row[script.value].split("|"):
                text = name.split()
                pairs = zip(text, latin, strict=True) if len(text) == len(latin) else [("".join(text), "".join(latin))]
                for word, spelling in pairs:
                    if compare_sounds(sound_key(romanize(word)), sound_key(spelling)) > _LEAST_ALIKE:
                        yield word, single_letters(spelling) if script is Script.ARABIC else spelling


def learn(pairs: Pairs, script: Script) -> Table:
    """Return the share of each spelling of each sign."""
    table: Table | None = None
    for number in range(ROUNDS):
        counts: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        step = max(1, len(pairs) // ENOUGH) if number < ROUNDS_IN_PART else 1
        for text, latin in pairs[::step]:
            for sign, letters, share in _expected(signs_of(text, script), latin, table):
                counts[sign][letters] += share
        table = {sign: _shares(found) for sign, found in counts.items()}
    assert table is not None
    return table


def _shares(counts: Mapping[str, float]) -> Mapping[str, float]:
    """Return the share of each spelling, those next to never met left out."""
    whole = sum(counts.values())
    return {
        letters: count / whole
        for letters, count in counts.items()
        if count >= _LEAST_COUNT and count / whole >= _LEAST_LEARNED
    }


def _expected(signs: tuple[str, ...], latin: str, table: Table | None) -> Iterator[tuple[str, str, float]]:
    """Yield sign, letters and how probable it is that the one stands for the other, over all readings."""
    size = len(latin) + 1
    forward = [[0.0] * size for _ in range(len(signs) + 1)]
    backward = [[0.0] * size for _ in range(len(signs) + 1)]
    forward[0][0] = backward[-1][-1] = 1.0
    steps: list[tuple[int, int, int, float]] = []
    for place, sign in enumerate(signs):
        shares = None if table is None else table.get(sign, {})
        for start, before in enumerate(forward[place]):
            for length in range(min(LONGEST, size - 1 - start) + 1 if before else 0):
                stop = start + length
                share = _FIRST[length] if shares is None else shares.get(latin[start:stop], _UNSEEN)
                forward[place + 1][stop] += before * share
                steps.append((place, start, stop, share))
    if not (whole := forward[-1][-1]):
        return
    for place, start, stop, share in reversed(steps):
        if after := backward[place + 1][stop]:
            backward[place][start] += share * after
            yield signs[place], latin[start:stop], forward[place][start] * share * after / whole


def costs_of(table: Table, script: Script) -> dict[str, dict[str, float]]:
    """Return the cost of each spelling, the usual ones first; of kana the regular ones too."""
    signs = {*table, *load_letters().kana, *_CONTRACTED} if script is Script.KANA else set(table)
    costs: dict[str, dict[str, float]] = {}
    for sign in sorted(signs):
        shares = table.get(sign, {})
        if script is Script.KANA:
            shares = _with_regular(sign, shares)
        if script is Script.ARABIC:
            shares = _at_least(shares, dict.fromkeys(_ARABIC.get(sign, ()), _USUAL))
        kept = sorted(((share, letters) for letters, share in shares.items() if share >= LEAST_SHARE), reverse=True)
        costs[sign] = {letters: round(-math.log(share), 2) for share, letters in kept}
    return {sign: found for sign, found in costs.items() if found}


def _with_regular(syllable: str, shares: Mapping[str, float]) -> Mapping[str, float]:
    """Return the shares with the regular spellings, which the names of some languages never show (ヒョ, グ for k)."""
    regular = romanize_kana(syllable)
    more = {regular.translate(_VOICES): _VOICELESS, regular: _REGULAR}
    if regular.startswith("j"):
        more["ch" + regular[1:]] = _VOICELESS
    return _at_least(shares, more)


def _at_least(shares: Mapping[str, float], least: Mapping[str, float]) -> Mapping[str, float]:
    """Return the shares, some of them no less than so much."""
    return {**shares, **{letters: max(share, shares.get(letters, 0.0)) for letters, share in least.items()}}


def scale(pairs: Pairs, costs: dict[str, dict[str, float]], script: Script) -> tuple[float, float]:
    """Return the cost a letter of half the pairs, and of the likeliest in 500 made by chance."""
    chance = random.Random(1)
    drawn = chance.sample(list(pairs), min(len(pairs), _RANDOM // 4))

    table = Costs(costs)

    def cost(text: str, latin: str) -> float:
        return float(reading_costs(signs_of(text, script), (latin,), table)[0]) / len(latin)

    true = sorted(cost(text, latin) for text, latin in drawn)
    pairs = [(chance.choice(drawn)[0], chance.choice(drawn)[1]) for _ in range(_RANDOM)]
    if script is Script.ARABIC:  # the others are told apart by their ends
        pairs = [pair for pair in pairs if ends_alike(pair[0], script, pair[1])]
    false = sorted(cost(*pair) for pair in pairs)
    return true[len(true) // 2], false[_RANDOM // (_ONE_IN_ARABIC if script is Script.ARABIC else _ONE_IN)]


def main() -> None:
    parts = [HEADER]
    for script in (Script.KANA, Script.ARABIC, Script.CYRILLIC, Script.HANGUL):
        pairs = read_names(script)
        costs = costs_of(learn(pairs, script), script)
        sure, chance = scale(pairs, costs, script)
        parts.append(f"\n[{script.value} {sure:.2f} {chance:.2f}]\n")
        for sign, found in costs.items():
            parts.append(f"{sign} = {' '.join(f'{letters}:{cost:.2f}' for letters, cost in found.items())}\n")
    resources.package_path("names", "letter_costs.txt").write_text("".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
