Attribute VB_Name = "Bridge"
Option Explicit

' The only door from LibreOffice Calc to Python: the stand-in for BridgeExcel.bas, with the same procedures.
' Python runs outside LibreOffice and offers the service named here.

Private Const PythonService As String = "org.xlsaddin.Bridge"

' Calls a Python function of the add-in by name.
Public Function CallPython(ByVal entry As String, ByVal arguments As Variant) As Variant
    Dim answer As Variant
    answer = CreateUnoService(PythonService).call(entry, arguments)
    If IsArray(answer) Then
        CallPython = AsTable(answer)
    Else
        CallPython = answer
    End If
End Function

' Calc has no cancel key that a macro could watch; a command is cancelled by the entry "cancel".
Public Sub WatchCancelKey()
End Sub

' Rows of rows, as they come over the bridge, as the two-dimensional array a cell formula takes.
Private Function AsTable(ByVal rows As Variant) As Variant
    Dim row As Long, column As Long, table() As Variant
    ReDim table(0 To UBound(rows), 0 To UBound(rows(0)))
    For row = 0 To UBound(rows)
        For column = 0 To UBound(rows(0))
            table(row, column) = rows(row)(column)
        Next column
    Next row
    AsTable = table
End Function
