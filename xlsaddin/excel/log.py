"""The add-in's log: what was pressed and where it failed. It names no person and quotes no cell."""

from __future__ import annotations

import logging
import traceback
from functools import cache
from logging.handlers import RotatingFileHandler
from pathlib import Path

from xlsaddin import resources

_SIZE, _KEPT = 500_000, 3


def log_path() -> Path:
    """Return the path of the log file."""
    return resources.home() / "logs" / "addin.log"


def note(text: str) -> None:
    """Write one line."""
    _logger(log_path()).info(text)


def note_error(place: str, error: BaseException) -> None:
    """Write an error by its type and the lines of code it passed, without its text, which may quote a cell."""
    frames = traceback.extract_tb(error.__traceback__)
    passed = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    _logger(log_path()).error("%s failed: %s at %s", place, type(error).__name__, passed)


def read_log(lines: int) -> list[str]:
    """Return the last lines of the log, oldest first."""
    try:
        return log_path().read_text(encoding="utf-8").splitlines()[-lines:]
    except OSError:
        return []


@cache
def _logger(path: Path) -> logging.Logger:
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(path, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.Logger("xlsaddin.addin", logging.INFO)
    logger.addHandler(handler)
    return logger
