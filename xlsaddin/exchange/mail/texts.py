"""The texts of the mails, Japanese and English in one mail: shipped in `data/mail`, an institution's own win.

A subject never holds a name, a level or the word リスク: it is read by everyone along the way.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xlsaddin import resources
from xlsaddin.errors import DefinitionError

__all__ = ["MailText", "load_text", "text_names"]

_SEPARATOR = "-" * 60


@dataclass(frozen=True, slots=True)
class MailText:
    """One kind of mail, such as `request` 依頼 or `return` 差戻し.

    Attributes:
        key: its name; subject, ja, en: texts with `{fields}`. defaults: what a field says where nothing is stated.
    """

    key: str
    subject: str
    ja: str
    en: str
    defaults: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> frozenset[str]:
        """Names of all fields the mail needs."""
        whole = self.subject + self.ja + self.en
        return frozenset(name for _, name, _, _ in string.Formatter().parse(whole) if name)

    def render(self, facts: Mapping[str, object]) -> tuple[str, str]:
        """Return subject and body; raises DefinitionError naming every field that has no value."""
        known = {**self.defaults, **{name: fact for name, fact in facts.items() if str(fact or "")}}
        if missing := sorted(self.fields - known.keys()):
            raise DefinitionError("RS-MAIL-001", mail=self.key, fields=", ".join(missing))
        subject = " ".join(self.subject.format_map(known).split())
        return subject, f"{self.ja.format_map(known).strip()}\n\n{_SEPARATOR}\n\n{self.en.format_map(known).strip()}\n"


def load_text(key: str) -> MailText:
    """Return the text of one kind of mail; raises DefinitionError when it is not there or cannot be read."""
    path = _files().get(key)
    if path is None:
        raise DefinitionError("RS-MAIL-002", mail=key, known=", ".join(text_names()))
    try:
        parts = tomllib.loads(path.read_text(encoding="utf-8"))
        return MailText(key, parts["subject"], parts["ja"], parts["en"], parts.get("defaults", {}))
    except (tomllib.TOMLDecodeError, KeyError, UnicodeDecodeError) as problem:
        raise DefinitionError("RS-MAIL-003", mail=key, path=path.name, reason=str(problem)) from None


def text_names() -> tuple[str, ...]:
    """Return the kinds of mail there are."""
    return tuple(sorted(_files()))


def _files() -> dict[str, Path]:
    shipped = {path.stem: path for path in resources.package_files("mail", ".toml")}
    return shipped | {path.stem: path for path in sorted((resources.home() / "mail").glob("*.toml"))}
