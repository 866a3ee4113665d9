"""The one family of exceptions, for what a user cannot mend inside the sheet.

What a user *can* mend in a cell is a `Finding` (see `findings`), never an exception.
"""

from __future__ import annotations

from xlsaddin import codes

_FOUND = 160
"""Characters of a broken row that a message shows."""


class XlsAddinError(Exception):
    """Something outside the sheet stopped the work: a broken file, a list, a definition.

    Args:
        code: id of a message in the catalogue, such as `RS-FILE-003`.
        **facts: what the message names (path, sheet, value ...).

    Attributes:
        code: the id.
        ja: the sentence in Japanese; en: in English.  Each says what, where and what to do.
    """

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        message = codes.message(code)
        self.ja = message.render_ja(**facts)
        self.en = message.render_en(**facts)
        super().__init__(f"{self.ja} / {self.en}")


class DefinitionError(XlsAddinError):
    """A definition file (checklist, rule, parameter, profile) contradicts itself or cannot be read."""


class ListError(XlsAddinError):
    """A list file or a stored edition is not complete, not known or not readable.

    Args:
        code: id of a message; **facts: as for every error, `found` cut to one line that can be read.
    """

    def __init__(self, code: str, **facts: object) -> None:
        if "found" in facts:
            line = " ".join(str(facts["found"]).split())
            facts["found"] = line if len(line) <= _FOUND else line[: _FOUND - 1] + "…"
        super().__init__(code, **facts)


class WorkbookError(XlsAddinError):
    """A workbook is refused: not ours, protected, broken or hostile."""
