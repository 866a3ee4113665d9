"""`xlsaddin register`: cases and members, measures, follow-up, corrections, experience to share."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from xlsaddin.cli import exits
from xlsaddin.cli.register_options import (
    ACase,
    AFile,
    ANumber,
    AsJson,
    ASubject,
    Due,
    On,
    Why,
    check_choice,
    day_of,
    open_register,
    print_json,
)

_PERSONAL = ("researcher", "integrity")
"""Forms of a person."""

_Text = Annotated[str, typer.Argument(help="内容 / What.")]
_OneCase = Annotated[str, typer.Option("--case", help="課題番号 / Number of the case.")]
_OneSubject = Annotated[str, typer.Option("--subject", help="申告者ID / ID of the subject.")]
_Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]

measure = typer.Typer(help="措置の採否・実施 / Measures: agree, decline, done.", no_args_is_help=True)
correction = typer.Typer(help="申告の訂正(手順書3-5) / Corrections of declarations.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("add-case")(add_case)
    for command in (member, roster, plan, done, experience, experiences):
        app.command()(command)
    app.add_typer(measure, name="measure")
    app.add_typer(correction, name="correction")


def add_case(
    number: ACase,
    title: Annotated[str | None, typer.Option(help="課題名 / Title.")] = None,
    funder: Annotated[str | None, typer.Option(help="資金配分機関 / Funder.")] = None,
    role: Annotated[str | None, typer.Option(help="lead | joint")] = None,
    profile: Annotated[str | None, typer.Option(help="プロファイル / Funder profile.")] = None,
    deadline: _Day = None,
    started_on: _Day = None,
    closed_on: _Day = None,
) -> None:
    """課題を登録し、又は変更する / Register a case or change its facts."""
    from xlsaddin.checklist.institutions import Institution
    from xlsaddin.checklist.profiles import load_profile

    check_choice(role, Institution)
    if profile is not None:
        load_profile(profile)
    texts = {"title": title, "funder": funder, "role": role, "profile": profile}
    days = {"deadline": deadline, "started_on": started_on, "closed_on": closed_on}
    facts: dict[str, Any] = {key: text for key, text in texts.items() if text is not None}
    facts |= {key: day.date() for key, day in days.items() if day is not None}
    open_register().record_case(number, **facts)


def member(
    case: ACase,
    subject: ASubject,
    name: Annotated[str, typer.Option(help="氏名・名称 / Name.")] = "",
    kind: Annotated[str, typer.Option(help="person | partner | supporter | contract")] = "person",
    department: Annotated[str, typer.Option(help="部署 / Department.")] = "",
    role: Annotated[str | None, typer.Option(help="pi | co_pi | participant | student | candidate")] = None,
    joined_on: _Day = None,
    left_on: _Day = None,
) -> None:
    """課題に加わる人・機関を登録し、参画日・離脱日を記録する / Register who or what is part of a case."""
    from xlsaddin.checklist.loading import checklist_keys, load_checklist

    check_choice(role, [choice.key for choice in load_checklist("researcher").choices["person_role"]])
    check_choice(kind, ["person", *(key for key in checklist_keys() if key not in _PERSONAL)])
    facts: dict[str, Any] = {} if role is None else {"role": role}
    facts |= {key: day.date() for key, day in (("joined_on", joined_on), ("left_on", left_on)) if day is not None}
    open_register().record_member(case, subject, kind=kind, name=name, department=department, **facts)


def roster(workbook: AFile) -> None:
    """配布名簿の課題と対象者を登録する(部署も) / Register the cases and subjects of a roster, departments too."""
    from xlsaddin.checklist.loading import load_checklist
    from xlsaddin.checklist.words import find_choice
    from xlsaddin.cli.showing import print_findings
    from xlsaddin.exchange.roster.reading import read_roster
    from xlsaddin.findings import Severity

    read = read_roster(workbook, day_of(None))
    errors = [finding for finding in read.findings if finding.severity is Severity.ERROR]
    if errors:
        print_findings(errors)
        raise typer.Exit(exits.INCONCLUSIVE)
    register = open_register()
    for case in read.cases:
        facts = {"title": case.title, "funder": case.funder, "deadline": case.deadline, "profile": case.profile}
        register.record_case(case.number, **{key: value for key, value in facts.items() if value})
    roles = load_checklist("researcher").choices["person_role"]
    for subject in read.subjects:
        role = find_choice(str(subject.facts.get("role") or ""), roles)
        kind = "person" if subject.form in _PERSONAL else subject.form
        department = str(subject.facts.get("department") or "")
        for case in subject.cases:
            stated = {"name": subject.name, "department": department} | ({"role": role.key} if role else {})
            register.record_member(case.number, subject.id, kind=kind, **stated)
    print(f"課題 {len(read.cases)}、対象 {len(read.subjects)} / cases, subjects")


@measure.command("agree")
def agree_measure(
    number: ANumber, owner: Annotated[str, typer.Option(help="実施者 / Who.")], due: Due, reason: Why = ""
) -> None:
    """措置を採ると決める / Agree on a proposed measure."""
    open_register().agree_measure(number, owner=owner, due=due.date(), reason=reason)


@measure.command("decline")
def decline_measure(number: ANumber, reason: Why) -> None:
    """措置を見送る(理由が要る) / Decline a proposed measure, with the reason."""
    open_register().decline_measure(number, reason=reason)


@measure.command("done")
def complete_measure(
    number: ANumber, evidence: Annotated[str, typer.Option(help="証跡 / Evidence.")], on: On = None
) -> None:
    """措置を実施した / An agreed measure was carried out."""
    open_register().complete_measure(number, on=day_of(on), evidence=evidence)


def plan(
    text: _Text,
    due: Due,
    role: Annotated[str, typer.Option(help="担当 / Role: research_office, export_control ...")] = "research_office",
    case: _OneCase = "",
    subject: _OneSubject = "",
) -> None:
    """することを期日を付けて予定する / Plan something by a day."""
    from xlsaddin.register.worklist import Role

    check_choice(role, Role)
    print(open_register().plan_follow_up(text, due=due.date(), role=role, case=case, subject=subject))


def done(number: ANumber, on: On = None) -> None:
    """予定したことを済ませた / Something planned was done."""
    open_register().finish_follow_up(number, day_of(on))


def experience(
    case: ACase,
    kind: Annotated[str, typer.Argument(help="near_miss | good_example (ヒヤリハット・好事例)")],
    text: _Text,
    on: On = None,
    may_be_shared: Annotated[bool, typer.Option("--may-be-shared", help="提供可 / May be provided.")] = False,
    anonymous: Annotated[bool, typer.Option("--anonymous", help="匿名化済み / Anonymised.")] = False,
) -> None:
    """ヒヤリハット・好事例を記録する(3-5) / Note a near miss or a good example."""
    if kind not in ("near_miss", "good_example"):
        raise typer.BadParameter("near_miss | good_example")
    told = {"may_be_shared": may_be_shared, "anonymous": anonymous}
    print(open_register().note_experience(case, kind, text, day_of(on), **told))


def experiences(
    case: _OneCase = "",
    shareable: Annotated[bool, typer.Option("--shareable", help="提供できるもの / What may be provided.")] = False,
    as_json: AsJson = False,
) -> None:
    """ヒヤリハット・好事例の一覧 / Near misses and good examples, to be provided when asked."""
    from xlsaddin.cli.showing import print_table

    found = open_register().experiences(case, shareable=shareable)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    rows = [
        (str(one.noted_on), one.case, one.kind, "可 yes" if one.may_be_shared and one.anonymous else "-", one.text)
        for one in found
    ]
    print_table(("年月日 on", "課題 case", "区分 kind", "提供 share", "内容 what"), rows)


@correction.command("add")
def add_correction(
    case: ACase,
    subject: ASubject,
    item: Annotated[str, typer.Argument(help="項目 / Item.")],
    before: Annotated[str, typer.Option(help="訂正前 / Before.")],
    after: Annotated[str, typer.Option(help="訂正後 / After.")],
    found_on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="判明日 / Found on.")],
    cause: Annotated[str, typer.Option(help="経緯 / How it came about.")] = "",
    effect: Annotated[str, typer.Option(help="影響 / Effect.")] = "",
) -> None:
    """申告の誤りを記録する / Record an error found in a declaration."""
    said = {"before": before, "after": after, "cause": cause, "effect": effect}
    print(open_register().record_correction(case, subject, item, found_on=found_on.date(), **said))


@correction.command("draft")
def draft_correction(
    number: ANumber,
    target: AFile,
    institution: Annotated[str, typer.Option(help="機関名 / Institution.")],
    contact: Annotated[str, typer.Option(help="問い合わせ先 / Contact.")],
    to: Annotated[str, typer.Option(help="宛先 / Address.")] = "",
) -> None:
    """資金配分機関への報告の下書き(.eml)を作る / Draft the report to the funder."""
    write_report(number, target, institution=institution, contact=contact, to=to)
    print(target)


def write_report(number: int, target: Path, *, institution: str, contact: str, to: str) -> None:
    """Write the report of a correction as an unsent mail; what is not known yet says so."""
    from xlsaddin.exchange.mail.draft import Draft, write_draft
    from xlsaddin.exchange.mail.texts import load_text

    known = open_register().correction(number)
    later_ja, later_en = "(確認中。分かり次第報告します)", "(being looked into; to be reported)"
    facts = {
        "recipient": known.funder or "資金配分機関",
        "institution": institution,
        "contact": contact,
        "case": known.case,
        "item": known.item,
        "before": known.before or "-",
        "after": known.after or "-",
        "found_on": known.found_on,
        "cause": known.cause or later_ja,
        "cause_en": known.cause or later_en,
        "effect": known.effect or later_ja,
        "effect_en": known.effect or later_en,
        "redone_on": known.redone_on or "(これから / to follow)",
    }
    subject, body = load_text("error_report").render(facts)
    write_draft(Draft(f"correction/{number}", "", (to,) if to else (), subject, body), target)


@correction.command("reported")
def report_correction(number: ANumber, on: On = None) -> None:
    """資金配分機関に報告した / The funder was told."""
    open_register().report_correction(number, day_of(on))


@correction.command("redone")
def redo_due_diligence(number: ANumber, on: On = None) -> None:
    """修正した情報でDDをやり直した / Due diligence was redone on the corrected declaration."""
    open_register().redo_due_diligence(number, day_of(on))
