"""Office-native encryption (agile, AES-256) in memory: nothing unencrypted is ever written to a temporary file."""

from __future__ import annotations

import io
from collections.abc import Iterable

__all__ = ["decrypt_workbook", "encrypt_workbook", "is_encrypted"]

_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def encrypt_workbook(content: bytes, passphrase: str) -> bytes:
    """Return a workbook that Excel 2010 or later and LibreOffice open with the passphrase."""
    from msoffcrypto.format.ooxml import OOXMLFile

    sealed = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(passphrase, sealed)
    return sealed.getvalue()


def is_encrypted(content: bytes) -> bool:
    """Return True for an Office file that needs a passphrase."""
    import msoffcrypto

    if not content.startswith(_CONTAINER):
        return False
    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted())
    except Exception:  # the library raises many kinds for what is no Office file
        return False


def decrypt_workbook(content: bytes, passphrases: Iterable[str]) -> bytes | None:
    """Return the content opened with the first passphrase that fits and whose integrity holds; None when none does."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    for passphrase in dict.fromkeys(passphrases):
        opened = io.BytesIO()
        try:
            file = msoffcrypto.OfficeFile(io.BytesIO(content))
            file.load_key(password=passphrase, verify_password=True)
            file.decrypt(opened, verify_integrity=True)
        except (InvalidKeyError, DecryptionError, FileFormatError, ParseError):
            continue
        return opened.getvalue()
    return None
