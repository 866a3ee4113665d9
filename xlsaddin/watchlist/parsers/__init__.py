"""One small parser per official list, and the registry that finds the right one for a file."""

from __future__ import annotations

from xlsaddin.watchlist.parsers.ca_nro import CaNroParser
from xlsaddin.watchlist.parsers.eu_fsf import EuFsfParser
from xlsaddin.watchlist.parsers.interface import Parser
from xlsaddin.watchlist.parsers.meti_eul import MetiEulParser
from xlsaddin.watchlist.parsers.meti_export_ban import MetiExportBanParser
from xlsaddin.watchlist.parsers.mof import MofParser
from xlsaddin.watchlist.parsers.own import OwnListParser
from xlsaddin.watchlist.parsers.uk import UkParser
from xlsaddin.watchlist.parsers.un_sc import UnScParser
from xlsaddin.watchlist.parsers.us_csl import UsCslParser
from xlsaddin.watchlist.parsers.us_dpl import UsDplParser
from xlsaddin.watchlist.parsers.us_extraction import UsExtractionParser
from xlsaddin.watchlist.parsers.us_ofac import OfacParser

PARSERS: tuple[Parser, ...] = (
    MetiEulParser(),
    MofParser(),
    MetiExportBanParser("jp_meti_russia", "ロシア連邦の団体", "RU"),
    MetiExportBanParser("jp_meti_belarus", "ベラルーシ共和国の団体", "BY"),
    MetiExportBanParser("jp_meti_third", "以外の国の"),
    UsCslParser(),
    OfacParser("us_ofac_sdn", ("sdn", "alt", "add", "sdn_comments")),
    OfacParser("us_ofac_nonsdn", ("cons_prim", "cons_alt", "cons_add", "cons_comments")),
    UsDplParser(),
    UsExtractionParser("us_bis_entity_list", "bis-entity-list"),
    UsExtractionParser("us_bis_meu", "bis-meu"),
    UsExtractionParser("us_dod_1260h", "dow-1260h"),
    UsExtractionParser("us_dod_1286", "dow-1286"),
    UsExtractionParser("us_state_nonproliferation", "state-nonproliferation"),
    UnScParser(),
    EuFsfParser(),
    UkParser(),
    CaNroParser(),
    OwnListParser(),
)


def parsers_of(list_id: str) -> tuple[Parser, ...]:
    """Return the parsers of one list, those of own lists for `own_...`."""
    wanted = "" if list_id.startswith("own_") else list_id
    return tuple(parser for parser in PARSERS if parser.list_id == wanted)
