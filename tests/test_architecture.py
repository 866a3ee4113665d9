"""The rooms: imports go down only, nothing heavy is paid for by importing the package, paths stay short."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "xlsaddin"

# Each room and the rooms it may import, from the top down. A room may always import itself and the base modules.
BASE = {"findings", "codes", "parameters", "resources", "errors", "files", "log", "__init__"}
ORDER = [
    ["cli"],
    ["libreoffice"],
    ["excel"],
    ["batch"],
    ["exchange"],
    ["register"],
    ["report"],
    ["workbook"],
    ["review"],
    ["review_model"],
    ["assessment"],
    ["screening"],
    ["checklist", "watchlist"],
    ["text"],
]
RANK = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}
HEAVY = {"pandas", "openpyxl", "xlwings", "sqlalchemy", "pdfplumber", "numpy", "xlsxwriter", "httpx", "opencc"}


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def modules() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if "data" in path.relative_to(PACKAGE).parts:
            continue
        name = ".".join(["xlsaddin", *path.relative_to(PACKAGE).with_suffix("").parts])
        found.append((name.removesuffix(".__init__"), path))
    return found


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            found |= {f"{module}.{alias.name}" for alias in node.names} if module == "xlsaddin" else {module}
    return {name for name in found if name.split(".")[0] == "xlsaddin"}


@pytest.mark.parametrize(("name", "path"), modules(), ids=lambda value: value if isinstance(value, str) else "")
def test_imports_go_down_only(name: str, path: Path) -> None:
    room = room_of(name)
    if room in {"__init__", "__main__", "xlsaddin", "api"}:
        return
    for imported in imports_of(path):
        target = room_of(imported)
        if target == room or target in BASE or imported == "xlsaddin.__version__":
            continue
        assert room not in BASE, f"base module {name} imports {imported}"
        assert RANK[target] > RANK[room], f"{name} imports upwards or sideways: {imported}"


def test_nobody_imports_the_command_line() -> None:
    importers = [n for n, p in modules() if room_of(n) not in {"cli", "__main__"} and "xlsaddin.cli" in imports_of(p)]
    assert importers == []


def test_importing_the_package_pulls_in_nothing_heavy() -> None:
    code = (
        "import sys, xlsaddin, xlsaddin.checklist.model, xlsaddin.screening.model, xlsaddin.watchlist.model;"
        f"print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_no_python_in_the_definitions_and_no_long_paths() -> None:
    assert list((PACKAGE / "data").rglob("*.py")) == []
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [path for path in tracked.splitlines() if len(path) > 150] == []
