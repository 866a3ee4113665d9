"""What is asked: definition, answers, validation that yields all findings. Opens no workbook, sees no hit."""
