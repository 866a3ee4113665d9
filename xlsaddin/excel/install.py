"""Putting the add-in where Excel opens it by itself, telling it which Python to start, and taking it away again."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from xlsaddin import files
from xlsaddin.errors import XlsAddinError
from xlsaddin.excel.addin_build import build_addin
from xlsaddin.excel.places import Places


class AddinError(XlsAddinError):
    """The add-in cannot be installed here, or is in use."""


def install_addin(places: Places) -> tuple[Path, ...]:
    """Install the add-in for this user, or replace an older one; returns the files written.

    No administrator rights, no registry.  The add-in is built for the xlwings that is installed.
    """
    if places.system not in {"win32", "darwin"}:
        raise AddinError("RS-ADDIN-010")
    written = [_build(places), _write_config(places)]
    if places.system == "darwin":
        files.write_bytes(places.apple_script, _xlwings_script(places.apple_script.name))
        written.append(places.apple_script)
    return tuple(written)


def uninstall_addin(places: Places) -> tuple[Path, ...]:
    """Remove what `install_addin` wrote; returns the files removed. Lists, register and settings stay."""
    removed = []
    for path in (places.addin, places.config, places.apple_script):
        if path.is_file():
            _remove(path)
            removed.append(path)
    return tuple(removed)


def read_config(places: Places) -> dict[str, str]:
    """Return the settings of the user's configuration file, empty when there is none."""
    if not places.config.is_file():
        return {}
    lines = places.config.read_text(encoding=places.config_encoding).splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def _build(places: Places) -> Path:
    try:
        return build_addin(places.startup)
    except PermissionError:
        raise AddinError("RS-ADDIN-011", path=places.addin) from None


def _write_config(places: Places) -> Path:
    content = f"{places.config_key}={places.interpreter}\r\n"
    files.write_bytes(places.config, content.encode(places.config_encoding))
    return places.config


def _xlwings_script(name: str) -> bytes:
    """Return the AppleScript that comes with xlwings, without importing xlwings."""
    spec = find_spec("xlwings")
    if spec is None or spec.origin is None:
        raise AddinError("RS-ADDIN-012", name=name)
    return (Path(spec.origin).parent / name).read_bytes()


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except PermissionError:
        raise AddinError("RS-ADDIN-011", path=path) from None
