Attribute VB_Name = "Functions"
Option Explicit

' The worksheet functions. Each hands its arguments to Python; what they mean is written in data/functions.toml.

Public Function RS_MATCH(name As Variant, Optional country As Variant, Optional kind As Variant) As Variant
    RS_MATCH = CallPython("rs_match", Array(name, country, kind))
End Function

Public Function RS_SCORE(name As Variant, Optional country As Variant, Optional kind As Variant) As Variant
    RS_SCORE = CallPython("rs_score", Array(name, country, kind))
End Function

Public Function RS_HITS(names As Variant, Optional top As Variant) As Variant
    RS_HITS = CallPython("rs_hits", Array(names, top))
End Function

Public Function RS_EXPLAIN(name As Variant, Optional country As Variant) As Variant
    RS_EXPLAIN = CallPython("rs_explain", Array(name, country))
End Function

Public Function RS_LISTINFO(Optional list As Variant) As Variant
    RS_LISTINFO = CallPython("rs_listinfo", Array(list))
End Function

Public Function RS_VALIDATE(item As Variant, value As Variant) As Variant
    RS_VALIDATE = CallPython("rs_validate", Array(item, value))
End Function

Public Function RS_LOOKBACK(item As Variant, day As Variant, Optional profile As Variant) As Variant
    RS_LOOKBACK = CallPython("rs_lookback", Array(item, day, profile))
End Function

Public Function RS_RESIDENCY(facts As Variant, Optional as_of As Variant) As Variant
    RS_RESIDENCY = CallPython("rs_residency", Array(facts, as_of))
End Function

Public Function RS_LEVEL(levels As Variant) As Variant
    RS_LEVEL = CallPython("rs_level", Array(levels))
End Function

Public Function RS_RISKSCORE(levels As Variant) As Variant
    RS_RISKSCORE = CallPython("rs_riskscore", Array(levels))
End Function

Public Function RS_NORMALIZE(name As Variant) As Variant
    RS_NORMALIZE = CallPython("rs_normalize", Array(name))
End Function
