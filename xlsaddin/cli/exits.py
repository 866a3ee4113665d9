"""Exit codes and the last line of defence: every error ends as one clear sentence on stderr.

0 nothing to look at; 1 findings, hits to review or an unreadable file among others; 2 inconclusive or nothing ran.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

from xlsaddin import log
from xlsaddin.errors import XlsAddinError

CLEAN, LOOK, INCONCLUSIVE = 0, 1, 2
_INTERRUPTED = 130
"""What Typer makes of an interruption from the keyboard."""


def run(command: Callable[[], object]) -> int:
    """Run a command and return its exit code; a sentence instead of a traceback in every case."""
    try:
        result = command()
    except XlsAddinError as error:
        say(error.ja, error.en)
    except (KeyboardInterrupt, typer.Abort):
        _say_interrupted()
    except SystemExit as ending:
        if ending.code != _INTERRUPTED:
            raise
        _say_interrupted()
    except OSError as error:
        say(_os_sentence_ja(error), _os_sentence_en(error))
    except Exception as error:  # the boundary: whatever it is, the user gets a sentence and support gets a log
        log.note_error("command", error)
        path = log.log_path()
        say(
            f"予期しない問題で止まりました({type(error).__name__})。記録を添えて担当者に連絡してください: {path}",
            f"Stopped by an unexpected problem ({type(error).__name__}). Log: {path}. Send it to your support.",
        )
    else:
        return result if isinstance(result, int) else CLEAN
    return INCONCLUSIVE


def _say_interrupted() -> None:
    say("中断しました。途中のファイルは残していません。", "Stopped. No half-written file was left.")


def say(ja: str, en: str) -> None:
    """Print one sentence in both languages to stderr."""
    print(f"{ja}\n{en}", file=sys.stderr)


def _os_sentence_ja(error: OSError) -> str:
    place, reason = error.filename or "-", error.strerror or error
    return f"ファイルを読み書きできません: {place} ({reason})。場所と権限を確認してください。"


def _os_sentence_en(error: OSError) -> str:
    return f"Cannot read or write {error.filename or '-'} ({error.strerror or error}). Check the place and permissions."
