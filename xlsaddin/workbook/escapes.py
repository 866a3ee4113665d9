"""How OOXML writes characters that XML cannot hold: `_x000D_`, and an underscore that would look like one."""

from __future__ import annotations

import re

__all__ = ["decode_escapes", "encode_escapes"]

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def decode_escapes(text: str) -> str:
    """Return a stored text as it is shown."""
    if "_x" not in text:
        return text
    halves = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)  # perhaps halves of a pair, in UTF-16
    return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def encode_escapes(text: str) -> str:
    """Return a text as it is stored."""
    return _UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
