"""The top of the result page: who and what, the level and state, and one sentence."""

from __future__ import annotations

from datetime import date

from xlsaddin.checklist.answers import DateSpan
from xlsaddin.checklist.institutions import clause_for
from xlsaddin.checklist.model import Kind, Type
from xlsaddin.workbook.labels import Language, choice_labels, lines, word, words
from xlsaddin.workbook.office import calculation
from xlsaddin.workbook.office.book import OfficeBook
from xlsaddin.workbook.office.rows import FIRST_COLUMN, WIDE, Rows
from xlsaddin.workbook.plan import CellValue
from xlsaddin.workbook.references import quote_text

Places = dict[str, tuple[int, int]]

_LEVELS = ("low", "moderate", "high", "critical")
_STATES = ("final", "provisional", "inconclusive")


def head(book: OfficeBook, rows: Rows) -> Places:
    """Put title and facts."""
    review = book.review
    title = review.checklist.title_en if book.language is Language.EN else review.checklist.title_ja
    rows.line(f"{book.title('result.title')}　{title}", "title")
    _fact_row(book, rows, [("subject", review.subject, 3), ("id", book.meta.subject_id, 3)])
    _fact_row(book, rows, [("case", book.meta.case_id or _case(book), 3), ("deadline", _deadline(book), 3)])
    rows.put(FIRST_COLUMN, book.word("result.role"), "fact_name")
    rows.put(FIRST_COLUMN + 1, _role(book), "fact", across=3)
    rows.put(FIRST_COLUMN + 4, book.word("result.checked_at"), "fact_name")
    moment = review.reviewed_at.replace(tzinfo=None, microsecond=0)
    checked = rows.put(FIRST_COLUMN + 5, moment, "fact_time", across=3)
    rows.next()
    _institution(book, rows)
    _residency(book, rows)
    return {"r_checked_at": checked}


def level_block(book: OfficeBook, rows: Rows) -> Places:
    """Put the level, with the English word beside it and what it asks for, and the state."""
    level, state = (calculation.result_spot(key, book.layer).absolute for key in ("level", "state"))
    assessment = book.review.assessment
    rows.put(FIRST_COLUMN, book.word("result.level"), "fact_name")
    places = {"r_level": rows.put(FIRST_COLUMN + 1, word(f"level.{assessment.level.key}", Language.JA), "level",
                                  _chosen_level(level, "level", Language.JA))}  # fmt: skip
    english = word(f"level.{assessment.level.key}", Language.EN)
    rows.put(FIRST_COLUMN + 2, english, "level_en", _chosen_level(level, "level", Language.EN))
    meaning = word(f"level_meaning.{assessment.level.key}", book.language)
    rows.put(FIRST_COLUMN + 3, meaning, "fact", _chosen_level(level, "level_meaning", book.language), across=3)
    rows.put(FIRST_COLUMN + 6, book.word("result.state"), "fact_name")
    shown = word(f"result_state.{assessment.state.value}", Language.JA)
    places["r_state"] = rows.put(FIRST_COLUMN + 7, shown, "level", _chosen_state(state, Language.JA))
    rows.next()
    return places


def sentence(book: OfficeBook, rows: Rows) -> None:
    """Put the one sentence that says what is open, and the level."""
    reasons = {str(row["reason"]): row["number"] for row in book.scope.tables["reasons"]}
    index = {rule.key: number for number, rule in enumerate(book.rules.states)}
    counts = {"judge": "judgement_open", "blank": "required_blank", "asked": "difference_open"}
    languages = {Language.BOTH: (Language.JA, Language.EN)}.get(book.language, (book.language,))
    for language in languages:
        english = language is Language.EN
        text = words()[f"result.sentence_{'en' if english else 'ja'}"][int(english)]
        cells = {
            name: calculation.reason_spot(index[key], book.layer).absolute
            for name, key in counts.items()
            if key in index
        }
        values: dict[str, object] = {name: reasons.get(key, 0) for name, key in counts.items()}
        level, state = (calculation.result_spot(key, book.layer).absolute for key in ("level", "state"))
        cells |= {"level": _chosen_level(level, "level", language), "state": _chosen_state(state, language)}
        assessment = book.review.assessment
        values |= {
            "level": word(f"level.{assessment.level.key}", language),
            "state": word(f"result_state.{assessment.state.value}", language),
        }
        rows.line(text.format(**values), "sentence" if not english else "fact", _filled(text, cells))


