"""A real PostgreSQL for the tests: made in a folder of its own, started on a free port, thrown away."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_USER = "postgres"


@contextmanager
def running_server() -> Iterator[str]:
    """Yield the address of a running server without its database: `postgresql+pg8000://user@host:port/`."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="register-pg-"))
    data = folder / "data"
    as_user = _as_user(folder)
    try:
        create = [programs / "initdb", "-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
        subprocess.run(create, check=True, capture_output=True, **as_user)
        port = _free_port()
        options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} -c fsync=off -c max_connections=60"
        control = [programs / "pg_ctl", "-D", data, "-w"]
        start = [*control, "-l", folder / "log", "-o", options, "start"]
        subprocess.run(start, check=True, stdout=subprocess.DEVNULL, **as_user)
        try:
            yield f"postgresql+pg8000://{_USER}@127.0.0.1:{port}/"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL, **as_user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not places:
        raise RuntimeError("PostgreSQL is not installed: run .ci/system-packages, or put initdb on the path")
    return places[-1]


def _as_user(folder: Path) -> dict[str, Any]:
    """Return how to run as an ordinary user: PostgreSQL refuses to run as the administrator."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return {"cwd": folder}
    shutil.chown(folder, _USER, _USER)
    return {"user": _USER, "group": _USER, "extra_groups": [], "cwd": folder}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
