"""Signing keys (Ed25519) of this installation, and the public keys of others it trusts.

Private keys lie in `keys/private` of the state folder, readable by this user alone; public ones in `keys/trusted`.
Only keys in this store are trusted, never one that comes with a file.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from xlsaddin import resources
from xlsaddin.errors import XlsAddinError
from xlsaddin.files import write_bytes

__all__ = ["KeyStore", "TrustedKey"]

_LINE = re.compile(r"xlsaddin-key ([A-Za-z0-9+/=]{44}) (\d{4}-\d\d-\d\d) (\S.*)")


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A public key that is trusted here.

    Attributes:
        id: first 16 hex digits of its SHA-256; owner: who it belongs to; since: day it was made (ISO).
        public: the raw 32 bytes; own: True when the private key is here too.
    """

    id: str
    owner: str
    since: str
    public: bytes
    own: bool

    @property
    def line(self) -> str:
        """The line that publishes the key: others take it in with `KeyStore.trust`."""
        return f"xlsaddin-key {base64.b64encode(self.public).decode()} {self.since} {self.owner}"

    def confirms(self, signature: bytes, message: bytes) -> bool:
        """Return True when the signature over the message was made with this key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


class KeyStore:
    """The keys of this installation.

    Args:
        home: state folder; `resources.home()` when not given.
    """

    def __init__(self, home: Path | None = None) -> None:
        folder = (home or resources.home()) / "keys"
        self._private, self._trusted = folder / "private", folder / "trusted"

    def create(self, owner: str, today: str) -> TrustedKey:
        """Make a new signing key; earlier ones stay trusted, the newest one signs (rotation)."""
        private = Ed25519PrivateKey.generate()
        public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        key = TrustedKey(_key_id(public), _tidy(owner), today, public, own=True)
        self._private.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._private / f"{key.id}.pem"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            stream.flush()
            os.fsync(stream.fileno())
        write_bytes(self._trusted / f"{key.id}.pub", (key.line + "\n").encode())
        return key

    def trust(self, line: str) -> TrustedKey:
        """Take in a published key line, after a person compared its id with the owner by another channel."""
        found = _LINE.fullmatch(line.strip())
        if found is None:
            raise XlsAddinError("RS-SEAL-001", line=line.strip()[:60])
        public = base64.b64decode(found[1])
        key = TrustedKey(_key_id(public), _tidy(found[3]), found[2], public, own=False)
        write_bytes(self._trusted / f"{key.id}.pub", (key.line + "\n").encode())
        return key

    def keys(self) -> tuple[TrustedKey, ...]:
        """Return all trusted keys, oldest first."""
        return tuple(sorted(map(self._read, self._trusted.glob("*.pub")), key=lambda key: (key.since, key.id)))

    def find(self, key_id: str) -> TrustedKey | None:
        """Return a trusted key by id, None when it is not trusted here."""
        return next((key for key in self.keys() if key.id == key_id), None)

    def sign(self, message: bytes) -> tuple[TrustedKey, bytes]:
        """Return the key that signs and its signature; raises XlsAddinError when there is none yet."""
        own = [key for key in self.keys() if key.own]
        if not own:
            raise XlsAddinError("RS-SEAL-002")
        newest = max(own, key=lambda key: (key.since, (self._private / f"{key.id}.pem").stat().st_mtime_ns))
        private = load_pem_private_key((self._private / f"{newest.id}.pem").read_bytes(), password=None)
        assert isinstance(private, Ed25519PrivateKey)
        return newest, private.sign(message)

    def _read(self, path: Path) -> TrustedKey:
        found = _LINE.fullmatch(path.read_text(encoding="utf-8").strip())
        public = base64.b64decode(found[1]) if found else b""
        if found is None or _key_id(public) != path.stem:
            raise XlsAddinError("RS-SEAL-003", path=path.name)
        own = (self._private / f"{path.stem}.pem").exists()
        return TrustedKey(path.stem, found[3], found[2], public, own)


def stamp(moment: datetime) -> str:
    """Return a moment as seals write it: ISO, to the second, with its offset."""
    return moment.isoformat(timespec="seconds")


def _key_id(public: bytes) -> str:
    return hashlib.sha256(public).hexdigest()[:16]


def _tidy(owner: str) -> str:
    return " ".join(owner.split())[:80]
