"""The error of a worksheet function whose argument means nothing: said in the cell in one sentence."""

from __future__ import annotations

from xlsaddin.errors import XlsAddinError

__all__ = ["ArgumentError"]


class ArgumentError(XlsAddinError):
    """An argument names something that does not exist, or has a value that cannot be read."""
