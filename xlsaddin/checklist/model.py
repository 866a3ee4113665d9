"""What a checklist is: sections, items, columns, choices.  Loaded from `data/checklists/*.toml` by `loading`.

Answers live in `answers`, their validation in `validation`; nothing here opens a workbook.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class Duty(StrEnum):
    """The procedure's two strengths, and items of the institution's own that the procedure does not ask."""

    MUST = "must"
    DESIRABLE = "desirable"
    HOUSE = "house"


class Lookback(StrEnum):
    """How far back an item is asked; the dates come from dated parameters and the funder profile.

    `whole` 全期間, `window` 遡及期間 (application fiscal year and those before it), `current` 現在の状態,
    `none` not asked by period.
    """

    WHOLE = "whole"
    WINDOW = "window"
    CURRENT = "current"
    NONE = "none"


class Kind(StrEnum):
    """Whether an item is one answer or a table of rows."""

    SINGLE = "single"
    TABLE = "table"


class Target(StrEnum):
    """What a screened text names."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PROGRAM = "program"


class Type(StrEnum):
    """How a cell's content is read and checked."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"  # a day; month precision is understood and asked to be completed only where it matters
    MONTH = "month"  # a month is enough; a day is welcome
    INTEGER = "integer"
    NUMBER = "number"
    PERCENT = "percent"  # 0 to 100, not a fraction
    MONEY = "money"  # amount in the currency of the next currency column to its right, else yen
    CHOICE = "choice"
    TICK = "tick"  # a box: ticked or not
    NAMES = "names"  # several names in one cell
    EMAIL = "email"
    URL = "url"
    COUNTRY = "country"
    CURRENCY = "currency"
    ORCID = "orcid"
    ERAD = "erad"
    CORPORATE_NUMBER = "corporate_number"
    DOI = "doi"


class Definition(BaseModel):
    """Base of all definition models: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(Definition):
    """Anything shown to people: Japanese first, English beside it."""

    label_ja: str
    label_en: str
    help_ja: str = ""
    help_en: str = ""


class Choice(Definition):
    """One closed choice. Answers keep the key; cells show the label; `aliases` are further spellings that are read."""

    key: Key
    ja: str
    en: str
    aliases: tuple[str, ...] = ()


class Column(Bilingual):
    """One column of a table item.

    Attributes:
        key: stable key; the header texts are the labels.
        type: how a cell is read.
        required: needed in every filled row.
        required_if: expression over the row's columns (see `expression`) that makes it needed.
        choices: key of the choice list for `choice` columns.
        screen: what the text names, when it is compared with lists.
        screen_note: True when hits on it are shown as reference only (参考) and never weigh.
        country_from: key of the column that holds the country of the screened body.
        period: `from`, `to` or `at` when the column bounds the row's period. Tables have `from` and `to`, or `at`
            (a day, a month or a whole period in one cell), or `at` and an optional `to`.
        past: True when a date after as-of cannot be meant.
        whole_period: True when one cell asks for beginning and end (`2024.9-2025.3`).
        parts: True when the cells of running rows are parts of one whole: together at most 100 %.
        fact: name under which rules see this cell's value on a hit of this row (relation, authors, share ...).
        width: column width in characters; 0 leaves it to the type.
    """

    key: Key
    type: Type = Type.TEXT
    required: bool = False
    required_if: str = ""
    choices: str = ""
    screen: Target | None = None
    screen_note: bool = False
    country_from: str = ""
    period: Annotated[str, StringConstraints(pattern=r"^(from|to|at)?$")] = ""
    past: bool = False
    whole_period: bool = False
    parts: bool = False
    fact: str = ""
    width: int = 0


class Item(Bilingual):
    """One question of a checklist.

    Attributes:
        key: stable key; names in workbooks are `a_<key>` and `t_<key>`.
        number: number in the procedure as printed, such as `①`; empty for items of ours.
        section: key of the section (one sheet) it stands on.
        kind: single answer or table.
        duty: strength of the clause.
        lookback: how far back it is asked.
        clause: clause for the lead institution, such as `3-3(1)(i)①`; clause_joint: for a joint institution.
        metis: cross-references to METI's guidance for companies, such as `第3章1.⑥`.
        type, choices, required, required_if, past: for single items as for columns. For a table item `required`
            means its state cell must be answered.
        applies_if: expression over single items; without it the item always applies.
        columns: columns of a table item, in order.
        screen, country_from: for single items that are screened.
        confidential: sheet of its own, not sent to department or PI (item ⑧ and ⑬).
        unread: True for items that no rule may read (nationality asked by a funder).
        spare_rows: empty rows the built table offers.
        office: filled in by the institution's office before the workbook is sent; never counted as missing.
        beside: key of the single item in whose row this one stands, to its right (条項番号, 備考 of a question).
    """

    key: Key
    number: str = ""
    section: Key
    kind: Kind = Kind.SINGLE
    duty: Duty = Duty.HOUSE
    lookback: Lookback = Lookback.NONE
    clause: str = ""
    clause_joint: str = ""
    metis: tuple[str, ...] = ()
    type: Type = Type.TEXT
    choices: str = ""
    required: bool = False
    required_if: str = ""
    past: bool = False
    applies_if: str = ""
    columns: tuple[Column, ...] = ()
    screen: Target | None = None
    country_from: str = ""
    confidential: bool = False
    unread: bool = False
    spare_rows: int = 10
    office: bool = False
    beside: str = ""

    @cached_property
    def bounds(self) -> Mapping[str, Column]:
        """The columns that bound a row's period, by `from`, `to` and `at`; of two with the same bound the first."""
        return {column.period: column for column in reversed(self.columns) if column.period}

    @cached_property
    def currency(self) -> Column | None:
        """The first column that names the currency of the amounts before it."""
        return next((column for column in self.columns if column.type is Type.CURRENCY), None)

    def column(self, key: str) -> Column:
        """Return a column of this table item by key; raises KeyError."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)


class Section(Bilingual):
    """The items of one sheet: any number of single items, or one table item alone.

    `sheet` is the Japanese sheet name: kanji, kana, letters and digits only, at most 31 characters.
    """

    key: Key
    sheet: str


class Checklist(Definition):
    """One checklist, complete.

    Attributes:
        key: such as `researcher`; version: of the definition, `major.minor.patch`.
        title_ja, title_en: as on the first sheet; reference: clause of the procedure it serves.
        subject: single item that names the subject, such as `name`; subject_else: items that name it where that
            one is blank (a foreign university has no Japanese name).
        sections, items: in the order shown; choices: choice lists by key, shared ones included.
    """

    key: Key
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    title_ja: str
    title_en: str
    purpose_ja: str = ""
    purpose_en: str = ""
    reference: str = ""
    subject: Key
    subject_else: tuple[Key, ...] = ()
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    choices: dict[str, tuple[Choice, ...]] = Field(default_factory=dict)

    def item(self, key: str) -> Item:
        """Return an item by key; raises KeyError."""
        for item in self.items:
            if item.key == key:
                return item
        raise KeyError(key)

    def section(self, key: str) -> Section:
        """Return a section by key; raises KeyError."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)

    def choices_of(self, asked: Item | Column) -> tuple[Choice, ...]:
        """Return the choices of a choice item or column, empty for other types."""
        return self.choices[asked.choices] if asked.choices else ()
