"""What differs between workbooks of ours, by item and row identity, never by cell address."""
