"""Workbooks protected by a passphrase on the way: encrypted as Office does it, opened again without a trace on disk."""
