"""Live spreadsheet, Calc's side: an xlwings engine over UNO and the bridge's stand-in."""
