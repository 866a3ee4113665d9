"""Passphrases of the workbooks handed out: one a subject, agreed through another channel, never sent by mail.

They lie in `passphrases.csv` of the outbox, readable by its owner alone, to be handed over by telephone, portal or
paper; on the way in they open what comes back.  Others come from the keyring (service `xlsaddin-workbooks`).
"""

from __future__ import annotations

import csv
import io
import os
import secrets
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

__all__ = ["keyring_passphrase", "passphrases_for", "read_passphrases"]

FILE = "passphrases.csv"
_SERVICE = "xlsaddin-workbooks"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another when read aloud
_GROUPS, _GROUP = 5, 4  # 20 letters, 99 bits


def read_passphrases(outbox: Path) -> Mapping[str, str]:
    """Return the passphrases of an outbox by subject id."""
    path = outbox / FILE
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return {row["subject_id"]: row["passphrase"] for row in csv.DictReader(stream)}


def passphrases_for(outbox: Path, subject_ids: Iterable[str]) -> Mapping[str, str]:
    """Return a passphrase for each subject; new ones are on disk before this returns, old ones stay."""
    known = dict(read_passphrases(outbox))
    wanted = list(subject_ids)
    if missing := [subject for subject in wanted if subject not in known]:
        known |= {subject: _new_passphrase() for subject in missing}
        _write(outbox / FILE, known)
    return {subject: known[subject] for subject in wanted}


def keyring_passphrase(subject_id: str) -> str | None:
    """Return the passphrase the keyring holds for a subject, None where it has none or there is no keyring."""
    import keyring
    import keyring.errors

    try:
        return keyring.get_password(_SERVICE, subject_id)
    except keyring.errors.KeyringError:
        return None


def _new_passphrase() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def _write(path: Path, known: Mapping[str, str]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("subject_id", "passphrase"))
    writer.writerows(sorted(known.items()))
    descriptor, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent)  # mode 0600
    with os.fdopen(descriptor, "wb") as stream:
        stream.write("\ufeff".encode() + text.getvalue().encode())
        stream.flush()
        os.fsync(stream.fileno())
    Path(name).replace(path)
