"""A package being changed: parts set, added and removed; all others leave as they came."""

from __future__ import annotations

import io
import posixpath
import zipfile

from lxml import etree

from xlsaddin.workbook.package import (
    CONTENT_TYPES,
    Package,
    Relationship,
    read_relationships,
    relationships_part,
    write_xml,
)

__all__ = ["PackageEdit"]

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_NEW_PART_DATE = (1980, 1, 1, 0, 0, 0)  # the same change gives the same bytes


class PackageEdit:
    """Changes to one package, held apart from it until `content` is asked for.

    Args:
        package: opened package; it is not changed.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self._set: dict[str, bytes] = {}
        self._trees: dict[str, etree._Element] = {}
        self._removed: set[str] = set()
        self._relationships: dict[str, tuple[Relationship, ...]] = {}

    def __contains__(self, part: object) -> bool:
        return part not in self._removed and (part in self._set or part in self._trees or part in self.package)

    def parts(self) -> list[str]:
        """Return the names of all parts as they stand now, new ones last."""
        known = dict.fromkeys([*self.package, *self._set, *self._trees])
        return [part for part in known if part not in self._removed]

    def read(self, part: str) -> bytes:
        """Return the content of a part as it stands now."""
        if part in self._trees:
            return write_xml(self._trees[part])
        return self._set[part] if part in self._set else self.package.read(part)

    def look(self, part: str) -> etree._Element:
        """Return the root of an XML part as it stands now, to be read only."""
        if part in self._trees:
            return self._trees[part]
        return self.package.parse(self._set[part]) if part in self._set else self.package.tree(part)

    def tree(self, part: str) -> etree._Element:
        """Return the root of an XML part to be changed in place; the part is then written anew."""
        self._relationships.pop(part, None)
        if part not in self._trees:
            self._trees[part] = self.package.parse(self.read(part))
        return self._trees[part]

    def is_open(self, part: str) -> bool:
        """Return whether a part is being changed in place."""
        return part in self._trees

    def set(self, part: str, content: bytes) -> None:
        """Set the whole content of a part, a new one among them."""
        self._trees.pop(part, None)
        self._relationships.pop(part, None)
        self._set[part] = content
        self._removed.discard(part)

    def remove(self, part: str) -> None:
        """Remove a part, its relations and its content type."""
        self.remove_relations(part)
        self._forget(part)
        types = self.tree(CONTENT_TYPES)
        for node in types.findall(f"{_TYPES}Override[@PartName='/{part}']"):
            types.remove(node)

    def remove_relations(self, part: str) -> None:
        """Remove the relations of a part; what it referred to stays."""
        self._forget(relationships_part(part))

    def _forget(self, part: str) -> None:
        self._trees.pop(part, None)
        self._relationships.pop(part, None)
        self._set.pop(part, None)
        self._removed.add(part)

    def free_name(self, pattern: str) -> str:
        """Return the first name of a pattern such as `xl/tables/table{}.xml` that no part has."""
        taken = {part.lower() for part in self.parts()}
        number = 1
        while pattern.format(number).lower() in taken:
            number += 1
        return pattern.format(number)

    def declare(self, part: str, content_type: str) -> None:
        """Declare the content type of a part."""
        types = self.tree(CONTENT_TYPES)
        node = types.find(f"{_TYPES}Override[@PartName='/{part}']")
        if node is None:
            node = etree.SubElement(types, f"{_TYPES}Override", PartName=f"/{part}")
        node.set("ContentType", content_type)

    def parts_of_type(self, content_type: str) -> list[str]:
        """Return the names of the parts declared with a content type."""
        nodes = self.look(CONTENT_TYPES).iterfind(f"{_TYPES}Override[@ContentType='{content_type}']")
        return [part for part in (node.get("PartName", "").lstrip("/") for node in nodes) if part in self]

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """Return the relations of a part as they stand now."""
        source = relationships_part(part)
        if source not in self._relationships:
            found = read_relationships(self.look(source), part) if source in self else ()
            self._relationships[source] = found
        return self._relationships[source]

    def relate(self, part: str, type_: str, target: str) -> str:
        """Add a relation to another part, or return the id of the one that is there."""
        for relation in self.relationships(part):
            if relation.target == target and relation.type == type_:
                return relation.id
        source = relationships_part(part)
        if source not in self:
            self.set(source, f'<Relationships xmlns="{_RELATIONS[1:-1]}"/>'.encode())
        root = self.tree(source)
        taken = {node.get("Id") for node in root}
        id_ = next(f"rId{number}" for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
        relative = posixpath.relpath(f"/{target}", f"/{posixpath.dirname(part)}")
        etree.SubElement(root, f"{_RELATIONS}Relationship", Id=id_, Type=type_, Target=relative)
        return id_

    def unrelate(self, part: str, target: str) -> None:
        """Remove the relations of a part to another one."""
        ids = {relation.id for relation in self.relationships(part) if relation.target == target}
        if ids:
            root = self.tree(relationships_part(part))
            for node in [node for node in root if node.get("Id") in ids]:
                root.remove(node)

    def content(self) -> bytes:
        """Return the bytes of the changed package; parts keep their order, new ones follow."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in self.parts():
                original = self.package.entries.get(part)
                entry = zipfile.ZipInfo(part, original.date_time if original else _NEW_PART_DATE)
                entry.compress_type = original.compress_type if original else zipfile.ZIP_DEFLATED
                entry.external_attr = 0o600 << 16
                archive.writestr(entry, self.read(part))
        return stream.getvalue()
