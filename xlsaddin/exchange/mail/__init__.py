"""Mail between departments: editable texts, unsent drafts, and sending that never sends twice by itself."""
