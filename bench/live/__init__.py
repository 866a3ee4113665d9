"""The live spreadsheet: what the add-in adds to the bare transfer of cells, and how its calls grow with rows."""
