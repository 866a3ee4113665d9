"""`xlsaddin seal` and `xlsaddin verify`: who sealed what and when, and which cell changed since."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xlsaddin.cli import exits

if TYPE_CHECKING:
    from xlsaddin.exchange.seal.sealing import Verdict

_STATES = {
    "valid": ("封印のとおりです。変更はありません。", "As sealed. Nothing changed."),
    "changed": ("封印後に変更されています。", "Changed since it was sealed."),
    "untrusted": (
        "この環境で信頼していない鍵の封印です。持ち主に鍵の番号を確かめ、「xlsaddin keys trust」で登録してください。",
        "Sealed with a key not trusted here. Compare its id with the owner and add it with “xlsaddin keys trust”.",
    ),
    "broken": (
        "封印が壊れています(署名と控えが合わないか、一方がありません)。送り主に確かめてください。",
        "The seal is broken (signature and manifest do not fit, or one is gone). Ask the sender.",
    ),
    "removed": (
        "このブックには封印の記録がありますが、この写しにはありません(外されたか、封印前の写しです)。",
        "A seal of this workbook is on record, but this copy has none (removed, or a copy from before sealing).",
    ),
    "never": ("封印されたことのないブックです。", "This workbook was never sealed."),
}
_KINDS = {"changed": "変更 changed", "added": "追加 added", "removed": "削除 removed"}


def seal(
    workbook: Annotated[Path, typer.Argument(help="封印するブック / Workbook to seal.")],
    out: Annotated[Path | None, typer.Option(help="封印した写し(既定は <名前>.sealed.xlsx) / Sealed copy.")] = None,
) -> None:
    """Freeze a workbook and seal it: answers, results, list editions and judgements as they stand now."""
    from xlsaddin.exchange.seal.keys import KeyStore
    from xlsaddin.exchange.seal.sealing import seal_workbook
    from xlsaddin.register.register import Register

    target = out or workbook.with_name(f"{workbook.stem}.sealed.xlsx")
    manifest = seal_workbook(workbook, target, KeyStore(), Register.open(), datetime.now().astimezone())
    print(f"{target}  {manifest.facts['sealed_at']}  {len(manifest.lines)} cells")


def verify(
    workbook: Annotated[Path, typer.Argument(help="確かめるブック / Workbook to look at.")],
    as_json: Annotated[bool, typer.Option("--json", help="結果を JSON で出力 / Print the results as JSON.")] = False,
) -> None:
    """Say who sealed a workbook and when, and name every cell that changed since; only keys in the store count."""
    from xlsaddin.exchange.seal.keys import KeyStore
    from xlsaddin.exchange.seal.sealing import SealState, verify_workbook
    from xlsaddin.register.place import has_register
    from xlsaddin.register.register import Register

    verdict = verify_workbook(workbook, KeyStore(), Register.open() if has_register() else None)
    if as_json:
        json.dump(_rendered(verdict), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        _print(verdict)
    raise typer.Exit(exits.CLEAN if verdict.state is SealState.VALID else exits.LOOK)


def _print(verdict: Verdict) -> None:
    print("\n".join(_STATES[verdict.state.value]))
    if verdict.key_id:
        print(f"鍵 key {verdict.key_id}  {verdict.owner or '-'}  {verdict.sealed_at or '-'}")
    if lists := verdict.facts.get("lists"):
        print(f"リスト lists {lists}")
    for change in verdict.changes:
        print(f"{_KINDS[change.kind]}  {change.place or '-'}  {change.address}")


def _rendered(verdict: Verdict) -> dict[str, object]:
    return {
        "state": verdict.state.value,
        "owner": verdict.owner or None,
        "key": verdict.key_id or None,
        "sealed_at": verdict.sealed_at or None,
        "facts": dict(verdict.facts),
        "changes": [{"kind": c.kind, "place": c.place or None, "address": c.address} for c in verdict.changes],
    }
