"""The log of problems: where something failed, for support. It names no person and quotes no cell."""

from __future__ import annotations

import logging
import traceback
from functools import cache
from logging.handlers import RotatingFileHandler
from pathlib import Path

from xlsaddin import resources

ADDIN = "addin"
"""Log of the add-in: a file of its own, because Windows lets no second process turn a log over."""

_SIZE, _KEPT = 500_000, 3


def log_path(name: str = "xlsaddin") -> Path:
    """Return the path of a log file."""
    return resources.home() / "logs" / f"{name}.log"


def note(text: str, name: str = "xlsaddin") -> None:
    """Write one line; a log that cannot be written stops nobody."""
    try:
        _logger(log_path(name)).info(text)
    except OSError:
        return


def note_error(place: str, error: BaseException, name: str = "xlsaddin") -> None:
    """Write an error by its type and the lines of code it passed, without its text, which may quote a cell."""
    frames = traceback.extract_tb(error.__traceback__)
    passed = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    note(f"{place} failed: {type(error).__name__} at {passed}", name)


def read_log(lines: int, name: str = "xlsaddin") -> list[str]:
    """Return the last lines of a log, oldest first; none where there is no log."""
    try:
        return log_path(name).read_text(encoding="utf-8").splitlines()[-lines:]
    except OSError:
        return []


@cache
def _logger(path: Path) -> logging.Logger:
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(path, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger = logging.Logger(str(path), logging.INFO)
    logger.addHandler(handler)
    return logger
