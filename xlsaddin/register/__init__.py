"""What the institution remembers: cases, submissions, judgements, measures, follow-up, audit log."""
