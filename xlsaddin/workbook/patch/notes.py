"""Notes of ours on people's cells: set anew at each check, theirs never touched.

A cell that already has a person's note keeps it alone; what ours would say stands in the list of findings as well.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from lxml import etree

from xlsaddin.workbook.areas import parse_area
from xlsaddin.workbook.package import Package
from xlsaddin.workbook.patch.ordered import WORKSHEET, child
from xlsaddin.workbook.patch.package_edit import PackageEdit
from xlsaddin.workbook.structure import MAIN, RELATION_ID

__all__ = ["AUTHOR", "NotesEdit"]

AUTHOR = "xlsaddin 点検"
"""Author and first line of our notes, by which the next check knows them: in an open book Excel makes its user the
author of every note, so that only the first line tells."""

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHAPE = re.compile(r"<v:shape\b.*?</v:shape>", re.DOTALL)
_SHAPE_TYPE = re.compile(r"<v:shapetype\b.*?</v:shapetype>", re.DOTALL)
_SHAPE_ID = re.compile(r"_x0000_s(\d+)")
_PLACE = re.compile(r"<x:Row>\s*(\d+)\s*</x:Row>\s*<x:Column>\s*(\d+)\s*</x:Column>")
_LOSSLESS = "surrogateescape"
_END = re.compile(r"</xml>\s*$")


class NotesEdit:
    """The notes of one sheet being changed.

    Args:
        edit: the package. part: of the sheet.
    """

    def __init__(self, edit: PackageEdit, part: str) -> None:
        self._edit = edit
        self._part = part
        related = {relation.kind: relation.target for relation in edit.relationships(part) if not relation.external}
        self._comments = related.get("comments", "")
        self._drawing = related.get("vmlDrawing", "")

    def drop_ours(self) -> None:
        """Remove the notes an earlier check set."""
        if not self._comments or AUTHOR.encode() not in self._edit.read(self._comments):
            return
        root = self._edit.tree(self._comments)
        authors = root.iterfind(f"{MAIN}authors/{MAIN}author")
        ours = {str(index) for index, node in enumerate(authors) if node.text == AUTHOR}
        notes = root.find(f"{MAIN}commentList")
        dropped = [note for note in notes if note.get("authorId") in ours or _text(note).startswith(AUTHOR)]
        for note in dropped:
            notes.remove(note)
        if self._drawing:
            places = {_place(note) for note in dropped}
            text = self._edit.read(self._drawing).decode(errors=_LOSSLESS)
            kept = _SHAPE.sub(lambda found: "" if _shape_place(found[0]) in places else found[0], text)
            self._edit.set(self._drawing, kept.encode(errors=_LOSSLESS))

    def add(self, donor: Package, sheet: str) -> None:
        """Add the notes of a donor's sheet, but none on a cell that has one."""
        related = {relation.kind: relation.target for relation in donor.relationships(sheet)}
        donated = donor.tree(related["comments"]).findall(f"{MAIN}commentList/{MAIN}comment")
        drawing = donor.read(related["vmlDrawing"]).decode()
        root = self._comments_root()
        notes = root.find(f"{MAIN}commentList")
        taken = {note.get("ref") for note in notes}
        author = self._author(root)
        added = []
        for note in donated:
            if note.get("ref") not in taken:
                copy = etree.fromstring(etree.tostring(note))
                copy.set("authorId", author)
                first = copy.find(f".//{MAIN}t")
                first.text = f"{AUTHOR}\n{first.text}"
                notes.append(copy)
                added.append(_place(note))
        if added:
            self._draw(drawing, added)

    def _comments_root(self) -> etree._Element:
        if not self._comments:
            self._comments = self._edit.free_name("xl/comments{}.xml")
            empty = f'<comments xmlns="{MAIN[1:-1]}"><authors/><commentList/></comments>'
            self._edit.set(self._comments, empty.encode())
            self._edit.declare(self._comments, _COMMENTS_TYPE)
            self._edit.relate(self._part, f"{_RELATION}/comments", self._comments)
        return self._edit.tree(self._comments)

    @staticmethod
    def _author(root: etree._Element) -> str:
        authors = root.find(f"{MAIN}authors")
        for index, node in enumerate(authors):
            if node.text == AUTHOR:
                return str(index)
        etree.SubElement(authors, f"{MAIN}author").text = AUTHOR
        return str(len(authors) - 1)

    def _draw(self, donated: str, places: Collection[tuple[int, int]]) -> None:
        """Add the boxes of the notes at these places to the sheet's drawing."""
        shapes = [shape for shape in _SHAPE.findall(donated) if _shape_place(shape) in places]
        if not self._drawing:
            self._drawing = self._edit.free_name("xl/drawings/vmlDrawing{}.vml")
            self._edit.set(self._drawing, _SHAPE.sub("", donated).encode())
            self._edit.declare(self._drawing, _DRAWING_TYPE)
            relation = self._edit.relate(self._part, f"{_RELATION}/vmlDrawing", self._drawing)
            child(self._edit.tree(self._part), "legacyDrawing", WORKSHEET).set(RELATION_ID, relation)
        text = self._edit.read(self._drawing).decode(errors=_LOSSLESS)
        if "_x0000_t202" not in text:
            shapes = _SHAPE_TYPE.findall(donated) + shapes
        number = max([1024, *map(int, _SHAPE_ID.findall(text))]) + 1
        numbered = [_SHAPE_ID.sub(f"_x0000_s{number + index}", shape, count=1) for index, shape in enumerate(shapes)]
        self._edit.set(self._drawing, _END.sub(lambda _: "".join(numbered) + "</xml>", text).encode(errors=_LOSSLESS))


def _text(note: etree._Element) -> str:
    return "".join(part.text or "" for part in note.iter(f"{MAIN}t"))


def _place(note: etree._Element) -> tuple[int, int]:
    """Return row and column of a note, counted from 0 as drawings do."""
    area = parse_area(note.get("ref", ""))
    return area.top - 1, area.left - 1


def _shape_place(shape: str) -> tuple[int, int]:
    found = _PLACE.search(shape)
    return (int(found[1]), int(found[2])) if found else (-1, -1)
