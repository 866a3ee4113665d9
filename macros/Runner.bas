Attribute VB_Name = "Runner"
Option Explicit

' Runs a command of the ribbon in steps. Python works one chunk a step and shows progress in the status bar itself;
' between two steps the application breathes and Esc is heard.
Public Sub RunCommand(ByVal command As String)
    Dim ticket As String
    On Error GoTo stopped
    WatchCancelKey
    ticket = CallPython("begin", Array(command))
    Do While ticket Like "ticket:*"
        DoEvents
        ticket = CallPython("advance", Array(ticket))
    Loop
    If ticket <> "" Then MsgBox ticket, vbExclamation, "xlsaddin"
    Exit Sub
stopped:
    CallPython "cancel", Array(ticket)
End Sub
