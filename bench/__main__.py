"""Run every benchmark in one go and print their tables: `make bench`, or `python -m bench NAME` for one.

With `--write` those that have a section in docs/scale.md put their figures there.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil

import bench


def main() -> None:
    """Run the benchmarks named, all when none is."""
    known = sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_"))
    parser = argparse.ArgumentParser(prog="python -m bench", description="Run the benchmarks named, all when none is.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(known))
    parser.add_argument("--count", type=int, help="how many workbooks or names, of those that take any number")
    parser.add_argument("--write", action="store_true", help="put figures into docs/scale.md")
    given = parser.parse_args()
    named, counts = given.names, () if given.count is None else (given.count,)
    if unknown := sorted(set(named) - set(known)):
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(known)}")
    for name in named or known:
        package = f"bench.{name}"
        module = importlib.import_module(package)
        if hasattr(module, "__path__"):
            module = importlib.import_module(f"{package}.__main__")
        print(f"\n## {name}\n", flush=True)
        module.main(*counts)


if __name__ == "__main__":
    main()
