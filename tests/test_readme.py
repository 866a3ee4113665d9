"""What the README tells people to type exists, and the files it points to are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from xlsaddin.cli.app import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = "\n".join(README.split("```")[1::2])
COMMANDS = sorted(set(re.findall(r"^xlsaddin ([a-z]+(?: (?:import|update|install|build))?)", CODE, re.MULTILINE)))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_readme_exists(command: str) -> None:
    result = CliRunner().invoke(app, [*command.split(), "--help"])
    assert result.exit_code == 0, result.output
    assert re.search(r"[ぁ-んァ-ヶ一-龠]", result.output), f"{command} speaks no Japanese"


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\((?!http)([^)#]+)\)", README))))
def test_every_link_of_the_readme_leads_somewhere(target: str) -> None:
    assert (ROOT / target).exists()


def test_the_two_commands_are_what_make_offers_and_what_ci_runs() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for command in ("make demo", "make test"):
        assert command in README and command in ci
        assert re.search(rf"^{command.split()[1]}:", makefile, re.MULTILINE)
