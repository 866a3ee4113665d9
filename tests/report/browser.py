"""A real browser without a window, driven through its debugging pipe: opens a page, types, looks at what is shown."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")


class Page:
    """One open page.

    Attributes:
        complaints: what the browser reported: blocked content, script errors; requests: addresses it asked for.
    """

    def __init__(self, commands: int, answers: int) -> None:
        self._commands, self._answers = commands, answers
        self._numbers = itertools.count(1)
        self._rest, self._session = b"", ""
        self.complaints: list[str] = []
        self.requests: list[str] = []

    def open(self, path: Path) -> None:
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Page.navigate", url=path.as_uri())
        while self._receive().get("method") != "Page.loadEventFired":
            pass

    def value(self, expression: str) -> Any:
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def type_into(self, selector: str, text: str) -> None:
        self.value(f"document.querySelector({json.dumps(selector)}).focus()")
        self.call("Input.insertText", text=text)

    def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        number = next(self._numbers)
        command = {"id": number, "method": method, "params": arguments}
        if self._session:
            command["sessionId"] = self._session
        os.write(self._commands, json.dumps(command).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            part = os.read(self._answers, 65536)
            if not part:
                raise RuntimeError("the browser ended")
            self._rest += part
        line, self._rest = self._rest.split(b"\0", 1)
        answer: dict[str, Any] = json.loads(line)
        match answer.get("method"):
            case "Log.entryAdded":
                self.complaints.append(answer["params"]["entry"]["text"])
            case "Runtime.exceptionThrown":
                self.complaints.append(answer["params"]["exceptionDetails"]["text"])
            case "Network.requestWillBeSent":
                self.requests.append(answer["params"]["request"]["url"])
        return answer


@contextmanager
def open_page(path: Path) -> Iterator[Page]:
    """Yield a page opened in a real browser."""
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise RuntimeError("no Chromium is installed: run .ci/system-packages")
    their_commands, our_commands = os.pipe()
    our_answers, their_answers = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = f"--headless --no-sandbox --disable-gpu --remote-debugging-pipe --user-data-dir={profile}"
        wired = f'exec "{program}" {options} 3<&{their_commands} 4>&{their_answers}'
        browser = subprocess.Popen(
            ["bash", "-c", wired],
            pass_fds=(their_commands, their_answers),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(their_commands)
        os.close(their_answers)
        try:
            page = Page(our_commands, our_answers)
            page.open(path)
            yield page
        finally:
            os.close(our_commands)
            os.close(our_answers)
            browser.terminate()
            browser.wait(20)
