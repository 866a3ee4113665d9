"""The ribbon's commands, by the id of their button in `macros/customUI14.xml`. Each is a generator (see `steps`).

A command's module is imported when its button is pressed for the first time: a formula must not wait for all of them.
"""

from __future__ import annotations

from importlib import import_module

from xlsaddin.excel.steps import Command, Desk, Steps

TEMPLATES = ("researcher", "integrity", "partner", "supporter", "contract", "project", "institution")


def _later(module: str, function: str, **fixed: str) -> Command:
    """Return a command whose module is imported when it starts."""

    def start(desk: Desk) -> Steps:
        steps: Steps = getattr(import_module(f"{__name__}.{module}"), function)(desk, **fixed)
        return steps

    return start


COMMANDS: dict[str, Command] = {
    "check_all": _later("check", "check_all"),
    "check_validate": _later("check", "check_form"),
    "check_screen": _later("check", "screen_book"),
    "check_score": _later("check", "score_book"),
    "check_selection": _later("selection", "screen_selection"),
    "review_next": _later("judge", "go_to_next"),
    "review_explain": _later("judge", "explain_hit"),
    "review_record": _later("judge", "record_judgement"),
    "review_measures": _later("judge", "go_to_measures"),
    "live_on": _later("formulas", "switch_on"),
    "live_freeze": _later("formulas", "freeze_book"),
    "send_on": _later("send_on", "send_to_next"),
    "send_sealed": _later("send", "save_sealed_copy"),
    "send_copy": _later("send", "save_frozen_copy"),
    **{f"new_{key}": _later("templates", "open_template", key=key) for key in TEMPLATES},
    "lists_status": _later("lists", "show_status"),
    "lists_import": _later("lists", "import_active"),
    "lists_update": _later("lists", "update_lists"),
    "help_functions": _later("about", "show_functions"),
    "help_doctor": _later("about", "show_doctor"),
    "help_version": _later("about", "show_version"),
    "help_log": _later("about", "show_log"),
}
