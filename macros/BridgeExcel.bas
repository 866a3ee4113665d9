Attribute VB_Name = "Bridge"
Option Explicit

' The only door from Excel to Python.
'
' Reduced from the VBA modules Main, Config and Utils of xlwings (https://www.xlwings.org). What is left out on
' purpose: configuration from the active workbook or from a file beside it, code in sheets, folders of workbooks on
' Python's path, consoles, Conda, an error sheet. Configuration is read from two places only: the sheet xlsaddin.conf of
' this add-in, and the file addin.conf in the user's own folder.
'
' xlwings is distributed under a BSD 3-clause license.
'
' Copyright (C) 2014-present, Zoomer Analytics LLC.
' All rights reserved.
'
' Redistribution and use in source and binary forms, with or without modification,
' are permitted provided that the following conditions are met:
'
' * Redistributions of source code must retain the above copyright notice, this
'   list of conditions and the following disclaimer.
'
' * Redistributions in binary form must reproduce the above copyright notice, this
'   list of conditions and the following disclaimer in the documentation and/or
'   other materials provided with the distribution.
'
' * Neither the name of the copyright holder nor the names of its
'   contributors may be used to endorse or promote products derived from
'   this software without specific prior written permission.
'
' THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
' ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
' WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
' DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR
' ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES
' (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES;
' LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON
' ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT
' (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS
' SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.

Private Const PythonModule As String = "xlsaddin.excel.edge"
Private Const ConfigSheet As String = "xlsaddin.conf"

' The build puts the version of the installed xlwings in place of "dev"; the file name of its library carries it.
#If Mac Then
    Private Const XlwingsScript As String = "xlwings-dev.applescript"
#ElseIf Win64 Then
    Private Const LibraryName As String = "xlwings64-dev.dll"
    Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings64-dev.dll" (ByRef Result As Variant, Optional ByVal Config As String = "", Optional ByVal mode As Long = 1) As Long
    Private Declare PtrSafe Function LoadLibrary Lib "KERNEL32" Alias "LoadLibraryA" (ByVal lpLibFileName As String) As LongPtr
#Else
    Private Const LibraryName As String = "xlwings32-dev.dll"
    Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings32-dev.dll" (ByRef Result As Variant, Optional ByVal Config As String = "", Optional ByVal mode As Long = 1) As Long
    Private Declare PtrSafe Function LoadLibrary Lib "KERNEL32" Alias "LoadLibraryA" (ByVal lpLibFileName As String) As LongPtr
#End If

' Calls a Python function of the add-in by name. Never raises: without Python it returns one sentence.
Public Function CallPython(ByVal entry As String, ByVal arguments As Variant) As Variant
    On Error GoTo failed
    #If Mac Then
        CallPython = RunOnMac(entry, arguments)
    #Else
        CallPython = PythonServer().CallUDF(PythonModule, entry, arguments, ThisWorkbook, Empty)
    #End If
    Exit Function
failed:
    CallPython = Configured("MESSAGE_NO_PYTHON")
End Function

' Lets Esc end a loop between two calls: it raises error 18 in the procedure that runs.
Public Sub WatchCancelKey()
    Application.EnableCancelKey = xlErrorHandler
End Sub

#If Mac Then
' Runs a whole command in a Python process of its own. The book named to the shell is this add-in, never a user's file.
Private Function RunOnMac(ByVal entry As String, ByVal arguments As Variant) As Variant
    Dim statement As String, parameters As String
    RunOnMac = ""
    If entry <> "begin" Then Exit Function
    statement = "import " & PythonModule & ";" & PythonModule & ".run('" & arguments(LBound(arguments)) & "')"
    parameters = "false;" _
        & "|" & Configured("INTERPRETER_MAC") & " -I" _
        & "|" & statement _
        & "|" & ThisWorkbook.Name _
        & "|" & Left$(Application.Path, Len(Application.Path) - 4) _
        & "|" & Environ("HOME") & "/xlsaddin.log"
    AppleScriptTask XlwingsScript, "VbaHandler", parameters
End Function
#Else
' The running Python process, started when it is not there. -I keeps every folder but Python's own off its path.
Private Function PythonServer() As Object
    Dim interpreter As String, command As String, answer As Variant
    interpreter = Configured("INTERPRETER_WIN")
    LoadXlwings interpreter
    command = Chr$(34) & interpreter & Chr$(34) & " -I -B -c ""import xlwings; xlwings.serve('$(CLSID)')"""
    If 0 <> XLPyDLLActivateAuto(answer, command, 1) Then Err.Raise vbObjectError + 1000, "Bridge", answer
    Set PythonServer = answer
End Function

' Loads the library of xlwings from the interpreter's folder, or from its parent (venv).
Private Sub LoadXlwings(ByVal interpreter As String)
    Dim folder As String
    If Not IsFullPath(interpreter) Then Err.Raise vbObjectError + 1001, "Bridge", "INTERPRETER_WIN"
    folder = ParentFolder(interpreter)
    If LoadLibrary(folder & "\" & LibraryName) <> 0 Then Exit Sub
    If LoadLibrary(ParentFolder(folder) & "\" & LibraryName) <> 0 Then Exit Sub
    Err.Raise vbObjectError + 1002, "Bridge", LibraryName
End Sub
#End If

' A setting: from the add-in's own sheet, else from addin.conf in the user's folder, else empty.
Private Function Configured(ByVal key As String) As String
    Configured = FromSheet(key)
    If Configured = "" Then Configured = FromUserFile(key)
End Function

Private Function FromSheet(ByVal key As String) As String
    Dim row As Long
    With ThisWorkbook.Worksheets(ConfigSheet)
        row = 1
        Do While .Cells(row, 1).Value <> ""
            If UCase$(.Cells(row, 1).Value) = key Then FromSheet = CStr(.Cells(row, 2).Value)
            row = row + 1
        Loop
    End With
End Function

' addin.conf holds lines KEY=value; on Windows as UTF-16, so that folders with Japanese names are read right.
Private Function FromUserFile(ByVal key As String) As String
    Dim path As String, line As String
    path = UserFile()
    #If Mac Then
        Dim number As Integer
        If Dir(path) = "" Then Exit Function
        number = FreeFile
        Open path For Input As #number
        Do While Not EOF(number)
            Line Input #number, line
            If ValueOf(line, key) <> "" Then FromUserFile = ValueOf(line, key)
        Loop
        Close #number
    #Else
        Dim files As Object, stream As Object
        Set files = CreateObject("Scripting.FileSystemObject")
        If Not files.FileExists(path) Then Exit Function
        Set stream = files.OpenTextFile(path, 1, False, -1)
        Do While Not stream.AtEndOfStream
            line = stream.ReadLine
            If ValueOf(line, key) <> "" Then FromUserFile = ValueOf(line, key)
        Loop
        stream.Close
    #End If
End Function

Private Function UserFile() As String
    #If Mac Then
        UserFile = Environ("HOME") & "/addin.conf"
    #Else
        UserFile = Environ("LOCALAPPDATA") & "\xlsaddin\addin.conf"
    #End If
End Function

Private Function ValueOf(ByVal line As String, ByVal key As String) As String
    If UCase$(Left$(line, Len(key) + 1)) = key & "=" Then ValueOf = Mid$(line, Len(key) + 2)
End Function

Private Function IsFullPath(ByVal path As String) As Boolean
    IsFullPath = Mid$(path, 2, 2) = ":\" Or Left$(path, 2) = "\\"
End Function

Private Function ParentFolder(ByVal path As String) As String
    ParentFolder = Left$(path, InStrRev(path, "\") - 1)
End Function
