"""The index on disk: built once for a set of editions, loaded in a blink, safe to delete at any time.

A file is named by a digest of everything that decides its content: the editions, the word lists in `data/names` and the
form of the index itself.  It holds arrays only and is read with `allow_pickle=False`; a damaged one is built anew.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from xlsaddin import files, resources
from xlsaddin.screening.index import Index
from xlsaddin.screening.vocabulary import Vocabulary

# Raised whenever the code would now build another index from the same editions and word lists.
GENERATION = 13
_KEPT = 6
_TEXTS = ("texts", "sounds", "reduced", "skeletons")
_Arrays = Mapping[str, NDArray[np.generic]]


def index_folder() -> Path:
    """Return the folder of cached indexes."""
    return resources.home() / "index"


def index_path(parts: Iterable[str]) -> Path:
    """Return the cache file of a set of editions, each named by what tells its content (id, edition, digest)."""
    identity = hashlib.sha256("\n".join([str(GENERATION), names_digest(), *parts]).encode())
    return index_folder() / f"index-{identity.hexdigest()[:24]}.npz"


@cache
def names_digest() -> str:
    """Return the digest of every word list the index rests on."""
    content = hashlib.sha256()
    for suffix in (".csv", ".toml", ".txt"):
        for path in resources.package_files("names", suffix):
            content.update(path.read_bytes())
    return content.hexdigest()


def write_index(index: Index, path: Path) -> None:
    """Write an index whole or not at all, and drop the oldest ones."""
    arrays = dict(_arrays_of(index))
    with files.replacing(path) as temporary, temporary.open("wb") as stream:
        np.savez(stream, **arrays)  # type: ignore[arg-type]
    others = sorted(path.parent.glob("index-*.npz"), key=lambda other: other.stat().st_mtime, reverse=True)
    for old in others[_KEPT:]:
        old.unlink(missing_ok=True)


def read_index(path: Path) -> Index | None:
    """Return a cached index; None when there is none or it cannot be read."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            return _index_of({name: stored[name] for name in stored.files})
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, UnicodeDecodeError):
        return None


def _arrays_of(index: Index) -> Iterable[tuple[str, NDArray[np.generic]]]:
    """Yield every array of an index by name; texts as bytes, meanings as keys and compressed rows."""
    for field in fields(index):
        if field.name not in ("vocabulary", "_shares"):
            yield field.name, getattr(index, field.name)
    vocabulary = index.vocabulary
    for field in fields(vocabulary):
        value = getattr(vocabulary, field.name)
        if field.name in _TEXTS:
            yield f"word_{field.name}", _bytes_of(value)
        elif field.name == "meanings":
            yield "meaning_keys", _bytes_of(tuple(value))
            yield "meaning_counts", np.array([len(numbers) for numbers in value.values()], np.int32)
            yield "meaning_ids", np.concatenate([np.zeros(0, np.int32), *value.values()])
        else:
            yield f"word_{field.name}", value


def _index_of(arrays: _Arrays) -> Index:
    """Return the index held in arrays."""
    texts = {name: _texts_of(arrays[f"word_{name}"]) for name in _TEXTS}
    plain = {
        field.name: arrays[f"word_{field.name}"]
        for field in fields(Vocabulary)
        if field.name not in _TEXTS and field.name != "meanings"
    }
    ends = np.cumsum(arrays["meaning_counts"])
    rows = np.split(arrays["meaning_ids"], ends[:-1]) if len(ends) else []
    meanings = dict(zip(_texts_of(arrays["meaning_keys"]), rows, strict=True))
    vocabulary = Vocabulary(meanings=meanings, **texts, **plain)  # type: ignore[arg-type]
    names = [field.name for field in fields(Index) if field.name not in ("vocabulary", "_shares")]
    return Index(vocabulary=vocabulary, **{name: arrays[name] for name in names})  # type: ignore[arg-type]


def _bytes_of(texts: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def _texts_of(content: NDArray[np.generic]) -> tuple[str, ...]:
    return tuple(content.tobytes().decode().split("\n")) if len(content) else ()
