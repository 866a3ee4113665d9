"""The command line under test: one folder of state, subprocesses, parsed results."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.acceptance.filling import Answers, fill, open_book

AS_OF = "2026-09-01"
COMMAND = Path(sys.executable).with_name("xlsaddin")


@dataclass(frozen=True)
class Run:
    """What one call of the command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.out)
        return document


@dataclass(frozen=True)
class Form:
    """A filled workbook to be made: kind of checklist, answers, language and profile of the template."""

    kind: str
    answers: Answers
    lang: str = "ja"
    profile: str = "default"


@dataclass
class Product:
    """An installation with its own folder of state; `work` receives templates and workbooks."""

    home: Path
    work: Path
    templates: dict[tuple[str, str, str], Path] = field(default_factory=dict)

    def run(self, *arguments: object, expect: int | None = None, timeout: float = 240) -> Run:
        """Call the command; `expect` is the exit code it must end with."""
        environment = os.environ | {"XLSADDIN_HOME": str(self.home), "COLUMNS": "200", "NO_COLOR": "1"}
        done = subprocess.run(
            [COMMAND, *map(str, arguments)],
            capture_output=True,
            encoding="utf-8",
            env=environment,
            cwd=self.work,
            timeout=timeout,
            check=False,
        )
        run = Run(done.returncode, done.stdout, done.stderr)
        assert "Traceback" not in run.err + run.out, run.err
        assert expect is None or run.code == expect, f"exit {run.code}\n{run.out[-2000:]}\n{run.err[-2000:]}"
        return run

    def template(self, kind: str, lang: str = "ja", profile: str = "default") -> Path:
        """Return an empty workbook, made once a session."""
        key = (kind, lang, profile)
        if key not in self.templates:
            folder = self.work / "templates" / f"{lang}-{profile}"
            self.run("template", kind, "--out", folder, "--lang", lang, "--profile", profile, expect=0)
            self.templates[key] = folder / f"{kind}.xlsx"
        return self.templates[key]

    def write(self, form: Form, path: Path) -> Path:
        """Fill a template and save it as `path`."""
        book = open_book(self.template(form.kind, form.lang, form.profile))
        fill(book, form.answers, "Given" if form.lang == "en" else "あり")
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)
        return path

    def write_all(self, forms: Mapping[str, Form], folder: Path) -> Path:
        for name, form in forms.items():
            self.write(form, folder / f"{name}.xlsx")
        return folder

    def check(self, *paths: Path, out: Path, as_of: str = AS_OF, expect: int | None = None, **options: str) -> Checked:
        """Run `check --json` over files or folders."""
        more = [part for key, value in options.items() for part in (f"--{key}", value)]
        run = self.run("check", *paths, "--out", out, "--as-of", as_of, "--json", *more, expect=expect)
        return Checked(run, run.json, out)

    def check_forms(self, forms: Mapping[str, Form], folder: Path, **options: Any) -> Checked:
        """Fill and check forms in one call; results are found by the names given here."""
        return self.check(self.write_all(forms, folder / "received"), out=folder / "reviewed", **options)

    def screen(self, *names: str, options: tuple[str, ...] = ()) -> dict[str, Any]:
        return self.run("screen", *names, "--json", *options).json


@dataclass(frozen=True)
class Checked:
    """The document `check --json` printed, and where the reviewed copies are."""

    run: Run
    document: dict[str, Any]
    folder: Path

    def __getitem__(self, name: str) -> Seen:
        (found,) = [one for one in self.document["workbooks"] if Path(one["path"]).name == f"{name}.xlsx"]
        return Seen(found, self.folder / f"{name}.reviewed.xlsx")


@dataclass(frozen=True)
class Seen:
    """One workbook of a check: its part of the document, and its reviewed copy."""

    content: dict[str, Any]
    copy: Path

    @property
    def outcome(self) -> tuple[str, str]:
        return self.content["assessment"]["level"], self.content["assessment"]["state"]

    @property
    def level(self) -> str:
        return self.outcome[0]

    @property
    def state(self) -> str:
        return self.outcome[1]

    def findings(self, severity: str, item: str | None = None) -> list[dict[str, Any]]:
        return [
            finding
            for finding in self.content["findings"]
            if finding["severity"] == severity and item in (None, finding["item"])
        ]

    def said(self, *severities: str) -> list[str]:
        """The Japanese sentences of findings, errors and warnings unless said otherwise."""
        wanted = severities or ("error", "warning")
        return [finding["message_ja"] for finding in self.content["findings"] if finding["severity"] in wanted]

    def hits(self, band: str | None = None, item: str | None = None) -> list[dict[str, Any]]:
        return [hit for hit in self.content["hits"] if band in (None, hit["band"]) and item in (None, hit["item"])]

    def entries(self, band: str = "match") -> set[tuple[str, str]]:
        return {(hit["list"], hit["entry"]) for hit in self.hits(band)}

    def measures(self, *, required: bool | None = None) -> set[str]:
        return {
            measure["kind"]
            for measure in self.content["assessment"]["measures"]
            if required in (None, measure["required"])
        }

    def counted(self) -> dict[str, str]:
        """Indicators that rest on at least one fact, with their levels."""
        return {one["indicator"]: one["level"] for one in self.content["assessment"]["contributions"]}
