"""What is read out of a reply's text: its words, its links, the domains it names."""
