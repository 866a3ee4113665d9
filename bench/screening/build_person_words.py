"""Rebuild `xlsaddin/data/names/person_words.txt`: given and family names that many people share, in Latin letters.

Source: the name lists of Faker's locales (MIT).  They teach which words of a person's name are common; a small list of
its own could not.  Run `python -m bench.screening.build_person_words` after Faker is renewed.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from xlsaddin import resources
from xlsaddin.text.normalize import normalize_name
from xlsaddin.text.transliterate import romanize

GIVEN = ("first_names", "first_names_male", "first_names_female", "first_romanized_names")
FAMILY = ("last_names", "last_romanized_names")
LONGEST = 16


def names_in(tables: tuple[str, ...]) -> Iterator[str]:
    """Yield every name of some tables of every locale."""
    import faker.providers.person as person

    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for table in tables:
            names = getattr(provider, table, None)
            if names and not isinstance(names, property):
                yield from (name if isinstance(name, str) else name[-1] for name in names)


def words_in(tables: tuple[str, ...]) -> set[str]:
    """Return the Latin words of the names of some tables."""
    words = {romanize(word) for name in names_in(tables) for word in normalize_name(name).split()}
    return {word for word in words if word.isalpha() and word.isascii() and 1 < len(word) <= LONGEST}


def main() -> None:
    given, family = words_in(GIVEN), words_in(FAMILY)
    lines = [f"{word} {'given' if word in given else 'family'}\n" for word in sorted(given | family)]
    resources.package_path("names", "person_words.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
