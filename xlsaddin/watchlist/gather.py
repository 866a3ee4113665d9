"""From a path a person gives to the published file: one file, a folder or archive of a set, or one of its files."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePath

from xlsaddin.errors import ListError
from xlsaddin.watchlist.parsers.interface import PublishedFile

# Files that a publisher splits one list into, by stem in lower case; one of them brings its siblings.
SETS = (
    frozenset({"sdn", "alt", "add", "sdn_comments"}),
    frozenset({"cons_prim", "cons_alt", "cons_add", "cons_comments"}),
)
LARGEST = 400 * 2**20  # an archive that unpacks to more is refused before it fills the memory


def gather(path: Path) -> PublishedFile:
    """Return the published file at `path`; raises `ListError` when there is nothing to read."""
    try:
        if path.is_dir():
            return _set_of(path, {item.stem.lower() for item in path.iterdir()})
        content = path.read_bytes()
        if members := _archive_members(content):
            return PublishedFile(members)
        for stems in SETS:
            if path.stem.lower() in stems:
                return _set_of(path.parent, set(stems))
    except FileNotFoundError as problem:
        raise ListError("RS-LIST-036", path=path) from problem
    except OSError as problem:
        raise ListError("RS-LIST-001", path=path, reason=problem.strerror or str(problem)) from problem
    except zipfile.BadZipFile as problem:
        raise ListError("RS-LIST-001", path=path.name, reason=str(problem)) from problem
    return PublishedFile({path.name: content})


def _set_of(folder: Path, stems: set[str]) -> PublishedFile:
    """Return the CSV files of a folder that belong to the one set among `stems`."""
    wanted = next((known for known in SETS if known & stems), None)
    found = [path for path in sorted(folder.iterdir()) if wanted and path.stem.lower() in wanted]
    parts = {path.name: path.read_bytes() for path in found if path.suffix.lower() == ".csv"}
    if not parts:
        raise ListError("RS-LIST-037", path=folder)
    return PublishedFile(parts)


def _archive_members(content: bytes) -> dict[str, bytes]:
    """Return the files of a ZIP archive that is not itself a workbook, by bare name."""
    if not content.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
        if any(info.filename == "[Content_Types].xml" for info in members):
            return {}
        if sum(info.file_size for info in members) > LARGEST:
            raise zipfile.BadZipFile("too large")
        return {PurePath(info.filename).name: archive.read(info) for info in members}
