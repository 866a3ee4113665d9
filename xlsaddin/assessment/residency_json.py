"""Residency cases as JSON: the input read strictly, the result as outside tools rely on it."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from xlsaddin.assessment.residency import Case, ResidencyResult
from xlsaddin.errors import XlsAddinError

__all__ = ["CaseFileError", "read_cases", "render_result"]


class CaseFileError(XlsAddinError):
    """A file of residency cases cannot be read."""


class _CaseFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    cases: tuple[Case, ...]


def read_cases(path: Path) -> tuple[Case, ...]:
    """Return the cases of a JSON file; raises CaseFileError with the places that are wrong."""
    try:
        return _CaseFile.model_validate_json(path.read_bytes()).cases
    except OSError as error:
        raise CaseFileError("RS-RES-001", path=path, reason=error.strerror or str(error)) from None
    except ValidationError as error:
        reasons = "; ".join(f"{'.'.join(map(str, one['loc'])) or '-'}: {one['msg']}" for one in error.errors()[:5])
        raise CaseFileError("RS-RES-001", path=path, reason=reasons) from None


def render_result(case: Case, result: ResidencyResult) -> dict[str, object]:
    """Return one result; a reason reads `English / 日本語`, with `undetermined: ask …` where something is not known."""
    why = [f"{en} / {ja}" for en, ja in zip(result.why_en, result.why_ja, strict=True)]
    return {
        "id": case.id,
        "residency": result.residency,
        "specific_category": list(result.specific_category),
        "why": why,
    }
