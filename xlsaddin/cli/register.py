"""`xlsaddin register`: proof, backup, erasure, worklist, cases, screening again, replay, reports from the register."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from xlsaddin.cli import exits, register_case, register_judging, register_work
from xlsaddin.cli.register_options import (
    AFile,
    AsJson,
    AsOf,
    ASubject,
    check_choice,
    day_of,
    open_register,
    print_json,
)

if TYPE_CHECKING:
    from xlsaddin.register.erasure import Erased

app = typer.Typer(
    help="登録簿: 証明・控え・削除・作業一覧・課題・再照合・再現 / The register: proof, backup, erasure, worklist.",
    no_args_is_help=True,
)
register_case.add_to(app)
register_judging.add_to(app)
register_work.add_to(app)


@app.command()
def verify(head: Annotated[str, typer.Option(help="控えた連鎖の値 / Chain value noted earlier.")] = "") -> None:
    """監査記録とそれに対応する行が改変されていないことを確かめる / Prove the audit log, and the rows it tells of."""
    proof = open_register().verify(head)
    print(f"記録 {proof.entries}行、うち内容を削除 {proof.erased}行 / {proof.entries} lines, {proof.erased} erased")
    print(f"連鎖の値 / chain value: {proof.head}")
    if proof.broken_at is not None:
        exits.say(
            f"{proof.broken_at}行目がつながっていません。登録簿を使わずに保管し、責任者に連絡してください。",
            f"Line {proof.broken_at} does not fit. Stop using the register, keep it, and tell the person in charge.",
        )
    for row in proof.changed:
        exits.say(
            f"監査記録と合わない行があります: {row}。登録簿を使わずに保管し、控えと比べてください。",
            f"A row is not as the audit log says: {row}. Stop using the register, keep it, compare with a backup.",
        )
    if not proof.holds_head:
        exits.say(
            "控えた連鎖の値が見つかりません。末尾の記録が失われています。控えと比べてください。",
            "The chain value noted is not in the log: lines are missing at its end. Compare with a backup.",
        )
    raise typer.Exit(exits.CLEAN if proof.whole else exits.INCONCLUSIVE)


@app.command()
def backup(target: AFile) -> None:
    """控えを取り、壊れていないことを確かめる / Write a backup and prove it whole."""
    made = open_register().back_up(target)
    print(f"{made.path}\n連鎖の値 / chain value: {made.head} ({made.entries})")


@app.command()
def restore(
    source: AFile,
    yes: Annotated[bool, typer.Option("--yes", help="確認せずに置き換える / Replace without asking.")] = False,
) -> None:
    """控えで登録簿を置き換える(その後に削除した人は再び削除) / Replace the register by a backup."""
    if not yes:
        _confirm("登録簿の今の内容を置き換えます / This replaces what the register holds")
    done = open_register().restore(source)
    print(f"戻しました / restored: {done.entries}")
    if done.erased_again:
        print("再び削除 / erased again: " + ", ".join(done.erased_again))


@app.command()
def erase(
    subject: ASubject,
    reason: Annotated[str, typer.Option(help="request | retention | mistake")] = "request",
    everywhere: Annotated[
        bool, typer.Option("--everywhere", help="他の記録に残る氏名も伏せる / Black the name out elsewhere too.")
    ] = False,
    name: Annotated[list[str] | None, typer.Option(help="探す氏名(複数可) / Names to look for.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="確認せずに削除 / Erase without asking.")] = False,
) -> None:
    """一人の内容を削除する(監査記録の連鎖は保たれる) / Erase what is known of a subject."""
    from xlsaddin.register.erasure import Reason

    check_choice(reason, [one for one in Reason if one not in (Reason.NOT_HIRED, Reason.RESTORED)])
    if not yes:
        _confirm(f"{subject}: 元に戻せません / This cannot be undone")
    erased = open_register().erase(subject, reason, everywhere=everywhere, names=name or ())
    gone = [f"{table} {count}" for table, count in (*erased.counts.items(), ("■", erased.redacted)) if count]
    print(f"{subject}: " + (", ".join(gone) or "削除するものはありません / nothing to erase"))
    _tell_what_remains(erased)


def _confirm(question: str) -> None:
    """Go on only when a person says yes."""
    try:
        sure = typer.confirm(question, err=True)
    except typer.Abort:  # nobody there to answer
        sure = False
    if not sure:
        exits.say("やめました。何も変えていません。", "Stopped. Nothing was changed.")
        raise typer.Exit(exits.INCONCLUSIVE)


def _tell_what_remains(erased: Erased) -> None:
    """Say where something of an erased subject is still found, for people to decide."""
    if erased.lingers:
        exits.say(
            "他のプログラムが登録簿を使っているため、消した内容がまだログファイルに残っています。"
            "閉じてから、同じコマンドをもう一度実行してください。",
            "Another program is using the register, so that what was erased is still in its log file. "
            "Close it and run the same command again.",
        )
    if erased.named_in_rows:
        rows = ", ".join(erased.named_in_rows[:10]) + (" …" if len(erased.named_in_rows) > 10 else "")
        exits.say(
            f"氏名が他の記録にも残っています: {rows}。"
            "伏せるなら「--everywhere --name 氏名」を付けて、もう一度実行してください。",
            f"The name also stands in other rows: {rows}. To black it out, run again with --everywhere --name NAME.",
        )
    for name in erased.files:
        exits.say(
            f"登録簿の外のファイルは残っています。消してください: {name}",
            f"A file outside the register remains; delete it: {name}",
        )
    for other, checklist, version in erased.also_named_in:
        exits.say(
            f"氏名が {other} の {checklist} 第{version}版にも残っています。削除の要否を判断してください。",
            f"The name also stands in {checklist} version {version} of {other}. Decide whether to erase it there.",
        )


@app.command()
def recruited(
    subject: ASubject,
    hired: Annotated[bool, typer.Option("--hired/--not-hired", help="採用したか / Was the candidate hired?")],
    on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="決定日 / Day of the decision.")],
) -> None:
    """採用選考の結果を記録する。不採用なら集めた内容を削除 / Record a recruitment; not hired: erased."""
    if erased := open_register().close_recruitment(subject, hired=hired, on=on.date()):
        _tell_what_remains(erased)


@app.command()
def retention(
    years: Annotated[int | None, typer.Argument(min=1, help="保存年数 / Years to keep.")] = None, as_of: AsOf = None
) -> None:
    """保存期間を設定する。年数を省くと、過ぎたものの一覧 / Set the period; without it, list what is past it."""
    from xlsaddin.register.erasure import past_retention, set_retention

    register = open_register()
    if years is not None:
        with register.acting() as ledger:
            set_retention(ledger, years)
        return
    with register.looking() as session:
        due = past_retention(session, day_of(as_of))
    print("\n".join(due) or "-")
    raise typer.Exit(exits.LOOK if due else exits.CLEAN)


@app.command()
def worklist(
    role: Annotated[str | None, typer.Option(help="research_office | export_control | approver | ...")] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """担当ごとの作業一覧 / What is to be done, by whom and until when."""
    from xlsaddin.register.worklist import Role

    check_choice(role, Role)
    day = day_of(as_of)
    items = open_register().worklist(day, role)
    if as_json:
        print_json([asdict(item) for item in items])
    else:
        from xlsaddin.cli.showing import print_table
        from xlsaddin.workbook.labels import words

        headers = ("期日 due", "担当 who", "課題 case", "対象 subject", "番号 no.", "内容 what")
        rows = [
            (
                f"{item.due or '-'}{' !' if item.overdue(day) else ''}",
                item.owner or " ".join(words()[f"work_role.{item.role.value}"]),
                item.case or "-",
                item.subject or "-",
                str(item.number or "-"),
                f"{item.ja}\n{item.en}",
            )
            for item in items
        ]
        print_table(headers, rows)
    raise typer.Exit(exits.LOOK if items else exits.CLEAN)


@app.command()
def rescreen(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """新しいリストの版で照合し直し、新しい・変わったものだけを示す / Screen again; show what is new or changed."""
    found = open_register().rescreen(as_of=day_of(as_of))
    if as_json:
        print_json([asdict(change) for change in found.changes])
    else:
        for change in found.changes:
            print(f"{change.subject}  {change.query} = {change.list_id} {change.listed}  [{change.level}]")
            print(f"  {change.ja}\n  {change.en}")
    counts = f"{found.screened} / {found.unchanged} / {len(found.changes)} / {found.left_out}"
    for list_id in found.missing:
        exits.say(
            f"以前の結果が用いたリスト「{list_id}」が保存されていません。取り込んで、もう一度行ってください。",
            f"List “{list_id}”, which earlier results rest on, is not stored. Import it and try again.",
        )
    exits.say(f"照合・変化なし・変化・対象外: {counts}", f"screened, unchanged, changes, left out: {counts}")
    if not found.conclusive:
        raise typer.Exit(exits.INCONCLUSIVE)
    raise typer.Exit(exits.LOOK if found.changes else exits.CLEAN)


@app.command()
def replay(
    subject: ASubject,
    as_of: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="再現する日 / The day to go back to.")],
    checklist: Annotated[str, typer.Option(help="様式 / Form.")] = "researcher",
) -> None:
    """その日の版・規則・様式で結果を再現する / A result of an earlier day, computed again."""
    again = open_register().replay(subject, as_of.date(), checklist=checklist)
    facts = {"subject": again.subject, "version": again.version, "as_of": again.as_of, **again.recorded}
    shown = {"same": again.same, "computed": again.computed, "differences": again.differences, "causes": again.causes}
    print_json({**facts, **shown, "result": again.content})
    raise typer.Exit(exits.CLEAN if again.same else exits.LOOK if again.computed else exits.INCONCLUSIVE)


@app.command()
def export(target: AFile) -> None:
    """登録簿の表を Excel に書き出す / Write the tables of the register as a workbook."""
    open_register().export(target)
    print(target)


@app.command()
def summary(
    target: AFile,
    case: Annotated[str, typer.Option(help="課題番号 / One case only.")] = "",
    as_of: AsOf = None,
) -> None:
    """最新の結果をまとめる(.xlsx .html .csv .json) / Summarise the newest results, by the ending of the file."""
    open_register().write_summary(target, day_of(as_of), case)
    print(target)


@app.command()
def questionnaire(
    case: Annotated[str, typer.Argument(help="課題番号 / Number of the case.")],
    target: AFile,
    asked_by: Annotated[str, typer.Option(help="自己申告の内容を求めた者 / Who asked for declarations.")] = "",
    asked_on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="求められた日 / When.")] = None,
    as_of: AsOf = None,
) -> None:
    """質問票の回答を作る。個人の内容は求められたときだけ / Answer the funder's questionnaire, in stages."""
    from xlsaddin.report.questionnaire import Request, write_questionnaire

    if bool(asked_by.strip()) != bool(asked_on):
        raise typer.BadParameter("--asked-by / --asked-on: 両方が要ります / both or neither")
    request = Request(asked_by.strip(), asked_on.date()) if asked_on else None
    answers = open_register().questionnaire(case, day_of(as_of), request)
    write_questionnaire(target, answers)
    print(target)
