"""Many workbooks: executors, progress, resume. Holds no rules."""
