"""Strings to strings: normalisation, script folding, transliteration, legal forms, identifiers."""
