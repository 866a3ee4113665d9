"""What is known already, so that nobody types it again: exports of researchmap, ORCID and BibTeX, last year's form.

Nothing here declares anything: a table that was filled in counts only once the person has chosen its state.
"""
