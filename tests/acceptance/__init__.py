"""The product as its users meet it: the command line, filled workbooks, printed JSON; nothing imported from it."""
