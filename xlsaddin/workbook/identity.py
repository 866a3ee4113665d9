"""The mark by which this installation knows the office editions it made: a keyed digest, the key kept in its folder.

It proves origin, not content: officers type judgements into an office edition, and may. A workbook that leaves the
office for good is sealed instead (room `exchange`).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from xlsaddin import resources

__all__ = ["confirm_identity", "sign_identity"]

_PURPOSE = "xlsaddin office edition 1"
_KEY_BYTES = 32


def sign_identity(facts: Mapping[str, str]) -> str:
    """Return this installation's digest over the facts; the key is made on first use."""
    return _digest(_read_key() or _make_key(), facts)


def confirm_identity(facts: Mapping[str, str], digest: str) -> bool:
    """Return True when this installation made the digest over exactly these facts."""
    key = _read_key()
    return key is not None and hmac.compare_digest(_digest(key, facts).encode(), digest.strip().encode())


def _digest(key: bytes, facts: Mapping[str, str]) -> str:
    text = json.dumps([_PURPOSE, dict(facts)], ensure_ascii=False, sort_keys=True)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _key_path() -> Path:
    return resources.home() / "keys" / "installation.key"


def _read_key() -> bytes | None:
    try:
        key = _key_path().read_bytes()
    except FileNotFoundError:
        return None
    return key if len(key) == _KEY_BYTES else None


def _make_key() -> bytes:
    """Make the key, readable by this user alone; of two processes that start together, the first one's stays."""
    path = _key_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=path.parent)  # created with mode 0600
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(secrets.token_bytes(_KEY_BYTES))
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()
    key = _read_key()
    if key is None:
        raise OSError(f"{path} is not a key of ours")
    return key
