"""Names as US lists print them: BIS and State put aliases, successors and parents into the name itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlsaddin.watchlist import names
from xlsaddin.watchlist.model import Alias

_SUCCESSORS = re.compile(r"(?i)[;,]?\s*(?:and|or)\s+any\s+(?:successor|sub-?unit|subsidiar|nuclear-related).*$")
_KNOWN_AS = re.compile(r"(?i)[\s,;(]*(?:\b(?P<kind>[afn])\.?\s?k\.?\s?a\b\.?|\balso known as\b)[\s,:]*")
_PART_OF = re.compile(r"(?i)^(?P<whole>.+?)\s*(?:subordinate institution|affiliated entity)\s*:\s*(?P<part>.*)$")
_PARENT = re.compile(r"\s*\(Parent Organization:\s*(?P<parent>.+)\)\s*$")
_LOST_APOSTROPHE = re.compile(r"(?<=\w)\?s\b")
_ADDRESS = re.compile(r"(?:[.,;]|\s\(Address)\s*:?\s*(?:ul\. |P\.O\. |\d+[\w/-]*,? [A-Z]).*$")
_DESCRIPTION = re.compile(r"(?i)\s*\((?:\w+ )?(?:individual|entity|entities)\)|\s*\(all of preceding.*$")
_AND = re.compile(r"(?i)^and\s+|(?:[;,]\s*and|[;,])\s*$")


def split_printed(printed: str) -> tuple[str, list[Alias]]:
    """Return the name, and the aliases, former names and larger bodies printed with it."""
    text = _LOST_APOSTROPHE.sub("'s", names.clean(printed))
    text = _AND.sub("", _DESCRIPTION.sub("", _SUCCESSORS.sub("", text)))
    aliases: list[Alias] = []
    if parent := _PARENT.search(text):
        text, aliases = text[: parent.start()], [Alias(parent["parent"], relation="related")]
    if part := _PART_OF.match(text):
        whole = names.split_name(part["whole"])[0]
        text = part["part"] or whole
        aliases += [Alias(whole, relation="related")] if part["part"] else []
    pieces = _KNOWN_AS.split(text)
    name, bracketed = names.split_name(_closed(pieces[0]) or _closed("".join(pieces[2:3])))
    aliases += bracketed
    for kind, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        other, more = names.split_name(_closed(piece))
        if other:
            aliases.append(Alias(other, relation="former" if (kind or "").lower() == "f" else "alias"))
        aliases += more
    return name, aliases


def split_aliases(printed: Iterable[str], name: str) -> list[Alias]:
    """Return alias cells as aliases: several parted by `;`, an address behind a name cut off."""
    found: list[Alias] = []
    for cell in printed:
        for piece in cell.split(";"):
            if not (text := _AND.sub("", _ADDRESS.sub("", names.clean(piece)))):
                continue
            other, more = split_printed(text)
            if sum(char.isalnum() for char in other) > 1 and not other.lower().startswith("nuclear reactors"):
                found.append(Alias(other, relation=names.relation_of(other, name)))
                found += more
    return found


def _closed(text: str) -> str:
    """Return text without a bracket left open or closed by the cutting."""
    bare = text.strip(" ,;")
    if bare.count("(") > bare.count(")"):
        bare = bare + ")" if bare.rfind("(") < len(bare) - 1 else bare[:-1]
    elif bare.count(")") > bare.count("("):
        bare = bare.replace(")", "", 1)
    return bare.strip(" ,;")
