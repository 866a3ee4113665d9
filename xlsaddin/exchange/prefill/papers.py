"""Papers as bibliographies have them, and the rows of ⑤ they become."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsaddin.text.identifiers import parse_doi
from xlsaddin.text.normalize import normalize_name

__all__ = ["Paper", "paper_row"]

_POSITIONS = {
    frozenset({"lead"}): "筆頭",
    frozenset({"corresponding"}): "責任",
    frozenset({"lead", "corresponding"}): "筆頭かつ責任",
}
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper.

    Attributes:
        title, venue: as printed; published: ISO year, month or day; doi: as written.
        authors: in order. roles: `lead`, `corresponding` where the source says so.
    """

    title: str
    venue: str
    published: str
    doi: str = ""
    authors: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()


def paper_row(paper: Paper, names: Sequence[str], most_authors: int) -> dict[str, object]:
    """Return the row of ⑤ for a paper.

    Args:
        paper: to be entered. names: spellings of the person's name, to tell first author from co-author.
        most_authors: above this number the names of co-authors are left out, as the form allows.
    """
    row: dict[str, object] = {
        "published_on": paper.published,
        "title": paper.title,
        "venue": paper.venue,
        "doi": parse_doi(paper.doi) or None,
        "position": _position(paper, names),
        "first_author": paper.authors[0] if paper.authors else None,
        "authors": len(paper.authors) or None,
    }
    if len(paper.authors) <= most_authors:
        row["coauthors"] = "; ".join(paper.authors[1:]) or None
    return {key: value for key, value in row.items() if value not in (None, "")}


def _position(paper: Paper, names: Sequence[str]) -> str | None:
    """Return the person's part, None where neither the source nor the names tell it."""
    if found := _POSITIONS.get(paper.roles & {"lead", "corresponding"}):
        return found
    places = [number for number, author in enumerate(paper.authors) if _is_one_of(author, names)]
    if len(places) != 1:
        return None
    return "筆頭" if places[0] == 0 else "共著"


def _is_one_of(author: str, names: Iterable[str]) -> bool:
    return any(_same_person(author, name) for name in names if name)


def _same_person(first: str, second: str) -> bool:
    """Return whether two spellings agree in every word, whatever their order; initials stand for names."""
    one, other = _WORDS.findall(normalize_name(first) or ""), _WORDS.findall(normalize_name(second) or "")
    if not one or not other:
        return False
    if "".join(one) == "".join(other):
        return True
    shorter, longer = sorted((one, other), key=len)
    rest = list(longer)
    for word in sorted(shorter, key=len, reverse=True):
        fit = next((other_word for other_word in rest if _fits(word, other_word)), None)
        if fit is None:
            return False
        rest.remove(fit)
    return any(len(word) > 1 for word in set(shorter) & set(longer))


def _fits(word: str, other: str) -> bool:
    if len(word) == 1 or len(other) == 1:
        return word[0] == other[0]
    return word == other
