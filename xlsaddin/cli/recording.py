"""Whether a command records in the register, and what it says about that at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlsaddin.cli import exits

if TYPE_CHECKING:
    from xlsaddin.batch.remembering import Keeper
    from xlsaddin.report.outcomes import Tally

__all__ = ["Recording", "open_recording"]


@dataclass(frozen=True, slots=True)
class Recording:
    """What came of opening the register.

    Attributes:
        keeper: records results, None when nothing is recorded. failed: it was to be, and the register cannot be used.
    """

    keeper: Keeper | None = None
    failed: bool = False

    @property
    def address(self) -> str | None:
        """The address workers ask, None when nothing is recorded."""
        return self.keeper.address if self.keeper else None

    def say(self, tally: Tally) -> bool:
        """Say what was recorded; return False when something was to be and is not."""
        from xlsaddin.batch.remembering import NOT_KEPT

        if self.keeper is None:
            return not self.failed
        lost = tally.codes.get(NOT_KEPT, 0)
        exits.say(f"登録簿に記録: {tally.recorded}件", f"Recorded in the register: {tally.recorded}")
        if lost:
            exits.say(
                f"{lost}件は登録簿に記録できませんでした。理由は各ファイルの指摘にあります。",
                f"{lost} could not be recorded; the findings of each file say why.",
            )
        return not lost


def open_recording(wanted: bool | None) -> Recording:
    """Open the register for a run: asked for, or there already and not declined.

    One that cannot be used is said, and the run goes on without it.
    """
    from xlsaddin.register.place import has_register, register_address

    if wanted is False or (wanted is None and not has_register()):
        return Recording()
    from xlsaddin.batch.remembering import Keeper
    from xlsaddin.register.opening import RegisterError
    from xlsaddin.register.register import Register

    address = register_address()
    try:
        return Recording(Keeper(Register.open(address)))
    except RegisterError as refused:
        exits.say(
            f"{refused.ja}以前の判断を示さず、登録簿に記録せずに続けます(--no-register で登録簿を使わずに点検)。",
            f"{refused.en} It goes on without earlier judgements and records nothing (--no-register to leave it).",
        )
        return Recording(failed=True)
