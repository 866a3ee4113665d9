"""The respondent edition: form and completeness only. No hit, level or judgement is anywhere in its package."""

from xlsaddin.workbook.respondent.edition import Template, plan_template
from xlsaddin.workbook.respondent.template import build_template, plan_respondent

__all__ = ["Template", "build_template", "plan_respondent", "plan_template"]
