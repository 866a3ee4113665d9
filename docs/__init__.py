"""Documentation, and what rebuilds its generated parts."""
