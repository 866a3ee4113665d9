"""Where things lie: the package's own data files, and the one folder that holds all state."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import platformdirs

_DATA = Path(__file__).parent / "data"
_HOME: ContextVar[Path | None] = ContextVar("xlsaddin_home", default=None)


def package_path(*parts: str) -> Path:
    """Return the path of a data file shipped with the package, such as `("checklists", "researcher.toml")`."""
    return _DATA.joinpath(*parts)


def package_files(folder: str, suffix: str) -> Iterator[Path]:
    """Yield the shipped files of one data folder with this suffix, by name."""
    yield from _shipped(folder, suffix)


@cache
def _shipped(folder: str, suffix: str) -> tuple[Path, ...]:
    return tuple(sorted(path for path in package_path(folder).glob(f"*{suffix}") if path.is_file()))


def home() -> Path:
    """Return the folder of all state (editions, index cache, register, keys, settings); it may not exist yet.

    `XLSADDIN_HOME` when set, else the platform's user-data folder.
    """
    if (chosen := _HOME.get()) is not None:
        return chosen
    configured = os.environ.get("XLSADDIN_HOME")
    return Path(configured) if configured else Path(platformdirs.user_data_dir("xlsaddin", appauthor=False))


@contextmanager
def using_home(folder: Path) -> Iterator[None]:
    """Take definitions from another folder of state for a while, such as those of an earlier day."""
    token = _HOME.set(folder)
    try:
        yield
    finally:
        _HOME.reset(token)
