"""What is to stand in a workbook, before anything is written: sheets, cells, tables, names, and changes to a book.

Plans are made once per template or result and carried out by one of three hands that must agree: the builder
(XlsxWriter, `build`), the package patcher (`patch`) for people's files, and the live engine for an open book.
Rows and columns are 1-based as Excel shows them.  Every formula carries the value Python computed for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

CellValue = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class CellPlan:
    """One cell.

    Attributes:
        row, column: place. value: content, or the computed value of `formula`.
        formula: without the leading `=`; empty for a constant. Text is always written as text.
        style: key of `styles.STYLES`. link: internal target `sheet!cell` or address; note: text of a cell note.
        across: columns a text of ours spans (merged, never an input cell); 1 is the cell alone.
    """

    row: int
    column: int
    value: CellValue = None
    formula: str = ""
    style: str = "plain"
    link: str = ""
    note: str = ""
    across: int = 1


@dataclass(frozen=True, slots=True)
class TableColumnPlan:
    """One column of an Excel table: header text (no line breaks), style of its body cells, calculated formula."""

    header: str
    style: str = "input"
    formula: str = ""


@dataclass(frozen=True, slots=True)
class TablePlan:
    """An Excel table. `rows` holds the body, at least one row; body cells with formulas carry their values.

    Attributes:
        name: table name, such as `t_education`, `r_hits`.
        row, column: place of the header's first cell.
        columns: in order; rows: values by row, short rows are blank to the right.
        formulas: formulas by row where they differ from the column's calculated formula (empty string = constant).
    """

    name: str
    row: int
    column: int
    columns: tuple[TableColumnPlan, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    formulas: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ValidationPlan:
    """Data validation of a range.

    Attributes:
        area: `B3:B20`. kind: list, date, whole, decimal, text_length, custom. operator: as Excel names it.
        first, second: formulas or constants; a list refers to a defined name, such as `=l_role`.
        title, prompt, error: short bilingual texts within Excel's limits (32 / 255 / 224). stop: refuse or warn.
    """

    area: str
    kind: str
    first: str = ""
    second: str = ""
    operator: str = "between"
    title: str = ""
    prompt: str = ""
    error: str = ""
    stop: bool = False


@dataclass(frozen=True, slots=True)
class ConditionalPlan:
    """Conditional format of a range: where the formula (relative to the first cell) is true, the style applies."""

    area: str
    formula: str
    style: str


@dataclass(frozen=True, slots=True)
class PrintPlan:
    """How a sheet prints: orientation, title rows, area (empty = used cells), header and footer texts.

    An area is a range or a formula that yields one, so that spare rows are left out. `tall`: pages down, 0 as many
    as it takes. `large`: A3 instead of A4.
    """

    landscape: bool = False
    title_rows: tuple[int, int] | None = None
    area: str = ""
    header: str = ""
    footer: str = ""
    tall: int = 0
    large: bool = False


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet, complete. A `protected` one (no password) lets Tab run through its input cells; never with tables."""

    key: str
    name: str
    cells: tuple[CellPlan, ...] = ()
    tables: tuple[TablePlan, ...] = ()
    validations: tuple[ValidationPlan, ...] = ()
    conditionals: tuple[ConditionalPlan, ...] = ()
    widths: tuple[tuple[int, float], ...] = ()  # (column, characters)
    heights: tuple[tuple[int, float], ...] = ()  # (row, points), only for fixed text of ours
    freeze: tuple[int, int] | None = None  # first row and column that scroll
    tab: str = ""
    hidden: bool = False
    protected: bool = False
    print: PrintPlan = field(default_factory=PrintPlan)


@dataclass(frozen=True, slots=True)
class NamePlan:
    """A workbook-scoped defined name and what it refers to (`'シート'!$B$3`)."""

    name: str
    refers_to: str


@dataclass(frozen=True, slots=True)
class BookPlan:
    """A whole workbook of ours."""

    sheets: tuple[SheetPlan, ...]
    names: tuple[NamePlan, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class CellWrite:
    """A change to one cell of an existing sheet that we own; `style` as in `CellPlan`, empty keeps the cell's style."""

    sheet: str
    row: int
    column: int
    value: CellValue = None
    formula: str = ""
    style: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TableGrowth:
    """Result columns set beside (and made part of) an existing table of answers, and rows it must cover.

    Attributes:
        table: name. columns: result columns; those with the same header are replaced, others appended.
        last_row: last body row the table must reach (never shrinks).
        rows: values by body row from the first one; formulas: likewise (as in `TablePlan`).
    """

    table: str
    columns: tuple[TableColumnPlan, ...]
    last_row: int
    rows: tuple[tuple[CellValue, ...], ...]
    formulas: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything one result changes in one workbook, in the order it is applied.

    Attributes:
        sheets: result sheets; a sheet of the same name that is ours is replaced. Others are never touched.
        growths, writes: changes on existing sheets. names: defined names set or replaced.
        conditionals: formats added to existing sheets, by sheet name.
        shown: texts that formulas on existing sheets show, by formula; the formulas stay as they are.
        active_sheet: name of the sheet shown on opening.
    """

    sheets: tuple[SheetPlan, ...] = ()
    growths: tuple[TableGrowth, ...] = ()
    writes: tuple[CellWrite, ...] = ()
    names: tuple[NamePlan, ...] = ()
    conditionals: tuple[tuple[str, ConditionalPlan], ...] = ()
    shown: Mapping[str, str] = field(default_factory=dict)
    active_sheet: str = ""
