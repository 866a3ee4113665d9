"""What the sounds of words are looked up by: their trigrams, as numbers."""

from __future__ import annotations

FEATURES = 1 << 16
_SYMBOLS = {symbol: code for code, symbol in enumerate("abcdefghijklmnopqrstuvwxyzCS^$")}
_OTHER = 31


def features(full: str, skeleton: str) -> list[int]:
    """Return the codes of the trigrams of a word's sound and of its skeleton, below `FEATURES`."""
    codes = set(_trigrams(full, 0))
    codes.update(_trigrams(skeleton, 1))
    return sorted(codes)


def _trigrams(text: str, kind: int) -> list[int]:
    symbols = [_SYMBOLS.get(symbol, _OTHER) for symbol in f"^{text}$"]
    return [kind << 15 | symbols[i] << 10 | symbols[i + 1] << 5 | symbols[i + 2] for i in range(len(symbols) - 2)]
