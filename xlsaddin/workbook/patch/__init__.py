"""Patching people's workbooks: what we own is set, every other part stays byte for byte."""
