"""Ribbon commands in steps: VBA asks for the next chunk, so that Excel breathes and Esc is heard between two of them.

A command is a generator: it yields progress texts and returns one sentence for the status bar.  A ticket names a
running command; whatever happens inside ends as a sentence, never as an error in VBA.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from itertools import count

import xlwings as xw

from xlsaddin import codes, log
from xlsaddin.errors import XlsAddinError
from xlsaddin.excel import live
from xlsaddin.excel.settings import Settings, change_setting, load_settings

Steps = Generator[str, None, str]
"""A running command: yields progress, returns what the status bar says at the end."""

Command = Callable[["Desk"], Steps]

TITLE = "研究セキュリティ / Research Security"
DONE = ""
_TICKET = "ticket:"

_running: dict[str, tuple[str, Desk, Steps]] = {}
_numbers = count(1)


class Desk:
    """What a command works with: the application, the active workbook, the user's settings."""

    def __init__(self, app: xw.App) -> None:
        self.app = app
        self.settings: Settings = load_settings()

    @property
    def book(self) -> xw.Book:
        """The workbook in front; raises WorkbookError when there is none."""
        return live.active_book(self.app)

    @property
    def selection(self) -> xw.Range | None:
        """The selected cells; None where no workbook is open or something else is selected."""
        return self.app.selection if len(self.app.books) else None

    def say(self, code: str, **facts: object) -> str:
        """Return a catalogue sentence in the user's language."""
        message = codes.message(code)
        return self.settings.say(message.render_ja(**facts), message.render_en(**facts))

    def tell(self, sentence: str) -> None:
        """Show a sentence the user must see."""
        self.app.alert(sentence, title=TITLE)


def begin(command: str, commands: dict[str, Command]) -> str:
    """Start a command and run its first chunk; returns a ticket while there is more to do, else an empty text."""
    desk = Desk(live.current_app())
    ticket = f"{_TICKET}{next(_numbers)}"
    log.note(f"begin {command} {ticket}", log.ADDIN)
    _running[ticket] = (command, desk, commands[command](desk))
    return advance(ticket)


def advance(ticket: str) -> str:
    """Run the next chunk of a command; returns the ticket while there is more to do, else an empty text."""
    if ticket not in _running:
        return DONE
    command, desk, steps = _running[ticket]
    try:
        desk.app.status_bar = next(steps)
    except StopIteration as end:
        _end(ticket, desk, str(end.value or ""))
    except XlsAddinError as error:
        _end(ticket, desk)
        log.note_error(f"{command} {error.code}", error, log.ADDIN)
        desk.tell(desk.settings.say(error.ja, error.en))
    except Exception as error:  # the boundary: the user gets a sentence, the log the place
        _end(ticket, desk)
        log.note_error(command, error, log.ADDIN)
        desk.tell(desk.say("RS-LIVE-003", command=command, path=log.log_path(log.ADDIN)))
    else:
        return ticket
    return DONE


def cancel(ticket: str) -> str:
    """End a command between two chunks; what it has written so far is whole rows and says that it is not complete."""
    if ticket in _running:
        command, desk, steps = _running[ticket]
        steps.close()
        log.note(f"cancelled {command}", log.ADDIN)
        _end(ticket, desk, desk.say("RS-LIVE-004"))
    return DONE


def change(key: str, value: str) -> str:
    """Store a setting and return it as it now is; a value that is not known is told to the user."""
    try:
        change_setting(key, value)
    except XlsAddinError as error:
        desk = Desk(live.current_app())
        desk.tell(desk.settings.say(error.ja, error.en))
    return str(getattr(load_settings(), key))


def _end(ticket: str, desk: Desk, sentence: str = "") -> None:
    del _running[ticket]
    desk.app.status_bar = sentence or False
