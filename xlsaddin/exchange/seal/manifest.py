"""The manifest of a seal: a salted digest of every content, signed as a whole.

The salts let one content be left out of a copy (redaction) without anybody guessing it from its digest: its salt is
dropped with it, its digest stays, and the signature still holds.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from xlsaddin.exchange.seal.contents import Content
from xlsaddin.exchange.seal.keys import KeyStore, stamp

__all__ = ["Change", "Line", "Manifest", "make_manifest", "parse_signature"]

_MARK = "xs1"


@dataclass(frozen=True, slots=True)
class Line:
    """One content as sealed: its address, salt (empty once redacted) and digest."""

    address: str
    salt: str
    digest: str

    def fits(self, text: str) -> bool:
        """Return True when the text is the one that was sealed."""
        return self.digest == _digest(self.address, self.salt, text)


@dataclass(frozen=True, slots=True)
class Change:
    """A content that is not as it was sealed.

    Attributes:
        address: what; place: where it stands now, empty when it is gone.
        kind: `changed`, `added` or `removed`.
    """

    address: str
    place: str
    kind: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A seal without its signature.

    Attributes:
        facts: what is sealed besides the contents (checklist, case and subject ids, list editions, owner, time).
        lines: one a content, by address.
    """

    facts: Mapping[str, str]
    lines: tuple[Line, ...]

    @property
    def root(self) -> str:
        """SHA-256 over facts and digests; the salts are left out, so that redaction keeps it."""
        content = [sorted(self.facts.items()), [(line.address, line.digest) for line in self.lines]]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()

    def sign(self, keys: KeyStore) -> str:
        """Return the short signature for the custom property: mark, key id, signature; 108 characters."""
        key, signature = keys.sign(self.root.encode())
        return f"{_MARK}:{key.id}:{base64.b64encode(signature).decode()}"

    def compare(self, contents: Mapping[str, Content]) -> tuple[Change, ...]:
        """Return every content that is not as sealed, by address; what was redacted is not a change."""
        sealed = {line.address: line for line in self.lines}
        changes = [
            Change(address, content.place, "changed" if address in sealed else "added")
            for address, content in contents.items()
            if address not in sealed or not sealed[address].fits(content.text)
        ]
        gone = (line for line in self.lines if line.salt and line.address not in contents)
        changes += [Change(line.address, "", "removed") for line in gone]
        return tuple(sorted(changes, key=lambda change: change.address))

    def redact(self, addresses: frozenset[str]) -> Manifest:
        """Return the manifest for a copy without these contents: their salts are dropped."""
        lines = tuple(replace(line, salt="") if line.address in addresses else line for line in self.lines)
        return replace(self, lines=lines)


def make_manifest(contents: Mapping[str, Content], facts: Mapping[str, str], sealed_at: datetime) -> Manifest:
    """Return the manifest of contents as they are now."""
    lines = []
    for address, content in sorted(contents.items()):
        salt = secrets.token_hex(16)
        lines.append(Line(address, salt, _digest(address, salt, content.text)))
    return Manifest({**facts, "sealed_at": stamp(sealed_at)}, tuple(lines))


def parse_signature(text: str) -> tuple[str, bytes] | None:
    """Return key id and signature of a custom property, None when it is not one of ours."""
    mark, _, rest = text.strip().partition(":")
    key_id, _, encoded = rest.partition(":")
    try:
        signature = base64.b64decode(encoded, validate=True)
    except ValueError:
        return None
    return (key_id, signature) if mark == _MARK and len(signature) == 64 else None


def _digest(address: str, salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}\0{address}\0{text}".encode()).hexdigest()
