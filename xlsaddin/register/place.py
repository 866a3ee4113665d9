"""Where the register of this installation lies, and whether there is one. Looking for it never makes or opens it."""

from __future__ import annotations

import os

from xlsaddin import resources

__all__ = ["has_register", "register_address"]

_FILE = "register.sqlite"


def register_address() -> str:
    """Return the address: `XLSADDIN_REGISTER`, else the file of the state folder."""
    return os.environ.get("XLSADDIN_REGISTER") or f"sqlite:///{resources.home() / _FILE}"


def has_register() -> bool:
    """Return whether there is one: an address that was set, or the file. Only then is anything recorded unasked."""
    return bool(os.environ.get("XLSADDIN_REGISTER")) or (resources.home() / _FILE).is_file()
