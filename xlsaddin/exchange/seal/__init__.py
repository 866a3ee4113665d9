"""Seals: who vouched for which contents of a workbook and when, and which cell changed since."""
