"""Identifiers people write in forms: form and check digit only, never whether they exist."""

from __future__ import annotations

import re

from xlsaddin.text.normalize import normalize_width

_ORCID = re.compile(r"(?:https?://)?(?:www\.)?(?:orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])/?$")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)$", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\-‐‑–—−ー]")


def parse_orcid(text: str) -> str | None:
    """Return an ORCID iD as `0000-0002-1825-0097`, None when its form or its check digit is wrong."""
    found = _ORCID.match(_plain(text))
    if found is None:
        return None
    digits = "".join(found.groups()).upper()
    return (
        "-".join(digits[i : i + 4] for i in range(0, 16, 4)) if orcid_check_digit(digits[:15]) == digits[15] else None
    )


def orcid_check_digit(base: str) -> str:
    """Return the check character of the first 15 digits of an ORCID iD (ISO 7064 MOD 11-2)."""
    total = 0
    for digit in base:
        total = (total + int(digit)) * 2
    result = (12 - total % 11) % 11
    return "X" if result == 10 else str(result)


def parse_corporate_number(text: str) -> str | None:
    """Return a 法人番号 as 13 digits, None when its form or its check digit is wrong."""
    digits = _SEPARATORS.sub("", _plain(text))
    digits = digits.removeprefix("T")  # 適格請求書発行事業者 registration numbers are a T and the 法人番号
    if len(digits) != 13 or not digits.isascii() or not digits.isdigit():
        return None
    return digits if corporate_check_digit(digits[1:]) == digits[0] else None


def corporate_check_digit(base: str) -> str:
    """Return the leading check digit of the 12 base digits (法人番号の指定等に関する省令 第2条)."""
    total = sum(int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(base)))
    return str(9 - total % 9)


def parse_erad_number(text: str) -> str | None:
    """Return an e-Rad 研究者番号 as 8 digits, None for any other form (it has no published check digit)."""
    digits = _SEPARATORS.sub("", _plain(text))
    return digits if len(digits) == 8 and digits.isascii() and digits.isdigit() else None


def parse_doi(text: str) -> str | None:
    """Return a DOI in lower case without its resolver address, None when the form is wrong."""
    found = _DOI.match(_plain(text))
    return found.group(1).rstrip(".,;").lower() if found else None


def _plain(text: str) -> str:
    return normalize_width(text).strip()
