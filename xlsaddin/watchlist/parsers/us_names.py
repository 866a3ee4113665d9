"""Names as US lists print them: BIS and State put aliases, successors and parents into the name itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlsaddin.watchlist import names
from xlsaddin.watchlist.countries import country_code
from xlsaddin.watchlist.model import Alias

_SUCCESSORS = re.compile(r"(?i)[;,]?\s*(?:and|or)\s+(?:any|its)\s+(?:successor|sub-?unit|subsidiar|nuclear-related).*$")
_KNOWN_AS = re.compile(r"(?i)[\s,;(]*(?:\b(?P<kind>[afn])\.?\s?k\.?\s?a\b\.?|\balso known as\b)[\s,:]*")
_PART_OF = re.compile(r"(?i)^(?P<whole>.+?)\s*(?:subordinate institution|affiliated entity)\s*:\s*(?P<part>.*)$")
_PARENT = re.compile(
    r"\s*\((?:Parent Organization:|(?:a )?(?:subsidiary|subordinate institut\w+) of|affiliated with)\s*"
    r"(?P<parent>.+)\)\s*$"
)
_HOST = re.compile(
    r"^(?P<text>(?:(?!Universit).)*?Laborator(?:(?!Universit).)*?)\s*\((?P<parent>[^()]*Universit[^()]*)\)\s*$"
)
_LOST_APOSTROPHE = re.compile(r"(?<=\w)\?s\b")
_NUMBERED_BODY = (
    r"(?!.*\b(?:Academy|Bureau|Cent(?:er|re)|Department|Factory|Institute|Laborator|Plant|Research|Universit))"
)
# What follows a name is its address: P.O. box, or a number and a street, and then a town after a comma.
_ADDRESS = re.compile(
    r"\s*(?:(?<!\bNo)[.,;]|\(Address)\s*:?\s*"
    rf"(?:ul\. |P\.O\. |(?:No\. ?)?\d+[\w/-]*,? {_NUMBERED_BODY}[A-Z][^,]*,|Prospekt [^,]*\d,).*$"
)
_ONLY_ADDRESS = re.compile(rf"{_NUMBERED_BODY}(?:No\. |Room |d\. )?\d+[\w/-]*,? [^,]+,.*$")
_ENDS_IN_PLACE = re.compile(rf"^{_NUMBERED_BODY}.*\d.*,\s*(?P<place>[A-Z][A-Za-z ]+?)\s*[\d-]*$")
_CUT_APART = re.compile(r";\s*and (?=(?:Technology|Trading)\s*$)")  # `Leon Telecom; and Technology` is one name
_SEE = re.compile(r"(?i)\s*\(see (?:also |alternate )*address.*$")
_DESCRIPTION = re.compile(
    r"(?i)\s*\((?:[\w ]+ )?(?:individual|entity|entities)(?: in [\w ]+)?\)|\s*\(all of preceding.*$"
)
_AND = re.compile(r"(?i)^and(?:\s+|$)|(?:[;,]\s*and|[;,])\s*$")


def split_main(printed: str) -> tuple[str, list[Alias]]:
    """Return a main name taken apart; as printed where a description is all there is."""
    name, aliases = split_printed(printed)
    return name or names.clean(printed), aliases


def split_printed(printed: str) -> tuple[str, list[Alias]]:
    """Return the name, and the aliases, former names and larger bodies printed with it."""
    text = _LOST_APOSTROPHE.sub("'s", names.clean(printed))
    text = _AND.sub("", _DESCRIPTION.sub("", _SUCCESSORS.sub("", text)))
    aliases: list[Alias] = []
    if parent := _PARENT.search(text):  # weak too: the larger body itself is not listed by this entry
        text, aliases = text[: parent.start()], [Alias(parent["parent"], relation="related")]
    elif host := _HOST.match(text):
        text, aliases = host["text"], [Alias(host["parent"], relation="related")]
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
    """Return alias cells as aliases: several parted by `;`, addresses behind and between the names left out."""
    found: list[Alias] = []
    for cell in printed:
        for position, piece in enumerate(_CUT_APART.sub(" and ", cell).split(";")):
            if not (text := _without_address(piece, first=position == 0)):
                continue
            other, more = split_printed(text)
            if sum(char.isalnum() for char in other) > 1 and not other.lower().startswith("nuclear reactors"):
                found.append(Alias(other, relation=names.relation_of(other, name)))
                found += more
    return found


def _without_address(piece: str, first: bool) -> str:
    """Return a piece of an alias cell without its address; empty for a later piece that is an address alone."""
    text = _AND.sub("", _SEE.sub("", names.clean(piece)))
    if not first and (_ONLY_ADDRESS.match(text) or _is_place(text)):
        return ""
    return _AND.sub("", _ADDRESS.sub("", text))


def _is_place(text: str) -> bool:
    """True for `Kannelkatu 8, Lappeenranta 53100, Finland`: numbers, and a country at the end."""
    found = _ENDS_IN_PLACE.search(text)
    return found is not None and country_code(found["place"]) is not None


def _closed(text: str) -> str:
    """Return text without a bracket left open or closed by the cutting."""
    bare = text.strip(" ,;")
    if bare.count("(") > bare.count(")"):
        bare = bare + ")" if bare.rfind("(") < len(bare) - 1 else bare[:-1]
    elif bare.count(")") > bare.count("("):
        bare = bare.replace(")", "", 1)
    return bare.strip(" ,;")
