"""Checklist workbooks for the research-security procedure: validate entries, flag list matches, assess risk.

The package follows `研究セキュリティの確保に関する取組のための手順書` (December 2025).  Importing it is cheap:
rooms that need spreadsheets, databases or numerics import them when they are used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsaddin.api import Checked, Screened, check, screen
    from xlsaddin.register.register import Register

__version__ = "0.1.0"
__all__ = ["Checked", "Register", "Screened", "__version__", "check", "screen"]


def __getattr__(name: str) -> Any:
    """Give `check`, `screen` and `Register` when they are asked for; importing the package alone stays cheap."""
    if name in __all__:
        from xlsaddin import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
