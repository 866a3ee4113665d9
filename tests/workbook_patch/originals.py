"""Forms as they come back from people: with parts our programs neither make nor understand."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from tests.workbook_read.forms import write_form
from tests.workbook_read.packages import Parts, replace_text, rewrite, sheet_part

GIVEN: dict[str, object] = {
    "name": "SAEKI Mariko",
    "role": "PI",
    "education": [{"school": "広島工業大学", "since": "2001-04"}, {"school": "東北大学"}],
    "career": "該当なし",
}
PERSONS_NOTE = "ここは後で確認します"
EDUCATION = "学歴"

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_MS = "http://schemas.microsoft.com/office"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_KIND = "application/vnd.openxmlformats-officedocument"
_X14_VALIDATION = (
    f'<extLst><ext xmlns:x14="{_MS}/spreadsheetml/2009/9/main" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}">'
    f'<x14:dataValidations count="1" xmlns:xm="{_MS}/excel/2006/main"><x14:dataValidation type="list" allowBlank="1">'
    "<x14:formula1><xm:f>課題!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>D9:D20</xm:sqref></x14:dataValidation>"
    "</x14:dataValidations></ext></extLst>"
)
_VALIDATION = (
    '<dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="D4">'
    '<formula1>"あり,該当なし"</formula1></dataValidation></dataValidations>'
)


def write_rich_form(path: Path) -> Path:
    """Return a form that carries what Excel and people add to a file, most of it on sheet 学歴."""
    return rewrite(write_form(path, GIVEN), _enrich)


def _enrich(parts: Parts) -> None:
    sheet = sheet_part(parts, EDUCATION)
    replace_text(parts, sheet, "<pageMargins", f"{_VALIDATION}<pageMargins")
    replace_text(parts, sheet, 'orientation="portrait"/>', 'orientation="portrait" r:id="rId11"/>')
    replace_text(parts, sheet, "<tableParts", '<drawing r:id="rId12"/><legacyDrawing r:id="rId13"/><tableParts')
    replace_text(parts, sheet, "</tableParts>", f"</tableParts>{_X14_VALIDATION}")
    furigana = '<t>東北大学</t><rPh sb="0" eb="4"><t>トウホクダイガク</t></rPh><phoneticPr fontId="1"/>'
    replace_text(parts, "xl/sharedStrings.xml", "<t>東北大学</t>", furigana)
    relations = sheet.replace("worksheets/", "worksheets/_rels/") + ".rels"
    _relate(parts, relations, 11, f"{_OFFICE}/relationships/printerSettings", "../printerSettings/printerSettings1.bin")
    _relate(parts, relations, 12, f"{_OFFICE}/relationships/drawing", "../drawings/drawing1.xml")
    _relate(parts, relations, 13, f"{_OFFICE}/relationships/vmlDrawing", "../drawings/vmlDrawing1.vml")
    _relate(parts, relations, 14, f"{_OFFICE}/relationships/comments", "../comments1.xml")
    threads = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    _relate(parts, relations, 15, threads, "../threadedComments/threadedComment1.xml")
    book = "xl/_rels/workbook.xml.rels"
    _relate(parts, book, 91, f"{_MS}/2017/10/relationships/person", "persons/person.xml")
    _relate(parts, book, 92, f"{_OFFICE}/relationships/customXml", "../customXml/item1.xml")
    _relate(parts, book, 93, f"{_OFFICE}/relationships/calcChain", "calcChain.xml")
    _relate(parts, "_rels/.rels", 91, f"{_OFFICE}/relationships/custom-properties", "docProps/custom.xml")
    labels = "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels"
    _relate(parts, "_rels/.rels", 92, labels, "docMetadata/LabelInfo.xml")
    parts |= _parts()
    declared = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in _KINDS.items())
    replace_text(parts, "[Content_Types].xml", "</Types>", f"{_DEFAULTS}{declared}</Types>")


def _relate(parts: Parts, part: str, number: int, kind: str, target: str) -> None:
    node = f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
    replace_text(parts, part, "</Relationships>", f"{node}</Relationships>")


_DEFAULTS = (
    f'<Default Extension="vml" ContentType="{_KIND}.vmlDrawing"/><Default Extension="png" ContentType="image/png"/>'
    f'<Default Extension="bin" ContentType="{_KIND}.spreadsheetml.printerSettings"/>'
)
_KINDS = {
    "xl/drawings/drawing1.xml": f"{_KIND}.drawing+xml",
    "xl/comments1.xml": f"{_KIND}.spreadsheetml.comments+xml",
    "xl/threadedComments/threadedComment1.xml": "application/vnd.ms-excel.threadedcomments+xml",
    "xl/persons/person.xml": "application/vnd.ms-excel.person+xml",
    "xl/calcChain.xml": f"{_KIND}.spreadsheetml.calcChain+xml",
    "customXml/itemProps1.xml": f"{_KIND}.customXmlProperties+xml",
    "docProps/custom.xml": f"{_KIND}.custom-properties+xml",
    "docMetadata/LabelInfo.xml": "application/vnd.ms-office.classificationlabels+xml",
}


def _parts() -> Parts:
    person = "{11111111-2222-3333-4444-555555555555}"
    texts = {
        "xl/drawings/drawing1.xml": f'<xdr:wsDr xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main">'
        "<xdr:oneCellAnchor><xdr:from><xdr:col>14</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row>"
        '<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="95250" cy="95250"/><xdr:pic><xdr:nvPicPr>'
        '<xdr:cNvPr id="2" name="図 1"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1" '
        f'xmlns:r="{_OFFICE}/relationships"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="95250" cy="95250"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>",
        "xl/drawings/_rels/drawing1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{_OFFICE}/relationships/image" Target="../media/image1.png"/>'
        "</Relationships>",
        "xl/drawings/vmlDrawing1.vml": '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com'
        ':office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext='
        '"edit" data="4"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,'
        '21600r21600,l21600,xe"/><v:shape id="_x0000_s4097" type="#_x0000_t202" style="visibility:hidden">'
        '<x:ClientData ObjectType="Note"><x:Anchor>5, 15, 8, 2, 7, 31, 12, 1</x:Anchor><x:Row>8</x:Row>'
        "<x:Column>3</x:Column></x:ClientData></v:shape></xml>",
        "xl/comments1.xml": f'<comments xmlns="{_MAIN}"><authors><author>佐伯</author></authors><commentList>'
        f'<comment ref="D9" authorId="0"><text><t>{PERSONS_NOTE}</t></text></comment></commentList></comments>',
        "xl/threadedComments/threadedComment1.xml": f'<ThreadedComments xmlns="{_MS}/spreadsheetml/2018/'
        f'threadedcomments"><threadedComment ref="D10" dT="2026-05-20T01:02:03.00" personId="{person}" '
        'id="{99999999-2222-3333-4444-555555555555}"><text>確認お願いします</text></threadedComment></ThreadedComments>',
        "xl/persons/person.xml": f'<personList xmlns="{_MS}/spreadsheetml/2018/threadedcomments">'
        f'<person displayName="佐伯" id="{person}" userId="s" providerId="None"/></personList>',
        "xl/calcChain.xml": f'<calcChain xmlns="{_MAIN}"><c r="L9" i="4"/></calcChain>',
        "customXml/item1.xml": '<root xmlns="urn:example:form"><v>保存される</v></root>',
        "customXml/_rels/item1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{_OFFICE}/relationships/customXmlProps" '
        'Target="itemProps1.xml"/></Relationships>',
        "customXml/itemProps1.xml": f'<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" ds:itemID='
        '"{AAAAAAAA-2222-3333-4444-555555555555}"/>',
        "docProps/custom.xml": f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="MSIP_Label_1_Enabled">'
        "<vt:lpwstr>true</vt:lpwstr></property></Properties>",
        "docMetadata/LabelInfo.xml": f'<clbl:labelList xmlns:clbl="{_MS}/2020/mipLabelMetadata"/>',
    }
    declared = "<?xml version='1.0' encoding='utf-8'?>\r\n"
    return {part: f"{declared}{text}".encode() for part, text in texts.items()} | {
        "xl/printerSettings/printerSettings1.bin": bytes(range(256)) * 3,
        "xl/media/image1.png": _picture(),
    }


def _picture() -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head, body = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0), zlib.compress(b"\0\xff\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
