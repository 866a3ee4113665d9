"""The desks a workbook crosses: which answers and judgements are theirs, where their mail goes."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from xlsaddin import resources
from xlsaddin.checklist.definition import build_model, read_toml
from xlsaddin.checklist.model import Definition
from xlsaddin.errors import XlsAddinError

__all__ = ["Desks", "Route", "Stage", "load_desks", "load_route"]


class Stage(Definition):
    """One desk.

    Attributes:
        ja, en: its name. answers: forms whose answers it writes. judges: result tables it judges in, by kind.
        sees_results: whether reviewed copies may be sent to it. receives: forms that may be sent to it.
    """

    ja: str
    en: str
    answers: tuple[str, ...] = ()
    judges: tuple[str, ...] = ()
    sees_results: bool = False
    receives: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The name as the stage sheet has it."""
        return f"{self.ja} / {self.en}"

    def may_see(self, form: str, *, results: bool) -> bool:
        """Return True when a form may be sent to it, or a reviewed copy of the form, with its results."""
        return form in self.receives and (self.sees_results or not results)

    def writes(self, part: str, form: str) -> bool:
        """Return True when a part of a form (`answers`, `hits` …) is this desk's to write."""
        return form in self.answers if part == "answers" else part in self.judges


class Route(Definition):
    """All desks by key, in the order a workbook crosses them."""

    stages: dict[str, Stage]

    def stage(self, key: str) -> Stage:
        """Return a desk by key; raises XlsAddinError for one there is not."""
        if key not in self.stages:
            raise XlsAddinError("RS-STAGE-001", stage=key, known=", ".join(self.stages))
        return self.stages[key]

    def place(self, shown: str) -> int | None:
        """Return where in the order a desk stands that is named as on the sheet; None for none of them."""
        names = [stage.shown for stage in self.stages.values()]
        return names.index(shown) if shown in names else None

    def following(self, key: str, form: str, *, results: bool = False) -> str:
        """Return the next desk that may see a form (a reviewed copy with its results), empty after the last one."""
        keys = list(self.stages)
        later = keys[keys.index(key) + 1 :]
        return next((one for one in later if self.stages[one].may_see(form, results=results)), "")


class Desks(Definition):
    """Where mail between desks comes from and goes: `desks.toml` of the state folder, blank where there is none.

    Attributes:
        office, sender: who sends it, and the address. share: where workbooks are laid out.
        addresses: of the desks, by key of their stage.
    """

    office: str = ""
    sender: str = ""
    share: str = ""
    addresses: dict[str, str] = Field(default_factory=dict)


def load_route() -> Route:
    """Return the desks in order; raises DefinitionError when the definition cannot be read."""
    own = resources.home() / "stages.toml"
    path = own if own.exists() else resources.package_path("stages.toml")
    return build_model(Route, read_toml(path), path)


def load_desks() -> Desks:
    """Return the addresses of this institution; raises DefinitionError when they cannot be read."""
    path = resources.home() / "desks.toml"
    content: Mapping[str, object] = read_toml(path) if path.exists() else {}
    return build_model(Desks, content, path)
