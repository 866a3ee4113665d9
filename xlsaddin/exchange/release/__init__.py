"""What may leave: names of authors taken out, contents a recipient may not see left out, packages by recipient."""
