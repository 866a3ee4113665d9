"""Run every benchmark in one go and print their tables: `make bench`, or `python -m bench NAME` for one.

With `--write` those that have a section in docs/scale.md put their figures there.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench


def main() -> None:
    """Run the benchmarks named, all when none is."""
    named = [name for name in sys.argv[1:] if not name.startswith("-")]
    for name in named or sorted(module.name for module in pkgutil.iter_modules(bench.__path__)):
        if name.startswith("_"):
            continue
        package = f"bench.{name}"
        module = importlib.import_module(package)
        if hasattr(module, "__path__"):
            module = importlib.import_module(f"{package}.__main__")
        print(f"\n## {name}\n", flush=True)
        module.main()


if __name__ == "__main__":
    main()
