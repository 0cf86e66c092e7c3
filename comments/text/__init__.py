"""Reading a reply's text: its words, its links, the domains it names."""
