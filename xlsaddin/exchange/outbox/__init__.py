"""The outbox: one prefilled workbook and one mail draft for each subject of a roster, and the manifest of both."""
