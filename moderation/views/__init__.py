"""The views for reporting a reply, and for deciding from a mail."""
