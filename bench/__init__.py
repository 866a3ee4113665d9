"""Benchmarks: every figure named in the documentation, measured in one run."""
