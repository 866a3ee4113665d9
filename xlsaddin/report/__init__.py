"""Results for people and machines: console table, JSON, summary workbook, HTML. Computes nothing."""
