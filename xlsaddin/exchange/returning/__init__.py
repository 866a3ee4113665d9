"""差戻し: a form goes back with what is wrong about its form, and nothing else; what came of it when it returns."""
