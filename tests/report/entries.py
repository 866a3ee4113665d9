"""Results of workbooks as the batch gives them, made up for the reports."""

from __future__ import annotations

from typing import Any

USE = {
    "id": "own_watch", "title": "試験用リスト", "edition": "2026-08-01", "entries": 2, "sha256": "a" * 64,
    "age_days": 31, "stale": True, "sample": False, "usable": True,
}  # fmt: skip


def finding(code: str = "RS-REQ-001", severity: str = "error", **parts: Any) -> dict[str, Any]:
    said = {"code": code, "severity": severity, "item": "name", "sheet": "表紙", "cell": "C5"}
    return {**said, "message_ja": "氏名が空欄です。", "message_en": "The name is blank.", **parts}


def hit(**parts: Any) -> dict[str, Any]:
    said = {
        "item": "career",
        "sheet": "職歴",
        "cell": "C9",
        "query": "Examplia Inst.",
        "list": "own_watch",
        "entry": "1",
    }
    shown = {"name": "Examplia Institute", "matched": "Examplia Institute", "score": 97.0, "band": "match"}
    stands = {"ruling": "open", "standing": "pending", "period": "current", "why": ["名称が一致"], "why_en": ["same"]}
    return {**said, **shown, **stands, **parts}


def entry(path: str, level: str = "low", state: str = "final", **parts: Any) -> dict[str, Any]:
    hits = parts.get("hits", [])
    assessment = {"level": level, "score": 5, "state": state, "state_reasons": [], "contributions": [], "measures": []}
    own = {"path": path, "checklist": "researcher", "template_version": "1.0.0", "profile": "default"}
    found = {"subject": "MIDORI Taro", "status": "ok", "findings": [], "hits": hits, "to_judge": len(hits)}
    return {**own, **found, "assessment": assessment, "lists": [USE], **parts}


def unreadable(path: str) -> dict[str, Any]:
    none = {"checklist": None, "template_version": None, "subject": None, "status": "unreadable", "assessment": None}
    why = finding("RS-FILE-001", message_ja="壊れています。", message_en="It is damaged.")
    return {"path": path, **none, "findings": [why], "hits": [], "to_judge": 0, "lists": []}


def some() -> list[dict[str, Any]]:
    """Six workbooks of two departments, one of them unreadable."""
    return [
        entry("in/理学部/a.xlsx", reviewed="out/理学部/a #1.reviewed.xlsx"),
        entry("in/理学部/b.xlsx", "moderate", "provisional", hits=[hit(), hit(cell="C10")], reviewed="out/b.xlsx"),
        entry("in/工学部/c.xlsx", "high", "provisional", findings=[finding(), finding("RS-DATE-001", "warning")]),
        entry("in/工学部/d.xlsx", findings=[finding(severity="note")]),
        entry("in/工学部/e.xlsx", "critical", subject='=HYPERLINK("http://x")', department="法学部"),
        unreadable("in/工学部/f.xlsx"),
    ]
