"""From one database to another, of another kind or on another machine: `./parley move`."""
