"""How a checklist sits in cells: layout, plans, building, reading, patching. Decides nothing."""
