"""The command `xlsaddin` put together from its commands. Each command imports what it needs when it runs."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from xlsaddin import __version__
from xlsaddin.cli import addin, exits, keys, lists, register
from xlsaddin.cli.check import check
from xlsaddin.cli.collect import collect
from xlsaddin.cli.demo import demo
from xlsaddin.cli.diff import diff
from xlsaddin.cli.distribute import distribute
from xlsaddin.cli.letter import letter
from xlsaddin.cli.release import release
from xlsaddin.cli.remind import remind
from xlsaddin.cli.residency import residency
from xlsaddin.cli.returning import mended, return_form
from xlsaddin.cli.route import route
from xlsaddin.cli.screen import screen
from xlsaddin.cli.send import send
from xlsaddin.cli.template import template
from xlsaddin.cli.verify import seal, verify
from xlsaddin.cli.watch import watch

app = typer.Typer(
    name="xlsaddin",
    help="研究セキュリティのチェックリストを Excel で作成・点検・照合・評価する / "
    "Research-security checklists in Excel: build, check, screen, assess.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for command in (
    demo,
    template,
    check,
    screen,
    residency,
    distribute,
    send,
    collect,
    watch,
    remind,
    letter,
    mended,
    release,
    route,
    diff,
    seal,
    verify,
):
    app.command()(command)
app.command("return")(return_form)
app.add_typer(lists.app, name="lists")
app.add_typer(keys.app, name="keys")
app.add_typer(register.app, name="register")
app.add_typer(addin.app, name="addin")


@app.callback()
def start(
    version: Annotated[bool, typer.Option("--version", help="版を表示 / Print the version.", is_eager=True)] = False,
) -> None:
    """Print the version and stop when asked to."""
    if version:
        print(f"xlsaddin {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(exits.run(app))
