"""The modules of `./parley`. Standard library only: it runs before anything is installed."""
