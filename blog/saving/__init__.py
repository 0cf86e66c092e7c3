"""What a save of a post derives: its address, HTML, tags and translations."""
