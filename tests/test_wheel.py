"""What people install is the wheel, not the source tree: with it alone, everything the add-in needs is there."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from xlsaddin.excel.addin_build import build_addin
from xlsaddin.workbook.respondent.template import build_template

ROOT = Path(__file__).parents[1]
_SOURCES = ("pyproject.toml", "setup.py", "README.md", "LICENSE", "xlsaddin", "macros")
_COMMAND = "import sys; from xlsaddin.cli import main; sys.argv[0] = 'xlsaddin'; main()"
_INSTALL = """
import sys
from pathlib import Path
from xlsaddin.excel.install import install_addin, read_config
from xlsaddin.excel.places import Places
user = Path(sys.argv[1])
python = user / "venv" / "Scripts" / "pythonw.exe"
places = Places("win32", user, user / "Roaming", user / "Local", user / "venv", python)
print(install_addin(places)[0])
assert read_config(places) == {"INTERPRETER_WIN": str(python)}
"""


class Installed:
    """The package as a wheel installs it, run from a folder that has nothing to do with the source tree."""

    def __init__(self, site: Path, work: Path) -> None:
        self.site, self.work = site, work

    def python(self, code: str, *arguments: object) -> str:
        """Run code with the installed package and return what it prints."""
        environment = {**os.environ, "PYTHONPATH": str(self.site), "XLSADDIN_HOME": str(self.work / "home")}
        done = subprocess.run(
            [sys.executable, "-c", code, *map(str, arguments)],
            cwd=self.work,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (0, 1), done.stderr  # 1: there is something to look at
        return done.stdout

    def command(self, *arguments: object) -> str:
        """Run a command of the installed package."""
        return self.python(_COMMAND, *arguments)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """A wheel built from a copy of the sources, unpacked into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    (folder / "work").mkdir()
    (folder / "source").mkdir()
    for name in _SOURCES:
        subprocess.run(["cp", "-r", ROOT / name, folder / "source"], check=True)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    wheel = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(folder / "source")]
    subprocess.run(wheel, check=True, capture_output=True)
    unpack = [*pip, "install", "--no-deps", "--target", str(folder / "site")]
    subprocess.run([*unpack, *map(str, folder.glob("*.whl"))], check=True, capture_output=True)
    return Installed(folder / "site", folder / "work")


def test_it_is_the_installed_package_that_runs(installed: Installed) -> None:
    assert Path(installed.python("import xlsaddin; print(xlsaddin.__file__)")).is_relative_to(installed.site)


def test_the_addin_is_built_from_what_the_wheel_holds(installed: Installed) -> None:
    installed.command("addin", "build", "--out", "built")
    assert (installed.work / "built" / "xlsaddin.xlam").read_bytes() == build_addin(installed.work).read_bytes()


def test_the_addin_is_installed_for_a_windows_user(installed: Installed) -> None:
    user = installed.work / "Users" / "山田 太郎"
    assert installed.python(_INSTALL, user).strip() == str(user / "Roaming/Microsoft/Excel/XLSTART/xlsaddin.xlam")
    assert (user / "Roaming/Microsoft/Excel/XLSTART/xlsaddin.xlam").is_file()


def test_a_template_is_the_one_of_the_source_tree(installed: Installed) -> None:
    installed.command("template", "partner", "--out", "templates")
    assert (installed.work / "templates" / "partner.xlsx").read_bytes() == build_template("partner", as_of=date.today())


def test_the_demonstration_runs(installed: Installed) -> None:
    installed.command("demo", "--out", "demo")
    assert len(list((installed.work / "demo" / "reviewed").glob("*.reviewed.xlsx"))) == 5
