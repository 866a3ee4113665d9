"""The definition files a result rests on, kept with it by digest, so that it can be replayed years later.

Checklists, rules and profiles are kept so that they can be taken again in place of today's; of the rest (choices,
words, parameters ...), which are dated or shared by all, a changed file is named.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from sqlalchemy import select

from xlsaddin import resources
from xlsaddin.register.ledger import Ledger
from xlsaddin.register.tables import KeptText

__all__ = ["Texts", "definition_texts", "keep_texts", "replaceable"]

Texts = Mapping[str, tuple[str, str]]
"""Digest and text by name, the path within the data folder such as `rules/common.toml`."""

_SHARED = ("choices.toml", "words.toml", "dates.toml", "currencies.toml", "measures.toml", "rules/residency.toml")
_REPLACEABLE = ("checklists/", "profiles/", "rules/")


def definition_texts(checklist: str, profile: str) -> Texts:
    """Return every definition file that a review by this checklist and profile rests on, as it is now."""
    return {name: _text(path, path.stat().st_mtime_ns) for name, path in _files(checklist, profile)}


def keep_texts(ledger: Ledger, texts: Texts) -> dict[str, str]:
    """Keep each text once and return the digests by name."""
    wanted = {digest: (name, text) for name, (digest, text) in texts.items()}
    known = ledger.session.scalars(select(KeptText.sha256).where(KeptText.sha256.in_(wanted)))
    for digest in wanted.keys() - set(known):
        name, text = wanted[digest]
        ledger.add(KeptText(sha256=digest, name=name, text=text))
    return {name: digest for name, (digest, _) in texts.items()}


def replaceable(name: str) -> bool:
    """Return whether a kept text can be taken in place of today's file."""
    return name.startswith(_REPLACEABLE) and name not in _SHARED


def _files(checklist: str, profile: str) -> Iterator[tuple[str, Path]]:
    for name in (f"checklists/{checklist}.toml", f"profiles/{profile}.toml", *_rule_names(checklist)):
        own, shipped = resources.home() / name, resources.package_path(*name.split("/"))
        found = own if own.is_file() else shipped
        if found.is_file():
            yield name, found
    for name in _SHARED:
        yield name, resources.package_path(*name.split("/"))
    for path in resources.package_files("parameters", ".toml"):
        yield f"parameters/{path.name}", path


def _rule_names(checklist: str) -> Iterator[str]:
    yield "rules/common.toml"
    own = f"rules/{checklist}.toml"
    yield own
    for path in (resources.home() / own, resources.package_path(*own.split("/"))):
        if path.is_file():
            _, text = _text(path, path.stat().st_mtime_ns)
            yield from (f"rules/{name}.toml" for name in _included(text))
            return


@cache
def _included(text: str) -> tuple[str, ...]:
    return tuple(tomllib.loads(text).get("include", ()))


@cache
def _text(path: Path, _changed: int) -> tuple[str, str]:
    content = path.read_bytes()
    return hashlib.sha256(content).hexdigest(), content.decode("utf-8")
