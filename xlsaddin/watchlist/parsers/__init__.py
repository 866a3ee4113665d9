"""One small parser per official list, and the registry that finds the right one for a file."""

from __future__ import annotations

from xlsaddin.watchlist.parsers.interface import Parser, PublishedFile
from xlsaddin.watchlist.parsers.meti_eul import MetiEulParser
from xlsaddin.watchlist.parsers.meti_export_ban import MetiExportBanParser
from xlsaddin.watchlist.parsers.mof import MofParser
from xlsaddin.watchlist.parsers.own import OwnListParser

PARSERS: tuple[Parser, ...] = (
    MetiEulParser(),
    MofParser(),
    MetiExportBanParser("jp_meti_russia", "ロシア連邦の団体", "RU"),
    MetiExportBanParser("jp_meti_belarus", "ベラルーシ共和国の団体", "BY"),
    MetiExportBanParser("jp_meti_third", "以外の国の"),
    OwnListParser(),
)


def recognise(file: PublishedFile) -> Parser | None:
    """Return the parser that recognises a file by what is in it, or None."""
    return next((parser for parser in PARSERS if parser.recognises(file)), None)


def parsers_of(list_id: str) -> tuple[Parser, ...]:
    """Return the parsers of one list, those of own lists for `own_...`."""
    wanted = "" if list_id.startswith("own_") else list_id
    return tuple(parser for parser in PARSERS if parser.list_id == wanted)