def _filled(text: str, cells: dict[str, str]) -> str:
    """Return a sentence as a formula with cells in the place of its fields; a field without a cell is 0."""
    parts, rest = [], text
    while "{" in rest:
        before, _, rest = rest.partition("{")
        name, _, rest = rest.partition("}")
        parts += [quote_text(before), cells.get(name, "0")]
    return "&".join([*parts, quote_text(rest)])


def _chosen_level(cell: str, group: str, language: Language) -> str:
    return f"CHOOSE({cell}+1,{','.join(quote_text(word(f'{group}.{key}', language)) for key in _LEVELS)})"


def _chosen_state(cell: str, language: Language) -> str:
    final, provisional, inconclusive = (quote_text(word(f"result_state.{key}", language)) for key in _STATES)
    return f'IF({cell}="final",{final},IF({cell}="provisional",{provisional},{inconclusive}))'


def _fact_row(book: OfficeBook, rows: Rows, facts: list[tuple[str, CellValue, int]]) -> None:
    column = FIRST_COLUMN
    for key, value, across in facts:
        rows.put(column, book.word(f"result.{key}"), "fact_name")
        rows.put(column + 1, value, "fact", across=across)
        column += across + 1
    rows.next()


def _institution(book: OfficeBook, rows: Rows) -> None:
    """Put whose result this is and by which clause, where two institutions check the same person."""
    if not book.layered:
        return
    institution = book.layer.institution
    facts = {
        "institution": book.word(f"institution.{institution.value}"),
        "clause": clause_for(book.review.checklist.item("role"), institution),
    }
    shown = lines(*words()["result.institution_clause"], book.language)[0].format(**facts)
    rows.put(FIRST_COLUMN, book.word("result.institution"), "fact_name")
    rows.put(FIRST_COLUMN + 1, shown, "fact", across=WIDE - 1)
    rows.next()


def _residency(book: OfficeBook, rows: Rows) -> None:
    """Put residency and specific categories, where a form asks for them."""
    known = calculation.book_names(book.rules)
    if "residency_result" not in known:
        return
    cell = calculation.name_spot(book.rules, "residency_result").absolute
    shown = {key: book.word(f"result.residency_{key}") for key in ("resident", "non_resident", "undetermined")}
    formula = quote_text(shown["undetermined"])
    for key in ("non_resident", "resident"):
        formula = f"IF({cell}={quote_text(key)},{quote_text(shown[key])},{formula})"
    value = shown.get(str(book.scope.names["residency_result"]), shown["undetermined"])
    for number in ("1", "2", "3"):
        name = f"category_{number}"
        said = book.word("result.category").format(number=number)
        met = calculation.name_spot(book.rules, name).absolute
        formula += f'&IF(AND({cell}="resident",{met}=1),{quote_text(said)},"")'
        value += said if number in book.review.specific_category else ""
    rows.put(FIRST_COLUMN, book.word("result.residency"), "fact_name")
    rows.put(FIRST_COLUMN + 1, value, "fact", formula, across=WIDE - 1)
    rows.next()


def _role(book: OfficeBook) -> str:
    checklist = book.review.checklist
    for item in checklist.items:
        if item.key in ("role", "kind", "contract_kind") and item.type is Type.CHOICE:
            value = book.review.answers.value(item.key)
            return choice_labels(checklist.choices_of(item), book.language).get(str(value), "")
    return ""


def _case(book: OfficeBook) -> str:
    answers = book.review.answers
    for item in book.review.checklist.items:
        if item.key in ("case_number", "case_id") and item.kind is Kind.SINGLE:
            return str(answers.value(item.key) or "")
        if any(column.key == "case_number" for column in item.columns):
            return "、".join(str(row.value("case_number") or "") for row in answers.rows(item.key))
    return ""


def _deadline(book: OfficeBook) -> str:
    days = [day for day in _deadlines(book) if day >= book.review.as_of]
    if not days:
        return ""
    first = min(days)
    left = "".join(lines(*words()["result.days_left"], book.language)[:1])
    return f"{first:%Y/%m/%d}{left.format(days=(first - book.review.as_of).days)}"


def _deadlines(book: OfficeBook) -> list[date]:
    answers = book.review.answers
    values = [answers.value(item.key) for item in book.review.checklist.items if item.key == "deadline"]
    for item in book.review.checklist.items:
        if any(column.key == "deadline" for column in item.columns):
            values += [row.value("deadline") for row in answers.rows(item.key)]
    return [value.last for value in values if isinstance(value, DateSpan)]
