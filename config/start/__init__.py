"""Makes what a site lacks at its start; each step keeps what exists."""
