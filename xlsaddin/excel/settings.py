"""What one user of the add-in has chosen: reviewer, funder profile, language. Kept in the state folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from xlsaddin import files, resources
from xlsaddin.errors import XlsAddinError

LANGUAGES = ("both", "ja", "en")


class SettingError(XlsAddinError):
    """A setting has a value that is not known."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's choices.

    Attributes:
        reviewer: name written when a judgement is recorded.
        profile: funder profile for names screened outside our workbooks (a workbook of ours names its own).
        language: `ja`, `en` or `both`, of sentences in cells and messages.
        desk: the user's own desk (回付の段階), by key or name; next_desk: where workbooks are sent on to, the desk that
            follows when blank.
        outbox: folder for what is sent on, one beside the workbook when blank. encrypt: `yes` or `no`.
    """

    reviewer: str = ""
    profile: str = "default"
    language: str = "both"
    desk: str = ""
    next_desk: str = ""
    outbox: str = ""
    encrypt: str = "no"

    def say(self, ja: str, en: str) -> str:
        """Return a sentence in the chosen language."""
        if self.language == "ja" or not en or ja == en:
            return ja
        return en if self.language == "en" else f"{ja} / {en}"


def load_settings() -> Settings:
    """Return the user's settings; the defaults where none were written or the file is damaged."""
    try:
        stored = json.loads(_path().read_text(encoding="utf-8"))
        known = {field.name: str(stored[field.name]) for field in fields(Settings) if field.name in stored}
    except (OSError, ValueError, TypeError):
        return Settings()
    return Settings(**known)


def change_setting(key: str, value: str) -> Settings:
    """Store one setting and return all; raises SettingError for a setting or a value that is not known."""
    value = value.strip()
    names = [field.name for field in fields(Settings)]
    if key not in names:
        raise SettingError("RS-LIVE-017", key=key, known=", ".join(names))
    known = _known_values(key)
    if known and value not in known:
        raise SettingError("RS-LIVE-010", value=value, known=", ".join(known))
    changed = replace(load_settings(), **{key: value})
    files.write_bytes(_path(), json.dumps(asdict(changed), ensure_ascii=False, indent=1).encode())
    return changed


def _known_values(key: str) -> Sequence[str]:
    """Return the values a setting may have, none where any text will do."""
    match key:
        case "language":
            return LANGUAGES
        case "encrypt":
            return ("no", "yes")
        case "profile":
            from xlsaddin.checklist.profiles import profile_names

            return profile_names()
        case "desk" | "next_desk":
            from xlsaddin.exchange.routing.desks import load_route

            desks = load_route().stages.items()
            return ("", *(name for key, one in desks for name in (one.ja, one.en, one.shown, key)))
        case _:
            return ()


def _path() -> Path:
    return resources.home() / "addin.json"
