"""How cells look: one restrained palette, named styles, and what the state words are coloured with.

Colour never stands alone: a word says the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

FONT = "游ゴシック"
FONT_SIZE = 11.0

INK = "#1F2A37"
QUIET = "#5B6678"
INDIGO = "#27406B"
LINK = "#2B5C9E"
LINE = "#C9D1DC"
INPUT = "#FFF9E3"
PALE = "#EEF2F7"
WHITE = "#FFFFFF"

GREEN, GREEN_INK = "#E4F1E8", "#1E5E3A"
AMBER, AMBER_INK = "#FCEBC8", "#7A4B00"
RED, RED_INK = "#F8DDD6", "#8C2A16"
GREY, GREY_INK = "#E9ECF0", "#566072"
DEEP, DEEP_INK = "#8C2A16", "#FFFFFF"

_BUILT_IN = {"General": 0, "0": 1, "#,##0": 3, "@": 49}
"""Number formats every program knows by number."""

DATE_FORMAT = "yyyy/m/d"
MONTH_FORMAT = "yyyy/m"


@dataclass(frozen=True, slots=True)
class Style:
    """Look of a cell. `unlocked` cells can be typed into on a protected sheet."""

    size: float = FONT_SIZE
    bold: bool = False
    color: str = INK
    fill: str = ""
    border: str = ""
    bottom: str = ""
    align: str = "left"
    valign: str = "vcenter"
    wrap: bool = False
    indent: int = 0
    underline: bool = False
    number_format: str = ""
    unlocked: bool = False


_INPUT = Style(fill=INPUT, border=LINE, wrap=True, valign="top", unlocked=True)
_CELL = Style(border=LINE, wrap=True, valign="top")
_STATE = Style(color=QUIET, border=LINE, align="center", valign="top", wrap=True)
_LIST = replace(_CELL, size=10, valign="vcenter")
_SMALL = Style(size=10, color=QUIET, wrap=True)

STYLES: Mapping[str, Style] = {
    "plain": Style(),
    "title": Style(size=18, bold=True, color=INDIGO),
    "subtitle": Style(color=QUIET),
    "heading": Style(size=13, bold=True, color=INDIGO, bottom=INDIGO),
    "text": Style(wrap=True, valign="top"),
    "note": Style(color=QUIET, wrap=True, valign="top"),
    "quiet": replace(_SMALL, valign="top"),
    "quiet_line": Style(size=10, color=QUIET),
    "hint": Style(color=QUIET),
    "caption": Style(color=QUIET, valign="bottom"),
    "link": Style(size=10, color=LINK, underline=True),
    "link_right": Style(color=LINK, underline=True, align="right"),
    # the first sheet
    "step": Style(size=13, bold=True, color=WHITE, fill=INDIGO, align="center"),
    "step_head": Style(bold=True, wrap=True, indent=1),
    "step_text": _SMALL,
    "progress": Style(size=16, bold=True, color=INDIGO),
    "progress_label": Style(size=12, bold=True, color=QUIET),
    "list_head": Style(size=10, bold=True, color=WHITE, fill=INDIGO, border=WHITE, align="center", wrap=True),
    "list": _LIST,
    "list_center": replace(_LIST, align="center"),
    "list_link": replace(_LIST, color=LINK, underline=True),
    # forms
    "band": Style(size=10, bold=True, color=INDIGO, fill=PALE, border=LINE, wrap=True),
    "band_center": Style(size=10, bold=True, color=INDIGO, fill=PALE, border=LINE, align="center", wrap=True),
    "label": Style(bold=True, border=LINE, wrap=True),
    "label_en": replace(_SMALL, border=LINE),
    "number": replace(_SMALL, border=LINE, align="center"),
    "help": replace(_SMALL, indent=1),
    "need_cell": replace(_SMALL, align="center", border=LINE),
    "need_must_cell": replace(_SMALL, bold=True, color=RED_INK, align="center", border=LINE),
    "state_chip": replace(_STATE, size=10, bold=True, valign="vcenter"),
    # tables
    "header": Style(bold=True, color=WHITE, fill=INDIGO, border=WHITE, align="center", wrap=True),
    "need": Style(color=QUIET, align="center", wrap=True),
    "need_must": Style(bold=True, color=RED_INK, align="center", wrap=True),
    "state_wide": replace(_STATE, bold=True, valign="vcenter"),
    "computed": replace(_STATE, align="left"),
    "computed_number": replace(_STATE, align="right", number_format="0"),
    "cell": _CELL,
    "cell_center": replace(_CELL, align="center"),
    "value": replace(_CELL, size=10, color=QUIET, wrap=False),
    "cell_link": replace(_CELL, color=LINK, underline=True),
    "cell_date": replace(_CELL, align="center", number_format=DATE_FORMAT),
    "cell_number": replace(_CELL, align="right", number_format="#,##0"),
    "cell_small": replace(_CELL, size=10),
    # the result page
    "fact_name": Style(size=10, color=QUIET, fill=PALE, border=LINE, wrap=True),
    "fact": Style(size=10, border=LINE, wrap=True),
    "fact_center": Style(size=10, border=LINE, wrap=True, align="center"),
    "fact_link": Style(size=10, color=LINK, underline=True, border=LINE, wrap=True),
    "fact_time": Style(size=10, border=LINE, number_format="yyyy/m/d h:mm"),
    "fact_date": Style(size=10, border=LINE, number_format=DATE_FORMAT, align="center"),
    "level": Style(size=16, bold=True, border=LINE, align="center"),
    "level_en": Style(size=10, border=LINE, align="center", wrap=True),
    "sentence": Style(size=12, bold=True, wrap=True, fill=PALE, border=LINE),
    "small_heading": Style(size=11, bold=True, color=INDIGO, bottom=INDIGO),
    "footer": Style(size=10, color=QUIET, wrap=True, valign="top"),
    # what people fill in
    "input": replace(_INPUT, number_format="@"),
    "input_any": _INPUT,
    "input_center": replace(_INPUT, align="center"),
    "input_choice": _INPUT,
    "input_date": replace(_INPUT, align="center", number_format=DATE_FORMAT),
    "input_month": replace(_INPUT, align="center", number_format=MONTH_FORMAT),
    "input_integer": replace(_INPUT, align="right", number_format="0"),  # fiscal years and small counts
    "input_number": replace(_INPUT, align="right"),
    "input_money": replace(_INPUT, align="right", number_format="#,##0"),
    "meta": Style(size=10),
    "meta_date": Style(size=10, number_format=DATE_FORMAT),
    # formats laid over cells by their word
    "is_good": Style(color=GREEN_INK, fill=GREEN),
    "is_open": Style(color=AMBER_INK, fill=AMBER),
    "is_check": Style(color=RED_INK, fill=RED),
    "is_out": Style(color=GREY_INK, fill=GREY),
    "is_grave": Style(color=DEEP_INK, fill=DEEP),
    "is_dim": Style(color="#9AA3B0"),
}


def format_properties(style: Style) -> dict[str, object]:
    """Return a style in the words of XlsxWriter."""
    found: dict[str, object] = {
        "font_name": FONT,
        "font_size": style.size,
        "font_color": style.color,
        "bold": style.bold,
        "align": style.align,
        "valign": style.valign,
        "text_wrap": style.wrap,
        "locked": not style.unlocked,
    }
    if style.fill:
        found |= {"bg_color": style.fill}
    if style.border:
        found |= {"border": 1, "border_color": style.border}
    if style.bottom:
        found |= {"bottom": 1, "bottom_color": style.bottom}
    if style.indent:
        found |= {"indent": style.indent}
    if style.underline:
        found |= {"underline": 1}
    if style.number_format:
        found |= {"num_format": _BUILT_IN.get(style.number_format, style.number_format)}
    return found


def conditional_properties(style: Style) -> dict[str, object]:
    """Return the part of a style that a conditional format may set."""
    found: dict[str, object] = {"font_color": style.color}
    if style.fill:
        found |= {"bg_color": style.fill}
    return found
