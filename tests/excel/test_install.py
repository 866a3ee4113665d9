"""Install, uninstall and doctor on a made-up Windows and macOS: no registry, no administrator, every fault named."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from xlsaddin.cli import addin
from xlsaddin.excel import doctor, install
from xlsaddin.excel.addin_build import read_settings, xlwings_version
from xlsaddin.excel.places import Places
from xlsaddin.excel.settings import SettingError
from xlsaddin.watchlist.store import ListStore

TODAY = date(2026, 9, 1)


@pytest.fixture
def windows(tmp_path: Path, home: Path) -> Places:
    """A user with a Japanese name and a virtual environment that holds xlwings' library."""
    user = tmp_path / "Users" / "山田 太郎"
    environment = user / "研究" / "venv"
    (environment / "Scripts").mkdir(parents=True)
    (environment / "Scripts" / "pythonw.exe").touch()
    (environment / f"xlwings64-{xlwings_version()}.dll").touch()
    interpreter = environment / "Scripts" / "pythonw.exe"
    return Places("win32", user, user / "Roaming", user / "Local", environment, interpreter)


@pytest.fixture
def mac(windows: Places) -> Places:
    return replace(windows, system="darwin")


def faults(places: Places, **policy: int) -> set[str]:
    found = doctor.diagnose(places, TODAY, policy.get)
    return {diagnosis.code for diagnosis in found if not diagnosis.fine} - {"RS-ADDIN-033"}


def test_windows_gets_an_addin_in_xlstart_and_a_python(windows: Places) -> None:
    written = install.install_addin(windows)
    assert written == (windows.addin, windows.config)
    assert windows.addin.parts[-4:] == ("Microsoft", "Excel", "XLSTART", "xlsaddin.xlam")
    assert read_settings(windows.addin)["XLWINGS_VERSION"] == xlwings_version()
    assert install.read_config(windows) == {"INTERPRETER_WIN": str(windows.interpreter)}
    assert windows.config.read_bytes()[:2] in (b"\xff\xfe", b"\xfe\xff")  # VBA reads UTF-16 by its mark
    assert faults(windows) == set()


def test_macos_gets_the_startup_folder_and_the_script_of_xlwings(mac: Places) -> None:
    written = install.install_addin(mac)
    assert mac.apple_script in written
    assert "on VbaHandler" in mac.apple_script.read_text(encoding="utf-8")
    assert install.read_config(mac) == {"INTERPRETER_MAC": str(mac.interpreter)}
    assert faults(mac) == set()


def test_installing_again_replaces_and_uninstalling_leaves_nothing(windows: Places) -> None:
    install.install_addin(windows)
    install.install_addin(windows)
    assert install.uninstall_addin(windows) == (windows.addin, windows.config)
    assert [path for path in windows.roaming.rglob("*") if path.is_file()] == []
    assert faults(windows) >= {"RS-ADDIN-020", "RS-ADDIN-023"}


def test_without_excel_it_points_to_calc(windows: Places) -> None:
    with pytest.raises(install.AddinError, match="addin calc"):
        install.install_addin(replace(windows, system="linux"))


def test_a_running_excel_is_named_as_the_reason(windows: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    install.install_addin(windows)

    def locked(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "replace", locked)
    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(install.AddinError, match="Close every Excel window"):
        install.install_addin(windows)


def test_doctor_names_a_wrong_interpreter(windows: Places) -> None:
    install.install_addin(windows)
    elsewhere = windows.home / "other" / "pythonw.exe"
    elsewhere.parent.mkdir()
    elsewhere.touch()
    windows.config.write_text(f"INTERPRETER_WIN={elsewhere}\n", encoding="utf-16")
    assert faults(windows) == {"RS-ADDIN-024"}
    elsewhere.unlink()
    assert faults(windows) == {"RS-ADDIN-023"}


def test_doctor_names_a_missing_library(windows: Places) -> None:
    install.install_addin(windows)
    windows.libraries[1].unlink()
    assert faults(windows) == {"RS-ADDIN-025"}


def test_doctor_names_the_mark_of_the_web(windows: Places) -> None:
    install.install_addin(windows)
    Path(f"{windows.addin}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n")
    assert faults(windows) == {"RS-ADDIN-026"}


def test_doctor_names_policies(windows: Places) -> None:
    install.install_addin(windows)
    assert faults(windows, requireaddinsig=1) == {"RS-ADDIN-027"}
    assert faults(windows, disablealladdins=1) == {"RS-ADDIN-028"}


def test_doctor_names_other_versions(windows: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    install.install_addin(windows)
    monkeypatch.setattr(doctor, "__version__", "9.9.9")
    assert faults(windows) == {"RS-ADDIN-021"}
    monkeypatch.setattr(doctor, "xlwings_version", lambda: "9.9.9")
    assert faults(windows) == {"RS-ADDIN-021", "RS-ADDIN-022"}


def test_doctor_says_that_only_the_sample_list_is_there(windows: Places) -> None:
    found = {diagnosis.code: diagnosis for diagnosis in doctor.diagnose(windows, TODAY, {}.get)}
    assert "架空" in found["RS-ADDIN-033"].ja
    assert not found["RS-ADDIN-033"].fine


def test_doctor_names_stale_lists(windows: Places, home: Path, test_data: Path) -> None:
    published = test_data / "lists" / "jp_meti_eul" / "20250929_4.xlsx"
    ListStore(home).import_file(published, today=date(2026, 8, 30))
    install.install_addin(windows)
    assert faults(windows) == set()
    found = doctor.diagnose(windows, date(2028, 9, 1), {}.get)
    assert [diagnosis.code for diagnosis in found if not diagnosis.fine] == ["RS-ADDIN-034"]


def test_settings_are_changed_from_the_command_line(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On macOS the boxes of the ribbon do not reach Python."""
    addin.settings("desk", "輸出管理")
    addin.settings()
    shown = dict(line.split("\t") for line in capsys.readouterr().out.splitlines())
    assert (shown["desk"], shown["language"]) == ("輸出管理", "both")
    with pytest.raises(SettingError, match="経理"):
        addin.settings("desk", "経理")
    with pytest.raises(SettingError, match="colour"):
        addin.settings("colour", "red")
