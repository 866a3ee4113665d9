"""`xlsaddin register case`: one case as a whole, and the overview of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from xlsaddin.cli import exits
from xlsaddin.cli.register_options import AsJson, AsOf, day_of, open_register, print_json

if TYPE_CHECKING:
    from xlsaddin.register.roll_up import CaseOverview, Member


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("case")(show_case)


def show_case(
    number: Annotated[str, typer.Argument(help="課題番号(省くと一覧) / Number; without it, all cases.")] = "",
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """課題のまとめ: 未提出者、区分、不足、措置 / A case: who is missing, level, gaps, measures."""
    register, day = open_register(), day_of(as_of)
    cases = [register.case(one, day) for one in ([number] if number else register.cases())]
    if as_json:
        rendered = [_render(case) for case in cases]
        print_json(rendered[0] if number else rendered)
    elif number:
        _print_case(cases[0])
    else:
        _print_all(cases)
    raise typer.Exit(exits.LOOK if any(case.gaps for case in cases) else exits.CLEAN)


def _print_case(case: CaseOverview) -> None:
    from xlsaddin.cli.showing import print_table

    print(_headline(case))
    missing = ", ".join(member.shown for member in case.missing)
    print(f"未提出 / not yet submitted {len(case.missing)} / {len(case.members)}: {missing or '-'}")
    gaps = _gaps(case)
    headers = ("対象 subject", "部署 department", "役割 role", "区分 level", "状態 state", "DD", "不足 gaps")
    rows = [
        (
            member.shown,
            member.department or "-",
            _role(member),
            _levels(member),
            _states(member),
            _shown("questionnaire_answer", member.due_diligence.value),
            "\n".join(_shown("gap", gap) for gap in gaps.get(member.code, ())) or "-",
        )
        for member in case.members
    ]
    print_table(headers, rows)
    if case.measures:
        listed = [
            (
                str(one.id),
                one.subject_code,
                one.text or one.kind,
                _shown("measure_status", one.status),
                one.owner or "-",
                str(one.due or "-"),
            )
            for one in case.measures
        ]
        print_table(("番号 no.", "対象 subject", "措置 measure", "状態 state", "実施者 owner", "期日 due"), listed)


def _print_all(cases: list[CaseOverview]) -> None:
    for case in cases:
        print(f"{_headline(case)}  未提出/missing {len(case.missing)}/{len(case.members)}  不足/gaps {len(case.gaps)}")


def _headline(case: CaseOverview) -> str:
    level = _shown("level", case.level.key) if case.level is not None else "-"
    state = _shown("result_state", case.state.value)
    left = f" ({case.days_left:+d}日/days)" if case.days_left is not None else ""
    return f"{case.number} {case.title}  {level}  {state}  期限/deadline {case.deadline or '-'}{left}"


def _levels(member: Member) -> str:
    """Return the level, of each institution where two check the same Co-PI."""
    if member.result is None:
        return "-"
    if not member.layers:
        return _shown("level", member.result.level)
    return "\n".join(f"{_shown('institution', layer)}: {_shown('level', level)}" for layer, level, _ in member.layers)


def _states(member: Member) -> str:
    if member.result is None:
        return "-"
    states = [state for _, _, state in member.layers] or [member.result.state]
    return "\n".join(_shown("result_state", state) for state in states)


def _role(member: Member) -> str:
    """Return the part of a person, or what kind of body or paper it is."""
    from xlsaddin.checklist.loading import checklist_keys, load_checklist

    if member.kind != "person":
        return load_checklist(member.kind).title_ja if member.kind in checklist_keys() else member.kind
    choices = {choice.key: choice for choice in load_checklist("researcher").choices["person_role"]}
    found = choices.get(member.role)
    return f"{found.ja} {found.en}" if found else member.role or "-"


def _shown(group: str, key: str) -> str:
    """Return a key as people know it, in both languages; as it is where it has no words."""
    from xlsaddin.workbook.labels import words

    return " ".join(words().get(f"{group}.{key}", (key,)))


def _gaps(case: CaseOverview) -> dict[str, list[str]]:
    return {code: [gap.value for found, gap in case.gaps if found == code] for code, _ in case.gaps}


def _render(case: CaseOverview) -> dict[str, Any]:
    gaps = _gaps(case)
    return {
        "number": case.number,
        "title": case.title,
        "funder": case.funder,
        "role": case.role,
        "deadline": case.deadline,
        "days_left": case.days_left,
        "level": case.level.key if case.level is not None else None,
        "state": case.state.value,
        "missing": [member.code for member in case.missing],
        "members": [
            {
                "subject": member.code,
                "kind": member.kind,
                "role": member.role,
                "department": member.department,
                "version": member.version,
                "declared_on": member.declared_on,
                "level": member.result.level if member.result else None,
                "state": member.result.state if member.result else None,
                "layers": [{"layer": layer, "level": level, "state": state} for layer, level, state in member.layers],
                "due_diligence": member.due_diligence.value,
                "gaps": gaps.get(member.code, []),
            }
            for member in case.members
        ],
        "measures": [
            {
                "number": one.id,
                "subject": one.subject_code,
                "kind": one.kind,
                "required": one.required,
                "status": one.status,
                "owner": one.owner,
                "due": one.due,
                "done_on": one.done_on,
            }
            for one in case.measures
        ],
    }
