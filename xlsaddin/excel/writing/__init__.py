"""The third hand that carries out plans of workbooks: in a book that is open in Excel (or Calc), through xlwings.

The builder and the package patcher are the other two; all three take the same plans.
"""
