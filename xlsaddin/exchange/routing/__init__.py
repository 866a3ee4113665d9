"""回付: which desks a workbook has passed, who decided what and when; what was written before stays as it was."""
