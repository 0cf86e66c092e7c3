"""What reading costs: this site beside others, in one run. See README.md."""
