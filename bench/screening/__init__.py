"""How good and how fast screening is, on real lists and labelled cases: `python -m bench.screening`."""
