"""How a change is told to the other machines that serve the site: by PostgreSQL, or by Redis."""
