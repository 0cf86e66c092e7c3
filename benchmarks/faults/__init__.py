"""What goes wrong around a site, played against one that runs: `python -m benchmarks.faults`."""
