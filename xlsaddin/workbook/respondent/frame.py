"""What the sheets of a template have in common: help under the title, header and footer of the printed page."""

from __future__ import annotations

from collections.abc import Sequence

from xlsaddin.checklist.model import Bilingual
from xlsaddin.workbook import labels
from xlsaddin.workbook.labels import Language, word, words
from xlsaddin.workbook.plan import CellPlan
from xlsaddin.workbook.respondent.edition import Template


def help_cells(texts: Sequence[str], row: int, across: int, second: str = "quiet") -> list[CellPlan]:
    """Return one cell a text from a row on, spanning `across` columns from B; the second one quieter."""
    return [
        CellPlan(row + number, 2, text, style=second if number else "text", across=across)
        for number, text in enumerate(texts)
    ]


def page_header(template: Template, section: Bilingual | None = None) -> str:
    """Return the header of a printed page: handling, what it is, whose."""
    title = section.label_ja if section is not None else template.layout.checklist.title_ja
    if template.language is Language.EN:
        title = section.label_en if section is not None else template.layout.checklist.title_en
    name = " ".join(part for part in (title, template.subject_id) if part)
    return f"&L&9{_plain(word('page.handling', template.language))}&R&9{_plain(name)}"


def page_footer(template: Template) -> str:
    """Return the footer of a printed page: form and version, page of pages."""
    checklist = template.layout.checklist
    title = labels.pair(checklist.title_ja, checklist.title_en, template.language)
    version = words()["page.version"][1 if template.language is Language.EN else 0]
    return f"&L&8{_plain(title)} {version}{checklist.version}&R&9&P / &N"


def _plain(text: str) -> str:
    return text.replace("&", "&&")
