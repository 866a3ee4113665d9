"""Help: the functions, the versions, what may be wrong with the set-up, the latest log lines."""

from __future__ import annotations

import platform
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import xlwings as xw

from xlsaddin import __version__, log, resources
from xlsaddin.excel.commands.new_book import show_table
from xlsaddin.excel.doctor import diagnose
from xlsaddin.excel.facts_in_cells import load_facts
from xlsaddin.excel.places import this_machine
from xlsaddin.excel.session import current_screener
from xlsaddin.excel.steps import Desk, Steps
from xlsaddin.excel.wording import list_text

_LOG_LINES = 200


def show_version(desk: Desk) -> Steps:
    """Show the versions of add-in, Python and lists in one message."""
    yield desk.say("RS-LIVE-030")
    lines = [f"xlsaddin {__version__}", f"xlwings {xw.__version__}, Python {platform.python_version()}"]
    lines += [list_text(use, desk.settings) for use in current_screener().lists]
    desk.tell("\n".join(lines))
    return ""


def show_doctor(desk: Desk) -> Steps:
    """Show what may be wrong with the set-up and how to mend it, in a new workbook."""
    yield desk.say("RS-LIVE-030")
    say = desk.settings.say
    rows = [
        ("OK" if found.fine else say("要対応", "to mend"), found.code, say(found.ja, found.en))
        for found in diagnose(this_machine(), date.today())
    ]
    headers = {
        say("状態", "State"): (14.0, "cell_center"),
        "ID": (16.0, "cell"),
        say("内容と直し方", "What, and how to mend it"): (110.0, "cell"),
    }
    show_table(desk.app, "診断", headers, rows)
    return ""


def show_functions(desk: Desk) -> Steps:
    """Show all worksheet functions with arguments and example in a new workbook."""
    yield desk.say("RS-LIVE-030")
    say = desk.settings.say
    rows = [
        (
            name,
            say(function["ja"], function["en"]),
            "\n".join(_arguments(name, function, desk)),
            function["example"],
        )
        for name, function in load_functions().items()
    ]
    headers = {
        say("関数", "Function"): (18.0, "cell"),
        say("説明", "Meaning"): (60.0, "cell"),
        say("引数", "Arguments"): (60.0, "cell"),
        say("例", "Example"): (44.0, "cell"),
    }
    show_table(desk.app, "関数一覧", headers, rows)
    return ""


def _arguments(name: str, function: dict[str, Any], desk: Desk) -> Iterator[str]:
    """Yield a line for each argument, and for each fact a table of facts may hold."""
    for one in function["arguments"]:
        yield f"{one['name']}: {desk.settings.say(one['ja'], one['en'])}"
    if name == "RS_RESIDENCY":
        for fact, told in load_facts().items():
            values = f" ({', '.join(told['values'])})" if "values" in told else ""
            yield f"  {fact}: {desk.settings.say(told['ja'], told['en'])}{values}"


def show_log(desk: Desk) -> Steps:
    """Show the latest log lines in a new workbook."""
    yield desk.say("RS-LIVE-030")
    headers = {str(log.log_path(log.ADDIN)): (140.0, "cell")}
    show_table(desk.app, "記録", headers, [(line,) for line in log.read_log(_LOG_LINES, log.ADDIN)])
    return ""


def load_functions() -> dict[str, Any]:
    """Return the list of worksheet functions."""
    return tomllib.loads(resources.package_path("functions.toml").read_text(encoding="utf-8"))
