"""`xlsaddin register hits`, `judge`, `approve`, `interest`, `decide`, `approve-decision`: what a person judges."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from xlsaddin.cli import exits
from xlsaddin.cli.register_options import (
    ACase,
    ANumber,
    AsJson,
    ASubject,
    By,
    On,
    Why,
    check_choice,
    day_of,
    open_register,
    print_json,
)

if TYPE_CHECKING:
    from xlsaddin.register.register import Register

_DISPOSITIONS = {"same": "true_match", "not_same": "false_positive", "undecided": "inconclusive"}

_Body = Annotated[str, typer.Argument(help="hits の body 又は リスト:番号 / Body, or LIST:ENTRY, as in “hits”.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (hits, judge, approve, interest, decide):
        app.command()(command)
    app.command("approve-decision")(approve_decision)


def hits(
    subject: Annotated[str, typer.Argument(help="申告者ID(省くと全員) / One subject only.")] = "",
    as_json: AsJson = False,
) -> None:
    """判断待ち・承認待ちのヒット / Hits that wait for a judgement or its approval."""
    from xlsaddin.cli.showing import print_table

    found = open_register().open_hits(subject)
    if as_json:
        print_json([asdict(hit) for hit in found])
    else:
        headers = (
            "要否 must",
            "対象 subject",
            "申告の名称 declared",
            "掲載名 listed",
            "リスト list",
            "一致度",
            "状態",
            "body",
        )
        rows = [
            (
                "要 must" if hit.must else "参考",
                hit.subject,
                "\n".join(hit.queries),
                hit.listed,
                f"{hit.list_id}:{hit.entry}",
                f"{hit.score:.1f}",
                hit.ruling.value,
                hit.body,
            )
            for hit in found
        ]
        print_table(headers, rows)
    raise typer.Exit(exits.LOOK if found else exits.CLEAN)


def judge(
    subject: ASubject,
    body: _Body,
    disposition: Annotated[str, typer.Argument(help="same | not_same | undecided (同一・別・判断できない)")],
    by: By,
    reason: Why,
    on: On = None,
    approver: Annotated[str, typer.Option(help="承認者(別の方) / A second person who approves.")] = "",
    relation: Annotated[str, typer.Option(help="関係の評価 / What the tie means.")] = "",
) -> None:
    """ヒットを判断し、最新の結果に反映する / Judge a hit; the newest result follows at once."""
    from xlsaddin.screening.model import Disposition, Judgement

    check_choice(disposition, _DISPOSITIONS)
    register = open_register()
    judgement = Judgement(
        Disposition(_DISPOSITIONS[disposition]), relation, reason, by, judged_on=day_of(on), approver=approver
    )
    register.record_judgement(subject, _find_body(register, subject, body), judgement)
    _follow(register, subject)


def approve(subject: ASubject, body: _Body, by: By) -> None:
    """判断を別の方が承認する / A second person approves the judgement that stands."""
    register = open_register()
    register.approve_judgement(subject, _find_body(register, subject, body), by)
    _follow(register, subject)


def interest(
    case: ACase,
    officer: Annotated[str, typer.Argument(help="担当者の氏名 / Name of the officer.")],
    kind: Annotated[str, typer.Argument(help="none | self | own_case | own_group | coauthor | other")],
    subject: Annotated[str, typer.Option(help="一人についてだけなら申告者ID / About one subject only.")] = "",
    on: On = None,
) -> None:
    """利害関係の有無を記録する / Record what an officer states about interests in a case."""
    from xlsaddin.register.conflicts import Conflict

    check_choice(kind, Conflict)
    open_register().state_interest(officer, case, kind, day_of(on), subject)


def decide(
    subject: ASubject,
    kind: Annotated[str, typer.Argument(help="critical | exception")],
    outcome: Annotated[str, typer.Option(help="決めたこと / What is decided.")],
    by: By,
    reason: Why,
    matter: Annotated[str, typer.Option(help="対象の事項 / What it is about.")] = "",
    case: Annotated[str, typer.Option(help="課題番号 / Number of the case.")] = "",
    on: On = None,
) -> None:
    """「極めて高」や例外についての組織の決定(別の方の承認が要る) / A decision that takes two persons."""
    check_choice(kind, ("critical", "exception"))
    facts = {"outcome": outcome, "reason": reason, "by": by, "matter": matter, "case": case}
    print(open_register().decide(subject, kind, on=day_of(on), **facts))


def approve_decision(number: ANumber, by: By, on: On = None) -> None:
    """決定を別の方が承認する / A second person approves a decision."""
    open_register().approve_decision(number, by=by, on=day_of(on))


def _find_body(register: Register, subject: str, body: str) -> str:
    """Return the body that a person named by its list and entry number, else what they wrote."""
    named = {f"{hit.list_id}:{hit.entry}": hit.body for hit in register.open_hits(subject)}
    return named.get(body, body)


def _follow(register: Register, subject: str) -> None:
    """Bring the newest result of a subject up to what is judged now, and say what it is."""
    from xlsaddin.workbook.labels import words

    again = register.rescreen(subject=subject)
    for entry in register.entries():
        if entry["subject"].split()[0] == subject and entry["assessment"]:
            level = " ".join(words()[f"level.{entry['assessment']['level']}"])
            state = " ".join(words()[f"result_state.{entry['assessment']['state']}"])
            print(f"{subject} {entry['checklist']}: {level}  {state}  判断待ち to judge {entry['to_judge']}")
    if not again.conclusive:
        exits.say(
            "判断は記録しましたが、使えないリストがあるため結果は次の点検まで変わりません。",
            "The judgement is recorded. A list could not be used, so the result follows at the next check.",
        )
