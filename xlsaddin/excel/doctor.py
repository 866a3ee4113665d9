"""What may keep the add-in from working, each with how to mend it. Looks only; changes nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlsaddin import __version__, codes, resources
from xlsaddin.codes import Severity
from xlsaddin.excel.addin_build import read_settings, xlwings_version
from xlsaddin.excel.install import read_config
from xlsaddin.excel.places import Places
from xlsaddin.watchlist.store import ListStore

_POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at: fine (`note`), or a problem and how to mend it."""

    code: str
    severity: Severity
    ja: str
    en: str

    @property
    def fine(self) -> bool:
        """True when nothing is to be mended."""
        return self.severity is Severity.NOTE


PolicyReader = Callable[[str], int | None]
"""Returns a value of Excel's security policy by name, None where it is not set."""


def diagnose(places: Places, as_of: date, read_policy: PolicyReader | None = None) -> tuple[Diagnosis, ...]:
    """Return everything looked at, in the order in which problems should be mended."""
    found: list[Diagnosis] = []
    if places.system in {"win32", "darwin"}:
        found += _check_addin(places)
        found += _check_interpreter(places)
    if places.system == "win32":
        found += _check_windows(places, read_policy or read_registry_policy)
    found += _check_licence()
    found += _check_lists(as_of)
    return tuple(found)


def _say(code: str, **facts: object) -> Diagnosis:
    message = codes.message(code)
    return Diagnosis(code, message.severity, message.render_ja(**facts), message.render_en(**facts))


def _check_addin(places: Places) -> Iterator[Diagnosis]:
    if not places.addin.is_file():
        yield _say("RS-ADDIN-020", path=places.addin)
        return
    settings = read_settings(places.addin)
    built, installed = settings.get("ADDIN_VERSION", "?"), settings.get("XLWINGS_VERSION", "?")
    if built != __version__:
        yield _say("RS-ADDIN-021", addin=built, package=__version__)
    if installed != xlwings_version():
        yield _say("RS-ADDIN-022", addin=installed, package=xlwings_version())
    if built == __version__ and installed == xlwings_version():
        yield _say("RS-ADDIN-030", path=places.addin, version=built)


def _check_interpreter(places: Places) -> Iterator[Diagnosis]:
    named = read_config(places).get(places.config_key, "").strip()
    if not named or not Path(named).is_file():
        yield _say("RS-ADDIN-023", interpreter=named or "-", path=places.config)
    elif Path(named).parent != places.interpreter.parent:
        yield _say("RS-ADDIN-024", interpreter=named, here=places.interpreter)
    else:
        yield _say("RS-ADDIN-031", interpreter=named)


def _check_windows(places: Places, read_policy: PolicyReader) -> Iterator[Diagnosis]:
    if not any(path.is_file() for path in places.libraries):
        yield _say("RS-ADDIN-025", path=places.libraries[0])
    if Path(f"{places.addin}:Zone.Identifier").exists():
        yield _say("RS-ADDIN-026", path=places.addin)
    if read_policy("requireaddinsig") == 1:
        yield _say("RS-ADDIN-027")
    if read_policy("disablealladdins") == 1:
        yield _say("RS-ADDIN-028")


def _check_licence() -> Iterator[Diagnosis]:
    """Nothing of `xlwings.pro` may be switched on: its licence is not for commercial use."""
    import xlwings

    if xlwings.__pro__:
        yield _say("RS-ADDIN-029")


def _check_lists(as_of: date) -> Iterator[Diagnosis]:
    for use in ListStore(resources.home()).status(as_of):
        facts = {"id": use.id, "title_ja": use.title_ja, "title_en": use.title_en, "days": use.age_days}
        if not use.usable:
            yield _say("RS-ADDIN-032", **facts, reason_ja=use.failure_ja, reason_en=use.failure_en)
        elif use.sample:
            yield _say("RS-ADDIN-033", **facts)
        elif use.stale:
            yield _say("RS-ADDIN-034", **facts)
        else:
            yield _say("RS-ADDIN-035", **facts, edition=use.edition, entries=use.entries)


def read_registry_policy(name: str) -> int | None:
    """Return a value of Excel's security policy from the Windows registry, for the machine before the user."""
    if sys.platform != "win32":
        return None
    import winreg

    for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
        try:
            with winreg.OpenKey(root, _POLICY) as key:
                return int(winreg.QueryValueEx(key, name)[0])
        except OSError:
            continue
    return None
