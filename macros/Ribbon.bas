Attribute VB_Name = "Ribbon"
Option Explicit

' Entry points of the ribbon: one a button, with the button's own id. See customUI14.xml.

Public Sub RibbonCheckAll(control As IRibbonControl)
    RunCommand "check_all"
End Sub

Public Sub RibbonCheckValidate(control As IRibbonControl)
    RunCommand "check_validate"
End Sub

Public Sub RibbonCheckScreen(control As IRibbonControl)
    RunCommand "check_screen"
End Sub

Public Sub RibbonCheckScore(control As IRibbonControl)
    RunCommand "check_score"
End Sub

Public Sub RibbonCheckSelection(control As IRibbonControl)
    RunCommand "check_selection"
End Sub

Public Sub RibbonReviewNext(control As IRibbonControl)
    RunCommand "review_next"
End Sub

Public Sub RibbonReviewExplain(control As IRibbonControl)
    RunCommand "review_explain"
End Sub

Public Sub RibbonReviewRecord(control As IRibbonControl)
    RunCommand "review_record"
End Sub

Public Sub RibbonReviewMeasures(control As IRibbonControl)
    RunCommand "review_measures"
End Sub

Public Sub RibbonLiveOn(control As IRibbonControl)
    RunCommand "live_on"
End Sub

Public Sub RibbonLiveFreeze(control As IRibbonControl)
    RunCommand "live_freeze"
End Sub

Public Sub RibbonSendOn(control As IRibbonControl)
    RunCommand "send_on"
End Sub

Public Sub RibbonSendSealed(control As IRibbonControl)
    RunCommand "send_sealed"
End Sub

Public Sub RibbonSendCopy(control As IRibbonControl)
    RunCommand "send_copy"
End Sub

Public Sub RibbonNewResearcher(control As IRibbonControl)
    RunCommand "new_researcher"
End Sub

Public Sub RibbonNewIntegrity(control As IRibbonControl)
    RunCommand "new_integrity"
End Sub

Public Sub RibbonNewPartner(control As IRibbonControl)
    RunCommand "new_partner"
End Sub

Public Sub RibbonNewSupporter(control As IRibbonControl)
    RunCommand "new_supporter"
End Sub

Public Sub RibbonNewContract(control As IRibbonControl)
    RunCommand "new_contract"
End Sub

Public Sub RibbonNewProject(control As IRibbonControl)
    RunCommand "new_project"
End Sub

Public Sub RibbonNewInstitution(control As IRibbonControl)
    RunCommand "new_institution"
End Sub

Public Sub RibbonListsStatus(control As IRibbonControl)
    RunCommand "lists_status"
End Sub

Public Sub RibbonListsImport(control As IRibbonControl)
    RunCommand "lists_import"
End Sub

Public Sub RibbonListsUpdate(control As IRibbonControl)
    RunCommand "lists_update"
End Sub

Public Sub RibbonHelpFunctions(control As IRibbonControl)
    RunCommand "help_functions"
End Sub

Public Sub RibbonHelpDoctor(control As IRibbonControl)
    RunCommand "help_doctor"
End Sub

Public Sub RibbonHelpVersion(control As IRibbonControl)
    RunCommand "help_version"
End Sub

Public Sub RibbonHelpLog(control As IRibbonControl)
    RunCommand "help_log"
End Sub

Public Sub RibbonGetReviewer(control As IRibbonControl, ByRef returnedVal As Variant)
    returnedVal = CallPython("get_setting", Array("reviewer"))
End Sub

Public Sub RibbonSetReviewer(control As IRibbonControl, text As String)
    CallPython "set_setting", Array("reviewer", text)
End Sub

Public Sub RibbonGetProfile(control As IRibbonControl, ByRef returnedVal As Variant)
    returnedVal = CallPython("get_setting", Array("profile"))
End Sub

Public Sub RibbonSetProfile(control As IRibbonControl, text As String)
    CallPython "set_setting", Array("profile", text)
End Sub

Public Sub RibbonGetLanguage(control As IRibbonControl, ByRef returnedVal As Variant)
    returnedVal = CallPython("get_setting", Array("language"))
End Sub

Public Sub RibbonSetLanguage(control As IRibbonControl, text As String)
    CallPython "set_setting", Array("language", text)
End Sub

Public Sub RibbonGetDesk(control As IRibbonControl, ByRef returnedVal As Variant)
    returnedVal = CallPython("get_setting", Array("desk"))
End Sub

Public Sub RibbonSetDesk(control As IRibbonControl, text As String)
    CallPython "set_setting", Array("desk", text)
End Sub

Public Sub RibbonGetNextDesk(control As IRibbonControl, ByRef returnedVal As Variant)
    returnedVal = CallPython("get_setting", Array("next_desk"))
End Sub

Public Sub RibbonSetNextDesk(control As IRibbonControl, text As String)
    CallPython "set_setting", Array("next_desk", text)
End Sub

Public Sub RibbonGetOutbox(control As IRibbonControl, ByRef returnedVal As Variant)
    returnedVal = CallPython("get_setting", Array("outbox"))
End Sub

Public Sub RibbonSetOutbox(control As IRibbonControl, text As String)
    CallPython "set_setting", Array("outbox", text)
End Sub

Public Sub RibbonGetEncrypt(control As IRibbonControl, ByRef returnedVal As Variant)
    returnedVal = (CallPython("get_setting", Array("encrypt")) = "yes")
End Sub

Public Sub RibbonSetEncrypt(control As IRibbonControl, pressed As Boolean)
    CallPython "set_setting", Array("encrypt", IIf(pressed, "yes", "no"))
End Sub
