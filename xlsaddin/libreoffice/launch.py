"""Starting a soffice of our own on a private pipe, and ending it."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from xlsaddin.libreoffice import runtime
from xlsaddin.libreoffice.runtime import OfficeError

_QUIET = ("--norestore", "--nologo", "--nodefault", "--nofirststartwizard")
_UNSEEN = ("--headless", "--invisible")


def start_soffice(profile: Path, *, visible: bool = False) -> tuple[subprocess.Popen[bytes], str]:
    """Start soffice with a user profile; returns the process and the name of the pipe it listens on."""
    pipe = f"xlsaddin{secrets.token_hex(12)}"
    command = [
        str(runtime.find_soffice()),
        *_QUIET,
        *(() if visible else _UNSEEN),
        f"-env:UserInstallation={profile.as_uri()}",
        f"--accept=pipe,name={pipe};urp;",
    ]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True), pipe


def connect(process: subprocess.Popen[bytes], pipe: str, timeout: float) -> Any:
    """Return the component context of the office behind a pipe, once it answers."""
    uno = runtime.load_uno()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    refused = uno.getClass("com.sun.star.connection.NoConnectException")
    end = time.monotonic() + timeout
    while time.monotonic() < end and process.poll() is None:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except refused:
            time.sleep(0.05)
    if process.poll() is not None:
        raise OfficeError("RS-OFFICE-006", exit_code=process.returncode)
    raise OfficeError("RS-OFFICE-003", seconds=int(timeout))


def end_soffice(process: subprocess.Popen[bytes]) -> None:
    """End soffice at once, with the processes it started."""
    with contextlib.suppress(ProcessLookupError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)
