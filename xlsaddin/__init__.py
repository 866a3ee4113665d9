"""Checklist workbooks for the research-security procedure: validate entries, flag list matches, assess risk.

The package follows `研究セキュリティの確保に関する取組のための手順書` (December 2025).  Importing it is cheap:
rooms that need spreadsheets, databases or numerics import them when they are used.
"""

__version__ = "0.1.0"
__all__ = ["__version__"]
