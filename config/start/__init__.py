"""What a start makes of what is missing; each step leaves alone what is there."""
