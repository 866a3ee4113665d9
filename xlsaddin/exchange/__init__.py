"""How workbooks travel: distribute, freeze, seal, encrypt, mail, collect, return, diff. Knows no rule."""
