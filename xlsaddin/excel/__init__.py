"""The live spreadsheet: worksheet functions, ribbon commands, add-in build and install. Holds no logic of its own.

Every entry from Excel (or from Calc through its bridge) passes `edge`, and every exception ends in `boundary` as one
sentence.  Nothing is imported here: `import xlsaddin.excel` costs nothing.
"""
