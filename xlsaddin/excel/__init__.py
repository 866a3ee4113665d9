"""Live spreadsheet, Excel's side: worksheet functions, ribbon commands, boundary, the add-in. Holds no logic."""
