"""The command line: Typer commands, exit codes, the only place that prints and exits. Nobody imports it."""

from xlsaddin.cli.app import main

__all__ = ["main"]
