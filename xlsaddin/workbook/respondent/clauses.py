"""Which clause an item serves, how strong it is, how far back it asks; the clause follows the institution's role."""

from __future__ import annotations

from xlsaddin.checklist.model import Duty, Item, Lookback
from xlsaddin.workbook.contexts import LEAD
from xlsaddin.workbook.labels import word, word_lines
from xlsaddin.workbook.references import quote_text
from xlsaddin.workbook.respondent.edition import Template


def clause_short(item: Item, template: Template) -> tuple[str, str]:
    """Return text and formula of the strength and clause of an item, such as `3-3(1)(i)① 必要`."""
    if item.duty is Duty.HOUSE and not item.clause:
        return "", ""
    duty = word(f"duty.{item.duty.value}", template.language)
    return _by_role("", item, f" {duty}", template)


def clause_line(item: Item, template: Template) -> tuple[str, str]:
    """Return text and formula of the line under a table's title: clause, strength, period asked."""
    language = template.language
    duty = word(f"duty.{item.duty.value}", language)
    period = f"{word('start.period', language)}: {' / '.join(lookback_lines(item, template))}"
    if not item.clause:
        return f"{duty}　{period}", ""
    opening = word("start.duty", language)
    return _by_role(f"{opening} ", item, f"（{duty}）　{period}", template)


def lookback_lines(item: Item, template: Template) -> list[str]:
    """Return how far back an item is asked, a text a language."""
    start, key = template.lookback_start, f"lookback.{item.lookback.value}"
    facts = {"start": f"{start.year}/{start.month}/{start.day}"} if item.lookback is Lookback.WINDOW else {}
    return word_lines(key, template.language, **facts)


def _by_role(before: str, item: Item, after: str, template: Template) -> tuple[str, str]:
    """Return a text with the clause in it, and its formula where a joint institution has another clause."""
    joint = item.clause_joint or item.clause
    own = item.clause if template.scope.value("lead") == 1 else joint
    if joint == item.clause:
        return f"{before}{own}{after}", ""
    choice = f"IF({LEAD}=1,{quote_text(item.clause)},{quote_text(joint)})"
    return f"{before}{own}{after}", f"{quote_text(before)}&{choice}&{quote_text(after)}"
