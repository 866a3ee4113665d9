"""An open register as its parts see it: the engine, who acts, and the two ways of using it."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from xlsaddin.register.ledger import Ledger, opened_ledger
from xlsaddin.register.opening import reading

__all__ = ["Holding"]


class Holding:
    """One register, open.

    Args:
        engine: as `opening.open_engine` returns it.
        actor: who acts, as the audit log names them; the user of the system when not given.
    """

    def __init__(self, engine: Engine, actor: str = "") -> None:
        self.engine = engine
        self.actor = actor or getpass.getuser()

    @property
    def address(self) -> str:
        """The address with which it can be opened again, password included."""
        return self.engine.url.render_as_string(hide_password=False)

    @contextmanager
    def acting(self) -> Iterator[Ledger]:
        """Yield a ledger: several acts kept together or not at all."""
        with opened_ledger(self.engine, self.actor) as ledger:
            yield ledger

    @contextmanager
    def looking(self) -> Iterator[Session]:
        """Yield a session that only reads."""
        with reading(self.engine) as session:
            yield session
