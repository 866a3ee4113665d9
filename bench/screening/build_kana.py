"""Rebuild `xlsaddin/data/names/kana_letters.txt`: what Latin letters a katakana syllable stands for, and how often.

Learned by expectation maximisation from some 80,000 foreign names of JMnedict that stand in katakana and in Latin
letters (property of the Electronic Dictionary Research and Development Group, CC BY-SA 4.0), through jamdict-data.
Run `python -m bench.screening.build_kana` to renew it.
"""

from __future__ import annotations

import lzma
import math
import re
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from xlsaddin import resources
from xlsaddin.text.kana import LONGEST, kana_syllables
from xlsaddin.text.normalize import normalize_name
from xlsaddin.text.transliterate import load_letters, romanize_kana

HEADER = """\
# What Latin letters a katakana syllable stands for in foreign names, with the cost of each (minus the natural logarithm
# of its share). A line: syllable = letters:cost ...; nothing before the colon where the syllable is not written at all.
# Learned from the names of JMnedict by bench/screening/build_kana.py. JMnedict is the property of the Electronic
# Dictionary Research and Development Group (https://www.edrdg.org), used in conformance with its licence; this table
# is under the same licence, CC BY-SA 4.0.
"""
ROUNDS, ROUNDS_IN_PART = 8, 4  # the first ones on every fourth name
LONGEST_NAME = 14  # letters; longer ones are full names written together
LEAST_SHARE, _LEAST_LEARNED, _LEAST_COUNT = 0.002, 1e-4, 0.5
_REGULAR, _VOICELESS = 0.05, 0.015  # least share of Hepburn's spelling, and of the same with a voiceless consonant
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
Table = Mapping[str, Mapping[str, float]]


def read_names() -> list[tuple[str, str]]:
    """Return the names of the dictionary in katakana and in Latin letters."""
    import jamdict_data

    packed = next(Path(jamdict_data.__file__).parent.glob("jamdict.db*"))
    with tempfile.NamedTemporaryFile(suffix=".db") as unpacked:
        unpacked.write(lzma.decompress(packed.read_bytes()) if packed.suffix == ".xz" else packed.read_bytes())
        unpacked.flush()
        rows = sqlite3.connect(unpacked.name).execute(_NAMES).fetchall()
    found = set()
    for kana, gloss in rows:
        latin = normalize_name(re.sub(r"\(.*?\)", "", gloss)).replace(" ", "")
        if _KATAKANA.fullmatch(kana) and latin.isascii() and latin.isalpha() and len(latin) <= LONGEST_NAME:
            found.add((normalize_name(kana), latin))
    return sorted(found)


def learn(names: Sequence[tuple[str, str]]) -> Table:
    """Return the share of each spelling of each syllable."""
    table: Table | None = None
    for number in range(ROUNDS):
        counts: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        for kana, latin in names[:: 4 if number < ROUNDS_IN_PART else 1]:
            for syllable, letters, share in _expected(kana_syllables(kana), latin, table):
                counts[syllable][letters] += share
        table = {syllable: _shares(found) for syllable, found in counts.items()}
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


def _expected(syllables: tuple[str, ...], latin: str, table: Table | None) -> Iterator[tuple[str, str, float]]:
    """Yield syllable, letters and how probable it is that the one stands for the other, over all readings."""
    size = len(latin) + 1
    forward = [[0.0] * size for _ in range(len(syllables) + 1)]
    backward = [[0.0] * size for _ in range(len(syllables) + 1)]
    forward[0][0] = backward[-1][-1] = 1.0
    steps: list[tuple[int, int, int, float]] = []
    for place, syllable in enumerate(syllables):
        shares = None if table is None else table.get(syllable, {})
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
            yield syllables[place], latin[start:stop], forward[place][start] * share * after / whole


def render(table: Table) -> str:
    """Return the text of the table, the usual spellings first."""
    lines = []
    for syllable in sorted({*table, *load_letters().kana, *_CONTRACTED}):
        shares = _with_regular(syllable, table.get(syllable, {}))
        kept = sorted(((share, letters) for letters, share in shares.items() if share >= LEAST_SHARE), reverse=True)
        lines.append(f"{syllable} = {' '.join(f'{letters}:{-math.log(share):.2f}' for share, letters in kept)}\n")
    return HEADER + "".join(lines)


def _with_regular(syllable: str, shares: Mapping[str, float]) -> Mapping[str, float]:
    """Return the shares with the regular spellings, which the names of some languages never show (ヒョ, グ for k)."""
    regular = romanize_kana(syllable)
    more = {regular.translate(_VOICES): _VOICELESS, regular: _REGULAR}
    if regular.startswith("j"):
        more["ch" + regular[1:]] = _VOICELESS
    return {**shares, **{letters: max(share, shares.get(letters, 0.0)) for letters, share in more.items()}}


def main() -> None:
    path = resources.package_path("names", "kana_letters.txt")
    path.write_text(render(learn(read_names())), encoding="utf-8")


if __name__ == "__main__":
    main()
