"""The sections of `docs/lists.md` on each list, made by `python -m xlsaddin.watchlist.page docs/lists.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from xlsaddin import files
from xlsaddin.watchlist.parsers import parsers_of
from xlsaddin.watchlist.sources import Definition, load_definitions

BEGIN, END = "<!-- lists: begin (made by python -m xlsaddin.watchlist.page; do not edit) -->", "<!-- lists: end -->"


def render_page(page: str) -> str:
    """Return the page with its section on each list made anew."""
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    sections = "\n".join(_section(known) for known in load_definitions().values() if not known.source.sample)
    return f"{before}{BEGIN}\n\n{sections}\n{END}{after}"


def _section(known: Definition) -> str:
    source = known.source
    lines = [
        f"### `{source.id}` {source.title_ja}",
        "",
        f"{source.title_en}, {source.publisher}.",
        "",
        f"- 一致の意味: {source.meaning_ja}",
        f"- What a hit means: {source.meaning_en}",
        f"- Format: {' '.join(_formats(source.id))}",
        f"- From: <{source.page_url}>; {_way(known)}.",
        f"- Licence: {source.licence}. Credible number of entries: {source.minimum:,} to {source.maximum:,}.",
    ]
    if known.undated:
        lines.append("- The file carries no date: the day it is taken in is its edition.")
    lines += [
        f"- Edition {fact.edition}: in force from {fact.in_force_from or 'not documented'}"
        f"{f' to {fact.in_force_to}' if fact.in_force_to else ''} ({fact.reference})"
        for fact in known.editions
    ]
    return "\n".join([*lines, ""])


def _formats(list_id: str) -> Iterator[str]:
    """Yield what the parsers of a list say of themselves."""
    for parser in parsers_of(list_id):
        module = sys.modules[type(parser).__module__].__doc__ or ""
        yield " ".join(module.split("\n\n")[0].split())


def _way(known: Definition) -> str:
    command = f"`xlsaddin lists update {known.source.id}`"
    return command if known.download.possible else "fetched by hand, then `xlsaddin lists import FILE`"


if __name__ == "__main__":
    target = Path(sys.argv[1])
    files.write_bytes(target, render_page(target.read_text(encoding="utf-8")).encode())
