"""Figures about the running site, for Prometheus, at `/metrics`."""
