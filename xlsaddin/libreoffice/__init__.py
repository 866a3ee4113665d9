"""LibreOffice Calc as host: a headless office, an xlwings engine over UNO, and the stand-in for the Excel bridge.

Nothing here is imported by Excel users; `uno` is loaded when it is used, never at import.
"""
