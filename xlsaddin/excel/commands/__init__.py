"""The ribbon's commands, by the id of their button in `macros/customUI14.xml`. Each is a generator (see `steps`)."""

from __future__ import annotations

from functools import partial

from xlsaddin.excel.commands import about, check, formulas, judge, lists, selection, send, templates
from xlsaddin.excel.steps import Command

COMMANDS: dict[str, Command] = {
    "check_all": check.check_all,
    "check_validate": check.check_form,
    "check_screen": check.screen_book,
    "check_score": check.score_book,
    "check_selection": selection.screen_selection,
    "review_next": judge.go_to_next,
    "review_explain": judge.explain_hit,
    "review_record": judge.record_judgement,
    "review_measures": judge.go_to_measures,
    "live_on": formulas.switch_on,
    "live_freeze": formulas.freeze_book,
    "send_next": send.save_frozen_copy,
    "send_copy": send.save_frozen_copy,
    **{f"new_{key}": partial(templates.open_template, key=key) for key in templates.KEYS},
    "lists_status": lists.show_status,
    "lists_import": lists.import_active,
    "lists_update": lists.update_lists,
    "help_functions": about.show_functions,
    "help_doctor": about.show_doctor,
    "help_version": about.show_version,
    "help_log": about.show_log,
}
