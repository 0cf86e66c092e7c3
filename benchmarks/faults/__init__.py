"""Faults, caused around a running site: `python -m benchmarks.faults`."""
