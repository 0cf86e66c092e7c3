"""Moves a site to another database, of another kind or on another machine: `./parley move`."""
