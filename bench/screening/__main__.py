"""`python -m bench.screening`: print every table and write `docs/screening-quality.md`."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from bench.screening import quality, speed, wide
from bench.screening.material import AS_OF, load_store, open_all
from bench.screening.tables import Page

_HEAD = f"""# How good screening is

Measured by `python -m bench.screening` on the real lists and the cases of the data folder, as of {AS_OF}; this page is
written by it. The thresholds and weights in `data/parameters/screening.toml` rest on these figures. They were set
while looking at all of the development cases named below: there is no untouched half, so figures on other cases will
be lower. Where a table names halves, only the threshold was chosen on one and used on the other. Figures of engines
that are not run here are marked as taken from the issue. Times were taken on a machine that did other work as well.
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["XLSADDIN_HOME"] = home
        screener = open_all(load_store(Path(home)))
        page = Page([_HEAD])
        page.heading("Lists")
        page.table(("list", "edition", "entries"), [(u.id, u.edition, u.entries) for u in screener.uses])
        quality.measure_meti(page, screener)
        quality.measure_universities(page, screener)
        quality.measure_scripts(page, screener)
        wide.measure_wide(page, screener)
        quality.measure_pairs(page)
        quality.measure_books(page, screener)
        speed.measure_speed(page, screener)
        speed.measure_growth(page, screener)
    target = Path(__file__).parents[2] / "docs" / "screening-quality.md"
    target.write_text("\n".join(page.lines), encoding="utf-8")


if __name__ == "__main__":
    main()
