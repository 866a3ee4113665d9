"""What an institution switches on for its mail: `exchange.toml` of the state folder; without it, everything is off."""

from __future__ import annotations

from xlsaddin import resources
from xlsaddin.checklist.definition import build_model, read_toml
from xlsaddin.checklist.model import Definition

__all__ = ["Switches", "load_switches"]


class Switches(Definition):
    """Switches of this institution.

    Attributes:
        passphrase_by_mail: draft a second mail with the passphrase of an encrypted form (PPAP). Discouraged: whoever
            reads the first mail reads the second.
    """

    passphrase_by_mail: bool = False


def load_switches() -> Switches:
    """Return the switches; raises DefinitionError for a file that cannot be read or names others."""
    path = resources.home() / "exchange.toml"
    return build_model(Switches, read_toml(path), path) if path.exists() else Switches()
