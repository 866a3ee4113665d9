"""The theme of our workbooks: 游ゴシック for every script it serves, and the palette of `styles`."""

from __future__ import annotations

from xlsaddin.workbook.styles import AMBER_INK, FONT, GREEN_INK, GREY_INK, INDIGO, INK, LINK, PALE, RED_INK

_COLORS = (
    ("dk1", INK), ("lt1", "#FFFFFF"), ("dk2", INDIGO), ("lt2", PALE), ("accent1", INDIGO), ("accent2", LINK),
    ("accent3", GREEN_INK), ("accent4", AMBER_INK), ("accent5", RED_INK), ("accent6", GREY_INK), ("hlink", LINK),
    ("folHlink", GREY_INK),
)  # fmt: skip
_SCRIPTS = (("Jpan", FONT), ("Hans", "等线"), ("Hant", "新細明體"), ("Hang", "맑은 고딕"))


def theme_xml() -> str:
    """Return the theme part."""
    colors = "".join(f'<a:{name}><a:srgbClr val="{color[1:]}"/></a:{name}>' for name, color in _COLORS)
    scripts = "".join(f'<a:font script="{script}" typeface="{font}"/>' for script, font in _SCRIPTS)
    font = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>{scripts}'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    parts = (
        f'<a:clrScheme name="xlsaddin">{colors}</a:clrScheme>',
        f'<a:fontScheme name="xlsaddin"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont>',
        '</a:fontScheme><a:fmtScheme name="xlsaddin">',
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>",
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>",
        "</a:fmtScheme>",
    )
    namespace = "http://schemas.openxmlformats.org/drawingml/2006/main"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<a:theme xmlns:a="{namespace}" name="xlsaddin"><a:themeElements>{"".join(parts)}</a:themeElements>'
        "<a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )
